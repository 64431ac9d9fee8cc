# SPDX-License-Identifier: AGPL-3.0-or-later
from __future__ import annotations

import json
import re
from datetime import timedelta

import pytest

from reviewer_app.contract.companies import LegalForm
from reviewer_app.contract.customer import CompanyChange, CompanyRequest, ConsentsRequest, NextStep
from reviewer_app.contract.problems import ProblemCode
from reviewer_app.contract.states import CompanyState, DocumentKind, DocumentState
from reviewer_app.portal.road import StepName, StepState, road
from tests.fakes.customer_api import NOW, FakeCustomerApi, company, document, documents, me
from tests.unit.portal.conftest import Visitor

TYPED = {
    "name": "Testowa Hurtownia IT sp. z o.o.",
    "legal_form": "sp_zoo",
    "nip": "PL 999-000-01-84",
    "regon": "990000217",
    "krs": "0009990001",
    "seat.street": "ul. Prosta",
    "seat.building": "67",
    "seat.unit": "",
    "seat.postal_code": "00-838",
    "seat.city": "Warszawa",
    "seat.country": "PL",
    "phone": "22 100 20 30",
    "email": "biuro@firma.test",
    "bank_account": "",
}


@pytest.fixture
def signed_in(visitor: Visitor) -> Visitor:
    visitor.sign_in()
    return visitor


def test_the_first_sign_in_asks_for_consents(signed_in: Visitor, api: FakeCustomerApi) -> None:
    api.answer("GET", "me", me(NextStep.CONSENTS))
    assert signed_in.get("/home").headers["Location"] == "/consents"
    signed_in.get("/consents")
    api.answer("PUT", "me/consents")
    signed_in.post("/consents", {"sms": "yes", "wording_version": "1"})
    sent = ConsentsRequest.model_validate_json(api.bodies[-1])
    assert sent.channels.model_dump() == {"email": False, "phone": False, "sms": True}


def test_a_person_without_a_company_is_offered_to_add_one(signed_in: Visitor, api: FakeCustomerApi) -> None:
    api.answer("GET", "me", me())
    signed_in.get("/home")
    assert "DODAJ FIRMĘ" in signed_in.page.text
    assert "/company/new" in signed_in.page.references


def test_a_company_is_sent_as_the_contract_asks(signed_in: Visitor, api: FakeCustomerApi) -> None:
    api.answer("POST", "company", company(CompanyState.COLLECTING), status=201)
    signed_in.get("/company/new")
    assert signed_in.post("/company/new", TYPED).headers["Location"] == "/company/documents"
    sent = CompanyRequest.model_validate_json(api.bodies[-1])
    assert (sent.nip, sent.krs, sent.bank_account) == ("PL 999-000-01-84", "0009990001", None)
    assert sent.seat is not None
    assert sent.seat.postal_code == "00-838"


def test_the_court_register_number_is_not_sent_for_forms_without_one(signed_in: Visitor, api: FakeCustomerApi) -> None:
    api.answer("POST", "company", company(CompanyState.COLLECTING), status=201)
    signed_in.get("/company/new")
    signed_in.post("/company/new", {**TYPED, "legal_form": "sole_proprietorship"})
    assert "krs" not in json.loads(api.bodies[-1])


def test_every_legal_form_can_be_chosen(signed_in: Visitor) -> None:
    html = signed_in.get("/company/new").text
    assert all(f'value="{form}"' in html for form in LegalForm)


def test_all_errors_of_the_company_stand_at_their_fields(signed_in: Visitor, api: FakeCustomerApi) -> None:
    fields = ("nip", "regon", "krs", "seat.postal_code", "bank_account", "legal_form", "email")
    api.refuse("POST", "company", ProblemCode.VALIDATION_FAILED, {name: ("x", f"Źle: {name}!") for name in fields})
    signed_in.get("/company/new")
    html = signed_in.post("/company/new", {**TYPED, "bank_account": "1"}).text
    for name in fields:
        assert f'id="{name.replace(".", "-")}-error"' in html
        assert signed_in.page.text.count(f"Źle: {name}!") == 2
    assert signed_in.page.fields["nip"] == TYPED["nip"]
    assert signed_in.page.fields["seat.city"] == "Warszawa"


