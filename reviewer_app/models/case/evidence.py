# SPDX-License-Identifier: AGPL-3.0-or-later
"""From a declared value to its places in the documents, and from a word in a document back to its value."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial

from reviewer_app.contract.staff import CheckFinding, CheckStatus, CompanyDetail
from reviewer_app.desk.documents import DocumentText, Hit
from reviewer_app.models.document.geometry import Box


@dataclass(frozen=True)
class Place:
    """Where a finding points: a document, and a page with a box where there is one."""

    document_id: str
    page: int | None
    box: Box | None
    status: CheckStatus
    message: str


def place_of(finding: CheckFinding) -> Place | None:
    """Give the place of a finding, None for one that is about no document."""
    if finding.document_id is None:
        return None
    return Place(finding.document_id, finding.page, finding.box, finding.status, finding.message)


def places_of(findings: tuple[CheckFinding, ...]) -> tuple[Place, ...]:
    """Give the places of findings that have a box, in their order."""
    found = (place_of(finding) for finding in findings)
    return tuple(place for place in found if place is not None and place.box is not None)


def field_of_word(detail: CompanyDetail, text: DocumentText, page: int, word: int) -> str | None:
    """Give the declared field whose value a word is, or is a part of; None when it matches none.

    What the server found goes first: it knows names that the document writes in another way.
    """
    for field, find in _values(detail, text, page):
        if any(hit.page == page and hit.first <= word <= hit.last for hit in find()):
            return field
    return None


def _values(detail: CompanyDetail, text: DocumentText, page: int) -> Iterator[tuple[str, Callable[[], list[Hit]]]]:
    for finding in detail.checks:
        if finding.field and finding.document_id == text.document_id and finding.box and finding.page:
            yield finding.field.split(".")[0], partial(_around, text, finding)
    index = text.index
    numbers = {
        "nip": detail.nip,
        "regon": detail.regon,
        "krs": detail.krs,
        "bank_account": detail.bank_account,
        "phone": "".join(letter for letter in detail.phone or "" if letter.isdigit()),
    }
    for field, number in numbers.items():
        if number:
            yield field, partial(index.find_number, number, page=page)
    texts = [("name", detail.name), ("email", detail.email)]
    if detail.seat:
        seat = detail.seat
        texts += [("seat", seat.postal_code), ("seat", seat.street.removeprefix("ul. ")), ("seat", seat.city)]
    if detail.administrator:
        texts += [("administrator", detail.administrator.last_name), ("administrator", detail.administrator.first_name)]
    for field, written in texts:
        if written:
            yield field, partial(index.find_whole, written, page=page)


def _around(text: DocumentText, finding: CheckFinding) -> list[Hit]:
    """Give the words that lie in a finding's box: a name whose legal form is written in another way is one of them."""
    if finding.box is None or finding.page is None:
        return []
    x0, y0, x1, y1 = finding.box
    page = next((page for page in text.pages if page.page == finding.page), None)
    return [
        Hit(finding.page, number, number, (word.box,))
        for number, word in enumerate(page.words if page else ())
        if x0 <= (word.box[0] + word.box[2]) / 2 <= x1 and y0 <= (word.box[1] + word.box[3]) / 2 <= y1
    ]
