# SPDX-License-Identifier: AGPL-3.0-or-later
"""Decisions a second through the API.

Only the decision is timed: the case was claimed and its documents read before. Each is an approval, the outcome that
writes most: verdicts, the new state, the finishing link, the mail, the history's chain, the answer under its key, all
in one transaction that reaches the disk. The peer is a POST that does nothing on the same server, sent by the same
client, which does not even ask who calls; beside it, for the record, one that does. Then there are bare commits of one
row into the same database, through the same engine: with one commit a decision no API on this database can decide
faster than that.
"""

from __future__ import annotations

import itertools
import uuid
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple

from sqlalchemy import text

from reviewer_app.backend.kit.database import Database
from tests.bench.figures import Figure, in_turn, seconds
from tests.bench.papers import Papers
from tests.bench.serving import NOTHING, NOTHING_KNOWN, Caller, prepare, served

COMPANIES = 10_000
LEAST = 0.1
_A_ROUND = 10
_COMMITS, _NOTHINGS = 20, 100


class _Prepared(NamedTuple):
    path: str
    body: dict[str, object]
    version: str


def measure(folder: Path, papers: Papers, *, quick: bool) -> list[Figure]:
    """Measure decisions, the peer, and bare commits."""
    filled = prepare(folder / "decisions", COMPANIES, papers)
    database = Database(filled.settings().database_url)
    with database.connect() as connection:
        connection.execute(text("CREATE TABLE bench_commits (number INTEGER PRIMARY KEY, word VARCHAR(40))"))
    try:
        with served(filled) as url:
            caller = Caller(url)
            waiting = _waiting(caller)
            rounds = {
                "decisions": lambda: _decisions(caller, waiting),
                "nothing": lambda: _rate(_NOTHINGS, lambda: caller.call("POST", NOTHING, {})),
                "known": lambda: _rate(_NOTHINGS, lambda: caller.call("POST", NOTHING_KNOWN, {})),
                "commits": _commits(database),
            }
            in_turn(rounds, rounds=2)
            rates = in_turn(rounds, rounds=8 if quick else 25)
            caller.close()
    finally:
        database.dispose()
    peers = {
        "nothing": "that do nothing",
        "known": "that only ask who calls",
        "commits": "bare commits of a row",
    }
    return [
        Figure(
            "decisions",
            f"{rates['decisions']:.0f} a second",
            f"{rates[peer]:.0f} a second {words}",
            rates["decisions"] / rates[peer],
            least=LEAST if peer == "nothing" else None,
        )
        for peer, words in peers.items()
    ]


def _waiting(caller: Caller) -> Iterator[str]:
    cursor: str | None = ""
    while cursor is not None:
        page = caller.call(
            "GET", f"/api/v1/staff/companies?open=true&limit=200&cursor={cursor}".removesuffix("&cursor=")
        )
        yield from (row["id"] for row in page.json["items"])
        cursor = page.json["next_cursor"]


def _decisions(caller: Caller, waiting: Iterator[str]) -> float:
    prepared = [_claimed(caller, company_id) for company_id in itertools.islice(waiting, _A_ROUND)]
    acts = iter(prepared)

    def decide() -> None:
        one = next(acts)
        caller.call("POST", one.path, one.body, **{"If-Match": one.version, "Idempotency-Key": uuid.uuid4().hex})

    return _rate(len(prepared), decide)


def _claimed(caller: Caller, company_id: str) -> _Prepared:
    path = f"/api/v1/staff/companies/{company_id}"
    claim = caller.call("POST", f"{path}/claim", **{"Idempotency-Key": uuid.uuid4().hex}).json
    case = caller.call("GET", path)
    verdicts = [{"document_id": one["id"], "verdict": "accepted"} for one in case.json["documents"]]
    body = {"outcome": "approve", "lease_token": claim["lease_token"], "documents": verdicts}
    return _Prepared(f"{path}/decisions", body, f'"{case.json["version"]}"')


def _commits(database: Database) -> Callable[[], float]:
    numbers = itertools.count(1)

    def commit() -> None:
        with database.connect() as connection:
            connection.execute(
                text("INSERT INTO bench_commits VALUES (:number, :word)"), {"number": next(numbers), "word": "x" * 40}
            )

    return lambda: _rate(_COMMITS, commit)


def _rate(times: int, act: Callable[[], object]) -> float:
    return times / seconds(lambda: [act() for _ in range(times)])
