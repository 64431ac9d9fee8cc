# SPDX-License-Identifier: AGPL-3.0-or-later
"""Are the declared values in the documents? Each is looked for in the documents that ought to carry it.

A document without a readable text confirms nothing: a value that only such a document could show is unknown.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from reviewer_app.backend.checks.facts import CaseFacts, DocumentFacts, Reading, Result, SeatFacts
from reviewer_app.contract.checks import CheckCode
from reviewer_app.contract.companies import LegalForm
from reviewer_app.contract.folding import fold
from reviewer_app.contract.formats import format_nip
from reviewer_app.contract.identifiers import IdentifierError, parse_krs, parse_nip, parse_regon
from reviewer_app.contract.staff import CheckStatus
from reviewer_app.contract.states import DocumentKind
from reviewer_app.documents.authorization_sheet import Variant
from reviewer_app.documents.word_index import Hit, WordIndex, around

Find = Callable[[WordIndex], Hit | None]

_EXTRACT, _SHEET = DocumentKind.REGISTRY_EXTRACT, DocumentKind.AUTHORIZATION
_NIP, _REGON = DocumentKind.NIP_CONFIRMATION, DocumentKind.REGON_CONFIRMATION
_FORMS = (
    ("spolka z ograniczona odpowiedzialnoscia", "sp z o o", "spzoo", "sp zoo"),
    ("prosta spolka akcyjna", "p s a"),
    ("spolka komandytowo akcyjna", "s k a"),
    ("spolka komandytowa", "sp k"),
    ("spolka partnerska", "sp p", "sp part"),
    ("spolka akcyjna", "s a"),
    ("spolka jawna", "sp j"),
    ("spolka cywilna", "s c"),
)
"""Legal forms at the end of a name, each in the ways in which it is written, folded; longer ones first."""
_STREET_WORDS = re.compile(r"^\s*(?:ul|al|aleja|aleje|ulica|pl|plac|os|osiedle)[.\s]+", re.IGNORECASE)
_NUMBER_WITHIN = 6
"""So many words after the street its numbers may stand: ``ul. PROSTA, nr 1, lok. 2``."""
_NAME_WITHIN = 14
"""So many words apart a person's names may stand: extracts have the labels of their cells between them."""
_LABEL_REACH = 2
_PARSERS: dict[str, tuple[str, int, Callable[[str], str]]] = {
    "nip": ("nip", 10, parse_nip),
    "regon": ("regon", 9, parse_regon),
    "krs": ("krs", 10, parse_krs),
}
"""Label, length and parser of the numbers that stand beside their names in documents."""


@dataclass(frozen=True)
class _Value:
    """A declared value: how it is found, and in which kinds of documents it has to be."""

    field: str
    find: Find
    expected: frozenset[DocumentKind]


def value_results(facts: CaseFacts, readings: Mapping[str, Reading], variant: Variant | None) -> Iterator[Result]:
    """Look for every declared value. ``variant`` is that of the sheet in force, None without one."""
    documents = [document for document in facts.documents if readings[document.id].has_text]
    unreadable = {document.kind for document in facts.documents if not readings[document.id].has_text}
    for value in _values(facts, variant):
        found = list(_of_value(facts, value, documents, readings))
        yield from found
        if facts.documents and not found and (value.expected & unreadable or not value.expected):
            yield Result(CheckCode.VALUE_IN_DOCUMENT, CheckStatus.UNKNOWN, value.field, details={"field": value.field})


def _of_value(
    facts: CaseFacts, value: _Value, documents: list[DocumentFacts], readings: Mapping[str, Reading]
) -> Iterator[Result]:
    for document in documents:
        index = readings[document.id].words
        if index is None:
            continue
        hit = value.find(index)
        if hit is not None:
            yield _placed(CheckCode.VALUE_IN_DOCUMENT, CheckStatus.OK, value.field, document, hit)
        elif document.kind in value.expected:
            yield _missing(facts, value.field, document, index)


def _missing(facts: CaseFacts, field: str, document: DocumentFacts, index: WordIndex) -> Result:
    other = _other_number(facts, field, index)
    if other is None:
        return Result(CheckCode.VALUE_IN_DOCUMENT, CheckStatus.WARN, field, document.id, details={"field": field})
    number, hit = other
    result = _placed(CheckCode.NUMBER_IN_DOCUMENT, CheckStatus.FAIL, field, document, hit)
    return result._replace(details={"field": field, "number": format_nip(number) if field == "nip" else number})


def _placed(code: CheckCode, status: CheckStatus, field: str, document: DocumentFacts, hit: Hit) -> Result:
    return Result(code, status, field, document.id, hit.page, hit.box, {"field": field})


