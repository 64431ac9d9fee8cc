# SPDX-License-Identifier: AGPL-3.0-or-later
"""The call that records that a document is printed, before it is."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends
from sqlalchemy.orm import Session
from starlette.responses import Response

from reviewer_app.backend.cases.refusals import ACT_REFUSALS
from reviewer_app.backend.cases.service import author_of
from reviewer_app.backend.companies.service import Companies
from reviewer_app.backend.documents.service import document_by_id
from reviewer_app.backend.kit.callers import Staff, require
from reviewer_app.backend.kit.clock import Clock
from reviewer_app.backend.kit.problems import ProblemError, field_problem
from reviewer_app.backend.kit.requests import Answer, Work
from reviewer_app.contract.history import HistoryKind
from reviewer_app.contract.permissions import StaffAct
from reviewer_app.contract.printing import PrintRecord, PrintRequest
from reviewer_app.contract.problems import FieldCode, ProblemCode


class PrintEndpoints:
    """Route of prints."""

    def __init__(self, clock: Clock, companies: Companies) -> None:
        self._clock = clock
        self._companies = companies

    def router(self) -> APIRouter:
        """List the routes."""
        router = APIRouter(prefix="/api/v1/staff/documents/{document_id}", tags=["staff"], responses=ACT_REFUSALS)
        router.post("/prints", response_model=PrintRecord, status_code=201)(self.record)
        return router

    def record(
        self,
        document_id: str,
        staff: Annotated[Staff, Depends(require(StaffAct.READ_CASES))],
        body: PrintRequest,
        work: Work,
    ) -> Response:
        """Record in the history of the case that the caller prints pages of a document; answers with what to print on each."""
        return work.write(lambda session: self._recorded(session, document_id, staff, body))

    def _recorded(self, session: Session, document_id: str, staff: Staff, wanted: PrintRequest) -> Answer:
        document = document_by_id(session, document_id)
        if not wanted.first_page <= wanted.last_page <= document.pages:
            problem = field_problem("last_page", FieldCode.INVALID)
            raise ProblemError(ProblemCode.VALIDATION_FAILED, errors=[problem])
        company = self._companies.by_id(session, document.company_id)
        one = wanted.first_page == wanted.last_page
        details = {
            "document_kind": document.kind,
            "file_name": document.file_name,
            "version": str(document.version),
            "pages": str(wanted.first_page) if one else f"{wanted.first_page}–{wanted.last_page}",
        }
        self._companies.record(session, company, author_of(staff), HistoryKind.DOCUMENT_PRINTED, details)
        record = PrintRecord(
            company_name=company.name,
            nip=company.nip,
            printed_by=staff.display_name,
            printed_at=self._clock.now(),
        )
        return Answer(record, status=201)
