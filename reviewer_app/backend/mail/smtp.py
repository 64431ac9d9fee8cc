# SPDX-License-Identifier: AGPL-3.0-or-later
"""Hands one mail to a mail server."""

from __future__ import annotations

import ipaddress
import smtplib
import ssl
from email.message import EmailMessage
from email.utils import format_datetime, formataddr, parseaddr
from urllib.parse import unquote, urlsplit

from reviewer_app.backend.mail.tables import OutboxMail

_TIMEOUT_SECONDS = 20.0


class UnsafeMailServerError(Exception):
    """A mail server to which a password or a mail would have gone in a way that others can read. Says why."""


class SmtpServer:
    """A mail server by its URL: ``smtp://`` with STARTTLS when it is offered, or ``smtps://``; user and password if any.

    The certificate is checked in both cases. A password is sent through TLS alone, but for a server on this machine.
    """

    def __init__(self, url: str, mail_from: str) -> None:
        parts = urlsplit(url)
        self._secure = parts.scheme == "smtps"
        self._host = parts.hostname or "localhost"
        self._port = parts.port or (465 if self._secure else 25)
        self._user = unquote(parts.username or "")
        self._password = unquote(parts.password or "")
        self._sender_name, self._sender = parseaddr(mail_from)

    def send(self, mail: OutboxMail) -> None:
        """Send a mail.

        Raises:
            OSError, smtplib.SMTPException: the server did not take it.
            UnsafeMailServerError: nothing was sent.
        """
        with self._connection() as connection:
            connection.send_message(self._message(mail), from_addr=self._sender, to_addrs=[mail.recipient])

    def _connection(self) -> smtplib.SMTP:
        try:
            connection = self._opened(ssl.create_default_context())
        except ssl.SSLCertVerificationError as error:
            raise UnsafeMailServerError(
                f"the certificate of the mail server {self._host} is not accepted: {error.verify_message}"
            ) from error
        try:
            if self._user:
                connection.login(self._user, self._password)
        except BaseException:
            connection.close()
            raise
        return connection

    def _opened(self, context: ssl.SSLContext) -> smtplib.SMTP:
        if self._secure:
            return smtplib.SMTP_SSL(self._host, self._port, timeout=_TIMEOUT_SECONDS, context=context)
        connection = smtplib.SMTP(self._host, self._port, timeout=_TIMEOUT_SECONDS)
        try:
            connection.ehlo_or_helo_if_needed()
            if connection.has_extn("starttls"):
                connection.starttls(context=context)
                connection.ehlo()
            elif self._user and not _on_this_machine(self._host):
                raise UnsafeMailServerError(
                    f"the mail server {self._host} offers no STARTTLS, so the password of REVIEWER_SMTP_URL is not sent "
                    "to it; use smtps:// or a server with STARTTLS"
                )
        except BaseException:
            connection.close()
            raise
        return connection

    def _message(self, mail: OutboxMail) -> EmailMessage:
        message = EmailMessage()
        message["Subject"] = mail.subject
        message["From"] = formataddr((self._sender_name, self._sender))
        message["To"] = mail.recipient
        message["Date"] = format_datetime(mail.created_at)
        message["Message-ID"] = f"<{mail.id}@{self._sender.rpartition('@')[2]}>"
        message["Auto-Submitted"] = "auto-generated"
        message["Content-Language"] = mail.language
        message.set_content(mail.text)
        message.add_alternative(mail.html, subtype="html")
        return message


def _on_this_machine(host: str) -> bool:
    """Say whether a host is a loopback address as written: a name that only resolves to one may change its mind."""
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"
