# SPDX-License-Identifier: AGPL-3.0-or-later
"""The call that gives a case as a paper."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Depends, Request
from starlette.responses import Response

from reviewer_app.backend.audit.service import History
from reviewer_app.backend.cases.detail import CaseView
from reviewer_app.backend.cases.dossier import dossier
from reviewer_app.backend.kit.callers import Staff, require
from reviewer_app.backend.kit.context import kit_of
from reviewer_app.backend.kit.language import RequestLanguage
from reviewer_app.backend.kit.problems import ProblemError, problem_responses
from reviewer_app.contract.permissions import StaffAct
from reviewer_app.contract.problems import ProblemCode
from reviewer_app.documents.errors import DocumentError
from reviewer_app.documents.service import DocumentService

_MEDIA_TYPE = "application/pdf"
_ANSWERS: dict[int | str, dict[str, Any]] = {
    200: {"description": "The file.", "content": {_MEDIA_TYPE: {"schema": {"type": "string", "format": "binary"}}}},
    **problem_responses(
        ProblemCode.UNAUTHENTICATED,
        ProblemCode.SESSION_EXPIRED,
        ProblemCode.PERMISSION_MISSING,
        ProblemCode.NOT_FOUND,
        ProblemCode.UNAVAILABLE,
    ),
}


class DossierEndpoints:
    """Route of the case file."""

    def __init__(self, view: CaseView, history: History, documents: DocumentService) -> None:
        self._view = view
        self._history = history
        self._documents = documents

    def router(self) -> APIRouter:
        """List the routes."""
        router = APIRouter(prefix="/api/v1/staff/companies/{company_id}", tags=["staff"])
        router.get("/dossier", response_class=Response, responses=_ANSWERS)(self.give)
        return router

    def give(
        self,
        company_id: str,
        request: Request,
        staff: Annotated[Staff, Depends(require(StaffAct.READ_CASES))],
        language: RequestLanguage,
    ) -> Response:
        """Give a case as a PDF: declared data, documents with their digests, checks, and the whole history."""
        kit = kit_of(request)
        with kit.database.read() as session:
            case = self._view.show(session, company_id, staff, language)
            entries = self._history.entries(session, company_id, language)
        report = dossier(case, entries, person=staff.display_name, now=kit.clock.now(), language=language)
        try:
            pdf = self._documents.make_report(report)
        except DocumentError as error:
            raise ProblemError(ProblemCode.UNAVAILABLE, headers={"Retry-After": "2"}) from error
        headers = {
            "Content-Disposition": f'attachment; filename="case-{company_id}.pdf"',
            "Cache-Control": "private, no-store",
            "X-Content-Type-Options": "nosniff",
        }
        return Response(pdf, media_type=_MEDIA_TYPE, headers=headers)
