# SPDX-License-Identifier: AGPL-3.0-or-later
"""Who calls: a customer or a member of staff, by bearer token, and what a role allows."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Annotated, Protocol, TypeVar

from fastapi import Depends, Request, Security
from fastapi.security import HTTPAuthorizationCredentials, HTTPBearer
from sqlalchemy import Connection
from starlette.concurrency import run_in_threadpool

from reviewer_app.backend.kit.context import kit_of
from reviewer_app.backend.kit.database import Database
from reviewer_app.backend.kit.problems import ProblemError
from reviewer_app.contract.permissions import ROLE_ACTS, StaffAct, StaffRole
from reviewer_app.contract.problems import ProblemCode

_customer_bearer = HTTPBearer(auto_error=False, scheme_name="customer", description="From customer/sessions.")
_staff_bearer = HTTPBearer(auto_error=False, scheme_name="staff", description="From staff/sessions.")
_CHALLENGE = {"WWW-Authenticate": "Bearer"}

Caller = TypeVar("Caller")


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


class CustomerAuthenticator(Protocol):
    """Knows customers' access tokens."""

    def authenticate(self, connection: Connection, token: str) -> Customer:
        """Give the caller. Raises ProblemError ``unauthenticated`` or ``session_expired``."""
        ...


class StaffAuthenticator(Protocol):
    """Knows staff's access tokens."""

    def authenticate(self, connection: Connection, token: str) -> Staff:
        """Give the caller. Raises ProblemError ``unauthenticated``, ``session_expired`` or ``account_disabled``."""
        ...


def _token(credentials: HTTPAuthorizationCredentials | None) -> str:
    if credentials is None or not credentials.credentials:
        raise ProblemError(ProblemCode.UNAUTHENTICATED, headers=_CHALLENGE)
    return credentials.credentials


async def _asked(database: Database, authenticate: Callable[[Connection, str], Caller], token: str) -> Caller:
    """Ask who calls: one row by its key. With SQLite that takes less than handing it to a thread, and waits for nobody."""

    def ask() -> Caller:
        with database.snapshot() as connection:
            return authenticate(connection, token)

    return ask() if database.is_sqlite else await run_in_threadpool(ask)


async def current_customer(
    request: Request, credentials: Annotated[HTTPAuthorizationCredentials | None, Security(_customer_bearer)]
) -> Customer:
    """Give the signed-in customer of a request."""
    kit = kit_of(request)
    customer = await _asked(kit.database, kit.customers.authenticate, _token(credentials))
    request.state.caller = customer.key
    return customer


async def current_staff(
    request: Request, credentials: Annotated[HTTPAuthorizationCredentials | None, Security(_staff_bearer)]
) -> Staff:
    """Give the signed-in member of staff of a request."""
    kit = kit_of(request)
    staff = await _asked(kit.database, kit.staff.authenticate, _token(credentials))
    request.state.caller = staff.key
    return staff


CurrentCustomer = Annotated[Customer, Depends(current_customer)]
CurrentStaff = Annotated[Staff, Depends(current_staff)]


def require(act: StaffAct) -> Callable[[Staff], Awaitable[Staff]]:
    """Make a dependency that gives the member of staff when their role allows an act, else 403.

    Use as ``staff: Annotated[Staff, Depends(require(StaffAct.CLAIM))]``. Asks no database, so it needs no thread.
    """

    async def allowed(staff: CurrentStaff) -> Staff:
        if not staff.may(act):
            raise ProblemError(ProblemCode.PERMISSION_MISSING)
        return staff

    return allowed
