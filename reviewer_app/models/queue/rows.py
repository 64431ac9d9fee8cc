# SPDX-License-Identifier: AGPL-3.0-or-later
"""What differs between the rows shown and the rows wanted, so that the least is changed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from reviewer_app.desk.rows import QueueRow


def same_but_time(one: QueueRow, other: QueueRow) -> bool:
    """Say whether two rows show the same but for the time that passes by itself."""
    return replace(one, waiting_seconds=0, working_seconds=0) == replace(other, waiting_seconds=0, working_seconds=0)


def gone_runs(items: Sequence[QueueRow], wanted: Sequence[QueueRow]) -> list[tuple[int, int]]:
    """List the runs (first, last) of rows that are not wanted any more, from the bottom up."""
    keep = {row.id for row in wanted}
    runs: list[tuple[int, int]] = []
    for place in range(len(items) - 1, -1, -1):
        if items[place].id in keep:
            continue
        if runs and runs[-1][0] == place + 1:
            runs[-1] = (place, runs[-1][1])
        else:
            runs.append((place, place))
    return runs
