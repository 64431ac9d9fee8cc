# SPDX-License-Identifier: AGPL-3.0-or-later
"""Invitations: the mailed link, what it shows, and how the invited person joins (S16)."""

from __future__ import annotations

from datetime import timedelta
from typing import NamedTuple

from sqlalchemy.orm import Session

from reviewer_app.backend.accounts.service import Accounts, Registrant
from reviewer_app.backend.companies.service import Acting, Author, Companies, Company
from reviewer_app.backend.employees import repository, service
from reviewer_app.backend.employees.service import EmployeeRecord, full_name
from reviewer_app.backend.employees.tables import Invitation
from reviewer_app.backend.kit.clock import Clock
from reviewer_app.backend.kit.contacts import folded_email
from reviewer_app.backend.kit.problems import ProblemError, field_problem
from reviewer_app.backend.kit.secret_tokens import new_token, token_digest
from reviewer_app.backend.kit.throttle import Throttle
from reviewer_app.backend.mail.content import MailFacts, MailKind
from reviewer_app.backend.mail.service import Mails
from reviewer_app.contract.customer import CustomerUser, RegistrationRequest
from reviewer_app.contract.customer_team import EmployeeState, InvitationRequest, InvitationShown
from reviewer_app.contract.history import HistoryKind
from reviewer_app.contract.problems import FieldCode, ProblemCode
from reviewer_app.contract.terms import TERMS_VERSION
from reviewer_app.contract.text import Language

LIFETIME = timedelta(days=7)
_ADDRESS = Throttle("invitation", free=4, first=timedelta(seconds=30), longest=timedelta(hours=1))
_COMPANY = Throttle("invitation-company", free=600, first=timedelta(minutes=1), longest=timedelta(hours=6))
"""Nobody's mailbox is filled from here, by one company nor by way of entries that come and go."""


class Invited(NamedTuple):
    """A working invitation."""

    invitation: Invitation
    employee: EmployeeRecord
    company: Company


