"""Pictures out of films: each an image of the team like any other."""

import io
import uuid

from django.utils import timezone
from django.utils.translation import gettext as _
from PIL import Image

from studio.accounts.models import Member
from studio.library import space, storage
from studio.library.models import Asset, Source
from studio.library.uploads import RefusedError


def keep_last(*, member: Member, film: Asset) -> Asset:
    """The last picture of a film; the same film twice is one image. Raises RefusedError, and NoRoomError when disk or
    quota are full."""
    space.check(member.team)
    origin = storage.Origin(
        team=member.team,
        made_by=member.user,
        request=uuid.uuid5(film.pk, "last frame"),
        position=0,
        at=timezone.now(),
        generator="",
        prompt=film.title,
        provider="",
        parameters={},
        source=Source.FRAME,
    )
    if (known := storage.kept(origin)) is not None:
        return known
    try:
        return storage.keep_image(io.BytesIO(_last(film)), origin=origin, facts={})
    except (storage.NotKeepableError, ValueError, FileNotFoundError) as error:
        raise RefusedError(_("No picture could be taken from this video.")) from error
    except OSError as error:
        if not space.is_full(error):
            raise
        raise space.NoRoomError(_("There is no room left for this file. Whoever runs this studio can help.")) from error


def _last(film: Asset) -> bytes:
    from studio.engine.film.stills import last_frame

    with storage.open_file(film) as file:
        picture = Image.fromarray(last_frame(file)[..., ::-1])
    out = io.BytesIO()
    picture.save(out, "PNG", compress_level=6)
    return out.getvalue()
