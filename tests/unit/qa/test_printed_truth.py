# SPDX-License-Identifier: AGPL-3.0-or-later
"""What a printout says of itself stands on it, at the place that it names."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pymupdf
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reviewer_app.contract.companies import LEGAL_FORMS, KrsRule, LegalForm
from reviewer_app.qa.extracts import krs_extract
from reviewer_app.qa.printouts import ceidg_printout, nip_confirmation, regon_confirmation
from reviewer_app.qa.synthetic_companies import SyntheticCompany, make_company
from reviewer_app.qa.typesetting import Printed, Printer

IN_KRS = [form for form, traits in LEGAL_FORMS.items() if traits.krs is not KrsRule.ABSENT]
MAKERS: list[Callable[[SyntheticCompany], Printed]] = [nip_confirmation, regon_confirmation]


def words_in(printed: Printed, name: str) -> str:
    """Read the words whose middle is in a field's box."""
    field = printed.truth.field(name)
    with pymupdf.open(stream=printed.data, filetype="pdf") as document:
        page = document.load_page(field.page - 1)
        width, height = page.rect.width, page.rect.height
        x0, y0, x1, y1 = (side * scale for side, scale in zip(field.box, (width, height) * 2, strict=True))
        found = [
            word[4]
            for word in page.get_text("words")
            if x0 <= (word[0] + word[2]) / 2 <= x1 and y0 <= (word[1] + word[3]) / 2 <= y1
        ]
    return " ".join(found)


def assert_true(printed: Printed) -> None:
    with pymupdf.open(stream=printed.data, filetype="pdf") as document:
        assert document.page_count == printed.truth.pages
        assert all("SPECIMEN" in document.load_page(index).get_text() for index in range(document.page_count))
    for field in printed.truth.fields:
        assert field.text in words_in(printed, field.name)


@pytest.mark.parametrize("form", IN_KRS)
def test_extract_of_each_form_is_true(form: LegalForm) -> None:
    company = make_company(5, legal_form=form, joint=True)
    printed = krs_extract(company)
    assert_true(printed)
    assert printed.truth.field("nip").text == company.nip
    assert printed.truth.field("krs").text == company.krs
    assert printed.truth.field("representatives.0.last_name").text == company.representatives[0].last_name.upper()


@settings(max_examples=25, deadline=None)
@given(seed=st.integers(0, 10**6))
def test_papers_of_any_company_are_true(seed: int) -> None:
    company = make_company(seed)
    for make in (krs_extract if company.krs else ceidg_printout, *MAKERS):
        assert_true(make(company))


def test_same_company_gives_the_same_bytes() -> None:
    company = make_company(9, legal_form=LegalForm.SA)
    assert krs_extract(company).data == krs_extract(company).data
    assert krs_extract(company, state_on=date(2026, 1, 2)).data != krs_extract(company).data


def test_extract_can_be_as_long_as_asked_for() -> None:
    assert krs_extract(make_company(1, legal_form=LegalForm.SP_ZOO), pages=30).truth.pages == 30


def test_civil_partners_have_printouts_of_their_own() -> None:
    company = make_company(3, legal_form=LegalForm.CIVIL_PARTNERSHIP)
    first, second = (ceidg_printout(company, person=number) for number in (0, 1))
    assert first.truth.field("nip").text != second.truth.field("nip").text
    assert first.truth.field("partnership.nip").text == company.nip == second.truth.field("partnership.nip").text


def test_field_that_does_not_stand_there_is_refused() -> None:
    printer = Printer()
    laid = printer.text(50, 50, "NIP 9990000184", size=9)
    with pytest.raises(ValueError, match="does not stand in"):
        printer.mark("nip", "9990000250", [laid])
