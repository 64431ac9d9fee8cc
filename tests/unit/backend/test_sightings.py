# SPDX-License-Identifier: AGPL-3.0-or-later
"""Seen before: what counts as the same, across ways of writing, and that each question is answered by an index."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import Engine, event

from reviewer_app.backend.authorizations.tables import Sheet
from reviewer_app.backend.companies.tables import Company, seat_key_of
from reviewer_app.backend.kit.contacts import person_key, phone_key
from tests.support.numbers import NIPS
from tests.support.world import World, expect, pdf

ACCOUNT = "61109010140000071219812874"
SEAT = {"street": "ul. Łączna", "building": "7A", "unit": "12", "postal_code": "30-001", "city": "Kraków"}
EARLIER: dict[str, Any] = {
    "nip": NIPS[1],
    "regon": "990000341",
    "krs": "0009990009",
    "name": "Wcześniejsza S.A.",
    "phone": "+48 12 345 67 89",
    "email": "biuro@wczesniejsza.test",
    "seat": SEAT,
    "bank_account": ACCOUNT,
}
PERSON = {"first_name": "Łucja", "last_name": "Żak-Nowa", "phone": "+48 501 502 503"}
MAIL = "lucja@wczesniejsza.test"


def earlier(world: World) -> str:
    """Reject a company that has nothing in common with what the world's other customers declare."""
    anna = world.staff()
    customer = world.customer(MAIL, **PERSON)
    customer.create(**EARLIER)
    expect(customer.upload("registry_extract", pdf("of the earlier one")), 201)
    expect(customer.upload("authorization", pdf("sheet of the earlier one")), 201)
    company_id: str = expect(customer.submit(), 200)["id"]
    reasons = [{"code": "other", "note": "Nie współpracujemy."}]
    verdict = {"outcome": "reject", "lease_token": anna.claim(company_id), "documents": [], "reasons": reasons}
    expect(anna.decide(company_id, verdict), 201)
    return company_id


def seen(world: World, company_id: str) -> list[dict[str, Any]]:
    items: list[dict[str, Any]] = expect(world.staff().call("GET", f"staff/companies/{company_id}/sightings"), 200)[
        "items"
    ]
    return items


WRITTEN: tuple[tuple[dict[str, Any], dict[str, str], tuple[str, str]], ...] = (
    ({"nip": NIPS[1]}, {}, ("number", NIPS[1])),
    ({"regon": "990000341"}, {}, ("number", "990000341")),
    ({"krs": "0009990009"}, {}, ("number", "0009990009")),
    ({"bank_account": f"PL{ACCOUNT}"}, {}, ("bank_account", ACCOUNT)),
    ({"phone": "(12) 345-67-89 wew. 4"}, {}, ("contact", "(12) 345-67-89 wew. 4")),
    ({"phone": "0048 501502503"}, {}, ("contact", "0048 501502503")),
    ({"email": "BIURO@wczesniejsza.test"}, {}, ("contact", "BIURO@wczesniejsza.test")),
    ({"email": MAIL}, {}, ("contact", MAIL)),
    ({}, {"phone": "12 3456789"}, ("contact", "12 3456789")),
    ({}, {"phone": "501-502-503"}, ("contact", "501-502-503")),
    ({}, {"first_name": "LUCJA", "last_name": "Zak Nowa"}, ("signatory", "LUCJA Zak Nowa")),
    (
        {
            "seat": {
                "street": "LACZNA",
                "building": "7 a",
                "unit": "lok. 12",
                "postal_code": "30-001",
                "city": "Krakow",
            }
        },
        {},
        ("address", "LACZNA, 7 a, lok. 12, 30-001, Krakow"),
    ),
    (
        {"seat": {"street": "Łączna", "building": "7A/12", "postal_code": "30001", "city": "KRAKÓW"}},
        {},
        ("address", "Łączna, 7A/12, 30-001, KRAKÓW"),
    ),
)
"""What another company declares, who its administrator is, and what it has in common with the earlier one."""


def test_the_same_is_found_however_it_is_written_with_how_the_other_case_ended(world: World) -> None:
    began, company_id, ended = world.clock.now(), earlier(world), world.clock.now()
    for declared, person, (kind, value) in WRITTEN:
        customer = world.customer(**person)
        customer.create(**{"email": "inna@firma.test", "phone": "+48 22 700 80 90", **declared})
        own = customer.company()["id"]
        (item,) = [one for one in seen(world, own) if one["company_id"] == company_id]
        assert (item["kind"], item["value"]) == (kind, value)
        assert (item["name"], item["nip"]) == ("Wcześniejsza S.A.", NIPS[1])
        assert (item["state"], item["outcome"]) == ("rejected", "reject")
        assert began < datetime.fromisoformat(item["decided_at"]) < ended


