# SPDX-License-Identifier: AGPL-3.0-or-later
"""The call by which staff turn a page for all of them."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends
from sqlalchemy.orm import Session
from starlette.responses import Response

from reviewer_app.backend.cases.service import author_of
from reviewer_app.backend.companies.service import Companies
from reviewer_app.backend.documents.service import document_by_id, turn_page
from reviewer_app.backend.kit.callers import Staff, require
from reviewer_app.backend.kit.problems import ProblemError, problem_responses
from reviewer_app.backend.kit.requests import Work
from reviewer_app.contract.history import HistoryKind
from reviewer_app.contract.page_rotations import RotationRequest
from reviewer_app.contract.permissions import StaffAct
from reviewer_app.contract.problems import ProblemCode

_REFUSALS = problem_responses(
    ProblemCode.UNAUTHENTICATED,
    ProblemCode.SESSION_EXPIRED,
    ProblemCode.PERMISSION_MISSING,
    ProblemCode.NOT_FOUND,
    ProblemCode.MALFORMED_REQUEST,
    ProblemCode.VALIDATION_FAILED,
)


class RotationEndpoints:
    """Route of turned pages."""

    def __init__(self, companies: Companies) -> None:
        self._companies = companies

    def router(self) -> APIRouter:
        """List the routes."""
        router = APIRouter(prefix="/api/v1/staff/documents/{document_id}", tags=["staff"], responses=_REFUSALS)
        router.put("/pages/{page}/rotation", status_code=204)(self.turn)
        return router

    def turn(
        self,
        document_id: str,
        page: int,
        staff: Annotated[Staff, Depends(require(StaffAct.READ_CASES))],
        body: RotationRequest,
        work: Work,
    ) -> Response:
        """Turn a page of a version for everybody who looks at it. The feed tells of it, unless it is turned so already."""

        def act(session: Session) -> None:
            document = document_by_id(session, document_id)
            if not 1 <= page <= document.pages:
                raise ProblemError(ProblemCode.NOT_FOUND)
            company = self._companies.by_id(session, document.company_id, lock=True)
            if not turn_page(session, document_id, page, body.degrees):
                return
            details = {
                "document_kind": document.kind,
                "file_name": document.file_name,
                "page": str(page),
                "degrees": str(body.degrees),
            }
            self._companies.record(session, company, author_of(staff), HistoryKind.PAGE_ROTATED, details)

        return work.write(act)
