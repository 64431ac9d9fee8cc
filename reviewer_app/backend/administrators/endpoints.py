# SPDX-License-Identifier: AGPL-3.0-or-later
"""Calls about a company's administrator, and about leaving a company."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Path
from sqlalchemy.orm import Session
from starlette.responses import Response

from reviewer_app.backend.administrators.changes import Administration
from reviewer_app.backend.kit.callers import CurrentCustomer
from reviewer_app.backend.kit.problems import problem_responses
from reviewer_app.backend.kit.requests import Answer, Work
from reviewer_app.contract.customer_administrators import (
    AdministratorChange,
    AdministratorChangeRequest,
    AdministratorChanges,
    DepartureRequest,
)
from reviewer_app.contract.problems import ProblemCode

_MEMBER = problem_responses(
    ProblemCode.UNAUTHENTICATED,
    ProblemCode.SESSION_EXPIRED,
    ProblemCode.NO_COMPANY,
    ProblemCode.NOT_ADMINISTRATOR,
    ProblemCode.COMPANY_BLOCKED,
)
_ASKED = problem_responses(
    ProblemCode.ADMINISTRATOR_EXISTS,
    ProblemCode.CHANGE_OPEN,
    ProblemCode.INVALID_TRANSITION,
    ProblemCode.VALIDATION_FAILED,
    ProblemCode.MALFORMED_REQUEST,
)
_OVER = problem_responses(ProblemCode.NOT_FOUND, ProblemCode.NO_COMPANY) | problem_responses(
    ProblemCode.INVALID_TRANSITION
)
_LEFT = problem_responses(ProblemCode.BLOCKS_COMPANY, ProblemCode.INVALID_TRANSITION) | problem_responses(
    ProblemCode.VALIDATION_FAILED, ProblemCode.MALFORMED_REQUEST
)


class AdministratorEndpoints:
    """Routes of changes of the administrator."""

    def __init__(self, administration: Administration) -> None:
        self._administration = administration

    def router(self) -> APIRouter:
        """List the routes."""
        router = APIRouter(prefix="/api/v1/customer/company", tags=["customer"], responses=_MEMBER)
        changes = "/administrator-changes"
        router.get(changes, response_model=AdministratorChanges)(self.list)
        router.post(changes, status_code=201, response_model=AdministratorChange, responses=_ASKED)(self.request)
        router.delete(changes + "/{change_id}", status_code=204, responses=_OVER)(self.withdraw)
        router.post("/departure", status_code=204, responses=_LEFT)(self.leave)
        return router

    def list(self, customer: CurrentCustomer, work: Work) -> Response:
        """Give all changes of the administrator, newest first."""
        return work.read(lambda session: self._administration.list(session, customer.user_id, work.language))

    def request(self, body: AdministratorChangeRequest, customer: CurrentCustomer, work: Work) -> Response:
        """Name another administrator. The authorization for them follows, then `company/submission`."""

        def act(session: Session) -> Answer:
            change = self._administration.request(session, customer.user_id, body)
            return Answer(self._administration.show(session, change, work.language), status=201)

        return work.write(act)

    def withdraw(
        self, change_id: Annotated[str, Path(max_length=64)], customer: CurrentCustomer, work: Work
    ) -> Response:
        """Take a change back."""
        return work.write(lambda session: self._administration.withdraw(session, customer.user_id, change_id))

    def leave(self, body: DepartureRequest, customer: CurrentCustomer, work: Work) -> Response:
        """Leave the company. Without its administrator it is blocked at once."""
        return work.write(
            lambda session: self._administration.leave(session, customer.user_id, blocks_company=body.blocks_company)
        )
