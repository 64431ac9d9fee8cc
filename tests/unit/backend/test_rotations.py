# SPDX-License-Identifier: AGPL-3.0-or-later
"""A page that one member of staff turns is turned for all, and the feed tells of it."""

from __future__ import annotations

from typing import Any

from tests.support.world import Reviewer, World, expect


def rotations(who: Reviewer, company_id: str, document_id: str) -> list[tuple[int, int]]:
    documents: list[Any] = who.detail(company_id)["documents"]
    document = next(one for one in documents if one["id"] == document_id)
    return [(one["page"], one["degrees"]) for one in document["rotations"]]


def turn(who: Reviewer, document_id: str, page: int, degrees: int) -> Any:
    return who.call("PUT", f"staff/documents/{document_id}/pages/{page}/rotation", json={"degrees": degrees})


def test_a_page_that_is_turned_is_turned_for_colleagues_who_hear_of_it_once(world: World) -> None:
    company_id = world.customer().submitted()
    anna, piotr = world.staff("anna"), world.staff("piotr")
    first, second = (one["id"] for one in anna.detail(company_id)["documents"][:2])
    assert rotations(piotr, company_id, first) == []
    anna.checked(company_id)
    since = expect(piotr.call("GET", "staff/changes"), 200)["next"]
    expect(turn(anna, first, 1, 90), 204)
    expect(turn(anna, first, 1, 90), 204)
    fed = expect(piotr.call("GET", f"staff/changes?since={since}"), 200)["items"]
    assert [(one["company_id"], one["kind"]) for one in fed] == [(company_id, "page_rotated")]
    assert rotations(piotr, company_id, first) == [(1, 90)]
    assert rotations(piotr, company_id, second) == []
    expect(turn(piotr, first, 1, 0), 204)
    assert rotations(anna, company_id, first) == [(1, 0)]
    told = expect(anna.call("GET", f"staff/companies/{company_id}/history"), 200)["items"]
    assert [one["actor_name"] for one in told if one["kind"] == "page_rotated"] == ["Anna Lis", "Piotr Lis"]


def test_turning_a_page_leaves_the_case_s_version_alone(world: World) -> None:
    company_id = world.customer().submitted()
    anna = world.staff()
    token = anna.claim(company_id)
    case = anna.detail(company_id)
    expect(turn(world.staff("piotr"), case["documents"][0]["id"], 1, 180), 204)
    assert anna.detail(company_id)["version"] == case["version"]
    expect(anna.decide(company_id, anna.approval(company_id, token)), 201)


def test_a_turn_that_cannot_be_is_refused(world: World) -> None:
    company_id = world.customer().submitted()
    anna = world.staff()
    document = anna.detail(company_id)["documents"][0]
    for degrees in (45, 360, -90):
        expect(turn(anna, document["id"], 1, degrees), 422, "validation_failed")
    for page in (0, document["pages"] + 1):
        expect(turn(anna, document["id"], page, 90), 404, "not_found")
    expect(turn(anna, "unknown", 1, 90), 404, "not_found")
    assert rotations(anna, company_id, document["id"]) == []
