# SPDX-License-Identifier: AGPL-3.0-or-later
"""What the desk asks beside the queue itself: views, several cases at once, news, escalation."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest

from reviewer_app.contract.permissions import StaffRole
from reviewer_app.contract.working_time import due_before
from tests.support.numbers import NIPS
from tests.support.world import Reviewer, World, expect


@pytest.fixture
def ids(world: World) -> list[str]:
    """Three submitted companies."""
    return [
        world.customer().submitted(name=f"Firma {number}", nip=NIPS[number], krs=f"000999000{number}")
        for number in range(3)
    ]


def bulk(who: Reviewer, act: str, ids: list[str], **more: Any) -> list[Any]:
    versions = {company_id: who.detail(company_id)["version"] for company_id in ids}
    items: list[Any] = expect(who.post("companies/bulk", {"act": act, "companies": versions, **more}), 200)["items"]
    return items


def test_several_cases_are_taken_but_never_a_colleagues(world: World, ids: list[str]) -> None:
    anna, piotr = world.staff(), world.staff("piotr")
    token = piotr.claim(ids[1])
    taken = bulk(anna, "claim", ids)
    assert [one["done"] for one in taken] == [True, False, True]
    assert taken[1]["code"] == "claimed_by_other"
    assert "lease_token" not in taken[1] or taken[1]["lease_token"] is None
    expect(anna.decide(ids[0], anna.approval(ids[0], taken[0]["lease_token"])), 201)
    assert [one["done"] for one in bulk(anna, "hold", ids[1:], reason="czekam")] == [False, True]
    assert [one["done"] for one in bulk(anna, "release", ids[1:])] == [False, False]
    expect(piotr.decide(ids[1], piotr.approval(ids[1], token)), 201)


def test_a_hold_of_several_needs_a_reason_and_ends_for_all(world: World, ids: list[str]) -> None:
    anna = world.staff()
    expect(anna.post("companies/bulk", {"act": "hold", "companies": {ids[0]: 1}}), 422)
    assert all(one["done"] for one in bulk(anna, "hold", ids, reason="czekam na odpis"))
    assert len(anna.queue(open=True, flag="on_hold")) == 3
    assert anna.queue(sort="-flags")[0]["flags"] == ["on_hold"]
    assert all(one["done"] for one in bulk(anna, "end_hold", ids))
    assert anna.queue(open=True, flag="on_hold") == []


def test_views_are_counted_shared_and_replaced(world: World, ids: list[str]) -> None:
    anna, piotr, maria = world.staff(), world.staff("piotr"), world.staff("maria", StaffRole.SUPERVISOR)
    anna.claim(ids[0])

    def views(who: Reviewer) -> dict[str, Any]:
        items = expect(who.call("GET", "staff/queue-views"), 200)["items"]
        return {one["name"] or one["id"]: one for one in items}

    counts = {name: one["count"] for name, one in views(anna).items()}
    others = {"assigned": 0, "overdue": 0, "escalated": 0, "on_hold": 0}
    assert counts == {"open": 3, "mine": 1, "free": 2, "all": 3, **others}
    kept = {"name": "Firma 1", "query": {"open": True, "q": "firma 1"}}
    expect(anna.post("queue-views", kept), 201)
    assert views(anna)["Firma 1"]["count"] == 1
    assert "Firma 1" not in views(piotr)
    expect(anna.post("queue-views", {**kept, "query": {"q": "nic takiego"}}), 201)
    assert views(anna)["Firma 1"]["count"] == 0
    expect(anna.post("queue-views", {**kept, "shared": True}), 403, "permission_missing")
    shared = expect(maria.post("queue-views", {"name": "Wolne", "shared": True, "query": {"assignee": "none"}}), 201)
    assert views(piotr)["Wolne"]["owner_name"] == "Maria Lis"
    gone = f"staff/queue-views/{shared['id']}"
    expect(piotr.call("DELETE", gone), 403, "permission_missing")
    expect(maria.call("DELETE", gone), 204)
    expect(piotr.call("DELETE", f"staff/queue-views/{views(anna)['Firma 1']['id']}"), 404)
    assert "Wolne" not in views(piotr)


def test_news_are_what_others_did_since_the_last_look(world: World, ids: list[str]) -> None:
    anna, piotr = world.staff(), world.staff("piotr")

    def row(who: Reviewer) -> tuple[bool, list[str]]:
        found = next(item for item in who.queue() if item["id"] == ids[0])
        return found["looked"], found["news"]

    assert row(anna) == (False, [])
    expect(anna.call("PUT", f"staff/companies/{ids[0]}/look"), 204)
    assert row(anna) == (True, [])
    expect(anna.post(f"companies/{ids[0]}/notes", {"text": "moja"}), 204)
    assert row(anna) == (True, [])
    expect(piotr.post(f"companies/{ids[0]}/notes", {"text": "obca"}), 204)
    expect(piotr.post(f"companies/{ids[0]}/escalation", {"reason": "podpis?"}), 200)
    assert row(anna) == (True, ["note_added", "escalated"])
    assert row(piotr) == (False, [])
    expect(anna.call("PUT", f"staff/companies/{ids[0]}/look"), 204)
    assert row(anna) == (True, [])
    expect(anna.call("PUT", "staff/companies/nothing/look"), 404)


def test_a_note_that_names_me_is_told_of_a_case_that_i_never_looked_at(world: World, ids: list[str]) -> None:
    anna, piotr = world.staff(), world.staff("piotr")

    def news(who: Reviewer) -> list[tuple[bool, list[str]]]:
        return [(item["looked"], item["news"]) for item in who.queue()[:2]]

    expect(piotr.post(f"companies/{ids[0]}/notes", {"text": "@anna obejrzyj"}), 204)
    expect(piotr.post(f"companies/{ids[1]}/notes", {"text": "bez adresata"}), 204)
    assert news(anna) == [(False, ["mentioned"]), (False, [])]
    assert news(piotr) == [(False, []), (False, [])]
    expect(anna.call("PUT", f"staff/companies/{ids[0]}/look"), 204)
    assert news(anna) == [(True, []), (False, [])]


def test_every_answer_tells_the_time_that_the_server_goes_by(world: World) -> None:
    before = world.clock.now()
    told = datetime.fromisoformat(world.staff().call("GET", "staff/queue-views").headers["Reviewer-Time"])
    assert before <= told <= world.clock.now()
    refused = world.client.get("/api/v1/staff/queue-views")
    assert refused.status_code == 401
    assert "Reviewer-Time" in refused.headers


def test_a_case_is_escalated_by_anybody_and_taken_back_by_a_supervisor(world: World, ids: list[str]) -> None:
    anna, maria = world.staff(), world.staff("maria", StaffRole.SUPERVISOR)
    shown = expect(anna.post(f"companies/{ids[0]}/escalation", {"reason": "podpis?"}), 200)
    assert shown["flags"] == ["escalated"]
    assert [item["id"] for item in maria.queue(open=True, flag="escalated")] == [ids[0]]
    expect(anna.post(f"companies/{ids[0]}/escalation", {}), 403, "permission_missing")
    assert expect(maria.post(f"companies/{ids[0]}/escalation", {}), 200)["flags"] == []
    texts = [entry["text"] for entry in expect(anna.call("GET", f"staff/companies/{ids[0]}/history"), 200)["items"]]
    assert "Przekazano kierownikowi: podpis?" in texts


def test_a_case_over_the_target_is_flagged_and_found(world: World, ids: list[str]) -> None:
    anna = world.staff()
    waited = anna.queue()[0]
    assert waited["working_seconds"] <= waited["waiting_seconds"] + 1
    world.clock.advance(timedelta(days=7))
    world.sign_in(anna)
    assert [item["id"] for item in anna.queue(open=True, flag="overdue")] == ids
    assert anna.queue()[0]["flags"] == ["overdue"]
    assert anna.queue()[0]["working_seconds"] > 16 * 3600
    assert due_before(world.clock.now()) < world.clock.now()
