# SPDX-License-Identifier: AGPL-3.0-or-later
"""The call that gives a company at a glance (S19)."""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol, TypeVar

from fastapi import APIRouter
from sqlalchemy.orm import Session
from starlette.responses import Response

from reviewer_app.backend.addresses.service import AddressBook
from reviewer_app.backend.companies.presentation import CustomerView
from reviewer_app.backend.companies.service import Companies, responsible
from reviewer_app.backend.kit.callers import CurrentCustomer
from reviewer_app.backend.kit.choosing import Wanted, WantedPeople
from reviewer_app.backend.kit.problems import ProblemError, problem_responses
from reviewer_app.backend.kit.requests import Work
from reviewer_app.contract.customer import CustomerDocuments, Me
from reviewer_app.contract.customer_administrators import AdministratorChanges
from reviewer_app.contract.customer_overview import AdministratorOverview, CompanyCase, CompanyOverview, PeopleInNumbers
from reviewer_app.contract.customer_team import PeopleInBrief
from reviewer_app.contract.problems import ProblemCode
from reviewer_app.contract.states import DocumentKind
from reviewer_app.contract.text import Language

_RESPONSES = problem_responses(ProblemCode.UNAUTHENTICATED, ProblemCode.SESSION_EXPIRED, ProblemCode.NO_COMPANY)
_CLOSED = frozenset({ProblemCode.NOT_ADMINISTRATOR, ProblemCode.PERMISSION_MISSING, ProblemCode.COMPANY_BLOCKED})

Part = TypeVar("Part")


class People(Protocol):
    """Knows the people of companies."""

    def numbers(self, session: Session, user_id: str) -> PeopleInNumbers:
        """Count those of the caller's company."""
        ...


class Candidates(Protocol):
    """Knows who may become an administrator."""

    def candidates(self, session: Session, user_id: str, wanted: Wanted) -> PeopleInBrief:
        """Give those of the caller's company who match."""
        ...


class Changes(Protocol):
    """Knows the changes of administrators."""

    def list(self, session: Session, user_id: str, language: Language) -> AdministratorChanges:
        """Give those of the caller's company."""
        ...


class OverviewEndpoints:
    """The route of the overview. Each part is read as by its own call, and left out where that would refuse."""

    def __init__(
        self,
        *,
        standing: Callable[[Session, str], Me],
        companies: Companies,
        view: CustomerView,
        people: People,
        book: AddressBook,
        changes: Changes,
        candidates: Candidates,
    ) -> None:
        """``standing`` tells where a user stands."""
        self._candidates = candidates
        self._standing = standing
        self._companies = companies
        self._view = view
        self._people = people
        self._book = book
        self._changes = changes

    def router(self) -> APIRouter:
        """List the routes."""
        router = APIRouter(prefix="/api/v1/customer/company", tags=["customer"])
        router.get("/overview", response_model=CompanyOverview, responses=_RESPONSES)(self.show)
        owned = problem_responses(ProblemCode.NOT_ADMINISTRATOR)
        router.get("/case", response_model=CompanyCase, responses=_RESPONSES | owned)(self.case)
        closed = problem_responses(ProblemCode.NOT_ADMINISTRATOR, ProblemCode.MALFORMED_REQUEST)
        router.get("/administrator", response_model=AdministratorOverview, responses=_RESPONSES | closed)(
            self.administrator
        )
        return router

    def show(self, customer: CurrentCustomer, work: Work) -> Response:
        """Give what the person may read of their company: its data, people and addresses in numbers, changes."""
        return work.read(lambda session: self._overview(session, customer.user_id, work.language))

    def case(self, customer: CurrentCustomer, work: Work) -> Response:
        """Give the company with all versions of its documents, to its administrator."""

        def read(session: Session) -> CompanyCase:
            company = self._companies.of_user(session, customer.user_id)
            return CompanyCase(
                company=self._view.company(session, company, work.language),
                documents=self._view.documents(session, company, work.language),
            )

        return work.read(read)

    def administrator(
        self,
        customer: CurrentCustomer,
        work: Work,
        wanted: WantedPeople,
    ) -> Response:
        """Give the changes of the administrator, whom to choose, and the sheets: to the administrator, or without one."""

        def read(session: Session) -> AdministratorOverview:
            user_id, language = customer.user_id, work.language
            me = self._standing(session, user_id)
            changes = self._changes.list(session, user_id, language)
            return AdministratorOverview(
                me=me,
                changes=changes,
                people=_open(lambda: self._candidates.candidates(session, user_id, wanted)),
                sheets=_open(lambda: self._sheets(session, user_id, language)),
            )

        return work.read(read)

    def _sheets(self, session: Session, user_id: str, language: Language) -> CustomerDocuments:
        documents = self._view.documents(session, responsible(session, user_id).company, language)
        return CustomerDocuments(items=tuple(it for it in documents.items if it.kind is DocumentKind.AUTHORIZATION))

    def _overview(self, session: Session, user_id: str, language: Language) -> CompanyOverview:
        me = self._standing(session, user_id)
        if me.company is None:
            raise ProblemError(ProblemCode.NO_COMPANY)
        return CompanyOverview(
            me=me,
            company=_open(lambda: self._view.company(session, self._companies.of_user(session, user_id), language)),
            people=_open(lambda: self._people.numbers(session, user_id)),
            addresses=_open(lambda: self._book.numbers(session, user_id)),
            changes=_open(lambda: self._changes.list(session, user_id, language)),
        )


def _open(read: Callable[[], Part]) -> Part | None:
    try:
        return read()
    except ProblemError as error:
        if error.code not in _CLOSED:
            raise
        return None
