# SPDX-License-Identifier: AGPL-3.0-or-later
"""Uploads: what is taken, what is refused and leaves nothing behind, what is served."""

from __future__ import annotations

import hashlib
import io
import socket
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from pathlib import Path
from typing import Any

import pymupdf
import pytest
from httpx import Response
from PIL import Image
from pymupdf import mupdf

from reviewer_app.backend.documents.serving import safe_file_name
from reviewer_app.backend.documents.storage import FolderStorage, StorageError, open_storage
from tests.support.waiting import wait_until
from tests.support.world import PASSWORD, Customer, World, WorldMaker, expect, pdf

UPLOADS = "customer/company/documents"


def kept(world: World) -> set[str]:
    return set(world.backend.parts.storage.hashes())


def quarantined(tmp_path: Path) -> list[Path]:
    return list((tmp_path / "documents" / "quarantine").iterdir())


def encrypted() -> bytes:
    with pymupdf.open() as document:
        document.new_page()
        data: bytes = document.tobytes(encryption=mupdf.PDF_ENCRYPT_AES_256, user_pw="tajne", owner_pw="tajne")
    return data


def png(width: int, height: int) -> bytes:
    stream = io.BytesIO()
    Image.new("1", (width, height)).save(stream, "PNG")
    return stream.getvalue()


def test_an_upload_is_inspected_kept_and_described(world: World) -> None:
    jan = world.customer()
    jan.create()
    data = pdf(pages=3)
    document = expect(jan.upload("registry_extract", data, name="../odpis żółw.pdf"), 201)
    digest = hashlib.sha256(data).hexdigest()
    assert document["sha256"] == digest
    assert (document["pages"], document["version"], document["state"]) == (3, 1, "ready")
    assert (document["file_name"], document["media_type"]) == ("odpis żółw.pdf", "application/pdf")
    assert kept(world) == {digest}
    assert jan.company()["state"] == "awaiting_authorization"


@pytest.mark.parametrize(
    ("content", "status", "code"),
    [
        (b"", 422, "empty_file"),
        (b"to nie jest PDF", 415, "unsupported_type"),
        (pdf()[:-400], 422, "unreadable"),
        (encrypted(), 422, "password_protected"),
        (pdf(pages=6), 422, "too_many_pages"),
        (png(30_000, 30_000), 422, "too_large_page"),
        (b"%PDF-1.7\n" + b"0" * 2_200_000, 413, "file_too_large"),
        (b"%PDF-1.7\n" + b"0" * 1_020_000, 413, "file_too_large"),
    ],
    ids=["empty", "text", "truncated", "password", "pages", "900 Mpx", "body over the limit", "file over the limit"],
)
def test_a_refused_file_is_not_kept(
    make_world: WorldMaker, tmp_path: Path, content: bytes, status: int, code: str
) -> None:
    world = make_world(upload_max_mb=1, upload_max_pages=5)
    jan = world.customer()
    jan.create()
    problem = expect(jan.upload("registry_extract", content), status, code)
    assert "{" not in problem["title"]
    assert jan.documents() == []
    assert kept(world) == set()
    assert quarantined(tmp_path) == []
    expect(jan.upload("registry_extract"), 201)


@pytest.mark.parametrize(
    ("form", "wrong"),
    [({}, {"kind"}), ({"kind": "passport"}, {"kind"}), ({"kind": "other", "replaces": "x"}, {"replaces"})],
)
def test_what_is_wrong_with_an_upload_form(world: World, form: dict[str, str], wrong: set[str]) -> None:
    jan = world.customer()
    jan.create()
    answer = jan.call("POST", "customer/company/documents", data=form, files={"file": ("a.pdf", pdf())})
    assert {error["field"] for error in expect(answer, 422, "validation_failed")["errors"]} == wrong
    without = jan.call("POST", "customer/company/documents", files={"kind": (None, "other")})
    assert [error["field"] for error in expect(without, 422, "validation_failed")["errors"]] == ["file"]


def test_a_stranger_cannot_upload(world: World) -> None:
    files = {"file": ("a.pdf", pdf())}
    answer = world.client.post("/api/v1/customer/company/documents", data={"kind": "other"}, files=files)
    expect(answer, 401, "unauthenticated")


