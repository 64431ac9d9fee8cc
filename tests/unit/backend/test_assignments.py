# SPDX-License-Identifier: AGPL-3.0-or-later
"""Whose case it is to do: given, shown, found, kept through corrections, ended; apart from who works on it now."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from reviewer_app.backend.cases.assignments import end_all_of
from reviewer_app.backend.kit.settings import SecondReview
from reviewer_app.contract.permissions import StaffRole
from tests.support.numbers import NIPS
from tests.support.world import Reviewer, World, WorldMaker, expect


@pytest.fixture
def ids(world: World) -> list[str]:
    """Three submitted companies, the one that waits longest first."""
    return [
        world.customer().submitted(name=f"Firma {number}", nip=NIPS[number], krs=f"000999000{number}")
        for number in range(3)
    ]


@pytest.fixture
def anna(world: World) -> Reviewer:
    return world.staff()


@pytest.fixture
def piotr(world: World) -> Reviewer:
    return world.staff("piotr")


@pytest.fixture
def maria(world: World) -> Reviewer:
    return world.staff("maria", StaffRole.SUPERVISOR)


def bulk(who: Reviewer, act: str, ids: list[str], **more: Any) -> list[str | None]:
    """Do an act on cases; gives for each None when done, else the code of the refusal."""
    companies = {company_id: who.detail(company_id)["version"] for company_id in ids}
    items = expect(who.post("companies/bulk", {"act": act, "companies": companies, **more}), 200)["items"]
    return [None if one["done"] else one["code"] for one in items]


def give(who: Reviewer, person: Reviewer, *ids: str) -> list[str | None]:
    people = {one["username"]: one["id"] for one in expect(who.call("GET", "staff/people"), 200)["items"]}
    return bulk(who, "assign", list(ids), assignee_id=people[person.username])


def kinds(who: Reviewer, company_id: str) -> list[str]:
    items = expect(who.call("GET", f"staff/companies/{company_id}/history"), 200)["items"]
    return [entry["kind"] for entry in items]


def found(who: Reviewer, **query: Any) -> list[str]:
    return [item["id"] for item in who.queue(open=True, **query)]


def test_a_case_is_given_and_everybody_sees_whose_it_is(
    world: World, ids: list[str], anna: Reviewer, piotr: Reviewer, maria: Reviewer
) -> None:
    assert give(maria, anna, ids[1], ids[2]) == [None, None]
    row = piotr.queue(assigned="anna")[0]
    assert row["id"] == ids[1]
    assert row["assignee"] is None
    assert (row["assignment"]["person"]["display_name"], row["assignment"]["by"]) == ("Anna Lis", "Maria Lis")
    assert piotr.detail(ids[1])["assignment"]["person"] == row["assignment"]["person"]
    assert found(anna, assigned="me") == ids[1:]
    assert found(piotr, assigned="me") == []
    assert found(piotr, assigned="none", assignee="none") == ids[:1]
    assert found(piotr, sort="assignee") == [ids[0], ids[1], ids[2]]
    assert "assigned" in kinds(piotr, ids[1])
    world.clock.advance(timedelta(days=3))
    world.sign_in(anna)
    assert found(anna, assigned="me") == ids[1:], "it does not run out"


def test_it_never_takes_what_a_colleague_works_on(
    ids: list[str], anna: Reviewer, piotr: Reviewer, maria: Reviewer
) -> None:
    token = piotr.claim(ids[0])
    assert give(maria, anna, *ids) == ["claimed_by_other", None, None]
    assert give(maria, piotr, ids[0]) == [None]
    expect(piotr.decide(ids[0], piotr.approval(ids[0], token)), 201)


def test_who_gives_away_what_they_work_on_lets_it_go(
    ids: list[str], anna: Reviewer, piotr: Reviewer, maria: Reviewer
) -> None:
    token = maria.claim(ids[0])
    assert give(maria, anna, ids[0]) == [None]
    assert maria.detail(ids[0])["assignee"] is None
    expect(maria.decide(ids[0], maria.approval(ids[0], token)), 409, "claim_required")
    anna.claim(ids[0])
    assert anna.detail(ids[0])["lease_mine"]


def test_what_is_given_to_who_works_on_it_stays_theirs_to_decide(
    ids: list[str], anna: Reviewer, maria: Reviewer
) -> None:
    own, again, colleagues = ids
    give(maria, anna, again)
    annas = {"although_assigned_to": maria.detail(again)["assignment"]["person"]["id"]}
    tokens = {
        own: maria.claim(own),
        again: expect(maria.post(f"companies/{again}/claim", annas), 200)["lease_token"],
        colleagues: anna.claim(colleagues),
    }
    assert give(maria, maria, own) == [None]
    assert give(maria, anna, again, colleagues) == [None, None], "it is hers already, so nothing changes"
    for company_id, who in ((own, maria), (again, maria), (colleagues, anna)):
        assert who.detail(company_id)["lease_mine"]
        expect(who.decide(company_id, who.approval(company_id, tokens[company_id])), 201)


def test_a_lease_that_ran_out_is_not_renewed_over_an_assignment(
    world: World, ids: list[str], anna: Reviewer, piotr: Reviewer, maria: Reviewer
) -> None:
    token = piotr.claim(ids[0])
    world.clock.advance(timedelta(hours=1))
    for person in (anna, piotr, maria):
        world.sign_in(person)
    assert give(maria, anna, ids[0]) == [None]
    beat = piotr.post(f"companies/{ids[0]}/claim/heartbeat", {"lease_token": token})
    expect(beat, 409)
    assert anna.detail(ids[0])["assignee"] is None


def test_a_colleague_claims_it_only_by_naming_whose_it_is(
    ids: list[str], anna: Reviewer, piotr: Reviewer, maria: Reviewer
) -> None:
    give(maria, anna, ids[0])
    problem = expect(piotr.post(f"companies/{ids[0]}/claim"), 409, "assigned_to_other")
    assert problem["person"] == "Anna Lis"
    assert bulk(piotr, "claim", ids) == ["assigned_to_other", None, None]
    give(maria, maria, ids[0])
    stale = piotr.post(f"companies/{ids[0]}/claim", {"although_assigned_to": problem["assigned_to"]})
    problem = expect(stale, 409, "assigned_to_other")
    assert problem["person"] == "Maria Lis"
    expect(piotr.post(f"companies/{ids[0]}/claim", {"although_assigned_to": problem["assigned_to"]}), 200)
    assert "claimed_though_assigned" in kinds(anna, ids[0])
    shown = anna.detail(ids[0])
    assert shown["assignee"]["username"] == "piotr"
    assert shown["assignment"]["person"]["username"] == "maria"
    expect(anna.post(f"companies/{ids[0]}/claim", {"although_assigned_to": problem["assigned_to"]}), 409)


def test_the_next_case_is_first_of_ones_own_then_of_nobodys_and_never_a_colleagues(
    ids: list[str], anna: Reviewer, piotr: Reviewer, maria: Reviewer
) -> None:
    give(maria, piotr, ids[0])
    give(maria, anna, ids[2])
    first = expect(anna.post("companies/next"), 200)["company"]["id"]
    second = expect(anna.post("companies/next"), 200)["company"]["id"]
    assert [first, second] == [ids[2], ids[1]]
    expect(anna.post("companies/next"), 204)
    assert expect(piotr.post("companies/next"), 200)["company"]["id"] == ids[0]


def test_it_is_given_back_by_who_has_it_and_taken_back_by_a_supervisor(
    ids: list[str], anna: Reviewer, piotr: Reviewer, maria: Reviewer
) -> None:
    give(maria, anna, *ids)
    assert bulk(piotr, "unassign", ids[:1]) == ["permission_missing"]
    token = anna.claim(ids[0])
    assert bulk(anna, "unassign", ids[:2]) == [None, None]
    assert bulk(maria, "unassign", ids) == [None, None, None]
    assert found(anna, assigned="none") == ids
    assert kinds(anna, ids[2]).count("unassigned") == 1
    assert kinds(anna, ids[0]).count("unassigned") == 1, "what is nobody's is not taken back again"
    expect(anna.decide(ids[0], anna.approval(ids[0], token)), 201)
    assert bulk(maria, "unassign", ids[:1]) == ["invalid_transition"]


def test_a_case_that_waits_for_a_second_person_is_not_given_to_the_first(make_world: WorldMaker) -> None:
    world = make_world(second_review=SecondReview.ALWAYS)
    approved, other = (
        world.customer().submitted(name=f"Firma {number}", nip=NIPS[number], krs=f"000999000{number}")
        for number in range(2)
    )
    anna, piotr, maria = world.staff(), world.staff("piotr"), world.staff("maria", StaffRole.SUPERVISOR)
    give(maria, anna, approved)
    expect(anna.decide(approved, anna.approval(approved, anna.claim(approved))), 201)
    assert give(maria, anna, approved, other) == ["second_reviewer_required", None]
    assert expect(piotr.post("companies/next"), 200)["company"]["id"] == approved
    assert give(maria, piotr, approved) == [None]
    expect(piotr.decide(approved, piotr.approval(approved, piotr.claim(approved))), 201)


def test_only_a_supervisor_gives_and_only_to_who_may_claim(
    world: World, ids: list[str], anna: Reviewer, maria: Reviewer
) -> None:
    world.staff("ewa", StaffRole.AUDITOR)
    people = {one["username"]: one["id"] for one in expect(maria.call("GET", "staff/people"), 200)["items"]}
    body = {"act": "assign", "companies": {ids[0]: 1}}
    expect(anna.post("companies/bulk", {**body, "assignee_id": people["anna"]}), 403, "permission_missing")
    expect(maria.post("companies/bulk", {**body, "assignee_id": people["ewa"]}), 422)
    expect(maria.post("companies/bulk", body), 422)


def test_it_stays_with_who_knows_the_case_through_a_correction_and_ends_with_the_case(
    world: World, anna: Reviewer, maria: Reviewer
) -> None:
    customer = world.customer()
    company_id = customer.submitted()
    give(maria, anna, company_id)
    correction = anna.correction(company_id, anna.claim(company_id))
    expect(anna.decide(company_id, correction), 201)
    expect(customer.upload("authorization"), 201)
    expect(customer.submit(), 200)
    assert found(anna, assigned="me") == [company_id]
    expect(anna.decide(company_id, anna.approval(company_id, anna.claim(company_id))), 201)
    assert anna.detail(company_id)["assignment"] is None


def test_cases_of_a_person_who_works_here_no_more_are_nobodys(
    world: World, ids: list[str], anna: Reviewer, piotr: Reviewer, maria: Reviewer
) -> None:
    give(maria, anna, *ids[:2])
    person_id = maria.queue(assigned="anna")[0]["assignment"]["person"]["id"]
    with world.backend.parts.database.write() as session:
        assert end_all_of(session, world.backend.history, person_id) == 2
    assert found(piotr, assigned="none") == ids
    entries = expect(piotr.call("GET", f"staff/companies/{ids[0]}/history"), 200)["items"]
    ended = next(entry for entry in entries if entry["kind"] == "unassigned")
    assert ended["text"] == "Zakończono przydział sprawy osobie: Anna Lis."
    assert expect(piotr.post("companies/next"), 200)["company"]["id"] == ids[0]


def test_several_cases_are_put_aside_and_woken_but_never_a_colleagues(
    ids: list[str], anna: Reviewer, piotr: Reviewer, maria: Reviewer
) -> None:
    assert give(maria, piotr, ids[1], ids[2]) == [None, None]
    taken = anna.post(
        f"companies/{ids[2]}/claim", {"although_assigned_to": piotr.detail(ids[2])["assignment"]["person"]["id"]}
    )
    expect(taken, 200)
    assert bulk(anna, "hold", ids, reason="czekam na odpis") == [None, "assigned_to_other", None]
    assert bulk(maria, "hold", ids[1:2], reason="czekam na radcę") == [None]
    assert bulk(anna, "end_hold", ids) == [None, "assigned_to_other", "assigned_to_other"]
    assert bulk(piotr, "end_hold", ids[1:]) == [None, None]
