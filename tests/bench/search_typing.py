# SPDX-License-Identifier: AGPL-3.0-or-later
"""A search while it is typed, among 1,000,000 companies: each beginning of what is typed is asked of the server.

The limit is 50 ms for the slowest of the beginnings' medians; what is timed is the whole call, from the request to the
last byte of the answer.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import ExitStack
from pathlib import Path
from urllib.parse import quote

from tests.bench.figures import Figure, in_turn, milliseconds, seconds
from tests.bench.filling import COMMON_WORD
from tests.bench.papers import Papers
from tests.bench.serving import Caller, prepare, served

COMPANIES = 1_000_000
LIMIT_SECONDS = 0.05
PAGE = 50


def measure(folder: Path, papers: Papers, *, quick: bool) -> list[Figure]:
    """Measure what is asked while a common word, a name and a number are typed."""
    with ExitStack() as stack:
        url = stack.enter_context(served(prepare(folder / "million", COMPANIES, papers)))
        caller = Caller(url)
        stack.callback(caller.close)
        first = caller.call("GET", f"/api/v1/staff/companies?open=true&limit={PAGE}").json["items"][0]
        typed = {
            "a common word": COMMON_WORD,
            "a name": f"{first['name'].split()[0]} {first['name'].split()[-1]}",
            "a NIP": first["nip"],
        }
        asked = {
            (kind, text[:length]): _search(caller, text[:length])
            for kind, text in typed.items()
            for length in range(2, len(text) + 1)
        }
        in_turn(asked, rounds=2)
        took = in_turn(asked, rounds=5 if quick else 20)
    return [_figure(kind, {begun: value for (of, begun), value in took.items() if of == kind}) for kind in typed]


def _figure(kind: str, took: dict[str, float]) -> Figure:
    slowest = max(took, key=lambda begun: took[begun])
    return Figure(
        f"typing {kind} among 1,000,000",
        f"{milliseconds(took[slowest])} at its slowest",
        f"{milliseconds(LIMIT_SECONDS)} allowed",
        took[slowest] / LIMIT_SECONDS,
        most=1.0,
    )


def _search(caller: Caller, begun: str) -> Callable[[], float]:
    path = f"/api/v1/staff/companies?open=true&limit={PAGE}&q={quote(begun)}"
    return lambda: seconds(lambda: caller.call("GET", path))
