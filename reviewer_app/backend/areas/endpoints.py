# SPDX-License-Identifier: AGPL-3.0-or-later
"""The call that opens an area, or says why it stays closed (S24)."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Path
from sqlalchemy.orm import Session
from starlette.responses import Response

from reviewer_app.backend.companies.service import place_of
from reviewer_app.backend.kit.callers import CurrentCustomer
from reviewer_app.backend.kit.problems import ProblemError, problem_responses
from reviewer_app.backend.kit.requests import Work
from reviewer_app.contract.customer_team import Area
from reviewer_app.contract.permissions import AREA_PERMISSIONS, PERMISSION_TEXTS
from reviewer_app.contract.problems import ProblemCode
from reviewer_app.contract.states import CompanyState
from reviewer_app.contract.text import Language

_RESPONSES = problem_responses(
    ProblemCode.UNAUTHENTICATED,
    ProblemCode.SESSION_EXPIRED,
    ProblemCode.NOT_FOUND,
    ProblemCode.PERMISSION_MISSING,
    ProblemCode.COMPANY_BLOCKED,
)
_NOT_ACTIVE = "not_active"


class AreaEndpoints:
    """The route of the areas."""

    def router(self) -> APIRouter:
        """List the routes."""
        router = APIRouter(prefix="/api/v1/customer", tags=["customer"])
        router.get("/areas/{area}", response_model=Area, responses=_RESPONSES)(self.enter)
        return router

    def enter(
        self,
        area: Annotated[str, Path(max_length=40, description=", ".join(AREA_PERMISSIONS))],
        customer: CurrentCustomer,
        work: Work,
    ) -> Response:
        """Give an area to holders of its permission in an active company."""
        return work.read(lambda session: _opened(session, area, customer.user_id, work.language))


def _opened(session: Session, name: str, user_id: str, language: Language) -> Area:
    permission = AREA_PERMISSIONS.get(name)
    if permission is None:
        raise ProblemError(ProblemCode.NOT_FOUND)
    person = place_of(session, user_id)
    if person is None:
        raise ProblemError(ProblemCode.PERMISSION_MISSING, permission=permission.value)
    person.require_unblocked()
    if person.company.state != CompanyState.ACTIVE:
        raise ProblemError(ProblemCode.COMPANY_BLOCKED, reason=_NOT_ACTIVE)
    person.require(permission)
    return Area(
        area=name,
        permission=permission,
        description=PERMISSION_TEXTS[permission].in_language(language),
        company_name=person.company.name,
        viewer=person.viewer,
    )
