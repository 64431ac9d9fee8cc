# SPDX-License-Identifier: AGPL-3.0-or-later
"""The address book (S13) and the areas of the portal (S24)."""

from __future__ import annotations

from typing import Any

import pytest

from reviewer_app.contract.permissions import AREA_PERMISSIONS
from tests.support.numbers import NIPS
from tests.support.team import activated, employee
from tests.support.world import Customer, World, expect

ADDRESSES = "customer/company/addresses"


def address(kind: str = "delivery", **fields: Any) -> dict[str, Any]:
    """Give an address to add."""
    place = {"street": "ul. Prosta", "building": "1", "postal_code": "00-001", "city": "Warszawa"}
    return {"kind": kind, **place, **fields}


def add(who: Customer, kind: str = "delivery", **fields: Any) -> Any:
    return expect(who.call("POST", ADDRESSES, json=address(kind, **fields)), 201)


def book(who: Customer) -> list[Any]:
    items: list[Any] = expect(who.call("GET", ADDRESSES), 200)["items"]
    return items


@pytest.fixture
def jan(world: World) -> Customer:
    """The administrator of a company that is registered."""
    customer = world.customer()
    customer.create()
    return customer


def test_each_kind_has_one_default(jan: Customer) -> None:
    first, second = add(jan), add(jan, city="Kraków")
    invoice = add(jan, "invoice")
    assert [one["is_default"] for one in (first, second, invoice)] == [True, False, True]
    third = add(jan, city="Łódź", is_default=True)
    defaults = {one["id"] for one in book(jan) if one["is_default"]}
    assert defaults == {third["id"], invoice["id"]}
    expect(jan.call("DELETE", f"{ADDRESSES}/{third['id']}"), 204)
    assert {one["id"] for one in book(jan) if one["is_default"]} == {first["id"], invoice["id"]}
    moved = expect(jan.call("PATCH", f"{ADDRESSES}/{first['id']}", json={"kind": "branch"}), 200)
    assert moved["is_default"]
    assert {one["id"] for one in book(jan) if one["is_default"]} == {first["id"], second["id"], invoice["id"]}
    kept = expect(jan.call("PATCH", f"{ADDRESSES}/{second['id']}", json={"is_default": False}), 200)
    assert kept["is_default"]


def test_the_book_counts_numbers_as_people_do(jan: Customer) -> None:
    add(jan, name="Siedziba")
    for name, building in (("Magazyn 10", "1"), ("Magazyn 2", "1"), ("", "10"), ("", "9A"), ("Łódź", "1")):
        add(jan, name=name, building=building)
    found = [f"{one['name']} {one['building']}".strip() for one in book(jan)]
    assert found == ["Siedziba 1", "Łódź 1", "Magazyn 2 1", "Magazyn 10 1", "9A", "10"]


def test_wrong_postal_codes_and_phones_are_refused_at_their_fields(jan: Customer) -> None:
    refused = expect(jan.call("POST", ADDRESSES, json=address(postal_code="0-01", phone="x")), 422, "validation_failed")
    assert {error["field"] for error in refused["errors"]} == {"postal_code", "phone"}
    abroad = add(jan, postal_code="D-10115", city="Berlin", country="de")
    assert abroad["country"] == "DE"
    expect(jan.call("PATCH", f"{ADDRESSES}/{abroad['id']}", json={"country": "PL"}), 422, "validation_failed")
    assert add(jan, postal_code="00001")["postal_code"] == "00-001"


def test_the_same_place_twice_is_taken_and_pointed_out(jan: Customer) -> None:
    first = add(jan)
    again = add(jan, street="Ulica PROSTA")
    assert (first["duplicate_of"], again["duplicate_of"]) == (None, first["id"])
    assert add(jan, "invoice")["duplicate_of"] is None


