# SPDX-License-Identifier: AGPL-3.0-or-later
"""One administrator (R3 to R6): changes, their verification by staff, and companies that are left without one."""

from __future__ import annotations

from typing import Any

import pytest

from reviewer_app.contract.permissions import StaffRole
from tests.support.numbers import NIPS
from tests.support.team import activated, complete, employee, invite, join, me, people
from tests.support.world import Customer, Reviewer, World, expect

CHANGES = "customer/company/administrator-changes"
DEPARTURE = "customer/company/departure"


@pytest.fixture
def jan(world: World) -> Customer:
    """The administrator of an active company."""
    return activated(world)


def ask(who: Customer, **named: Any) -> Any:
    return expect(who.call("POST", CHANGES, json=named), 201)


def changes(who: Customer) -> list[Any]:
    items: list[Any] = expect(who.call("GET", CHANGES), 200)["items"]
    return items


def sheets(world: World, company_id: str) -> list[str]:
    found = world.staff().detail(company_id)["documents"]
    return [document["state"] for document in found if document["kind"] == "authorization"]


def told(who: Reviewer, since: int) -> list[tuple[str, str]]:
    items = expect(who.call("GET", "staff/notices", params={"since": since}), 200)["items"]
    return [(item["kind"], item["company_id"]) for item in items]


def submitted_change(world: World, jan: Customer) -> tuple[Customer, str]:
    """Bring the change to another administrator to staff; gives the person and the company's id."""
    ewa, ewa_id = employee(world, jan, "ewa@firma.test", "OR")
    ask(jan, employee_id=ewa_id)
    expect(jan.call("GET", "customer/company/authorization"), 200)
    expect(jan.upload("authorization"), 201)
    return ewa, expect(jan.submit(), 200)["id"]


def test_the_role_passes_on_when_staff_accept_and_not_before(world: World, jan: Customer) -> None:
    ewa, ewa_id = employee(world, jan, "ewa@firma.test", "OR")
    before = jan.company()
    change = ask(jan, employee_id=ewa_id)
    assert (change["state"], change["missing"]) == ("awaiting_authorization", ["document:authorization"])
    assert expect(jan.submit(), 409, "incomplete")["missing"] == ["document:authorization"]
    expect(jan.call("GET", "customer/company/authorization"), 200)
    number = changes(jan)[0]["authorization_number"]
    assert number not in {None, before["authorization_number"]}
    expect(jan.upload("authorization"), 201)
    assert expect(jan.submit(), 200)["state"] == "active"
    company_id = before["id"]
    (item,) = world.staff().queue(open=True)
    assert (item["id"], item["case_kind"], item["state"]) == (company_id, "administrator_change", "active")
    shown = world.staff().detail(company_id)
    assert (shown["candidate"]["email"], shown["administrator"]["email"]) == ("ewa@firma.test", jan.email)
    assert shown["authorization_number"] == number
    assert (me(jan)["is_administrator"], me(ewa)["is_administrator"]) == (True, False)
    expect(jan.call("GET", "customer/areas/orders"), 200)

    world.staff().approve(company_id)
    assert (me(jan)["is_administrator"], me(jan)["permissions"]) == (False, [])
    assert (me(ewa)["is_administrator"], len(me(ewa)["permissions"])) == (True, 7)
    assert ewa.company()["state"] == "active"
    assert ewa.company()["authorization_number"] == number
    assert sorted(sheets(world, company_id)) == ["accepted", "superseded"]
    assert world.staff().queue(open=True) == []
    assert [mail.recipient for mail in world.mails("administrator_changed")] == ["ewa@firma.test", jan.email]
    assert (
        "Administratorem firmy Żółw i Syn Sp. z o.o. jest teraz Ewa Nowak"
        in world.mails("administrator_changed")[0].text
    )
    (done,) = changes(ewa)
    assert done["state"] == "accepted"
    expect(jan.call("GET", CHANGES), 403, "not_administrator")
    assert len(world.mails("approved")) == 1
    told = str(expect(world.staff().call("GET", f"staff/companies/{company_id}/history"), 200))
    assert all(kind in told for kind in ("administrator_change_requested", "administrator_changed"))


def test_a_refused_change_leaves_everything_as_it_was(world: World, jan: Customer) -> None:
    ewa, company_id = submitted_change(world, jan)
    anna = world.staff()
    token = anna.claim(company_id)
    reasons = [{"code": "other", "note": "Właściciel nie podpisał."}]
    body = {"outcome": "reject", "lease_token": token, "reasons": reasons}
    expect(anna.decide(company_id, body), 201)
    assert (me(jan)["is_administrator"], me(ewa)["is_administrator"]) == (True, False)
    assert changes(jan)[0]["state"] == "refused"
    assert sorted(sheets(world, company_id)) == ["accepted", "superseded"]
    assert jan.company()["state"] == "active"
    assert world.mails("administrator_refused")[0].recipient == jan.email
    ask(jan, email="ewa@firma.test")


