# SPDX-License-Identifier: AGPL-3.0-or-later
"""A fake server on real sockets, and a desk signed in to it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from reviewer_app.contract.permissions import StaffRole
from reviewer_app.contract.states import DocumentKind, Outcome, Verdict
from reviewer_app.desk.desk import Desk
from reviewer_app.desk.drafts import DecisionDraft, DraftVerdict
from tests.fakes.gateway_http import HttpFake
from tests.fakes.gateway_memory import PASSWORD
from tests.fakes.gateway_server import FakeServer
from tests.support.desks import open_desk

FILES = {DocumentKind.REGISTRY_EXTRACT: b"extract " * 1000, DocumentKind.AUTHORIZATION: b"sheet " * 1000}


class MovedClock:
    """A clock that goes on, from where the test puts it."""

    def __init__(self) -> None:
        self.shift = timedelta(0)

    def now(self) -> datetime:
        return datetime.now(UTC) + self.shift


@dataclass
class Office:
    """A desk, the server that it works with, and a company waiting there."""

    server: FakeServer
    http: HttpFake
    desk: Desk
    clock: MovedClock
    folder: Path
    company_id: str

    def approval(self) -> DecisionDraft:
        """Give a draft that approves the company as it stands on the server."""
        company = self.server.companies[self.company_id]
        return DecisionDraft(
            self.company_id,
            company.version,
            Outcome.APPROVE,
            tuple(DraftVerdict(item.id, Verdict.ACCEPTED) for item in company.documents if item.current),
            customer_note="Witamy",
        )


@pytest.fixture
def server() -> FakeServer:
    made = FakeServer()
    made.add_user("anna")
    made.add_user("borys", StaffRole.SUPERVISOR)
    return made


@pytest.fixture
def http(server: FakeServer) -> Iterator[HttpFake]:
    with HttpFake(server) as made:
        yield made


@pytest.fixture
def office(server: FakeServer, http: HttpFake, tmp_path: Path) -> Iterator[Office]:
    company_id = server.add_company("Żółw sp. z o.o.", "9990000184", FILES)
    clock = MovedClock()
    with open_desk(tmp_path, http.url, clock=clock) as desk:
        desk.session.sign_in(username="anna", password=PASSWORD)
        yield Office(server, http, desk, clock, tmp_path, company_id)
