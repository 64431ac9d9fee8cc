# SPDX-License-Identifier: AGPL-3.0-or-later
"""The finishing link: shows without using up, works once, ends."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import Any

import pytest

from reviewer_app.contract.permissions import StaffRole
from tests.support.numbers import NIPS
from tests.support.world import PASSWORD, Customer, World, expect

PROCEED: dict[str, Any] = {"choice": "proceed", "owh_version": "1", "terms_version": "1"}


@pytest.fixture
def approved(world: World) -> Customer:
    jan = world.customer()
    world.staff().approve(jan.submitted())
    return jan


def look(world: World, token: str) -> Any:
    return world.client.get(f"/api/v1/customer/completions/{token}")


def finish(world: World, token: str, body: dict[str, Any]) -> Any:
    return world.client.post(f"/api/v1/customer/completions/{token}", json=body)


def test_looking_does_not_use_the_link_up(world: World, approved: Customer) -> None:
    token = world.link("approved", approved.email)
    shown = expect(look(world, token), 200)
    assert expect(look(world, token), 200) == shown
    assert shown["administrator"]["email"] == approved.email
    terms = expect(world.client.get("/api/v1/customer/terms"), 200)
    assert (shown["owh"], shown["terms"]) == (terms["owh"], terms["terms"])
    assert shown["expires_at"] == approved.company()["completion_expires_at"]
    expect(look(world, token + "x"), 404, "link_unknown")


@pytest.mark.parametrize(
    ("changes", "wrong"),
    [
        ({"owh_version": None}, {"owh_version": "required"}),
        ({"owh_version": "0", "terms_version": ""}, {"owh_version": "outdated_version", "terms_version": "required"}),
        ({"einvoice": {"accepted": True}}, {"einvoice.email": "required"}),
        ({"einvoice": {"accepted": True, "email": "faktury"}}, {"einvoice.email": "wrong_format"}),
        ({"choice": "clear", "confirm_name": " "}, {"confirm_name": "required"}),
        ({"choice": "clear", "confirm_name": "Inna"}, {"confirm_name": "invalid"}),
        ({"choice": "later"}, {"choice": "invalid"}),
    ],
)
def test_wrong_answers_leave_the_link_working(
    world: World, approved: Customer, changes: dict[str, Any], wrong: dict[str, str]
) -> None:
    token = world.link("approved", approved.email)
    problem = expect(finish(world, token, {**PROCEED, **changes}), 422, "validation_failed")
    assert {error["field"]: error["code"] for error in problem["errors"]} == wrong
    invoices = {"einvoice": {"accepted": True, "email": "faktury@firma.test"}}
    assert expect(finish(world, token, {**PROCEED, **invoices}), 200)["state"] == "active"


def test_a_link_works_once_even_when_used_twice_at_once(world: World, approved: Customer) -> None:
    token = world.link("approved", approved.email)
    with ThreadPoolExecutor(4) as threads:
        answers = list(threads.map(lambda _: finish(world, token, PROCEED), range(4)))
    assert sorted(answer.status_code for answer in answers) == [200, 410, 410, 410]
    expect(finish(world, token, PROCEED), 410, "link_used")
    expect(look(world, token), 410, "link_used")


def test_a_link_ends_after_a_week_and_can_be_renewed(world: World, approved: Customer) -> None:
    old = world.link("approved", approved.email)
    world.clock.advance(timedelta(days=7))
    expect(look(world, old), 410, "link_expired")
    expect(finish(world, old, PROCEED), 410, "link_expired")
    world.clock.advance(timedelta(days=-7))
    expect(approved.call("POST", "customer/company/completion-link"), 202)
    new = world.link("approved", approved.email)
    assert new != old
    expect(finish(world, old, PROCEED), 410, "link_expired")
    expect(finish(world, new, PROCEED), 200)
    expect(approved.call("POST", "customer/company/completion-link"), 409, "invalid_transition")


def test_a_link_that_went_to_a_former_address_ends_and_the_new_address_gets_one(
    world: World, approved: Customer
) -> None:
    old, new = approved.email, "nowy.adres@firma.test"
    token = world.link("approved", old)
    expect(approved.call("POST", "customer/me/email-change", json={"email": new, "password": PASSWORD}), 202)
    change = {"token": world.link("email_change", new)}
    expect(world.client.post("/api/v1/customer/email-changes", json=change), 204)
    expect(look(world, token), 410, "link_expired")
    expect(finish(world, world.link("approved", new), PROCEED), 200)


def test_clearing_ends_the_company_and_leaves_room_for_a_new_one(world: World, approved: Customer) -> None:
    token = world.link("approved", approved.email)
    name = approved.company()["name"]
    assert expect(finish(world, token, {"choice": "clear", "confirm_name": name}), 200)["state"] == "cleared"
    expect(approved.call("GET", "customer/company"), 404, "no_company")
    cleared = world.staff().queue(state="cleared")
    assert [company["name"] for company in cleared] == [name]
    again = approved.submitted()
    assert again != cleared[0]["id"]
    assert world.staff().detail(again)["flags"] == []
    world.staff().approve(again)


def test_reopening_an_approved_company_ends_its_link(world: World, approved: Customer) -> None:
    token = world.link("approved", approved.email)
    ola = world.staff("ola", StaffRole.SUPERVISOR)
    company = approved.company()
    match = {"If-Match": f'"{company["version"]}"'}
    expect(ola.post(f"companies/{company['id']}/reopen", {"reason": "pomyłka"}, **match), 200)
    expect(finish(world, token, PROCEED), 410, "link_expired")
    assert approved.company()["state"] == "pending_verification"


def test_statistics_count_what_happened(world: World) -> None:
    anna, ola = world.staff(), world.staff("ola", StaffRole.SUPERVISOR)
    first = world.customer().submitted(nip=NIPS[1])
    world.customer().submitted(nip=NIPS[2])
    world.clock.advance(timedelta(minutes=10))
    expect(anna.decide(first, anna.correction(first, anna.claim(first))), 201)
    seen = expect(ola.call("GET", "staff/statistics"), 200)
    assert (seen["received"], seen["decided"], seen["waiting"]) == (2, 1, 1)
    assert seen["outcomes"] == {"request_correction": 1}
    assert seen["reasons"] == {"not_readable": 1}
    assert 600 <= seen["wait_p50_seconds"] <= seen["wait_p90_seconds"] < 660
    assert [(one["person"]["username"], one["decided"]) for one in seen["persons"]] == [("anna", 1)]
    assert expect(anna.call("GET", "staff/statistics"), 200)["persons"] == []
    before = {"from": "2020-01-01", "to": "2020-12-31"}
    assert expect(ola.call("GET", "staff/statistics", params=before), 200)["decided"] == 0
    backwards = {"from": "2021-01-01", "to": "2020-12-31"}
    expect(ola.call("GET", "staff/statistics", params=backwards), 422, "validation_failed")
    catalogue = expect(anna.call("GET", "staff/catalogue"), 200)
    assert (catalogue["terms_version"], len(catalogue["states"])) == ("1", 9)
    assert all(reason["pl"] and reason["en"] for reason in catalogue["reasons"])


def test_clearing_works_without_the_name_that_only_a_page_has_typed(world: World, approved: Customer) -> None:
    token = world.link("approved", approved.email)
    assert expect(finish(world, token, {"choice": "clear"}), 200)["state"] == "cleared"
