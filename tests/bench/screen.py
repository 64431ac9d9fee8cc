# SPDX-License-Identifier: AGPL-3.0-or-later
"""Where windows are shown while they are measured: the same place for the program and its peer."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Iterator
from contextlib import contextmanager

from tests.e2e.display import virtual_screen


@contextmanager
def screen() -> Iterator[dict[str, str]]:
    """Give the environment of programs with windows: a virtual screen where there is Xvfb, else without a screen.

    On Windows they are shown on the person's own. What the environment asks of Python is left out: with
    PYTHONDONTWRITEBYTECODE, say, each start would compile the program anew, as no installed program does.
    """
    kept = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith("PYTHON") and name not in {"WAYLAND_DISPLAY", "QT_QPA_PLATFORM"}
    }
    if sys.platform == "win32":
        yield kept
    elif shutil.which("Xvfb") and shutil.which("openbox"):
        with virtual_screen() as display:
            yield {**kept, "DISPLAY": display, "QT_QPA_PLATFORM": "xcb"}
    else:
        yield {**kept, "QT_QPA_PLATFORM": "offscreen"}
