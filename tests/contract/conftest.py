# SPDX-License-Identifier: AGPL-3.0-or-later
"""The same suite twice: against the fake server of the desktop's tests, and against the real backend."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from datetime import timedelta
from pathlib import Path
from typing import Protocol

import pytest

from reviewer_app.contract.permissions import StaffRole
from reviewer_app.contract.states import CompanyState, DocumentKind
from reviewer_app.gateway.gateway import Gateway
from reviewer_app.gateway.plain import Session
from reviewer_app.gateway.transport import Timeouts
from tests.fakes import gateway_memory
from tests.fakes.gateway_http import HttpFake
from tests.fakes.gateway_server import FakeServer
from tests.support import world as worlds
from tests.support.numbers import NIPS
from tests.support.team import activated
from tests.support.world import Customer, World, WorldMaker, expect
from tests.unit.backend.engines import Engine, SqliteEngine
from tests.unit.backend.worlds import make_world as make_world  # noqa: PLC0414 -- a fixture that pytest finds here
from tests.unit.backend.worlds import world_pool as world_pool  # noqa: PLC0414 -- as above

QUICK = Timeouts(connect=10, receive=30, total=60)


class Arena(Protocol):
    """A server under test, and what other people do there."""

    url: str
    password: str

    def staff(self, username: str, role: StaffRole = StaffRole.REVIEWER) -> str:
        """Make a member of staff; gives the user name."""

    def submitted(self) -> str:
        """Let a customer submit a company with an extract and an authorization; gives its id."""

    def active(self) -> str:
        """Give the id of a company that uses the portal in full."""

    def edit(self, company_id: str) -> None:
        """Let the customer change a field that the sheet does not carry."""

    def advance(self, span: timedelta) -> None:
        """Let time pass on the server."""

    def end_sessions(self) -> None:
        """Let every access token and refresh token run out."""


class FakeArena:
    """The fake server."""

    def __init__(self, server: FakeServer, url: str) -> None:
        self.url = url
        self.password = gateway_memory.PASSWORD
        self._server = server
        self._numbers = iter(NIPS)

    def staff(self, username: str, role: StaffRole = StaffRole.REVIEWER) -> str:
        return self._server.add_user(username, role).username

    def submitted(self) -> str:
        files = {DocumentKind.REGISTRY_EXTRACT: worlds.pdf("Odpis"), DocumentKind.AUTHORIZATION: worlds.pdf("Karta")}
        return self._server.add_company("Żółw i Syn Sp. z o.o.", next(self._numbers), files)

    def active(self) -> str:
        company_id = self.submitted()
        self._server.companies[company_id].state = CompanyState.ACTIVE
        return company_id

    def edit(self, company_id: str) -> None:
        self._server.customer_edits(company_id)

    def advance(self, span: timedelta) -> None:
        self._server.advance(span)

    def end_sessions(self) -> None:
        self._server.end_sessions()


class RealArena:
    """The real backend, on SQLite."""

    def __init__(self, world: World) -> None:
        self.url = str(world.client.base_url).rstrip("/")
        self.password = worlds.PASSWORD
        self._world = world
        self._customers: dict[str, Customer] = {}
        self._numbers = iter(NIPS)

    def staff(self, username: str, role: StaffRole = StaffRole.REVIEWER) -> str:
        return self._world.staff(username, role).username

    def submitted(self) -> str:
        customer = self._world.customer()
        company_id = customer.submitted(nip=next(self._numbers))
        self._customers[company_id] = customer
        return company_id

    def active(self) -> str:
        company_id: str = activated(self._world).company()["id"]
        return company_id

    def edit(self, company_id: str) -> None:
        expect(self._customers[company_id].change(phone="+48 22 765 43 21"), 200)

    def advance(self, span: timedelta) -> None:
        self._world.clock.advance(span)

    def end_sessions(self) -> None:
        self._world.clock.advance(timedelta(days=400))


@pytest.fixture(scope="session")
def engine(sqlite_engine: SqliteEngine) -> Engine:
    """Databases on SQLite; the backend's own suite runs on PostgreSQL as well."""
    return sqlite_engine


@pytest.fixture(params=["fake", "real"])
def arena(request: pytest.FixtureRequest, make_world: WorldMaker) -> Iterator[Arena]:
    """Each server in turn."""
    if request.param == "real":
        yield RealArena(make_world())
        return
    server = FakeServer()
    with HttpFake(server) as http:
        yield FakeArena(server, http.url)


Connect = Callable[[str], Gateway]


@pytest.fixture
def connect(arena: Arena) -> Iterator[Connect]:
    """Give gateways that are signed in, by user name; closed at the end."""
    with ExitStack() as stack:

        def made(username: str) -> Gateway:
            gateway = unsigned(arena)
            stack.callback(gateway.close)
            gateway.sessions.sign_in(username=username, password=arena.password)
            return gateway

        yield made


def unsigned(arena: Arena, heard: list[Session | None] | None = None) -> Gateway:
    """Give a gateway that nobody has signed in to yet."""
    told = [] if heard is None else heard
    return Gateway(arena.url, language=lambda: "en", on_session=told.append, timeouts=QUICK)


@pytest.fixture
def target(tmp_path: Path) -> Path:
    """Where a document may be put."""
    return tmp_path / "document"
