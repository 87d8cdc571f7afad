"""The form of the first run."""

from typing import Any

from django import forms
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from studio.accounts.models import Team, User
from studio.setup import code


class SetupForm(forms.Form):
    """The first person and the first team; with the terminal's code when the studio listens beyond this computer."""

    name = forms.CharField(
        label=_("Your name"),
        max_length=User._meta.get_field("name").max_length,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    email = forms.EmailField(
        label=_("E-mail"), max_length=254, widget=forms.EmailInput(attrs={"autocomplete": "username"})
    )
    password = forms.CharField(
        label=_("Password"),
        help_text=_("12 characters or more"),
        max_length=256,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password", "minlength": 12}),
    )
    team = forms.CharField(label=_("Team name"), max_length=Team._meta.get_field("name").max_length)
    code = forms.CharField(
        label=_("One-time code"),
        help_text=_(
            "Printed in the terminal that started the studio. Asked only when it listens beyond this computer."
        ),
        max_length=20,
        widget=forms.TextInput(attrs={"autocomplete": "one-time-code", "inputmode": "numeric"}),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not code.is_needed():
            del self.fields["code"]

    def clean_code(self) -> str:
        given: str = self.cleaned_data["code"]
        if not code.fits(given):
            raise ValidationError(_("This is not the code in the terminal."))
        return given

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if password := data.get("password"):
            try:
                validate_password(password, User(email=data.get("email", ""), name=data.get("name", "")))
            except ValidationError as error:
                self.add_error("password", error)
        return data
