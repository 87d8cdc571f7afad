"""What is done with pieces and boards: forms that are sent and lead back to where they came from."""

from collections.abc import Callable
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import UploadedFile
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from studio.accounts.http import StudioRequest, require
from studio.accounts.models import Right
from studio.library import bundle, marks, trash, uploads
from studio.library.filters import address
from studio.library.forms import BoardForm, NextForm, PickForm, RenameForm, UndoForm
from studio.library.models import Asset, Board
from studio.library.space import NoRoomError
from studio.library.uploads import RefusedError, TooOftenError

UPLOADS = 20  # files at once


@require_POST
def pick(request: StudioRequest, act: str = "") -> HttpResponseBase:
    """Do `act` with the selection. Without one, whatever was filled in says what is meant: Enter in a field."""
    form = PickForm(request.member, request.POST)
    if not form.is_valid():
        return _sorry(request, form)
    if not act:
        act = "tag" if form.cleaned_data["tags"] else "board" if form.cleaned_data["name"] else "nothing"
    try:
        right, step = ACTS[act]
    except KeyError as error:
        raise Http404 from error
    if not request.member.may(right):
        raise PermissionDenied
    return step(request, form) or redirect(form.back)


def _star(request: StudioRequest, form: PickForm) -> None:
    marks.star(request.member, form.cleaned_data["assets"])


def _unstar(request: StudioRequest, form: PickForm) -> None:
    marks.unstar(request.member, form.cleaned_data["assets"])


def _tag(request: StudioRequest, form: PickForm) -> None:
    names = form.cleaned_data["tags"]
    if not names:
        messages.warning(request, _("Write a tag first."))
        return
    marks.tag(request.team, form.cleaned_data["assets"], names)
    messages.success(request, _("Tagged: %(names)s") % {"names": ", ".join(names)})


def _untag(request: StudioRequest, form: PickForm) -> None:
    if form.cleaned_data["tag"]:
        marks.untag(form.cleaned_data["tag"], form.cleaned_data["assets"])


def _board(request: StudioRequest, form: PickForm) -> None:
    """Onto a board that is there, or onto a new one of that name."""
    board, assets = form.cleaned_data["board"], form.cleaned_data["assets"]
    name, private = form.cleaned_data["name"], form.cleaned_data["private"]
    if board is None and not name:
        messages.warning(request, _("Choose a board, or write the name of a new one."))
        return
    _check(request, private=board.is_private if board else private)
    board = board or marks.make_board(request.member, name, private=private)
    marks.put_on(board, assets)
    told = ngettext("%(count)s piece is on “%(board)s”.", "%(count)s pieces are on “%(board)s”.", len(assets))
    messages.success(request, told % {"count": len(assets), "board": board.name})


def _unboard(request: StudioRequest, form: PickForm) -> None:
    if board := form.cleaned_data["board"]:
        _check(request, private=board.is_private)
        marks.take_off(board, form.cleaned_data["assets"])


def _trash(request: StudioRequest, form: PickForm) -> None:
    at, count = trash.trash(request.team, [asset.pk for asset in form.cleaned_data["assets"]])
    if count:
        told = ngettext("%(count)s piece is in the trash.", "%(count)s pieces are in the trash.", count)
        messages.success(request, told % {"count": count}, extra_tags=f"undo:{at.isoformat()}")


def _restore(request: StudioRequest, form: PickForm) -> None:
    count = trash.restore(request.team, [asset.pk for asset in form.cleaned_data["assets"]])
    _welcome_back(request, count)


def _download(request: StudioRequest, form: PickForm) -> HttpResponseBase:
    return bundle.answer(request.team, form.cleaned_data["assets"])


def _compare(request: StudioRequest, form: PickForm) -> HttpResponseBase | None:
    assets = form.cleaned_data["assets"]
    if len(assets) != 2:
        messages.warning(request, _("Pick two pieces to compare."))
        return None
    return redirect(address("library:compare", {"a": assets[0].pk, "b": assets[1].pk}))


