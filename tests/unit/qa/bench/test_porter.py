# SPDX-License-Identifier: AGPL-3.0-or-later
"""Cases leave a bench and come into another; a bench is emptied and begins with the same ids."""

from __future__ import annotations

import io
import json
import zipfile
from datetime import datetime
from typing import Any

import pytest

from reviewer_app.backend.archive import verify
from tests.support.benches import InnerBench
from tests.support.world import expect
from tests.unit.qa.bench.conftest import BenchMaker

SCENARIO, OTHER = "sole_trader_owner_signs", "sole_trader_suspended"


def exported(bench: InnerBench, company_id: str) -> bytes:
    """Download a case."""
    answer = bench.call("GET", f"companies/{company_id}/export")
    assert answer.status_code == 200
    assert answer.headers["content-type"] == "application/zip"
    packed: bytes = answer.content
    return packed


def rewritten(packed: bytes, name: str, data: bytes | None) -> bytes:
    """Give the ZIP with one part changed, or left out."""
    written = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(packed)) as source, zipfile.ZipFile(written, "w") as target:
        for info in source.infolist():
            kept = source.read(info) if info.filename != name else data
            if kept is not None:
                target.writestr(info.filename, kept)
    return written.getvalue()


def manifest_of(packed: bytes) -> dict[str, Any]:
    with zipfile.ZipFile(io.BytesIO(packed)) as source:
        found: dict[str, Any] = json.loads(source.read("manifest.json"))
    return found


def test_a_case_goes_to_another_bench_with_everything(make_bench: BenchMaker) -> None:
    here, there = make_bench(), make_bench()
    company_id = here.make(SCENARIO)["company_id"]
    here.act(company_id, "second_reviewer_asks_correction")
    here.act(company_id, "upload_again")
    here.act(company_id, "submit")
    here.checked(company_id)  # what they write into the history belongs into the file, or into neither of the two
    there.make(OTHER)  # its authorization has the number that the other one has at home
    packed = exported(here, company_id)
    case = expect(there.call("POST", "imports", content=packed), 201)
    assert (case["company_id"], case["scenario"], case["state"]) == (company_id, SCENARIO, "pending_verification")
    home, away = here.staff().detail(company_id), there.staff().detail(company_id)
    assert [one["sha256"] for one in home["documents"]] == [one["sha256"] for one in away["documents"]]
    for document in away["documents"]:
        assert there.staff().call("GET", f"staff/documents/{document['id']}/content").status_code == 200
    events = [bench.call("GET", f"companies/{company_id}/events").json()["items"] for bench in (here, there)]
    assert events[0] == events[1]
    papers = [bench.call("GET", f"companies/{company_id}/papers").json()["items"] for bench in (here, there)]
    assert papers[0] == papers[1]
    assert len(papers[0]) == len(home["documents"])
    login = {"email": case["customer"]["name"], "password": case["customer"]["password"]}
    expect(there.client.post("/api/v1/customer/sessions", json=login), 201)
    assert verify(there.backend.parts.database, there.backend.parts.storage).broken is None
    assert there.act(company_id, "second_reviewer_approves")["state"] == "approved"
    again = expect(
        there.call("POST", "imports", content=packed, headers={"Accept-Language": "pl"}), 409, "case_present"
    )
    assert f"jest już firma {case['name']}" in again["title"]


def test_a_case_of_a_bench_that_is_ahead_takes_the_clock_with_it(make_bench: BenchMaker) -> None:
    here, there = make_bench(), make_bench()
    here.call("PUT", "clock", json={"shift_seconds": 9 * 24 * 3600})
    company_id = here.make(SCENARIO)["company_id"]
    here.act(company_id, "second_reviewer_asks_correction")
    expect(there.call("POST", "imports", content=exported(here, company_id)), 201)
    events = there.call("GET", f"companies/{company_id}/events").json()["items"]
    assert datetime.fromisoformat(max(event["at"] for event in events)) <= there.clock.now()
    there.act(company_id, "upload_again")
    newest = there.call("GET", f"companies/{company_id}/events").json()["items"][-1]
    assert newest["kind"] in {"document_replaced", "documents_checked"}


