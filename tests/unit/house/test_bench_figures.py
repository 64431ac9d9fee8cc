# SPDX-License-Identifier: AGPL-3.0-or-later
"""What the benchmarks make of their measurements."""

from __future__ import annotations

import pytest

from tests.bench.figures import Figure, in_turn, milliseconds, table


@pytest.mark.parametrize(
    ("ratio", "most", "least", "verdict"),
    [
        (2.0, 2.0, None, "ok"),
        (2.001, 2.0, None, "OVER"),
        (0.1, None, 0.1, "ok"),
        (0.099, None, 0.1, "OVER"),
        (99.0, None, None, "for the record"),
        (float("nan"), 2.0, None, "OVER"),
    ],
)
def test_limits(ratio: float, most: float | None, least: float | None, verdict: str) -> None:
    figure = Figure("start", "1 ms", "2 ms", ratio, most=most, least=least)
    assert figure.verdict == verdict
    assert figure.missed == (verdict == "OVER")


def test_cases_are_measured_in_turn() -> None:
    order: list[str] = []
    values = iter([1.0, 10.0, 3.0, 30.0, 2.0, 500.0])

    def case(name: str) -> float:
        order.append(name)
        return next(values)

    assert in_turn({"ours": lambda: case("a"), "peer": lambda: case("b")}, rounds=3) == {"ours": 2.0, "peer": 30.0}
    assert order == ["a", "b"] * 3


def test_durations_are_written_with_three_figures() -> None:
    assert [milliseconds(value) for value in (0.2345, 0.02345, 0.002346)] == ["234 ms", "23.4 ms", "2.35 ms"]


def test_table_has_a_line_for_each_figure() -> None:
    lines = table([Figure("list", "5 ms", "2 ms", 2.5, most=3.0), Figure("search", "9 ms", "2 ms", 4.5)]).splitlines()
    assert len(lines) == 4
    assert lines[2].split() == ["list", "5", "ms", "2", "ms", "2.50×", "≤", "3×", "ok"]
    assert lines[3].endswith("for the record")
