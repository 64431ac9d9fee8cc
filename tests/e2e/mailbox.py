# SPDX-License-Identifier: AGPL-3.0-or-later
"""A local SMTP server that keeps what it is given, so that mails really travel and none leaves the machine."""

from __future__ import annotations

import asyncio
import email
import email.policy
import re
import threading
from collections.abc import Callable
from dataclasses import dataclass
from email.message import EmailMessage
from types import TracebackType
from typing import Self

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session

_LINK = re.compile(r"https?://\S+")


@dataclass(frozen=True)
class CaughtMail:
    """One mail as it arrived."""

    recipient: str
    subject: str
    text: str
    html: str

    @property
    def has_link(self) -> bool:
        """Say whether there is a link to act on."""
        return _LINK.search(self.text) is not None

    @property
    def link(self) -> str:
        """The link to act on: the first one in the text. Raises LookupError when there is none."""
        found = _LINK.search(self.text)
        if found is None:
            raise LookupError(f"no link in the mail “{self.subject}”")
        return found[0]


def _body(message: EmailMessage, kind: str) -> str:
    part = message.get_body(preferencelist=(kind,))
    return str(part.get_content()) if part is not None else ""


class _AnyPortController(Controller):
    """A controller that lets the system choose the port and then knows which one it is."""

    def _trigger_server(self) -> None:
        assert isinstance(self.server, asyncio.Server)
        self.port = self.server.sockets[0].getsockname()[1]
        super()._trigger_server()  # type: ignore[no-untyped-call]  # the library leaves it without types


class Mailbox:
    """An SMTP server on loopback. Use as a context manager; ``url`` is the setting for the product's server.

    ``on_arrival`` is called with each mail, in the SMTP server's thread.
    """

    def __init__(self, *, on_arrival: Callable[[CaughtMail], None] | None = None) -> None:
        self._on_arrival = on_arrival
        self._arrived = threading.Condition()
        self._mails: list[CaughtMail] = []
        self._controller = _AnyPortController(self, hostname="127.0.0.1", port=0)

    async def handle_DATA(self, _server: SMTP, _session: Session, envelope: Envelope) -> str:  # noqa: N802 - SMTP's word
        """Keep a mail for each of its recipients (called by the SMTP server, in its thread)."""
        message = email.message_from_bytes(envelope.original_content or b"", policy=email.policy.default)
        assert isinstance(message, EmailMessage)
        subject, text, html = str(message["Subject"]), _body(message, "plain"), _body(message, "html")
        caught = [CaughtMail(address, subject, text, html) for address in envelope.rcpt_tos]
        with self._arrived:
            self._mails += caught
            self._arrived.notify_all()
        if self._on_arrival is not None:
            for mail in caught:
                self._on_arrival(mail)
        return "250 kept"

    @property
    def url(self) -> str:
        """The address for ``REVIEWER_SMTP_URL``."""
        return f"smtp://127.0.0.1:{self._controller.port}"

    def wait(self, recipient: str, *, count: int, seconds: float = 30) -> CaughtMail:
        """Give the mail number ``count`` (from 1) to a recipient. Raises TimeoutError when it does not come."""
        with self._arrived:
            if not self._arrived.wait_for(lambda: len(self._to(recipient)) >= count, seconds):
                raise TimeoutError(f"mail {count} to {recipient} did not arrive in {seconds:.0f} s")
            return self._to(recipient)[count - 1]

    def count(self, recipient: str) -> int:
        """Say how many mails have come for a recipient."""
        with self._arrived:
            return len(self._to(recipient))

    def _to(self, recipient: str) -> list[CaughtMail]:
        return [mail for mail in self._mails if mail.recipient == recipient]

    def __enter__(self) -> Self:
        self._controller.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._controller.stop()
