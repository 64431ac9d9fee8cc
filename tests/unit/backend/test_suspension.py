# SPDX-License-Identifier: AGPL-3.0-or-later
"""A supervisor suspends an active company and restores it; nobody acts for it meanwhile, and nothing is lost."""

from __future__ import annotations

from typing import Any

import pytest
from httpx import Response

from reviewer_app.contract.permissions import StaffRole
from tests.support.team import activated, employee, me
from tests.support.world import Customer, Reviewer, World, expect, key

REASON = "Faktury nieopłacone od 90 dni."
DEPARTURE = "customer/company/departure"


@pytest.fixture
def jan(world: World) -> Customer:
    """The administrator of an active company."""
    return activated(world)


@pytest.fixture
def chief(world: World) -> Reviewer:
    """A supervisor."""
    return world.staff("zofia", StaffRole.SUPERVISOR)


def act(who: Reviewer, company_id: str, name: str, *, reason: str = REASON, version: int | None = None) -> Response:
    seen = who.detail(company_id)["version"] if version is None else version
    return who.post(f"companies/{company_id}/{name}", {"reason": reason}, **{"If-Match": f'"{seen}"'})


def test_a_suspended_company_s_people_can_do_nothing_and_read_why(world: World, jan: Customer, chief: Reviewer) -> None:
    ewa, _ = employee(world, jan, "ewa@firma.test", "OR")
    company_id = jan.company()["id"]
    before = chief.detail(company_id)
    assert "suspend" in before["allowed_actions"]
    assert "restore" not in before["allowed_actions"]
    answer = act(chief, company_id, "suspend")
    suspended = expect(answer, 200)
    assert (suspended["state"], suspended["version"]) == ("suspended", before["version"] + 1)
    assert answer.headers["etag"] == f'"{suspended["version"]}"'
    assert "restore" in suspended["allowed_actions"]
    for who in (jan, ewa):
        standing = me(who)
        assert (standing["blocked_reason"], standing["blocked_note"]) == ("company_suspended", REASON)
        expect(who.call("GET", "customer/areas/orders"), 403, "company_blocked")
    assert jan.company()["customer_note"] == REASON
    restored = expect(act(chief, company_id, "restore", reason="Zapłacono."), 200)
    assert (restored["state"], restored["version"]) == ("active", before["version"] + 2)
    for who in (jan, ewa):
        assert (me(who)["blocked"], me(who)["blocked_note"]) == (False, None)
        expect(who.call("GET", "customer/areas/orders"), 200)


def test_the_administrator_is_told_by_mail_and_everybody_by_the_history(
    world: World, jan: Customer, chief: Reviewer
) -> None:
    company_id = jan.company()["id"]
    since = expect(chief.call("GET", "staff/changes"), 200)["next"]
    expect(act(chief, company_id, "suspend"), 200)
    expect(act(chief, company_id, "restore", reason="Zapłacono."), 200)
    for kind, words in (("company_suspended", REASON), ("company_restored", "Zapłacono.")):
        (mail,) = world.mails(kind)
        assert mail.recipient == jan.email
        assert words in mail.text
        assert words in mail.html
        assert "http://127.0.0.1/company/menu" in mail.text.splitlines()
    entries = expect(chief.call("GET", f"staff/companies/{company_id}/history"), 200)["items"]
    entries = [one for one in entries if one["actor"] == "staff"][-2:]
    assert [one["text"] for one in entries] == [f"Zawieszono firmę: {REASON}", "Przywrócono firmę: Zapłacono."]
    assert [one["actor_name"] for one in entries] == ["Zofia Lis"] * 2
    feed = expect(chief.call("GET", "staff/changes", params={"since": since}), 200)["items"]
    told = [(one["kind"], one["company_id"]) for one in feed if one["kind"] != "documents_checked"]
    assert told == [("suspended", company_id), ("restored", company_id)]


