# SPDX-License-Identifier: AGPL-3.0-or-later
"""A company goes all the way."""

from __future__ import annotations

from tests.support.world import World, expect


def test_a_company_goes_from_its_first_data_to_full_use(world: World) -> None:
    jan, anna = world.customer(), world.staff()
    company = jan.create(regon=None, seat=None)
    assert company["state"] == "collecting"
    assert company["missing"] == ["regon", "seat", "document:registry_extract"]
    expect(jan.upload("registry_extract"), 201)
    expect(jan.change(regon="990000217", seat={"building": "1", "postal_code": "00001", "city": "Łódź"}), 200)
    assert jan.company()["state"] == "awaiting_authorization"
    sheet = jan.call("GET", "customer/company/authorization", params={"variant": "not_registered"})
    assert expect(sheet, 200).startswith(b"%PDF")
    expect(jan.upload("authorization", sheet.content), 201)
    company_id = expect(jan.submit(), 200)["id"]

    claimed = expect(anna.post("companies/next"), 200)
    assert claimed["company"]["id"] == company_id
    expect(anna.decide(company_id, anna.correction(company_id, claimed["lease_token"])), 201)
    assert jan.company()["state"] == "correction_requested"
    assert jan.company()["missing"] == ["document:authorization"]
    expect(jan.submit(), 409, "incomplete")
    expect(jan.upload("authorization"), 201)
    assert expect(jan.submit(), 200)["round"] == 2
    anna.approve(company_id)

    token = world.link("approved", jan.email)
    shown = expect(world.client.get(f"/api/v1/customer/completions/{token}"), 200)
    assert shown["company"]["seat"]["postal_code"] == "00-001"
    body = {"choice": "proceed", "owh_version": shown["owh_version"], "terms_version": shown["terms_version"]}
    done = expect(world.client.post(f"/api/v1/customer/completions/{token}", json=body), 200)
    assert done["state"] == "active"
    kinds = [mail.kind for mail in world.mails(to=jan.email)]
    received = "submission_received"
    assert kinds == ["activation", received, "correction_requested", received, "approved"]
