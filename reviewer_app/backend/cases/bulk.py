# SPDX-License-Identifier: AGPL-3.0-or-later
"""One act on several cases. Each case is judged alone: what a colleague holds is left to them, and the answer says so."""

from __future__ import annotations

from sqlalchemy.orm import Session

from reviewer_app.backend.cases.acts import assigned_to_other, obstacle
from reviewer_app.backend.cases.assignments import Assignments
from reviewer_app.backend.cases.service import Cases, Lease
from reviewer_app.backend.kit.callers import Staff
from reviewer_app.backend.kit.problems import ProblemError, field_problem
from reviewer_app.backend.kit.versions import SeenVersions
from reviewer_app.backend.staff.service import StaffSessions
from reviewer_app.contract.desk_queue import BulkAct, BulkRequest, BulkResult, BulkResults
from reviewer_app.contract.permissions import ROLE_ACTS, StaffAct, StaffRole
from reviewer_app.contract.problems import FieldCode, ProblemCode
from reviewer_app.contract.staff import HoldRequest
from reviewer_app.contract.text import Language


class BulkActs:
    """Acts on several cases."""

    def __init__(self, cases: Cases, assignments: Assignments, people: StaffSessions) -> None:
        self._cases = cases
        self._assignments = assignments
        self._people = people

    def carry_out(self, session: Session, staff: Staff, request: BulkRequest, language: Language) -> BulkResults:
        """Do the act on each case that allows it. Raises ProblemError when the request as a whole cannot be."""
        person = self._assignee(session, staff, request)
        results = []
        for company_id, version in request.companies.items():
            try:
                lease = self._one(session, staff, request, company_id=company_id, version=version, person=person)
            except ProblemError as error:
                told = error.in_language(language)
                results.append(BulkResult(company_id=company_id, done=False, code=error.code.value, message=told.title))
            else:
                results.append(
                    BulkResult(
                        company_id=company_id,
                        done=True,
                        lease_token=lease.token if lease else None,
                        expires_at=lease.expires_at if lease else None,
                    )
                )
        return BulkResults(items=tuple(results))

    def _assignee(self, session: Session, staff: Staff, request: BulkRequest) -> Staff | None:
        if request.act is BulkAct.HOLD and request.reason is None:
            raise _wrong("reason", FieldCode.REQUIRED)
        if request.act is not BulkAct.ASSIGN:
            return None
        if request.assignee_id is None:
            raise _wrong("assignee_id", FieldCode.REQUIRED)
        if not staff.may(StaffAct.ASSIGN):
            raise ProblemError(ProblemCode.PERMISSION_MISSING)
        person = self._people.kept_open(session, request.assignee_id)
        if person is None or StaffAct.CLAIM not in ROLE_ACTS[person.role]:
            raise _wrong("assignee_id", FieldCode.INVALID)
        return Staff(
            user_id=person.id,
            username=person.username,
            display_name=person.display_name,
            role=StaffRole(person.role),
            session_id="",
        )

    def _one(
        self,
        session: Session,
        staff: Staff,
        request: BulkRequest,
        *,
        company_id: str,
        version: int,
        person: Staff | None,
    ) -> Lease | None:
        if request.act is BulkAct.CLAIM:
            return self._cases.claim(session, company_id, staff)
        if request.act is BulkAct.ASSIGN and person is not None:
            self._assignments.give(session, company_id, staff, person)
        elif request.act is BulkAct.UNASSIGN:
            self._assignments.end(session, company_id, staff)
        elif request.act is BulkAct.RELEASE:
            self._release(session, staff, company_id)
        else:
            self._leave_colleagues(session, staff, company_id)
            hold = request.act is BulkAct.HOLD
            wanted = HoldRequest(reason=request.reason, until=request.until) if hold else HoldRequest()
            self._cases.hold(session, company_id, staff, wanted, seen=SeenVersions.of(version), token=None)
        return None

    def _leave_colleagues(self, session: Session, staff: Staff, company_id: str) -> None:
        """Refuse a case that is a colleague's to do, but to who works on it or gives cases to people."""
        case = self._cases.situation(session, company_id, staff)
        others = case.company.assigned_id not in {None, staff.user_id}
        if others and not case.mine and not staff.may(StaffAct.ASSIGN):
            raise assigned_to_other(case.company)

    def _release(self, session: Session, staff: Staff, company_id: str) -> None:
        refusal = obstacle(StaffAct.RELEASE, self._cases.situation(session, company_id, staff))
        if refusal is not None:
            raise refusal
        self._cases.release(session, company_id, staff, None)


def _wrong(field: str, code: FieldCode) -> ProblemError:
    return ProblemError(ProblemCode.VALIDATION_FAILED, errors=[field_problem(field, code)])
