"""The Library, one asset, and its files. Everything is looked up within the team: strangers find nothing."""

from typing import Any
from uuid import UUID, uuid4

from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from studio.accounts.http import StudioRequest, require
from studio.accounts.models import Right
from studio.catalog import registry
from studio.library import chips, comparing, details, family, filters, frames, gallery, serving, uploads
from studio.library.filters import Filters
from studio.library.forms import assets_of
from studio.library.models import WIDTHS, Asset, Kind, Tag
from studio.library.space import NoRoomError
from studio.library.uploads import RefusedError


@require_safe
def home(request: StudioRequest) -> HttpResponse:
    """The mosaic from `?after=` on, with as many pages as were opened (`?pages=`): Back finds it as it was left."""
    after, scope = request.GET.get("after", ""), filters.scope(request.member, Filters.read(request.GET))
    page = gallery.page(scope, after, _number(request.GET.get("pages", "")))
    context = {
        "page": page,
        "bar": chips.bar(scope),
        "filters": scope.filters,
        "board": scope.board,
        "boards": chips.boards_of(request.member),
        "is_top": not after and scope.filters.is_all,
        "may_make": request.member.may(Right.MAKE),
        "may_change_board": scope.board and (scope.board.is_private or request.member.may(Right.MAKE)),
        "here": request.get_full_path(),
    }
    return render(request, "library/home.html", context)


@require_safe
def more(request: StudioRequest) -> HttpResponse:
    scope = filters.scope(request.member, Filters.read(request.GET))
    page = gallery.next_page(scope, request.GET.get("after", ""), _number(request.GET.get("page", "")))
    return render(request, "library/_more.html", {"page": page})


@require_safe
def compare(request: StudioRequest) -> HttpResponse:
    """Two pieces, one over the other or beside each other (`?view=side`)."""
    first, second = (assets_of(request.member, [request.GET.get(name, "")])[0] for name in ("a", "b"))
    pair = comparing.pair(first, second, is_side=request.GET.get("view") == "side")
    context = {"pair": pair, "here": request.get_full_path(), "may_make": request.member.may(Right.MAKE)}
    return render(request, "library/compare.html", context)