def test_all_read_and_holders_of_ad_write(world: World, jan: Customer) -> None:
    one = add(jan)["id"]
    ewa, _ = employee(world, jan, "ewa@firma.test", "AD")
    ola, _ = employee(world, jan, "ola@firma.test", "OR", "US", "FI", "RM", "BR", "PRO")
    add(ewa, "branch")
    shown = expect(ola.call("GET", ADDRESSES), 200)
    assert (shown["may_change"], len(shown["items"])) == (False, 2)
    for answer in (
        ola.call("POST", ADDRESSES, json=address()),
        ola.call("PATCH", f"{ADDRESSES}/{one}", json={"city": "Łódź"}),
        ola.call("DELETE", f"{ADDRESSES}/{one}"),
        ola.call("POST", f"{ADDRESSES}/import", json={"csv": "x"}),
    ):
        expect(answer, 403, "permission_missing")
    stranger = world.customer()
    stranger.create(nip=NIPS[1])
    for answer in (
        stranger.call("GET", f"{ADDRESSES}/{one}"),
        stranger.call("PATCH", f"{ADDRESSES}/{one}", json={"city": "Łódź"}),
        stranger.call("DELETE", f"{ADDRESSES}/{one}"),
    ):
        expect(answer, 404, "not_found")
    history = expect(world.staff().call("GET", f"staff/companies/{jan.company()['id']}/history"), 200)
    assert "address_added" in str(history)


def test_an_overtaken_version_is_refused(jan: Customer) -> None:
    one = add(jan)
    path, seen = f"{ADDRESSES}/{one['id']}", {"If-Match": f'"{one["version"]}"'}
    expect(jan.call("PATCH", path, json={"city": "Łódź"}, headers=seen), 200)
    expect(jan.call("PATCH", path, json={"city": "Kraków"}, headers=seen), 412, "stale_version")


def test_addresses_come_from_a_spreadsheet(jan: Customer) -> None:
    table = (
        "Rodzaj,Ulica,Numer budynku,Kod pocztowy,Miejscowość\n"
        "Dostawy,Prosta,1,00-001,Warszawa\n"
        "delivery,ul. Prosta,1,00-001,WARSZAWA\n"
        "Faktury,Prosta,1,1,Warszawa\n"
        "Nic,Prosta,1,00-001,Warszawa\n"
        "Faktury,Prosta,,00-001,Warszawa\n"
    )
    looked = expect(jan.call("POST", f"{ADDRESSES}/import", json={"csv": table, "check_only": True}), 200)
    assert (looked["refused"], book(jan)) == (3, [])
    report = expect(jan.call("POST", f"{ADDRESSES}/import", json={"csv": table}), 200)
    told = [(line["outcome"], [error["field"] for error in line["errors"]]) for line in report["lines"]]
    assert told == [
        ("added", []),
        ("added", []),
        ("refused", ["postal_code"]),
        ("refused", ["kind"]),
        ("refused", ["building"]),
    ]
    assert [bool(line["warnings"]) for line in report["lines"]] == [False, True, False, False, False]


def test_each_area_opens_to_its_permission_alone(world: World) -> None:
    jan = activated(world)
    visitor = world.customer()
    for number, (area, permission) in enumerate(AREA_PERMISSIONS.items()):
        holder, _ = employee(world, jan, f"p{number}@firma.test", permission.value)
        for name in AREA_PERMISSIONS:
            answer = holder.call("GET", f"customer/areas/{name}")
            if name == area:
                assert expect(answer, 200)["permission"] == permission
            else:
                expect(answer, 403, "permission_missing")
        expect(jan.call("GET", f"customer/areas/{area}"), 200)
        expect(visitor.call("GET", f"customer/areas/{area}"), 403, "permission_missing")
    expect(jan.call("GET", "customer/areas/nothing"), 404, "not_found")


def test_areas_stay_closed_while_the_company_is_not_active(world: World, jan: Customer) -> None:
    assert expect(jan.call("GET", "customer/areas/orders"), 403, "company_blocked")["reason"] == "not_active"
