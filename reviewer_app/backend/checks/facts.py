# SPDX-License-Identifier: AGPL-3.0-or-later
"""What the checks look at, what was read for them, and what they give."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from json import dumps
from types import MappingProxyType
from typing import NamedTuple

from reviewer_app.contract.checks import CheckCode
from reviewer_app.contract.companies import LegalForm
from reviewer_app.contract.messages import Box
from reviewer_app.contract.staff import CheckStatus
from reviewer_app.contract.states import DocumentKind
from reviewer_app.documents.authorization_sheet import Variant
from reviewer_app.documents.codes import PageCode
from reviewer_app.documents.word_index import WordIndex


@dataclass(frozen=True, slots=True)
class DocumentFacts:
    """A version that stands for its document today and belongs to the case."""

    id: str
    kind: DocumentKind
    sha256: str


@dataclass(frozen=True, slots=True)
class PersonFacts:
    """The administrator, or who is to become it. ``user_id`` is None while they have no account."""

    user_id: str | None
    first_name: str
    last_name: str


@dataclass(frozen=True, slots=True)
class SeatFacts:
    """The declared seat; parts that an address need not have are empty."""

    street: str
    building: str
    unit: str
    postal_code: str
    city: str


@dataclass(frozen=True, slots=True)
class SheetFacts:
    """A sheet that was made here: whom it authorises for which company. ``digest`` is that of the data it carries."""

    number: str
    company_id: str
    administrator_id: str
    data_version: int
    variant: Variant
    digest: str


@dataclass(frozen=True, slots=True)
class CaseFacts:
    """What is declared and what there is.

    ``documents`` are the current ones of the case, oldest first. ``sheet_current`` says whether the uploaded
    authorization carries today's data; None when no form was made. ``sheet`` is the form in force.
    """

    company_id: str
    name: str
    legal_form: LegalForm
    nip: str
    regon: str | None
    krs: str | None
    seat: SeatFacts | None
    bank_account: str | None
    administrator: PersonFacts | None
    same_nip: int
    documents: tuple[DocumentFacts, ...]
    sheet_current: bool | None
    sheet: SheetFacts | None

    def newest(self, kind: DocumentKind) -> DocumentFacts | None:
        """Give the newest document of a kind."""
        return next((document for document in reversed(self.documents) if document.kind == kind), None)

    def digest(self) -> str:
        """Give a digest that differs when anything differs on which a finding depends, but for the time."""
        return hashlib.sha256(dumps(asdict(self), sort_keys=True).encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class Reading:
    """What stands in one content. ``words`` is None, and ``codes`` empty, when it could not be read."""

    words: WordIndex | None
    codes: tuple[PageCode, ...] = ()

    @property
    def has_text(self) -> bool:
        """Say whether there is a text that a value could be found in."""
        return self.words is not None and self.words.has_text


class Result(NamedTuple):
    """What one check gives, with its place in a document where it has one."""

    code: CheckCode
    status: CheckStatus
    field: str | None = None
    document_id: str | None = None
    page: int | None = None
    box: Box | None = None
    details: Mapping[str, str] = MappingProxyType({})
