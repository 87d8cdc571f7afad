"""What a password must have beside Django's own rules."""

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from studio.accounts.models import User
from studio.catalog.words import is_blank


class SomethingSeenValidator:
    """Spaces alone are quickly guessed, and quickly forgotten."""

    def validate(self, password: str, user: User | None = None) -> None:
        if is_blank(password):
            raise ValidationError(_("A password needs more than spaces."), code="password_is_blank")

    def get_help_text(self) -> str:
        return _("A password needs more than spaces.")
