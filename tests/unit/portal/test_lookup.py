# SPDX-License-Identifier: AGPL-3.0-or-later
from __future__ import annotations

import json
from datetime import UTC, datetime

import pytest

from reviewer_app.contract.problems import ProblemCode
from reviewer_app.contract.registers import (
    AskedRegister,
    CompanyLookup,
    FoundValue,
    LookupOffer,
    LookupOutcome,
    Register,
)
from reviewer_app.contract.states import CompanyState
from tests.fakes.customer_api import FakeCustomerApi, company
from tests.unit.portal.conftest import Visitor

AT = datetime(2026, 11, 24, 9, 30, tzinfo=UTC)
FOUND = {
    "name": "ŻÓŁW I SYN SPÓŁKA Z O.O.",
    "legal_form": "sp_zoo",
    "regon": "990000217",
    "krs": "0009990001",
    "seat.street": "ul. Prosta",
    "seat.building": "67",
    "seat.unit": "4",
    "seat.postal_code": "00-838",
    "seat.city": "Warszawa",
}


def answer(outcome: LookupOutcome = LookupOutcome.FOUND, said: str = "Znaleźliśmy dane tej firmy.") -> CompanyLookup:
    found = outcome is LookupOutcome.FOUND
    asked = AskedRegister(register_name=Register.KRS, outcome=outcome, text="znaleziono", request_id=None, asked_at=AT)
    values = tuple(
        FoundValue(field=field, value=value, register_name=Register.KRS) for field, value in FOUND.items() if found
    )
    return CompanyLookup(nip="9990000184", outcome=outcome, message=said, values=values, asked=(asked,))


@pytest.fixture
def form(visitor: Visitor, api: FakeCustomerApi) -> Visitor:
    """The form of a new company where data can be fetched."""
    visitor.sign_in()
    api.answer("GET", "company/lookup", LookupOffer(registers=(Register.VAT, Register.KRS)))
    api.answer("POST", "company/lookup", answer())
    visitor.get("/company/new")
    return visitor


def fields(form: Visitor) -> dict[str, str]:
    """What the form sends; the switch of the language has fields of its own."""
    return {name: value for name, value in form.page.fields.items() if name not in {"refused", "back"}}


def test_without_a_register_there_is_no_button(visitor: Visitor, api: FakeCustomerApi) -> None:
    visitor.sign_in()
    for offer in (LookupOffer(registers=()), None):
        if offer is not None:
            api.answer("GET", "company/lookup", offer)
        else:
            api.refuse("GET", "company/lookup", ProblemCode.UNAVAILABLE)
        html = visitor.get("/company/new").text
        assert "/company/new/lookup" not in html
        assert html.count('id="nip"') == 1


def test_an_empty_form_is_filled_in_with_its_sources(form: Visitor, api: FakeCustomerApi) -> None:
    page = form.post("/company/new/lookup", {"nip": "999-000-01-84", "krs": "", "lookup": "yes"})
    assert page.status_code == 200
    assert json.loads(api.bodies[-1]) == {"nip": "999-000-01-84"}
    assert {name: form.page.fields[name] for name in FOUND if name != "legal_form"} == {
        name: value for name, value in FOUND.items() if name != "legal_form"
    }
    assert '<option value="sp_zoo" data-krs="required" selected>' in page.text
    assert form.page.fields["nip"] == "999-000-01-84"
    assert "Znaleźliśmy dane tej firmy." in form.page.text
    assert form.page.text.count("Źródło: KRS, 24 listopada 2026, 10:30") == 5  # four fields and the seat
    assert page.text.count('id="nip"') == 1


def test_what_was_typed_stays_until_it_is_taken_over(form: Visitor) -> None:
    typed = {"nip": "9990000184", "name": "Moja nazwa", "seat.city": "Kraków", "legal_form": "", "lookup": "yes"}
    page = form.post("/company/new/lookup", typed)
    assert form.page.fields["name"] == "Moja nazwa"
    assert (form.page.fields["seat.city"], form.page.fields["seat.street"]) == ("Kraków", "")
    assert form.page.fields["regon"] == FOUND["regon"]
    assert "W rejestrze: ŻÓŁW I SYN SPÓŁKA Z O.O. , KRS, 24 listopada" in form.page.text
    assert "W rejestrze: ul. Prosta 67/4, 00-838 Warszawa , KRS" in form.page.text
    assert 'name="take" value="name"' in page.text
    page = form.post("/company/new/take", {**fields(form), "take": "name"})
    assert form.page.fields["name"] == FOUND["name"]
    assert form.page.fields["seat.city"] == "Kraków"
    assert 'name="take" value="name"' not in page.text
    page = form.post("/company/new/take", {**fields(form), "take": "seat", "legal_form": "sp_zoo"})
    assert {part: form.page.fields[part] for part in FOUND if part.startswith("seat.")} == {
        part: value for part, value in FOUND.items() if part.startswith("seat.")
    }
    assert 'name="take"' not in page.text


