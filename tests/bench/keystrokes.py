# SPDX-License-Identifier: AGPL-3.0-or-later
"""Keystrokes from an open queue to a clean approval, and to a correction of one document with one reason.

Counted in the real window on the real server: each press is sent to whatever has the focus, and its effect is waited
for before the next. A key pressed together with Ctrl, Alt or Shift counts once.
"""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from tests.bench.figures import Figure
from tests.bench.papers import Papers

MOST = {"a clean approval": 4, "a correction of one document": 7}


def measure(folder: Path, _papers: Papers, *, quick: bool) -> list[Figure]:
    """Count both ways, in a process of its own: a QApplication does not belong into that of the other benchmarks."""
    done = subprocess.run(
        [sys.executable, "-m", "tests.bench.keystroke_walk", str(folder / "keystrokes")],
        env={**os.environ, "QT_QPA_PLATFORM": "offscreen"},
        stdout=subprocess.PIPE,
        text=True,
        encoding="utf-8",
        check=True,
    )
    counted = [int(number) for number in done.stdout.split()[-2:]]
    return [
        Figure(f"keys from the queue to {name}", str(count), f"{most} allowed", count / most, most=1.0)
        for (name, most), count in zip(MOST.items(), counted, strict=True)
    ]
