# SPDX-License-Identifier: AGPL-3.0-or-later
"""Mails are sent until they are taken, and say what they must in both languages."""

from __future__ import annotations

import asyncio
import re
import threading
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from html.parser import HTMLParser

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session
from sqlalchemy import select

from reviewer_app.backend.kit.database import Database
from reviewer_app.backend.mail.content import MAIL_WORDS, MailDocument, MailFacts, MailKind
from reviewer_app.backend.mail.rendering import MailRenderer
from reviewer_app.backend.mail.sender import MailSender
from reviewer_app.backend.mail.service import Mails
from reviewer_app.backend.mail.smtp import SmtpServer
from reviewer_app.backend.mail.tables import OutboxMail
from reviewer_app.contract.text import Language
from tests.fakes.clock import StandingClock
from tests.support.waiting import wait_until

PORTAL = "https://portal.test"
FACTS = MailFacts(
    recipient="jan@firma.test",
    language=Language.POLISH,
    first_name="Jan",
    company_name="Żółć & Syn <b> {x} sp. z o.o.",
    token="TOKEN",
    documents=(MailDocument("Upoważnienie", ("Brak <podpisu>.", "Brak pieczęci.")),),
    reasons=("NIP się nie zgadza.",),
    customer_note="Proszę o szybką poprawę.\nhttps://elsewhere.test/",
)


class Reluctant:
    """A mail server that says what it is told to say, in turn, and then takes everything."""

    def __init__(self, *answers: str) -> None:
        self._answers = list(answers)
        self.tries: list[bytes] = []
        self.taken: list[bytes] = []
        self.recipients: list[str] = []
        self._controller = _AnyPort(self, hostname="127.0.0.1", port=0)

    async def handle_DATA(self, _server: SMTP, _session: Session, envelope: Envelope) -> str:  # noqa: N802 - SMTP's word
        """Answer to a mail."""
        content = envelope.original_content or b""
        self.tries.append(content)
        if self._answers:
            return self._answers.pop(0)
        self.taken.append(content)
        self.recipients += envelope.rcpt_tos
        return "250 kept"

    def start(self) -> str:
        """Start; gives the address."""
        self._controller.start()
        return f"smtp://127.0.0.1:{self._controller.port}"

    def stop(self) -> None:
        """Stop."""
        self._controller.stop()


class _AnyPort(Controller):
    def _trigger_server(self) -> None:
        assert isinstance(self.server, asyncio.Server)
        self.port = self.server.sockets[0].getsockname()[1]
        super()._trigger_server()  # type: ignore[no-untyped-call]  # the library leaves it without types


class Post:
    """An outbox and its sender."""

    def __init__(self, database: Database, clock: StandingClock, url: str) -> None:
        self.database = database
        self.mails = Mails(clock, MailRenderer(PORTAL))
        self.sender = MailSender(database, clock, SmtpServer(url, "Reviewer <no-reply@reviewer.test>"), self.mails.wake)

    def queue(self) -> None:
        """Put a mail in the outbox."""
        with self.database.write() as session:
            self.mails.queue(session, MailKind.APPROVED, FACTS)

    def row(self) -> OutboxMail:
        """Give the one mail in the outbox."""
        with self.database.read() as session:
            return session.scalars(select(OutboxMail)).one()


@pytest.fixture
def smtp(request: pytest.FixtureRequest) -> Iterator[tuple[Reluctant, str]]:
    server = Reluctant(*getattr(request, "param", ()))
    yield server, server.start()
    server.stop()


@pytest.fixture
def post(database: Database, clock: StandingClock, smtp: tuple[Reluctant, str]) -> Iterator[Post]:
    post = Post(database, clock, smtp[1])
    post.sender.start()
    yield post
    post.sender.stop()


