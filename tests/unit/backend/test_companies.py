# SPDX-License-Identifier: AGPL-3.0-or-later
"""What a customer declares, and what moves the company."""

from __future__ import annotations

from typing import Any

import pytest

from tests.support.numbers import NIPS
from tests.support.world import SEAT, World, company_data, expect


def fields(problem: Any) -> dict[str, str]:
    return {error["field"]: error["code"] for error in problem["errors"]}


def test_every_wrong_field_is_named_at_once_in_the_language_of_the_request(world: World) -> None:
    jan = world.customer()
    wrong = company_data(
        nip="9990000185",
        regon="990000218",
        krs="9990001",
        bank_account="31999900001000200030004000",
        seat={**SEAT, "postal_code": "1234"},
        phone="abc",
        email="biuro",
    )
    polish = expect(jan.call("POST", "customer/company", json=wrong), 422, "validation_failed")
    english = expect(jan.call("POST", "customer/company", json=wrong, headers={"Accept-Language": "en"}), 422)
    assert fields(polish) == fields(english)
    assert fields(polish) == {
        "nip": "wrong_checksum",
        "regon": "wrong_checksum",
        "krs": "wrong_length",
        "bank_account": "wrong_checksum",
        "seat.postal_code": "wrong_format",
        "phone": "wrong_format",
        "email": "wrong_format",
    }
    assert polish["errors"][0]["message"].startswith("NIP jest błędny")
    assert english["errors"][0]["message"].startswith("NIP is wrong")


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"krs": None}, {"krs": "required"}),
        ({"krs": "  "}, {"krs": "required"}),
        ({"legal_form": "sole_proprietorship"}, {"krs": "not_allowed"}),
        ({"nip": "0000000000"}, {"nip": "not_assignable"}),
        ({"nip": ""}, {"nip": "required"}),
        ({"name": None}, {"name": "required"}),
        ({"legal_form": "llc"}, {"legal_form": "invalid"}),
        ({"seat": {**SEAT, "country": "Polska"}}, {"seat.country": "wrong_format"}),
        ({"owner": "Jan"}, {"owner": "unknown_field"}),
        ({"phone": "22 123 45 67" + "." * 60}, {"phone": "wrong_format"}),
    ],
)
def test_what_a_company_cannot_be(world: World, changes: dict[str, Any], expected: dict[str, str]) -> None:
    answer = world.customer().call("POST", "customer/company", json=company_data(**changes))
    assert fields(expect(answer, 422, "validation_failed")) == expected


def test_the_longest_name_goes_all_the_way(world: World) -> None:
    jan = world.customer()
    name = "Ż" * 500
    jan.submitted(sheet=True, name=name)
    assert jan.company()["name"] == name
    (mail,) = world.mails("submission_received")
    assert len(mail.subject) <= 200
    assert name in mail.text


def test_numbers_are_stored_in_compact_form(world: World) -> None:
    company = world.customer().create(
        nip="PL 999-000-01-84", regon="99000021700000", bank_account="PL30 9999 0000 1000 2000 3000 4000"
    )
    assert company["nip"] == "9990000184"
    assert company["regon"] == "990000217"
    assert company["bank_account"] == "30999900001000200030004000"


def test_a_person_has_one_company_and_sees_no_other(world: World) -> None:
    jan, ewa = world.customer(), world.customer()
    expect(ewa.call("GET", "customer/company"), 404, "no_company")
    jan.create()
    expect(jan.call("POST", "customer/company", json=company_data(NIPS[1])), 409, "company_exists")
    document = expect(jan.upload("registry_extract"), 201)
    ewa.create(nip=NIPS[1])
    expect(ewa.call("GET", f"customer/company/documents/{document['id']}/content"), 404, "not_found")
    expect(ewa.upload("registry_extract", replaces=document["id"]), 422, "validation_failed")


def test_a_change_names_the_version_it_was_made_on(world: World) -> None:
    jan = world.customer()
    version = jan.create()["version"]
    path, body = "customer/company", {"phone": "22 765 43 21"}
    expect(jan.call("PATCH", path, json=body), 428, "version_required")
    expect(jan.call("PATCH", path, json=body, headers={"If-Match": "1"}), 400, "malformed_request")
    changed = jan.call("PATCH", path, json=body, headers={"If-Match": f'"{version}"'})
    assert expect(changed, 200)["version"] == version + 1
    assert changed.headers["etag"] == f'"{version + 1}"'
    stale = jan.call("PATCH", path, json={"phone": "22 1111111"}, headers={"If-Match": f'"{version}"'})
    expect(stale, 412, "stale_version")
    assert jan.company()["phone"] == "22 765 43 21"


def test_a_change_to_the_same_makes_no_version(world: World) -> None:
    jan = world.customer()
    company = jan.create()
    assert expect(jan.change(nip="999 000 01 84", phone=company["phone"]), 200)["version"] == company["version"]


def test_a_registered_company_cannot_lose_a_required_field(world: World) -> None:
    jan = world.customer()
    jan.create()
    expect(jan.change(phone=None), 200)
    expect(jan.change(phone="22 123 45 67"), 200)
    expect(jan.upload("registry_extract"), 201)
    assert jan.company()["state"] == "awaiting_authorization"
    assert fields(expect(jan.change(phone=""), 422)) == {"phone": "required"}
    expect(jan.change(bank_account=None), 200)


