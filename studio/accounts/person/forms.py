"""Forms about oneself."""

from datetime import timedelta
from typing import Any

from allauth.mfa.base.forms import AuthenticateForm, ReauthenticateForm
from django import forms
from django.conf import settings
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as now
from django.utils.translation import gettext_lazy as _

from studio.accounts import limits
from studio.accounts.models import User


class PreferencesForm(forms.Form):
    """Theme and language of the person's own pages; what is not sent stays as it is."""

    theme = forms.ChoiceField(choices=[("light", ""), ("dark", ""), ("system", "")], required=False)
    language = forms.ChoiceField(choices=settings.LANGUAGES, required=False)


class LookForm(forms.Form):
    """The same on the account page, with words."""

    theme = forms.ChoiceField(
        label=_("Theme"), choices=[("system", _("System")), ("light", _("Light")), ("dark", _("Dark"))]
    )
    language = forms.ChoiceField(label=_("Language"), choices=[("en", "English"), ("zh-hans", "中文")])


class NameForm(forms.Form):
    name = forms.CharField(
        label=_("Name"),
        max_length=User._meta.get_field("name").max_length,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )


class ProvenForm(forms.Form):
    """What is changed only with the password."""

    current = forms.CharField(
        label=_("Your password"),
        max_length=256,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user = user

    def clean_current(self) -> str:
        given: str = self.cleaned_data["current"]
        if not limits.within("proof", self.user.pk, times=10, window=timedelta(minutes=10)):
            raise ValidationError(now("Too many tries. Wait some minutes."))
        if not self.user.check_password(given):
            raise ValidationError(now("This is not your password."))
        return given


class EmailForm(ProvenForm):
    prefix = "email"
    email = forms.EmailField(
        label=_("New e-mail"), max_length=254, widget=forms.EmailInput(attrs={"autocomplete": "email"})
    )

    def clean_email(self) -> str:
        email: str = self.cleaned_data["email"].lower()
        if User.objects.filter(email=email).exclude(pk=self.user.pk).exists():
            raise ValidationError(now("Another account uses this address."))
        return email


class PasswordForm(ProvenForm):
    prefix = "password"
    password = forms.CharField(
        label=_("New password"),
        help_text=_("12 characters or more"),
        max_length=256,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password", "minlength": 12}),
    )

    def clean_password(self) -> str:
        password: str = self.cleaned_data["password"]
        validate_password(password, self.user)
        return password


class CountedCode:
    """Codes are short: who knows the password has a few tries. (allauth counts under `login_failed`, which axes does
    here, for passwords.)"""

    user: User

    def clean_code(self) -> str:
        if not limits.within("code", self.user.pk, times=10, window=timedelta(minutes=10)):
            raise ValidationError(now("Too many tries. Wait some minutes."))
        return super().clean_code()  # type: ignore[misc,no-any-return]  # allauth's form comes after this one


class CodeForm(CountedCode, AuthenticateForm):  # type: ignore[misc]  # allauth ships no types
    """The second step of signing in."""


class CodeAgainForm(CountedCode, ReauthenticateForm):  # type: ignore[misc]  # allauth ships no types
    """The same before ways to sign in are changed."""
