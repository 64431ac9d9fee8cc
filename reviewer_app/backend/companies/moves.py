# SPDX-License-Identifier: AGPL-3.0-or-later
"""What changes on a company's row when its state or its claim does."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from reviewer_app.backend.companies.tables import Company
from reviewer_app.backend.kit.problems import ProblemError
from reviewer_app.contract.customer import BlockedReason
from reviewer_app.contract.problems import ProblemCode
from reviewer_app.contract.states import ACT_OF_OUTCOME, Act, CaseKind, CompanyState, Outcome, target_of

NOT_WAITING = 2**63 - 1
"""The key of companies that do not wait for staff: behind all that do."""

_RANKS = {state: rank for rank, state in enumerate(CompanyState)}
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)

_CUSTOMERS_TURN = frozenset(
    {CompanyState.AWAITING_AUTHORIZATION, CompanyState.CORRECTION_REQUESTED, CompanyState.APPROVED}
)

NO_CLAIM: dict[str, Any] = {
    **dict.fromkeys(
        ("holder_id", "holder_username", "holder_name", "lease_digest", "lease_expires_at", "lease_ends_at")
    ),
    "holder_key": "",
}
NO_ASSIGNMENT: dict[str, Any] = {
    **dict.fromkeys(("assigned_id", "assigned_username", "assigned_name", "assigned_by", "assigned_at")),
    "assigned_key": "",
}
NO_FIRST_APPROVAL: dict[str, Any] = dict.fromkeys(
    ("first_approver_id", "first_approver_username", "first_approver_name")
)
NO_HOLD: dict[str, Any] = dict.fromkeys(("hold_reason", "hold_until"))


def state_columns(state: CompanyState, submitted_at: datetime | None, *, now: datetime) -> dict[str, Any]:
    """Give the columns that follow from a state that is reached ``now``."""
    waiting = state is CompanyState.PENDING_VERIFICATION and submitted_at is not None
    return {
        "state": state,
        "state_rank": _RANKS[state],
        "waiting_key": microseconds(submitted_at) if waiting and submitted_at else NOT_WAITING,
        "customer_since": now if state in _CUSTOMERS_TURN else None,
        "reminders": 0,
    }


def microseconds(moment: datetime) -> int:
    """Give the microseconds of a moment since 1970."""
    elapsed = moment - _EPOCH
    return (elapsed.days * 86_400 + elapsed.seconds) * 1_000_000 + elapsed.microseconds


def next_state(company: Company, act: Act) -> CompanyState:
    """Give the state to which an act leads. Raises ProblemError ``invalid_transition``."""
    target = target_of(CompanyState(company.state), act)
    if target is None:
        raise ProblemError(ProblemCode.INVALID_TRANSITION, state=company.state)
    return target


def waits(company: Company) -> bool:
    """Say whether a company waits for staff, whatever the kind of the case."""
    return company.waiting_key != NOT_WAITING


def waiting_since(moment: datetime | None) -> dict[str, Any]:
    """Give the columns of a case that waits for staff since a moment, or no longer, apart from its state."""
    return {"waiting_key": microseconds(moment) if moment else NOT_WAITING}


def state_after(company: Company, outcome: Outcome) -> CompanyState:
    """Give the state to which a decision leads. Raises ProblemError ``invalid_transition``.

    A change of the administrator leaves the state as it is, but an accepted one ends the suspension of a company that
    had none (R5).
    """
    if company.case_kind != CaseKind.ADMINISTRATOR_CHANGE:
        return next_state(company, ACT_OF_OUTCOME[outcome])
    if not waits(company):
        raise ProblemError(ProblemCode.INVALID_TRANSITION, state=company.state)
    without = company.state == CompanyState.SUSPENDED and not company.staff_suspended
    if outcome is Outcome.APPROVE and without:
        return next_state(company, Act.APPOINT_ADMINISTRATOR)
    return CompanyState(company.state)


def administrator_of(company: Company) -> str:
    """Give the user who is the administrator. Raises ProblemError ``company_blocked`` when there is none (R5)."""
    if company.administrator_id is None:
        raise ProblemError(ProblemCode.COMPANY_BLOCKED, reason=BlockedReason.NO_ADMINISTRATOR.value)
    return company.administrator_id


def assign(company: Company, *columns: dict[str, Any]) -> None:
    """Set columns of a row that this transaction has locked."""
    for part in columns:
        for name, value in part.items():
            setattr(company, name, value)


def move_aside(company: Company, act: Act, *, now: datetime) -> None:
    """Move a row that is locked between full use and suspension; a case that waits for staff goes on waiting.

    Raises ProblemError ``invalid_transition``.
    """
    assign(company, state_columns(next_state(company, act), None, now=now), {"waiting_key": company.waiting_key})
