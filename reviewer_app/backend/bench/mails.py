# SPDX-License-Identifier: AGPL-3.0-or-later
"""Caught mails: the outbox, which nobody sends on a bench."""

from __future__ import annotations

import re
from datetime import datetime

from sqlalchemy import delete, select

from reviewer_app.backend.kit.clock import Clock
from reviewer_app.backend.kit.database import Database
from reviewer_app.backend.mail.tables import OutboxMail
from reviewer_app.contract.bench import BenchMail

_ADDRESS = re.compile(r"https?://\S+")
_SHOWN = 500


class CaughtMails:
    """Reads and empties the outbox."""

    def __init__(self, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock

    def list(self, *, recipient: str = "", company_id: str = "") -> tuple[BenchMail, ...]:
        """Give the newest mails, of one recipient or company if asked, at most 500."""
        statement = select(OutboxMail).order_by(OutboxMail.created_at.desc(), OutboxMail.id.desc()).limit(_SHOWN)
        if recipient:
            statement = statement.where(OutboxMail.recipient == recipient)
        if company_id:
            statement = statement.where(OutboxMail.company_id == company_id)
        now = self._clock.now()
        with self._database.read() as session:
            return tuple(_shown(mail, now) for mail in session.scalars(statement))

    def one(self, mail_id: str) -> BenchMail | None:
        """Give a mail by its id."""
        with self._database.read() as session:
            mail = session.get(OutboxMail, mail_id)
            return _shown(mail, self._clock.now()) if mail else None

    def drop(self) -> None:
        """Forget all caught mails."""
        with self._database.write() as session:
            session.execute(delete(OutboxMail))


def _shown(mail: OutboxMail, now: datetime) -> BenchMail:
    return BenchMail(
        id=mail.id,
        kind=mail.kind,
        company_id=mail.company_id,
        recipient=mail.recipient,
        language=mail.language,
        subject=mail.subject,
        text=mail.text,
        html=mail.html,
        links=tuple(dict.fromkeys(_ADDRESS.findall(mail.text))),
        created_at=mail.created_at,
        due_at=mail.due_at,
        due=mail.due_at <= now,
    )