@pytest.mark.parametrize("language", ["pl", "en"])
def test_errors_are_listed_under_the_labels_of_their_fields(
    signed_in: Visitor, api: FakeCustomerApi, language: str
) -> None:
    fields = [name for name in TYPED if name != "seat.country"]
    api.refuse("POST", "company", ProblemCode.VALIDATION_FAILED, dict.fromkeys(fields, ("invalid", "?")))
    signed_in.client.cookies["__Host-language"] = language
    signed_in.get("/company/new")
    html = signed_in.post("/company/new", TYPED).text
    listed = dict(re.findall(r'<li><a href="#([\w-]+)">([^<]+)</a>:', html))
    labels = {of: said.strip() for of, said in re.findall(r'<label for="([\w-]+)">([^<]+)', html)}
    assert listed == {name.replace(".", "-"): labels[name.replace(".", "-")] for name in fields}


def test_sending_twice_uses_one_key_and_ends_at_the_company(signed_in: Visitor, api: FakeCustomerApi) -> None:
    api.answer("POST", "company", company(CompanyState.COLLECTING), status=201)
    signed_in.get("/company/new")
    first = signed_in.post("/company/new", TYPED)
    second = signed_in.post("/company/new", TYPED)
    assert first.headers["Location"] == second.headers["Location"]
    keys = [request.headers["Idempotency-Key"] for request in api.requests[-2:]]
    assert keys[0] == keys[1]
    api.refuse("POST", "company", ProblemCode.COMPANY_EXISTS)
    assert signed_in.post("/company/new", TYPED).headers["Location"] == "/company/documents"


@pytest.mark.parametrize(
    ("field", "typed", "said"),
    [
        ("nip", "999-000-01-84", "Numer jest poprawny."),
        ("nip", "9990000185", "nie zgadza się cyfra kontrolna"),
        ("krs", "9990001", "10 cyfr razem z zerami"),
        ("seat.postal_code", "00838", "Kod jest poprawny."),
        ("bank_account", "30 9999 0000 1000 2000 3000 4001", "nie zgadza się"),
        ("regon", "", ""),
    ],
)
def test_numbers_are_checked_while_typing(signed_in: Visitor, field: str, typed: str, said: str) -> None:
    signed_in.get("/company/new")
    answer = signed_in.post(f"/company/check/{field}", {field: typed})
    assert answer.status_code == 200
    assert said in signed_in.page.text
    assert bool(signed_in.page.text.strip()) == bool(said)


def test_a_change_is_made_on_the_version_that_was_shown(signed_in: Visitor, api: FakeCustomerApi) -> None:
    api.answer("GET", "company", company(CompanyState.AWAITING_AUTHORIZATION))
    signed_in.get("/company/edit")
    assert signed_in.page.fields["seat.city"] == "Warszawa"
    api.answer("PATCH", "company", company(CompanyState.AWAITING_AUTHORIZATION))
    version = signed_in.page.fields["version"]
    assert signed_in.post("/company/edit", {**TYPED, "version": version}).headers["Location"] == "/company"
    assert api.requests[-1].headers["If-Match"] == '"3"'
    sent = CompanyChange.model_validate_json(api.bodies[-1])
    assert sent.bank_account is None


def test_a_conflict_shows_mine_and_theirs(signed_in: Visitor, api: FakeCustomerApi) -> None:
    api.answer("GET", "company", company(CompanyState.AWAITING_AUTHORIZATION))
    signed_in.get("/company/edit")
    api.refuse("PATCH", "company", ProblemCode.STALE_VERSION)
    api.answer("GET", "company", company(CompanyState.AWAITING_AUTHORIZATION, name="Nowa Nazwa", version=4))
    answer = signed_in.post("/company/edit", {**TYPED, "bank_account": "30999900001000200030004000", "version": "3"})
    assert answer.status_code == 412
    assert signed_in.page.fields["name"] == TYPED["name"]
    assert "Zapisano w międzyczasie: Nowa Nazwa" in signed_in.page.text
    assert signed_in.page.fields["version"] == "4"


