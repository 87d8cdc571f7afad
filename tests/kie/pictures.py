"""Photos with everything in them that must not leave the house."""

import io
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile, UploadedFile
from PIL import Image, PngImagePlugin


def photo(form: str, size: tuple[int, int], colour: str) -> "UploadedFile[Any]":
    """As a phone or an editor wrote it: with a place, a note and a name."""
    notes = Image.Exif()
    notes[0x010E] = "harbour-secret"
    notes[0x9286] = b"harbour-secret"
    notes.get_ifd(0x8825)[2] = (52.0, 31.0, 12.0)
    options: dict[str, Any] = {"exif": notes}
    if form == "PNG":
        text = PngImagePlugin.PngInfo()
        text.add_text("Comment", "harbour-secret")
        options["pnginfo"] = text
    written = io.BytesIO()
    Image.new("RGB", size, colour).save(written, form, **options)
    return SimpleUploadedFile(f"harbour-secret.{form.lower()}", written.getvalue())
