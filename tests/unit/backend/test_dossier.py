# SPDX-License-Identifier: AGPL-3.0-or-later
"""The case file: everything about a case on paper, in the reader's language, with no personal number in full."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import pymupdf
from httpx import Response

from reviewer_app.contract.permissions import StaffRole
from tests.support.world import Actor, World, expect

PESEL = "99999999999"


def asked(who: Actor, company_id: str, language: str = "pl") -> Response:
    return who.call("GET", f"staff/companies/{company_id}/dossier", headers={"Accept-Language": language})


@contextmanager
def opened(answer: Response) -> Iterator[pymupdf.Document]:
    expect(answer, 200)
    with pymupdf.open(stream=answer.content, filetype="pdf") as document:
        yield document


def words_of(document: pymupdf.Document) -> str:
    return " ".join(" ".join(page.get_text() for page in document.pages()).split())


def test_a_case_file_tells_data_documents_checks_and_history(world: World) -> None:
    company_id = world.customer().submitted(sheet=True)
    anna = world.staff()
    expect(anna.post(f"companies/{company_id}/notes", {"text": f"Dzwonił klient, PESEL {PESEL}.\nOddzwonić."}), 204)
    token = anna.claim(company_id)
    expect(anna.decide(company_id, anna.correction(company_id, token)), 201)
    case = anna.detail(company_id)
    answer = asked(world.staff("ala", StaffRole.AUDITOR), company_id)
    assert answer.headers["content-type"] == "application/pdf"
    assert answer.headers["content-disposition"] == f'attachment; filename="case-{company_id}.pdf"'
    assert answer.headers["cache-control"] == "private, no-store"
    with opened(answer) as document:
        told = words_of(document)
    for wanted in (
        "Akta sprawy: Żółw i Syn Sp. z o.o.",
        "Do poprawy",
        case["nip"],
        case["authorization_number"],
        "ul. Prosta 1/2, 00-001 Warszawa, PL",
        "Dokument jest nieczytelny",
        "Przekazano do weryfikacji (runda 1).",
        "Notatka: Dzwonił klient",
        "Anna Lis",
        "Ala Lis",
    ):
        assert wanted in told, wanted
    assert {one["sha256"] for one in case["documents"]} <= set(told.split())
    assert PESEL not in told
    assert PESEL[-5:] in told


def test_a_case_file_is_in_the_reader_s_language_and_as_long_as_the_history(world: World) -> None:
    company_id = world.customer().submitted()
    anna = world.staff()
    for number in range(12):
        text = f"Notatka {number}: " + "słowo <b>\u202e𝄞 " * 120 + "bezprzerwy" * 40
        expect(anna.post(f"companies/{company_id}/notes", {"text": text}), 204)
    with opened(asked(anna, company_id, "en")) as document:
        told = words_of(document)
        assert document.page_count > 2
        assert f"{document.page_count}/{document.page_count}" in told
        bounds = document[0].rect
        for page in document.pages():
            assert all(bounds.contains(pymupdf.Rect(word[:4])) for word in page.get_text("words"))
    assert "Case file: Żółw i Syn Sp. z o.o." in told
    assert all(f"Note: Notatka {number}:" in told for number in range(12))


def test_there_is_no_file_of_a_case_that_is_not_there(world: World) -> None:
    expect(asked(world.staff(), "nothing"), 404, "not_found")