def test_a_damaged_or_foreign_file_is_refused_and_leaves_nothing(own_bench: InnerBench) -> None:
    company_id = own_bench.make(SCENARIO)["company_id"]
    packed = exported(own_bench, company_id)
    own_bench.call("POST", "reset", json={"seed": 1, "scenarios": []})
    manifest = manifest_of(packed)
    document = next(name for name in manifest["parts"] if name.startswith("documents/"))
    foreign = json.dumps({**manifest, "format": "holiday-pictures"}).encode()
    older = json.dumps({**manifest, "schema": "0000"}).encode()
    for file, code in (
        (b"", "export_foreign"),
        (b"%PDF-1.7 not this", "export_foreign"),
        (packed[: len(packed) // 2], "export_damaged"),
        (rewritten(packed, document, b"altered"), "export_damaged"),
        (rewritten(packed, document, None), "export_damaged"),
        (rewritten(packed, "case.json", b"{}"), "export_damaged"),
        (rewritten(packed, "manifest.json", b"[]"), "export_damaged"),
        (rewritten(packed, "manifest.json", None), "export_foreign"),
        (rewritten(packed, "manifest.json", foreign), "export_foreign"),
        (rewritten(packed, "manifest.json", older), "export_foreign"),
    ):
        problem = expect(own_bench.call("POST", "imports", content=file, headers={"Accept-Language": "en"}), 422, code)
        assert "(" in problem["title"] or ":" in problem["title"]
    assert own_bench.call("GET", "companies").json()["total"] == 0
    expect(own_bench.call("POST", "imports", content=packed), 201)


def test_a_reset_gives_the_same_ids_for_the_same_seed(own_bench: InnerBench) -> None:
    made = own_bench.make(SCENARIO, 7)
    other = own_bench.make(OTHER, 7)
    documents = own_bench.staff().detail(made["company_id"])["documents"]
    own_bench.act(made["company_id"], "second_reviewer_approves")
    own_bench.call("PUT", "clock", json={"shift_seconds": 9 * 24 * 3600})
    own_bench.call("PUT", "faults", json={"status": 500})
    machine_day = own_bench.clock.state().shifted_seconds
    again = expect(own_bench.call("POST", "reset", json={"seed": 7}), 200)["items"]
    assert {case["company_id"] for case in again} == {made["company_id"], other["company_id"]}
    assert machine_day > 0
    assert own_bench.clock.state().shifted_seconds == 0
    assert own_bench.call("GET", "faults").json()["items"] == []
    detail = own_bench.staff().detail(made["company_id"])  # the accounts of staff stay
    assert detail["state"] == "pending_verification"
    assert [one["id"] for one in detail["documents"]] == [one["id"] for one in documents]
    assert verify(own_bench.backend.parts.database, own_bench.backend.parts.storage).broken is None
    changed = expect(own_bench.call("POST", "reset", json={"seed": 8, "scenarios": [SCENARIO]}), 200)
    assert changed["total"] == 1
    assert changed["items"][0]["company_id"] != made["company_id"]


@pytest.mark.parametrize(
    ("body", "status", "code"),
    [
        ({"seed": 1, "scenarios": [SCENARIO, "nonsense"]}, 404, "unknown_scenario"),
        ({"seed": -5}, 422, "validation_failed"),
    ],
)
def test_a_wrong_reset_takes_nothing_away(own_bench: InnerBench, body: dict[str, Any], status: int, code: str) -> None:
    company_id = own_bench.make(SCENARIO)["company_id"]
    expect(own_bench.call("POST", "reset", json=body), status, code)
    assert own_bench.call("GET", f"companies/{company_id}").status_code == 200
