# SPDX-License-Identifier: AGPL-3.0-or-later
"""One request is one transaction: idempotency keys, versions, limits, and what is answered when things go wrong."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import Annotated

import httpx
import pytest
from fastapi import Depends, FastAPI
from pydantic import BaseModel, ConfigDict
from sqlalchemy import func, select, text
from sqlalchemy.orm import Session
from starlette.responses import Response

from reviewer_app.backend.application import Backend
from reviewer_app.backend.audit.tables import AuditHead
from reviewer_app.backend.housekeeping import clear_up
from reviewer_app.backend.kit.callers import CurrentStaff, Staff, require
from reviewer_app.backend.kit.database import Database
from reviewer_app.backend.kit.idempotency import IdempotencyKey
from reviewer_app.backend.kit.problems import ProblemError
from reviewer_app.backend.kit.requests import Answer, Work
from reviewer_app.backend.kit.throttle import Attempts, Throttle
from reviewer_app.contract.history import HistoryKind
from reviewer_app.contract.permissions import StaffAct
from reviewer_app.contract.problems import ProblemCode
from reviewer_app.contract.states import Actor
from tests.fakes.clock import StandingClock
from tests.unit.backend.people import People

ACT = "/api/v1/staff/probe"
KEY = {"Idempotency-Key": "one"}


class Body(BaseModel):
    """What is sent to the probe."""

    model_config = ConfigDict(extra="forbid")
    word: str
    refuse: ProblemCode | None = None
    crash: bool = False


class Done(BaseModel):
    """What the probe answers: how many acts it has done."""

    word: str
    count: int


class Probe:
    """A call that does something countable, and can be held in the middle of it."""

    def __init__(self, backend: Backend) -> None:
        self._backend = backend
        self.entered = threading.Event()
        self.go_on = threading.Event()
        self.go_on.set()

    def act(self, body: Body, staff: CurrentStaff, work: Work) -> Response:
        """Record an act, then refuse or crash if asked."""

        def do(session: Session) -> Answer:
            self._record(session, staff)
            self.entered.set()
            assert self.go_on.wait(30)
            if body.refuse:
                raise ProblemError(body.refuse)
            if body.crash:
                raise RuntimeError("as asked")
            return Answer(Done(word=body.word, count=session.scalars(select(AuditHead.seq)).one() + 1), 201, version=7)

        return work.write(do)

    def change(self, staff: CurrentStaff, work: Work) -> Response:
        """Act on version 3 only."""

        def do(session: Session) -> Answer:
            work.expected_version().require(3)
            self._record(session, staff)
            return Answer(version=4)

        return work.write(do)

    def reopen(self, staff: Annotated[Staff, Depends(require(StaffAct.REOPEN))]) -> dict[str, str]:
        """Only for those who may reopen."""
        return {"by": staff.username}

    def _record(self, session: Session, staff: Staff) -> None:
        self._backend.history.record(
            session,
            company_id="c1",
            actor=Actor.STAFF,
            actor_id=staff.user_id,
            actor_name=staff.display_name,
            kind=HistoryKind.NOTE_ADDED,
        )


@pytest.fixture
def probe(backend: Backend, server_app: FastAPI) -> Iterator[Probe]:
    probe = Probe(backend)
    server_app.post(ACT, status_code=201, response_model=Done)(probe.act)
    server_app.patch(ACT)(probe.change)
    server_app.get(ACT)(probe.reopen)
    yield probe
    probe.go_on.set()


@pytest.fixture
def staff(probe: Probe, people: People) -> dict[str, str]:
    return people.staff()


def acts(database: Database) -> int:
    with database.read() as session:
        return session.scalars(select(AuditHead.seq)).one()


def test_a_replay_gives_the_first_answer_and_does_nothing(
    client: httpx.Client, staff: dict[str, str], database: Database
) -> None:
    before = acts(database)
    first = client.post(ACT, headers=staff | KEY, json={"word": "ż", "crash": False})
    retyped = b'{ "crash": false, "word": "\\u017c"}'
    again = client.post(ACT, headers=staff | KEY | {"Content-Type": "application/json"}, content=retyped)
    assert (first.status_code, again.status_code) == (201, 201)
    assert (first.content, first.headers["etag"]) == (again.content, again.headers["etag"])
    assert first.headers["etag"] == '"7"'
    assert "idempotency-replayed" not in first.headers
    assert again.headers["idempotency-replayed"] == "true"
    assert acts(database) == before + 1


def test_the_same_key_with_another_body_is_refused(client: httpx.Client, staff: dict[str, str]) -> None:
    client.post(ACT, headers=staff | KEY, json={"word": "a"})
    other = client.post(ACT, headers=staff | KEY, json={"word": "b"})
    assert (other.status_code, other.json()["code"]) == (422, "idempotency_key_reused")


def test_a_key_belongs_to_its_caller(client: httpx.Client, staff: dict[str, str], people: People) -> None:
    client.post(ACT, headers=staff | KEY, json={"word": "a"})
    assert client.post(ACT, headers=people.staff("ewa") | KEY, json={"word": "b"}).status_code == 201


def test_a_key_whose_act_is_running_is_told_to_wait(client: httpx.Client, staff: dict[str, str], probe: Probe) -> None:
    probe.go_on.clear()
    with ThreadPoolExecutor(1) as thread:
        first = thread.submit(client.post, ACT, headers=staff | KEY, json={"word": "a"})
        assert probe.entered.wait(30)
        meanwhile = client.post(ACT, headers=staff | KEY, json={"word": "a"})
        probe.go_on.set()
        assert first.result().status_code == 201
    assert (meanwhile.status_code, meanwhile.json()["code"]) == (409, "idempotency_in_progress")
    assert meanwhile.headers["retry-after"] == "1"
    assert client.post(ACT, headers=staff | KEY, json={"word": "a"}).content == first.result().content


def test_doubled_requests_of_many_threads_act_once_each(
    client: httpx.Client, staff: dict[str, str], database: Database
) -> None:
    before = acts(database)

    def send(number: int) -> int:
        key = {"Idempotency-Key": f"n{number % 15}"}
        while True:
            status = client.post(ACT, headers=staff | key, json={"word": "a"}).status_code
            if status != 409:
                return status

    with ThreadPoolExecutor(8) as threads:
        assert set(threads.map(send, range(60))) == {201}
    assert acts(database) == before + 15


@pytest.mark.parametrize(
    ("code", "kept"),
    [("claimed_by_other", True), ("reason_required", True), ("stale_version", True), ("unavailable", False)],
)
def test_a_refusal_by_the_act_is_kept_but_not_what_it_did(
    client: httpx.Client, staff: dict[str, str], database: Database, code: str, kept: bool
) -> None:
    before = acts(database)
    first = client.post(ACT, headers=staff | KEY, json={"word": "a", "refuse": code})
    again = client.post(ACT, headers=staff | KEY, json={"word": "a", "refuse": code})
    assert first.json() == again.json()
    assert again.json()["code"] == code
    assert ("idempotency-replayed" in again.headers) is kept
    assert acts(database) == before


def test_a_failure_of_ours_keeps_nothing_and_tells_only_a_number(
    client: httpx.Client, staff: dict[str, str], database: Database, caplog: pytest.LogCaptureFixture
) -> None:
    before = acts(database)
    failed = client.post(ACT, headers=staff | KEY, json={"word": "a", "crash": True})
    problem = failed.json()
    assert (failed.status_code, problem["code"]) == (500, "internal_error")
    assert problem["incident"] in problem["title"]
    assert "as asked" not in failed.text
    assert "RuntimeError" not in failed.text
    assert any(problem["incident"] in record.getMessage() for record in caplog.records)
    assert acts(database) == before


def test_a_replay_comes_before_the_version(client: httpx.Client, staff: dict[str, str]) -> None:
    def change(**headers: str) -> httpx.Response:
        return client.patch(ACT, headers=staff | headers)

    assert change().json()["code"] == "version_required"
    assert change().status_code == 428
    assert change(**{"If-Match": '"2"'}).status_code == 412
    assert change(**KEY, **{"If-Match": '"3"'}).headers["etag"] == '"4"'
    replayed = change(**KEY, **{"If-Match": '"2"'})
    assert (replayed.status_code, replayed.headers["idempotency-replayed"]) == (200, "true")


def test_a_condition_that_does_not_hold_keeps_the_act_from_happening(
    client: httpx.Client, staff: dict[str, str], database: Database
) -> None:
    before = acts(database)
    for header, status, code in (
        ('W/"3"', 412, "stale_version"),  # a weak tag never matches: RFC 9110, 13.1.1
        ('"x"', 412, "stale_version"),
        ('"03"', 412, "stale_version"),
        ('""', 412, "stale_version"),
        ('"2", W/"3"', 412, "stale_version"),
        ("*", 428, "version_required"),  # names no version
        ("3", 400, "malformed_request"),
        ('"3', 400, "malformed_request"),
        ('w/"3"', 400, "malformed_request"),
        ('"3" "4"', 400, "malformed_request"),
        ('*, "3"', 400, "malformed_request"),
        (",", 400, "malformed_request"),
        ("", 400, "malformed_request"),
    ):
        answer = client.patch(ACT, headers=staff | {"If-Match": header})
        assert (answer.status_code, answer.json()["code"]) == (status, code), header
        assert answer.headers["content-type"] == "application/problem+json"
    assert acts(database) == before


def test_one_matching_tag_of_a_list_is_enough(client: httpx.Client, staff: dict[str, str]) -> None:
    for header in ('"3"', '"2", "3"', '"2",,"3" ,', 'W/"2" ,\t"3"', '"a,b","3"'):
        assert client.patch(ACT, headers=staff | {"If-Match": header}).headers["etag"] == '"4"', header


def test_lines_of_a_header_are_one_list(client: httpx.Client, staff: dict[str, str]) -> None:
    lines = [*staff.items(), ("If-Match", '"2"'), ("If-Match", '"3"')]
    assert client.patch(ACT, headers=lines).headers["etag"] == '"4"'


def test_a_missing_key_is_asked_for_and_an_absurd_one_refused(client: httpx.Client, staff: dict[str, str]) -> None:
    assert client.post(ACT, headers=staff, json={"word": "a"}).json()["code"] == "idempotency_key_missing"
    absurd = client.post(ACT, headers=staff | {"Idempotency-Key": "k" * 256}, json={"word": "a"})
    assert absurd.json()["code"] == "malformed_request"


def test_keys_are_kept_for_30_days(
    client: httpx.Client, staff: dict[str, str], database: Database, clock: StandingClock, people: People
) -> None:
    client.post(ACT, headers=staff | KEY, json={"word": "a"})
    clock.advance(timedelta(days=30, seconds=-1))
    clear_up(database, clock)
    with database.read() as session:
        assert session.scalars(select(func.count()).select_from(IdempotencyKey)).one() == 1
    clock.advance(timedelta(seconds=1))
    headers = {"Authorization": people.staff("ewa")["Authorization"]}
    assert client.post(ACT, headers=headers | KEY, json={"word": "b"}).status_code == 201
    clear_up(database, clock)
    with database.read() as session:
        assert session.scalars(select(func.count()).select_from(IdempotencyKey)).one() == 1


def test_a_role_opens_only_its_acts(client: httpx.Client, staff: dict[str, str]) -> None:
    refused = client.get(ACT, headers=staff)
    assert (refused.status_code, refused.json()["code"]) == (403, "permission_missing")


@pytest.mark.parametrize(
    ("content", "status", "code"),
    [
        (b"{", 400, "malformed_request"),
        (b"", 400, "malformed_request"),
        (b"[1]", 400, "malformed_request"),
        (b'{"word": 1}', 422, "validation_failed"),
        (b'{"word": "' + b"x" * 1_100_000 + b'"}', 413, "file_too_large"),
    ],
)
def test_bodies_that_cannot_be_taken(
    client: httpx.Client, staff: dict[str, str], content: bytes, status: int, code: str
) -> None:
    headers = staff | KEY | {"Content-Type": "application/json"}
    answer = client.post(ACT, headers=headers, content=content)
    assert (answer.status_code, answer.json()["code"]) == (status, code)


def test_a_body_of_untold_length_is_limited_too(client: httpx.Client, staff: dict[str, str]) -> None:
    def parts() -> Iterator[bytes]:
        yield b'{"word": "'
        for _ in range(40):
            yield b"x" * 50_000
        yield b'"}'

    answer = client.post(ACT, headers=staff | KEY | {"Content-Type": "application/json"}, content=parts())
    assert (answer.status_code, answer.json()["code"], answer.json()["limit"]) == (413, "file_too_large", 1)


def test_unknown_addresses_and_methods_are_problems(client: httpx.Client) -> None:
    missing, method = client.get("/api/v1/nothing"), client.put("/api/v1/customer/terms")
    assert (missing.status_code, missing.json()["code"]) == (404, "not_found")
    assert (method.status_code, method.json()["code"]) == (405, "method_not_allowed")


@pytest.mark.parametrize(
    ("header", "language"),
    [("en", "en"), ("en-GB,pl;q=0.5", "en"), ("de", "pl"), ("", "pl"), ("en;q=0.2, pl;q=0.9", "pl"), ("en;q=x", "pl")],
)
def test_problems_are_told_in_the_language_of_the_request(client: httpx.Client, header: str, language: str) -> None:
    answer = client.get("/api/v1/nothing", headers={"Accept-Language": header})
    assert answer.headers["content-language"] == language
    assert answer.json()["title"] == {"pl": "Nie znaleziono.", "en": "Not found."}[language]


def test_operators_see_health_and_figures(client: httpx.Client) -> None:
    assert client.get("/healthz").json()["status"] == "ok"
    assert client.get("/readyz").json()["status"] == "ready"
    client.get("/api/v1/staff/companies/some-id")
    figures = client.get("/metrics").text
    assert "reviewer_mails_waiting 0.0" in figures
    assert "some-id" not in figures
    assert 'route="/api/v1/staff/companies/{company_id}"' in figures


def test_an_invented_method_makes_no_figures_of_its_own(client: httpx.Client) -> None:
    assert client.request("CONJURE", "/api/v1/customer/terms").status_code == 405
    figures = client.get("/metrics").text
    assert "CONJURE" not in figures
    assert 'method="other"' in figures


def test_a_failure_is_logged_without_the_token_in_its_address_nor_the_values_of_its_statement(
    server_app: FastAPI, client: httpx.Client, database: Database, caplog: pytest.LogCaptureFixture
) -> None:
    def fail(token: str) -> None:
        with database.read() as session:
            session.execute(text("SELECT nothing FROM nowhere WHERE token = :token"), {"token": token})

    server_app.get("/api/v1/customer/probe/{token}")(fail)
    assert client.get("/api/v1/customer/probe/very-secret-token").status_code in {500, 503}
    # The test's own HTTP client and its server's access log are no part of the program, which keeps neither.
    ours = [record for record in caplog.records if record.name.startswith("reviewer_app")]
    logged = "\n".join(f"{record.getMessage()}\n{record.exc_text}" for record in ours)
    assert "GET /api/v1/customer/probe/{token}" in logged
    assert "nowhere" in logged
    assert "very-secret-token" not in logged


def test_two_first_attempts_at_once_are_both_counted(database: Database, clock: StandingClock) -> None:
    throttle = Throttle("test", free=2, first=timedelta(minutes=1), longest=timedelta(hours=1))

    def count() -> None:
        with database.write() as session:
            throttle.count(session, "jan", clock.now())

    with ThreadPoolExecutor(8) as threads:
        for done in [threads.submit(count) for _ in range(8)]:
            done.result()
    with database.read() as session:
        assert session.scalars(select(Attempts.count)).one() == 8
        with pytest.raises(ProblemError):
            throttle.check(session, "jan", clock.now())
