# SPDX-License-Identifier: AGPL-3.0-or-later
"""A customer's e-mail address changes only with the password, and only when the new address has confirmed it."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import httpx
from sqlalchemy import select

from reviewer_app.backend.accounts.tables import MailedLink, User
from tests.e2e.mailbox import Mailbox
from tests.support.team import activated, employee, invite, sign_in
from tests.support.world import PASSWORD, Customer, World, expect
from tests.unit.backend.people import PASSWORD as TYPED
from tests.unit.backend.people import People

OLD, NEW = "jan@firma.test", "jan.nowy@firma.test"
OWN = "customer/me/email-change"


def ask(who: Customer, email: str = NEW, password: str = PASSWORD) -> httpx.Response:
    return who.call("POST", OWN, json={"email": email, "password": password})


def confirm(world: World, token: str) -> httpx.Response:
    return world.client.post("/api/v1/customer/email-changes", json={"token": token})


def pending(who: Customer) -> str | None:
    shown = expect(who.call("GET", OWN), 200)
    assert shown["email"] == who.email
    found = shown["pending"]
    return str(found["email"]) if found else None


def test_the_new_address_is_in_force_when_its_link_was_used(
    client: httpx.Client, people: People, mailbox: Mailbox
) -> None:
    headers = people.customer(OLD)
    path = f"/api/v1/{OWN}"
    asked = client.post(path, headers=headers, json={"email": NEW, "password": TYPED})
    assert (asked.status_code, asked.content) == (202, b"")
    notice = mailbox.wait(OLD, count=2)
    assert (notice.subject, notice.link) == (
        "Prośba o zmianę adresu e-mail konta",
        "http://portal.test/forgotten-password",
    )
    mail = mailbox.wait(NEW, count=1)
    assert mail.link.startswith("http://portal.test/change-email/")
    assert client.get("/api/v1/customer/me", headers=headers).json()["user"]["email"] == OLD
    people.sign_in(OLD, TYPED)
    token = mail.link.rpartition("/")[2]
    assert client.post("/api/v1/customer/email-changes", json={"token": token}).status_code == 204
    assert mailbox.wait(OLD, count=3).subject == "Adres e-mail konta został zmieniony"
    assert client.get("/api/v1/customer/me", headers=headers).json()["code"] == "session_expired"
    refused = client.post("/api/v1/customer/sessions", json={"email": OLD, "password": TYPED})
    assert refused.json()["code"] == "invalid_credentials"
    me = client.get("/api/v1/customer/me", headers=people.sign_in(NEW, TYPED)).json()
    assert me["user"]["email"] == NEW
    again = client.post("/api/v1/customer/email-changes", json={"token": token})
    assert (again.status_code, again.json()["code"]) == (410, "link_used")


def test_a_wrong_password_asks_for_nothing_and_slows_down(world: World) -> None:
    jan = world.customer(OLD)
    answer = expect(ask(jan, password="nie to haslo"), 422)
    assert [(error["field"], error["code"]) for error in answer["errors"]] == [("password", "wrong_password")]
    assert pending(jan) is None
    assert world.mails(to=NEW) == []
    for _ in range(4):
        expect(ask(jan, password="nie to haslo"), 422)
    expect(ask(jan), 429, "too_many_attempts")
    world.clock.advance(timedelta(minutes=20))
    expect(ask(jan), 202)


def test_an_address_that_is_none_or_the_present_one_is_refused_at_its_field(world: World) -> None:
    jan = world.customer(OLD)
    for typed, code in (("jan@", "wrong_format"), ("JAN@firma.test", "unchanged"), ("", "required")):
        errors = expect(ask(jan, typed), 422)["errors"]
        assert [(error["field"], error["code"]) for error in errors] == [("email", code)]


def test_nobody_learns_whether_the_new_address_has_an_account(world: World) -> None:
    jan, ewa = world.customer(OLD), world.customer("ewa@firma.test")
    answers = []
    for email in (ewa.email, NEW):
        before = len(world.mails())
        answer = ask(jan, email)
        shown = expect(jan.call("GET", OWN), 200)["pending"]
        answers.append((answer.status_code, answer.content, shown["email"] == email, len(world.mails()) - before))
    assert answers[0] == answers[1]
    told = world.mails("email_change_taken", ewa.email)
    assert len(told) == 1
    assert world.mails("email_change", ewa.email) == []
    assert OLD not in told[0].text


def test_only_the_newest_link_works_and_only_for_a_day(world: World) -> None:
    jan = world.customer(OLD)
    expect(ask(jan), 202)
    first = world.link("email_change", NEW)
    expect(ask(jan, "inny@firma.test"), 202)
    assert pending(jan) == "inny@firma.test"
    expect(confirm(world, first), 410, "link_used")
    late = world.link("email_change", "inny@firma.test")
    world.clock.advance(timedelta(hours=24))
    assert pending(sign_in(world, OLD)) is None
    expect(confirm(world, late), 410, "link_expired")
    expect(confirm(world, "nothing"), 404, "link_unknown")
    assert sign_in(world, OLD).email == OLD


def test_a_link_is_kept_only_as_a_digest(world: World) -> None:
    jan = world.customer(OLD)
    expect(ask(jan), 202)
    token = world.link("email_change", NEW)
    with world.backend.parts.database.read() as session:
        link = session.scalars(select(MailedLink).where(MailedLink.new_email == NEW)).one()
    assert token not in {link.id, link.token_digest}


def test_a_cancelled_change_is_over(world: World) -> None:
    jan = world.customer(OLD)
    expect(ask(jan), 202)
    expect(jan.call("DELETE", OWN), 204)
    assert pending(jan) is None
    expect(confirm(world, world.link("email_change", NEW)), 410, "link_used")
    expect(jan.call("DELETE", OWN), 204)


def test_a_new_password_ends_what_was_asked_with_the_old_one(world: World) -> None:
    jan = world.customer(OLD)
    expect(ask(jan), 202)
    expect(world.client.post("/api/v1/customer/password-resets", json={"email": OLD}), 202)
    reset = {"token": world.link("password_reset", OLD), "password": "cztery-olchy-nad-woda"}
    expect(world.client.post("/api/v1/customer/password-resets/confirm", json=reset), 204)
    expect(confirm(world, world.link("email_change", NEW)), 410, "link_used")


def test_a_reset_that_went_to_the_former_address_ends_with_it(world: World) -> None:
    jan = world.customer(OLD)
    expect(world.client.post("/api/v1/customer/password-resets", json={"email": OLD}), 202)
    expect(ask(jan), 202)
    expect(confirm(world, world.link("email_change", NEW)), 204)
    reset = {"token": world.link("password_reset", OLD), "password": "cztery-olchy-nad-woda"}
    expect(world.client.post("/api/v1/customer/password-resets/confirm", json=reset), 410, "link_used")


def test_an_address_taken_in_the_meantime_changes_nothing(world: World) -> None:
    jan = world.customer(OLD)
    expect(ask(jan), 202)
    token = world.link("email_change", NEW)
    world.customer(NEW)
    expect(confirm(world, token), 409, "email_taken")
    expect(confirm(world, token), 410, "link_used")
    expect(jan.call("GET", "customer/me"), 200)
    assert pending(jan) is None
    assert sign_in(world, OLD).email == OLD


def test_an_account_that_was_never_activated_holds_no_address(world: World) -> None:
    body = {"first_name": "Ewa", "last_name": "Nowak", "phone": "+48 600 100 200", "position": "x", "email": NEW}
    expect(
        world.client.post(
            "/api/v1/customer/registrations", json=body | {"password": PASSWORD, "language": "pl", "terms_version": "1"}
        ),
        202,
    )
    jan = world.customer(OLD)
    expect(ask(jan), 202)
    expect(confirm(world, world.link("email_change", NEW)), 204)
    with world.backend.parts.database.read() as session:
        assert session.scalars(select(User.email)).all() == [NEW]


def test_of_two_who_want_one_address_only_one_gets_it(world: World) -> None:
    people = [world.customer(f"k{number}@firma.test") for number in range(2)]
    tokens = []
    for who in people:
        expect(ask(who), 202)
        tokens.append(world.link("email_change", NEW))
    with ThreadPoolExecutor(2) as threads:
        answers = list(threads.map(lambda token: confirm(world, token).status_code, tokens))
    assert sorted(answers) == [204, 409]
    with world.backend.parts.database.read() as session:
        assert list(session.scalars(select(User.email))).count(NEW) == 1


def test_one_link_opened_twice_at_once_counts_once(world: World) -> None:
    jan = world.customer(OLD)
    expect(ask(jan), 202)
    token = world.link("email_change", NEW)
    with ThreadPoolExecutor(4) as threads:
        answers = list(threads.map(lambda _: confirm(world, token).status_code, range(4)))
    assert sorted(answers) == [204, 410, 410, 410]


def test_the_company_s_list_and_history_follow(world: World) -> None:
    jan = activated(world)
    expect(ask(jan, NEW), 202)
    expect(confirm(world, world.link("email_change", NEW)), 204)
    jan = sign_in(world, NEW)
    listed = expect(jan.call("GET", "customer/company/employees"), 200)["items"]
    assert [one["email"] for one in listed] == [NEW]
    company_id = jan.company()["id"]
    history = expect(world.staff().call("GET", f"staff/companies/{company_id}/history"), 200)["items"]
    told = [one["text"] for one in history if one["kind"] == "email_changed"]
    assert told == ["Zmieniono adres e-mail konta: Jan Żółw."]


def test_an_address_on_the_company_s_own_list_cannot_be_taken(world: World) -> None:
    jan = activated(world)
    buyer, _ = employee(world, jan, "ewa@firma.test", "OR")
    invite(jan, NEW)
    expect(ask(buyer), 202)
    expect(confirm(world, world.link("email_change", NEW)), 409, "email_taken")
    assert expect(buyer.call("GET", "customer/me"), 200)["user"]["email"] == "ewa@firma.test"


def test_asking_again_and_again_slows_down(world: World) -> None:
    jan = world.customer(OLD)
    for number in range(3):
        expect(ask(jan, f"nowy{number}@firma.test"), 202)
    refused = ask(jan)
    expect(refused, 429, "too_many_attempts")
    assert int(refused.headers["Retry-After"]) > 0