def _nothing(request: StudioRequest, form: PickForm) -> None:
    """Enter where nothing was written."""


Act = Callable[[StudioRequest, PickForm], HttpResponseBase | None]
ACTS: dict[str, tuple[Right, Act]] = {
    "star": (Right.LOOK, _star),
    "unstar": (Right.LOOK, _unstar),
    "board": (Right.LOOK, _board),  # one's own; the team's asks for more (`_check`)
    "unboard": (Right.LOOK, _unboard),
    "compare": (Right.LOOK, _compare),
    "download": (Right.LOOK, _download),
    "tag": (Right.MAKE, _tag),
    "untag": (Right.MAKE, _untag),
    "trash": (Right.MAKE, _trash),
    "restore": (Right.MAKE, _restore),
    "nothing": (Right.LOOK, _nothing),
}


@require_POST
@require(Right.MAKE)
def undo(request: StudioRequest) -> HttpResponse:
    form = UndoForm(request.POST)
    if form.is_valid():
        _welcome_back(request, trash.undo(request.team, form.cleaned_data["at"]))
    return redirect(form.back)


@require_POST
@require(Right.MAKE)
def rename(request: StudioRequest, id: UUID) -> HttpResponse:  # noqa: A002  # the name in the address
    found = get_object_or_404(Asset.objects.for_team(request.team), pk=id)
    form = RenameForm(request.POST)
    if not form.is_valid():
        return _sorry(request, form)
    marks.rename(found, form.cleaned_data["title"])
    return redirect(found)


@require_POST
def make_board(request: StudioRequest) -> HttpResponse:
    form = BoardForm(request.POST)
    if not form.is_valid():
        return _sorry(request, form)
    _check(request, private=form.cleaned_data["private"])
    marks.make_board(request.member, form.cleaned_data["name"], private=form.cleaned_data["private"])
    return redirect(form.back)


@require_POST
def change_board(request: StudioRequest, id: UUID, act: str) -> HttpResponse:  # noqa: A002
    """Another name for it, or its end; the pieces on it stay where they are."""
    board = get_object_or_404(Board.objects.seen_by(request.member), pk=id)
    _check(request, private=board.is_private)
    if act == "remove":
        board.delete()
        messages.success(request, _("The board “%(name)s” is gone. Its pieces are still here.") % {"name": board.name})
        return redirect("library:home")
    form = BoardForm(request.POST)
    if not form.is_valid():
        return _sorry(request, form)
    board.name = form.cleaned_data["name"]
    board.save(update_fields=["name"])
    return redirect(form.back)


@require_POST
@require(Right.MAKE)
def bring(request: StudioRequest) -> HttpResponse:
    """Pictures of one's own, from the Library's form."""
    form = NextForm(request.POST)
    form.is_valid()
    given = [file for file in request.FILES.getlist("file") if isinstance(file, UploadedFile)]
    if not given:
        messages.warning(request, _("Choose a picture first."))
    for file in given[:UPLOADS]:
        try:
            uploads.keep_upload(member=request.member, upload=file)
        except TooOftenError as error:  # the next would be told the same
            messages.error(request, str(error))
            break
        except (RefusedError, NoRoomError) as error:
            messages.error(request, f"{file.name}: {error}")
    if len(given) > UPLOADS:
        messages.warning(request, _("The first %(count)s files were taken.") % {"count": UPLOADS})
    return redirect(form.back)


def _check(request: StudioRequest, *, private: bool) -> None:
    """What is shared is changed by those who make things."""
    if not private and not request.member.may(Right.MAKE):
        raise PermissionDenied


def _welcome_back(request: StudioRequest, count: int) -> None:
    told = ngettext("%(count)s piece is back.", "%(count)s pieces are back.", count)
    messages.success(request, told % {"count": count})


def _sorry(request: StudioRequest, form: NextForm) -> HttpResponse:
    for errors in form.errors.values():
        for error in errors:
            messages.warning(request, str(error))
    return redirect(form.back)