def test_what_is_missing_is_named_and_linked(signed_in: Visitor, api: FakeCustomerApi) -> None:
    missing = ("seat", "phone", "document:registry_extract")
    api.answer("GET", "company", company(CompanyState.COLLECTING, missing))
    signed_in.get("/company")
    assert {"/company/edit#seat", "/company/edit#phone", "/company/documents#registry_extract"} <= set(
        signed_in.page.references
    )
    api.answer("GET", "company", company(CompanyState.AWAITING_AUTHORIZATION, ("document:authorization",)))
    signed_in.get("/company")
    assert "/company/authorization" in signed_in.page.references
    assert "/company/submission" not in signed_in.page.references


def test_a_complete_case_can_be_sent_once(signed_in: Visitor, api: FakeCustomerApi) -> None:
    api.answer("GET", "company", company(CompanyState.AWAITING_AUTHORIZATION))
    signed_in.get("/company")
    key = signed_in.page.fields["request_key"]
    api.answer("POST", "company/submission", company(CompanyState.PENDING_VERIFICATION))
    assert signed_in.post("/company/submission", {"request_key": key}).status_code == 303
    assert api.requests[-1].headers["Idempotency-Key"] == key


def test_an_incomplete_submission_says_so_on_the_road(signed_in: Visitor, api: FakeCustomerApi) -> None:
    api.answer("GET", "company", company(CompanyState.AWAITING_AUTHORIZATION, ("document:authorization",)))
    signed_in.get("/company")
    api.refuse("POST", "company/submission", ProblemCode.INCOMPLETE)
    assert signed_in.post("/company/submission").status_code == 409
    assert "Zgłoszenie nie jest jeszcze kompletne." in signed_in.page.text
    assert "/company/authorization" in signed_in.page.references


def test_a_submission_while_the_server_is_gone_can_be_sent_again(signed_in: Visitor, api: FakeCustomerApi) -> None:
    api.answer("GET", "company", company(CompanyState.AWAITING_AUTHORIZATION))
    signed_in.get("/company")
    key = signed_in.page.fields["request_key"]
    api.gone = True
    assert signed_in.post("/company/submission").status_code == 503
    assert signed_in.page.fields["request_key"] == key
    assert "/company/submission" in signed_in.page.references


@pytest.mark.parametrize("state", list(CompanyState))
def test_every_state_has_its_page(signed_in: Visitor, api: FakeCustomerApi, state: CompanyState) -> None:
    api.answer("GET", "company", company(state))
    api.answer("GET", "company/documents", documents())
    assert signed_in.get("/company").status_code == 200
    assert "Co teraz zrobić" in signed_in.page.text


def test_the_road_says_who_is_waited_for() -> None:
    def at(state: CompanyState, *missing: str) -> tuple[StepName, StepState]:
        steps = road(company(state, missing))
        return next(
            (step.name, step.state) for step in steps if step.state is not StepState.DONE or step.name == "active"
        )

    assert at(CompanyState.COLLECTING, "seat") == (StepName.DATA, StepState.CUSTOMER)
    assert at(CompanyState.COLLECTING, "document:registry_extract") == (StepName.DOCUMENTS, StepState.CUSTOMER)
    assert at(CompanyState.AWAITING_AUTHORIZATION, "document:authorization") == (
        StepName.AUTHORIZATION,
        StepState.CUSTOMER,
    )
    assert at(CompanyState.AWAITING_AUTHORIZATION) == (StepName.SUBMISSION, StepState.CUSTOMER)
    assert at(CompanyState.PENDING_VERIFICATION) == (StepName.VERIFICATION, StepState.STAFF)
    assert at(CompanyState.CORRECTION_REQUESTED, "document:authorization") == (
        StepName.AUTHORIZATION,
        StepState.CUSTOMER,
    )
    assert at(CompanyState.REJECTED) == (StepName.VERIFICATION, StepState.STOPPED)
    assert at(CompanyState.APPROVED) == (StepName.COMPLETION, StepState.CUSTOMER)
    assert at(CompanyState.ACTIVE) == (StepName.ACTIVE, StepState.DONE)


