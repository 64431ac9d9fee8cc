# SPDX-License-Identifier: AGPL-3.0-or-later
from __future__ import annotations

import json
import re

import pytest
from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po

from reviewer_app.resources import resource_path
from tests.fakes.customer_api import FakeCustomerApi
from tests.unit.portal.conftest import Visitor

_PLACEHOLDER = re.compile(r"%\(\w+\)s")


def _wanted() -> set[str | tuple[str, ...]]:
    found = extract_from_dir(
        str(resource_path("portal", "templates")), [("**.html", "jinja2")], {"**.html": {"trimmed": "true"}}
    )
    return {message for _file, _line, message, _comments, _context in found}


def _polish() -> Catalog:
    with resource_path("portal", "locale", "pl.po").open("rb") as source:
        return read_po(source, locale="pl")


def _all(text: object) -> tuple[object, ...]:
    return tuple(text) if isinstance(text, (list, tuple)) else (text,)


def test_every_text_has_its_polish_one_and_none_is_left_over() -> None:
    present = {message.id for message in _polish() if message.id}
    wanted = _wanted()
    assert wanted - present == set()
    assert present - wanted == set()


def test_no_translation_is_empty_doubtful_or_breaks_its_placeholders() -> None:
    for message in _polish():
        if not message.id:
            continue
        translations = [str(text) for text in _all(message.string)]
        assert not message.fuzzy, message.id
        assert all(translations), message.id
        original = str(_all(message.id)[0])
        for translation in translations:
            assert sorted(_PLACEHOLDER.findall(translation)) == sorted(_PLACEHOLDER.findall(original)), message.id


@pytest.mark.parametrize(
    ("accepted", "language"),
    [
        ("", "pl"),
        ("en-GB,en;q=0.9", "en"),
        ("de,en;q=0.8,pl;q=0.9", "pl"),
        ("fr", "pl"),
        ("en;q=broken", "pl"),
    ],
)
def test_the_browser_s_language_is_followed(visitor: Visitor, accepted: str, language: str) -> None:
    visitor.get("/", **{"Accept-Language": accepted})
    assert visitor.page.language == language


def test_the_chosen_language_stays_and_goes_to_the_api(visitor: Visitor, api: FakeCustomerApi) -> None:
    visitor.get("/register")
    answer = visitor.post("/language", {"language": "en", "back": "/register"})
    assert answer.headers["Location"] == "/register"
    visitor.get("/register", **{"Accept-Language": "pl"})
    assert visitor.page.language == "en"
    assert "Enter your own data" in visitor.page.text
    assert api.requests[-1].headers["Accept-Language"] == "en"


def test_a_signed_in_person_s_choice_is_kept_in_the_account(visitor: Visitor, api: FakeCustomerApi) -> None:
    visitor.sign_in()
    visitor.get("/company/new")
    visitor.post("/language", {"language": "en", "back": "//evil.test"})
    assert (api.requests[-1].method, json.loads(api.bodies[-1])) == ("PATCH", {"language": "en"})
    visitor.get("/company/new")
    assert "Add company" in visitor.page.text


def test_a_choice_that_is_sent_along_with_a_form_is_kept_in_the_account_too(
    visitor: Visitor, api: FakeCustomerApi
) -> None:
    visitor.sign_in()
    visitor.get("/company/new")
    switched = visitor.post("/company/new?language=en", {"name": "Żółw", "refused": "{}"})
    assert (switched.status_code, visitor.page.language, visitor.page.fields["name"]) == (200, "en", "Żółw")
    assert (api.requests[-1].method, json.loads(api.bodies[-1])) == ("PATCH", {"language": "en"})
    visitor.get("/company/new?language=pl")
    assert visitor.page.language == "en"
