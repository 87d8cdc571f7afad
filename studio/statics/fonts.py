"""The studio's fonts for the browser: cut from the installed packages to what its languages need, as WOFF2."""

import hashlib
import os
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from importlib import metadata
from importlib.resources import files
from itertools import repeat
from multiprocessing import get_context
from pathlib import Path

from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont
from fontTools.varLib import instancer

# Latin with its extensions, punctuation, superscripts, currency, arrows, the few signs the pages use.
RANGES = (
    *((0x20, 0x7E), (0xA0, 0x17F), (0x18F, 0x18F), (0x192, 0x192), (0x1A0, 0x1B0), (0x218, 0x21B), (0x2BC, 0x2BC)),
    *((0x2C6, 0x2DD), (0x300, 0x30C), (0x323, 0x329), (0x1E80, 0x1E9E), (0x2000, 0x206F), (0x2070, 0x20CF)),
    *((0x2100, 0x2122), (0x2190, 0x2199)),
    *((0x2212, 0x2212), (0x2215, 0x2215), (0x2248, 0x2265), (0x25CF, 0x25CF), (0xFEFF, 0xFEFF), (0xFFFD, 0xFFFD)),
)
FIGURES = ["tnum", "pnum"]  # beside what fontTools keeps by itself: numbers in columns


@dataclass(frozen=True, slots=True)
class Cut:
    """One file to make. `pinned` axes are fixed there; the weight stays variable."""

    name: str
    package: str
    source: str
    pinned: tuple[tuple[str, float], ...] = ()


# Newsreader's default is drawn for 18 pt; the design is set in its 16 pt.
READING_SIZE = (("opsz", 16.0),)
CUTS = (
    Cut("geist", "fontpkg-geist", "Geist[wght].ttf"),
    Cut("geist-mono", "fontpkg-geist-mono", "GeistMono[wght].ttf"),
    Cut("newsreader", "fontpkg-newsreader", "Newsreader[opsz,wght].ttf", READING_SIZE),
    Cut("newsreader-italic", "fontpkg-newsreader", "Newsreader-Italic[opsz,wght].ttf", READING_SIZE),
)


def build(folder: Path, cuts: Sequence[Cut] = CUTS) -> list[Path]:
    """Make what is missing or older than its package in `folder`, on all cores; the files that were made."""
    folder.mkdir(parents=True, exist_ok=True)
    wanted = [cut for cut in cuts if not _is_current(cut, folder)]
    if not wanted:
        return []
    with ProcessPoolExecutor(min(len(wanted), os.cpu_count() or 1), mp_context=get_context("spawn")) as pool:
        return list(pool.map(_write, wanted, repeat(folder)))


def _stamp(cut: Cut) -> str:
    """Changes with the package, the tool and the wish."""
    versions = [metadata.version(name) for name in (cut.package, "fonttools", "brotli")]
    return hashlib.sha256(repr((cut, RANGES, FIGURES, versions)).encode()).hexdigest()


def _stamp_path(cut: Cut, folder: Path) -> Path:
    return folder.parent / f".{cut.name}.stamp"


def _is_current(cut: Cut, folder: Path) -> bool:
    stamp = _stamp_path(cut, folder)
    return (folder / f"{cut.name}.woff2").exists() and stamp.exists() and stamp.read_text() == _stamp(cut)


def _write(cut: Cut, folder: Path) -> Path:
    source = files(cut.package.replace("-", "_")) / "files" / cut.source
    font = TTFont(str(source), recalcTimestamp=False)
    options = Options()
    options.layout_features += FIGURES
    options.drop_tables += ["meta"]  # design languages, of no use to a browser
    subsetter = Subsetter(options)
    subsetter.populate(unicodes=[code for first, last in RANGES for code in range(first, last + 1)])
    subsetter.subset(font)
    if cut.pinned:  # after the cut: fewer glyphs to work through
        font = instancer.instantiateVariableFont(font, dict(cut.pinned))
    font.flavor = "woff2"
    path = folder / f"{cut.name}.woff2"
    draft = folder.parent / f".{cut.name}.{os.getpid()}.part"
    font.save(draft)
    draft.replace(path)
    _stamp_path(cut, folder).write_text(_stamp(cut))
    return path