def _number(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 4 else 1


@require_safe
def picker(request: StudioRequest) -> HttpResponse:
    """Pictures to choose from, a few at a time."""
    choice = gallery.choice(request.team, request.GET.get("after", ""))
    return render(request, "library/_picker.html", {"assets": choice.assets, "more_url": choice.more_url})


@require_POST
@require(Right.MAKE)
def upload(request: StudioRequest) -> HttpResponse:
    """Keep the picture in `file` and say what it is called here; a sentence when it is refused."""
    given = request.FILES.get("file")
    if not isinstance(given, UploadedFile):
        return JsonResponse({"error": _("No file arrived. Please try again.")}, status=422)
    try:
        kept = uploads.keep_upload(member=request.member, upload=given)
    except RefusedError as error:
        return JsonResponse({"error": str(error)}, status=error.status)
    except NoRoomError as error:
        return JsonResponse({"error": str(error)}, status=422)
    return JsonResponse({"id": str(kept.pk), "title": kept.title, "thumb": kept.small_url}, status=201)


@require_safe
@never_cache
def asset(request: StudioRequest, id: UUID) -> HttpResponse:  # noqa: A002  # the name in the address
    context = _asset_context(request, id)
    found = context["asset"]
    marks = {
        "is_starred": found.stars.filter(user=request.user).exists(),
        "tags": Tag.objects.filter(uses__asset=found).order_by("name"),
        "on": chips.boards_of(request.member, on=found),
        "boards": chips.boards_of(request.member),
        "family": family.of(found),
    }
    return render(request, "library/asset.html", {**context, **marks})


@require_safe
def viewer(request: StudioRequest, id: UUID) -> HttpResponse:  # noqa: A002
    return render(request, "library/_viewer.html", _asset_context(request, id))


def _asset_context(request: StudioRequest, pk: UUID) -> dict[str, Any]:
    found = get_object_or_404(Asset.objects.for_team(request.team).select_related("made_by", "team"), pk=pk)
    newer, older = gallery.neighbours(found)
    place, total = gallery.place_of(found)
    file_url = reverse("library:file", args=[found.pk])
    return {
        "asset": found,
        "tile": gallery.tile(found),
        "engine": details.provider_name(found.provider),
        "place": place,
        "total": total,
        "file_url": file_url,
        "image_url": file_url if found.kind == Kind.IMAGE else reverse("library:thumb", args=[found.pk, WIDTHS[-1]]),
        "film_url": file_url if found.kind == Kind.VIDEO else "",
        "download_url": f"{file_url}?download=1",
        "facts": details.facts(found),
        "parameters": details.parameters(found),
        "numbers": details.numbers(found),
        "here": found.get_absolute_url(),
        "may_make": request.member.may(Right.MAKE),
        "inputs": details.inputs(found),
        "unread": found.facts.get("unread", []),
        "previous_url": newer.get_absolute_url() if newer else "",
        "next_url": older.get_absolute_url() if older else "",
        "refer_url": f"{reverse('tasks:tool', args=['image'])}?reference={found.pk}"
        if _can_refer(request, found)
        else "",
        "offers": _offers(request, found),
        **_ways_on(request, found),
    }


def _offers(request: StudioRequest, found: Asset) -> list[dict[str, str]]:
    """The tools that it can go into, in their own words."""
    if found.is_mask or not request.member.may(Right.MAKE):
        return []
    return [
        {
            "label": str(words),
            "icon": generator.icon,
            "url": f"{reverse('tasks:tool', args=[generator.kind])}?{role}={found.pk}",
        }
        for generator in registry.every()
        for role, words in generator.offers.items()
        if generator.input_kinds.get(role) == found.kind
    ]


def _ways_on(request: StudioRequest, found: Asset) -> dict[str, str]:
    """Making more of it: for those who may, while the tool that made it is here."""
    is_here = any(generator.kind == found.generator for generator in registry.every())
    if found.origin is None or not found.is_made or not is_here or not request.member.may(Right.MAKE):
        return {}
    return {
        "remix_url": f"{reverse('tasks:tool', args=[found.generator])}?from={found.origin}",
        "again_url": reverse("tasks:again", args=[found.origin]),
        "press": uuid4().hex,
    }


def _can_refer(request: StudioRequest, found: Asset) -> bool:
    """Whether this member may put it into another request."""
    is_picture = found.kind == Kind.IMAGE and not found.is_mask and not found.is_trashed
    return request.member.may(Right.MAKE) and is_picture


@require_POST
@require(Right.MAKE)
def last_frame(request: StudioRequest, id: UUID) -> HttpResponse:  # noqa: A002
    """Keep the last picture of a video as an image of the team, and show that."""
    found = get_object_or_404(Asset.objects.for_team(request.team).filter(kind=Kind.VIDEO), pk=id)
    try:
        return redirect(frames.keep_last(member=request.member, film=found))
    except (RefusedError, NoRoomError) as error:
        messages.error(request, str(error))
        return redirect(found)


async def file(request: HttpRequest, id: UUID) -> HttpResponseBase:  # noqa: A002
    found = await _find(request, id)
    name = f"{slugify(found.title)[:60].strip('-') or found.kind}-{str(found.pk)[:8]}.{found.extension}"
    download_as = name if request.GET.get("download") else ""
    return await _serve(
        request,
        serving.Served(
            name=found.name,
            media_type=found.media_type,
            size=found.size,
            etag=found.checksum,
            download_as=download_as,
        ),
    )


async def thumb(request: HttpRequest, id: UUID, width: int) -> HttpResponseBase:  # noqa: A002
    if width not in WIDTHS:
        raise Http404
    found = await _find(request, id)
    name = found.thumbnail(width)
    try:
        size = await serving.size_of(name)
    except FileNotFoundError as error:
        raise Http404 from error
    etag = f"{found.checksum}.{width}"
    return await _serve(request, serving.Served(name=name, media_type="image/webp", size=size, etag=etag))


async def _find(request: HttpRequest, pk: UUID) -> Asset:
    if request.method not in {"GET", "HEAD"}:
        raise Http404
    try:
        return await Asset.objects.for_team(request.team).aget(pk=pk, gone_at=None)  # type: ignore[attr-defined]  # set by TeamMiddleware
    except Asset.DoesNotExist as error:
        raise Http404 from error


async def _serve(request: HttpRequest, served: serving.Served) -> HttpResponseBase:
    try:
        return await serving.serve(request, served)
    except FileNotFoundError as error:
        raise Http404 from error
