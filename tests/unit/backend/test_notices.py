# SPDX-License-Identifier: AGPL-3.0-or-later
"""What is meant for one member of staff among the acts of all."""

from __future__ import annotations

from typing import Any

import pytest

from reviewer_app.contract.permissions import StaffRole
from tests.support.numbers import NIPS
from tests.support.world import Reviewer, World, expect


def notices(reviewer: Reviewer, since: int | None = None) -> Any:
    query = {} if since is None else {"since": since}
    return expect(reviewer.call("GET", "staff/notices", params=query), 200)


def told(reviewer: Reviewer, since: int) -> list[tuple[str, str, str]]:
    items = notices(reviewer, since)["items"]
    return [(item["kind"], item["company_id"], item["by"]) for item in items]


def test_without_a_place_only_the_place_to_begin_from_is_given(world: World) -> None:
    anna, company_id = world.staff(), world.customer().submitted()
    anna.checked(company_id)  # the history says that too, and would move the place in between
    expect(anna.post(f"companies/{company_id}/notes", {"text": "@anna sama do siebie"}), 204)
    first = notices(anna)
    assert first["items"] == []
    assert notices(anna, first["next"] + 1000) == first
    assert told(anna, 0) == []


def test_a_note_is_told_to_whom_it_names_and_to_nobody_else(world: World) -> None:
    anna, piotr, ewa = world.staff(), world.staff("piotr"), world.staff("ewa")
    company_id = world.customer().submitted()
    place = notices(piotr)["next"]
    expect(anna.post(f"companies/{company_id}/notes", {"text": "@piotr, spójrz. Nie @ewaryst."}), 204)
    assert told(piotr, place) == [("mentioned", company_id, "Anna Lis")]
    assert told(ewa, place) == told(anna, place) == []
    seen = notices(piotr, place)
    assert seen["items"][0]["text"].startswith("@piotr")
    assert told(piotr, seen["next"]) == []


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("(@piotr) spójrz", True),
        ("„@Piotr”: spójrz", True),
        ("@ewa/@piotr", True),
        ("dla @piotr.", True),
        ("@piotr-nowak, spójrz", False),
        ("@piotr.sowa, spójrz", False),
        ("piszcie na jan@piotr", False),
    ],
)
def test_a_name_counts_whatever_stands_around_it(world: World, text: str, named: bool) -> None:
    anna, piotr = world.staff(), world.staff("piotr")
    company_id = world.customer().submitted()
    place = notices(piotr)["next"]
    expect(anna.post(f"companies/{company_id}/notes", {"text": text}), 204)
    assert bool(told(piotr, place)) == named


def test_the_answer_of_a_customer_is_told_to_who_asked_until_somebody_decides(world: World) -> None:
    anna, piotr, jan = world.staff(), world.staff("piotr"), world.customer()
    company_id = jan.submitted()
    place = notices(anna)["next"]
    expect(anna.decide(company_id, anna.correction(company_id, anna.claim(company_id))), 201)
    expect(jan.upload("authorization"), 201)
    expect(jan.submit(), 200)
    assert [(kind, case) for kind, case, _ in told(anna, place)] == [("answered", company_id)]
    assert told(piotr, place) == []
    expect(piotr.decide(company_id, piotr.correction(company_id, piotr.claim(company_id))), 201)
    assert told(anna, place) == []
    expect(jan.upload("authorization"), 201)
    expect(jan.submit(), 200)
    assert {kind for kind, _, _ in told(piotr, place)} == {"answered"}
    assert told(anna, place) == []


def test_a_case_that_was_given_is_told_to_who_got_it(world: World) -> None:
    anna, maria = world.staff(), world.staff("maria", StaffRole.SUPERVISOR)
    first, second = world.customer().submitted(), world.customer().submitted(nip=NIPS[1], krs="0009990002")
    place = notices(anna)["next"]
    people = {one["username"]: one["id"] for one in expect(maria.call("GET", "staff/people"), 200)["items"]}
    versions = {company_id: maria.detail(company_id)["version"] for company_id in (first, second)}
    body = {"act": "assign", "companies": versions, "assignee_id": people["anna"]}
    expect(maria.post("companies/bulk", body), 200)
    assert told(anna, place) == [("assigned", first, "Maria Lis"), ("assigned", second, "Maria Lis")]
    assert told(maria, place) == []


def test_customers_are_told_nothing(world: World) -> None:
    expect(world.customer().call("GET", "staff/notices"), 401)
