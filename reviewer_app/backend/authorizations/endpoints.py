# SPDX-License-Identifier: AGPL-3.0-or-later
"""The call that gives the sheet to sign."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Query
from sqlalchemy.orm import Session
from starlette.responses import Response

from reviewer_app.backend.accounts.service import Accounts
from reviewer_app.backend.administrators.service import candidate_user_id
from reviewer_app.backend.authorizations.service import numbered_sheet
from reviewer_app.backend.companies.presentation import CustomerView
from reviewer_app.backend.companies.service import Companies, responsible
from reviewer_app.backend.kit.callers import CurrentCustomer
from reviewer_app.backend.kit.clock import Clock
from reviewer_app.backend.kit.database import Database
from reviewer_app.backend.kit.language import RequestLanguage
from reviewer_app.backend.kit.problems import ProblemError, problem_responses
from reviewer_app.contract.problems import ProblemCode
from reviewer_app.contract.states import CompanyState
from reviewer_app.contract.text import Language
from reviewer_app.documents.authorization_sheet import AuthorizationSheet, Variant
from reviewer_app.documents.errors import DocumentError
from reviewer_app.documents.service import DocumentService

_RESPONSES: dict[int | str, dict[str, Any]] = {
    200: {"description": "The sheet.", "content": {"application/pdf": {}}},
    **problem_responses(
        ProblemCode.UNAUTHENTICATED,
        ProblemCode.SESSION_EXPIRED,
        ProblemCode.NO_COMPANY,
        ProblemCode.NOT_ADMINISTRATOR,
        ProblemCode.INCOMPLETE,
        ProblemCode.VALIDATION_FAILED,
        ProblemCode.UNAVAILABLE,
    ),
}


class AuthorizationEndpoints:
    """The route of the sheet."""

    def __init__(
        self,
        *,
        clock: Clock,
        database: Database,
        companies: Companies,
        view: CustomerView,
        accounts: Accounts,
        documents: DocumentService,
    ) -> None:
        self._clock = clock
        self._database = database
        self._companies = companies
        self._view = view
        self._accounts = accounts
        self._documents = documents

    def router(self) -> APIRouter:
        """List the routes."""
        router = APIRouter(prefix="/api/v1/customer", tags=["customer"])
        router.get("/company/authorization", response_class=Response, responses=_RESPONSES)(self.sheet)
        return router

    def sheet(
        self,
        customer: CurrentCustomer,
        language: RequestLanguage,
        variant: Annotated[
            Variant, Query(description="Whether the administrator is on the register as a representative.")
        ] = Variant.REGISTERED,
    ) -> Response:
        """Give the authorization for this company and administrator, or the one to be, numbered, ready to sign."""
        with self._database.write() as session:
            sheet = self._issued(session, customer.user_id, language, variant)
        try:
            pdf = self._documents.make_authorization(sheet)
        except DocumentError as error:
            raise ProblemError(ProblemCode.UNAVAILABLE, headers={"Retry-After": "2"}) from error
        headers = {
            "Content-Disposition": f'attachment; filename="{sheet.number}.pdf"',
            "Cache-Control": "private, no-store",
            "X-Content-Type-Options": "nosniff",
        }
        return Response(pdf, media_type="application/pdf", headers=headers)

    def _issued(self, session: Session, user_id: str, language: Language, variant: Variant) -> AuthorizationSheet:
        found = responsible(session, user_id, lock=True)
        company, change = found.company, found.change
        if company.state == CompanyState.COLLECTING:
            raise ProblemError(ProblemCode.INCOMPLETE, missing=list(self._companies.missing(session, company)))
        user = self._accounts.user(session, user_id)
        shown = self._view.company(session, company, language)
        if change is not None:
            candidate = self._accounts.user(session, candidate_user_id(session, change))
            sheet = numbered_sheet(session, shown, candidate, variant, now=self._clock.now())
            if change.authorization_number != sheet.number:
                change.authorization_number = sheet.number
                self._companies.change_sheet_issued(session, company, user, sheet.number)
            return sheet
        sheet = numbered_sheet(session, shown, user, variant, now=self._clock.now())
        self._companies.sheet_issued(session, company, user, sheet.number)
        return sheet
