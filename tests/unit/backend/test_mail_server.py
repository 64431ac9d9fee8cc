# SPDX-License-Identifier: AGPL-3.0-or-later
"""Mails and the password travel encrypted, or not at all: tried with real servers, with TLS and without."""

from __future__ import annotations

import asyncio
import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, NamedTuple

import pytest
import trustme
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session

from reviewer_app.backend.kit.database import Database
from reviewer_app.backend.mail.content import MailFacts, MailKind
from reviewer_app.backend.mail.rendering import MailRenderer
from reviewer_app.backend.mail.sender import MailSender
from reviewer_app.backend.mail.service import Mails
from reviewer_app.backend.mail.smtp import SmtpServer
from reviewer_app.backend.mail.tables import OutboxMail
from reviewer_app.contract.text import Language
from tests.fakes.clock import StandingClock
from tests.support.waiting import wait_until

ELSEWHERE = "127.1"
"""Reaches this machine, but is no loopback address as written, as any other server's name."""
FACTS = MailFacts(recipient="jan@firma.test", language=Language.POLISH, first_name="Jan", company_name="Firma")


class Certificates(NamedTuple):
    """A server's certificate, and the file with the authority that signed it."""

    server: ssl.SSLContext
    authority: Path


class Seen:
    """What a server was sent. ``passwords`` each with whether TLS carried it."""

    def __init__(self, *, secure: bool) -> None:
        self._secure = secure
        self.passwords: list[tuple[bytes, bool]] = []
        self.mails: list[tuple[bytes, bool]] = []

    def authenticate(
        self, _server: SMTP, session: Session, _envelope: Envelope, _mechanism: str, data: LoginPassword
    ) -> AuthResult:
        """Note a password and accept it."""
        self.passwords.append((data.password, self._secure or session.ssl is not None))
        return AuthResult(success=True)

    async def handle_DATA(self, _server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802 - SMTP's word
        """Note a mail and take it."""
        self.mails.append((envelope.original_content or b"", self._secure or session.ssl is not None))
        return "250 kept"


class _AnyPort(Controller):
    def _trigger_server(self) -> None:
        assert isinstance(self.server, asyncio.Server)
        self.port = self.server.sockets[0].getsockname()[1]
        super()._trigger_server()  # type: ignore[no-untyped-call]  # the library leaves it without types


@contextmanager
def server(*, starttls: ssl.SSLContext | None = None, tls: ssl.SSLContext | None = None) -> Iterator[tuple[Seen, int]]:
    """Run a mail server that asks for a password; gives what it sees, and its port."""
    seen = Seen(secure=tls is not None)
    options: dict[str, Any] = {"authenticator": seen.authenticate}
    options["auth_require_tls"] = False  # a careless server: it would take the password in clear
    controller = _AnyPort(seen, hostname="127.0.0.1", port=0, ssl_context=tls, tls_context=starttls, **options)
    controller.start()
    try:
        yield seen, controller.port
    finally:
        controller.stop()


@pytest.fixture(scope="module")
def certificates(tmp_path_factory: pytest.TempPathFactory) -> Certificates:
    authority = trustme.CA()
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    authority.issue_cert("127.0.0.1", "localhost").configure_cert(context)
    path = tmp_path_factory.mktemp("authority") / "authority.pem"
    authority.cert_pem.write_to_path(str(path))
    return Certificates(context, path)


@pytest.fixture
def trusted(certificates: Certificates, monkeypatch: pytest.MonkeyPatch) -> ssl.SSLContext:
    monkeypatch.setenv("SSL_CERT_FILE", str(certificates.authority))  # as an operator adds a company's own authority
    return certificates.server


class Post:
    """An outbox with one mail, and its sender."""

    def __init__(self, database: Database, clock: StandingClock, url: str) -> None:
        self._database = database
        mails = Mails(clock, MailRenderer("https://portal.test"))
        with database.write() as session:
            mails.queue(session, MailKind.APPROVED, FACTS)
        self._sender = MailSender(database, clock, SmtpServer(url, "no-reply@reviewer.test"), mails.wake)

    def tried(self) -> OutboxMail:
        """Have the mail tried once; gives its row in the outbox."""
        self._sender.start()
        try:
            wait_until(lambda: bool(self._row().sent_at or self._row().last_error), what="a try")
        finally:
            self._sender.stop()
        return self._row()

    def _row(self) -> OutboxMail:
        with self._database.read() as session:
            return session.query(OutboxMail).one()


def test_the_password_is_not_sent_to_a_server_without_starttls(
    database: Database, clock: StandingClock, caplog: pytest.LogCaptureFixture
) -> None:
    with server() as (seen, port):
        row = Post(database, clock, f"smtp://user:secret@{ELSEWHERE}:{port}").tried()
    assert (seen.passwords, seen.mails) == ([], [])
    assert row.sent_at is None
    assert row.text  # it waits for a better server
    assert "offers no STARTTLS" in caplog.text
    assert "smtps://" in caplog.text
    assert "secret" not in caplog.text
    assert "jan@firma.test" not in caplog.text


def test_a_server_on_this_machine_gets_the_password_as_it_is(database: Database, clock: StandingClock) -> None:
    with server() as (seen, port):
        assert Post(database, clock, f"smtp://user:secret@localhost:{port}").tried().sent_at is not None
    assert seen.passwords == [(b"secret", False)]
    assert len(seen.mails) == 1


def test_starttls_comes_before_the_password(database: Database, clock: StandingClock, trusted: ssl.SSLContext) -> None:
    with server(starttls=trusted) as (seen, port):
        assert Post(database, clock, f"smtp://user:sec%40ret@127.0.0.1:{port}").tried().sent_at is not None
    assert seen.passwords == [(b"sec@ret", True)]
    assert [secure for _, secure in seen.mails] == [True]


def test_smtps_is_encrypted_from_the_first_byte(
    database: Database, clock: StandingClock, trusted: ssl.SSLContext
) -> None:
    with server(tls=trusted) as (seen, port):
        assert Post(database, clock, f"smtps://user:secret@localhost:{port}").tried().sent_at is not None
    assert seen.passwords == [(b"secret", True)]
    assert len(seen.mails) == 1


@pytest.mark.parametrize("scheme", ["smtp", "smtps"])
def test_a_certificate_that_nobody_vouches_for_is_refused(
    database: Database,
    clock: StandingClock,
    certificates: Certificates,
    caplog: pytest.LogCaptureFixture,
    scheme: str,
) -> None:
    how: dict[str, Any] = {"tls" if scheme == "smtps" else "starttls": certificates.server}
    with server(**how) as (seen, port):
        row = Post(database, clock, f"{scheme}://user:secret@localhost:{port}").tried()
    assert (seen.passwords, seen.mails, row.sent_at) == ([], [], None)
    assert "the certificate of the mail server localhost is not accepted" in caplog.text


def test_a_certificate_of_another_server_is_refused(
    database: Database, clock: StandingClock, trusted: ssl.SSLContext, caplog: pytest.LogCaptureFixture
) -> None:
    with server(starttls=trusted) as (seen, port):
        row = Post(database, clock, f"smtp://user:secret@{ELSEWHERE}:{port}").tried()
    assert (seen.passwords, seen.mails, row.sent_at) == ([], [], None)
    assert "is not accepted" in caplog.text
