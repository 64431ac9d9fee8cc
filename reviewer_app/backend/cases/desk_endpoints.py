# SPDX-License-Identifier: AGPL-3.0-or-later
"""Calls of staff around the queue: views, several cases at once, what was looked at, who works here, escalation."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends, Query
from sqlalchemy.orm import Session
from starlette.responses import Response

from reviewer_app.backend.cases import looks
from reviewer_app.backend.cases.bulk import BulkActs
from reviewer_app.backend.cases.detail import CaseView
from reviewer_app.backend.cases.notices import notices_for
from reviewer_app.backend.cases.refusals import ACT_REFUSALS
from reviewer_app.backend.cases.service import Cases
from reviewer_app.backend.cases.sightings import sightings_of
from reviewer_app.backend.cases.views import Views
from reviewer_app.backend.companies.service import submissions_of
from reviewer_app.backend.kit.callers import Staff, require
from reviewer_app.backend.kit.problems import problem_responses
from reviewer_app.backend.kit.requests import Answer, Work
from reviewer_app.backend.staff.service import StaffSessions
from reviewer_app.contract.case_context import Sighting, Submission
from reviewer_app.contract.desk_queue import (
    BulkRequest,
    BulkResults,
    EscalationRequest,
    Notices,
    QueueView,
    QueueViews,
    ViewRequest,
)
from reviewer_app.contract.messages import Listing
from reviewer_app.contract.permissions import StaffAct
from reviewer_app.contract.problems import ProblemCode
from reviewer_app.contract.staff import CompanyDetail, StaffUser

_Reader = Annotated[Staff, Depends(require(StaffAct.READ_CASES))]
_Claimant = Annotated[Staff, Depends(require(StaffAct.CLAIM))]
_Escalating = Annotated[Staff, Depends(require(StaffAct.ESCALATE))]
_TRANSITIONS = problem_responses(ProblemCode.INVALID_TRANSITION)


class DeskEndpoints:
    """Routes around the queue."""

    def __init__(self, *, cases: Cases, view: CaseView, views: Views, bulk: BulkActs, people: StaffSessions) -> None:
        self._cases = cases
        self._view = view
        self._views = views
        self._bulk = bulk
        self._people = people

    def router(self) -> APIRouter:
        """List the routes."""
        router = APIRouter(prefix="/api/v1/staff", tags=["staff"], responses=ACT_REFUSALS)
        reading = [Depends(require(StaffAct.READ_CASES))]
        router.get("/people", response_model=Listing[StaffUser], dependencies=reading)(self.people)
        router.get("/notices", response_model=Notices)(self.notices)
        router.get("/queue-views", response_model=QueueViews)(self.views)
        router.post("/queue-views", response_model=QueueView, status_code=201)(self.keep_view)
        router.delete("/queue-views/{view_id}", status_code=204)(self.forget_view)
        router.post("/companies/bulk", response_model=BulkResults)(self.bulk)
        one = "/companies/{company_id}"
        router.put(f"{one}/look", status_code=204)(self.look)
        router.get(f"{one}/submissions", response_model=Listing[Submission])(self.submissions)
        router.get(f"{one}/sightings", response_model=Listing[Sighting])(self.sightings)
        router.post(f"{one}/escalation", response_model=CompanyDetail, responses=_TRANSITIONS)(self.escalate)
        return router

    def people(self, work: Work) -> Response:
        """List who works here, for mentions and assignments."""
        return work.read(lambda session: Listing[StaffUser](items=self._people.people(session), next_cursor=None))

    def notices(self, staff: _Reader, work: Work, since: Annotated[int | None, Query(ge=0)] = None) -> Response:
        """List what is meant for the caller since a place of the history: notes that name them, their customers' answers,
        cases given to them. Without `since` only the place to begin from.
        """
        return work.read(lambda session: notices_for(session, staff.user_id, since))

    def views(self, staff: _Reader, work: Work) -> Response:
        """List the views of the queue with their counts, which stop at 1000."""
        return work.read(lambda session: QueueViews(items=self._views.listed(session, staff)))

    def keep_view(self, staff: _Reader, body: ViewRequest, work: Work) -> Response:
        """Keep a view of the queue; one of the caller's with the same name is replaced."""
        return work.write(lambda session: Answer(self._views.keep(session, staff, body), status=201))

    def forget_view(self, view_id: str, staff: _Reader, work: Work) -> Response:
        """Remove a view."""
        return work.write(lambda session: self._views.forget(session, staff, view_id))

    def bulk(self, staff: _Claimant, body: BulkRequest, work: Work) -> Response:
        """Do one act on several cases; what a colleague holds is left alone, and each case has its own answer."""
        return work.write(lambda session: self._bulk.carry_out(session, staff, body, work.language))

    def look(self, company_id: str, staff: _Reader, work: Work) -> Response:
        """Note that the caller has seen the case as it is now."""

        def act(session: Session) -> None:
            self._cases.situation(session, company_id, staff)
            looks.look(session, company_id, staff.user_id)

        return work.write(act)

    def submissions(self, company_id: str, staff: _Reader, work: Work) -> Response:
        """List each time the case was handed in, with what its customer had changed since the time before."""

        def read(session: Session) -> Listing[Submission]:
            company = self._cases.situation(session, company_id, staff).company
            return Listing[Submission](items=submissions_of(session, company), next_cursor=None)

        return work.read(read)

    def sightings(self, company_id: str, staff: _Reader, work: Work) -> Response:
        """List other companies with the same file, number, signatory, address, contact or bank account."""

        def read(session: Session) -> Listing[Sighting]:
            company = self._cases.situation(session, company_id, staff).company
            return Listing[Sighting](items=sightings_of(session, company), next_cursor=None)

        return work.read(read)

    def escalate(self, company_id: str, staff: _Escalating, body: EscalationRequest, work: Work) -> Response:
        """Hand a case to the supervisors; with `reason` null a supervisor ends that."""

        def act(session: Session) -> Answer:
            self._cases.escalate(session, company_id, staff, body.reason)
            company = self._view.show(session, company_id, staff, work.language)
            return Answer(company, version=company.version)

        return work.write(act)
