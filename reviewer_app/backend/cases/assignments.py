# SPDX-License-Identifier: AGPL-3.0-or-later
"""Assignments: whose case it is to do. Apart from claims, which say who works on it now: neither ends the other.

A supervisor gives a case, and takes it back or gives it to another person; who has it may give it back. It lasts through
corrections until the case is decided for good, so that a customer's answer comes to who knows the case. What a colleague
works on is never given away. A colleague claims an assigned case only by naming whose it is: who was not told is refused.
"""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from reviewer_app.backend.audit.service import History
from reviewer_app.backend.cases.acts import Situation, claimed_by_other
from reviewer_app.backend.cases.service import Cases, author_of
from reviewer_app.backend.companies.service import (
    NO_ASSIGNMENT,
    NO_CLAIM,
    SYSTEM,
    Companies,
    Company,
    assign,
    fold,
    waits,
)
from reviewer_app.backend.kit.callers import Staff
from reviewer_app.backend.kit.problems import ProblemError
from reviewer_app.contract.history import HistoryKind
from reviewer_app.contract.permissions import StaffAct
from reviewer_app.contract.problems import ProblemCode


class Assignments:
    """Gives cases to people and takes them back."""

    def __init__(self, cases: Cases, companies: Companies) -> None:
        self._cases = cases
        self._companies = companies

    def give(self, session: Session, company_id: str, staff: Staff, person: Staff) -> None:
        """Give a case to a person, whoever had it to do before. The giver's own claim ends, as one that has run out does.

        What is given to who works on it stays theirs to work on, and a case of the person already is left as it is.

        Raises ProblemError ``permission_missing``, ``invalid_transition``, ``claimed_by_other`` for a case that somebody
        else than the person works on, or ``second_reviewer_required`` for one that the person has approved first: it
        would wait for a second person while being nobody else's.
        """
        if not staff.may(StaffAct.ASSIGN):
            raise ProblemError(ProblemCode.PERMISSION_MISSING)
        case = self._waiting(session, company_id, staff)
        holder, company = case.holder, case.company
        if holder is not None and holder.id not in {staff.user_id, person.user_id}:
            raise claimed_by_other(holder)
        if company.first_approver_id == person.user_id:
            raise ProblemError(ProblemCode.SECOND_REVIEWER_REQUIRED)
        if company.assigned_id == person.user_id:
            return
        if company.holder_id is not None and company.holder_id != person.user_id:
            if holder is not None:
                self._companies.record(session, company, author_of(staff), HistoryKind.CLAIM_RELEASED)
            assign(company, NO_CLAIM)
        given = {
            "assigned_id": person.user_id,
            "assigned_username": person.username,
            "assigned_name": person.display_name,
            "assigned_key": fold(person.display_name),
            "assigned_by": staff.display_name,
            "assigned_at": case.now,
        }
        assign(company, given)
        details = {"person": person.display_name, "person_id": person.user_id}
        self._companies.record(session, company, author_of(staff), HistoryKind.ASSIGNED, details)

    def end(self, session: Session, company_id: str, staff: Staff) -> None:
        """Take a case back from whose it is, or give one's own back; a claim on it stays. One of nobody is left as it is.

        Raises ProblemError ``permission_missing`` for a colleague's, ``invalid_transition``.
        """
        company = self._waiting(session, company_id, staff).company
        if company.assigned_id is None:
            return
        if company.assigned_id != staff.user_id and not staff.may(StaffAct.ASSIGN):
            raise ProblemError(ProblemCode.PERMISSION_MISSING)
        details = {"person": company.assigned_name or "", "person_id": company.assigned_id}
        assign(company, NO_ASSIGNMENT)
        self._companies.record(session, company, author_of(staff), HistoryKind.UNASSIGNED, details)

    def _waiting(self, session: Session, company_id: str, staff: Staff) -> Situation:
        case = self._cases.situation(session, company_id, staff, lock=True)
        if not waits(case.company):
            raise ProblemError(ProblemCode.INVALID_TRANSITION, state=case.company.state)
        return case


def end_all_of(session: Session, history: History, person_id: str) -> int:
    """Take all cases back from a person who works here no more; gives how many there were."""
    given = select(Company).where(Company.assigned_id == person_id).order_by(Company.id).with_for_update()
    ended = session.scalars(given, execution_options={"populate_existing": True}).all()
    for company in ended:
        details = {"person": company.assigned_name or "", "person_id": person_id}
        assign(company, NO_ASSIGNMENT)
        history.record(
            session,
            company_id=company.id,
            actor=SYSTEM.actor,
            actor_id=SYSTEM.id,
            actor_name=SYSTEM.name,
            kind=HistoryKind.UNASSIGNED,
            details=details,
        )
    return len(ended)
