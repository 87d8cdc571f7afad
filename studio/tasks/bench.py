"""A slice's form as its page needs it: with the engine to choose, a key per rendering, and what it would cost."""

import json
import re
import uuid
from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django import forms
from django.http import HttpResponse
from django.utils.translation import gettext_lazy as _

from studio.accounts.models import Member
from studio.catalog.contract import Generator, TaskForm, TaskParams
from studio.library.details import provider_name
from studio.tasks.models import Task
from studio.tasks.quotes import Quote, quote_for

Data = Mapping[str, Any]
KEY = re.compile(r"[0-9a-f]{32}")


def fresh_key() -> str:
    return uuid.uuid4().hex


def key_of(text: str) -> str:
    """The key of one press, or nothing for what is none."""
    return text if KEY.fullmatch(text) else ""


class KeyField(forms.RegexField):
    """The key of one press."""

    def __init__(self) -> None:
        super().__init__(rf"^{KEY.pattern}\Z", initial=fresh_key, widget=forms.HiddenInput)

    def bound_data(self, data: Any, initial: Any) -> Any:
        """What goes back with a refused form: the same key, or a new one for a key that would be refused again."""
        return data if KEY.fullmatch(data or "") else fresh_key()


def _form(generator: Generator, data: Data | None = None, initial: dict[str, Any] | None = None) -> TaskForm:
    form = generator.form_class(data, initial=initial or {}, use_required_attribute=False)
    engines = [(name, provider_name(name)) for name in generator.providers()]
    form.fields["engine"] = forms.ChoiceField(label=_("Engine"), choices=engines, initial=engines[0][0])
    form.fields["idempotency_key"] = KeyField()
    return form


def blank_form(generator: Generator, *, source: Task | None, wish: str = "", with_example: bool = False) -> TaskForm:
    """Filled from an earlier task, else with the words of a link (a suggestion's), else with the slice's example while
    the team has made nothing of the kind yet."""
    if source is not None and source.kind == generator.kind:
        engine = {"engine": source.provider} if source.provider in generator.providers() else {}
        return _form(generator, initial={**source.params, **engine})
    limit = getattr(generator.form_class.base_fields.get("prompt"), "max_length", None)
    words = wish[:limit] or (generator.example if with_example else "")
    return _form(generator, initial={"prompt": words} if words else {})


def bound_form(generator: Generator, data: Data) -> TaskForm:
    form = _form(generator, data)
    if form.has_error("idempotency_key"):  # the field is hidden, so the form says it
        form.add_error(None, _("This form was not sent completely. Please press the button again."))
    return form


def quote(member: Member, generator: Generator, form: TaskForm) -> Quote:
    """The price of what the form says so far; what is missing or wrong counts as its default."""
    said = {name: form[name].value() for name in form.fields}
    blank = _form(generator)
    defaults = {name: blank[name].value() for name in blank.fields}
    params, provider = _params_of(generator, said) or _params_of(generator, defaults) or (None, "")
    assert params is not None, "a slice's defaults, with any prompt, are a valid request"
    price = generator.price(params, provider=provider)
    return quote_for(member, generator, pieces=params.pieces, price=price)


def _params_of(generator: Generator, values: dict[str, Any]) -> tuple[TaskParams, str] | None:
    """The request these values make, with the words left out: no price depends on what a prompt says."""
    form = _form(generator, {**values, "prompt": "…", "idempotency_key": fresh_key()})
    return (form.to_params(), form.cleaned_data["engine"]) if form.is_valid() else None


def toast(title: str, *, kind: str = "info", detail: str = "", url: str = "") -> HttpResponse:
    """Nothing to swap, something to say."""
    words = {"toast": {"kind": kind, "title": title, "detail": detail, "url": url}}
    return HttpResponse(status=204, headers={"HX-Trigger": json.dumps(words)})


def uuid_of(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None


def int_of(text: str, default: int | None = None) -> int | None:
    """A whole number that a database takes, else the default."""
    return int(text) if text.isascii() and text.isdigit() and len(text) < 19 else default
