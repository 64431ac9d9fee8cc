# SPDX-License-Identifier: AGPL-3.0-or-later
from __future__ import annotations

import json
from datetime import timedelta

import pytest

from reviewer_app.contract.customer_administrators import EmailChange, PendingEmailChange
from reviewer_app.contract.problems import ProblemCode
from tests.fakes.customer_api import NOW, FakeCustomerApi, me
from tests.unit.portal.conftest import Visitor

WAITING = EmailChange(
    email="anna@firma.test",
    pending=PendingEmailChange(email="nowy@firma.test", requested_at=NOW, expires_at=NOW + timedelta(days=1)),
)


@pytest.fixture
def signed_in(visitor: Visitor, api: FakeCustomerApi) -> Visitor:
    api.answer("GET", "me", me())
    api.answer("GET", "me/email-change", EmailChange(email="anna@firma.test"))
    visitor.sign_in()
    return visitor


def test_the_account_of_a_person_leads_to_the_address(signed_in: Visitor) -> None:
    signed_in.get("/account")
    assert "/account/email" in signed_in.page.references
    signed_in.get("/account/email")
    assert "Logujesz się adresem anna@firma.test" in signed_in.page.text


def test_another_address_is_asked_for_with_the_password(signed_in: Visitor, api: FakeCustomerApi) -> None:
    api.answer("POST", "me/email-change", status=202)
    signed_in.get("/account/email")
    answer = signed_in.post("/account/email", {"email": "nowy@firma.test", "password": "sosna i buk"})
    assert answer.headers["Location"] == "/account/email"
    assert json.loads(api.bodies[-1]) == {"email": "nowy@firma.test", "password": "sosna i buk"}
    signed_in.get("/account/email")
    assert "Link wysłano na adres nowy@firma.test" in signed_in.page.text


def test_a_wrong_password_stands_at_its_field_and_is_not_shown_again(signed_in: Visitor, api: FakeCustomerApi) -> None:
    said = ("wrong_password", "To nie jest hasło tego konta.")
    api.refuse("POST", "me/email-change", ProblemCode.VALIDATION_FAILED, {"password": said})
    signed_in.get("/account/email")
    answer = signed_in.post("/account/email", {"email": "nowy@firma.test", "password": "zle haslo"})
    assert answer.status_code == 422
    assert 'id="password-error"' in answer.text
    assert "zle haslo" not in answer.text
    assert signed_in.page.fields["email"] == "nowy@firma.test"


def test_a_change_that_waits_is_shown_and_can_be_cancelled(signed_in: Visitor, api: FakeCustomerApi) -> None:
    api.answer("GET", "me/email-change", WAITING)
    signed_in.get("/account/email")
    assert "Link wysłano na adres nowy@firma.test . Działa do 25 listopada 2026, 10:30" in signed_in.page.text
    api.answer("DELETE", "me/email-change", status=204)
    assert signed_in.post("/account/email/cancel").headers["Location"] == "/account/email"
    assert (api.requests[-1].method, api.requests[-1].url.path.rpartition("/")[2]) == ("DELETE", "email-change")
    api.answer("GET", "me/email-change", EmailChange(email="anna@firma.test"))
    signed_in.get("/account/email")
    assert "Zmiana została anulowana." in signed_in.page.text
    assert "/account/email/cancel" not in signed_in.page.references


def test_looking_at_the_link_uses_nothing_up_and_confirming_signs_out(signed_in: Visitor, api: FakeCustomerApi) -> None:
    before = len(api.requests)
    page = signed_in.get("/change-email/secret-token")
    assert (page.status_code, page.headers["Referrer-Policy"]) == (200, "no-referrer")
    assert len(api.requests) == before
    api.answer("POST", "email-changes", status=204)
    answer = signed_in.post("/change-email/secret-token")
    assert answer.headers["Location"] == "/sign-in"
    assert json.loads(api.bodies[-1]) == {"token": "secret-token"}
    assert any(cookie.startswith('__Host-session="";') for cookie in answer.headers.get_list("Set-Cookie"))
    signed_in.get("/sign-in")
    assert "Nowy adres e-mail został potwierdzony." in signed_in.page.text


@pytest.mark.parametrize(
    ("code", "says"),
    [
        (ProblemCode.LINK_USED, "Tego linku nie można użyć"),
        (ProblemCode.LINK_EXPIRED, "Tego linku nie można użyć"),
        (ProblemCode.LINK_UNKNOWN, "Tego linku nie można użyć"),
        (ProblemCode.EMAIL_TAKEN, "Adres nie został zmieniony"),
    ],
)
def test_a_link_that_changes_nothing_says_so(
    visitor: Visitor, api: FakeCustomerApi, code: ProblemCode, says: str
) -> None:
    api.refuse("POST", "email-changes", code)
    visitor.get("/change-email/secret-token")
    visitor.post("/change-email/secret-token")
    assert says in visitor.page.text
    assert "/account/email" in visitor.page.references


def test_a_visitor_signs_in_first(visitor: Visitor) -> None:
    assert visitor.get("/account/email").headers["Location"] == "/sign-in?next=/account/email"
