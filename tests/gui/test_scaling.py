# SPDX-License-Identifier: AGPL-3.0-or-later
"""The desktop on enlarged screens: each factor in a program of its own, as Qt takes it only at the start."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest

LAPTOP = (1366, 768)
HALF_FULL_HD = (960, 540)


@pytest.mark.parametrize(
    ("percent", "width", "height", "language"),
    [
        (100, *LAPTOP, "pl"),
        (125, LAPTOP[0] * 100 // 125, LAPTOP[1] * 100 // 125, "pl"),
        (150, LAPTOP[0] * 100 // 150, LAPTOP[1] * 100 // 150, "en"),
        (200, LAPTOP[0] // 2, LAPTOP[1] // 2, "pl"),
        (200, *HALF_FULL_HD, "en"),
        (200, *LAPTOP, "en"),
    ],
    ids=["100", "125 on a laptop", "150 on a laptop", "200 on a laptop", "200 on full HD", "200 on a large screen"],
)
def test_no_button_is_hidden_or_cut_on_an_enlarged_screen(percent: int, width: int, height: int, language: str) -> None:
    settings = {"QT_SCALE_FACTOR": str(percent / 100), "QT_QPA_PLATFORM": "offscreen"}
    walk = subprocess.run(
        [sys.executable, "-m", "tests.gui.scaled_desk", str(width), str(height), language],
        env=os.environ | settings,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert walk.returncode == 0, walk.stdout + walk.stderr
