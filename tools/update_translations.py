# SPDX-License-Identifier: AGPL-3.0-or-later
"""Bring the desktop's translations up to date: collect the texts, then make what the program loads.

The source texts are English; `reviewer_en.ts` holds their plural forms alone. Translate in Qt Linguist, then run this again.
"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
FOLDER = ROOT / "resources" / "translations"
ROOMS = ("models", "views")
ALONE = ("app/tray.py",)
LANGUAGES = {"pl": "pl_PL", "en": "en_GB"}


def collect(folder: Path) -> None:
    """Write the texts of the source into the catalogues of a folder. Raises CalledProcessError."""
    sources = [str(path) for room in ROOMS for path in sorted((ROOT / "reviewer_app" / room).rglob("*.py"))]
    sources += [str(ROOT / "reviewer_app" / name) for name in ALONE]
    for language, name in LANGUAGES.items():
        catalogue = folder / f"reviewer_{language}.ts"
        options = ["-silent", "-no-obsolete", "-locations", "none", "-source-language", "en", "-target-language", name]
        if language == "en":
            options.append("-pluralonly")
        _run("pyside6-lupdate", *options, *sources, "-ts", str(catalogue))


def release(folder: Path) -> None:
    """Make the compiled catalogues. Raises CalledProcessError."""
    for language in LANGUAGES:
        _run("pyside6-lrelease", "-silent", str(folder / f"reviewer_{language}.ts"))


def _run(tool: str, *arguments: str) -> None:
    folder = Path(sys.executable).parent
    subprocess.run([str(folder / tool), *arguments], check=True, cwd=ROOT)


if __name__ == "__main__":
    collect(FOLDER)
    release(FOLDER)
