# SPDX-License-Identifier: AGPL-3.0-or-later
"""The server is killed and restarted while three desks decide two hundred cases: every decision once, none lost."""

from __future__ import annotations

import random
import signal
import socket
import subprocess
import sys
import threading
from collections import Counter
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from sqlalchemy import text

from reviewer_app.backend.audit.service import History
from reviewer_app.backend.audit.signal import FeedSignal
from reviewer_app.backend.kit.clock import SystemClock
from reviewer_app.backend.kit.database import Database
from reviewer_app.backend.kit.passwords import Passwords
from reviewer_app.backend.staff.accounts import StaffAccounts
from reviewer_app.contract.permissions import StaffRole
from reviewer_app.contract.states import Outcome, Verdict
from reviewer_app.desk.cases import Case
from reviewer_app.desk.desk import Desk
from reviewer_app.desk.drafts import DecisionDraft, DraftVerdict
from reviewer_app.desk.errors import ClaimedByOther, DecisionUnderWay, GatewayError, NotPossible
from reviewer_app.desk.rows import QueueQuery
from tests.bench.papers import write_papers
from tests.bench.serving import Filled, prepare
from tests.support.desks import open_desk, streaming
from tests.support.waiting import wait_until

CASES, COMPANIES = 200, 2000
KILLS = 5
PEOPLE = ("basia", "czesia", "dosia")
PASSWORD = "modrzew-i-grab-nad-potokiem"
PAUSE_SECONDS = 0.05


@dataclass
class KilledServer:
    """The server's own program on a fixed port, killed without warning and started again."""

    filled: Filled
    port: int
    _process: subprocess.Popen[bytes] | None = field(default=None)

    @property
    def url(self) -> str:
        """Where it is."""
        return f"http://127.0.0.1:{self.port}"

    def start(self) -> None:
        """Start it and wait until it listens."""
        command = [sys.executable, "-m", "reviewer_app.serve", "serve", "--port", str(self.port)]
        self._process = subprocess.Popen(
            command, env=self.filled.environment, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
        )
        assert self._process.stdout is not None
        assert b"listening on" in self._process.stdout.readline()

    def kill(self) -> None:
        """End it as a power cut does."""
        if self._process is not None:
            self._process.send_signal(signal.SIGKILL)
            self._process.wait(30)
            if self._process.stdout is not None:
                self._process.stdout.close()
            self._process = None


def free_port() -> int:
    """Choose a port that no system gives away by itself: nobody takes it while the server is down."""
    for port in random.sample(range(20_000, 30_000), 100):
        with socket.socket() as tried:
            tried.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                tried.bind(("127.0.0.1", port))
            except OSError:
                continue
            return port
    raise AssertionError("every port that was tried is taken")


@pytest.fixture
def server(tmp_path: Path) -> Iterator[KilledServer]:
    """A server with two hundred waiting cases and three people."""
    filled = prepare(tmp_path / "server", COMPANIES, write_papers(tmp_path))
    clock, database = SystemClock(), Database(filled.settings().database_url)
    with database.write() as session:
        accounts = StaffAccounts(clock, Passwords(), History(clock, FeedSignal()))
        for name in PEOPLE:
            accounts.add(session, username=name, display_name=name.title(), role=StaffRole.REVIEWER, password=PASSWORD)
    database.dispose()
    made = KilledServer(filled, free_port())
    made.start()
    yield made
    made.kill()


def next_case(desk: Desk) -> Case | None:
    """Claim the next free case, or one that is the person's although the answer to its claim was lost."""
    found = desk.claims.claim_next()
    if found is not None:
        return found
    page = desk.queue.load(query=QueueQuery(assignee="me"))
    for row in page.rows:
        if not row.pending:
            desk.claims.claim(company_id=row.id)
            return desk.cases.open(company_id=row.id)
    return None


def work(desk: Desk, is_over: threading.Event) -> None:
    """Approve case after case until none is left; a server that is away is asked again."""
    while not is_over.is_set():
        try:
            case = next_case(desk)
        except (GatewayError, ClaimedByOther, NotPossible):
            is_over.wait(PAUSE_SECONDS)
            continue
        if case is None:
            is_over.wait(PAUSE_SECONDS)
            continue
        verdicts = tuple(DraftVerdict(one.id, Verdict.ACCEPTED) for one in case.detail.documents if one.current)
        draft = DecisionDraft(
            company_id=case.detail.id, version=case.detail.version, outcome=Outcome.APPROVE, documents=verdicts
        )
        try:
            desk.outbox.decide(draft=draft, hold_seconds=0)
        except DecisionUnderWay:
            continue


def decided(database: Database) -> int:
    with database.read() as session:
        return int(session.execute(text("SELECT count(*) FROM decisions")).scalar_one())


def reached(database: Database, mark: int) -> None:
    wait_until(lambda: decided(database) >= mark, what=f"{mark} decisions", seconds=200)


@pytest.mark.timeout(600)
def test_every_decision_arrives_once_although_the_server_is_killed_again_and_again(
    server: KilledServer, tmp_path: Path
) -> None:
    database, is_over = Database(server.filled.settings().database_url), threading.Event()
    with ExitStack() as stack:
        stack.callback(database.dispose)
        desks = [stack.enter_context(open_desk(tmp_path / name, server.url)) for name in PEOPLE]
        for desk, name in zip(desks, PEOPLE, strict=True):
            desk.session.sign_in(username=name, password=PASSWORD)
            stack.enter_context(streaming(desk.outbox.run))
        threads = [threading.Thread(target=work, args=(desk, is_over)) for desk in desks]
        for thread in threads:
            thread.start()
        try:
            for number in range(1, KILLS + 1):
                reached(database, number * CASES // (KILLS + 1))
                server.kill()
                server.start()
                for desk in desks:
                    desk.outbox.wake()
            reached(database, CASES)
        finally:
            is_over.set()
            for thread in threads:
                thread.join(60)
        wait_until(lambda: not any(desk.outbox.pending() for desk in desks), what="empty outboxes", seconds=60)
    with database.read() as session:
        rows = session.execute(text("SELECT company_id, outcome, staff_username FROM decisions")).all()
        states = Counter(row.state for row in session.execute(text("SELECT state FROM companies")))
    database.dispose()
    assert len(rows) == len({row.company_id for row in rows}) == CASES
    assert {row.outcome for row in rows} == {"approve"}
    assert {row.staff_username for row in rows} == set(PEOPLE)
    assert states["pending_verification"] == 0
