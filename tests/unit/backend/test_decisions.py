# SPDX-License-Identifier: AGPL-3.0-or-later
"""Decisions: on the version seen, by who holds the case, with reasons that apply, once."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest

from reviewer_app.backend.kit.settings import SecondReview
from reviewer_app.contract.permissions import StaffRole
from tests.fakes.registers import Trouble, running_registers
from tests.support.numbers import NIPS
from tests.support.waiting import wait_until
from tests.support.world import World, WorldMaker, expect, key


def test_a_decision_needs_version_key_and_claim(world: World) -> None:
    company_id = world.customer().submitted()
    anna, ewa = world.staff(), world.staff("ewa")
    path = f"staff/companies/{company_id}/decisions"
    version = anna.detail(company_id)["version"]
    match = {"If-Match": f'"{version}"'}
    body = anna.approval(company_id, None)
    expect(anna.call("POST", path, json=body, headers=match), 400, "idempotency_key_missing")
    expect(anna.call("POST", path, json=body, headers=key()), 428, "version_required")
    expect(anna.call("POST", path, json=body, headers=key() | match), 409, "claim_required")
    token = anna.claim(company_id)
    expect(anna.call("POST", path, json=body, headers=key() | match), 409, "lease_lost")
    expect(ewa.decide(company_id, {**body, "lease_token": token}), 409, "claimed_by_other")
    expect(anna.decide(company_id, {**body, "lease_token": token}, version=version - 1), 412, "stale_version")
    assert world.mails("approved") == []
    lease = {"Lease-Token": token}
    expect(anna.call("POST", path, json=body, headers=key() | match | lease), 201)


def test_a_replayed_decision_gives_the_first_answer_again(world: World) -> None:
    company_id = world.customer().submitted()
    anna = world.staff()
    token = anna.claim(company_id)
    version = anna.detail(company_id)["version"]
    body, same = anna.correction(company_id, token), {"Idempotency-Key": "the-same"}
    first = expect(anna.decide(company_id, body, version=version, **same), 201)
    assert expect(anna.decide(company_id, body, version=version, **same), 201) == first
    other = {**body, "customer_note": "inna"}
    expect(anna.decide(company_id, other, version=version, **same), 422, "idempotency_key_reused")
    assert len(world.mails("correction_requested")) == 1


def test_of_two_decisions_at_once_one_is_taken(world: World) -> None:
    company_id = world.customer().submitted()
    anna = world.staff()
    token = anna.claim(company_id)
    version = anna.detail(company_id)["version"]
    bodies = [anna.approval(company_id, token), anna.correction(company_id, token)] * 3
    with ThreadPoolExecutor(6) as threads:
        answers = list(threads.map(lambda body: anna.decide(company_id, body, version=version), bodies))
    assert sorted(answer.status_code for answer in answers) == [201] + [412] * 5
    assert len(world.mails("approved")) + len(world.mails("correction_requested")) == 1
    assert anna.detail(company_id)["version"] == version + 1


@pytest.mark.parametrize(
    ("reasons", "status", "code"),
    [
        ([], 422, "reason_required"),
        ([{"code": "extract_too_old"}], 422, "reason_not_applicable"),
        ([{"code": "manipulation_suspected"}], 422, "reason_not_applicable"),
        ([{"code": "other"}], 422, "note_required"),
        ([{"code": "not_signed", "page": 2}], 422, "validation_failed"),
        ([{"code": "not_signed", "region": [0.1, 0.1, 0.2, 0.2]}], 422, "validation_failed"),
        ([{"code": "not_signed", "page": 1, "region": [0.5, 0.1, 0.2, 0.2]}], 422, "validation_failed"),
        ([{"code": "unheard_of"}], 422, "validation_failed"),
        ([{"code": "other", "note": "brak daty"}, {"code": "not_signed"}], 201, None),
    ],
)
def test_reasons_have_to_apply(world: World, reasons: list[Any], status: int, code: str | None) -> None:
    company_id = world.customer().submitted()
    anna = world.staff()
    body = anna.correction(company_id, anna.claim(company_id))
    body["documents"][0]["reasons"] = reasons
    expect(anna.decide(company_id, body), status, code)


def test_what_a_decision_cannot_say(world: World) -> None:
    jan, anna = world.customer(), world.staff()
    company_id = jan.submitted()
    stranger = world.customer()
    stranger.create(nip=NIPS[1])
    foreign = expect(stranger.upload("other"), 201)["id"]
    token = anna.claim(company_id)
    approval = anna.approval(company_id, token)

    def decide(**changes: Any) -> Any:
        return anna.decide(company_id, {**approval, **changes})

    expect(decide(documents=approval["documents"][:1]), 422, "verdicts_missing")
    expect(decide(documents=[]), 422, "verdicts_missing")
    twice = [approval["documents"][0], *approval["documents"]]
    expect(decide(documents=twice), 422, "validation_failed")
    unknown = [*approval["documents"], {"document_id": foreign, "verdict": "accepted"}]
    expect(decide(documents=unknown), 422, "validation_failed")
    refused = [{**one, "verdict": "refused", "reasons": [{"code": "not_readable"}]} for one in approval["documents"]]
    expect(decide(documents=refused), 422, "validation_failed")
    expect(decide(reasons=[{"code": "name_mismatch"}]), 422, "reason_not_applicable")
    expect(decide(outcome="request_correction", documents=[]), 422, "reason_required")
    expect(decide(outcome="reject", documents=[], reasons=[{"code": "name_mismatch"}]), 422, "reason_required")
    expect(
        decide(outcome="request_correction", documents=[], reasons=[{"code": "name_mismatch", "field": "nip"}]),
        422,
        "reason_not_applicable",
    )
    assert anna.detail(company_id)["state"] == "pending_verification"


def test_a_version_that_was_replaced_meanwhile_is_not_decided_on(world: World) -> None:
    jan, anna = world.customer(), world.staff()
    company_id = jan.submitted()
    token = anna.claim(company_id)
    body = anna.approval(company_id, token)
    seen = anna.detail(company_id)["version"]
    old = next(one for one in jan.documents() if one["kind"] == "authorization")
    expect(jan.upload("authorization", replaces=old["id"]), 201)
    expect(anna.decide(company_id, body, version=seen), 412, "stale_version")
    expect(anna.decide(company_id, body), 409, "document_not_current")


def test_a_refusal_is_final_for_the_customer_and_a_supervisor_may_open_it_again(world: World) -> None:
    jan, anna, ola = world.customer(), world.staff(), world.staff("ola", StaffRole.SUPERVISOR)
    company_id = jan.submitted()
    reasons = [{"code": "not_an_entrepreneur"}]
    body = {"outcome": "reject", "lease_token": anna.claim(company_id), "reasons": reasons, "internal_note": "tajne"}
    assert expect(anna.decide(company_id, body), 201)["state"] == "rejected"
    company = jan.company()
    assert company["state"] == "rejected"
    assert [reason["code"] for reason in company["reasons"]] == ["not_an_entrepreneur"]
    mail = world.mails("rejected")[-1]
    assert "tajne" not in mail.text + mail.html
    assert company["reasons"][0]["text"] in mail.text
    expect(jan.submit(), 409, "invalid_transition")
    match = {"If-Match": f'"{company["version"]}"'}
    why = {"reason": "pomyłka"}
    expect(anna.post(f"companies/{company_id}/reopen", why, **match), 403, "permission_missing")
    expect(ola.post(f"companies/{company_id}/reopen", why), 428, "version_required")
    opened = expect(ola.post(f"companies/{company_id}/reopen", why, **match), 200)
    assert (opened["state"], opened["version"]) == ("pending_verification", company["version"] + 1)
    expect(ola.post(f"companies/{company_id}/reopen", why, **match), 412, "stale_version")
    anna.approve(company_id)


def test_a_preview_is_the_mail_that_leaves(world: World) -> None:
    jan, anna = world.customer(language="en"), world.staff()
    company_id = jan.submitted()
    body = anna.correction(company_id, anna.claim(company_id))
    preview = anna.call("POST", f"staff/companies/{company_id}/mail-preview", json=body)
    shown = expect(preview, 200)
    expect(anna.decide(company_id, body), 201)
    sent = world.mails("correction_requested")[-1]
    assert (shown["subject"], shown["text"], shown["html"]) == (sent.subject, sent.text, sent.html)
    assert (shown["language"], shown["recipient"]) == ("en", jan.email)
    assert "cannot be read" in sent.text


def test_a_second_company_with_the_nip_is_never_approved(world: World) -> None:
    jan, ewa, anna = world.customer(), world.customer(), world.staff()
    first, second = jan.submitted(), ewa.submitted()
    anna.approve(first)
    token = anna.claim(second)
    assert "approve" not in anna.detail(second)["allowed_actions"]
    expect(anna.decide(second, anna.approval(second, token)), 409, "duplicate_company")
    assert anna.detail(second)["state"] == "pending_verification"


def test_two_companies_with_the_nip_approved_at_once_end_as_one(world: World) -> None:
    customers = [world.customer() for _ in range(3)]
    people = [world.staff(name) for name in ("anna", "ewa", "ola")]
    ids = [customer.submitted() for customer in customers]
    prepared = []
    for reviewer, company_id in zip(people, ids, strict=True):
        body = reviewer.approval(company_id, reviewer.claim(company_id))
        prepared.append((reviewer, company_id, body, reviewer.detail(company_id)["version"]))
    with ThreadPoolExecutor(3) as threads:
        answers = list(threads.map(lambda one: one[0].decide(one[1], one[2], version=one[3]), prepared))
    assert sorted(answer.status_code for answer in answers) == [201, 409, 409]
    assert len(world.mails("approved")) == 1


def test_a_second_review_is_another_persons(make_world: WorldMaker) -> None:
    world = make_world(second_review=SecondReview.ALWAYS)
    company_id = world.customer().submitted()
    anna, ewa = world.staff(), world.staff("ewa")
    version = anna.detail(company_id)["version"]
    first = expect(anna.decide(company_id, anna.approval(company_id, anna.claim(company_id))), 201)
    assert (first["second_review_due"], first["state"], first["version"]) == (True, "pending_verification", version)
    shown = anna.detail(company_id)
    assert shown["flags"] == ["second_review"]
    assert shown["second_review_by"]["username"] == "anna"
    assert shown["assignee"] is None
    assert world.mails("approved") == []
    assert anna.post("companies/next").status_code == 204
    again = anna.approval(company_id, anna.claim(company_id))
    expect(anna.decide(company_id, again), 409, "second_reviewer_required")
    expect(anna.call("DELETE", f"staff/companies/{company_id}/claim", headers=key()), 204)
    second = expect(ewa.decide(company_id, ewa.approval(company_id, ewa.claim(company_id))), 201)
    assert (second["second_review_due"], second["state"]) == (False, "approved")
    assert len(world.mails("approved")) == 1


def test_a_first_approval_does_not_outlive_a_change(make_world: WorldMaker) -> None:
    world = make_world(second_review=SecondReview.ALWAYS)
    jan, anna = world.customer(), world.staff()
    company_id = jan.submitted()
    expect(anna.decide(company_id, anna.approval(company_id, anna.claim(company_id))), 201)
    expect(jan.change(phone="22 999 88 77"), 200)
    assert anna.detail(company_id)["flags"] == []


def test_only_flagged_cases_need_a_second_review_where_the_setting_says_so(make_world: WorldMaker) -> None:
    world = make_world(second_review=SecondReview.FLAGGED)
    anna = world.staff()
    plain = world.customer().submitted(nip=NIPS[2])
    wait_until(lambda: anna.detail(plain)["second_review"] is None, what="the checks of the documents")
    anna.approve(plain)
    assert anna.detail(plain)["state"] == "approved"
    flagged = world.customer().submitted()
    world.customer().create()
    anna.approve(flagged)
    assert anna.detail(flagged)["flags"] == ["second_review", "possible_duplicate"]


def test_an_approval_before_the_checks_have_ended_needs_a_second_review(make_world: WorldMaker) -> None:
    with running_registers() as (registers, url):
        registers.troubles["krs"] = Trouble(how="drip")
        world = make_world(second_review=SecondReview.FLAGGED, krs_url=url)
        anna, ewa = world.staff(), world.staff("ewa")
        company_id = world.customer().submitted()
        assert anna.detail(company_id)["second_review"]["code"] == "checks_waiting"
        first = expect(anna.decide(company_id, anna.approval(company_id, anna.claim(company_id))), 201)
        assert (first["second_review_due"], first["state"]) == (True, "pending_verification")
        assert "jeszcze trwają" in first["second_review"]["message"]
        assert world.mails("approved") == []
        ewa.approve(company_id)
        assert anna.detail(company_id)["state"] == "approved"
        registers.released.set()


def test_a_first_approval_does_not_cover_what_the_checks_found_after_it(make_world: WorldMaker) -> None:
    with running_registers() as (registers, url):
        registers.troubles["krs"] = Trouble(how="drip")
        world = make_world(second_review=SecondReview.FLAGGED, krs_url=url)
        anna, ewa, ola = world.staff(), world.staff("ewa"), world.staff("ola")
        company_id = world.customer().submitted()
        wait_until(lambda: bool(registers.asked), what="the question to the register")
        expect(anna.decide(company_id, anna.approval(company_id, anna.claim(company_id))), 201)
        registers.released.set()
        registers.troubles.clear()

        def court() -> list[str]:
            checks = expect(anna.call("GET", f"staff/companies/{company_id}/checks"), 200)["items"]
            return [one["status"] for one in checks if one["code"] == "register_krs"]

        wait_until(lambda: court() == ["unknown"], what="the end of the question that was held up")
        expect(anna.post(f"companies/{company_id}/checks/refresh"), 200)
        wait_until(lambda: court() == ["fail"], what="the register's failure")
        assert ewa.detail(company_id)["second_review"]["code"] == "checks_failed_since"
        again = expect(ewa.decide(company_id, ewa.approval(company_id, ewa.claim(company_id))), 201)
        assert (again["second_review_due"], again["state"]) == (True, "pending_verification")
        assert world.mails("approved") == []
        assert ola.detail(company_id)["second_review"] is None
        ola.approve(company_id)
        assert anna.detail(company_id)["state"] == "approved"


def test_notes_and_decisions_stand_in_the_history(world: World) -> None:
    company_id = world.customer().submitted()
    anna = world.staff()
    anna.checked(company_id)
    expect(anna.post(f"companies/{company_id}/notes", {"text": " "}), 422, "validation_failed")
    expect(anna.post(f"companies/{company_id}/notes", {"text": "zadzwonić"}), 204)
    anna.approve(company_id)
    history = expect(anna.call("GET", f"staff/companies/{company_id}/history"), 200)["items"]
    kinds = [entry["kind"] for entry in history]
    assert kinds[-6:] == ["note_added", "claimed", "verdict_given", "verdict_given", "approved", "completion_link_sent"]
