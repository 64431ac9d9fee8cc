# SPDX-License-Identifier: AGPL-3.0-or-later
"""What staff do with a case short of deciding it: claim, release, take over, put aside, note, open again."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import timedelta

from sqlalchemy import true
from sqlalchemy.orm import Session

from reviewer_app.backend.accounts.service import Accounts
from reviewer_app.backend.cases import claims
from reviewer_app.backend.cases.acts import Situation, assigned_to_other, claimed_by_other, holder_of, obstacle
from reviewer_app.backend.cases.claims import Lease, require_lease
from reviewer_app.backend.companies.service import (
    NO_CLAIM,
    NO_FIRST_APPROVAL,
    NO_HOLD,
    Author,
    Companies,
    Company,
    administrator_of,
    assign,
    move_aside,
    next_state,
    state_columns,
)
from reviewer_app.backend.completions import service as completions
from reviewer_app.backend.kit.callers import Staff
from reviewer_app.backend.kit.clock import Clock
from reviewer_app.backend.kit.problems import ProblemError, field_problem
from reviewer_app.backend.kit.versions import SeenVersions
from reviewer_app.backend.mail.content import MailFacts, MailKind
from reviewer_app.backend.mail.service import Mails
from reviewer_app.contract.history import HistoryKind
from reviewer_app.contract.messages import rfc3339
from reviewer_app.contract.permissions import StaffAct
from reviewer_app.contract.problems import FieldCode, ProblemCode
from reviewer_app.contract.staff import HoldRequest, StaffUser
from reviewer_app.contract.states import Act, Actor

__all__ = ["Cases", "Lease", "Situation", "author_of", "holder_of", "obstacle", "require_lease"]


def author_of(staff: Staff) -> Author:
    """Make the author of an act of staff."""
    return Author(Actor.STAFF, staff.user_id, staff.display_name)


class Cases:
    """Cases as staff work on them."""

    def __init__(
        self, *, clock: Clock, companies: Companies, accounts: Accounts, mails: Mails, lease_seconds: int
    ) -> None:
        self._clock = clock
        self._companies = companies
        self._accounts = accounts
        self._mails = mails
        self._lease = timedelta(seconds=lease_seconds)

    def situation(self, session: Session, company_id: str, staff: Staff, *, lock: bool = False) -> Situation:
        """Give a case as a member of staff meets it. Raises ProblemError ``not_found``."""
        company = self._companies.by_id(session, company_id, lock=lock)
        return Situation(company, staff, self._clock.now(), nip_taken=self._companies.nip_taken(session, company))

    def claim(
        self, session: Session, company_id: str, staff: Staff, *, although_assigned_to: str | None = None
    ) -> Lease:
        """Claim a case. The holder's own second claim gives a new token and ends the old one.

        A case that is a colleague's to do is claimed only by who names them: ``although_assigned_to``, an id.
        """
        now = self._clock.now()
        mine = Company.holder_id == staff.user_id
        claimable = mine | (claims.free(now) & claims.open_to(staff, although_assigned_to))
        lease = claims.take(session, company_id, staff, now=now, lease=self._lease, when=claimable)
        case = self.situation(session, company_id, staff)
        company = case.company
        if lease is None:
            refusal = obstacle(StaffAct.CLAIM, case)
            if refusal is None:
                refusal = assigned_to_other(company) if case.holder is None else claimed_by_other(case.holder)
            raise refusal
        if company.assigned_id in (None, staff.user_id):
            self._companies.record(session, company, author_of(staff), HistoryKind.CLAIMED)
        else:
            details = {"person": company.assigned_name or "", "person_id": company.assigned_id}
            self._companies.record(session, company, author_of(staff), HistoryKind.CLAIMED_THOUGH_ASSIGNED, details)
        return lease

    def claim_next(self, session: Session, staff: Staff) -> tuple[str, Lease] | None:
        """Claim the case to do next (`claims.next_waiting`), or give None when nothing waits."""
        now = self._clock.now()
        while (company_id := claims.next_waiting(session, staff, now=now)) is not None:
            claimable = claims.free(now) & claims.open_to(staff)
            lease = claims.take(session, company_id, staff, now=now, lease=self._lease, when=claimable)
            if lease is not None:
                company = self._companies.by_id(session, company_id)
                self._companies.record(session, company, author_of(staff), HistoryKind.CLAIMED)
                return company_id, lease
        return None

    def renew(self, session: Session, company_id: str, staff: Staff, token: str | None) -> Lease:
        """Renew a lease by its token."""
        company = self._companies.by_id(session, company_id)
        if token is None:
            raise claims.lease_refusal(Situation(company, staff, self._clock.now()))
        return claims.renew(session, company, token, staff, now=self._clock.now(), lease=self._lease)

    def release(self, session: Session, company_id: str, staff: Staff, token: str | None) -> None:
        """End the caller's claim. One that has ended already is as good as released."""
        case = self.situation(session, company_id, staff)
        if claims.release(session, case.company, token, staff):
            self._companies.record(session, case.company, author_of(staff), HistoryKind.CLAIM_RELEASED)
        elif case.holder is not None:
            raise claims.lease_refusal(case)

    def take_over(self, session: Session, company_id: str, staff: Staff) -> Lease:
        """Take a case from whoever holds it, with a trace. A case that nobody holds is simply claimed."""
        case = self.situation(session, company_id, staff, lock=True)
        if case.holder is None or case.mine:
            return self.claim(session, company_id, staff)
        refusal = obstacle(StaffAct.TAKE_OVER, case)
        if refusal is not None:
            raise refusal
        previous = case.holder.display_name
        lease = claims.take(session, company_id, staff, now=case.now, lease=self._lease, when=true())
        if lease is None:
            raise ProblemError(ProblemCode.INVALID_TRANSITION, state=case.company.state)
        details = {"previous": previous}
        self._companies.record(session, case.company, author_of(staff), HistoryKind.CLAIM_TAKEN_OVER, details)
        return lease

    def hold(
        self,
        session: Session,
        company_id: str,
        staff: Staff,
        request: HoldRequest,
        *,
        seen: SeenVersions,
        token: str | None,
    ) -> Company:
        """Put a case aside until a moment, which ends the claim on it; or take it back."""
        case = self._ready(session, company_id, staff, StaffAct.HOLD, seen)
        if case.mine and token is not None:
            require_lease(case, token)
        company, author = case.company, author_of(staff)
        if request.reason is None and request.until is None:
            if company.hold_reason is not None:
                self._companies.record(session, company, author, HistoryKind.HOLD_ENDED)
            assign(company, NO_HOLD)
            return company
        if not request.reason:
            raise _wrong("reason", FieldCode.REQUIRED)
        if request.until is not None and request.until <= case.now:
            raise _wrong("until", FieldCode.INVALID)
        details = {"reason": request.reason, "until": rfc3339(request.until) if request.until else ""}
        self._companies.record(session, company, author, HistoryKind.HELD, details)
        if case.mine:
            self._companies.record(session, company, author, HistoryKind.CLAIM_ENDED)
        assign(company, NO_CLAIM, {"hold_reason": request.reason, "hold_until": request.until})
        return company

    def escalate(self, session: Session, company_id: str, staff: Staff, reason: str | None) -> None:
        """Hand a case to the supervisors, or, as a supervisor and without a reason, end that."""
        case = self.situation(session, company_id, staff, lock=True)
        refusal = obstacle(StaffAct.ESCALATE, case)
        if refusal is not None:
            raise refusal
        if reason is None and not staff.may(StaffAct.TAKE_OVER):
            raise ProblemError(ProblemCode.PERMISSION_MISSING)
        company, author = case.company, author_of(staff)
        if reason is not None:
            self._companies.record(session, company, author, HistoryKind.ESCALATED, {"reason": reason})
        elif company.escalated:
            self._companies.record(session, company, author, HistoryKind.ESCALATION_ENDED)
        company.escalated = reason is not None

    def reopen(self, session: Session, company_id: str, staff: Staff, reason: str, seen: SeenVersions) -> Company:
        """Open a refused case, or an approved and unfinished one, again. A finishing link on its way ends."""
        case = self._ready(session, company_id, staff, StaffAct.REOPEN, seen)
        company = case.company
        target = next_state(company, Act.REOPEN)
        completions.end_links(session, company.id, now=case.now)
        company.decided_at = None
        company.version += 1
        assign(company, state_columns(target, company.submitted_at, now=case.now), NO_CLAIM, NO_FIRST_APPROVAL, NO_HOLD)
        self._companies.record(session, company, author_of(staff), HistoryKind.REOPENED, {"reason": reason})
        return company

    def suspend(self, session: Session, company_id: str, staff: Staff, reason: str, seen: SeenVersions) -> Company:
        """Suspend an active company; its administrator is told why."""
        case = self._ready(session, company_id, staff, StaffAct.SUSPEND, seen)
        move_aside(case.company, Act.SUSPEND, now=case.now)
        assign(case.company, {"staff_suspended": True, "suspension_reason": reason})
        self._moved(session, case, HistoryKind.SUSPENDED, MailKind.COMPANY_SUSPENDED, reason)
        return case.company

    def restore(self, session: Session, company_id: str, staff: Staff, reason: str, seen: SeenVersions) -> Company:
        """End a suspension by staff; the administrator is told. A company without one stays suspended (R5)."""
        case = self._ready(session, company_id, staff, StaffAct.RESTORE, seen)
        move_aside(case.company, Act.RESTORE, now=case.now)
        assign(case.company, {"staff_suspended": False, "suspension_reason": None})
        self._moved(session, case, HistoryKind.RESTORED, MailKind.COMPANY_RESTORED, reason)
        return case.company

    def note(
        self, session: Session, company_id: str, staff: Staff, text: str, people: Sequence[StaffUser] = ()
    ) -> None:
        """Add an internal note; ``@`` and a user name of these people tells them in their queue."""
        company = self._companies.by_id(session, company_id)
        details = {"note": text}
        mentioned = [person.id for person in people if _names(text, person.username)]
        if mentioned:
            details["mentions"] = ",".join(mentioned)
        self._companies.record(session, company, author_of(staff), HistoryKind.NOTE_ADDED, details)

    def refresh_checks(self, session: Session, company_id: str, staff: Staff) -> Company:
        """Run the checks again."""
        company = self._companies.by_id(session, company_id, lock=True)
        self._companies.refresh_checks(session, company)
        self._companies.record(session, company, author_of(staff), HistoryKind.CHECKS_REFRESHED)
        return company

    def _moved(self, session: Session, case: Situation, kind: HistoryKind, mail: MailKind, reason: str) -> None:
        company = case.company
        company.version += 1
        assign(company, NO_FIRST_APPROVAL)
        self._companies.record(session, company, author_of(case.staff), kind, {"reason": reason})
        user = self._accounts.user(session, administrator_of(company))
        facts = MailFacts(
            recipient=user.email,
            language=user.language,
            first_name=user.first_name,
            company_name=company.name,
            customer_note=reason,
        )
        self._mails.queue(session, mail, facts, company_id=company.id)

    def _ready(self, session: Session, company_id: str, staff: Staff, act: StaffAct, seen: SeenVersions) -> Situation:
        case = self.situation(session, company_id, staff, lock=True)
        seen.require(case.company.version)
        refusal = obstacle(act, case)
        if refusal is not None:
            raise refusal
        return case


def _names(text: str, username: str) -> bool:
    """Say whether a text names a person: ``@`` and their user name, whatever stands around it, but no longer a name."""
    name = re.escape(username.casefold())
    return re.search(rf"(?<!\w)@{name}(?![\w@]|[.-]\w)", text.casefold()) is not None


def _wrong(field: str, code: FieldCode) -> ProblemError:
    return ProblemError(ProblemCode.VALIDATION_FAILED, errors=[field_problem(field, code)])
