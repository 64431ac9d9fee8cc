# SPDX-License-Identifier: AGPL-3.0-or-later
"""Waiting for something to become true, and for no longer."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable


def wait_until(condition: Callable[[], bool], *, what: str, seconds: float = 60.0) -> None:
    """Return as soon as `condition()` is true; raise `AssertionError` naming `what` when `seconds` have passed."""
    deadline = time.monotonic() + seconds
    pause = threading.Event()
    while not condition():
        assert time.monotonic() < deadline, f"{what} did not happen within {seconds:.0f} s"
        pause.wait(0.02)
