# SPDX-License-Identifier: AGPL-3.0-or-later
"""Who calls: a customer or a member of staff, by bearer token, and what a role allows."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Annotated, Generic, Protocol, TypeVar

from fastapi import Request, Security
from fastapi.openapi.models import HTTPBearer as HTTPBearerModel
from fastapi.security.base import SecurityBase
from fastapi.security.utils import get_authorization_scheme_param
from sqlalchemy import Connection
from starlette.concurrency import run_in_threadpool

from reviewer_app.backend.kit.context import Kit, kit_of
from reviewer_app.backend.kit.database import Database
from reviewer_app.backend.kit.problems import ProblemError
from reviewer_app.contract.permissions import ROLE_ACTS, StaffAct, StaffRole
from reviewer_app.contract.problems import ProblemCode

_CHALLENGE = {"WWW-Authenticate": "Bearer"}


class Keyed(Protocol):
    """A caller of either kind."""

    @property
    def key(self) -> str:
        """Name the caller in the table of idempotency keys."""
        ...


Caller = TypeVar("Caller", bound=Keyed)
Known_co = TypeVar("Known_co", covariant=True)


@dataclass(frozen=True, slots=True)
class Customer:
    """The signed-in customer."""

    user_id: str
    session_id: str

    @property
    def key(self) -> str:
        """Name the caller in the table of idempotency keys."""
        return f"customer:{self.user_id}"


@dataclass(frozen=True, slots=True)
class Staff:
    """The signed-in member of staff."""

    user_id: str
    username: str
    display_name: str
    role: StaffRole
    session_id: str

    @property
    def key(self) -> str:
        """Name the caller in the table of idempotency keys."""
        return f"staff:{self.user_id}"

    def id_of(self, person: str | None) -> str | None:
        """Give a person as the caller names them, ``me`` as the caller's own id."""
        return self.user_id if person == "me" else person

    def may(self, act: StaffAct) -> bool:
        """Say whether the role allows an act."""
        return act in ROLE_ACTS[self.role]


class Authenticator(Protocol[Known_co]):
    """Knows access tokens."""

    def authenticate(self, connection: Connection, token: str) -> Known_co:
        """Give the caller. Raises ProblemError: ``unauthenticated``, ``session_expired``, of staff ``account_disabled``."""
        ...


class _Bearer(SecurityBase, Generic[Caller]):
    """Who calls, by the token in ``Authorization``: one dependency that is the scheme in the API's description as well."""

    def __init__(self, name: str, authenticator: Callable[[Kit], Authenticator[Caller]]) -> None:
        self.scheme_name = name
        self.model = HTTPBearerModel(description=f"From {name}/sessions.")
        self._authenticator = authenticator

    async def __call__(self, request: Request) -> Caller:
        """Give the caller of a request."""
        kit = kit_of(request)
        scheme, token = get_authorization_scheme_param(request.headers.get("authorization"))
        if scheme.lower() != "bearer" or not token:
            raise ProblemError(ProblemCode.UNAUTHENTICATED, headers=_CHALLENGE)
        caller = await _asked(kit.database, self._authenticator(kit).authenticate, token)
        request.state.caller = caller.key
        return caller


async def _asked(database: Database, authenticate: Callable[[Connection, str], Caller], token: str) -> Caller:
    """Ask who calls: one row by its key. With SQLite that takes less than handing it to a thread, and waits for nobody."""

    def ask() -> Caller:
        with database.snapshot() as connection:
            return authenticate(connection, token)

    return ask() if database.is_sqlite else await run_in_threadpool(ask)


CurrentCustomer = Annotated[Customer, Security(_Bearer[Customer]("customer", lambda kit: kit.customers))]
CurrentStaff = Annotated[Staff, Security(_Bearer[Staff]("staff", lambda kit: kit.staff))]


def require(act: StaffAct) -> Callable[[Staff], Awaitable[Staff]]:
    """Make a dependency that gives the member of staff when their role allows an act, else 403.

    Use as ``staff: Annotated[Staff, Depends(require(StaffAct.CLAIM))]``. Asks no database, so it needs no thread.
    """

    async def allowed(staff: CurrentStaff) -> Staff:
        if not staff.may(act):
            raise ProblemError(ProblemCode.PERMISSION_MISSING)
        return staff

    return allowed