def test_a_company_has_so_much_space_and_no_more(make_world: WorldMaker) -> None:
    world = make_world(company_max_mb=1)
    jan = world.customer()
    jan.create()
    noise = io.BytesIO()
    Image.effect_noise((900, 700), 90).save(noise, "PNG")
    expect(jan.upload("other", noise.getvalue()), 201)
    expect(jan.upload("other", noise.getvalue()), 413, "storage_quota")
    assert len(jan.documents()) == 1


def test_the_same_content_twice_is_two_documents_and_one_file(world: World) -> None:
    jan = world.customer()
    jan.create()
    data = pdf()
    first, second = expect(jan.upload("other", data), 201), expect(jan.upload("other", data), 201)
    assert first["id"] != second["id"]
    assert kept(world) == {hashlib.sha256(data).hexdigest()}


def test_an_upload_sent_twice_with_one_key_is_one_document(world: World) -> None:
    jan = world.customer()
    jan.create()

    def send(content: bytes) -> Any:
        return jan.call(
            "POST",
            "customer/company/documents",
            data={"kind": "other"},
            files={"file": ("a.pdf", content)},
            headers={"Idempotency-Key": "one"},
        )

    data = pdf()
    assert expect(send(data), 201) == expect(send(data), 201)
    expect(send(pdf("Inny")), 422, "idempotency_key_reused")
    assert len(jan.documents()) == 1


def test_two_uploads_at_once_are_both_kept_and_make_one_line(world: World) -> None:
    jan = world.customer()
    jan.create()
    first = expect(jan.upload("other"), 201)

    def replace(number: int) -> int:
        return jan.upload("other", pdf(f"Wersja {number}"), replaces=first["id"]).status_code

    def add(number: int) -> int:
        return jan.upload("registry_extract", pdf(f"Strona {number}")).status_code

    with ThreadPoolExecutor(8) as threads:
        added = list(threads.map(add, range(4)))
        replaced = list(threads.map(replace, range(4)))
    assert added == [201] * 4
    assert sorted(replaced) == [201, 409, 409, 409]
    others = [document for document in jan.documents() if document["kind"] == "other"]
    assert sorted((one["version"], one["state"]) for one in others) == [(1, "superseded"), (2, "ready")]
    assert len(jan.documents()) == 6


def test_a_new_file_takes_the_place_of_the_one_that_needs_replacement(world: World) -> None:
    jan, anna = world.customer(), world.staff()
    company_id = jan.submitted()
    token = anna.claim(company_id)
    expect(anna.decide(company_id, anna.correction(company_id, token)), 201)
    old = next(one for one in jan.documents() if one["kind"] == "authorization")
    assert old["reasons"][0]["code"] == "not_readable"
    assert old["reasons"][0]["region"] == [0.1, 0.1, 0.4, 0.2]
    new = expect(jan.upload("authorization"), 201)
    assert (new["version"], new["replaces"]) == (2, old["id"])
    states = {one["id"]: one["state"] for one in jan.documents()}
    assert (states[old["id"]], states[new["id"]]) == ("superseded", "ready")
    added = expect(jan.upload("authorization"), 201)
    assert (added["version"], added["replaces"]) == (1, None)
    expect(jan.upload("authorization", replaces=old["id"]), 409, "document_not_current")


