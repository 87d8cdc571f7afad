"""What is done with a selection, checked: every piece, board and tag belongs to whoever asks, or there is none."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django import forms
from django.http import Http404
from django.utils.dateparse import parse_datetime
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from studio.accounts.models import Member
from studio.library import marks
from studio.library.models import NAME, Asset, Board, Source, Tag

MOST = 1200  # pieces at once: all that one page can show


class NextForm(forms.Form):
    """Where to go on afterwards: an address of ours, else the Library."""

    next = forms.CharField(required=False, max_length=4000)

    def clean_next(self) -> str:
        url = self.cleaned_data["next"]
        return url if url.startswith("/") and url_has_allowed_host_and_scheme(url, allowed_hosts=None) else "/"

    @property
    def back(self) -> str:
        return str(self.cleaned_data.get("next") or "/")


class PickForm(NextForm):
    """A selection, and the words that belong to what is to be done with it. `asset` comes once for each piece, or as
    many ids parted by commas. Raises Http404 for what is not the team's."""

    tags = forms.CharField(required=False, max_length=400)
    tag = forms.UUIDField(required=False)
    board = forms.UUIDField(required=False)
    name = forms.CharField(required=False, max_length=NAME)
    private = forms.BooleanField(required=False)

    def __init__(self, member: Member, data: Any) -> None:
        super().__init__(data)
        self.member = member
        self.given: list[str] = data.getlist("asset") if hasattr(data, "getlist") else []

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        ids = [text for given in self.given for text in given.split(",") if text]
        if not ids:
            raise forms.ValidationError(_("Pick at least one piece first."))
        if len(ids) > MOST:
            raise forms.ValidationError(_("Up to %(most)s pieces can be picked at once.") % {"most": MOST})
        cleaned["assets"] = assets_of(self.member, ids)
        cleaned["board"] = self._own(Board.objects.seen_by(self.member), cleaned.get("board"))
        cleaned["tag"] = self._own(Tag.objects.filter(team=self.member.team_id), cleaned.get("tag"))
        return cleaned

    def clean_tags(self) -> list[str]:
        return marks.names_of(self.cleaned_data["tags"])

    def clean_name(self) -> str:
        return marks.plain(self.cleaned_data["name"])

    @staticmethod
    def _own(rows: Any, pk: UUID | None) -> Any:
        found = rows.filter(pk=pk).first() if pk else None
        if pk and found is None:
            raise Http404
        return found


class RenameForm(NextForm):
    title = forms.CharField(required=False, max_length=NAME)


class BoardForm(NextForm):
    name = forms.CharField(max_length=NAME, error_messages={"required": gettext_lazy("A board needs a name.")})
    private = forms.BooleanField(required=False)

    def clean_name(self) -> str:
        name = marks.plain(self.cleaned_data["name"])
        if not name:
            raise forms.ValidationError(_("A board needs a name."))
        return name


class UndoForm(NextForm):
    at = forms.CharField(max_length=40)

    def clean_at(self) -> Any:
        try:
            at = parse_datetime(self.cleaned_data["at"])
        except ValueError:
            at = None
        if at is None or at.tzinfo is None:
            raise forms.ValidationError("no moment")
        return at


def assets_of(member: Member, texts: Iterable[str]) -> list[Asset]:
    """In their order, each once. Raises Http404 when one of them is not the team's, or not any more."""
    try:
        ids = list(dict.fromkeys(UUID(text) for text in texts))
    except ValueError as error:
        raise Http404 from error
    pieces = Asset.objects.for_team(member.team).exclude(source=Source.MASK).filter(gone_at=None)
    found = pieces.in_bulk(ids)
    if len(found) < len(ids):
        raise Http404
    return [found[pk] for pk in ids]