def _other_number(facts: CaseFacts, field: str, index: WordIndex) -> tuple[str, Hit] | None:
    """Give what stands beside the label of a number that is not in the document; one digit that differs makes it ill-formed."""
    if field not in _PARSERS:
        return None
    label, length, parse = _PARSERS[field]
    for digits, hit in index.digits_after(label, length=length, within=_LABEL_REACH):
        try:
            number = parse(digits)
        except IdentifierError:
            number = digits
        if number != getattr(facts, field):
            return number, hit
    return None


def _values(facts: CaseFacts, variant: Variant | None) -> Iterator[_Value]:
    # A civil partnership is on no register of its own: the printouts of its partners need not name it.
    registered = frozenset() if facts.legal_form is LegalForm.CIVIL_PARTNERSHIP else frozenset({_EXTRACT})
    yield _Value("name", lambda index: _name(index, facts.name), registered | {_SHEET, _NIP, _REGON})
    yield _Value("nip", lambda index: _first(index.find_number(facts.nip)), frozenset({_EXTRACT, _SHEET, _NIP}))
    if facts.regon is not None:
        yield _Value("regon", _regon_finder(facts.regon), frozenset({_EXTRACT, _REGON}))
    if facts.krs is not None:
        yield _Value("krs", _number_finder(facts.krs), frozenset({_EXTRACT, _SHEET}))
    if facts.seat is not None:
        yield from _seat(facts.seat)
    if facts.administrator is not None:
        expected = {_SHEET, _EXTRACT} if variant is Variant.REGISTERED else {_SHEET}
        first, last = facts.administrator.first_name, facts.administrator.last_name
        yield _Value("administrator", lambda index: _person(index, first, last), frozenset(expected))
    if facts.bank_account is not None:
        yield _Value("bank_account", _number_finder(facts.bank_account), frozenset())


def _seat(seat: SeatFacts) -> Iterator[_Value]:
    expected = frozenset({_EXTRACT, _SHEET})
    street = _STREET_WORDS.sub("", seat.street)
    if street:
        yield _Value("seat.street", _text_finder(street), expected)
    yield _Value("seat.building", lambda index: _building(index, street or seat.city, seat.building), expected)
    if seat.unit:
        yield _Value("seat.unit", lambda index: _building(index, street or seat.city, seat.unit), expected)
    postal_code = re.sub(r"\D", "", seat.postal_code, flags=re.ASCII)
    if postal_code:
        yield _Value("seat.postal_code", _number_finder(postal_code), expected)
    yield _Value("seat.city", _text_finder(seat.city), expected)


def _number_finder(number: str) -> Find:
    return lambda index: _first(index.find_number(number))


def _regon_finder(number: str) -> Find:
    """Registers write a REGON of nine digits with five zeros after it, too."""
    return lambda index: _first(index.find_number(number)) or _first(index.find_number(f"{number}00000"))


def _text_finder(text: str) -> Find:
    return lambda index: _first(index.find_whole(text))


def _name(index: WordIndex, name: str) -> Hit | None:
    """Find a name whichever way its legal form is written."""
    return next((hit for written in name_variants(name) if (hit := _first(index.find_whole(written)))), None)


def name_variants(name: str) -> tuple[str, ...]:
    """Give the ways to write a name whose legal form has a short and a long form, as declared first."""
    folded = fold(name)
    for forms in _FORMS:
        for form in forms:
            letters = r"[^a-z0-9]*".join(form.replace(" ", ""))
            ending = re.search(rf"(?<![a-z0-9]){letters}[^a-z0-9]*$", folded)
            if ending and folded[: ending.start()].strip():
                core = folded[: ending.start()].strip()
                return (name, *(f"{core} {other}" for other in forms))
    return (name,)


def _person(index: WordIndex, first_name: str, last_name: str) -> Hit | None:
    """Find first and last name near each other, in either order."""
    for written in (f"{first_name} {last_name}", f"{last_name} {first_name}"):
        if hit := _first(index.find_whole(written)):
            return hit
    for last in index.find_whole(last_name):
        for first in index.find_whole(first_name):
            if first.page == last.page and abs(first.first - last.first) <= _NAME_WITHIN:
                return _together(first, last)
    return None


def _building(index: WordIndex, street: str, number: str) -> Hit | None:
    """Find the number of a building or a unit a few words after its street."""
    numbers = index.find_whole(number)
    for place in index.find_whole(street):
        for hit in numbers:
            if hit.page == place.page and place.last <= hit.first <= place.last + _NUMBER_WITHIN:
                return hit
    return None


def _together(one: Hit, other: Hit) -> Hit:
    boxes = (*one.boxes, *other.boxes)
    return Hit(one.page, min(one.first, other.first), max(one.last, other.last), (around(boxes),))


def _first(hits: list[Hit]) -> Hit | None:
    return hits[0] if hits else None