def test_what_is_changed_afterwards_stays_and_is_what_is_sent(form: Visitor, api: FakeCustomerApi) -> None:
    form.post("/company/new/lookup", {"nip": "9990000184", "lookup": "yes"})
    changed = {**fields(form), "legal_form": "sp_zoo", "name": "Poprawiona", "phone": "x"}
    api.refuse("POST", "company", ProblemCode.VALIDATION_FAILED, {"phone": ("wrong_format", "To nie jest numer.")})
    form.post("/company/new", changed)
    assert form.page.fields["name"] == "Poprawiona"
    assert "W rejestrze: ŻÓŁW I SYN" in form.page.text
    assert form.page.text.count("Źródło: KRS") == 4
    api.answer("POST", "company", company(CompanyState.COLLECTING), status=201)
    sent = form.post("/company/new", {**fields(form), "legal_form": "sp_zoo", "phone": "22 100 20 30"})
    assert sent.headers["Location"] == "/company/documents"
    body = json.loads(api.bodies[-1])
    assert (body["name"], body["seat"]["postal_code"]) == ("Poprawiona", "00-838")
    assert not any("found" in name or "source" in name or name == "lookup" for name in body)


@pytest.mark.parametrize(
    ("outcome", "said"),
    [
        (LookupOutcome.NOT_FOUND, "W rejestrach nie ma firmy o tym numerze NIP."),
        (LookupOutcome.STRUCK_OFF, "Według rejestru ten podmiot został wykreślony."),
        (LookupOutcome.UNAVAILABLE, "Nie udało się teraz pobrać danych z rejestru."),
    ],
)
def test_what_cannot_be_fetched_is_said_and_can_be_typed(
    form: Visitor, api: FakeCustomerApi, outcome: LookupOutcome, said: str
) -> None:
    api.answer("POST", "company/lookup", answer(outcome, said))
    form.post("/company/new/lookup", {"nip": "9990000184", "name": "Moja nazwa", "lookup": "yes"})
    assert said in form.page.text
    assert form.page.fields["name"] == "Moja nazwa"
    assert "Źródło:" not in form.page.text


def test_a_wrong_number_stands_at_its_field(form: Visitor, api: FakeCustomerApi) -> None:
    api.refuse("POST", "company/lookup", ProblemCode.VALIDATION_FAILED, {"nip": ("wrong_checksum", "NIP jest błędny.")})
    page = form.post("/company/new/lookup", {"nip": "9990000185", "name": "Moja nazwa", "lookup": "yes"})
    assert page.status_code == 422
    assert 'id="nip-error"' in page.text
    assert form.page.fields["name"] == "Moja nazwa"
    assert "/company/new/lookup" in page.text


def test_too_many_questions_and_a_server_that_is_gone_lose_nothing(form: Visitor, api: FakeCustomerApi) -> None:
    api.refuse("POST", "company/lookup", ProblemCode.TOO_MANY_ATTEMPTS, seconds=20)
    assert form.post("/company/new/lookup", {"nip": "9990000184", "name": "Moja", "lookup": "yes"}).status_code == 429
    assert form.page.fields["name"] == "Moja"
    api.gone = True
    assert form.post("/company/new/lookup", {"nip": "9990000184", "name": "Moja", "lookup": "yes"}).status_code == 503
    assert form.page.fields["name"] == "Moja"


def test_what_a_form_claims_of_registers_is_only_shown_never_run(form: Visitor) -> None:
    claimed = {"found.name": "<script>x</script>", "source.name": "krs 2026-11-24T09:30:00Z", "source.krs": "nobody x"}
    page = form.post("/company/new/take", {"nip": "1", "lookup": "yes", "take": "phone", **claimed})
    assert page.status_code == 200
    assert "<script>x" not in page.text
    assert form.page.inline == []


def test_another_language_keeps_what_was_fetched_and_typed(form: Visitor) -> None:
    form.post("/company/new/lookup", {"nip": "9990000184", "name": "Moja nazwa", "lookup": "yes"})
    page = form.post("/company/new/take?language=en", {**fields(form), "legal_form": "sp_zoo"})
    assert form.page.language == "en"
    assert form.page.fields["name"] == "Moja nazwa"
    assert "In the register: ŻÓŁW I SYN" in form.page.text
    assert page.text.count('formaction="/company/new/take?language=') == 2
    assert form.get("/company/new/lookup").headers["Location"] == "/company/new"
