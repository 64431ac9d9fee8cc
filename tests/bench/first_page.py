# SPDX-License-Identifier: AGPL-3.0-or-later
"""A document opened in the viewer, until its first page is painted sharp.

Measured in the desktop's real viewer, with its model, threads and worker processes, on documents that were fetched
before: from the request to show one to the first painting of the window that holds the page at the zoom the viewer
chose. The workers run, none of them has the document open. The peer does the same at the same zoom in the window's own
process and thread: PyMuPDF opens the file and draws the page, a plain widget of the same window paints it. It is the
quickest way there is, and one that stops the window meanwhile and lets hostile files into the program.
"""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

from tests.bench import viewer_rounds
from tests.bench.figures import Figure, time_ratio
from tests.bench.papers import SCAN_DPI, Papers
from tests.bench.screen import screen
from tests.bench.serving import prepare, served

MOST = 1.3
_NAMES = {"registry_extract": "a text PDF", "authorization": f"a {SCAN_DPI} dpi scan"}


def measure(folder: Path, papers: Papers, *, quick: bool) -> list[Figure]:
    """Measure both documents."""
    with served(prepare(folder / "viewer", 100, papers)) as url, screen() as environment:
        arguments = [url, str(folder / "viewer-desktop"), str(7 if quick else 41)]
        done = subprocess.run(
            [sys.executable, "-m", viewer_rounds.__name__, *arguments],
            env=environment,
            stdout=subprocess.PIPE,
            check=True,
            timeout=600,
        )
    results: dict[str, dict[str, float]] = json.loads(done.stdout)
    return [
        time_ratio(
            f"{_NAMES[kind]} to its first page",
            took["viewer"],
            took["in process"],
            peer_as=f"in process, {took['zoom'] * 72:.0f} dpi",
            most=MOST,
        )
        for kind, took in results.items()
    ]
