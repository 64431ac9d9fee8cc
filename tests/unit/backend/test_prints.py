# SPDX-License-Identifier: AGPL-3.0-or-later
"""A print of a document is in the history of its case before there is paper: who, when, which pages."""

from __future__ import annotations

from datetime import datetime, timedelta

from reviewer_app.contract.permissions import StaffRole
from tests.support.world import Reviewer, World, expect, key, pdf


def history(who: Reviewer, company_id: str, language: str = "pl") -> list[dict[str, str]]:
    path = f"staff/companies/{company_id}/history"
    told = expect(who.call("GET", path, headers={"Accept-Language": language}), 200)["items"]
    return [entry for entry in told if entry["kind"] == "document_printed"]


def test_a_print_is_recorded_with_person_time_and_pages(world: World) -> None:
    jan = world.customer()
    jan.ready()
    expect(jan.upload("registry_extract", pdf("Odpis", 3)), 201)
    company_id = expect(jan.submit(), 200)["id"]
    ala = world.staff("ala", StaffRole.AUDITOR)
    document = next(one for one in ala.detail(company_id)["documents"] if one["pages"] == 3)
    path = f"documents/{document['id']}/prints"
    since = expect(ala.call("GET", "staff/changes"), 200)["next"]
    record = expect(ala.post(path, {"first_page": 2, "last_page": 3}), 201)
    case = ala.detail(company_id)
    assert (record["company_name"], record["nip"]) == (case["name"], case["nip"])
    (entry,) = history(ala, company_id)
    assert entry["actor_name"] == record["printed_by"]
    apart = datetime.fromisoformat(record["printed_at"]) - datetime.fromisoformat(entry["at"])
    assert abs(apart) < timedelta(minutes=1), "paper shows minutes"
    assert entry["text"].endswith(f"({document['file_name']}, wersja {document['version']}), strony: 2–3.")
    assert "pages: 2–3." in history(ala, company_id, "en")[0]["text"]
    fed = expect(ala.call("GET", f"staff/changes?since={since}"), 200)["items"]
    assert (company_id, "document_printed") in [(one["company_id"], one["kind"]) for one in fed]


def test_a_print_that_is_sent_again_is_recorded_once(world: World) -> None:
    company_id = world.customer().submitted()
    anna = world.staff()
    document = anna.detail(company_id)["documents"][0]
    once, path = key(), f"staff/documents/{document['id']}/prints"
    answers = [
        expect(anna.call("POST", path, json={"first_page": 1, "last_page": 1}, headers=once), 201) for _ in range(2)
    ]
    assert answers[0] == answers[1]
    assert len(history(anna, company_id)) == 1


def test_pages_that_are_not_there_are_refused_and_nothing_is_recorded(world: World) -> None:
    company_id = world.customer().submitted()
    anna = world.staff()
    document = anna.detail(company_id)["documents"][0]
    path = f"documents/{document['id']}/prints"
    for first, last in ((1, document["pages"] + 1), (2, 1), (0, 1)):
        expect(anna.post(path, {"first_page": first, "last_page": last}), 422, "validation_failed")
    expect(anna.post("documents/unknown/prints", {"first_page": 1, "last_page": 1}), 404, "not_found")
    assert history(anna, company_id) == []
