# SPDX-License-Identifier: AGPL-3.0-or-later
"""A day at the desk: 200 cases with a document of 20 pages each, opened one after the other and read page by page.

Walked in the real window, with keys, on the real server; the documents' files were fetched before. What is told:

- a page turn to a page that was drawn ahead, from the key to the window's painting with the page sharp;
- opening the next case of the list, from the key to the painting of its first page;
- how long the window's thread did not get to its events: a timer of 2 ms says when it came late;
- the memory of the program and its worker processes after 20 cases and after all.
"""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pymupdf

from tests.bench import desk_rounds
from tests.bench.figures import Figure, milliseconds
from tests.bench.papers import Papers
from tests.bench.screen import screen
from tests.bench.serving import prepare, served

PAGES = 20
CASES, QUICK_CASES = 200, 40
ONE_IN = 10
"""One company in so many waits for staff."""
FRAME_SECONDS, OPEN_SECONDS, BLOCKED_SECONDS = 0.016, 0.1, 0.05
OPEN_TIMES_RAW, MORE_MEMORY = 1.2, 1.2


def measure(folder: Path, papers: Papers, *, quick: bool) -> list[Figure]:
    """Walk, and compare with what is allowed."""
    cases = QUICK_CASES if quick else CASES
    long_one = Papers(_twenty_pages(folder / "twenty.pdf", papers.text), papers.scan)
    filled = prepare(folder / "walk", (cases + 10) * ONE_IN, long_one)
    with served(filled) as url, screen() as environment:
        done = subprocess.run(
            [
                sys.executable,
                "-m",
                desk_rounds.__name__,
                url,
                str(folder / "walk-desktop"),
                str(long_one.text),
                str(cases),
            ],
            env=environment,
            stdout=subprocess.PIPE,
            check=True,
            timeout=1800,
        )
    took: dict[str, float] = json.loads(done.stdout)
    allowed = max(OPEN_SECONDS, OPEN_TIMES_RAW * took["raw"])
    megabytes = 1 << 20
    return [
        _within("page turn to a page drawn ahead, p95", took["turn_p95"], FRAME_SECONDS),
        _within(f"next case of {cases} to its first page, p95", took["open_p95"], allowed),
        _within(f"window's thread away, worst of {cases} cases", took["blocked_worst"], BLOCKED_SECONDS),
        _within("window's thread away, p99", took["blocked_p99"], BLOCKED_SECONDS),
        Figure(
            f"memory after {cases} cases",
            f"{took['memory_all'] / megabytes:.0f} MB, pages kept up to {took['cap'] / megabytes:.0f} MB",
            f"{took['memory_20'] / megabytes:.0f} MB after 20",
            took["memory_all"] / took["memory_20"],
            most=MORE_MEMORY,
        ),
    ]


def _within(name: str, seconds: float, allowed: float) -> Figure:
    return Figure(name, milliseconds(seconds), f"{milliseconds(allowed)} allowed", seconds / allowed, most=1.0)


def _twenty_pages(target: Path, source: Path) -> Path:
    with pymupdf.open(source) as one, pymupdf.open() as made:
        while made.page_count < PAGES:
            made.insert_pdf(one)
        made.save(target)
    return target
