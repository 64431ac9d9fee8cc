# SPDX-License-Identifier: AGPL-3.0-or-later
"""The first 50 of 100,000 companies, and a search among them.

The peer is a call of the same server that asks who calls in the same way and answers the same bytes ready-made: what
is left above it is the price of finding and writing the rows. The second peer is the same call at 1,000 companies: a
queue must not grow slower with the years. Every client keeps its connection.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import ExitStack
from pathlib import Path
from urllib.parse import quote

from tests.bench.figures import Figure, in_turn, seconds, time_ratio
from tests.bench.filling import COMMON_WORD
from tests.bench.papers import Papers
from tests.bench.serving import READY_MADE, Caller, prepare, served

LIST = "/api/v1/staff/companies?open=true&limit=50"
MANY, FEW = 100_000, 1_000
MOST_TO_READY_MADE, MOST_TO_FEW = 3.0, 1.3


def measure(folder: Path, papers: Papers, *, quick: bool) -> list[Figure]:
    """Measure the list and the search."""
    with ExitStack() as stack:
        many, few = (
            stack.enter_context(served(prepare(folder / f"companies-{size}", size, papers))) for size in (MANY, FEW)
        )
        here, there = Caller(many), Caller(few)
        stack.callback(here.close)
        stack.callback(there.close)
        first = here.call("GET", LIST)
        rows = first.json["items"]
        assert len(rows) == 50
        here.call("PUT", READY_MADE, first.body)
        found = {
            "list": _get(here, LIST),
            "ready-made": _get(here, READY_MADE),
            "list of few": _get(there, LIST),
            "rare": _get(here, f"/api/v1/staff/companies?limit=50&q={rows[25]['nip']}"),
            "common": _get(here, f"/api/v1/staff/companies?limit=50&q={COMMON_WORD}"),
            "common and waiting": _get(here, f"{LIST}&q={quote(COMMON_WORD + ' spolka')}"),
        }
        in_turn(found, rounds=20)
        took = in_turn(found, rounds=100 if quick else 400)
    peer = "ready-made"
    return [
        time_ratio(
            "first 50 of 100,000", took["list"], took[peer], peer_as="the same 50 ready-made", most=MOST_TO_READY_MADE
        ),
        time_ratio(
            "first 50 of 100,000", took["list"], took["list of few"], peer_as="of 1,000 companies", most=MOST_TO_FEW
        ),
        time_ratio("search of a NIP in 100,000", took["rare"], took[peer], peer_as="50 rows ready-made"),
        time_ratio("search of a common word", took["common"], took[peer], peer_as="50 rows ready-made"),
        time_ratio(
            "the same, two words, waiting", took["common and waiting"], took[peer], peer_as="50 rows ready-made"
        ),
    ]


def _get(caller: Caller, path: str) -> Callable[[], float]:
    return lambda: seconds(lambda: caller.call("GET", path))
