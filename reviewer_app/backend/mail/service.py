# SPDX-License-Identifier: AGPL-3.0-or-later
"""Queues mails in the transaction of the act that causes them."""

from __future__ import annotations

import threading

from sqlalchemy import insert
from sqlalchemy.orm import Session

from reviewer_app.backend.kit.clock import Clock
from reviewer_app.backend.kit.database import after_commit, new_id, table_of
from reviewer_app.backend.mail.content import MailFacts, MailKind
from reviewer_app.backend.mail.rendering import MailRenderer, RenderedMail
from reviewer_app.backend.mail.tables import OutboxMail

_QUEUE = insert(table_of(OutboxMail))


class Mails:
    """Writes mails and puts them in the outbox. ``wake`` is set when one was committed."""

    def __init__(self, clock: Clock, renderer: MailRenderer) -> None:
        self._clock = clock
        self._renderer = renderer
        self.wake = threading.Event()

    def render(self, kind: MailKind, facts: MailFacts) -> RenderedMail:
        """Write a mail without queueing it."""
        return self._renderer.render(kind, facts)

    def queue(self, session: Session, kind: MailKind, facts: MailFacts, *, company_id: str | None = None) -> None:
        """Put a mail in the outbox; it goes out after the commit, or never if there is none."""
        mail = self._renderer.render(kind, facts)
        now = self._clock.now()
        values = {
            "id": new_id(),
            "kind": kind.value,
            "company_id": company_id,
            "recipient": facts.recipient,
            "language": facts.language.value,
            "subject": mail.subject,
            "text": mail.text,
            "html": mail.html,
            "created_at": now,
            "due_at": now,
            "attempts": 0,
            "last_error": "",
        }
        session.connection().execute(_QUEUE, values)
        after_commit(session, "mail", self.wake.set)
