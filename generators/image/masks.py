"""A mask as the upstream wants it: as large as its reference, and the same kind of file (kie-api.md 10.1). No Django."""

import io
from dataclasses import replace
from functools import partial
from typing import Any

from PIL import Image

from studio.providers.contract import Input

PLAIN: dict[str, dict[str, Any]] = {  # nothing between black and white may come of writing it
    "PNG": {},
    "WEBP": {"lossless": True},
    "JPEG": {"quality": 100, "subsampling": 0},
}


def fitted(mask: Input, reference: Input) -> Input:
    """The mask again, in the size and the format of the reference. Raises OSError when either cannot be read."""
    with reference.open() as file, Image.open(file, formats=list(PLAIN)) as picture:
        size, form = picture.size, str(picture.format)
    with mask.open() as file, Image.open(file, formats=list(PLAIN)) as picture:
        if (picture.size, picture.format) == (size, form):
            return mask
        black = picture.convert("L").resize(size, Image.Resampling.NEAREST).convert("RGB")
    written = io.BytesIO()
    black.save(written, form, **PLAIN[form])
    content = written.getvalue()
    name = f"{mask.name.rpartition('.')[0]}.{reference.name.rpartition('.')[2]}"
    opener = partial(io.BytesIO, content)
    return replace(mask, name=name, media_type=reference.media_type, size=len(content), open=opener)
