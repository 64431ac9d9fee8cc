# SPDX-License-Identifier: AGPL-3.0-or-later
"""What differs between the rows shown and the rows wanted, so that the least is changed."""

from __future__ import annotations

from collections.abc import Sequence

from reviewer_app.desk.rows import QueueRow


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
