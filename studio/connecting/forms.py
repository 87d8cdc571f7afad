"""What an admin types to connect an engine. A key goes in and is never shown again, also not in a refused form."""

import re
from typing import Any

from django import forms
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from studio.accounts import connections
from studio.accounts.models import Team
from studio.catalog import registry as catalog
from studio.catalog.contract import Generator
from studio.library.details import provider_name
from studio.providers import registry as providers

PRINTED = re.compile(r"[!-~]+")  # what can stand in a header


class SecretField(forms.CharField):
    def __init__(self, **options: Any) -> None:
        widget = forms.PasswordInput(attrs={"autocomplete": "off"})
        super().__init__(max_length=connections.KEY_LENGTH, widget=widget, **options)

    def clean(self, value: Any) -> str:
        key = str(super().clean(value))
        if key and not PRINTED.fullmatch(key):
            raise forms.ValidationError(_t("A key has letters, digits and signs, and no spaces. Copy it once more."))
        return key


class KeyForm(forms.Form):
    """Another key for a connection."""

    key = SecretField(label=_("New key"))


class AddForm(forms.Form):
    name = forms.CharField(label=_("Name"), max_length=80, required=False)
    key = SecretField(label=_("API key"))

    field_order = ["name", "key"]


class WebhookForm(forms.Form):
    """Empty removes it."""

    webhook_key = SecretField(label=_("Webhook key"), required=False)


class EnginesForm(forms.Form):
    """One choice per service; engines that cannot be had are shown and cannot be chosen."""

    def __init__(self, team: Team, data: Any = None) -> None:
        super().__init__(data)
        self.team = team
        self.served = {kind.kind: connections.serving(team, kind.providers()) for kind in catalog.every()}
        for kind in self.services:
            choices = [(name, provider_name(name)) for name in self.served[kind.kind]]
            wanted = connections.preferred(team, kind.kind, self.served[kind.kind])
            self.fields[kind.kind] = forms.ChoiceField(
                label=str(kind.label), choices=choices, initial=wanted, required=False
            )

    @property
    def services(self) -> list[Generator]:
        return list(catalog.every())

    def save(self) -> None:
        """Only what was changed: a team that never chose gets the best that is connected, also later."""
        for kind in self.services:
            chosen = self.cleaned_data[kind.kind]
            if chosen and chosen != self.fields[kind.kind].initial:
                connections.prefer(self.team, kind.kind, chosen)

    def why_not(self, kind: Generator, engine: str) -> str:
        """Why a service cannot have an engine; empty when it can."""
        if engine in self.served[kind.kind]:
            return ""
        if engine in kind.providers():
            return _t("%(engine)s serves you once a key is connected.") % {"engine": provider_name(engine)}
        return _t("%(engine)s cannot make this yet.") % {"engine": provider_name(engine)}

    def rows(self) -> list[dict[str, Any]]:
        """As the table shows them."""
        found = []
        for kind in self.services:
            value = self[kind.kind].value()
            engines = [
                {"value": name, "label": provider_name(name), "is_chosen": name == value, "why_not": why}
                for name, why in ((name, self.why_not(kind, name)) for name in providers.names())
            ]
            notes = [str(engine["why_not"]) for engine in engines if engine["why_not"]]
            found.append(
                {"kind": kind.kind, "label": kind.label, "icon": kind.icon, "engines": engines, "note": " ".join(notes)}
            )
        return found
