# SPDX-License-Identifier: AGPL-3.0-or-later
"""What the checks find in real documents, and when they run."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select

from reviewer_app.backend.audit.tables import AuditEntry
from reviewer_app.backend.checks.runner import CheckRunner
from reviewer_app.backend.checks.tables import DocumentRun
from reviewer_app.backend.checks.values import name_variants
from tests.support.evidence import extract_lines, printed, scanned
from tests.support.numbers import NIPS, REGONS
from tests.support.waiting import wait_until
from tests.support.world import Customer, Reviewer, World, WorldMaker, expect, key

Finding = dict[str, Any]


@pytest.fixture
def anna(world: World) -> Reviewer:
    return world.staff("anna")


def found(anna: Reviewer, company_id: str) -> list[Finding]:
    """Give the findings of a case."""
    items: list[Finding] = expect(anna.call("GET", f"staff/companies/{company_id}/checks"), 200)["items"]
    return items


def checked(anna: Reviewer, company_id: str) -> list[Finding]:
    """Wait until the documents of a case were read and checked."""

    def done() -> bool:
        return "documents_read" not in {item["code"] for item in found(anna, company_id)}

    wait_until(done, what="the documents are checked")
    return found(anna, company_id)


def one(items: list[Finding], code: str, field: str | None = None, document: str | None = None) -> Finding:
    """Give the only finding with a code, about a field and a document where they are named."""
    matching = [
        item
        for item in items
        if item["code"] == code and field in {None, item["field"]} and document in {None, item["document_id"]}
    ]
    assert len(matching) == 1, matching
    return matching[0]


def sheet(customer: Customer, variant: str = "registered") -> bytes:
    """Download the authorization."""
    form: bytes = expect(customer.call("GET", f"customer/company/authorization?variant={variant}"), 200)
    return form


def submitted(
    customer: Customer, extract: bytes, authorization: Callable[[bytes], bytes] = lambda form: form, **declared: Any
) -> str:
    """Let a customer submit a company with an extract and the authorization made of the form."""
    customer.create(**declared)
    expect(customer.upload("registry_extract", extract), 201)
    expect(customer.upload("authorization", authorization(sheet(customer))), 201)
    company_id: str = expect(customer.submit(), 200)["id"]
    return company_id


def ids(anna: Reviewer, company_id: str) -> dict[str, str]:
    """Give the current document of each kind."""
    return {item["kind"]: item["id"] for item in anna.detail(company_id)["documents"] if item["current"]}


def test_declared_values_are_found_where_they_stand(world: World, anna: Reviewer) -> None:
    company_id = submitted(world.customer(), printed(extract_lines()))
    items = checked(anna, company_id)
    extract = ids(anna, company_id)["registry_extract"]
    for field in (
        "name", "nip", "regon", "krs", "seat.street", "seat.building", "seat.unit", "seat.postal_code", "seat.city",
        "administrator",
    ):  # fmt: skip
        finding = one(items, "value_in_document", field, extract)
        assert (finding["status"], finding["page"]) == ("ok", 1), finding
    name, nip = (one(items, "value_in_document", field, extract) for field in ("name", "nip"))
    assert name["box"][3] - name["box"][1] > 0.025  # the name is wrapped: one rectangle around both lines
    assert name["box"][1] > nip["box"][3]
    assert {item["status"] for item in items} == {"ok"}, [item for item in items if item["status"] != "ok"]
    assert one(items, "extract_date")["message"] == "Odpis jest z dnia 12.10.2026 (liczba dni: 21, dozwolone: 90)."


@pytest.mark.parametrize("rotation", [90, 180, 270])
def test_boxes_are_those_of_the_unrotated_page(world: World, anna: Reviewer, rotation: int) -> None:
    company_id = submitted(world.customer(), printed(extract_lines(), rotation=rotation))
    items = checked(anna, company_id)
    extract = ids(anna, company_id)["registry_extract"]
    nip = one(items, "value_in_document", "nip", extract)
    words = expect(anna.call("GET", f"staff/documents/{extract}/words"), 200)["pages"][0]["words"]
    assert nip["box"] == next(word["box"] for word in words if word["text"] == "9990000184")
    assert nip["box"][0] < 0.5
    assert 0.2 < nip["box"][1] < 0.3


def test_numbers_are_found_with_spaces_and_dashes(world: World, anna: Reviewer) -> None:
    lines = extract_lines(nip="999-000-01-84", regon="990 000 217", krs="00 09 99 00 01")
    items = checked(anna, company_id := submitted(world.customer(), printed(lines)))
    extract = ids(anna, company_id)["registry_extract"]
    assert {one(items, "value_in_document", field, extract)["status"] for field in ("nip", "regon", "krs")} == {"ok"}


def test_another_number_beside_its_label_is_named_with_its_place(world: World, anna: Reviewer) -> None:
    company_id = submitted(world.customer(), printed(extract_lines(nip=NIPS[1], regon=REGONS[1])))
    items = checked(anna, company_id)
    nip = one(items, "number_in_document", "nip")
    assert nip["status"] == "fail"
    assert nip["message"] == "NIP: w dokumencie jest inny numer, 999-000-02-50."
    assert nip["box"] is not None
    assert one(items, "number_in_document", "regon")["status"] == "fail"
    assert anna.queue(open=True)[0]["checks"]["fail"] == 2


def test_values_that_are_not_there_are_to_look_at(world: World, anna: Reviewer) -> None:
    lines = extract_lines(name="INNA FIRMA SPÓŁKA AKCYJNA", last_name="SOSNA", address="ul. KRZYWA, nr 7, KRAKÓW")
    items = checked(anna, company_id := submitted(world.customer(), printed(lines)))
    extract = ids(anna, company_id)["registry_extract"]
    for field in ("name", "administrator", "seat.street", "seat.city", "seat.postal_code"):
        finding = one(items, "value_in_document", field, extract)
        assert (finding["status"], finding["box"]) == ("warn", None), finding


def test_a_scan_without_text_confirms_nothing(world: World, anna: Reviewer) -> None:
    company_id = submitted(world.customer(), scanned(printed(extract_lines())), scanned, bank_account=None)
    items = checked(anna, company_id)
    assert {item["status"] for item in items if item["code"] == "value_in_document"} == {"unknown"}
    assert one(items, "extract_date")["status"] == "unknown"
    texts = [item for item in items if item["code"] == "document_text"]
    assert {item["document_id"] for item in texts} == set(ids(anna, company_id).values())
    assert {item["status"] for item in texts} == {"unknown"}
    assert "Nie udało się odczytać" in texts[0]["message"]


def test_the_code_of_a_scanned_authorization_says_that_it_is_the_right_one(world: World, anna: Reviewer) -> None:
    company_id = submitted(world.customer(), printed(extract_lines()), scanned)
    items = checked(anna, company_id)
    for code in ("authorization_code", "authorization_company", "authorization_administrator", "authorization_number"):
        finding = one(items, code)
        assert (finding["status"], finding["page"]) == ("ok", 1), finding
        assert finding["box"][0] > 0.6


def test_the_code_of_another_company_and_of_no_form_are_told_apart(world: World, anna: Reviewer) -> None:
    other = world.customer()
    other.ready(nip=NIPS[1], krs="0009990002")
    foreign = sheet(other)
    company_id = submitted(world.customer(), printed(extract_lines()), lambda _: foreign)
    items = checked(anna, company_id)
    assert one(items, "authorization_code")["status"] == "ok"
    assert one(items, "authorization_company")["status"] == "fail"
    assert not [item for item in items if item["code"] == "authorization_number"]


def test_an_outdated_form_is_recognised_by_its_code(world: World, anna: Reviewer) -> None:
    customer = world.customer()
    customer.create()
    expect(customer.upload("registry_extract", printed(extract_lines())), 201)
    old = sheet(customer)
    expect(customer.change(name="Żółw i Córka Sp. z o.o."), 200)
    sheet(customer)
    expect(customer.upload("authorization", scanned(old)), 201)
    items = checked(anna, expect(customer.submit(), 200)["id"])
    assert one(items, "authorization_company")["status"] == "ok"
    outdated = one(items, "authorization_number")
    assert outdated["status"] == "fail"
    assert "nieaktualny" in outdated["message"]


def test_either_variant_of_the_form_is_in_force(world: World, anna: Reviewer) -> None:
    customer = world.customer()
    customer.create()
    expect(customer.upload("registry_extract", printed(extract_lines())), 201)
    first = sheet(customer, "not_registered")
    sheet(customer, "registered")
    expect(customer.upload("authorization", first), 201)
    items = checked(anna, expect(customer.submit(), 200)["id"])
    assert one(items, "authorization_number")["status"] == "ok"


def test_a_form_without_its_code_is_unknown(world: World, anna: Reviewer) -> None:
    company_id = submitted(world.customer(), printed(extract_lines()), lambda _: printed(["Upoważnienie"]))
    assert one(checked(anna, company_id), "authorization_code")["status"] == "unknown"


@pytest.mark.parametrize(
    ("day", "status"), [("04.08.2026", "ok"), ("03.08.2026", "fail"), ("03.11.2026", "warn"), ("31.02.2026", "unknown")]
)
def test_the_extract_may_be_ninety_days_old(world: World, anna: Reviewer, day: str, status: str) -> None:
    company_id = submitted(world.customer(), printed(extract_lines(day=day)))
    assert one(checked(anna, company_id), "extract_date")["status"] == status


def test_an_extract_grows_too_old_by_itself(make_world: WorldMaker) -> None:
    world = make_world(extract_max_age_days=30)
    anna = world.staff("anna")
    company_id = submitted(world.customer(), printed(extract_lines()))
    assert one(checked(anna, company_id), "extract_date")["status"] == "ok"
    world.clock.advance(timedelta(days=9))
    world.sign_in(anna)
    assert one(found(anna, company_id), "extract_date")["status"] == "ok"
    world.clock.advance(timedelta(days=1))
    world.sign_in(anna)
    wait_until(lambda: one(found(anna, company_id), "extract_date")["status"] == "fail", what="the extract is too old")


def test_findings_reach_queue_and_feed_but_make_no_new_version(world: World, anna: Reviewer) -> None:
    company_id = submitted(world.customer(), printed(extract_lines()))
    before = expect(anna.call("GET", "staff/changes"), 200)["next"]
    items = checked(anna, company_id)
    row = anna.queue(open=True)[0]
    assert row["checks"]["ok"] == len(items)
    assert row["version"] == anna.detail(company_id)["version"]
    version = row["version"]
    expect(anna.post(f"companies/{company_id}/checks/refresh"), 200)
    told = expect(anna.call("GET", "staff/changes", params={"since": before}), 200)["items"]
    assert {"checks_refreshed"} <= {change["kind"] for change in told} <= {"documents_checked", "checks_refreshed"}
    assert anna.detail(company_id)["version"] == version


def test_submitting_what_was_checked_already_checks_nothing_anew(world: World, anna: Reviewer) -> None:
    customer = world.customer()
    customer.create()
    expect(customer.upload("registry_extract", printed(extract_lines())), 201)
    expect(customer.upload("authorization", sheet(customer)), 201)
    company_id = customer.company()["id"]
    known = checked(anna, company_id)
    expect(customer.submit(), 200)
    assert found(anna, company_id)[-1]["checked_at"] == known[-1]["checked_at"]


def test_what_was_found_before_a_change_never_stands_after_it(world: World, anna: Reviewer) -> None:
    customer = world.customer()
    company_id = submitted(customer, printed(extract_lines()))
    checked(anna, company_id)
    expect(customer.change(bank_account="30999900001000200030004000"), 200)
    after = found(anna, company_id)
    read = [item for item in after if item["code"] == "documents_read"]
    assert read or one(after, "value_in_document", "bank_account")["status"] == "unknown"
    assert one(checked(anna, company_id), "value_in_document", "bank_account")["status"] == "unknown"


def test_an_upload_is_answered_although_nothing_can_be_read(world: World, anna: Reviewer) -> None:
    customer = world.customer()
    customer.create()
    expect(customer.upload("registry_extract", printed(extract_lines())), 201)
    company_id = customer.company()["id"]
    checked(anna, company_id)
    stored = world.backend.parts.storage
    (document,) = anna.detail(company_id)["documents"]
    stored.path_of(document["sha256"]).unlink()
    expect(anna.post(f"companies/{company_id}/checks/refresh"), 200)
    expect(customer.change(phone="+48 22 765 43 21"), 200)
    assert anna.detail(company_id)["checks"]


def test_a_run_that_is_left_undone_is_done_by_the_next_process_and_only_once(world: World, anna: Reviewer) -> None:
    company_id = submitted(world.customer(), printed(extract_lines()))
    checked(anna, company_id)
    backend = world.backend
    with backend.parts.database.write() as session:
        run = session.get_one(DocumentRun, company_id)
        run.facts, run.due_at = None, world.clock.now() + timedelta(seconds=1)  # as a process left it that was killed
    before = _runs(world, company_id)
    others = [CheckRunner(backend.parts.database, world.clock, backend.companies, backend.checks) for _ in range(3)]
    world.clock.advance(timedelta(minutes=5))
    for other in others:
        other.start()
    try:
        wait_until(lambda: _runs(world, company_id) > before, what="the run is done")
        wait_until(lambda: _settled(world, company_id), what="nothing is left to do")
    finally:
        for other in others:
            other.stop()
    assert _runs(world, company_id) == before + 1


def test_a_refresh_is_done_once_for_one_key(world: World, anna: Reviewer) -> None:
    company_id = submitted(world.customer(), printed(extract_lines()))
    checked(anna, company_id)
    header = key()
    path = f"staff/companies/{company_id}/checks/refresh"
    first = expect(anna.call("POST", path, headers=header), 200)
    assert expect(anna.call("POST", path, headers=header), 200) == first
    kinds = [entry["kind"] for entry in expect(anna.call("GET", f"staff/companies/{company_id}/history"), 200)["items"]]
    assert kinds.count("checks_refreshed") == 1


def test_words_are_read_once_and_told_with_their_boxes(world: World, anna: Reviewer) -> None:
    company_id = submitted(world.customer(), printed(extract_lines()))
    document = ids(anna, company_id)["registry_extract"]
    path = f"staff/documents/{document}/words"
    first = expect(anna.call("GET", path), 200)
    words = [word["text"] for word in first["pages"][0]["words"]]
    assert "SĄDOWEGO" in words
    assert all(0 <= box[0] < box[2] <= 1 and 0 <= box[1] < box[3] <= 1 for box in _boxes(first))
    content = next(item for item in anna.detail(company_id)["documents"] if item["id"] == document)
    world.backend.parts.storage.path_of(content["sha256"]).unlink()  # whoever reads again finds nothing
    assert expect(anna.call("GET", path), 200) == first


@pytest.mark.parametrize(
    ("declared", "written"),
    [
        ("Żółw Sp. z o.o.", "zolw spolka z ograniczona odpowiedzialnoscia"),
        ("ŻÓŁW SPÓŁKA Z OGRANICZONĄ ODPOWIEDZIALNOŚCIĄ", "zolw sp z o o"),
        ("Zażółć S.A.", "zazolc spolka akcyjna"),
        ("Olcha P.S.A.", "olcha prosta spolka akcyjna"),
        ("Świerk spółka komandytowo-akcyjna", "swierk s k a"),
    ],
)
def test_a_legal_form_may_be_written_short_or_long(declared: str, written: str) -> None:
    assert written in name_variants(declared)


def _boxes(words: dict[str, Any]) -> list[list[float]]:
    return [word["box"] for page in words["pages"] for word in page["words"]]


def _runs(world: World, company_id: str) -> int:
    with world.backend.parts.database.read() as session:
        chosen = select(AuditEntry.seq).where(
            AuditEntry.company_id == company_id, AuditEntry.kind == "documents_checked"
        )
        return len(session.scalars(chosen).all())


def _settled(world: World, company_id: str) -> bool:
    with world.backend.parts.database.read() as session:
        run = session.get_one(DocumentRun, company_id)
        return run.facts is not None and (run.due_at is None or run.due_at > world.clock.now())
