"""The studio's fonts for the browser: cut from the installed packages to what its languages need, as WOFF2."""

import hashlib
from dataclasses import dataclass
from importlib import metadata
from importlib.resources import files
from pathlib import Path

from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont
from fontTools.varLib import instancer

# Latin with its extensions, punctuation, superscripts, currency, arrows, the few signs the pages use.
RANGES = (
    *((0x20, 0x7E), (0xA0, 0x17F), (0x18F, 0x18F), (0x192, 0x192), (0x1A0, 0x1B0), (0x218, 0x21B), (0x2C6, 0x2DD)),
    *((0x300, 0x304), (0x1E80, 0x1E9E), (0x2000, 0x206F), (0x2070, 0x20CF), (0x2100, 0x2122), (0x2190, 0x2199)),
    *((0x2212, 0x2212), (0x2215, 0x2215), (0x2248, 0x2265), (0x25CF, 0x25CF), (0xFEFF, 0xFEFF), (0xFFFD, 0xFFFD)),
)


@dataclass(frozen=True, slots=True)
class Cut:
    """One file to make. `pinned` axes are fixed at their default; the weight stays variable."""

    name: str
    package: str
    source: str
    pinned: tuple[str, ...] = ()


CUTS = (
    Cut("geist", "fontpkg-geist", "Geist[wght].ttf"),
    Cut("geist-mono", "fontpkg-geist-mono", "GeistMono[wght].ttf"),
    Cut("newsreader", "fontpkg-newsreader", "Newsreader[opsz,wght].ttf", ("opsz",)),
    Cut("newsreader-italic", "fontpkg-newsreader", "Newsreader-Italic[opsz,wght].ttf", ("opsz",)),
)


def build(folder: Path) -> list[Path]:
    """Make what is missing or older than its package in `folder`; the files that were made."""
    folder.mkdir(parents=True, exist_ok=True)
    return [_write(cut, folder) for cut in CUTS if not _is_current(cut, folder)]


def _stamp(cut: Cut) -> str:
    """Changes with the package, the tool and the wish."""
    versions = [metadata.version(name) for name in (cut.package, "fonttools", "brotli")]
    return hashlib.sha256(repr((cut, RANGES, versions)).encode()).hexdigest()


def _stamp_path(cut: Cut, folder: Path) -> Path:
    return folder.parent / f".{cut.name}.stamp"


def _is_current(cut: Cut, folder: Path) -> bool:
    stamp = _stamp_path(cut, folder)
    return (folder / f"{cut.name}.woff2").exists() and stamp.exists() and stamp.read_text() == _stamp(cut)


def _write(cut: Cut, folder: Path) -> Path:
    source = files(cut.package.replace("-", "_")) / "files" / cut.source
    font = TTFont(str(source), recalcTimestamp=False)
    if cut.pinned:
        font = instancer.instantiateVariableFont(font, dict.fromkeys(cut.pinned))
    options = Options()
    options.flavor = "woff2"
    options.layout_features = ["*"]
    options.drop_tables += ["DSIG", "MVAR"] if cut.pinned else ["DSIG"]
    subsetter = Subsetter(options)
    subsetter.populate(unicodes=[code for first, last in RANGES for code in range(first, last + 1)])
    subsetter.subset(font)
    font.flavor = "woff2"
    path = folder / f"{cut.name}.woff2"
    draft = path.with_suffix(".part")
    font.save(draft)
    draft.replace(path)
    _stamp_path(cut, folder).write_text(_stamp(cut))
    return path
