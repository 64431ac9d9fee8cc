# SPDX-License-Identifier: AGPL-3.0-or-later
"""A virtual screen with a window manager, for runs without a display."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager


def _program(name: str, package: str) -> str:
    found = shutil.which(name)
    if found is None:
        raise FileNotFoundError(f"{name} is missing: apt-get install {package}")
    return found


def _end(process: subprocess.Popen[bytes]) -> None:
    process.terminate()
    try:
        process.wait(10)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


@contextmanager
def virtual_screen(width: int = 1366, height: int = 768) -> Iterator[str]:
    """Start Xvfb and openbox; gives the display's name, such as ``:1``. Both end with the context.

    Xvfb chooses a free display by itself and tells it once it takes connections, so two runs never meet.
    Raises FileNotFoundError naming the package when a program is missing.
    """
    told, telling = os.pipe()
    screen = subprocess.Popen(
        [
            *(_program("Xvfb", "xvfb"), "-displayfd", str(telling), "-nolisten", "tcp"),
            *("-screen", "0", f"{width}x{height}x24"),
        ],
        pass_fds=(telling,),
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    os.close(telling)
    try:
        with os.fdopen(told) as answer:
            number = answer.readline().strip()
        if not number:
            raise RuntimeError("Xvfb ended before it gave a display")
        display = f":{number}"
        manager = subprocess.Popen(
            [_program("openbox", "openbox")],
            env={**os.environ, "DISPLAY": display},
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        try:
            yield display
        finally:
            _end(manager)
    finally:
        _end(screen)
