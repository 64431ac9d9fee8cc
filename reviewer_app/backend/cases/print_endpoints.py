# SPDX-License-Identifier: AGPL-3.0-or-later
"""The calls that record that a document is printed: before it is, and what became of it."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends
from sqlalchemy.orm import Session
from starlette.responses import Response

from reviewer_app.backend.audit.service import details_by
from reviewer_app.backend.cases.refusals import ACT_REFUSALS
from reviewer_app.backend.cases.service import author_of
from reviewer_app.backend.companies.service import Companies
from reviewer_app.backend.documents.service import document_by_id
from reviewer_app.backend.kit.callers import Staff, require
from reviewer_app.backend.kit.clock import Clock
from reviewer_app.backend.kit.database import new_id
from reviewer_app.backend.kit.problems import ProblemError, field_problem
from reviewer_app.backend.kit.requests import Answer, Work
from reviewer_app.contract.history import HistoryKind
from reviewer_app.contract.permissions import StaffAct
from reviewer_app.contract.printing import PrintOutcome, PrintRecord, PrintRequest, pages_of_text, pages_text
from reviewer_app.contract.problems import FieldCode, ProblemCode

_OF_A_PRINT = (HistoryKind.DOCUMENT_PRINT_BEGUN, HistoryKind.DOCUMENT_PRINTED, HistoryKind.DOCUMENT_PRINT_FAILED)


class PrintEndpoints:
    """Route of prints."""

    def __init__(self, clock: Clock, companies: Companies) -> None:
        self._clock = clock
        self._companies = companies

    def router(self) -> APIRouter:
        """List the routes."""
        router = APIRouter(prefix="/api/v1/staff/documents/{document_id}", tags=["staff"], responses=ACT_REFUSALS)
        router.post("/prints", response_model=PrintRecord, status_code=201)(self.record)
        router.post("/prints/{print_id}/outcome", status_code=204)(self.end)
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

    def end(
        self,
        document_id: str,
        print_id: str,
        staff: Annotated[Staff, Depends(require(StaffAct.READ_CASES))],
        body: PrintOutcome,
        work: Work,
    ) -> Response:
        """Record what became of the caller's print. What is told again is recorded once."""
        return work.write(lambda session: self._ended(session, document_id, print_id, staff, body))

    def _ended(self, session: Session, document_id: str, print_id: str, staff: Staff, outcome: PrintOutcome) -> None:
        document = document_by_id(session, document_id)
        company = self._companies.by_id(session, document.company_id, lock=True)
        acts = details_by(session, company.id, _OF_A_PRINT, staff.user_id)
        known = {kind: one for kind, one in acts if one.get("print_id") == print_id}
        details = known.get(HistoryKind.DOCUMENT_PRINT_BEGUN)
        if details is None or details.get("document_id") != document_id:
            raise ProblemError(ProblemCode.NOT_FOUND)
        if not pages_of_text(str(details["pages"])).issuperset(outcome.pages):
            raise ProblemError(ProblemCode.VALIDATION_FAILED, errors=[field_problem("pages", FieldCode.INVALID)])
        if len(known) > 1:
            return  # it was told already how the print ended
        kind = HistoryKind.DOCUMENT_PRINTED if outcome.complete else HistoryKind.DOCUMENT_PRINT_FAILED
        pages = details["pages"] if outcome.complete else pages_text(outcome.pages) or "–"
        self._companies.record(session, company, author_of(staff), kind, {**details, "pages": pages})

    def _recorded(self, session: Session, document_id: str, staff: Staff, wanted: PrintRequest) -> Answer:
        document = document_by_id(session, document_id)
        if wanted.pages[-1] > document.pages:
            problem = field_problem("pages", FieldCode.INVALID)
            raise ProblemError(ProblemCode.VALIDATION_FAILED, errors=[problem])
        company = self._companies.by_id(session, document.company_id)
        print_id = new_id()
        details = {
            "document_id": document.id,
            "document_kind": document.kind,
            "file_name": document.file_name,
            "version": str(document.version),
            "pages": pages_text(wanted.pages),
            "print_id": print_id,
        }
        self._companies.record(session, company, author_of(staff), HistoryKind.DOCUMENT_PRINT_BEGUN, details)
        record = PrintRecord(
            print_id=print_id,
            company_name=company.name,
            nip=company.nip,
            printed_by=staff.display_name,
            printed_at=self._clock.now(),
        )
        return Answer(record, status=201)
