# SPDX-License-Identifier: AGPL-3.0-or-later
"""One person at a time on a case."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta

from reviewer_app.contract.messages import rfc3339
from reviewer_app.contract.permissions import StaffRole
from tests.support.numbers import NIPS
from tests.support.world import Reviewer, World, WorldMaker, expect


def beat(reviewer: Reviewer, company_id: str, token: str) -> int:
    body = {"lease_token": token}
    return reviewer.post(f"companies/{company_id}/claim/heartbeat", body).status_code


def test_a_claim_keeps_others_off_and_says_who_holds_it(world: World) -> None:
    company_id = world.customer().submitted()
    anna, ewa = world.staff(), world.staff("ewa")
    anna.claim(company_id)
    problem = expect(ewa.post(f"companies/{company_id}/claim"), 409, "claimed_by_other")
    assert (problem["holder"], problem["assignee"]["username"]) == ("Anna Lis", "anna")
    assert "Anna Lis" in problem["title"]
    mine, theirs = anna.detail(company_id), ewa.detail(company_id)
    assert (mine["lease_mine"], theirs["lease_mine"]) == (True, False)
    assert theirs["assignee"]["display_name"] == "Anna Lis"
    assert {"approve", "request_correction", "reject", "release"} <= set(mine["allowed_actions"])
    blocked = {act["act"]: act["code"] for act in theirs["blocked_actions"]}
    assert blocked["approve"] == blocked["claim"] == "claimed_by_other"
    assert blocked["take_over"] == "permission_missing"
    assert [item["id"] for item in anna.queue(assignee="me")] == [company_id]
    assert [item["id"] for item in ewa.queue(assignee="anna")] == [company_id]
    assert ewa.queue(assignee="me") == ewa.queue(assignee="none") == []


def test_claims_change_no_version(world: World) -> None:
    company_id = world.customer().submitted()
    anna = world.staff()
    before = anna.detail(company_id)["version"]
    anna.claim(company_id)
    assert anna.detail(company_id)["version"] == before


def test_a_second_claim_of_the_holder_ends_the_first_token(world: World) -> None:
    company_id = world.customer().submitted()
    anna = world.staff()
    first = anna.claim(company_id)
    second = anna.claim(company_id)
    assert beat(anna, company_id, first) == 409
    assert beat(anna, company_id, second) == 200
    expect(anna.decide(company_id, anna.approval(company_id, first)), 409, "lease_lost")
    expect(anna.decide(company_id, anna.approval(company_id, second)), 201)


def test_a_lease_ends_and_can_be_renewed_until_someone_takes_the_case(make_world: WorldMaker) -> None:
    world = make_world(claim_lease_seconds=60)
    company_id = world.customer().submitted()
    anna, ewa = world.staff(), world.staff("ewa")
    token = anna.claim(company_id)
    world.clock.advance(timedelta(seconds=61))
    assert anna.detail(company_id)["assignee"] is None
    expect(anna.decide(company_id, anna.approval(company_id, token)), 409, "lease_lost")
    assert beat(anna, company_id, token) == 200
    assert anna.detail(company_id)["lease_mine"]
    world.clock.advance(timedelta(seconds=61))
    ewa.claim(company_id)
    expect(anna.post(f"companies/{company_id}/claim/heartbeat", {"lease_token": token}), 409, "claimed_by_other")


def test_no_lease_lasts_for_more_than_twelve_hours(world: World) -> None:
    company_id = world.customer().submitted()
    anna = world.staff()
    path, token = f"companies/{company_id}/claim/heartbeat", {"lease_token": anna.claim(company_id)}
    world.clock.advance(timedelta(hours=11, minutes=59))
    world.sign_in(anna)
    ends_at = datetime.fromisoformat(expect(anna.post(path, token), 200)["expires_at"])
    assert ends_at - world.clock.now() < timedelta(minutes=1)
    world.clock.advance(timedelta(minutes=2))
    expect(anna.post(path, token), 409, "lease_lost")
    anna.claim(company_id)


def test_released_is_free_again(world: World) -> None:
    company_id = world.customer().submitted()
    anna, ewa = world.staff(), world.staff("ewa")
    token = anna.claim(company_id)
    key = {"Idempotency-Key": "k"}
    expect(ewa.call("DELETE", f"staff/companies/{company_id}/claim", headers=key), 409, "claimed_by_other")
    headers = key | {"Lease-Token": token}
    expect(anna.call("DELETE", f"staff/companies/{company_id}/claim", headers=headers), 204)
    ewa.claim(company_id)


def test_a_supervisor_takes_over_with_a_trace(world: World) -> None:
    company_id = world.customer().submitted()
    anna, ola = world.staff(), world.staff("ola", StaffRole.SUPERVISOR)
    anna.checked(company_id)
    token = anna.claim(company_id)
    expect(anna.post(f"companies/{company_id}/claim/takeover"), 403, "permission_missing")
    taken = expect(ola.post(f"companies/{company_id}/claim/takeover"), 200)["lease_token"]
    expect(anna.decide(company_id, anna.approval(company_id, token)), 409, "claimed_by_other")
    history = expect(ola.call("GET", f"staff/companies/{company_id}/history"), 200)["items"]
    assert (history[-1]["kind"], history[-1]["details"]["previous"]) == ("claim_taken_over", "Anna Lis")
    expect(ola.decide(company_id, ola.approval(company_id, taken)), 201)


def test_next_gives_the_longest_waiting_free_case(world: World) -> None:
    anna, ewa = world.staff(), world.staff("ewa")
    ids = [world.customer().submitted(nip=nip) for nip in NIPS[:3]]
    held = anna.detail(ids[0])
    hold = {"reason": "czekamy na telefon", "until": None}
    match = {"If-Match": f'"{held["version"]}"'}
    expect(anna.post(f"companies/{ids[0]}/hold", hold), 428, "version_required")
    shown = expect(anna.post(f"companies/{ids[0]}/hold", hold, **match), 200)
    assert shown["flags"] == ["on_hold"]
    assert shown["version"] == held["version"]
    assert expect(anna.post("companies/next"), 200)["company"]["id"] == ids[1]
    assert expect(ewa.post("companies/next"), 200)["company"]["id"] == ids[2]
    assert anna.post("companies/next").status_code == 204
    nothing = {"reason": None, "until": None}
    assert expect(anna.post(f"companies/{ids[0]}/hold", nothing, **match), 200)["flags"] == []
    assert expect(anna.post("companies/next"), 200)["company"]["id"] == ids[0]


def test_a_hold_ends_by_itself_and_needs_a_reason(world: World) -> None:
    company_id = world.customer().submitted()
    anna = world.staff()
    until = (world.clock.now() + timedelta(minutes=5)).isoformat()
    match = {"If-Match": f'"{anna.detail(company_id)["version"]}"'}
    expect(anna.post(f"companies/{company_id}/hold", {"until": until}, **match), 422, "validation_failed")
    past = {"reason": "x", "until": "2020-01-01T00:00:00Z"}
    expect(anna.post(f"companies/{company_id}/hold", past, **match), 422, "validation_failed")
    expect(anna.post(f"companies/{company_id}/hold", {"reason": "x", "until": until}, **match), 200)
    assert anna.post("companies/next").status_code == 204
    assert [item["id"] for item in anna.queue(flag="on_hold")] == [company_id]
    world.clock.advance(timedelta(minutes=6))
    assert anna.queue(flag="on_hold") == []
    expect(anna.post("companies/next"), 200)


def test_when_a_hold_is_over_every_queue_is_told_once(world: World) -> None:
    company_id = world.customer().submitted()
    anna = world.staff()
    anna.checked(company_id)
    match = {"If-Match": f'"{anna.detail(company_id)["version"]}"'}
    body = {"reason": "czekamy na bank", "until": rfc3339(world.clock.now() + timedelta(hours=2))}
    expect(anna.post(f"companies/{company_id}/hold", body, **match), 200)
    since = expect(anna.call("GET", "staff/changes"), 200)["next"]
    world.clock.advance(timedelta(hours=1))
    world.sign_in(anna)
    world.backend.waking.wake_due()
    assert expect(anna.call("GET", "staff/changes", params={"since": since}), 200)["items"] == []
    world.clock.advance(timedelta(hours=1))
    world.sign_in(anna)
    with ThreadPoolExecutor(4) as threads:
        list(threads.map(lambda _: world.backend.waking.wake_due(), range(4)))
    told = expect(anna.call("GET", "staff/changes", params={"since": since}), 200)["items"]
    assert [(one["company_id"], one["kind"]) for one in told] == [(company_id, "hold_ended")]
    detail = anna.detail(company_id)
    assert (detail["flags"], f'"{detail["version"]}"') == ([], match["If-Match"])
    newest = expect(anna.call("GET", f"staff/companies/{company_id}/history"), 200)["items"][-1]
    assert (newest["kind"], newest["actor"]) == ("hold_ended", "system")


def test_a_claim_that_ran_out_sorts_a_case_no_longer_and_its_renewal_does(world: World) -> None:
    held, mine = (world.customer().submitted(name=f"Firma {nip}", nip=nip) for nip in NIPS[:2])
    anna, zofia = world.staff(), world.staff("zofia")
    zofia_token = zofia.claim(held)
    world.clock.advance(timedelta(hours=1))
    for person in (anna, zofia):
        world.sign_in(person)
    anna.claim(mine)
    assert [one["id"] for one in anna.queue(sort="assignee")] == [mine, held]
    assert world.backend.expiry.notice_due() == 1
    assert world.backend.expiry.notice_due() == 0, "what is held stays where it is"
    first, second = anna.queue(sort="assignee")
    assert [(first["id"], first["assignee"]), (second["id"], second["assignee"]["username"])] == [
        (held, None),
        (mine, "anna"),
    ]
    expect(zofia.post(f"companies/{held}/claim/heartbeat", {"lease_token": zofia_token}), 200)
    assert [one["id"] for one in anna.queue(sort="assignee")] == [mine, held]
    expect(zofia.decide(held, zofia.approval(held, zofia_token)), 201)


def test_of_many_claims_at_once_exactly_one_wins(world: World) -> None:
    company_id = world.customer().submitted()
    people = [world.staff(name) for name in ("anna", "ewa", "ola", "iza")]
    with ThreadPoolExecutor(8) as threads:
        answers = list(threads.map(lambda one: one.post(f"companies/{company_id}/claim"), people * 1))
    assert sorted(answer.status_code for answer in answers) == [200, 409, 409, 409]


def test_many_who_ask_for_the_next_case_at_once_never_get_the_same(world: World) -> None:
    ids = {world.customer().submitted(nip=nip) for nip in NIPS[:4]}
    people = [world.staff(name) for name in ("anna", "ewa", "ola", "iza", "ula", "ela")]
    with ThreadPoolExecutor(6) as threads:
        answers = list(threads.map(lambda one: one.post("companies/next"), people))
    given = [answer.json()["company"]["id"] for answer in answers if answer.status_code == 200]
    assert sorted(given) == sorted(ids)
    assert [answer.status_code for answer in answers].count(204) == 2


def test_who_may_do_what(world: World) -> None:
    company_id = world.customer().submitted()
    auditor, admin = world.staff("aud", StaffRole.AUDITOR), world.staff("adm", StaffRole.ADMIN)
    assert auditor.detail(company_id)["allowed_actions"] == ["read_cases"]
    for path in ("claim", "notes", "hold", "decisions", "checks/refresh", "reopen"):
        body = {"outcome": "approve"} if path == "decisions" else {"text": "x"} if path == "notes" else {}
        body = {"reason": "x"} if path == "reopen" else body
        expect(auditor.post(f"companies/{company_id}/{path}", body), 403, "permission_missing")
    for path in ("companies", f"companies/{company_id}", f"companies/{company_id}/checks", "statistics"):
        expect(admin.call("GET", f"staff/{path}"), 403, "permission_missing")
    expect(auditor.call("GET", "staff/companies/unknown"), 404, "not_found")
