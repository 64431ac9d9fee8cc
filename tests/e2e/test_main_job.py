# SPDX-License-Identifier: AGPL-3.0-or-later
"""The main job, whole: the walk that the demonstration shows, judged by what it left behind."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

STAGES = (
    "registers",
    "activation mail arrives",
    "activates",
    "consents",
    "marketing consent",
    "Staff signs in",
    "adds the company",
    "uploads the extract",
    "downloads the authorization",
    "uploads the signed scan",
    "submits the case",
    "appears in the queue without a refresh",
    "claims",
    "all pages of document 4",
    "asks for a correction",
    "mail with the reason arrives",
    "sees the reason",
    "stamped sheet",
    "round 2",
    "approves",
    "finishing link arrives",
    "checks the address data",
    "accepts OWH",
    "the company is active",
)


@pytest.mark.timeout(600)
def test_one_company_goes_the_whole_way_through_server_browser_mail_and_window(tmp_path: Path) -> None:
    pictures = tmp_path / "pictures"
    done = subprocess.run(
        [sys.executable, "-m", "tests.e2e.walk", "--headless", "--output", str(pictures)],
        cwd=Path(__file__).parents[2],
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=550,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    steps = re.findall(r"^ +\d+\. (.+?)  \(", done.stdout, re.MULTILINE)
    for stage in STAGES:
        assert any(stage in step for step in steps), f"“{stage}” is not among {steps}"
    assert len(list(pictures.glob("*.png"))) == len(steps)
    assert f"{len(steps)} steps done" in done.stdout.splitlines()[-1]