def test_a_correction_is_asked_for_and_made(world: World, jan: Customer) -> None:
    ewa, company_id = submitted_change(world, jan)
    anna = world.staff()
    token = anna.claim(company_id)
    new = [one for one in anna.detail(company_id)["documents"] if one["state"] == "ready"]
    correction = anna.correction(company_id, token)
    correction["documents"][0]["document_id"] = new[0]["id"]
    expect(anna.decide(company_id, correction), 201)
    (change,) = changes(jan)
    assert (change["state"], change["missing"]) == ("correction_requested", ["document:authorization"])
    assert (change["customer_note"], jan.company()["state"]) == ("Skan.", "active")
    expect(jan.submit(), 409, "incomplete")
    expect(anna.call("PUT", f"staff/companies/{company_id}/look"), 204)
    place = expect(anna.call("GET", "staff/notices"), 200)["next"]
    expect(jan.upload("authorization"), 201)
    expect(jan.submit(), 200)
    assert told(anna, place) == [("answered", company_id)], "who asked for the correction hears of it"
    assert "administrator_change_submitted" in anna.queue(open=True)[0]["news"]
    anna.approve(company_id)
    assert told(anna, place) == [], "it was dealt with meanwhile"
    assert changes(ewa)[0]["state"] == "accepted"


def test_a_change_is_no_answer_to_what_was_asked_before_it_and_is_told_to_whom_it_is_given(world: World) -> None:
    jan, anna, maria = world.customer(), world.staff(), world.staff("maria", StaffRole.SUPERVISOR)
    company_id = jan.submitted()
    expect(anna.decide(company_id, anna.correction(company_id, anna.claim(company_id))), 201)
    expect(jan.upload("authorization"), 201)
    expect(jan.submit(), 200)
    anna.approve(company_id)
    complete(world, jan)
    place = expect(anna.call("GET", "staff/notices"), 200)["next"]
    submitted_change(world, jan)
    assert told(anna, place) == []
    ids = {one["username"]: one["id"] for one in expect(maria.call("GET", "staff/people"), 200)["items"]}
    versions = {company_id: maria.detail(company_id)["version"]}
    expect(maria.post("companies/bulk", {"act": "assign", "companies": versions, "assignee_id": ids["anna"]}), 200)
    assert told(anna, place) == [("assigned", company_id)]


def test_a_withdrawn_change_leaves_staff_s_queue(world: World, jan: Customer) -> None:
    _, company_id = submitted_change(world, jan)
    world.staff().claim(company_id)
    (change,) = changes(jan)
    expect(jan.call("DELETE", f"{CHANGES}/{change['id']}"), 204)
    assert world.staff().queue(open=True) == []
    assert world.staff().detail(company_id)["assignee"] is None
    assert changes(jan)[0]["state"] == "withdrawn"
    assert sorted(sheets(world, company_id)) == ["accepted", "superseded"]
    expect(jan.call("DELETE", f"{CHANGES}/{change['id']}"), 409, "invalid_transition")


def test_there_is_no_second_administrator(world: World, jan: Customer) -> None:
    ewa, ewa_id = employee(world, jan, "ewa@firma.test", "US", "AD", "OR", "FI", "RM", "BR", "PRO")
    refused = expect(ewa.call("POST", CHANGES, json={"employee_id": ewa_id}), 409, "administrator_exists")
    assert "tylko jeden" in refused["title"]
    for answer in (
        ewa.call("GET", CHANGES),
        ewa.call("GET", "customer/company/authorization"),
        ewa.upload("authorization"),
        ewa.submit(),
    ):
        expect(answer, 403, "not_administrator")
    ask(jan, employee_id=ewa_id)
    expect(jan.call("POST", CHANGES, json={"employee_id": ewa_id}), 409, "change_open")
    path = f"customer/company/employees/{ewa_id}"
    expect(jan.call("DELETE", path), 409, "candidate_of_change")
    expect(jan.call("PATCH", path, json={"blocked": True}), 409, "candidate_of_change")


def test_a_newcomer_becomes_administrator_after_joining(world: World, jan: Customer) -> None:
    refused = expect(jan.call("POST", CHANGES, json={"email": "ola@firma.test"}), 422, "validation_failed")
    assert {error["field"] for error in refused["errors"]} == {"first_name", "last_name"}
    change = ask(jan, email="ola@firma.test", first_name="Ola", last_name="Lis")
    assert change["missing"] == ["candidate", "document:authorization"]
    assert expect(jan.call("GET", "customer/company/authorization"), 409, "incomplete")["missing"] == ["candidate"]
    join(world, "ola@firma.test")
    expect(jan.call("GET", "customer/company/authorization"), 200)


