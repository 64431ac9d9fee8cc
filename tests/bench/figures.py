# SPDX-License-Identifier: AGPL-3.0-or-later
"""What a benchmark gives: a figure beside that of a peer, their ratio, and its limit.

Seconds alone say how fast the machine is. A ratio to a peer measured in the same run, in turn with what is measured,
says what the program adds.
"""

from __future__ import annotations

import math
import statistics
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeVar

Name = TypeVar("Name")


@dataclass(frozen=True, slots=True)
class Figure:
    """One line of the table.

    ``ratio`` is measured to peer, rounded by nothing. With ``most`` it may be at most so much, with ``least`` it has
    to be at least so much; with neither it stands for the record.
    """

    name: str
    measured: str
    peer: str
    ratio: float
    most: float | None = None
    least: float | None = None

    @property
    def missed(self) -> bool:
        """Whether the limit is not kept."""
        return not self.ratio <= (math.inf if self.most is None else self.most) or not self.ratio >= (self.least or 0)

    @property
    def verdict(self) -> str:
        """What the table says of it."""
        if self.most is None and self.least is None:
            return "for the record"
        return "OVER" if self.missed else "ok"

    @property
    def limit(self) -> str:
        """The limit as the table writes it."""
        if self.most is not None:
            return f"≤ {self.most:g}×"
        return "" if self.least is None else f"≥ {self.least:g}×"


def time_ratio(name: str, measured: float, peer: float, *, peer_as: str, most: float | None = None) -> Figure:
    """Compare two durations in seconds."""
    return Figure(name, milliseconds(measured), f"{milliseconds(peer)} {peer_as}", measured / peer, most=most)


def milliseconds(seconds: float) -> str:
    """Write a duration with three figures that mean something."""
    value = seconds * 1000
    return f"{value:.0f} ms" if value >= 100 else f"{value:.1f} ms" if value >= 10 else f"{value:.2f} ms"


def in_turn(cases: Mapping[Name, Callable[[], float]], *, rounds: int) -> dict[Name, float]:
    """Measure each case once a round, one after the other, so that a busy moment of the machine meets all alike.

    A case does its work and gives the seconds (or the rate) that it took. Gives the medians.
    """
    taken: dict[Name, list[float]] = {name: [] for name in cases}
    for _ in range(rounds):
        for name, measure in cases.items():
            taken[name].append(measure())
    return {name: statistics.median(values) for name, values in taken.items()}


def seconds(act: Callable[[], object]) -> float:
    """Time an act."""
    start = time.perf_counter()
    act()
    return time.perf_counter() - start


def table(figures: Sequence[Figure]) -> str:
    """Write figures as a table of text."""
    head = ("figure", "measured", "peer", "ratio", "limit", "")
    rows = [head, *((f.name, f.measured, f.peer, f"{f.ratio:.2f}×", f.limit, f.verdict) for f in figures)]
    widths = [max(len(row[column]) for row in rows) for column in range(len(head))]
    lines = ["  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip() for row in rows]
    lines.insert(1, "  ".join("─" * width for width in widths).rstrip())
    return "\n".join(lines)
