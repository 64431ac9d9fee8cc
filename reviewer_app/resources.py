# SPDX-License-Identifier: AGPL-3.0-or-later
"""Where the files are that the program brings along: icons, fonts, styles, translations, templates."""

from __future__ import annotations

import sys
from functools import cache
from pathlib import Path


def resource_path(*parts: str) -> Path:
    """Give the path of a bundled file or folder below `resources/`; with no parts, `resources/` itself.

    In the frozen program the folder lies in the bundle, in a checkout beside the package. The path is not checked.
    """
    return _folder(getattr(sys, "_MEIPASS", None)).joinpath(*parts)


@cache
def _folder(bundle: str | None) -> Path:
    root = Path(bundle) if bundle else Path(__file__).resolve().parent.parent
    return root / "resources"
