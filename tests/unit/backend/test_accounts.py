# SPDX-License-Identifier: AGPL-3.0-or-later
"""Customers register, activate, sign in, forget their password, and keep their data."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import Any

import httpx
import pytest
from sqlalchemy import select

from reviewer_app.backend.application import Backend
from reviewer_app.backend.mail.tables import OutboxMail
from tests.e2e.mailbox import Mailbox
from tests.fakes.clock import StandingClock
from tests.unit.backend.people import PASSWORD, People, registration

CUSTOMER = "/api/v1/customer"
EMAIL = "jan@firma.test"
OTHER_PASSWORD = "trzy-brzozy-za-plotem"


def post(client: httpx.Client, path: str, **body: Any) -> httpx.Response:
    return client.post(f"{CUSTOMER}/{path}", json=body)


def code(answer: httpx.Response) -> tuple[int, str]:
    return answer.status_code, answer.json()["code"]


def field_codes(answer: httpx.Response) -> dict[str, str]:
    assert answer.status_code == 422
    return {error["field"]: error["code"] for error in answer.json()["errors"]}


def test_a_person_registers_activates_signs_in_and_consents(client: httpx.Client, people: People) -> None:
    headers = people.customer(EMAIL)
    me = client.get(f"{CUSTOMER}/me", headers=headers).json()
    assert me["user"]["email"] == EMAIL
    assert (me["consents"], me["company"], me["next_step"]) == (None, None, "consents")
    given = {"channels": {"email": True, "sms": False}, "wording_version": "1"}
    recorded = client.put(f"{CUSTOMER}/me/consents", headers=headers, json=given)
    assert recorded.json()["channels"] == {"email": True, "phone": False, "sms": False}
    me = client.get(f"{CUSTOMER}/me", headers=headers).json()
    assert me["consents"] == recorded.json()
    assert me["next_step"] == "add_company"


def test_the_mail_has_its_link_first_alone_on_its_line(people: People, mailbox: Mailbox) -> None:
    token = people.register(EMAIL, language="en")
    mail = mailbox.wait(EMAIL, count=1)
    assert mail.subject == "Activate your account"
    assert f"http://portal.test/activate/{token}" in mail.text.splitlines()
    assert f'href="http://portal.test/activate/{token}"' in mail.html
    assert mail.html.count("http") == mail.html.count("http://portal.test/")


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ({"first_name": "Dział sprzedaży"}, {"first_name": "not_a_person"}),
        ({"last_name": "http://x.test"}, {"last_name": "not_a_person"}),
        ({"email": "jan@"}, {"email": "wrong_format"}),
        ({"phone": "zadzwoń"}, {"phone": "wrong_format"}),
        ({"password": "krotkie"}, {"password": "too_short"}),
        ({"password": "password12345"}, {"password": "common_password"}),
        ({"password": EMAIL}, {"password": "common_password"}),
        ({"terms_version": "0"}, {"terms_version": "outdated_version"}),
        ({"position": " "}, {"position": "required"}),
        ({"language": "de"}, {"language": "invalid"}),
        ({"last_name": "x" * 81}, {"last_name": "too_long"}),
        ({"surname": "x"}, {"surname": "unknown_field"}),
        ({"phone": 7}, {"phone": "wrong_type"}),
        (
            {"first_name": "Biuro", "email": "x", "phone": "1", "password": "x"},
            {"first_name": "not_a_person", "email": "wrong_format", "phone": "wrong_format", "password": "too_short"},
        ),
    ],
)
def test_wrong_fields_are_named_each(client: httpx.Client, fields: dict[str, Any], expected: dict[str, str]) -> None:
    assert field_codes(post(client, "registrations", **{**registration(EMAIL), **fields})) == expected


def test_a_known_address_gets_the_same_answer_and_another_mail(
    client: httpx.Client, people: People, mailbox: Mailbox
) -> None:
    people.customer(EMAIL)
    answer = post(client, "registrations", **registration(EMAIL.upper(), password=OTHER_PASSWORD))
    assert (answer.status_code, answer.content) == (202, b"")
    assert "masz" not in mailbox.wait(EMAIL, count=2).text
    assert mailbox.wait(EMAIL, count=2).subject == "To konto już istnieje"
    people.sign_in(EMAIL)


def test_two_registrations_at_once_make_one_account(client: httpx.Client, mailbox: Mailbox) -> None:
    with ThreadPoolExecutor(4) as threads:
        answers = list(
            threads.map(lambda _: post(client, "registrations", **registration(EMAIL)).status_code, range(4))
        )
    assert answers == [202] * 4
    subjects = [mailbox.wait(EMAIL, count=count).subject for count in range(1, 5)]
    assert sorted(subjects) == ["Aktywuj swoje konto", *["To konto już istnieje"] * 3]


def test_a_right_password_before_activation_is_told_so_and_not_counted(client: httpx.Client, people: People) -> None:
    people.register(EMAIL)
    for _ in range(8):
        assert code(post(client, "sessions", email=EMAIL, password=PASSWORD)) == (403, "not_activated")


def test_an_activation_link_works_once(client: httpx.Client, people: People) -> None:
    token = people.register(EMAIL)
    assert post(client, "activations", token=token).status_code == 204
    assert code(post(client, "activations", token=token)) == (410, "link_used")
    assert code(post(client, "activations", token="made-up")) == (404, "link_unknown")


def test_an_activation_link_used_by_two_at_once_works_for_one(client: httpx.Client, people: People) -> None:
    token = people.register(EMAIL)
    with ThreadPoolExecutor(4) as threads:
        answers = threads.map(lambda _: post(client, "activations", token=token).status_code, range(4))
    assert sorted(answers) == [204, 410, 410, 410]


def test_an_activation_link_ends_after_24_hours_and_another_can_be_had(
    client: httpx.Client, people: People, mailbox: Mailbox, clock: StandingClock
) -> None:
    token = people.register(EMAIL)
    clock.advance(timedelta(hours=24))
    assert code(post(client, "activations", token=token)) == (410, "link_expired")
    assert post(client, "activations/resend", email=EMAIL).status_code == 202
    newer = mailbox.wait(EMAIL, count=2).link.rpartition("/")[2]
    assert post(client, "activations", token=newer).status_code == 204


@pytest.mark.parametrize("path", ["activations/resend", "password-resets"])
@pytest.mark.parametrize("email", [EMAIL, "nobody@firma.test"])
def test_asking_for_links_again_and_again_is_slowed_down_whoever_asks(
    client: httpx.Client, people: People, clock: StandingClock, path: str, email: str
) -> None:
    people.register(EMAIL)
    for _ in range(3):
        assert (post(client, path, email=email).status_code, post(client, "x").status_code) == (202, 404)
    slowed = post(client, path, email=email)
    assert code(slowed) == (429, "too_many_attempts")
    clock.advance(timedelta(seconds=int(slowed.headers["retry-after"])))
    assert post(client, path, email=email).status_code == 202
    assert int(post(client, path, email=email).headers["retry-after"]) > int(slowed.headers["retry-after"])


def test_registering_with_an_address_again_and_again_does_not_fill_its_mailbox(
    client: httpx.Client, people: People, backend: Backend
) -> None:
    people.register(EMAIL)
    answers = [post(client, "registrations", **registration(EMAIL)) for _ in range(6)]
    assert {(answer.status_code, answer.content) for answer in answers} == {(202, b"")}
    with backend.parts.database.read() as session:
        kinds = list(session.scalars(select(OutboxMail.kind).where(OutboxMail.recipient == EMAIL)))
    assert kinds.count("already_registered") == 3


def test_a_new_password_by_mail_ends_all_sessions(client: httpx.Client, people: People, mailbox: Mailbox) -> None:
    headers = people.customer(EMAIL)
    assert post(client, "password-resets", email=EMAIL.upper()).status_code == 202
    token = mailbox.wait(EMAIL, count=2).link.rpartition("/")[2]
    weak = post(client, "password-resets/confirm", token=token, password="x")
    assert field_codes(weak) == {"password": "too_short"}
    assert post(client, "password-resets/confirm", token=token, password=OTHER_PASSWORD).status_code == 204
    assert code(client.get(f"{CUSTOMER}/me", headers=headers)) == (401, "session_expired")
    assert code(post(client, "sessions", email=EMAIL, password=PASSWORD)) == (401, "invalid_credentials")
    people.sign_in(EMAIL, OTHER_PASSWORD)
    used = post(client, "password-resets/confirm", token=token, password=OTHER_PASSWORD)
    assert code(used) == (410, "link_used")


def test_a_reset_link_ends_after_30_minutes(
    client: httpx.Client, people: People, mailbox: Mailbox, clock: StandingClock
) -> None:
    people.customer(EMAIL)
    post(client, "password-resets", email=EMAIL)
    token = mailbox.wait(EMAIL, count=2).link.rpartition("/")[2]
    clock.advance(timedelta(minutes=30))
    late = post(client, "password-resets/confirm", token=token, password=OTHER_PASSWORD)
    assert code(late) == (410, "link_expired")


def test_wrong_passwords_are_slowed_down_alike_for_known_and_unknown_addresses(
    client: httpx.Client, people: People, clock: StandingClock
) -> None:
    people.customer(EMAIL)
    answers = {}
    for email in (EMAIL, "nobody@firma.test"):
        answers[email] = [post(client, "sessions", email=email, password="x") for _ in range(6)]
    known, unknown = answers.values()
    assert [answer.status_code for answer in known] == [401] * 5 + [429]
    assert [answer.content for answer in known] == [answer.content for answer in unknown]
    assert code(post(client, "sessions", email=EMAIL, password=PASSWORD)) == (429, "too_many_attempts")
    clock.advance(timedelta(seconds=2))
    people.sign_in(EMAIL)


def test_a_session_ends_by_signing_out_and_by_time(client: httpx.Client, people: People, clock: StandingClock) -> None:
    headers, other = people.customer(EMAIL), people.sign_in(EMAIL)
    assert client.delete(f"{CUSTOMER}/sessions/current", headers=headers).status_code == 204
    assert code(client.get(f"{CUSTOMER}/me", headers=headers)) == (401, "session_expired")
    assert client.get(f"{CUSTOMER}/me", headers=other).status_code == 200
    clock.advance(timedelta(hours=12))
    assert code(client.get(f"{CUSTOMER}/me", headers=other)) == (401, "session_expired")


def test_own_data_can_be_changed(client: httpx.Client, people: People) -> None:
    headers = people.customer(EMAIL)
    changed = client.patch(f"{CUSTOMER}/me", headers=headers, json={"phone": "+48  600 100 200", "language": "en"})
    assert changed.json()["user"]["phone"] == "+48 600 100 200"
    assert changed.json()["user"]["language"] == "en"
    wrong = client.patch(f"{CUSTOMER}/me", headers=headers, json={"first_name": "Biuro", "position": None})
    assert field_codes(wrong) == {"first_name": "not_a_person", "position": "required"}
    assert client.get(f"{CUSTOMER}/me", headers=headers).json()["user"]["first_name"] == "Jan"


def test_consents_to_an_old_wording_are_refused(client: httpx.Client, people: People) -> None:
    given = {"channels": {}, "wording_version": "0"}
    refused = client.put(f"{CUSTOMER}/me/consents", headers=people.customer(EMAIL), json=given)
    assert field_codes(refused) == {"wording_version": "outdated_version"}


@pytest.mark.parametrize(("language", "title"), [("pl", "Regulamin portalu"), ("en", "Terms of the portal")])
def test_terms_are_given_in_the_language_of_the_request(client: httpx.Client, language: str, title: str) -> None:
    terms = client.get(f"{CUSTOMER}/terms", headers={"Accept-Language": language}).json()
    assert terms["terms"]["title"] == title
    assert (terms["terms_version"], terms["owh_version"], terms["wording_version"]) == ("1", "1", "1")
    assert all(terms[name]["paragraphs"] for name in ("terms", "owh", "privacy", "consent"))


class TestProduction:
    @pytest.fixture
    def environment(self) -> dict[str, str]:
        return {"REVIEWER_ENVIRONMENT": "production"}

    def test_reserved_domains_are_refused(self, client: httpx.Client) -> None:
        assert field_codes(post(client, "registrations", **registration(EMAIL))) == {"email": "wrong_format"}