def test_strangers_and_wrong_candidates_are_refused(world: World, jan: Customer) -> None:
    other = world.customer()
    other.create(nip=NIPS[1])
    foreign = invite(other, "obcy@inna.test")["id"]
    expect(jan.call("POST", CHANGES, json={"employee_id": foreign}), 404, "not_found")
    own = me(jan)["employee_id"]
    for body in ({"employee_id": own}, {"email": jan.email}, {}, {"employee_id": own, "email": jan.email}):
        expect(jan.call("POST", CHANGES, json=body), 422, "validation_failed")
    expect(other.call("POST", CHANGES, json={"employee_id": foreign}), 409, "invalid_transition")
    expect(other.call("DELETE", f"{CHANGES}/nothing"), 404, "not_found")
    expect(world.customer().call("GET", CHANGES), 404, "no_company")


def test_without_an_administrator_everybody_is_blocked_until_one_is_appointed(world: World, jan: Customer) -> None:
    ewa, ewa_id = employee(world, jan, "ewa@firma.test", "OR", "US", "AD")
    ola, ola_id = employee(world, jan, "ola@firma.test", "OR")
    company_id = jan.company()["id"]
    expect(jan.call("POST", DEPARTURE, json={}), 409, "blocks_company")
    expect(jan.call("POST", DEPARTURE, json={"blocks_company": True}), 204)
    for person in (ewa, ola):
        told = me(person)
        assert (told["blocked"], told["blocked_reason"]) == (True, "no_administrator")
        assert told["company"]["state"] == "suspended"
    for path in ("areas/orders", "company/employees", "company/addresses", "company/hierarchy"):
        assert expect(ewa.call("GET", f"customer/{path}"), 403, "company_blocked")["reason"] == "no_administrator"
    assert {mail.recipient for mail in world.mails("company_blocked")} == {"ewa@firma.test", "ola@firma.test"}
    assert me(jan)["company"] is None

    expect(ewa.call("POST", CHANGES, json={"employee_id": ola_id}), 403, "not_administrator")
    ask(ewa, employee_id=ewa_id)
    expect(ola.call("POST", CHANGES, json={"employee_id": ola_id}), 409, "change_open")
    expect(ola.upload("authorization"), 403, "not_administrator")
    expect(ewa.call("GET", "customer/company/authorization"), 200)
    expect(ewa.upload("authorization"), 201)
    expect(ewa.submit(), 200)
    assert me(ewa)["blocked"]
    world.staff().approve(company_id)
    assert (me(ewa)["is_administrator"], me(ewa)["blocked"], me(ola)["blocked"]) == (True, False, False)
    expect(ola.call("GET", "customer/areas/orders"), 200)
    assert len(people(ewa)) == 2


def test_the_administrator_may_leave_while_the_successor_is_being_checked(world: World, jan: Customer) -> None:
    ewa, company_id = submitted_change(world, jan)
    expect(jan.call("POST", DEPARTURE, json={"blocks_company": True}), 204)
    (item,) = world.staff().queue(open=True)
    assert (item["state"], item["case_kind"]) == ("suspended", "administrator_change")
    world.staff().approve(company_id)
    assert ewa.company()["state"] == "active"


def test_who_leaves_takes_back_their_candidacy(world: World, jan: Customer) -> None:
    ewa, _ = submitted_change(world, jan)
    expect(ewa.call("POST", DEPARTURE, json={}), 204)
    assert changes(jan)[0]["state"] == "withdrawn"
    assert world.staff().queue(open=True) == []
    assert me(ewa)["company"] is None


def test_the_administrator_of_a_company_not_in_use_yet_cannot_leave_it(world: World) -> None:
    jan = world.customer()
    jan.create()
    expect(jan.call("POST", DEPARTURE, json={"blocks_company": True}), 409, "invalid_transition")


def test_claims_and_preview_work_on_a_change(world: World, jan: Customer) -> None:
    _, company_id = submitted_change(world, jan)
    anna = world.staff()
    claimed = expect(anna.post("companies/next"), 200)
    assert claimed["company"]["id"] == company_id
    body = anna.approval(company_id, claimed["lease_token"])
    preview = expect(anna.post(f"companies/{company_id}/mail-preview", body), 200)
    assert preview["recipient"] == "ewa@firma.test"
    assert "Nowy administrator" in preview["subject"]