def test_content_is_served_so_that_nothing_runs_it(world: World) -> None:
    jan, anna = world.customer(), world.staff()
    jan.create()
    data = pdf()
    document = expect(jan.upload("other", data, name="zło i ść.pdf"), 201)
    for actor, path in ((jan, "customer/company"), (anna, "staff")):
        where = f"{path}/documents/{document['id']}/content"
        answer = actor.call("GET", where)
        assert expect(answer, 200) == data
        assert answer.headers["content-type"] == "application/pdf"
        assert answer.headers["x-content-type-options"] == "nosniff"
        assert answer.headers["content-security-policy"].startswith("sandbox")
        disposition = answer.headers["content-disposition"]
        assert disposition.startswith("attachment; filename=\"zlo i sc.pdf\"; filename*=UTF-8''z%C5%82o%20i")
        part = actor.call("GET", where, headers={"Range": "bytes=0-3"})
        assert (part.status_code, part.content) == (206, b"%PDF")
        assert part.headers["content-range"] == f"bytes 0-3/{len(data)}"
        same = actor.call("GET", where, headers={"If-None-Match": answer.headers["etag"]})
        assert (same.status_code, same.content) == (304, b"")
        changed = actor.call("GET", where, headers={"Range": "bytes=0-3", "If-Range": '"other"'})
        assert changed.status_code == 200
        for unreadable in ("items=0-3", "bytes=abc", "bytes=5-2", "bytes="):
            assert expect(actor.call("GET", where, headers={"Range": unreadable}), 200) == data
        behind = actor.call("GET", where, headers={"Range": f"bytes={len(data)}-"})
        expect(behind, 416, "range_not_satisfiable")
        assert behind.headers["content-range"] == f"bytes */{len(data)}"
    expect(anna.call("GET", "staff/documents/unknown/content"), 404, "not_found")


def test_a_nul_in_an_address_or_an_id_is_no_failure_of_ours(world: World) -> None:
    jan, anna = world.customer(), world.staff()
    jan.create()
    for path in ("companies/%00", "companies/%00/history", "documents/%00/content"):
        expect(anna.call("GET", f"staff/{path}"), 404, "not_found")
    expect(anna.post("companies/%00/claim"), 404, "not_found")
    for query in ("q=%00", "assignee=a%00b"):
        expect(anna.call("GET", f"staff/companies?{query}"), 400, "malformed_request")
    refused = expect(jan.upload("other", replaces="a\x00b"), 422, "validation_failed")
    assert [error["field"] for error in refused["errors"]] == ["replaces"]


def test_the_description_names_every_type_of_a_document(world: World) -> None:
    operation = world.client.get("/openapi.json").json()["paths"]["/api/v1/staff/documents/{document_id}/content"][
        "get"
    ]
    assert set(operation["responses"]["200"]["content"]) == {"application/pdf", "image/jpeg", "image/png", "image/tiff"}


def test_a_key_whose_time_is_over_may_be_used_for_another_upload(world: World) -> None:
    jan = world.customer()
    jan.create()
    key = {"Idempotency-Key": "one"}

    def upload(content: bytes) -> Response:
        return jan.call("POST", UPLOADS, data={"kind": "other"}, files={"file": ("a.pdf", content)}, headers=key)

    first, other = expect(upload(pdf("a")), 201), pdf("b")
    world.clock.advance(timedelta(days=30))
    credentials = {"email": jan.email, "password": PASSWORD}
    signed_in = expect(world.client.post("/api/v1/customer/sessions", json=credentials), 201)
    jan.headers["Authorization"] = f"Bearer {signed_in['access_token']}"
    second, replayed = upload(other), upload(other)
    assert expect(second, 201)["id"] != first["id"]
    assert "idempotency-replayed" not in second.headers
    assert (replayed.headers["idempotency-replayed"], replayed.content) == ("true", second.content)


def test_words_come_with_boxes_by_page(world: World) -> None:
    jan, anna = world.customer(), world.staff()
    jan.create()
    document = expect(jan.upload("other", pdf("KRS 0009990001", pages=2)), 201)
    for _ in range(2):
        words = expect(anna.call("GET", f"staff/documents/{document['id']}/words"), 200)
        assert words["document_id"] == document["id"]
        assert [page["page"] for page in words["pages"]] == [1, 2]
        assert [word["text"] for word in words["pages"][1]["words"]] == ["KRS", "0009990001", "2"]
        x0, y0, x1, y1 = words["pages"][0]["words"][0]["box"]
        assert 0 < x0 < x1 < 1
        assert 0 < y0 < y1 < 1


