# SPDX-License-Identifier: AGPL-3.0-or-later
from __future__ import annotations

import re

import pytest

from reviewer_app.contract.identifiers import PARSERS, IdentifierError
from reviewer_app.contract.problems import FIELD_PROBLEMS, PROBLEMS, ProblemCode
from reviewer_app.contract.text import Language, Text
from reviewer_app.portal.rewording import reworded
from tests.fakes.customer_api import FakeCustomerApi
from tests.unit.portal.conftest import Visitor

_TEXTS = [kind.text for kind in PROBLEMS.values()] + list(FIELD_PROBLEMS.values())


def _filled(text: Text) -> Text:
    names = re.findall(r"{(\w+)}", text.pl)
    return text.format(**{name: f"{at}7 ż" for at, name in enumerate(names)})


@pytest.mark.parametrize("text", _TEXTS, ids=lambda text: text.en[:40])
def test_every_message_of_the_api_is_found_in_the_other_language(text: Text) -> None:
    filled = _filled(text)
    assert reworded(filled.pl, Language.ENGLISH) == filled.en
    assert reworded(filled.en, Language.POLISH) == filled.pl
    assert reworded(filled.en, Language.ENGLISH) == filled.en


@pytest.mark.parametrize("field", PARSERS)
def test_what_is_wrong_with_a_number_is_found_by_looking_at_it_again(field: str) -> None:
    for typed in ("abc", "1"):
        with pytest.raises(IdentifierError) as refused:
            PARSERS[field](typed)
        text = refused.value.text
        assert reworded(text.pl, Language.ENGLISH, field=field, value=typed) == text.en


def test_what_nobody_knows_stays_as_it_was_said() -> None:
    assert reworded("Coś innego.", Language.ENGLISH, field="nip", value="9990000184") == "Coś innego."


def test_another_language_shows_the_refused_form_again_and_does_nothing(visitor: Visitor, api: FakeCustomerApi) -> None:
    errors = {
        "phone": ("wrong_format", "Nieprawidłowy format."),
        "email": ("too_long", "Wpis jest za długi: najwyżej 200 znaków."),
    }
    api.refuse("POST", "registrations", ProblemCode.VALIDATION_FAILED, errors)
    visitor.get("/register")
    visitor.post("/register", {"first_name": "Anna <b>", "phone": "abc", "password": "tajne-haslo-123"})
    assert "tajne-haslo-123" not in visitor.page.html
    carried = {name: value for name, value in visitor.page.fields.items() if name != "password"}
    sent = len(api.bodies)
    answer = visitor.post("/register?language=en", {**carried, "first_name": "Anna <i>"})
    assert answer.status_code == 422
    assert visitor.page.language == "en"
    assert "Wrong format." in visitor.page.text
    assert "Too long: at most 200 characters." in visitor.page.text
    assert "Some data is wrong." in visitor.page.text
    assert (visitor.page.fields["first_name"], visitor.page.fields["phone"]) == ("Anna <i>", "abc")
    assert [request.method for request in api.requests[sent:]] == []
    visitor.get("/register")
    assert visitor.page.language == "en"


@pytest.mark.parametrize("said", ["", "nic", "[]", "{}", '{"message": 1}', '{"errors": "x"}'])
def test_a_carried_form_that_no_page_made_is_shown_and_nothing_more(
    visitor: Visitor, api: FakeCustomerApi, said: str
) -> None:
    visitor.get("/register")
    answer = visitor.post("/register?language=en", {"first_name": "Anna", "refused": said})
    assert answer.status_code == 200
    assert visitor.page.fields["first_name"] == "Anna"
    assert {request.method for request in api.requests} == {"GET"}
