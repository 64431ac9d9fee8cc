# SPDX-License-Identifier: AGPL-3.0-or-later
"""Calls of staff about cases."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Depends, Query, Request
from sqlalchemy.orm import Session
from starlette.responses import Response

from reviewer_app.backend.cases.detail import CaseView
from reviewer_app.backend.cases.queue import QueueQuery, queue_page
from reviewer_app.backend.cases.refusals import ACT_REFUSALS
from reviewer_app.backend.cases.service import Cases, Lease
from reviewer_app.backend.kit.callers import Staff, require
from reviewer_app.backend.kit.context import kit_of
from reviewer_app.backend.kit.paging import DEFAULT_LIMIT, CursorText, Limit
from reviewer_app.backend.kit.problems import problem_responses
from reviewer_app.backend.kit.requests import Answer, Work
from reviewer_app.backend.staff.service import StaffSessions
from reviewer_app.contract.desk_queue import ClaimRequest
from reviewer_app.contract.messages import Listing
from reviewer_app.contract.permissions import StaffAct
from reviewer_app.contract.problems import ProblemCode
from reviewer_app.contract.staff import (
    Claim,
    CompanyDetail,
    HoldRequest,
    LeaseRequest,
    NextCase,
    NoteRequest,
    QueueItem,
    QueueSort,
    ReopenRequest,
    RestorationRequest,
    SuspensionRequest,
)
from reviewer_app.contract.states import CompanyState, Flag

_Reader = Annotated[Staff, Depends(require(StaffAct.READ_CASES))]
_Claimant = Annotated[Staff, Depends(require(StaffAct.CLAIM))]
_Releaser = Annotated[Staff, Depends(require(StaffAct.RELEASE))]
_Supervisor = Annotated[Staff, Depends(require(StaffAct.TAKE_OVER))]
_Reopener = Annotated[Staff, Depends(require(StaffAct.REOPEN))]
_Suspender = Annotated[Staff, Depends(require(StaffAct.SUSPEND))]
_Restorer = Annotated[Staff, Depends(require(StaffAct.RESTORE))]
_Holder = Annotated[Staff, Depends(require(StaffAct.HOLD))]
_Author = Annotated[Staff, Depends(require(StaffAct.NOTE))]

_CLAIM_CODES = (
    ProblemCode.CLAIMED_BY_OTHER,
    ProblemCode.CLAIM_REQUIRED,
    ProblemCode.LEASE_LOST,
    ProblemCode.INVALID_TRANSITION,
)
_CLAIMS = problem_responses(*_CLAIM_CODES)
_NEW_CLAIMS = problem_responses(*_CLAIM_CODES, ProblemCode.ASSIGNED_TO_OTHER)
_SUSPENSIONS = problem_responses(ProblemCode.INVALID_TRANSITION, ProblemCode.ADMINISTRATOR_MISSING)
_VERSIONS = problem_responses(ProblemCode.VERSION_REQUIRED, ProblemCode.STALE_VERSION)
_NONE: dict[int | str, dict[str, Any]] = {204: {"description": "No case waits."}}


class CaseEndpoints:
    """Routes of the queue and of single cases."""

    def __init__(self, cases: Cases, view: CaseView, people: StaffSessions) -> None:
        self._cases = cases
        self._people = people
        self._view = view

    def router(self) -> APIRouter:
        """List the routes."""
        router = APIRouter(prefix="/api/v1/staff/companies", tags=["staff"], responses=ACT_REFUSALS)
        router.get("", response_model=Listing[QueueItem])(self.queue)
        router.post("/next", response_model=NextCase, responses=_NONE)(self.claim_next)
        router.get("/{company_id}", response_model=CompanyDetail)(self.show)
        one = "/{company_id}"
        router.post(f"{one}/claim", response_model=Claim, responses=_NEW_CLAIMS)(self.claim)
        router.delete(f"{one}/claim", status_code=204, responses=_CLAIMS)(self.release)
        router.post(f"{one}/claim/heartbeat", response_model=Claim, responses=_CLAIMS)(self.heartbeat)
        router.post(f"{one}/claim/takeover", response_model=Claim, responses=_NEW_CLAIMS)(self.take_over)
        router.post(f"{one}/hold", response_model=CompanyDetail, responses=_CLAIMS | _VERSIONS)(self.hold)
        router.post(f"{one}/reopen", response_model=CompanyDetail, responses=_CLAIMS | _VERSIONS)(self.reopen)
        suspended = _SUSPENSIONS | _VERSIONS
        router.post(f"{one}/suspend", response_model=CompanyDetail, responses=suspended)(self.suspend)
        router.post(f"{one}/restore", response_model=CompanyDetail, responses=suspended)(self.restore)
        router.post(f"{one}/notes", status_code=204)(self.note)
        return router

    def queue(
        self,
        *,
        request: Request,
        staff: _Reader,
        open: Annotated[bool | None, Query(description="Waiting for staff, whatever the kind.")] = None,  # noqa: A002
        state: Annotated[list[CompanyState] | None, Query()] = None,
        q: Annotated[str, Query(max_length=200, description="Name, NIP, KRS, REGON, e-mail, sheet number.")] = "",
        assignee: Annotated[
            str | None,
            Query(max_length=64, description="Who works on it now: `me`, a person's id or user name, or `none`."),
        ] = None,
        assigned: Annotated[
            str | None,
            Query(max_length=64, description="Whose it is to do: `me`, a person's id or user name, or `none`."),
        ] = None,
        flag: Flag | None = None,
        sort: QueueSort = QueueSort.WAITING,
        cursor: CursorText = None,
        limit: Limit = DEFAULT_LIMIT,
    ) -> Response:
        """List companies; by default those that have waited longest come first."""
        query = QueueQuery(
            open=open,
            states=tuple(state or ()),
            text=q,
            assignee=staff.id_of(assignee),
            assigned=staff.id_of(assigned),
            flag=flag,
            sort=sort,
            cursor=cursor,
            limit=limit,
        )
        kit = kit_of(request)
        with kit.database.read() as session:
            page = queue_page(session, query, now=kit.clock.now(), reader_id=staff.user_id)
        return Response(page, media_type="application/json", headers={"Cache-Control": "no-store"})

    def show(self, company_id: str, staff: _Reader, work: Work) -> Response:
        """Give a case in full, with its version as `ETag` and what the caller may do with it now."""
        return work.read(lambda session: self._shown(session, company_id, staff, work))

    def claim_next(self, staff: _Claimant, work: Work) -> Response:
        """Claim the free case that has waited longest: of those assigned to the caller, else of those assigned to nobody."""

        def act(session: Session) -> Answer | None:
            claimed = self._cases.claim_next(session, staff)
            if claimed is None:
                return None
            company_id, lease = claimed
            company = self._view.show(session, company_id, staff, work.language)
            body = NextCase(company=company, lease_token=lease.token, expires_at=lease.expires_at)
            return Answer(body, version=company.version)

        return work.write(act)

    def claim(self, company_id: str, staff: _Claimant, work: Work, body: ClaimRequest | None = None) -> Response:
        """Claim a case. The holder's own second claim ends the old token.

        A case that is assigned to a colleague is refused with `assigned_to_other`, but for who names them.
        """
        although = body.although_assigned_to if body else None
        return work.write(
            lambda session: _claim(self._cases.claim(session, company_id, staff, although_assigned_to=although))
        )

    def release(self, company_id: str, staff: _Releaser, work: Work, body: LeaseRequest | None = None) -> Response:
        """Release the caller's claim."""
        token = work.lease_token(body.lease_token if body else None)
        return work.write(lambda session: self._cases.release(session, company_id, staff, token))

    def heartbeat(self, company_id: str, staff: _Claimant, work: Work, body: LeaseRequest | None = None) -> Response:
        """Renew the lease of the token."""
        token = work.lease_token(body.lease_token if body else None)
        return work.write(lambda session: _claim(self._cases.renew(session, company_id, staff, token)))

    def take_over(self, company_id: str, staff: _Supervisor, work: Work) -> Response:
        """Take a case from whoever holds it."""
        return work.write(lambda session: _claim(self._cases.take_over(session, company_id, staff)))

    def hold(self, company_id: str, staff: _Holder, body: HoldRequest, work: Work) -> Response:
        """Put a case aside until a moment, or take it back with both fields null."""

        def act(session: Session) -> Answer:
            self._cases.hold(
                session, company_id, staff, body, seen=work.expected_version(), token=work.lease_token(None)
            )
            return self._shown(session, company_id, staff, work)

        return work.write(act)

    def reopen(self, company_id: str, staff: _Reopener, body: ReopenRequest, work: Work) -> Response:
        """Open a refused case, or an approved and unfinished one, again."""

        def act(session: Session) -> Answer:
            self._cases.reopen(session, company_id, staff, body.reason, work.expected_version())
            return self._shown(session, company_id, staff, work)

        return work.write(act)

    def suspend(self, company_id: str, staff: _Suspender, body: SuspensionRequest, work: Work) -> Response:
        """Suspend an active company: its people can do nothing, and read the reason."""

        def act(session: Session) -> Answer:
            self._cases.suspend(session, company_id, staff, body.reason, work.expected_version())
            return self._shown(session, company_id, staff, work)

        return work.write(act)

    def restore(self, company_id: str, staff: _Restorer, body: RestorationRequest, work: Work) -> Response:
        """End a suspension by staff. A company without an administrator stays suspended."""

        def act(session: Session) -> Answer:
            self._cases.restore(session, company_id, staff, body.reason, work.expected_version())
            return self._shown(session, company_id, staff, work)

        return work.write(act)

    def note(self, company_id: str, staff: _Author, body: NoteRequest, work: Work) -> Response:
        """Add an internal note; it stands in the history."""
        return work.write(
            lambda session: self._cases.note(session, company_id, staff, body.text, self._people.people(session))
        )

    def _shown(self, session: Session, company_id: str, staff: Staff, work: Work) -> Answer:
        company = self._view.show(session, company_id, staff, work.language)
        return Answer(company, version=company.version)


def _claim(lease: Lease) -> Claim:
    return Claim(lease_token=lease.token, expires_at=lease.expires_at)
