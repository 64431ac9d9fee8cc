# SPDX-License-Identifier: AGPL-3.0-or-later
"""Is the uploaded authorization the one in force? Its QR code names the sheet that was made here."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress

from reviewer_app.backend.checks.facts import CaseFacts, DocumentFacts, Reading, Result, SheetFacts
from reviewer_app.contract.checks import CheckCode
from reviewer_app.contract.staff import CheckStatus
from reviewer_app.contract.states import DocumentKind
from reviewer_app.documents.authorization_sheet import Variant
from reviewer_app.documents.binding import Binding, parse_binding_payload
from reviewer_app.documents.codes import PageCode

FindSheet = Callable[[str], SheetFacts | None]


def sheet_results(facts: CaseFacts, readings: Mapping[str, Reading], find_sheet: FindSheet) -> Iterator[Result]:
    """Judge the code of each authorization."""
    for document in facts.documents:
        if document.kind != DocumentKind.AUTHORIZATION:
            continue
        bound = list(_bound(readings[document.id].codes))
        if not bound:
            yield Result(CheckCode.AUTHORIZATION_CODE, CheckStatus.UNKNOWN, document_id=document.id)
        for code, binding in bound:
            yield from _of_code(facts, document, code, binding, find_sheet(binding.number))


def variant_signed(facts: CaseFacts, readings: Mapping[str, Reading], find_sheet: FindSheet) -> Variant | None:
    """Give the variant of the form that was uploaded, as its code says, else of the one in force; None without one."""
    for document in facts.documents:
        if document.kind == DocumentKind.AUTHORIZATION:
            for _, binding in _bound(readings[document.id].codes):
                sheet = find_sheet(binding.number)
                if sheet is not None and sheet.company_id == facts.company_id:
                    return sheet.variant
    return facts.sheet.variant if facts.sheet else None


def _bound(codes: tuple[PageCode, ...]) -> Iterator[tuple[PageCode, Binding]]:
    """Pass over codes that are not of an authorization."""
    for code in codes:
        with suppress(ValueError):
            yield code, parse_binding_payload(code.text)


def _of_code(
    facts: CaseFacts, document: DocumentFacts, code: PageCode, binding: Binding, sheet: SheetFacts | None
) -> Iterator[Result]:
    def result(check: CheckCode, right: bool) -> Result:
        status = CheckStatus.OK if right else CheckStatus.FAIL
        details = {"number": binding.number}
        return Result(check, status, None, document.id, code.page, code.box, details)

    known = sheet is not None and sheet.data_version == binding.version
    yield result(CheckCode.AUTHORIZATION_CODE, known)
    if sheet is None or not known:
        return
    own = sheet.company_id == facts.company_id
    yield result(CheckCode.AUTHORIZATION_COMPANY, own)
    if not own:
        return
    person = facts.administrator
    named = person is not None and person.user_id == sheet.administrator_id
    yield result(CheckCode.AUTHORIZATION_ADMINISTRATOR, named)
    # Both variants of the form may be downloaded; either is in force while it carries the data of today.
    yield result(CheckCode.AUTHORIZATION_NUMBER, facts.sheet is not None and facts.sheet.digest == sheet.digest)
