# SPDX-License-Identifier: AGPL-3.0-or-later
"""Links that are mailed to customers: for activation (24 hours) and for a new password (30 minutes). Single use."""

from __future__ import annotations

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

    def _use(self, session: Session, token: str, purpose: MailKind) -> str:
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
        return link.user_id

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
        token, now = new_token(), self._clock.now()
        session.add(
            MailedLink(
                id=new_id(),
                user_id=user.id,
                purpose=kind.value,
                token_digest=token_digest(token),
                created_at=now,
                expires_at=now + lifetime,
            )
        )
        self._mails.queue(session, kind, _facts(user, token))


def _facts(user: User, token: str = "") -> MailFacts:
    return MailFacts(recipient=user.email, language=Language(user.language), first_name=user.first_name, token=token)
