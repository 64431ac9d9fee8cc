# SPDX-License-Identifier: AGPL-3.0-or-later
"""What staff may do with a case now. The same rules list the acts for the desktop and refuse them at the endpoints."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from reviewer_app.backend.companies.service import Company, waits
from reviewer_app.backend.kit.callers import Staff
from reviewer_app.backend.kit.problems import ProblemError
from reviewer_app.contract.permissions import StaffAct
from reviewer_app.contract.problems import ProblemCode
from reviewer_app.contract.staff import Assignee, Assignment, BlockedAct
from reviewer_app.contract.states import Act, CompanyState, target_of
from reviewer_app.contract.text import Language

CASE_ACTS: tuple[StaffAct, ...] = (
    StaffAct.CLAIM,
    StaffAct.RELEASE,
    StaffAct.TAKE_OVER,
    StaffAct.APPROVE,
    StaffAct.REQUEST_CORRECTION,
    StaffAct.REJECT,
    StaffAct.NOTE,
    StaffAct.HOLD,
    StaffAct.ESCALATE,
    StaffAct.REOPEN,
    StaffAct.SUSPEND,
    StaffAct.RESTORE,
    StaffAct.REFRESH_CHECKS,
)
_MOVES = {StaffAct.REOPEN: Act.REOPEN, StaffAct.SUSPEND: Act.SUSPEND, StaffAct.RESTORE: Act.RESTORE}
"""Acts that depend on the company's state, not on a case that waits."""
_OF_A_WAITING_CASE = frozenset(CASE_ACTS) - {StaffAct.NOTE, StaffAct.REFRESH_CHECKS, *_MOVES}
_DECISIONS = frozenset({StaffAct.APPROVE, StaffAct.REQUEST_CORRECTION, StaffAct.REJECT})


@dataclass(frozen=True, slots=True)
class Situation:
    """A case as one member of staff meets it. ``nip_taken``: another company with the NIP is approved already."""

    company: Company
    staff: Staff
    now: datetime
    nip_taken: bool = False

    @property
    def holder(self) -> Assignee | None:
        """Give who holds the case by a lease that has not ended."""
        return holder_of(self.company, self.now)

    @property
    def mine(self) -> bool:
        """Say whether the caller holds the case."""
        return self.holder is not None and self.holder.id == self.staff.user_id


def holder_of(company: Company, now: datetime) -> Assignee | None:
    """Give who holds a case by a lease that has not ended."""
    if company.holder_id is None or company.lease_expires_at is None or company.lease_expires_at <= now:
        return None
    return Assignee(
        id=company.holder_id, username=company.holder_username or "", display_name=company.holder_name or ""
    )


def on_hold(company: Company, now: datetime) -> bool:
    """Say whether a case is put aside now."""
    return company.hold_reason is not None and (company.hold_until is None or company.hold_until > now)


def obstacle(act: StaffAct, case: Situation) -> ProblemError | None:
    """Give what keeps a member of staff from an act now, or None."""
    if not case.staff.may(act):
        return ProblemError(ProblemCode.PERMISSION_MISSING)
    state = CompanyState(case.company.state)
    if act in _OF_A_WAITING_CASE and not waits(case.company):
        return ProblemError(ProblemCode.INVALID_TRANSITION, state=state.value)
    if act in _MOVES and target_of(state, _MOVES[act]) is None:
        return ProblemError(ProblemCode.INVALID_TRANSITION, state=state.value)
    if act is StaffAct.RESTORE and case.company.administrator_id is None:
        return ProblemError(ProblemCode.ADMINISTRATOR_MISSING)
    return _claim_obstacle(act, case) or _approval_obstacle(act, case)


def _claim_obstacle(act: StaffAct, case: Situation) -> ProblemError | None:
    held_by_other = case.holder is not None and not case.mine
    if act in {StaffAct.CLAIM, StaffAct.HOLD} and held_by_other:
        return claimed_by_other(case.holder)
    if act in _DECISIONS | {StaffAct.RELEASE}:
        if held_by_other:
            return claimed_by_other(case.holder)
        if not case.mine:
            return ProblemError(ProblemCode.CLAIM_REQUIRED)
    if act is StaffAct.TAKE_OVER and not held_by_other:
        return ProblemError(ProblemCode.INVALID_TRANSITION, state=case.company.state)
    return None


def _approval_obstacle(act: StaffAct, case: Situation) -> ProblemError | None:
    if act is not StaffAct.APPROVE:
        return None
    if case.company.first_approver_id == case.staff.user_id:
        return ProblemError(ProblemCode.SECOND_REVIEWER_REQUIRED)
    return ProblemError(ProblemCode.DUPLICATE_COMPANY) if case.nip_taken else None


def assigned_to_other(company: Company) -> ProblemError:
    """Make the refusal that names whose a case is to do."""
    return ProblemError(
        ProblemCode.ASSIGNED_TO_OTHER, person=company.assigned_name or "", assigned_to=company.assigned_id or ""
    )


def assignment_of(company: Company) -> Assignment | None:
    """Give whose a case is to do."""
    if company.assigned_id is None or company.assigned_at is None:
        return None
    person = Assignee(
        id=company.assigned_id,
        username=company.assigned_username or "",
        display_name=company.assigned_name or "",
    )
    return Assignment(person=person, by=company.assigned_by or "", at=company.assigned_at)


def claimed_by_other(holder: Assignee | None) -> ProblemError:
    """Make the refusal that names who holds a case."""
    name = holder.display_name if holder else ""
    return ProblemError(ProblemCode.CLAIMED_BY_OTHER, holder=name, assignee=holder)


def allowed_acts(case: Situation) -> tuple[StaffAct, ...]:
    """List what is allowed now."""
    reading = (StaffAct.READ_CASES,) if case.staff.may(StaffAct.READ_CASES) else ()
    return (*reading, *(act for act in CASE_ACTS if obstacle(act, case) is None))


def blocked_acts(case: Situation, language: Language) -> tuple[BlockedAct, ...]:
    """List what is not allowed now, each with the reason."""
    found = ((act, obstacle(act, case)) for act in CASE_ACTS)
    return tuple(
        BlockedAct(act=act, code=error.code.value, message=error.in_language(language).title)
        for act, error in found
        if error is not None
    )
