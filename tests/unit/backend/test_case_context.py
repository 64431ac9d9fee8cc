# SPDX-License-Identifier: AGPL-3.0-or-later
"""A case beside its past and beside other companies; notes that name a colleague; holds that end by themselves."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from tests.support.numbers import NIPS
from tests.support.world import World, expect, pdf


def test_a_later_round_says_what_the_customer_changed(world: World) -> None:
    anna, jan = world.staff(), world.customer()
    company_id = jan.submitted()
    expect(anna.decide(company_id, anna.correction(company_id, anna.claim(company_id))), 201)
    seat = {**jan.company()["seat"], "street": "ul. Krzywa"}
    expect(jan.change(phone="+48 22 999 00 11", seat=seat), 200)
    expect(jan.upload("authorization"), 201)
    expect(jan.submit(), 200)
    items = expect(anna.call("GET", f"staff/companies/{company_id}/submissions"), 200)["items"]
    assert [(item["round"], len(item["changes"])) for item in items] == [(1, 0), (2, 2)]
    changes = {change["field"]: (change["before"], change["after"]) for change in items[1]["changes"]}
    assert changes["phone"] == ("+48 22 123 45 67", "+48 22 999 00 11")
    assert "ul. Prosta" in changes["seat"][0]
    assert "ul. Krzywa" in changes["seat"][1]


def test_what_other_companies_have_in_common_is_named_with_how_they_ended(world: World) -> None:
    anna = world.staff()
    same = pdf("the very same scan")
    first, second, third = world.customer(), world.customer(), world.customer(phone="+48 600 300 400")
    ids = []
    for number, who in enumerate((first, second)):
        who.create(
            nip=NIPS[number], krs=f"000999000{number}", regon=None if number else "990000217", email=f"{number}@x.test"
        )
        if number:
            expect(who.change(regon="990000341"), 200)
        expect(who.upload("registry_extract", same), 201)
        expect(who.upload("authorization"), 201)
        ids.append(expect(who.submit(), 200)["id"])
    other: dict[str, Any] = {
        "name": "Inna",
        "nip": NIPS[2],
        "krs": "0009990002",
        "regon": "990000476",
        "email": "i@x.test",
    }
    elsewhere = {"street": "ul. Daleka", "building": "9", "unit": "3", "postal_code": "80-001", "city": "Gdańsk"}
    third.submitted(**other, phone="+48 58 100 20 30", seat=elsewhere)
    anna.approve(ids[0])
    items = expect(anna.call("GET", f"staff/companies/{ids[1]}/sightings"), 200)["items"]
    found = {(item["kind"], item["company_id"]) for item in items}
    assert {("file", ids[0]), ("address", ids[0]), ("contact", ids[0])} <= found
    of_first = next(item for item in items if item["company_id"] == ids[0])
    assert (of_first["state"], of_first["outcome"]) == ("approved", "approve")
    kinds_of_inna = {item["kind"] for item in items if item["name"] == "Inna"}
    assert "signatory" in kinds_of_inna
    assert not kinds_of_inna & {"address", "contact", "number", "bank_account"}


def test_a_colleague_who_is_named_in_a_note_finds_it_in_the_queue(world: World) -> None:
    anna, piotr, ewa = world.staff(), world.staff("piotr"), world.staff("ewa")
    company_id = world.customer().submitted()
    for who in (piotr, ewa):
        expect(who.call("PUT", f"staff/companies/{company_id}/look"), 204)
    expect(anna.post(f"companies/{company_id}/notes", {"text": "Zerknij, @Piotr: pieczęć?"}), 204)
    assert piotr.queue()[0]["news"] == ["mentioned"]
    assert ewa.queue()[0]["news"] == ["note_added"]


def test_a_hold_ends_by_itself_and_everybody_hears_of_it(world: World) -> None:
    anna = world.staff()
    company_id = world.customer().submitted()
    anna.checked(company_id)
    until = (world.clock.now() + timedelta(hours=1)).isoformat()
    match = {"If-Match": f'"{anna.detail(company_id)["version"]}"'}
    expect(anna.post(f"companies/{company_id}/hold", {"reason": "czekam", "until": until}, **match), 200)
    assert world.backend.waking.wake_due() == 0
    world.clock.advance(timedelta(hours=2))
    world.sign_in(anna)
    assert world.backend.waking.wake_due() == 1
    history = expect(anna.call("GET", f"staff/companies/{company_id}/history"), 200)["items"]
    assert (history[-1]["kind"], history[-1]["actor"]) == ("hold_ended", "system")
    assert anna.queue()[0]["flags"] == []
