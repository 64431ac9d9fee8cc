# SPDX-License-Identifier: AGPL-3.0-or-later
"""Make the bundled fonts out of Inter's web fonts.

Usage: `.venv/bin/python tools/make_fonts.py FOLDER`, FOLDER being the unpacked package `inter-ui`, which has
`LICENSE.txt` and `web/Inter-*.woff2`. Writes TrueType files for the desktop and for PDF, small WOFF2 files for the
portal, and the licence beside both.
"""

from __future__ import annotations

import shutil
import sys
from pathlib import Path

from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont

ROOT = Path(__file__).resolve().parent.parent
DESKTOP = ROOT / "resources" / "fonts"
PORTAL = ROOT / "resources" / "portal" / "static" / "fonts"
WEIGHTS = ("Regular", "Medium", "SemiBold", "Bold")
FEATURES = ["kern", "liga", "calt", "ccmp", "locl", "mark", "mkmk", "case", "tnum", "zero"]

LATIN = [
    *range(0x20, 0x7F),  # basic
    *range(0xA0, 0x180),  # Latin-1, Extended-A: every language of the European Union in Latin letters
    *range(0x218, 0x21C),  # Romanian
    *(0x2C6, 0x2C7, 0x2D8, 0x2D9, 0x2DA, 0x2DB, 0x2DC, 0x2DD),
    *(0x2009, 0x200B, 0x2010, 0x2011, 0x2012, 0x2013, 0x2014, 0x2018, 0x2019, 0x201A, 0x201C, 0x201D, 0x201E),
    *(0x2020, 0x2022, 0x2026, 0x202F, 0x2030, 0x2039, 0x203A, 0x20AC, 0x2116, 0x2122),
    *(0x2190, 0x2191, 0x2192, 0x2193, 0x2212, 0x2248, 0x2260, 0x2264, 0x2265, 0x2713, 0x2715),
]
# names on documents come in any European script
WIDE = [*LATIN, *range(0x180, 0x250), *range(0x300, 0x370), *range(0x370, 0x530), *range(0x1E00, 0x2200)]


def subset(source: Path, target: Path, characters: list[int], flavor: str | None) -> None:
    """Write the font with these characters only; `flavor` None is TrueType, "woff2" the web format."""
    options = Options(flavor=flavor, layout_features=FEATURES, name_IDs=["*"], notdef_outline=True, hinting=False)
    font = TTFont(source, recalcTimestamp=False)
    subsetter = Subsetter(options)
    subsetter.populate(unicodes=characters)
    subsetter.subset(font)
    font.flavor = flavor
    font.save(target)


def main() -> None:
    package = Path(sys.argv[1])
    for folder in (DESKTOP, PORTAL):
        folder.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(package / "LICENSE.txt", folder / "Inter-LICENSE.txt")
    for weight in WEIGHTS:
        source = package / "web" / f"Inter-{weight}.woff2"
        subset(source, DESKTOP / f"Inter-{weight}.ttf", WIDE, None)
        subset(source, PORTAL / f"Inter-{weight}.woff2", LATIN, "woff2")


if __name__ == "__main__":
    main()
