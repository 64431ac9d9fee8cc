# SPDX-License-Identifier: AGPL-3.0-or-later
"""Cases on the bench: made, acted on, told about, and refused when they cannot be."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest

from reviewer_app.contract.bench import BENCH_PASSWORD, LARGEST_SEED
from reviewer_app.qa.scenarios import SCENARIOS
from tests.support.benches import RunningBench
from tests.support.world import expect
from tests.unit.qa.bench.conftest import BenchMaker

SCENARIO = "sole_trader_owner_signs"


def test_the_catalogue_is_the_one_source(bench: RunningBench) -> None:
    items = expect(bench.call("GET", "scenarios"), 200)["items"]
    assert [item["scenario"] for item in items] == list(SCENARIOS)
    first = SCENARIOS[SCENARIO]
    shown = next(item for item in items if item["scenario"] == SCENARIO)
    assert (shown["title_pl"], shown["decision"], shown["state"]) == (first.title.pl, first.decision, first.state)


def test_a_case_is_made_once_and_its_customer_and_staff_can_sign_in(bench: RunningBench) -> None:
    answer = bench.call("POST", "companies", json={"scenario": SCENARIO, "seed": 3})
    case = expect(answer, 201)
    assert case["made"]
    again = expect(bench.call("POST", "companies", json={"scenario": SCENARIO, "seed": 3}), 200)
    assert (again["company_id"], again["made"]) == (case["company_id"], False)
    assert case["desktop"] == f"reviewer://company/{case['company_id']}"
    login = {"email": case["customer"]["name"], "password": case["customer"]["password"]}
    session = expect(bench.client.post("/api/v1/customer/sessions", json=login), 201)
    headers = {"Authorization": f"Bearer {session['access_token']}"}
    assert expect(bench.client.get("/api/v1/customer/company", headers=headers), 200)["id"] == case["company_id"]
    waiting = [item for item in bench.staff().queue(q=case["nip"]) if item["id"] == case["company_id"]]
    assert waiting[0]["waiting_seconds"] > 0


@pytest.mark.parametrize(
    ("body", "status", "code"),
    [
        ({"scenario": "no_such_thing", "seed": 1}, 404, "unknown_scenario"),
        ({"scenario": SCENARIO, "seed": -1}, 422, "validation_failed"),
        ({"scenario": SCENARIO, "seed": LARGEST_SEED + 1}, 422, "validation_failed"),
        ({"scenario": SCENARIO, "seed": "many"}, 422, "validation_failed"),
        ({"seed": 1}, 422, "validation_failed"),
        ({"scenario": SCENARIO, "sead": 1}, 422, "validation_failed"),
    ],
)
def test_a_case_that_cannot_be_made_is_refused(
    bench: RunningBench, body: dict[str, Any], status: int, code: str
) -> None:
    problem = expect(bench.call("POST", "companies", json=body), status, code)
    assert problem["errors"]


def test_what_is_not_there_is_said_so(bench: RunningBench) -> None:
    expect(bench.call("GET", "companies/unknown"), 404, "not_found")
    expect(bench.call("POST", "companies/unknown/actions", json={"action": "submit"}), 404, "not_found")
    expect(bench.call("GET", "companies/unknown/events"), 404, "not_found")
    expect(bench.call("GET", "companies/unknown/expectation"), 404, "not_found")
    expect(bench.call("GET", "companies/unknown/export"), 404, "not_found")
    expect(bench.call("GET", "nothing"), 404, "not_found")
    expect(bench.call("PATCH", "clock"), 405, "method_not_allowed")


def test_another_site_cannot_use_the_bench(bench: RunningBench) -> None:
    for headers in ({"Sec-Fetch-Site": "cross-site"}, {"Origin": "https://elsewhere.test"}):
        expect(bench.call("PUT", "clock", json={"shift_seconds": 1}, headers=headers), 403, "cross_site")


def test_a_customer_answers_a_correction_at_the_touch_of_a_button(bench: RunningBench) -> None:
    company_id = bench.make(SCENARIO, 4)["company_id"]
    case = bench.act(company_id, "second_reviewer_asks_correction")
    assert case["state"] == "correction_requested"
    bench.act(company_id, "upload_again")
    assert bench.act(company_id, "submit")["state"] == "pending_verification"
    detail = bench.staff().detail(company_id)
    assert detail["round"] == 2
    sheets = [one for one in detail["documents"] if one["kind"] == "authorization"]
    assert [one["version"] for one in sheets if one["current"]] == [2]


def test_documents_uploaded_again_take_the_place_of_those_before(bench: RunningBench) -> None:
    company_id = bench.make(SCENARIO, 6)["company_id"]
    bench.act(company_id, "upload_again")
    documents = [one for one in bench.staff().detail(company_id)["documents"] if one["current"]]
    assert sorted((one["kind"], one["version"]) for one in documents) == [("authorization", 2), ("registry_extract", 2)]


def test_papers_come_with_their_truth(bench: RunningBench) -> None:
    case = bench.make("stamp_missing", 9)
    bench.act(case["company_id"], "upload_again")
    papers = expect(bench.call("GET", f"companies/{case['company_id']}/papers"), 200)["items"]
    documents = {one["id"]: one for one in bench.staff().detail(case["company_id"])["documents"]}
    assert {paper["document_id"] for paper in papers} == set(documents)
    for paper in papers:
        document, truth = documents[paper["document_id"]], paper["truth"]
        assert (paper["sha256"], paper["version"]) == (document["sha256"], document["version"])
        fields = {field["name"]: field for field in truth["fields"]}
        assert fields["nip"]["text"] == case["nip"]
        assert all(1 <= field["page"] <= truth["pages"] for field in truth["fields"])
        if truth["document"] == "authorization":
            assert ("stamp_missing" in truth["defects"]) == ("stamp" not in fields) == (paper["version"] == 1)
            assert "seat" in fields
    expect(bench.call("GET", "companies/unknown/papers"), 404, "not_found")


def test_a_second_reviewer_acts_now(bench: RunningBench) -> None:
    company_id = bench.make(SCENARIO, 5)["company_id"]
    reviewer = bench.staff()
    token = reviewer.claim(company_id)
    assert "expire_lease" in bench.act(company_id, "second_reviewer_claims")["actions"]
    answer = reviewer.decide(company_id, reviewer.approval(company_id, token))
    assert answer.status_code == 409
    bench.act(company_id, "second_reviewer_releases")
    assert reviewer.claim(company_id)
    left = bench.act(company_id, "expire_lease")["actions"]
    assert reviewer.detail(company_id)["assignee"] is None
    assert "expire_lease" not in left
    bench.act(company_id, "second_reviewer_claims")
    assert "second_reviewer_claims" in bench.act(company_id, "expire_lease")["actions"]  # it may take it again


def test_a_finishing_link_expires_is_ordered_anew_and_followed(bench: RunningBench) -> None:
    company_id = bench.make(SCENARIO, 6)["company_id"]
    assert bench.act(company_id, "second_reviewer_approves")["state"] == "approved"

    def newest_token() -> str:
        mails = bench.call("GET", "mail", params={"company_id": company_id}).json()["items"]
        token: str = mails[0]["links"][0].rpartition("/")[2]
        return token

    bench.act(company_id, "expire_link")
    expect(bench.client.get(f"/api/v1/customer/completions/{newest_token()}"), 410, "link_expired")
    bench.act(company_id, "new_link")
    expect(bench.client.get(f"/api/v1/customer/completions/{newest_token()}"), 200)
    assert bench.act(company_id, "finish")["state"] == "active"
    assert bench.act(company_id, "leave")["state"] == "suspended"


def test_withdrawing_and_changing_take_a_case_back(bench: RunningBench) -> None:
    company_id = bench.make(SCENARIO, 7)["company_id"]
    assert bench.act(company_id, "change_phone")["state"] == "pending_verification"
    assert bench.act(company_id, "withdraw")["state"] == "awaiting_authorization"
    assert bench.act(company_id, "submit")["state"] == "pending_verification"
    changed = bench.act(company_id, "change_name")
    assert (changed["state"], changed["name"][-3:]) == ("awaiting_authorization", " II")
    bench.act(company_id, "upload_again")
    assert bench.act(company_id, "submit")["state"] == "pending_verification"


def test_an_action_at_the_wrong_time_says_why(bench: RunningBench) -> None:
    company_id = bench.make(SCENARIO, 8)["company_id"]
    for action in ("finish", "submit", "new_link", "teleport"):
        problem = expect(
            bench.call(
                "POST", f"companies/{company_id}/actions", json={"action": action}, headers={"Accept-Language": "en"}
            ),
            409,
            "action_not_possible",
        )
        assert action in problem["title"]


def test_the_event_log_tells_acts_and_mails_in_order(bench: RunningBench) -> None:
    company_id = bench.make(SCENARIO, 9)["company_id"]
    bench.act(company_id, "second_reviewer_approves")
    events = expect(bench.call("GET", f"companies/{company_id}/events", headers={"Accept-Language": "en"}), 200)[
        "items"
    ]
    kinds = [event["kind"] for event in events]
    assert kinds.index("submitted") < kinds.index("claimed") < kinds.index("mail:approved")
    assert [event["at"] for event in events] == sorted(event["at"] for event in events)


def test_what_is_right_is_told_of_made_cases_only(bench: RunningBench) -> None:
    company_id = bench.make(SCENARIO, 10)["company_id"]
    told = expect(bench.call("GET", f"companies/{company_id}/expectation"), 200)
    assert told["decision"] == SCENARIOS[SCENARIO].decision
    assert BENCH_PASSWORD not in str(told)


def test_desktops_hear_of_a_new_case_at_once(make_bench: BenchMaker) -> None:
    made = make_bench()

    async def heard() -> None:
        with made.backend.signal.waiter() as event:
            await asyncio.to_thread(made.make, SCENARIO, 1)
            await asyncio.wait_for(event.wait(), 10)

    asyncio.run(heard())
