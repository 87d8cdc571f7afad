"""Forms about invitations."""

from datetime import timedelta
from typing import Any

from django import forms
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.translation import gettext as now
from django.utils.translation import gettext_lazy as _

from studio.accounts.invitations.services import AT_ONCE
from studio.accounts.models import Role, User

LASTS = {"7": timedelta(days=7), "1": timedelta(days=1), "30": timedelta(days=30)}


class InviteForm(forms.Form):
    """Addresses, one per line, or the number of links to pass on; owners are made, not invited."""

    emails = forms.CharField(
        label=_("E-mail addresses"), max_length=AT_ONCE * 255, widget=forms.Textarea(attrs={"rows": 3}), required=False
    )
    links = forms.IntegerField(label=_("Or links for anybody"), min_value=0, max_value=AT_ONCE, required=False)
    role = forms.ChoiceField(
        label=_("Role"), choices=[(role.value, role.label) for role in (Role.MEMBER, Role.VIEWER, Role.ADMIN)]
    )
    lasts = forms.ChoiceField(
        label=_("Link works for"), choices=[("7", _("7 days")), ("1", _("1 day")), ("30", _("30 days"))]
    )

    def clean_emails(self) -> list[str]:
        lines = (line.strip().strip(",;") for line in self.cleaned_data["emails"].splitlines())
        emails = list(dict.fromkeys(line.lower() for line in lines if line))
        if len(emails) > AT_ONCE:
            raise ValidationError(now("%(count)s at most at once.") % {"count": AT_ONCE})
        for email in emails:
            try:
                validate_email(email)
            except ValidationError as error:
                raise ValidationError(now("“%(line)s” is no e-mail address.") % {"line": email}) from error
        return emails

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if not self.errors and not data["emails"] and not data["links"]:
            self.add_error("emails", now("Write an address, or say how many links you want."))
        return data

    @property
    def wanted(self) -> list[str]:
        """An address each, empty for a link for anybody."""
        return [*self.cleaned_data["emails"], *[""] * (self.cleaned_data["links"] or 0)]

    @property
    def duration(self) -> timedelta:
        return LASTS[self.cleaned_data["lasts"]]


class JoinForm(forms.Form):
    """A stranger becomes a person; the address is asked when the invitation names none."""

    email = forms.EmailField(
        label=_("E-mail"), max_length=254, widget=forms.EmailInput(attrs={"autocomplete": "username"})
    )
    name = forms.CharField(
        label=_("Your name"),
        max_length=User._meta.get_field("name").max_length,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    password = forms.CharField(
        label=_("Password"),
        help_text=_("12 characters or more"),
        max_length=256,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password", "minlength": 12}),
    )

    def __init__(self, *args: Any, invited: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.invited = invited
        if invited:
            del self.fields["email"]

    def clean_email(self) -> str:
        email: str = self.cleaned_data["email"].lower()
        if User.objects.filter(email=email).exists():
            raise ValidationError(now("This address has an account. Sign in, then open the link again."))
        return email

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        data["email"] = self.invited or data.get("email", "")
        if password := data.get("password"):
            try:
                validate_password(password, User(email=data["email"], name=data.get("name", "")))
            except ValidationError as error:
                self.add_error("password", error)
        return data
