# SPDX-License-Identifier: AGPL-3.0-or-later
"""`python3 dev.py bench [--only NAME] [--quick]`: measures and prints a table; exit code 1 when a limit is missed."""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from tests.bench import (
    decisions,
    desk_walk,
    desktop_start,
    first_page,
    keystrokes,
    portal_pages,
    queue_list,
    search_typing,
    seeding,
    specimens,
)
from tests.bench.figures import Figure, table
from tests.bench.papers import Papers, write_papers

BENCHES: dict[str, Callable[..., list[Figure]]] = {
    "start": desktop_start.measure,
    "page": first_page.measure,
    "walk": desk_walk.measure,
    "list": queue_list.measure,
    "decisions": decisions.measure,
    "specimens": specimens.measure,
    "portal": portal_pages.measure,
    "keystrokes": keystrokes.measure,
    "typing": search_typing.measure,
    "seeding": seeding.measure,
}

LONG = frozenset({"typing"})
"""These fill a database for so long that they run only when they are asked for by name."""


def main() -> int:
    """Run the benchmarks; gives the exit code."""
    parser = argparse.ArgumentParser(prog="dev.py bench", description="The benchmarks, as a table of ratios.")
    parser.add_argument(
        "--only",
        choices=BENCHES,
        action="append",
        help="run this one alone; may be repeated. What takes long, typing, runs only so",
    )
    parser.add_argument("--quick", action="store_true", help="fewer repetitions, for a first look")
    options = parser.parse_args()
    figures: list[Figure] = []
    with tempfile.TemporaryDirectory(prefix="reviewer-bench-") as folder:
        papers = write_papers(Path(folder))
        for name, bench in BENCHES.items():
            if name in (options.only or BENCHES.keys() - LONG):
                figures += _run(name, bench, Path(folder), papers, quick=options.quick)
    print(f"\nMedians of repetitions taken in turn with the peer{' (quick)' if options.quick else ''}.\n")
    print(table(figures))
    missed = sum(figure.missed for figure in figures)
    print(f"\n{missed} over the limit" if missed else "\nevery limit is kept")
    return 1 if missed else 0


def _run(name: str, bench: Callable[..., list[Figure]], folder: Path, papers: Papers, *, quick: bool) -> list[Figure]:
    print(f"{name} … ", end="", flush=True)
    start = time.monotonic()
    found = bench(folder, papers, quick=quick)
    print(f"{time.monotonic() - start:.0f} s", flush=True)
    return found


if __name__ == "__main__":
    sys.exit(main())