def test_a_change_of_form_takes_the_krs_with_it(world: World) -> None:
    jan = world.customer()
    jan.create()
    assert expect(jan.change(legal_form="civil_partnership"), 200)["krs"] is None
    assert fields(expect(jan.change(legal_form="sa"), 422)) == {"krs": "required"}
    assert expect(jan.change(legal_form="sa", krs="0009990002"), 200)["krs"] == "0009990002"


def test_submission_says_what_is_missing_and_happens_once(world: World) -> None:
    jan = world.customer()
    expect(jan.submit(), 404, "no_company")
    jan.create(phone=None)
    wanted = ["phone", "document:registry_extract", "document:authorization"]
    assert expect(jan.submit(), 409, "incomplete")["missing"] == wanted
    expect(jan.change(phone="22 123 45 67"), 200)
    expect(jan.upload("registry_extract"), 201)
    assert expect(jan.submit(), 409, "incomplete")["missing"] == ["document:authorization"]
    expect(jan.upload("authorization"), 201)
    company = expect(jan.submit(), 200)
    assert (company["state"], company["round"]) == ("pending_verification", 1)
    expect(jan.submit(), 409, "invalid_transition")
    assert len(world.mails("submission_received")) == 1


def test_a_submission_sent_twice_with_one_key_is_one_submission(world: World) -> None:
    jan = world.customer()
    jan.ready()
    headers = {"Idempotency-Key": "the-same"}
    first = jan.call("POST", "customer/company/submission", headers=headers)
    again = jan.call("POST", "customer/company/submission", headers=headers)
    assert expect(first, 200) == expect(again, 200)
    assert len(world.mails("submission_received")) == 1


def test_withdrawal_takes_the_case_back_from_staff(world: World) -> None:
    jan, anna = world.customer(), world.staff()
    company_id = jan.submitted()
    token = anna.claim(company_id)
    body = anna.approval(company_id, token)
    version = anna.detail(company_id)["version"]
    assert expect(jan.call("POST", "customer/company/withdrawal"), 200)["state"] == "awaiting_authorization"
    expect(anna.decide(company_id, body, version=version), 412, "stale_version")
    expect(anna.decide(company_id, body), 409, "invalid_transition")
    assert anna.detail(company_id)["assignee"] is None
    assert anna.queue(open=True) == []
    expect(jan.call("POST", "customer/company/withdrawal"), 409, "invalid_transition")
    assert expect(jan.submit(), 200)["round"] == 1


def test_changing_what_the_sheet_carries_takes_the_case_back_and_asks_for_a_new_sheet(world: World) -> None:
    jan, anna = world.customer(), world.staff()
    company_id = jan.submitted()
    anna.claim(company_id)
    changed = expect(jan.change(name="Nowa Nazwa Sp. z o.o."), 200)
    assert changed["state"] == "awaiting_authorization"
    assert changed["missing"] == ["document:authorization"]
    assert changed["authorization_number"] is None
    sheet = next(one for one in jan.documents() if one["kind"] == "authorization")
    assert sheet["state"] == "needs_replacement"
    assert [reason["code"] for reason in sheet["reasons"]] == ["wrong_form_version"]
    assert anna.detail(company_id)["lease_expires_at"] is None
    expect(jan.submit(), 409, "incomplete")
    expect(jan.upload("authorization"), 201)
    expect(jan.submit(), 200)


def test_changing_other_data_tells_the_reviewer_and_leaves_the_case(world: World) -> None:
    jan, anna = world.customer(), world.staff()
    company_id = jan.submitted()
    token = anna.claim(company_id)
    seen = anna.detail(company_id)["version"]
    since = expect(anna.call("GET", "staff/changes"), 200)["next"]
    assert expect(jan.change(phone="22 999 88 77"), 200)["state"] == "pending_verification"
    expect(anna.decide(company_id, anna.approval(company_id, token), version=seen), 412, "stale_version")
    feed = expect(anna.call("GET", "staff/changes", params={"since": since}), 200)["items"]
    assert ("company_changed", company_id) in [(change["kind"], change["company_id"]) for change in feed]
    expect(anna.decide(company_id, anna.approval(company_id, token)), 201)


def test_nothing_is_edited_after_a_decision(world: World) -> None:
    jan, anna = world.customer(), world.staff()
    company_id = jan.submitted()
    anna.approve(company_id)
    expect(jan.change(phone="22 999 88 77"), 409, "invalid_transition")
    expect(jan.upload("other"), 409, "invalid_transition")


def test_two_companies_with_one_nip_are_both_flagged(world: World) -> None:
    jan, ewa, anna = world.customer(), world.customer(), world.staff()
    first, second = jan.submitted(), ewa.submitted()
    assert anna.detail(first)["flags"] == anna.detail(second)["flags"] == ["possible_duplicate"]
    assert {item["id"] for item in anna.queue(flag="possible_duplicate")} == {first, second}
    unique = next(check for check in anna.detail(first)["checks"] if check["code"] == "nip_unique")
    assert (unique["status"], unique["field"]) == ("warn", "nip")
    expect(ewa.change(nip=NIPS[1]), 200)
    assert anna.detail(first)["flags"] == anna.detail(second)["flags"] == []
    assert anna.queue(flag="possible_duplicate") == []