def test_a_mail_arrives_and_its_text_is_kept_no_longer(post: Post, smtp: tuple[Reluctant, str]) -> None:
    post.queue()
    wait_until(lambda: post.row().sent_at is not None, what="sending")
    row = post.row()
    assert (row.text, row.html, row.attempts) == ("", "", 1)
    assert smtp[0].recipients == ["jan@firma.test"]


@pytest.mark.parametrize("smtp", [("451 later", "554 not you")], indirect=True)
def test_a_mail_that_was_not_taken_is_tried_again_with_the_same_id(
    post: Post, smtp: tuple[Reluctant, str], clock: StandingClock
) -> None:
    post.queue()
    for tries in (1, 2):
        wait_until(lambda expected=tries: bool(post.row().last_error) and len(smtp[0].tries) == expected, what="a try")  # type: ignore[misc]  # a default is no argument
        wait_until(lambda: post.row().due_at < clock.now() + timedelta(minutes=1), what="the note about the try")
        assert post.row().sent_at is None
        clock.advance(post.row().due_at - clock.now())
    wait_until(lambda: post.row().sent_at is not None, what="sending")
    ids = {re.search(rb"Message-ID: (\S+)", content) for content in smtp[0].tries}
    assert {match[1] for match in ids if match} == {f"<{post.row().id}@reviewer.test>".encode()}
    assert len(smtp[0].taken) == 1
    assert post.row().attempts == 3


def test_a_server_that_is_not_there_costs_no_mail(database: Database, clock: StandingClock) -> None:
    silent = Reluctant()
    url = silent.start()
    silent.stop()
    post = Post(database, clock, url)
    post.queue()
    post.sender.start()
    wait_until(lambda: post.row().last_error.startswith("ConnectionRefused"), what="a failed try")
    post.sender.stop()
    assert FACTS.token in post.row().text


def test_a_mail_that_cannot_be_written_does_not_keep_the_others_back(
    post: Post, database: Database, smtp: tuple[Reluctant, str]
) -> None:
    with database.write() as session:
        post.mails.queue(session, MailKind.APPROVED, replace(FACTS, recipient="jan@firma.test\nBcc: all@firma.test"))
    post.queue()

    def left() -> list[str]:
        with database.read() as session:
            return list(session.scalars(select(OutboxMail.last_error).where(OutboxMail.sent_at.is_(None))))

    wait_until(lambda: len(left()) == 1, what="sending")
    assert smtp[0].recipients == ["jan@firma.test"]
    assert left()[0].startswith("ValueError")


def test_a_mail_of_a_transaction_that_failed_does_not_exist(post: Post, database: Database) -> None:
    def failing() -> None:
        with database.write() as session:
            post.mails.queue(session, MailKind.APPROVED, FACTS)
            raise RuntimeError

    with pytest.raises(RuntimeError):
        failing()
    with database.read() as session:
        assert session.scalars(select(OutboxMail)).all() == []


def test_two_senders_send_each_mail_once(database: Database, clock: StandingClock, smtp: tuple[Reluctant, str]) -> None:
    posts = [Post(database, clock, smtp[1]) for _ in range(2)]
    for _ in range(20):
        posts[0].queue()
    for post in posts:
        post.sender.start()
    wait_until(lambda: len(smtp[0].taken) >= 20, what="sending")
    for post in posts:
        post.sender.stop()
    assert len(smtp[0].taken) == len(set(smtp[0].taken)) == 20
    assert not [thread for thread in threading.enumerate() if thread.name == "mail-sender"]


@pytest.mark.parametrize("kind", MailKind)
@pytest.mark.parametrize("language", Language)
def test_every_mail_is_whole_in_each_language(kind: MailKind, language: Language) -> None:
    facts = MailFacts(recipient="jan@firma.test", language=language, first_name="Jan", company_name="Firma")
    mail = MailRenderer(PORTAL).render(kind, facts)
    assert mail == MailRenderer(PORTAL).render(kind, facts)
    assert "\n" not in mail.subject
    assert f'<html lang="{language}">' in mail.html
    assert "Jan" in mail.text
    words = MAIL_WORDS[kind]
    assert words.after.in_language(language) in mail.text
    if words.path:
        links = [line for line in mail.text.splitlines() if "http" in line]
        assert links == [f"{PORTAL}{words.path}"]