def test_the_sheet_keeps_its_number_until_its_data_changes(world: World) -> None:
    jan = world.customer()

    def number(variant: str = "registered") -> str:
        answer = jan.call("GET", "customer/company/authorization", params={"variant": variant})
        assert expect(answer, 200).startswith(b"%PDF")
        found: str = jan.company()["authorization_number"]
        assert answer.headers["content-disposition"] == f'attachment; filename="{found}.pdf"'
        return found

    jan.create(phone=None)
    early = jan.call("GET", "customer/company/authorization")
    assert expect(early, 409, "incomplete")["missing"] == ["phone", "document:registry_extract"]
    expect(jan.change(phone="22 123 45 67"), 200)
    expect(jan.upload("registry_extract"), 201)
    expect(jan.call("GET", "customer/company/authorization?variant=both"), 422, "validation_failed")
    first = number()
    assert number() == first
    other = number("not_registered")
    assert other != first
    expect(jan.change(email="nowy@firma.test"), 200)
    assert number() == first
    expect(jan.change(name="Inna Sp. z o.o."), 200)
    assert number() not in {first, other}
    assert first.startswith("UP-2026-000001-")


def test_a_storage_keeps_by_content_and_clears_what_was_abandoned(tmp_path: Path) -> None:
    storage = open_storage((tmp_path / "store").as_uri())
    incoming = storage.quarantine()
    incoming.write_bytes(b"a")
    storage.keep(incoming, "ab" * 32)
    assert storage.path_of("ab" * 32).read_bytes() == b"a"
    with pytest.raises(FileNotFoundError):
        storage.path_of("cd" * 32)
    abandoned = storage.quarantine()
    FolderStorage(tmp_path / "store")
    assert abandoned.exists()


@pytest.mark.parametrize(
    ("sent", "kept_as"),
    [
        ("C:\\Moje\\odpis.pdf", "odpis.pdf"),
        ("../../etc/passwd", "passwd"),
        ('a"b\r\nc:d.pdf', "a_bc_d.pdf"),
        ("\u202efdp.exe", "fdp.exe"),
        (" . ", "document"),
        ("", "document"),
        ("x" * 300 + ".pdf", "x" * 196 + ".pdf"),
    ],
)
def test_a_file_name_is_made_harmless(sent: str, kept_as: str) -> None:
    assert safe_file_name(sent) == kept_as


@pytest.mark.parametrize("url", ["s3:///prefix", "file://host/x", "ftp://x", "file:relative"])
def test_a_storage_address_that_cannot_be_used_is_refused(url: str) -> None:
    with pytest.raises(StorageError):
        open_storage(url)


def test_customers_cannot_use_calls_of_staff(world: World) -> None:
    jan: Customer = world.customer()
    expect(jan.call("GET", "staff/companies"), 401, "unauthenticated")


def test_an_upload_that_breaks_off_is_no_incident_and_leaves_nothing(
    world: World, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    jan = world.customer()
    jan.create()
    address = world.client.base_url
    head = (
        f"POST /api/v1/customer/company/documents HTTP/1.1\r\nHost: {address.host}\r\n"
        f"Authorization: {jan.headers['Authorization']}\r\n"
        "Content-Type: multipart/form-data; boundary=b\r\nContent-Length: 500000\r\n\r\n"
        '--b\r\nContent-Disposition: form-data; name="file"; filename="a.pdf"\r\n\r\n%PDF'
    )
    with socket.create_connection((address.host, address.port or 80)) as connection:
        connection.sendall(head.encode() + b"0" * 100_000)
    expect(jan.upload("other"), 201)
    assert len(jan.documents()) == 1
    wait_until(lambda: not quarantined(tmp_path), what="the end of the broken upload")  # the server hears of it later
    assert not [record for record in caplog.records if record.levelname == "ERROR"]


def test_the_administrators_new_name_outdates_the_sheet(world: World) -> None:
    jan, anna = world.customer(), world.staff()
    company_id = jan.submitted()
    anna.claim(company_id)
    expect(jan.call("PATCH", "customer/me", json={"phone": "+48 600 200 300"}), 200)
    assert jan.company()["state"] == "pending_verification"
    expect(jan.call("PATCH", "customer/me", json={"last_name": "Kowalska"}), 200)
    company = jan.company()
    assert (company["state"], company["missing"]) == ("awaiting_authorization", ["document:authorization"])
    assert anna.detail(company_id)["assignee"] is None
