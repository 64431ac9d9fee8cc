# SPDX-License-Identifier: AGPL-3.0-or-later
from __future__ import annotations

import pytest

from reviewer_app.contract.customer import CompletionRequest
from reviewer_app.contract.problems import ProblemCode
from reviewer_app.contract.states import CompanyState
from tests.fakes.customer_api import FakeCustomerApi, company, completion
from tests.unit.portal.conftest import Visitor

PATH = "/finish/secret"


@pytest.fixture
def finishing(visitor: Visitor, api: FakeCustomerApi) -> Visitor:
    api.answer("GET", "completions/secret", completion())
    visitor.get(PATH)
    return visitor


def test_the_page_shows_what_to_check_and_the_two_choices(finishing: Visitor) -> None:
    text = finishing.page.text
    assert "ul. Prosta 67/4, 00-838 Warszawa" in text
    assert "wykonaj poniższe operacje…" in text
    assert "Wyczyść konto firmy…" in text
    assert finishing.page.fields["einvoice.email"] == "biuro@firma.test"


def test_going_on_sends_both_terms_and_the_choice_of_invoices(finishing: Visitor, api: FakeCustomerApi) -> None:
    api.answer("POST", "completions/secret", company(CompanyState.ACTIVE))
    accepted = {"owh_version": "yes", "terms_version": "yes", "owh_shown": "1", "terms_shown": "1"}
    answer = finishing.post(
        PATH, {"choice": "proceed", "einvoice": "yes", "einvoice.email": "f@firma.test", **accepted}
    )
    assert answer.headers["Location"] == "/finished/active"
    sent = CompletionRequest.model_validate_json(api.bodies[-1])
    assert (sent.choice, sent.owh_version, sent.terms_version) == ("proceed", "1", "1")
    assert sent.einvoice is not None
    assert sent.einvoice.email == "f@firma.test"
    finishing.get("/finished/active")
    assert "Firma jest aktywna" in finishing.page.text


def test_terms_not_accepted_are_named(finishing: Visitor, api: FakeCustomerApi) -> None:
    errors = {"owh_version": ("required", "?"), "terms_version": ("required", "?")}
    api.refuse("POST", "completions/secret", ProblemCode.VALIDATION_FAILED, errors)
    answer = finishing.post(PATH, {"choice": "proceed", "einvoice": "yes", "einvoice.email": "f@firma.test"})
    assert answer.status_code == 422
    assert finishing.page.text.count("Ta akceptacja jest wymagana.") == 4
    assert "einvoice" in finishing.page.checked
    assert finishing.page.fields["einvoice.email"] == "f@firma.test"


def test_errors_stand_in_the_order_of_the_page(finishing: Visitor, api: FakeCustomerApi) -> None:
    wrong = dict.fromkeys(("einvoice.email", "terms_version", "owh_version"), ("required", "?"))
    api.refuse("POST", "completions/secret", ProblemCode.VALIDATION_FAILED, wrong)
    shown = list(finishing.page.fields)
    typed = {name: finishing.page.fields[name] for name in shown if name in {"owh_shown", "terms_shown"}}
    assert (
        finishing.post(PATH, {"choice": "proceed", **typed, "einvoice": "yes", "einvoice.email": ""}).status_code == 422
    )
    listed = [one[1:] for one in finishing.page.references if one.startswith("#") and one != "#content"]
    assert listed[:3] == ["owh_version", "terms_version", "einvoice-email"]


def test_clearing_sends_the_name_that_was_typed(finishing: Visitor, api: FakeCustomerApi) -> None:
    api.answer("POST", "completions/secret", company(CompanyState.CLEARED))
    answer = finishing.post(PATH, {"choice": "clear", "confirm_name": "Testowa Hurtownia IT sp. z o.o."})
    assert answer.headers["Location"] == "/finished/cleared"
    sent = CompletionRequest.model_validate_json(api.bodies[-1])
    assert sent.confirm_name == "Testowa Hurtownia IT sp. z o.o."


def test_another_name_clears_nothing_and_is_kept(finishing: Visitor, api: FakeCustomerApi) -> None:
    api.refuse("POST", "completions/secret", ProblemCode.VALIDATION_FAILED, {"confirm_name": ("invalid", "?")})
    assert finishing.post(PATH, {"choice": "clear", "confirm_name": "Inna firma"}).status_code == 422
    assert "To nie jest nazwa tej firmy." in finishing.page.text
    assert finishing.page.fields["confirm_name"] == "Inna firma"


def test_without_a_choice_nothing_is_sent(finishing: Visitor, api: FakeCustomerApi) -> None:
    assert finishing.post(PATH).status_code == 422
    assert "Wybierz jedną z możliwości." in finishing.page.text
    assert all(request.method == "GET" for request in api.requests)


def test_a_used_or_old_link_says_so(visitor: Visitor, api: FakeCustomerApi) -> None:
    for code, said in ((ProblemCode.LINK_USED, "został już wykorzystany"), (ProblemCode.LINK_EXPIRED, "wygasł")):
        api.refuse("GET", "completions/secret", code)
        assert visitor.get(PATH).status_code == 410
        assert said in visitor.page.text


def test_the_server_gone_in_the_middle_loses_no_choice(finishing: Visitor, api: FakeCustomerApi) -> None:
    key = finishing.page.fields["request_key"]
    api.gone = True
    assert finishing.post(PATH, {"choice": "proceed", "einvoice.email": "f@firma.test"}).status_code == 503
    assert finishing.page.fields["einvoice.email"] == "f@firma.test"
    assert finishing.page.fields["request_key"] == key
    assert PATH in finishing.page.references