def test_a_case_with_nothing_in_common_has_no_sightings(world: World) -> None:
    earlier(world)
    assert seen(world, world.customer().submitted()) == []


def test_whoever_an_authorization_once_named_is_a_person_of_the_company(world: World) -> None:
    """A company that lost its administrator is still found by that person."""
    company_id = earlier(world)
    namesake = world.customer(first_name="lucja", last_name="ŻAK-NOWA").submitted()
    with world.backend.parts.database.write() as session:
        company = session.get_one(Company, company_id)
        numbered = {"number": "UP-1", "variant": "both", "digest": "d", "data_version": 1, "made_at": world.clock.now()}
        session.add(Sheet(company_id=company_id, administrator_id=company.administrator_id, **numbered))
        company.administrator_id = None
    assert [(one["kind"], one["company_id"]) for one in seen(world, namesake)] == [("signatory", company_id)]
    back = [(one["kind"], one["company_id"]) for one in seen(world, company_id)]
    assert back == [("signatory", namesake)]


@pytest.fixture
def statements() -> Iterator[list[tuple[str, Any]]]:
    told: list[tuple[str, Any]] = []

    def note(_connection: Any, _cursor: Any, statement: str, parameters: Any, _context: Any, _many: bool) -> None:
        told.append((statement, parameters))

    event.listen(Engine, "before_cursor_execute", note)
    yield told
    event.remove(Engine, "before_cursor_execute", note)


def test_no_question_reads_a_whole_table(world: World, statements: list[tuple[str, Any]]) -> None:
    if not world.backend.parts.database.is_sqlite:
        return  # PostgreSQL rightly reads the whole of so small a table
    earlier(world)
    company_id = world.customer(**{**PERSON, "phone": "+48 501 502 503"}).submitted(
        **{**EARLIER, "email": MAIL, "name": "Późniejsza S.A."}
    )
    statements.clear()
    assert {one["kind"] for one in seen(world, company_id)} == {
        "number",
        "signatory",
        "address",
        "contact",
        "bank_account",
    }
    asked = [one for one in statements if one[0].lstrip().startswith("SELECT")]
    assert len(asked) > 10
    with world.backend.parts.database.connect() as connection:
        for statement, parameters in asked:
            plan = connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", parameters).all()
            for table in ("companies", "users", "documents", "decisions", "authorization_sheets"):
                assert not [row for row in plan if str(row[-1]) == f"SCAN {table}"], statement


@given(st.text("0123456789", min_size=9, max_size=9).filter(lambda digits: not digits.startswith("0")), st.data())
def test_a_polish_phone_is_the_same_with_prefix_separators_and_extension(digits: str, data: st.DataObject) -> None:
    prefix = data.draw(st.sampled_from(["", "+48 ", "0048", "48-", "0"]))
    extension = data.draw(st.sampled_from(["", " wew. 12", " ext 3"]))
    separator = data.draw(st.sampled_from(["", " ", "-", "."]))
    assert phone_key(prefix + separator.join(digits) + extension) == digits


@given(st.text("aąbcćeężź", min_size=1, max_size=8), st.text("aąbcćeężź", min_size=1, max_size=8))
def test_a_person_is_the_same_in_capitals_and_with_a_hyphen(first: str, last: str) -> None:
    assert person_key(first.upper(), f"{last}-{last}") == person_key(first, f"{last} {last}".upper())


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ({**SEAT, "unit": "1", "building": "2"}, {**SEAT, "unit": "", "building": "12"}),
        ({**SEAT, "street": "Łączna"}, {**SEAT, "street": "Łącznikowa"}),
        (SEAT, {**SEAT, "postal_code": "30-002"}),
        (SEAT, {**SEAT, "unit": "13"}),
        ({**SEAT, "street": "", "city": "Dół"}, {**SEAT, "street": "", "city": "Góra"}),
    ],
)
def test_another_place_is_another_place(one: dict[str, str], other: dict[str, str]) -> None:
    assert seat_key_of(one) != seat_key_of(other)
