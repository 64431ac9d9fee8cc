# SPDX-License-Identifier: AGPL-3.0-or-later
from __future__ import annotations

import json
import re

from reviewer_app.contract.customer import RegistrationRequest
from reviewer_app.contract.problems import ProblemCode
from tests.fakes.customer_api import FakeCustomerApi
from tests.unit.portal.conftest import Visitor

PERSON = {
    "first_name": "Anna",
    "last_name": "Świątek",
    "email": "anna@firma.test",
    "phone": "600 100 200",
    "position": "Kierownik",
    "password": "sosna i buk nad jeziorem",
    "terms_version": "yes",
    "terms_shown": "1",
}

ACCOUNT = {"email": "anna@firma.test", "password": "sosna i buk nad jeziorem"}


def test_the_start_page_offers_registration(visitor: Visitor) -> None:
    assert visitor.get("/").status_code == 200
    assert "Zarejestruj się" in visitor.page.text
    assert "/register" in visitor.page.references


def test_registration_sends_what_the_contract_asks_for_and_names_the_address(
    visitor: Visitor, api: FakeCustomerApi
) -> None:
    api.answer("POST", "registrations", status=202)
    visitor.get("/register")
    key = visitor.page.fields["request_key"]
    answer = visitor.post("/register", PERSON)
    assert (answer.status_code, answer.headers["Location"]) == (303, "/register/sent")
    sent = RegistrationRequest.model_validate_json(api.bodies[-1])
    assert (sent.last_name, sent.terms_version, sent.language) == ("Świątek", "1", "pl")
    assert api.requests[-1].headers["Idempotency-Key"] == key
    visitor.get("/register/sent")
    assert "Na adres anna@firma.test wysłano link aktywacyjny" in visitor.page.text.replace(" .", ".")


def test_refused_fields_stand_at_their_fields_and_the_input_is_kept_but_for_the_password(
    visitor: Visitor, api: FakeCustomerApi
) -> None:
    api.refuse(
        "POST",
        "registrations",
        ProblemCode.VALIDATION_FAILED,
        {"phone": ("wrong_format", "Zły numer."), "terms_version": ("required", "To pole jest wymagane.")},
    )
    visitor.get("/register")
    key = visitor.page.fields["request_key"]
    answer = visitor.post("/register", {**PERSON, "phone": "abc", "terms_version": "", "password": ""})
    assert answer.status_code == 422
    sent = api.bodies[[request.method for request in api.requests].index("POST")]
    assert json.loads(sent)["terms_version"] == ""
    assert visitor.page.fields["phone"] == "abc"
    assert visitor.page.fields["last_name"] == "Świątek"
    assert visitor.page.fields["password"] == ""
    assert visitor.page.fields["request_key"] != key
    assert 'id="phone-error"' in answer.text
    assert 'href="#phone"' in answer.text
    assert 'id="password-error"' in answer.text
    assert "Zły numer." in visitor.page.text
    assert "Ta akceptacja jest wymagana." in visitor.page.text


def test_when_the_server_is_gone_the_form_comes_back_with_the_same_key(visitor: Visitor, api: FakeCustomerApi) -> None:
    visitor.get("/register")
    key = visitor.page.fields["request_key"]
    api.gone = True
    answer = visitor.post("/register", PERSON)
    assert answer.status_code == 503
    assert visitor.page.fields["email"] == "anna@firma.test"
    assert visitor.page.fields["request_key"] == key
    assert "terms_version" in visitor.page.checked
    assert "Serwer chwilowo nie odpowiada" in visitor.page.text


def test_a_look_at_the_activation_link_uses_nothing_up(visitor: Visitor, api: FakeCustomerApi) -> None:
    answer = visitor.get("/activate/secret-token")
    assert api.requests == []
    assert answer.headers["Referrer-Policy"] == "no-referrer"
    assert answer.headers["Cache-Control"] == "no-store"
    api.answer("POST", "activations", status=204)
    assert visitor.post("/activate/secret-token").headers["Location"] == "/sign-in"
    assert json.loads(api.bodies[-1]) == {"token": "secret-token"}
    visitor.get("/sign-in")
    assert "Konto jest aktywne" in visitor.page.text
    visitor.get("/sign-in")
    assert "Konto jest aktywne" not in visitor.page.text


