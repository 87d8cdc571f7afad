"""The studio's languages: each written catalogue, `locale/<name>/LC_MESSAGES/django.po`, compiled for gettext."""

import hashlib
import os
from importlib import metadata
from pathlib import Path

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po


def build(source: Path, folder: Path) -> list[Path]:
    """Compile the catalogues of `source` that changed since they were compiled into `folder`; the files made."""
    written = sorted(source.glob("*/LC_MESSAGES/*.po"))
    return [_write(po, mo) for po in written if not _is_current(po, mo := _target(po, source, folder))]


def _target(po: Path, source: Path, folder: Path) -> Path:
    return folder / po.relative_to(source).with_suffix(".mo")


def _stamp(po: Path) -> str:
    """Changes with the words and the tool."""
    return hashlib.sha256(po.read_bytes() + metadata.version("babel").encode()).hexdigest()


def _stamp_path(mo: Path) -> Path:
    return mo.with_name(f".{mo.stem}.stamp")


def _is_current(po: Path, mo: Path) -> bool:
    stamp = _stamp_path(mo)
    return mo.exists() and stamp.exists() and stamp.read_text() == _stamp(po)


def _write(po: Path, mo: Path) -> Path:
    mo.parent.mkdir(parents=True, exist_ok=True)
    stamp = _stamp(po)
    with po.open("rb") as file:
        catalog = read_po(file, abort_invalid=True)
    draft = mo.with_name(f".{mo.stem}.{os.getpid()}.part")
    with draft.open("wb") as file:
        write_mo(file, catalog)
    draft.replace(mo)
    _stamp_path(mo).write_text(stamp)
    return mo
