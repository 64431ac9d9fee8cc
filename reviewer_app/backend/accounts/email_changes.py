# SPDX-License-Identifier: AGPL-3.0-or-later
"""Another e-mail address for an account: asked for with the password, confirmed by a link to the new address.

The present address is in force until then. Whoever asks learns nothing about the new address: the answer, the request
that is shown and the number of mails are the same whether it has an account or not.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from reviewer_app.backend.accounts import repository
from reviewer_app.backend.accounts.links import MailedLinks
from reviewer_app.backend.accounts.service import SIGN_IN, shown_user
from reviewer_app.backend.accounts.standing import CompanyStandings
from reviewer_app.backend.accounts.tables import User
from reviewer_app.backend.audit.service import History
from reviewer_app.backend.kit.clock import Clock
from reviewer_app.backend.kit.contacts import ContactRules, folded_email
from reviewer_app.backend.kit.passwords import Passwords
from reviewer_app.backend.kit.problems import ProblemError, field_problem, identifier_problem
from reviewer_app.backend.kit.throttle import Throttle
from reviewer_app.contract.customer import CustomerUser
from reviewer_app.contract.customer_administrators import EmailChange, PendingEmailChange
from reviewer_app.contract.history import HistoryKind
from reviewer_app.contract.identifiers import IdentifierError
from reviewer_app.contract.problems import FieldCode, ProblemCode
from reviewer_app.contract.states import Actor

_BY_ACCOUNT = Throttle("email-change", free=3, first=timedelta(seconds=30), longest=timedelta(hours=1))
_BY_ADDRESS = Throttle("email-change-address", free=3, first=timedelta(seconds=30), longest=timedelta(hours=6))


class EmailChanges:
    """Changes of accounts' e-mail addresses."""

    def __init__(
        self,
        *,
        clock: Clock,
        contacts: ContactRules,
        passwords: Passwords,
        history: History,
        links: MailedLinks,
        companies: CompanyStandings,
    ) -> None:
        self._clock = clock
        self._contacts = contacts
        self._passwords = passwords
        self._history = history
        self._links = links
        self._companies = companies
        self._followers: list[Callable[[Session, CustomerUser], None]] = []

    def checked(self, typed: str) -> str:
        """Give an address as it is stored. Raises ProblemError ``validation_failed``."""
        try:
            return self._contacts.email(typed)
        except IdentifierError as error:
            raise ProblemError(ProblemCode.VALIDATION_FAILED, errors=[identifier_problem("email", error)]) from error

    def when_changed(self, follow: Callable[[Session, CustomerUser], None]) -> None:
        """Have somebody told, within the transaction, of each account whose address was changed."""
        self._followers.append(follow)

    def known_hash(self, session: Session, user_id: str) -> str:
        """Give the password hash to verify against. Raises ProblemError ``too_many_attempts``."""
        user = session.get_one(User, user_id)
        SIGN_IN.check(session, user.email_folded, self._clock.now())
        return user.password_hash

    def verify(self, stored: str, password: str) -> bool:
        """Verify a password; call it outside the transaction, it takes its time."""
        return self._passwords.verify(stored, password)

    def ask(self, session: Session, user_id: str, new_email: str, verified_hash: str | None) -> ProblemError | None:
        """Begin a change; an earlier one that waits ends. ``verified_hash`` is None when the password did not fit.

        A wrong password counts as a failed sign-in and is given back, so that the count stays.
        Raises ProblemError ``validation_failed``, ``too_many_attempts``.
        """
        user, now = session.get_one(User, user_id), self._clock.now()
        if verified_hash is None or user.password_hash != verified_hash:
            SIGN_IN.check(session, user.email_folded, now)
            SIGN_IN.count(session, user.email_folded, now)
            return _wrong("password", FieldCode.WRONG_PASSWORD)
        folded = folded_email(new_email)
        if folded == user.email_folded:
            raise _wrong("email", FieldCode.UNCHANGED)
        for throttle, subject in ((_BY_ACCOUNT, user.id), (_BY_ADDRESS, folded)):
            throttle.check(session, subject, now)
            throttle.count(session, subject, now)
        holder = repository.user_by_email(session, folded)
        active = holder if holder is not None and holder.activated_at is not None else None
        self._links.send_email_change(session, user, new_email, holder=active)
        self._record(session, user, HistoryKind.EMAIL_CHANGE_REQUESTED)
        return None

    def shown(self, session: Session, user_id: str) -> EmailChange:
        """Tell of the address in force and the change that waits for its confirmation."""
        email = session.get_one(User, user_id).email
        link = self._links.pending_email_change(session, user_id)
        if link is None:
            return EmailChange(email=email)
        return EmailChange(
            email=email,
            pending=PendingEmailChange(
                email=link.new_email or "", requested_at=link.created_at, expires_at=link.expires_at
            ),
        )

    def cancel(self, session: Session, user_id: str) -> None:
        """End the change that waits, if there is one; its link works no more."""
        if self._links.cancel_email_change(session, user_id):
            self._record(session, session.get_one(User, user_id), HistoryKind.EMAIL_CHANGE_CANCELLED)

    def confirm(self, session: Session, token: str) -> ProblemError | None:
        """Make the new address the account's, by the link that went there. All of the account's sessions end.

        The link is used up in any case; ``email_taken`` is given back when the address is someone else's by now.
        Raises ProblemError ``link_unknown``, ``link_used``, ``link_expired``.
        """
        user_id, new_email = self._links.use_email_change(session, token)
        user = session.get_one(User, user_id)
        old_email = user.email
        try:
            with session.begin_nested():
                self._take_over(session, user, new_email)
        except IntegrityError:
            return ProblemError(ProblemCode.EMAIL_TAKEN)
        repository.end_sessions(session, user.id, self._clock.now())
        self._links.end_password_resets(session, user.id)
        self._links.tell_email_changed(session, user, old_email)
        self._record(session, user, HistoryKind.EMAIL_CHANGED)
        for follow in self._followers:
            follow(session, shown_user(user))
        return None

    def _take_over(self, session: Session, user: User, new_email: str) -> None:
        """Write the new address here and in the company's list; the database refuses one that is taken."""
        holder = repository.user_by_email(session, folded_email(new_email))
        if holder is not None and holder.activated_at is None:
            # An account that was never activated proves nothing; the link just proved whose address this is.
            repository.delete_inactive(session, holder.id)
        user.email, user.email_folded = new_email, folded_email(new_email)
        session.flush()
        self._companies.person_changed(session, shown_user(user), renamed=False)
        session.flush()

    def _record(self, session: Session, user: User, kind: HistoryKind) -> None:
        """Record an act of the account; the company, if there is one, sees only that the address is another one."""
        company = self._companies.standing(session, user.id).company if kind is HistoryKind.EMAIL_CHANGED else None
        name = f"{user.first_name} {user.last_name}"
        self._history.record(
            session,
            company_id=company.id if company else None,
            actor=Actor.CUSTOMER,
            actor_id=user.id,
            actor_name=name,
            kind=kind,
            details={"person": name},
        )


def _wrong(field: str, code: FieldCode) -> ProblemError:
    return ProblemError(ProblemCode.VALIDATION_FAILED, errors=[field_problem(field, code)])
