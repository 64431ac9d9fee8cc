# SPDX-License-Identifier: AGPL-3.0-or-later
"""A company at a glance: what the administration menu shows of it, and to whom (S19)."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from tests.support.team import activated, employee, invite, sign_in
from tests.support.world import Customer, World, expect

PLACE = {"kind": "delivery", "street": "ul. Długa", "building": "7", "postal_code": "00-002", "city": "Warszawa"}


@pytest.fixture
def jan(world: World) -> Customer:
    """The administrator of an active company."""
    return activated(world)


def overview(who: Customer) -> Any:
    """Give the company as one person sees it."""
    return expect(who.call("GET", "customer/company/overview"), 200)


def test_everything_of_a_company_is_counted_in_one_answer(world: World, jan: Customer) -> None:
    employee(world, jan, "ewa@firma.test", "OR")
    employee(world, jan, "ola@firma.test")
    invite(jan, "iga@firma.test")
    world.clock.advance(timedelta(days=60))
    jan = sign_in(world, jan.email)
    invite(jan, "jan.nowy@firma.test")
    for _ in range(2):
        expect(jan.call("POST", "customer/company/addresses", json=PLACE), 201)
    seen = overview(jan)
    assert seen["people"] == {"total": 5, "waiting": 1, "expired": 1, "idle": 1}
    assert seen["addresses"] == {"total": 2, "doubled": 1}
    assert seen["company"] == jan.company()
    assert seen["me"] == expect(jan.call("GET", "customer/me"), 200)
    assert seen["changes"] == expect(jan.call("GET", "customer/company/administrator-changes"), 200)


def test_each_part_is_shown_to_those_who_may_read_it(world: World, jan: Customer) -> None:
    ewa, _ = employee(world, jan, "ewa@firma.test", "US")
    ola, ola_id = employee(world, jan, "ola@firma.test", "OR")

    def parts(who: Customer) -> set[str]:
        return {name for name, part in overview(who).items() if part is not None}

    assert parts(jan) == {"me", "company", "people", "addresses", "changes"}
    assert parts(ewa) == {"me", "people", "addresses"}
    assert parts(ola) == {"me", "addresses"}
    expect(jan.call("PATCH", f"customer/company/employees/{ola_id}", json={"blocked": True}), 200)
    assert parts(ola) == {"me"}
    expect(world.customer().call("GET", "customer/company/overview"), 404, "no_company")


def test_a_company_comes_with_its_documents_to_its_administrator(world: World, jan: Customer) -> None:
    case = expect(jan.call("GET", "customer/company/case"), 200)
    assert case["company"] == jan.company()
    assert case["documents"] == expect(jan.call("GET", "customer/company/documents"), 200)


def test_the_page_of_the_administrator_comes_in_one_answer(world: World, jan: Customer) -> None:
    ewa, ewa_id = employee(world, jan, "ewa@firma.test", "US")
    _, ola_id = employee(world, jan, "ola@firma.test", "OR")
    expect(jan.call("PATCH", f"customer/company/employees/{ola_id}", json={"blocked": True}), 200)
    seen = expect(jan.call("GET", "customer/company/administrator"), 200)
    assert seen["me"] == expect(jan.call("GET", "customer/me"), 200)
    assert seen["changes"] == expect(jan.call("GET", "customer/company/administrator-changes"), 200)
    assert [one["id"] for one in seen["people"]["items"]] == [ewa_id]  # neither who is it nor who is blocked
    assert {sheet["kind"] for sheet in seen["sheets"]["items"]} == {"authorization"}
    expect(ewa.call("GET", "customer/company/administrator"), 403, "not_administrator")
    expect(jan.call("POST", "customer/company/departure", json={"blocks_company": True}), 204)
    orphaned = expect(ewa.call("GET", "customer/company/administrator"), 200)
    assert (orphaned["people"], orphaned["sheets"]) == (None, None)
    assert orphaned["changes"]["may_request"] is True
