"""Where the files of a form go: into the library, as assets of the member's team."""

from collections.abc import Callable
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.forms import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _

from studio.accounts import connections
from studio.accounts.models import Member
from studio.library import uploads
from studio.library.models import Asset
from studio.library.space import NoRoomError
from studio.library.uploads import Box, RefusedError
from studio.providers import registry as providers
from studio.tasks import inputs


class LibraryIntake:
    """A catalog.contract.Intake for one member."""

    def __init__(self, member: Member) -> None:
        self.member = member

    def picture(self, file: "UploadedFile[Any]") -> str:
        return _id(lambda: uploads.keep_upload(member=self.member, upload=file))

    def mask(self, file: "UploadedFile[Any]", *, of: str) -> str:
        picture = self._find(of)
        return _id(lambda: uploads.keep_mask(member=self.member, upload=file, of=picture))

    def box(self, box: Box, *, of: str) -> str:
        picture = self._find(of)
        return _id(lambda: uploads.keep_box(member=self.member, box=box, of=picture))

    def upstream(self, pk: str, *, provider: str) -> str:
        """Empty for an engine of our own, which goes on from the file."""
        if provider in providers.performers():
            return ""
        asset = self._find(pk)
        try:
            here = asset.connection == connections.connection_for(self.member.team, provider)
        except KeyError:
            here = False
        if not asset.upstream_id or asset.provider != provider or not here:
            raise ValidationError(_("This engine only goes on with what it made itself, with the same key."))
        if asset.upstream_until is None or asset.upstream_until <= timezone.now():
            raise ValidationError(_("This engine forgot the piece after 14 days. The Local engine can go on with it."))
        return asset.upstream_id

    def _find(self, pk: str) -> Asset:
        found = inputs.chosen(self.member.team, [pk])
        if not found:
            raise ValidationError(not_here())
        return found[0]


def not_here() -> str:
    """The same sentence for what never was and for what belongs to others."""
    return _("One of these is not in your team’s library. Please choose again.")


def _id(keep: Callable[[], Asset | None]) -> str:
    try:
        kept = keep()
    except (RefusedError, NoRoomError) as error:
        raise ValidationError(str(error)) from error
    return str(kept.pk) if kept else ""
