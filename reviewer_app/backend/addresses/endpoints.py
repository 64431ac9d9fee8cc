# SPDX-License-Identifier: AGPL-3.0-or-later
"""Calls of the address book."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Path
from sqlalchemy.orm import Session
from starlette.responses import Response

from reviewer_app.backend.addresses.importing import AddressImport
from reviewer_app.backend.addresses.service import AddressBook
from reviewer_app.backend.kit.callers import CurrentCustomer
from reviewer_app.backend.kit.problems import problem_responses
from reviewer_app.backend.kit.requests import Answer, Work
from reviewer_app.contract.customer_addresses import AddressChange, AddressRequest, BookAddress, BookAddresses
from reviewer_app.contract.customer_team import CsvRequest, ImportReport
from reviewer_app.contract.problems import ProblemCode

_MEMBER = problem_responses(
    ProblemCode.UNAUTHENTICATED,
    ProblemCode.SESSION_EXPIRED,
    ProblemCode.NO_COMPANY,
    ProblemCode.COMPANY_BLOCKED,
    ProblemCode.PERMISSION_MISSING,
)
_FOUND = problem_responses(ProblemCode.NOT_FOUND, ProblemCode.NO_COMPANY)
_WRONG = problem_responses(ProblemCode.VALIDATION_FAILED, ProblemCode.MALFORMED_REQUEST)
_STALE = problem_responses(ProblemCode.STALE_VERSION)
_Id = Annotated[str, Path(max_length=64)]


class AddressEndpoints:
    """Routes of the address book."""

    def __init__(self, book: AddressBook, imports: AddressImport) -> None:
        self._book = book
        self._imports = imports

    def router(self) -> APIRouter:
        """List the routes."""
        router = APIRouter(prefix="/api/v1/customer/company", tags=["customer"], responses=_MEMBER)
        router.get("/addresses", response_model=BookAddresses)(self.list)
        router.post("/addresses", status_code=201, response_model=BookAddress, responses=_WRONG)(self.add)
        router.post("/addresses/import", response_model=ImportReport, responses=_WRONG)(self.bring_in)
        one = "/addresses/{address_id}"
        router.get(one, response_model=BookAddress, responses=_FOUND)(self.show)
        router.patch(one, response_model=BookAddress, responses=_FOUND | _WRONG | _STALE)(self.change)
        router.delete(one, status_code=204, responses=_FOUND)(self.remove)
        return router

    def list(self, customer: CurrentCustomer, work: Work) -> Response:
        """Give the address book: by kind, the default first."""
        return work.read(lambda session: self._book.whole(session, customer.user_id))

    def show(self, address_id: _Id, customer: CurrentCustomer, work: Work) -> Response:
        """Give one address."""
        return work.read(lambda session: _versioned(self._book.get(session, customer.user_id, address_id)))

    def add(self, body: AddressRequest, customer: CurrentCustomer, work: Work) -> Response:
        """Add an address. One that is there already is taken, with `duplicate_of`."""

        def act(session: Session) -> Answer:
            actor = self._book.writer(session, customer.user_id)
            return _versioned(self._book.show(session, self._book.add(session, actor, body)), status=201)

        return work.write(act)

    def bring_in(self, body: CsvRequest, customer: CurrentCustomer, work: Work) -> Response:
        """Add addresses from a CSV; the report says what became of each line."""
        return work.write(lambda session: self._imports.run(session, customer.user_id, body, work.language))

    def change(self, address_id: _Id, body: AddressChange, customer: CurrentCustomer, work: Work) -> Response:
        """Change an address; absent fields stay."""

        def act(session: Session) -> Answer:
            seen = work.given_version()
            return _versioned(self._book.change(session, customer.user_id, address_id, body, seen))

        return work.write(act)

    def remove(self, address_id: _Id, customer: CurrentCustomer, work: Work) -> Response:
        """Remove an address."""
        return work.write(lambda session: self._book.remove(session, customer.user_id, address_id))


def _versioned(address: BookAddress, *, status: int = 200) -> Answer:
    return Answer(address, status=status, version=address.version)