def test_only_a_supervisor_and_only_with_a_reason_a_version_and_a_key(
    world: World, jan: Customer, chief: Reviewer
) -> None:
    company_id = jan.company()["id"]
    path, version = f"staff/companies/{company_id}/suspend", chief.detail(company_id)["version"]
    for role in (StaffRole.REVIEWER, StaffRole.AUDITOR, StaffRole.ADMIN):
        other = world.staff(role.value, role)
        expect(act(other, company_id, "suspend", version=version), 403, "permission_missing")
    match = {"If-Match": f'"{version}"'}
    expect(chief.call("POST", path, json={"reason": "x"}, headers=match), 400, "idempotency_key_missing")
    expect(chief.call("POST", path, json={"reason": "x"}, headers=key()), 428, "version_required")
    for body in ({"reason": " \n"}, {}, {"reason": "x" * 4001}):
        problem = expect(chief.call("POST", path, json=body, headers=key() | match), 422, "validation_failed")
        assert [error["field"] for error in problem["errors"]] == ["reason"]
    expect(act(chief, company_id, "suspend", version=version - 1), 412, "stale_version")
    expect(act(chief, company_id, "restore", version=version), 409, "invalid_transition")
    assert chief.detail(company_id)["state"] == "active"
    again = key()
    first = chief.post(f"companies/{company_id}/suspend", {"reason": "x"}, **match, **again)
    second = chief.post(f"companies/{company_id}/suspend", {"reason": "x"}, **match, **again)
    assert expect(first, 200) == expect(second, 200)
    assert len(world.mails("company_suspended")) == 1
    expect(act(chief, company_id, "suspend"), 409, "invalid_transition")


@pytest.mark.parametrize("first", ["departure", "suspension"])
def test_restoring_never_revives_a_company_without_an_administrator(
    world: World, jan: Customer, chief: Reviewer, first: str
) -> None:
    ewa, ewa_id = employee(world, jan, "ewa@firma.test", "OR")
    company_id = jan.company()["id"]
    if first == "suspension":
        expect(act(chief, company_id, "suspend"), 200)
    expect(jan.call("POST", DEPARTURE, json={"blocks_company": True}), 204)
    assert me(ewa)["blocked_reason"] == "no_administrator"
    case = chief.detail(company_id)
    assert "restore" not in case["allowed_actions"]
    blocked = {one["act"]: one["code"] for one in case["blocked_actions"]}
    assert blocked["restore"] == "administrator_missing"
    expect(act(chief, company_id, "restore"), 409, "administrator_missing")
    _appoint(world, ewa, ewa_id)
    assert me(ewa)["is_administrator"]
    state = chief.detail(company_id)["state"]
    if first == "departure":
        assert state == "active"
        return
    assert (state, me(ewa)["blocked_reason"]) == ("suspended", "company_suspended")
    expect(act(chief, company_id, "restore"), 200)
    assert not me(ewa)["blocked"]


def _appoint(world: World, who: Customer, employee_id: str) -> None:
    expect(who.call("POST", "customer/company/administrator-changes", json={"employee_id": employee_id}), 201)
    expect(who.call("GET", "customer/company/authorization"), 200)
    expect(who.upload("authorization"), 201)
    company: Any = expect(who.submit(), 200)
    world.staff().approve(company["id"])


def test_a_case_that_waits_goes_on_waiting(world: World, jan: Customer, chief: Reviewer) -> None:
    _, ewa_id = employee(world, jan, "ewa@firma.test")
    expect(jan.call("POST", "customer/company/administrator-changes", json={"employee_id": ewa_id}), 201)
    expect(jan.call("GET", "customer/company/authorization"), 200)
    expect(jan.upload("authorization"), 201)
    company_id = expect(jan.submit(), 200)["id"]
    anna = world.staff()
    token, seen = anna.claim(company_id), anna.detail(company_id)["version"]
    expect(act(chief, company_id, "suspend"), 200)
    assert [one["id"] for one in chief.queue(open=True)] == [company_id]
    body = anna.approval(company_id, token)
    expect(anna.decide(company_id, body, version=seen), 412, "stale_version")
    expect(anna.decide(company_id, body), 201)
    assert chief.detail(company_id)["state"] == "suspended"
