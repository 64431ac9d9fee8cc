# SPDX-License-Identifier: AGPL-3.0-or-later
"""Links mailed to customers: for activation and a new address (24 hours), a new password (30 minutes). Single use."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from sqlalchemy.orm import Session

from reviewer_app.backend.accounts import repository
from reviewer_app.backend.accounts.tables import MailedLink, User
from reviewer_app.backend.kit.clock import Clock
from reviewer_app.backend.kit.contacts import folded_email
from reviewer_app.backend.kit.database import new_id
from reviewer_app.backend.kit.problems import ProblemError
from reviewer_app.backend.kit.secret_tokens import new_token, token_digest
from reviewer_app.backend.kit.throttle import Throttle
from reviewer_app.backend.mail.content import MailFacts, MailKind
from reviewer_app.backend.mail.service import Mails
from reviewer_app.contract.problems import ProblemCode
from reviewer_app.contract.text import Language

ACTIVATION_LIFETIME = timedelta(hours=24)
RESET_LIFETIME = timedelta(minutes=30)
EMAIL_CHANGE_LIFETIME = timedelta(hours=24)

_TOLD = Throttle("already-registered", free=3, first=timedelta(minutes=10), longest=timedelta(hours=6))
_RESEND = Throttle("activation-resend", free=3, first=timedelta(seconds=30), longest=timedelta(hours=1))
_RESET = Throttle("password-reset", free=3, first=timedelta(seconds=30), longest=timedelta(hours=1))


class MailedLinks:
    """Makes links, mails them and uses them up.

    Where no account is found the same work is done, so that neither the answer nor its time tells.
    """

    def __init__(self, clock: Clock, mails: Mails) -> None:
        self._clock = clock
        self._mails = mails

    def send_activation(self, session: Session, user: User) -> None:
        """Mail a link for activation."""
        self._send(session, user, MailKind.ACTIVATION, ACTIVATION_LIFETIME)

    def tell_already_registered(self, session: Session, user: User) -> None:
        """Tell the holder of an address that someone tried to register with it; not again and again."""
        now = self._clock.now()
        if _TOLD.blocks(session, user.email_folded, now):
            return
        _TOLD.count(session, user.email_folded, now)
        self._mails.queue(session, MailKind.ALREADY_REGISTERED, _facts(user))

    def resend_activation(self, session: Session, user: User | None, email: str) -> None:
        """Mail a new link to an account that waits for activation. The delay between two of them grows."""
        self._count(session, _RESEND, email)
        waiting = user if user and user.activated_at is None else None
        self._send_or_pretend(session, waiting, email, MailKind.ACTIVATION, ACTIVATION_LIFETIME)

    def send_password_reset(self, session: Session, user: User | None, email: str) -> None:
        """Mail a link for a new password. The delay between two of them grows."""
        self._count(session, _RESET, email)
        self._send_or_pretend(session, user, email, MailKind.PASSWORD_RESET, RESET_LIFETIME)

    def use_activation(self, session: Session, token: str) -> str:
        """Use a link up; gives the user's id. Raises ProblemError ``link_unknown``, ``link_used``, ``link_expired``."""
        return self._use(session, token, MailKind.ACTIVATION)

    def use_password_reset(self, session: Session, token: str) -> str:
        """Use a link up; gives the user's id. Raises ProblemError as `use_activation` does."""
        return self._use(session, token, MailKind.PASSWORD_RESET)

    def send_email_change(self, session: Session, user: User, new_email: str, *, holder: User | None) -> None:
        """Ask the new address to confirm and tell the present one; an earlier request ends.

        Where the new address is another active account's its ``holder`` is told instead, and no link goes out: who
        asked sees no difference.
        """
        self.cancel_email_change(session, user.id)
        token = self._made(session, user, MailKind.EMAIL_CHANGE, EMAIL_CHANGE_LIFETIME, new_email=new_email)
        self._mails.queue(session, MailKind.EMAIL_CHANGE_ASKED, _facts(user))
        if holder is None:
            self._mails.queue(session, MailKind.EMAIL_CHANGE, replace(_facts(user, token), recipient=new_email))
        else:
            self._mails.queue(session, MailKind.EMAIL_CHANGE_TAKEN, _facts(holder))

    def pending_email_change(self, session: Session, user_id: str) -> MailedLink | None:
        """Give the request for another address that waits for its confirmation."""
        return repository.pending_link(session, user_id, MailKind.EMAIL_CHANGE.value, self._clock.now())

    def cancel_email_change(self, session: Session, user_id: str) -> bool:
        """End what waits for its confirmation; says whether there was something."""
        return bool(repository.use_links(session, user_id, MailKind.EMAIL_CHANGE.value, self._clock.now()))

    def use_email_change(self, session: Session, token: str) -> tuple[str, str]:
        """Use a link up; gives the user's id and the address that it proves. Raises as `use_activation` does."""
        link = self._used(session, token, MailKind.EMAIL_CHANGE)
        return link.user_id, link.new_email or ""

    def end_password_resets(self, session: Session, user_id: str) -> None:
        """End the links to a new password that went to an address which is no longer the account's."""
        repository.use_links(session, user_id, MailKind.PASSWORD_RESET.value, self._clock.now())

    def tell_email_changed(self, session: Session, user: User, old_email: str) -> None:
        """Tell the former address of an account that it is the account's no more."""
        self._mails.queue(session, MailKind.EMAIL_CHANGED, replace(_facts(user), recipient=old_email))

    def _use(self, session: Session, token: str, purpose: MailKind) -> str:
        return self._used(session, token, purpose).user_id

    def _used(self, session: Session, token: str, purpose: MailKind) -> MailedLink:
        now = self._clock.now()
        link = repository.link_by_digest(session, token_digest(token), purpose.value)
        if link is None:
            raise ProblemError(ProblemCode.LINK_UNKNOWN)
        if link.used_at is not None:
            raise ProblemError(ProblemCode.LINK_USED)
        if link.expires_at <= now:
            raise ProblemError(ProblemCode.LINK_EXPIRED)
        if not repository.use_links(session, link.user_id, purpose.value, now):
            raise ProblemError(ProblemCode.LINK_USED)
        return link

    def _count(self, session: Session, throttle: Throttle, email: str) -> None:
        now, subject = self._clock.now(), folded_email(email)
        throttle.check(session, subject, now)
        throttle.count(session, subject, now)

    def _send_or_pretend(
        self, session: Session, user: User | None, email: str, kind: MailKind, lifetime: timedelta
    ) -> None:
        if user:
            self._send(session, user, kind, lifetime)
        else:
            self._mails.render(kind, MailFacts(email, Language.POLISH, "", token=new_token()))

    def _send(self, session: Session, user: User, kind: MailKind, lifetime: timedelta) -> None:
        self._mails.queue(session, kind, _facts(user, self._made(session, user, kind, lifetime)))

    def _made(
        self, session: Session, user: User, kind: MailKind, lifetime: timedelta, *, new_email: str | None = None
    ) -> str:
        token, now = new_token(), self._clock.now()
        session.add(
            MailedLink(
                id=new_id(),
                user_id=user.id,
                purpose=kind.value,
                token_digest=token_digest(token),
                created_at=now,
                expires_at=now + lifetime,
                new_email=new_email,
            )
        )
        return token


def _facts(user: User, token: str = "") -> MailFacts:
    return MailFacts(recipient=user.email, language=Language(user.language), first_name=user.first_name, token=token)
