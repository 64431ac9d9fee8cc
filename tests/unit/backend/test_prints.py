# SPDX-License-Identifier: AGPL-3.0-or-later
"""A print of a document is in the history of its case before there is paper, and so is what became of it: who, which pages."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reviewer_app.contract.permissions import StaffRole
from reviewer_app.contract.printing import pages_of_text, pages_text
from tests.support.world import Reviewer, World, expect, key, pdf


def history(who: Reviewer, company_id: str, language: str = "pl") -> list[dict[str, str]]:
    path = f"staff/companies/{company_id}/history"
    told = expect(who.call("GET", path, headers={"Accept-Language": language}), 200)["items"]
    return [entry for entry in told if entry["kind"].startswith("document_print")]


def test_a_print_is_recorded_with_person_time_and_pages(world: World) -> None:
    jan = world.customer()
    jan.ready()
    expect(jan.upload("registry_extract", pdf("Odpis", 3)), 201)
    company_id = expect(jan.submit(), 200)["id"]
    ala = world.staff("ala", StaffRole.AUDITOR)
    document = next(one for one in ala.detail(company_id)["documents"] if one["pages"] == 3)
    path = f"documents/{document['id']}/prints"
    since = expect(ala.call("GET", "staff/changes"), 200)["next"]
    record = expect(ala.post(path, {"pages": [1, 3]}), 201)
    case = ala.detail(company_id)
    assert (record["company_name"], record["nip"]) == (case["name"], case["nip"])
    (entry,) = history(ala, company_id)
    assert entry["actor_name"] == record["printed_by"]
    apart = datetime.fromisoformat(record["printed_at"]) - datetime.fromisoformat(entry["at"])
    assert abs(apart) < timedelta(minutes=1), "paper shows minutes"
    assert entry["text"].endswith(f"({document['file_name']}, wersja {document['version']}), strony: 1, 3.")
    assert "pages: 1, 3." in history(ala, company_id, "en")[0]["text"]
    fed = expect(ala.call("GET", f"staff/changes?since={since}"), 200)["items"]
    assert (company_id, "document_print_begun") in [(one["company_id"], one["kind"]) for one in fed]


def test_a_print_that_is_sent_again_is_recorded_once(world: World) -> None:
    company_id = world.customer().submitted()
    anna = world.staff()
    document = anna.detail(company_id)["documents"][0]
    once, path = key(), f"staff/documents/{document['id']}/prints"
    answers = [expect(anna.call("POST", path, json={"pages": [1]}, headers=once), 201) for _ in range(2)]
    assert answers[0] == answers[1]
    assert len(history(anna, company_id)) == 1


def test_pages_that_are_not_there_are_refused_and_nothing_is_recorded(world: World) -> None:
    company_id = world.customer().submitted()
    anna = world.staff()
    document = anna.detail(company_id)["documents"][0]
    path = f"documents/{document['id']}/prints"
    for pages in ([1, document["pages"] + 1], [2, 1], [1, 1], [0], []):
        expect(anna.post(path, {"pages": pages}), 422, "validation_failed")
    expect(anna.post("documents/unknown/prints", {"pages": [1]}), 404, "not_found")
    assert history(anna, company_id) == []


@pytest.mark.parametrize(
    ("outcome", "kind", "pages"),
    [
        ({"complete": True, "pages": [1, 2]}, "document_printed", "1–2"),
        ({"complete": False, "pages": [1]}, "document_print_failed", "1"),
        ({"complete": False}, "document_print_failed", "–"),
    ],
)
def test_what_became_of_a_print_is_recorded_once_by_who_began_it(
    world: World, outcome: dict[str, object], kind: str, pages: str
) -> None:
    jan = world.customer()
    jan.create()
    expect(jan.upload("registry_extract", pdf("Odpis", 2)), 201)
    expect(jan.upload("authorization"), 201)
    company_id = expect(jan.submit(), 200)["id"]
    anna, piotr = world.staff(), world.staff("piotr")
    document = next(one for one in anna.detail(company_id)["documents"] if one["pages"] == 2)
    path = f"documents/{document['id']}/prints"
    begun = expect(anna.post(path, {"pages": [1, 2]}), 201)
    assert [entry["kind"] for entry in history(anna, company_id)] == ["document_print_begun"], "it is not printed yet"
    ended = f"{path}/{begun['print_id']}/outcome"
    expect(piotr.post(ended, outcome), 404)
    expect(anna.post(ended, {"complete": False, "pages": [2, 3]}), 422, "validation_failed")
    for _ in range(2):
        expect(anna.post(ended, outcome), 204)
    expect(anna.post(f"{path}/unknown/outcome", outcome), 404)
    told = history(anna, company_id, "en")
    assert sorted(entry["kind"] for entry in told) == sorted(["document_print_begun", kind])
    (entry,) = [one for one in told if one["kind"] == kind]
    assert entry["text"].endswith(f": {pages}.")


@given(st.sets(st.integers(1, 60), min_size=1))
def test_pages_are_written_as_runs_that_name_just_these(pages: set[int]) -> None:
    named: list[int] = []
    for part in pages_text(sorted(pages)).split(", "):
        first, _, last = part.partition("–")
        named += range(int(first), int(last or first) + 1)
    assert named == sorted(pages)
    assert pages_of_text(pages_text(sorted(pages))) == pages
