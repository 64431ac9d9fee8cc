# SPDX-License-Identifier: AGPL-3.0-or-later
"""Reminders: after 3 days and after 7, once each, to whom a company waits for, until they act."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from datetime import timedelta

import pytest

from reviewer_app.backend.application import Backend, Parts
from reviewer_app.backend.kit.database import Database
from reviewer_app.backend.mail.tables import OutboxMail
from tests.e2e.mailbox import Mailbox
from tests.fakes.clock import StandingClock
from tests.support.team import activated, invite, join, sign_in
from tests.support.world import Customer, World, expect, running
from tests.unit.backend.people import People

AUTHORIZATION, CORRECTION = "reminder_authorization", "reminder_correction"
FINISH, INVITATION = "reminder_finish", "reminder_invitation"
DAY = timedelta(days=1)
MOMENT = timedelta(minutes=1)


def sent(world: World, kind: str) -> list[OutboxMail]:
    """Send what is due twice, as servers do again and again; gives all reminders of a kind so far."""
    for _ in range(2):
        world.backend.reminders.send_due()
    return world.mails(kind)


def registered(world: World, *, language: str = "pl") -> Customer:
    """Give the administrator of a company whose authorization is awaited."""
    jan = world.customer(language=language)
    jan.create()
    expect(jan.upload("registry_extract"), 201)
    assert jan.company()["state"] == "awaiting_authorization"
    return jan


def corrected(world: World, jan: Customer) -> str:
    """Have staff ask for a correction of a submitted company; gives its id."""
    company_id: str = jan.company()["id"]
    anna = world.staff()
    world.sign_in(anna)
    expect(anna.decide(company_id, anna.correction(company_id, anna.claim(company_id))), 201)
    return company_id


def test_two_reminders_come_after_three_and_seven_days_and_no_more(world: World) -> None:
    jan = registered(world, language="en")
    world.clock.advance(3 * DAY - MOMENT)
    assert sent(world, AUTHORIZATION) == []
    world.clock.advance(MOMENT)
    (first,) = sent(world, AUTHORIZATION)
    assert (first.recipient, first.language) == (jan.email, "en")
    assert first.subject.startswith("Reminder: the authorization of Żółw")
    assert '<html lang="en">' in first.html
    links = [line for line in first.text.splitlines() if "http" in line]
    assert links == ["http://127.0.0.1/company"]
    world.clock.advance(4 * DAY - MOMENT)
    assert len(sent(world, AUTHORIZATION)) == 1
    world.clock.advance(MOMENT)
    assert len(sent(world, AUTHORIZATION)) == 2
    world.clock.advance(100 * DAY)
    assert len(sent(world, AUTHORIZATION)) == 2


def test_reminders_stand_in_the_history_and_leave_the_version_alone(world: World) -> None:
    jan = registered(world)
    version, company_id = jan.company()["version"], jan.company()["id"]
    world.clock.advance(3 * DAY)
    assert len(sent(world, AUTHORIZATION)) == 1
    anna = world.staff()
    assert anna.detail(company_id)["version"] == version
    entries = expect(anna.call("GET", f"staff/companies/{company_id}/history"), 200)["items"]
    (entry,) = [one for one in entries if one["kind"] == "reminder_sent"]
    assert (entry["actor"], entry["text"]) == ("system", "Wysłano przypomnienie po 3 dniach: Jan Żółw.")


def test_the_customer_s_act_ends_the_waiting_and_a_new_correction_begins_it_anew(world: World) -> None:
    jan = world.customer()
    jan.submitted()
    world.clock.advance(30 * DAY)
    assert sent(world, AUTHORIZATION) == []  # it is staff who are waited for
    jan = sign_in(world, jan.email)
    corrected(world, jan)
    world.clock.advance(3 * DAY)
    (mail,) = sent(world, CORRECTION)
    assert "Dokument: Upoważnienie" in mail.text
    assert "- " in mail.text
    assert "Skan." in mail.text
    jan = sign_in(world, jan.email)
    expect(jan.upload("authorization"), 201)
    expect(jan.submit(), 200)
    world.clock.advance(30 * DAY)
    assert len(sent(world, CORRECTION)) == 1
    corrected(world, sign_in(world, jan.email))
    world.clock.advance(3 * DAY)
    assert len(sent(world, CORRECTION)) == 2


def test_who_has_not_finished_gets_a_new_link_that_works(world: World) -> None:
    jan = world.customer()
    world.staff().approve(jan.submitted())
    old = world.link("approved", jan.email)
    world.clock.advance(3 * DAY)
    (mail,) = sent(world, FINISH)
    new = world.link(FINISH, jan.email)
    first_link = next(line for line in mail.text.splitlines() if "http" in line)
    assert first_link == f"http://127.0.0.1/finish/{new}"
    expect(world.client.get(f"/api/v1/customer/completions/{old}"), 410, "link_expired")
    body = {"choice": "proceed", "owh_version": "1", "terms_version": "1"}
    expect(world.client.post(f"/api/v1/customer/completions/{new}", json=body), 200)
    world.clock.advance(30 * DAY)
    assert len(sent(world, FINISH)) == 1


def test_when_no_server_ran_for_long_only_the_last_reminder_is_sent(world: World) -> None:
    registered(world)
    world.clock.advance(8 * DAY)
    assert len(sent(world, AUTHORIZATION)) == 1
    world.clock.advance(30 * DAY)
    assert len(sent(world, AUTHORIZATION)) == 1


def test_an_invited_person_is_reminded_once_with_a_link_that_works(world: World) -> None:
    jan = activated(world)
    for email in ("ewa@firma.test", "ola@firma.test"):
        invite(jan, email)
    join(world, "ola@firma.test")
    old = world.link("invitation", "ewa@firma.test")
    world.clock.advance(3 * DAY)
    (mail,) = sent(world, INVITATION)
    assert mail.recipient == "ewa@firma.test"
    expect(world.client.get(f"/api/v1/customer/invitations/{old}"), 410, "link_expired")
    world.clock.advance(4 * DAY)
    assert len(sent(world, INVITATION)) == 1
    world.clock.advance(3 * DAY - MOMENT)
    join(world, "ewa@firma.test", INVITATION)
    world.clock.advance(30 * DAY)
    assert len(sent(world, INVITATION)) == 1


def test_a_withdrawn_submission_is_waited_for_from_then_on(world: World) -> None:
    jan = world.customer()
    jan.submitted()
    world.clock.advance(5 * DAY)
    jan = sign_in(world, jan.email)
    expect(jan.call("POST", "customer/company/withdrawal"), 200)
    world.clock.advance(3 * DAY - MOMENT)
    assert sent(world, AUTHORIZATION) == []
    world.clock.advance(MOMENT)
    assert len(sent(world, AUTHORIZATION)) == 1


@pytest.fixture
def servers(world: World) -> Iterator[list[Backend]]:
    """Four backends on the database of a world, each with connections of its own, as in processes of their own."""
    parts = world.backend.parts
    with ExitStack() as stack:
        made = []
        for _ in range(4):
            database = Database(parts.settings.database_url)
            stack.callback(database.dispose)
            made.append(Backend(Parts(parts.settings, world.clock, database, parts.storage, parts.inspector)))
        yield made


def test_servers_beside_each_other_send_each_reminder_once(world: World, servers: list[Backend]) -> None:
    jan = registered(world)
    world.clock.advance(3 * DAY)
    with ThreadPoolExecutor(len(servers)) as threads:
        counts = list(threads.map(lambda server: server.reminders.send_due(), servers))
    assert sum(counts) <= 1  # the world's own server looks too
    assert [mail.recipient for mail in world.mails(AUTHORIZATION)] == [jan.email]


def test_a_server_sends_reminders_by_itself_whenever_it_runs(
    backend: Backend, clock: StandingClock, mailbox: Mailbox
) -> None:
    with running(backend, clock) as world:
        headers = People(world.client, mailbox, backend).customer("jan@firma.test")
        jan = Customer(world.client, headers, "jan@firma.test")
        jan.create()
        expect(jan.upload("registry_extract"), 201)
        assert mailbox.count("jan@firma.test") == 1
    clock.advance(3 * DAY)
    for _ in range(2):  # a server that is started anew finds that it has been sent
        with running(Backend(backend.parts), clock):
            mailbox.wait("jan@firma.test", count=2)
    mail = mailbox.wait("jan@firma.test", count=2)
    assert mail.subject.startswith("Przypomnienie: upoważnienie firmy Żółw")
    assert mail.link == "http://portal.test/company"
    assert "<html lang=" in mail.html
    clock.advance(4 * DAY)
    with running(Backend(backend.parts), clock):
        assert mailbox.wait("jan@firma.test", count=3).subject == mail.subject
    assert mailbox.count("jan@firma.test") == 3
