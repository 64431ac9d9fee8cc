# SPDX-License-Identifier: AGPL-3.0-or-later
"""The history is whole and cannot be changed; the feed misses nothing and starves nobody."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack

import httpx
import pytest
from sqlalchemy import delete, text, update
from sqlalchemy.exc import DBAPIError

from reviewer_app.backend.application import Backend
from reviewer_app.backend.audit.chain import verify_chain
from reviewer_app.backend.audit.tables import AuditEntry, AuditFacts
from reviewer_app.backend.kit.database import Database
from reviewer_app.contract.history import HISTORY_TEXTS, HistoryKind, history_text
from reviewer_app.contract.states import Actor
from tests.unit.backend.people import People

CHANGES = "/api/v1/staff/changes"
WRITERS = 8
ACTS_OF_A_WRITER = 25
CROWD = 100


def record(backend: Backend, company_id: str | None = "c1", times: int = 1, **details: str) -> None:
    with backend.parts.database.write() as session:
        for _ in range(times):
            backend.history.record(
                session,
                company_id=company_id,
                actor=Actor.STAFF,
                actor_id="anna",
                actor_name="Anna Nowak",
                kind=HistoryKind.NOTE_ADDED,
                details=details,
            )


def test_every_kind_of_act_has_a_text_in_both_languages() -> None:
    assert set(HISTORY_TEXTS) == set(HistoryKind)
    for kind in HistoryKind:
        told = history_text(kind, {})
        assert told.pl
        assert told.en


def test_codes_in_an_act_are_named_to_the_reader() -> None:
    details = {"document_kind": "authorization", "verdict": "needs_replacement", "reasons": "not_signed,stamp_missing"}
    told = history_text(HistoryKind.VERDICT_GIVEN, details)
    assert told.en.startswith("Document reviewed: Authorization: Needs replacement.")
    assert "not_signed" not in told.pl


def test_acts_are_chained_and_the_chain_verifies(backend: Backend, database: Database) -> None:
    record(backend, times=3)
    record(backend, None)
    with database.read() as session:
        assert verify_chain(session) is None


def test_an_act_of_a_transaction_that_failed_is_not_there(backend: Backend, database: Database) -> None:
    record(backend)

    def failing() -> None:
        with database.write() as session:
            session.execute(text("SELECT 1"))
            backend.history.record(
                session,
                company_id="c1",
                actor=Actor.SYSTEM,
                actor_id=None,
                actor_name="",
                kind=HistoryKind.APPROVED,
            )
            raise RuntimeError

    with pytest.raises(RuntimeError):
        failing()
    with database.read() as session:
        assert verify_chain(session) is None
        assert backend.history.changes(session, 0).next == 1


@pytest.mark.parametrize("statement", [update(AuditEntry).values(kind="x"), delete(AuditEntry)])
def test_the_database_itself_refuses_to_change_the_history(
    backend: Backend, database: Database, statement: object
) -> None:
    with database.write() as session:
        session.execute(delete(AuditFacts))
    record(backend)
    with database.write() as session:
        session.execute(delete(AuditFacts))
    with pytest.raises(DBAPIError, match="never changed"), database.write() as session:
        session.execute(statement)  # type: ignore[call-overload]  # either statement of the parameters


@pytest.mark.parametrize(
    ("tampering", "told"),
    [
        ("UPDATE audit_entries SET kind = 'approved' WHERE seq = 2", "the row was changed"),
        (
            "UPDATE audit_facts SET actor_name = 'X' WHERE entry_id = (SELECT id FROM audit_entries WHERE seq = 2)",
            "facts",
        ),
        ("UPDATE audit_head SET seq = 4", "the head"),
    ],
)
def test_tampering_behind_the_triggers_is_found(
    backend: Backend, database: Database, tampering: str, told: str
) -> None:
    record(backend, times=3)
    with database.connect() as connection:
        if database.is_sqlite:
            connection.execute(text("DROP TRIGGER audit_entries_no_update"))
        else:
            connection.execute(text("DROP TRIGGER audit_entries_no_change ON audit_entries"))
        connection.execute(text(tampering))
    with database.read() as session:
        found = verify_chain(session)
    assert found is not None
    assert told in found.reason


def test_erased_names_leave_the_chain_whole(
    backend: Backend, database: Database, client: httpx.Client, people: People
) -> None:
    record(backend, note="ring back")
    headers = people.staff()
    told = client.get("/api/v1/staff/companies/c1/history", headers=headers).json()["items"]
    assert [(entry["actor_name"], entry["text"]) for entry in told] == [("Anna Nowak", "Note: ring back")]
    with database.write() as session:
        session.execute(delete(AuditFacts))
    told = client.get("/api/v1/staff/companies/c1/history", headers=headers).json()["items"]
    assert [(entry["actor_name"], entry["text"]) for entry in told] == [("", "Note: –")]
    with database.read() as session:
        assert verify_chain(session) is None


def test_the_history_of_an_unknown_company_is_not_found(client: httpx.Client, people: People) -> None:
    answer = client.get("/api/v1/staff/companies/nothing/history", headers=people.staff())
    assert (answer.status_code, answer.json()["code"]) == (404, "not_found")


def test_the_feed_misses_nothing_while_many_write(
    backend: Backend, database: Database, client: httpx.Client, people: People
) -> None:
    headers = people.staff()
    start = client.get(CHANGES, headers=headers).json()["next"]
    seen: list[int] = []
    total = WRITERS * ACTS_OF_A_WRITER

    def follow() -> None:
        since = start
        while len(seen) < total:
            answer = client.get(CHANGES, headers=headers, params={"since": since, "wait": 10}).json()
            seen.extend(item["seq"] for item in answer["items"])
            since = answer["next"]

    def write(writer: int) -> None:
        for _ in range(ACTS_OF_A_WRITER):
            record(backend, f"c{writer}")

    with ThreadPoolExecutor(WRITERS + 1) as threads:
        follower = threads.submit(follow)
        list(threads.map(write, range(WRITERS)))
        follower.result(60)
    assert seen == list(range(start + 1, start + total + 1))
    with database.read() as session:
        assert verify_chain(session) is None


def test_a_long_list_of_changes_comes_in_parts(backend: Backend, client: httpx.Client, people: People) -> None:
    record(backend, times=250)
    headers = people.staff()
    first = client.get(CHANGES, headers=headers, params={"since": 0}).json()
    assert (len(first["items"]), first["next"]) == (200, 200)
    rest = client.get(CHANGES, headers=headers, params={"since": first["next"]}).json()
    assert [item["seq"] for item in rest["items"]] == list(range(201, 251))


def test_a_client_ahead_of_the_feed_is_sent_back_to_its_end(
    backend: Backend, client: httpx.Client, people: People
) -> None:
    headers = people.staff()
    end = client.get(CHANGES, headers=headers).json()["next"]
    ahead = client.get(CHANGES, headers=headers, params={"since": end + 1000, "wait": 30}).json()
    assert ahead == {"items": [], "next": end}


def test_a_hundred_that_wait_do_not_starve_a_hundred_that_call(
    backend: Backend, client: httpx.Client, people: People
) -> None:
    headers = people.staff()
    since = client.get(CHANGES, headers=headers).json()["next"]
    answers: list[int] = []

    def wait_for_change() -> None:
        answer = client.get(CHANGES, headers=headers, params={"since": since, "wait": 60})
        answers.append(len(answer.json()["items"]))

    with ExitStack() as stack:
        waiting = [threading.Thread(target=wait_for_change) for _ in range(CROWD)]
        for thread in waiting:
            thread.start()
            stack.callback(thread.join)
        with ThreadPoolExecutor(CROWD) as threads:
            called = list(
                threads.map(lambda _: client.get("/api/v1/customer/terms").status_code, range(CROWD), timeout=60)
            )
        assert called == [200] * CROWD
        assert not answers
        record(backend)
    assert answers == [1] * CROWD