class Invitations:
    """Sends invitations and lets people join by them."""

    def __init__(self, clock: Clock, companies: Companies, accounts: Accounts, mails: Mails) -> None:
        self._clock = clock
        self._companies = companies
        self._accounts = accounts
        self._mails = mails

    def send(self, session: Session, actor: Acting, employee: EmployeeRecord) -> None:
        """Mail an invitation; one on its way ends.

        To whom the address belongs is told to its holder only: the company gets the same answer for any address.
        Raises ProblemError ``too_many_attempts``: the delay between two mails to an address grows.
        """
        now = self._clock.now()
        for throttle, subject in ((_ADDRESS, employee.email_folded), (_COMPANY, employee.company_id)):
            throttle.check(session, subject, now)
            throttle.count(session, subject, now)
        self._mail(session, actor.company, employee, person=full_name(actor.employee), reminders=0)

    def _mail(
        self, session: Session, company: Company, employee: EmployeeRecord, *, person: str, reminders: int
    ) -> None:
        token, now = new_token(), self._clock.now()
        repository.end_invitations(session, employee.id, now)
        session.add(
            Invitation(
                token_digest=token_digest(token),
                employee_id=employee.id,
                created_at=now,
                expires_at=now + LIFETIME,
                reminders=reminders,
            )
        )
        holder = self._accounts.active_by_email(session, employee.email)
        elsewhere = holder is not None and service.employee_of_user(session, holder.id) is not None
        kind = MailKind.INVITATION_ELSEWHERE if elsewhere else MailKind.INVITATION
        if reminders:
            kind = MailKind.REMINDER_INVITATION
        facts = MailFacts(
            recipient=employee.email,
            language=holder.language if holder else Language(employee.language),
            first_name=employee.first_name,
            company_name=company.name,
            token=token,
            person=person,
        )
        self._mails.queue(session, kind, facts, company_id=company.id)

    def remind(self, session: Session, digest: str, company: Company) -> str:
        """Mail an open invitation again with a new link; the one before ends. Gives the invited person's name."""
        found = repository.invitation(session, digest)
        if found is None:
            raise ProblemError(ProblemCode.LINK_UNKNOWN)
        employee = found[1]
        self._mail(session, company, employee, person="", reminders=1)
        return full_name(employee)

    def show(self, session: Session, token: str) -> InvitationShown:
        """Show an invitation without using it up. Raises ``link_unknown``, ``link_used``, ``link_expired``."""
        invited = self._working(session, token)
        employee = invited.employee
        return InvitationShown(
            company_name=invited.company.name,
            email=employee.email,
            first_name=employee.first_name,
            last_name=employee.last_name,
            phone=employee.phone,
            position=employee.position,
            language=Language(employee.language),
            expires_at=invited.invitation.expires_at,
            account_exists=self._accounts.active_by_email(session, employee.email) is not None,
            terms_version=TERMS_VERSION,
        )

    def checked(self, session: Session, token: str, request: InvitationRequest) -> RegistrationRequest:
        """Turn what the invited person sends into a registration of the invited address.

        Raises:
            ProblemError: as `show`; ``account_exists``; ``validation_failed`` when another address is sent.
        """
        employee = self._working(session, token).employee
        if self._accounts.active_by_email(session, employee.email) is not None:
            raise ProblemError(ProblemCode.ACCOUNT_EXISTS)
        if request.email is not None and folded_email(request.email) != employee.email_folded:
            problem = field_problem("email", FieldCode.INVALID)
            raise ProblemError(ProblemCode.VALIDATION_FAILED, errors=[problem])
        return RegistrationRequest.model_validate({**request.model_dump(), "email": employee.email})

    def register(self, session: Session, token: str, registrant: Registrant) -> CustomerUser:
        """Make the account of the invited person, who joins with it. The link proves the address."""
        invited = self._working(session, token, lock=True)
        user = self._accounts.add_invited(session, registrant)
        self._join(session, invited, user)
        return user

    def accept(self, session: Session, token: str, user: CustomerUser) -> None:
        """Have a signed-in person join. Raises as `show`, and ``member_of_other_company``."""
        invited = self._working(session, token, lock=True)
        if folded_email(user.email) != invited.employee.email_folded:
            raise ProblemError(ProblemCode.LINK_UNKNOWN)
        if service.employee_of_user(session, user.id) is not None:
            raise ProblemError(ProblemCode.MEMBER_OF_OTHER_COMPANY)
        self._join(session, invited, user)

    def _join(self, session: Session, invited: Invited, user: CustomerUser) -> None:
        employee, now = invited.employee, self._clock.now()
        invited.invitation.used_at = now
        repository.end_invitations(session, employee.id, now)
        employee.user_id = user.id
        employee.state = EmployeeState.ACTIVE.value
        employee.joined_at = now
        employee.version += 1
        service.follow_into(employee, user)
        session.flush()
        details = {"person": full_name(employee)}
        self._companies.record(session, invited.company, Author.of(user), HistoryKind.EMPLOYEE_JOINED, details)

    def _working(self, session: Session, token: str, *, lock: bool = False) -> Invited:
        digest = token_digest(token)
        row = repository.invitation(session, digest)
        if row is None:
            raise ProblemError(ProblemCode.LINK_UNKNOWN)
        company = self._companies.by_id(session, row[1].company_id, lock=lock)
        if lock:
            row = repository.invitation(session, digest) or row
        invitation, employee = row
        if invitation.used_at is not None:
            raise ProblemError(ProblemCode.LINK_USED)
        ended = invitation.ended_at is not None or invitation.expires_at <= self._clock.now()
        if ended or employee.state != EmployeeState.INVITED:
            raise ProblemError(ProblemCode.LINK_EXPIRED)
        return Invited(invitation, employee, company)