def test_a_link_used_twice_offers_a_new_one(visitor: Visitor, api: FakeCustomerApi) -> None:
    api.refuse("POST", "activations", ProblemCode.LINK_USED)
    visitor.get("/activate/secret-token")
    assert visitor.post("/activate/secret-token").status_code == 410
    assert "Ten link został już wykorzystany." in visitor.page.text
    assert "/activation/resend" in visitor.page.references


def test_signing_in_before_activation_offers_the_link_again(visitor: Visitor, api: FakeCustomerApi) -> None:
    api.refuse("POST", "sessions", ProblemCode.NOT_ACTIVATED)
    visitor.get("/sign-in")
    assert visitor.post("/sign-in", {"email": "anna@firma.test", "password": "x"}).status_code == 403
    assert "Wyślij link ponownie" in visitor.page.text
    api.answer("POST", "activations/resend", status=202)
    visitor.post("/activation/resend", {"email": "anna@firma.test"})
    assert json.loads(api.bodies[-1]) == {"email": "anna@firma.test"}


def test_a_wrong_password_says_so_and_keeps_the_address(visitor: Visitor, api: FakeCustomerApi) -> None:
    api.refuse("POST", "sessions", ProblemCode.INVALID_CREDENTIALS)
    visitor.get("/sign-in")
    assert visitor.post("/sign-in", {"email": "anna@firma.test", "password": "x"}).status_code == 401
    assert visitor.page.fields["email"] == "anna@firma.test"
    assert "Nieprawidłowy login lub hasło." in visitor.page.text
    assert "wygasła" not in visitor.page.text


def test_a_new_password_is_set_by_the_link(visitor: Visitor, api: FakeCustomerApi) -> None:
    api.answer("POST", "password-resets", status=202)
    visitor.get("/forgotten-password")
    assert visitor.post("/forgotten-password", {"email": "anna@firma.test"}).status_code == 303
    api.answer("POST", "password-resets/confirm", status=204)
    visitor.get("/reset-password/secret-token")
    visitor.post("/reset-password/secret-token", {"password": "dwanaście znaków"})
    assert json.loads(api.bodies[-1]) == {"token": "secret-token", "password": "dwanaście znaków"}


def test_the_session_cookie_is_for_this_host_alone_and_next_never_leads_elsewhere(
    visitor: Visitor, api: FakeCustomerApi
) -> None:
    for target in ("//evil.test", "https://evil.test", "/\\evil.test", "/home\r\nX: y"):
        visitor.get("/sign-in")
        assert visitor.post("/sign-in", {**ACCOUNT, "next": target}).headers["Location"] == "/home"
    visitor.get("/sign-in")
    answer = visitor.post("/sign-in", ACCOUNT)
    cookies = [value for value in answer.headers.get_list("Set-Cookie") if value.startswith("__Host-session=")]
    assert len(cookies) == 1
    attributes = {part.strip().lower() for part in cookies[0].split(";")[1:]}
    assert {"secure", "httponly", "samesite=lax", "path=/"} <= attributes
    assert not any(part.startswith("domain") for part in attributes)


def test_terms_can_be_read(visitor: Visitor) -> None:
    for path, title in (("/terms", "Regulamin portalu"), ("/owh", "Ogólne warunki"), ("/privacy", "Informacja")):
        assert visitor.get(path).status_code == 200
        assert title in visitor.page.text


def test_signing_in_names_each_field_that_was_left_empty(visitor: Visitor, api: FakeCustomerApi) -> None:
    visitor.get("/sign-in")
    before = len(api.requests)
    assert visitor.post("/sign-in", {"email": "", "password": ""}).status_code == 422
    assert 'id="email-error"' in visitor.page.html
    assert 'id="password-error"' in visitor.page.html
    assert visitor.post("/sign-in", {"email": "anna@firma.test", "password": ""}).status_code == 422
    assert visitor.page.fields["email"] == "anna@firma.test"
    assert len(api.requests) == before


def test_errors_are_listed_in_the_order_of_the_fields(visitor: Visitor, api: FakeCustomerApi) -> None:
    wrong = dict.fromkeys(("terms_version", "password", "email", "last_name"), ("required", "To pole jest wymagane."))
    api.refuse("POST", "registrations", ProblemCode.VALIDATION_FAILED, wrong)
    visitor.get("/register")
    typed = {"first_name": "Anna", "last_name": "", "email": "", "password": "", "terms_shown": "1"}
    assert visitor.post("/register", typed).status_code == 422
    listed = re.findall(r'<li><a href="#([^"]+)"', visitor.page.html)
    assert listed == ["last_name", "email", "password", "terms_version"]