@pytest.mark.parametrize(
    ("missing", "expected"),
    [
        (("document:authorization",), {StepName.AUTHORIZATION}),
        (("document:registry_extract", "document:authorization"), {StepName.DOCUMENTS}),
        (("seat",), {StepName.DATA}),
        ((), {StepName.SUBMISSION}),
    ],
)
def test_a_correction_waits_for_one_step_and_leaves_what_was_good(
    missing: tuple[str, ...], expected: set[StepName]
) -> None:
    steps = {step.name: step for step in road(company(CompanyState.CORRECTION_REQUESTED, missing, decided_at=NOW))}
    waiting = {name for name, step in steps.items() if step.state is StepState.CUSTOMER}
    assert waiting == expected
    assert [steps[name].since for name in waiting] == [NOW]
    assert steps[StepName.VERIFICATION].state is StepState.AHEAD
    asked = {StepName(name) for name in ("data", "documents", "authorization")} - expected
    again = {StepName.AUTHORIZATION} if len(missing) > 1 else set()
    assert {name for name in asked if steps[name].state is StepState.AHEAD} == again


def test_a_blank_choice_is_called_missing_not_wrong(signed_in: Visitor, api: FakeCustomerApi) -> None:
    api.refuse("POST", "company", ProblemCode.VALIDATION_FAILED, {"legal_form": ("invalid", "Nieprawidłowa wartość.")})
    signed_in.get("/company/new")
    signed_in.post("/company/new", {**TYPED, "legal_form": ""})
    assert "Forma prawna : To pole jest wymagane." in signed_in.page.text
    assert "Nieprawidłowa wartość." not in signed_in.page.text


def test_a_page_that_looks_for_changes_stays_when_there_are_none(signed_in: Visitor, api: FakeCustomerApi) -> None:
    api.answer("GET", "company", company(CompanyState.PENDING_VERIFICATION))
    path = next(part for part in signed_in.get("/company").text.split('"') if part.startswith("/company?seen="))
    assert signed_in.get(path, **{"HX-Request": "true"}).status_code == 204
    api.answer("GET", "company", company(CompanyState.APPROVED, version=4))
    assert "Zaakceptowano" in signed_in.get(path, **{"HX-Request": "true"}).text


def test_an_account_without_a_company_is_led_home(signed_in: Visitor, api: FakeCustomerApi) -> None:
    api.refuse("GET", "company", ProblemCode.NO_COMPANY)
    assert signed_in.get("/company").headers["Location"] == "/home"


def test_the_road_says_since_when_each_step_is_done_or_waits(signed_in: Visitor, api: FakeCustomerApi) -> None:
    day = timedelta(days=1)
    extract = document(DocumentKind.REGISTRY_EXTRACT, DocumentState.READY)
    extract = extract.model_copy(update={"uploaded_at": NOW - 5 * day})
    case = company(CompanyState.AWAITING_AUTHORIZATION, ("document:authorization",))
    case = case.model_copy(update={"created_at": NOW - 9 * day})
    api.answer("GET", "company", case)
    api.answer("GET", "company/documents", documents(extract))
    signed_in.get("/company")
    assert "Dane firmy Gotowe · 15 listopada 2026" in signed_in.page.text
    assert "Dokumenty rejestrowe Gotowe · 19 listopada 2026" in signed_in.page.text
    steps = {step.name: step for step in road(case, [extract])}
    assert steps[StepName.AUTHORIZATION].since == NOW - 5 * day
    assert steps[StepName.SUBMISSION].since is None
