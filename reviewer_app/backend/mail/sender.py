# SPDX-License-Identifier: AGPL-3.0-or-later
"""The thread that sends what is in the outbox: at least once, in order, never giving up."""

from __future__ import annotations

import logging
import smtplib
import threading
from datetime import timedelta

from sqlalchemy import select, update

from reviewer_app.backend.kit.clock import Clock
from reviewer_app.backend.kit.database import Database
from reviewer_app.backend.kit.worker import Worker
from reviewer_app.backend.mail.smtp import SmtpServer, UnsafeMailServerError
from reviewer_app.backend.mail.tables import OutboxMail

_logger = logging.getLogger(__name__)

_HELD_FOR = timedelta(minutes=2)
"""How long a mail is left to the sender that took it; longer than a mail server's time-out."""
_FIRST_DELAY = timedelta(seconds=2)
_LONGEST_DELAY = timedelta(hours=1)
_POLL_SECONDS = 1.0


class MailSender(Worker):
    """Sends due mails until it is stopped. A mail keeps its Message-ID, so a second delivery can be recognised."""

    def __init__(self, database: Database, clock: Clock, server: SmtpServer, wake: threading.Event) -> None:
        super().__init__("mail-sender", wake=wake, pause_seconds=_POLL_SECONDS)
        self._database = database
        self._clock = clock
        self._server = server

    def do_round(self) -> None:
        """Send every mail that is due."""
        while not self.is_stopping and self._send_next():
            pass

    def _send_next(self) -> bool:
        mail = self._take()
        if mail is None:
            return False
        try:
            self._server.send(mail)
        except Exception as error:  # noqa: BLE001 - a mail that cannot even be written must not keep the others back
            self._put_off(mail, error)
        else:
            self._settle(mail)
        return True

    def _take(self) -> OutboxMail | None:
        now = self._clock.now()
        due = (OutboxMail.sent_at.is_(None), OutboxMail.due_at <= now)
        with self._database.read() as session:
            first = session.scalar(select(OutboxMail).where(*due).order_by(OutboxMail.due_at, OutboxMail.id).limit(1))
        if first is None:
            return None
        with self._database.write() as session:
            taken = session.execute(
                update(OutboxMail)
                .where(OutboxMail.id == first.id, *due)
                .values(due_at=now + _HELD_FOR, attempts=OutboxMail.attempts + 1)
                .returning(OutboxMail.id)
            ).scalar()
        return first if taken else self._take()

    def _settle(self, mail: OutboxMail) -> None:
        with self._database.write() as session:
            session.execute(
                update(OutboxMail)
                .where(OutboxMail.id == mail.id)
                .values(sent_at=self._clock.now(), text="", html="", last_error="")
            )

    def _put_off(self, mail: OutboxMail, error: Exception) -> None:
        delay = min(_FIRST_DELAY * 2 ** min(mail.attempts, 20), _LONGEST_DELAY)
        reason = error if isinstance(error, UnsafeMailServerError) else type(error).__name__  # others may name people
        _logger.warning("mail %s was not taken, next try in %s: %s", mail.id, delay, reason)
        with self._database.write() as session:
            session.execute(
                update(OutboxMail)
                .where(OutboxMail.id == mail.id)
                .values(due_at=self._clock.now() + delay, last_error=_summary(error))
            )


def _summary(error: Exception) -> str:
    if isinstance(error, smtplib.SMTPResponseException):
        return f"{error.smtp_code} {error.smtp_error!r}"[:500]
    return f"{type(error).__name__}: {error}"[:500]
