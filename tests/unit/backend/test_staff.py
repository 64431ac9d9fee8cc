# SPDX-License-Identifier: AGPL-3.0-or-later
"""Staff sign in, stay signed in, and are kept out."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import Any
from urllib.parse import parse_qs, urlsplit

import httpx
import pyotp
import pytest

from reviewer_app.backend.application import Backend
from reviewer_app.backend.staff.accounts import StaffAccountError, StaffAccounts
from reviewer_app.contract.permissions import StaffRole
from tests.fakes.clock import StandingClock
from tests.unit.backend.people import PASSWORD, People

SESSIONS = "/api/v1/staff/sessions"
CATALOGUE = "/api/v1/staff/changes"


@pytest.fixture
def accounts(backend: Backend) -> StaffAccounts:
    return StaffAccounts(backend.parts.clock, backend.passwords, backend.history)


def sign_in(client: httpx.Client, **fields: str) -> Any:
    return client.post(SESSIONS, json={"username": "anna", "password": PASSWORD, **fields})


def bearer(answer: Any) -> dict[str, str]:
    return {"Authorization": f"Bearer {answer.json()['access_token']}"}


def test_sign_in_gives_tokens_that_open_calls_for_15_minutes(
    client: httpx.Client, people: People, clock: StandingClock
) -> None:
    people.add_staff("anna")
    answer = sign_in(client)
    assert answer.status_code == 201
    assert answer.json()["user"]["role"] == "reviewer"
    assert client.get(CATALOGUE, headers=bearer(answer)).status_code == 200
    clock.advance(timedelta(minutes=15))
    expired = client.get(CATALOGUE, headers=bearer(answer))
    assert (expired.status_code, expired.json()["code"]) == (401, "session_expired")


def test_wrong_password_and_unknown_name_answer_alike(client: httpx.Client, people: People) -> None:
    people.add_staff("anna")
    wrong, unknown = sign_in(client, password="x"), sign_in(client, username="nobody")
    assert wrong.status_code == unknown.status_code == 401
    assert wrong.json() == unknown.json()
    assert wrong.headers["www-authenticate"] == "Bearer"


def test_guessing_is_slowed_down_and_never_locked_for_good(
    client: httpx.Client, people: People, clock: StandingClock
) -> None:
    people.add_staff("anna")
    for _ in range(5):
        assert sign_in(client, password="x").status_code == 401
    slowed = sign_in(client)
    assert (slowed.status_code, slowed.json()["code"]) == (429, "too_many_attempts")
    clock.advance(timedelta(seconds=int(slowed.headers["retry-after"])))
    assert sign_in(client, password="x").status_code == 401
    longer = sign_in(client)
    assert int(longer.headers["retry-after"]) > int(slowed.headers["retry-after"])
    clock.advance(timedelta(seconds=int(longer.headers["retry-after"])))
    assert sign_in(client).status_code == 201


def test_refresh_exchanges_tokens_and_a_lost_answer_may_be_asked_for_again(
    client: httpx.Client, people: People, clock: StandingClock
) -> None:
    people.add_staff("anna")
    first = sign_in(client).json()["refresh_token"]
    second = client.post(f"{SESSIONS}/refresh", json={"refresh_token": first})
    assert second.status_code == 201
    clock.advance(timedelta(seconds=29))
    again = client.post(f"{SESSIONS}/refresh", json={"refresh_token": first})
    assert again.status_code == 201
    assert client.get(CATALOGUE, headers=bearer(again)).status_code == 200


def test_a_spent_refresh_token_seen_later_ends_the_whole_family(
    client: httpx.Client, people: People, clock: StandingClock
) -> None:
    people.add_staff("anna")
    first = sign_in(client).json()["refresh_token"]
    second = client.post(f"{SESSIONS}/refresh", json={"refresh_token": first})
    clock.advance(timedelta(seconds=31))
    stolen = client.post(f"{SESSIONS}/refresh", json={"refresh_token": first})
    assert (stolen.status_code, stolen.json()["code"]) == (401, "session_expired")
    assert client.get(CATALOGUE, headers=bearer(second)).status_code == 401
    owner = client.post(f"{SESSIONS}/refresh", json={"refresh_token": second.json()["refresh_token"]})
    assert owner.json()["code"] == "session_expired"


def test_two_refreshes_at_once_both_get_working_tokens(client: httpx.Client, people: People) -> None:
    people.add_staff("anna")
    token = sign_in(client).json()["refresh_token"]
    with ThreadPoolExecutor(2) as threads:
        answers = list(
            threads.map(lambda _: client.post(f"{SESSIONS}/refresh", json={"refresh_token": token}), range(2))
        )
    assert [answer.status_code for answer in answers] == [201, 201]
    assert all(client.get(CATALOGUE, headers=bearer(answer)).status_code == 200 for answer in answers)


def test_sign_out_ends_access_and_refresh(client: httpx.Client, people: People) -> None:
    people.add_staff("anna")
    answer = sign_in(client)
    assert client.delete(f"{SESSIONS}/current", headers=bearer(answer)).status_code == 204
    assert client.get(CATALOGUE, headers=bearer(answer)).json()["code"] == "session_expired"
    refresh = client.post(f"{SESSIONS}/refresh", json={"refresh_token": answer.json()["refresh_token"]})
    assert refresh.json()["code"] == "session_expired"


def test_one_time_code_is_asked_for_and_works_once(
    client: httpx.Client, people: People, accounts: StaffAccounts, backend: Backend, clock: StandingClock
) -> None:
    people.add_staff("anna")
    with backend.parts.database.write() as session:
        uri = accounts.reset_otp(session, "anna")
    codes = pyotp.TOTP(parse_qs(urlsplit(uri).query)["secret"][0])
    assert sign_in(client).json()["code"] == "otp_required"
    assert sign_in(client, password="x").json()["code"] == "invalid_credentials"
    code = codes.at(clock.now())
    assert sign_in(client, otp=code).status_code == 201
    assert sign_in(client, otp=code).json()["code"] == "invalid_credentials"
    clock.advance(timedelta(seconds=30))
    assert sign_in(client, otp=codes.at(clock.now())).status_code == 201


class TestOtpRequired:
    @pytest.fixture
    def environment(self) -> dict[str, str]:
        return {"REVIEWER_STAFF_OTP": "required"}

    def test_an_account_without_codes_cannot_sign_in(self, client: httpx.Client, people: People) -> None:
        people.add_staff("anna")
        assert sign_in(client).json()["code"] == "otp_required"
        assert sign_in(client, otp="000000").json()["code"] == "invalid_credentials"


def test_disabling_ends_sessions_and_a_new_password_enables(
    client: httpx.Client, people: People, accounts: StaffAccounts, backend: Backend
) -> None:
    headers = people.staff("anna")
    with backend.parts.database.write() as session:
        accounts.disable(session, "ANNA")
    assert client.get(CATALOGUE, headers=headers).json()["code"] == "account_disabled"
    assert sign_in(client).json()["code"] == "account_disabled"
    with backend.parts.database.write() as session:
        accounts.reset_password(session, "anna", "inne-dlugie-haslo-7")
    assert sign_in(client, password="inne-dlugie-haslo-7").status_code == 201


@pytest.mark.parametrize("password", ["krotkie", "aaaaaaaaaaaaaa", "password1234", "Nowa.Osoba.2026"])
def test_weak_passwords_of_staff_are_refused(accounts: StaffAccounts, backend: Backend, password: str) -> None:
    with backend.parts.database.write() as session, pytest.raises(StaffAccountError):
        accounts.add(session, username="nowa.osoba.2026", display_name="", role=StaffRole.ADMIN, password=password)


def test_a_name_is_taken_whatever_its_case(accounts: StaffAccounts, people: People, backend: Backend) -> None:
    people.add_staff("anna")
    with backend.parts.database.write() as session, pytest.raises(StaffAccountError, match="already"):
        accounts.add(session, username="Anna", display_name="", role=StaffRole.ADMIN, password=PASSWORD)


def test_an_admin_has_no_cases(client: httpx.Client, people: People) -> None:
    refused = client.get(CATALOGUE, headers=people.staff("ola", StaffRole.ADMIN))
    assert (refused.status_code, refused.json()["code"]) == (403, "permission_missing")


@pytest.mark.parametrize("headers", [{}, {"Authorization": "Bearer nonsense"}, {"Authorization": "Basic YTpi"}])
def test_without_a_known_token_calls_are_refused(client: httpx.Client, headers: dict[str, str]) -> None:
    refused = client.get(CATALOGUE, headers=headers)
    assert (refused.status_code, refused.json()["code"]) == (401, "unauthenticated")
    assert refused.headers["content-type"] == "application/problem+json"


def test_a_customers_token_opens_no_staff_call(client: httpx.Client, people: People) -> None:
    assert client.get(CATALOGUE, headers=people.customer()).status_code == 401


def test_changing_calls_want_an_idempotency_key(
    client: httpx.Client, people: People, new_key: Callable[[], dict[str, str]]
) -> None:
    headers = people.staff()
    missing = client.post("/api/v1/staff/companies/next", headers=headers)
    assert (missing.status_code, missing.json()["code"]) == (400, "idempotency_key_missing")
    assert client.post("/api/v1/staff/companies/next", headers=headers | new_key()).status_code == 204
