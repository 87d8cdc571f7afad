"""A slice's form as its page needs it: with the engine to choose, a key per rendering, and what it would cost."""

import json
import re
import uuid
from collections.abc import Mapping
from datetime import timedelta
from typing import Any
from uuid import UUID

from django import forms
from django.http import HttpResponse
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from studio.accounts import connections, limits
from studio.accounts.models import Member, Team
from studio.catalog.contract import Generator, TaskForm, TaskParams
from studio.library.details import provider_name
from studio.library.models import Asset
from studio.tasks import inputs
from studio.tasks.intake import LibraryIntake
from studio.tasks.models import Task
from studio.tasks.quotes import Quote, quote_for

Data = Mapping[str, Any]
Files = MultiValueDict[str, Any]
TIMES, WINDOW = 300, timedelta(minutes=10)  # tasks that one member asks for
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


def _form(
    generator: Generator,
    team: Team,
    data: Data | None = None,
    initial: dict[str, Any] | None = None,
    files: Files | None = None,
) -> TaskForm:
    form = generator.form_class(data, files, initial=initial or {}, use_required_attribute=False)
    names = connections.serving(team, generator.providers())
    wanted = connections.preferred(team, generator.kind, names)
    engines = [(name, provider_name(name)) for name in names]
    form.fields["engine"] = forms.ChoiceField(label=_("Engine"), choices=engines, initial=wanted)
    form.fields["idempotency_key"] = KeyField()
    return form


def blank_form(
    generator: Generator,
    team: Team,
    *,
    source: Task | None,
    wish: str = "",
    engine: str = "",
    with_example: bool = False,
    inputs: Mapping[str, list[str]] | None = None,
) -> TaskForm:
    """Filled from an earlier task, else with the words of a link (a suggestion's), else with the slice's example while
    the team has made nothing of the kind yet. `engine` is the one to choose, where it serves the team; `inputs` are ids
    of assets to begin with, by role."""
    serving = connections.serving(team, generator.providers())
    wanted = {"engine": engine} if engine in serving else {}
    if source is not None and source.kind == generator.kind:
        same = {"engine": source.provider} if source.provider in serving else {}
        return _form(generator, team, initial={**source.params, **same, **wanted})
    limit = getattr(generator.form_class.base_fields.get("prompt"), "max_length", None)
    fields = generator.form_class.input_fields
    chosen = {fields[role]: ids for role, ids in (inputs or {}).items() if ids and role in fields}
    words = wish[:limit] or (generator.example if with_example and not chosen else "")
    return _form(generator, team, initial={**({"prompt": words} if words else {}), **chosen, **wanted})


def bound_form(generator: Generator, team: Team, data: Data, files: Files | None = None) -> TaskForm:
    form = _form(generator, team, data, files=files)
    if form.has_error("idempotency_key"):  # the field is hidden, so the form says it
        form.add_error(None, _("This form was not sent completely. Please press the button again."))
    return form


def take_in(member: Member, form: TaskForm) -> bool:
    """Keep the files that came with a valid form; whether it is still one."""
    if form.is_valid():
        if may_press(member):
            form.take_in(LibraryIntake(member))
        else:
            form.add_error(None, too_many())
    return form.is_valid()


def may_press(member: Member) -> bool:
    """Whether the member may ask for one more task now; asking counts."""
    return limits.within("task", member.pk, times=TIMES, window=WINDOW)


def too_many() -> str:
    return gettext("Those were many tasks in a short time. Wait some minutes, then press again. Nothing was spent.")


def chosen(team: Team, form: TaskForm) -> dict[str, list[Asset]]:
    """The assets that the form's fields hold, by the name of the field: for a form that is shown again also those that
    came with it as files."""
    held = getattr(form, "cleaned_data", {})
    shown = {}
    for name in form.input_fields.values():
        value = held[name] if held.get(name) else form[name].value()
        shown[name] = inputs.chosen(team, value if isinstance(value, list) else [value or ""])
    return shown


def quote(member: Member, generator: Generator, form: TaskForm) -> Quote:
    """The price of what the form says so far; what is missing or wrong counts as its default."""
    said = {name: form[name].value() for name in form.fields}
    blank = _form(generator, member.team)
    defaults = {name: blank[name].value() for name in blank.fields}
    team = member.team
    params, provider = _params_of(generator, team, said) or _params_of(generator, team, defaults) or (None, "")
    assert params is not None, "a slice's defaults, with any prompt, are a valid request"
    price = generator.price(params, provider=provider)
    return quote_for(member, generator, pieces=params.pieces, price=price)


def _params_of(generator: Generator, team: Team, values: dict[str, Any]) -> tuple[TaskParams, str] | None:
    """The request these values make, with the words left out: no price depends on what a prompt says."""
    form = _form(generator, team, {**values, "prompt": "…", "idempotency_key": fresh_key()})
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