class Links(HTMLParser):
    """What a mail loads and leads to, and what of its words a mail program may take for an address."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.found: list[str] = []
        self.feed(html)

    def handle_starttag(self, _tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note what an element points to."""
        pointing = {"href", "src", "action", "background", "srcset", "poster", "data", "cite"}
        self.found += [value or "" for name, value in attrs if name in pointing]
        assert not [value for name, value in attrs if name == "style" and "url(" in (value or "")]

    def handle_data(self, data: str) -> None:
        """Note what reads as an address."""
        self.found += read_as_links(data)


def read_as_links(text: str) -> list[str]:
    """Find what mail programs make links of by themselves: schemes, and domains with nothing before them."""
    return re.findall(r"\w+://\S+|[\w-]+(?:\.[\w-]+)*\.[a-z]{2,}\S*", text)


@pytest.mark.parametrize("kind", MailKind)
@pytest.mark.parametrize("language", Language)
def test_every_link_of_every_mail_leads_to_the_portal(kind: MailKind, language: Language) -> None:
    facts = MailFacts(
        recipient="jan@firma.test",
        language=language,
        first_name="Www.evil.test",
        company_name='Wygrana na http://evil.test/x?a=b "><a href="//evil.test">',
        token="TOKEN-1_a",
        person="jan@evil.test evil.test",
        documents=(MailDocument("Upoważnienie", ("Brak podpisu.",)),),
        reasons=("NIP się nie zgadza.",),
        customer_note="Proszę o szybką poprawę.",
    )
    mail = MailRenderer(f"{PORTAL}/").render(kind, facts)
    own = f"{PORTAL}{MAIL_WORDS[kind].path}/TOKEN-1_a"
    expected = {own} if MAIL_WORDS[kind].path else set()
    assert set(Links(mail.html).found) == set(read_as_links(mail.text)) == expected
    # It comes first, alone on its line; in the other form it is the button, and stands below to be copied.
    assert [line for line in mail.text.splitlines() if "://" in line and "evil" not in line] == sorted(expected)
    assert Links(mail.html).found.count(own) == (3 if expected else 0)


def test_names_read_as_they_were_written() -> None:
    facts = replace(FACTS, company_name="Sklep.pl S.A.", documents=(), reasons=(), customer_note="")
    mail = MailRenderer(PORTAL).render(MailKind.SUBMISSION_RECEIVED, facts)
    assert "Sklep.pl S.A. i sprawdzamy" in mail.text.replace("\u2060", "")
    assert mail.text.count("\u2060") == 1


def test_facts_of_the_case_are_written_as_they_are() -> None:
    mail = MailRenderer(PORTAL).render(MailKind.CORRECTION_REQUESTED, FACTS)
    assert FACTS.company_name in mail.text
    assert "- Brak <podpisu>." in mail.text.splitlines()
    assert "Brak &lt;podpisu&gt;." in mail.html
    assert "&lt;b&gt;" in mail.html
    assert "Proszę o szybką poprawę.<br>" in mail.html
    first = next(line for line in mail.text.splitlines() if "http" in line)
    assert first == f"{PORTAL}/company/TOKEN"


@pytest.mark.parametrize("language", Language)
def test_a_name_that_ends_with_a_full_stop_ends_its_sentence(language: Language) -> None:
    facts = MailFacts(recipient="jan@firma.test", language=language, first_name="Jan", company_name="Łąka Sp. z o.o.")
    for kind in MailKind:
        mail = MailRenderer(PORTAL).render(kind, facts)
        assert ".." not in mail.text
        assert ".." not in mail.subject
