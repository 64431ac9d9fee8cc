# SPDX-License-Identifier: AGPL-3.0-or-later
"""Checks what stands in the documents of a case: reads them apart from any transaction, then judges and writes.

What was read belongs to the content alone; what is judged are the facts as they are when the result is written. So a
customer may change anything meanwhile: a document that was not read yet has the run come up again.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from typing import Protocol, TypeVar
from zoneinfo import ZoneInfo

from sqlalchemy.orm import Session

from reviewer_app.backend.checks import repository
from reviewer_app.backend.checks.extract import extract_results
from reviewer_app.backend.checks.facts import CaseFacts, DocumentFacts, Reading, Result
from reviewer_app.backend.checks.service import put
from reviewer_app.backend.checks.sheet import FindSheet, sheet_results, variant_signed
from reviewer_app.backend.checks.values import value_results
from reviewer_app.backend.companies.service import SYSTEM, Companies, Company, case_facts, count_checks, sheet_facts
from reviewer_app.backend.kit.clock import Clock
from reviewer_app.backend.kit.database import Database
from reviewer_app.contract.checks import CheckCode, CheckSource
from reviewer_app.contract.history import HistoryKind
from reviewer_app.contract.staff import CheckStatus
from reviewer_app.contract.states import DocumentKind
from reviewer_app.documents.codes import PageCode
from reviewer_app.documents.errors import DocumentError, DocumentRefused, DocumentUnreadable, WorkerTimeout
from reviewer_app.documents.word_index import WordIndex
from reviewer_app.documents.words import PageWords

_logger = logging.getLogger(__name__)
_SETTLED = (DocumentRefused, DocumentUnreadable, WorkerTimeout)
"""What says that a content cannot be read; anything else says that it could not be read just now."""
_WARSAW = ZoneInfo("Europe/Warsaw")
"""A day of an extract, and the day on which it is too old, are days in Poland."""

Readings = Mapping[str, Reading]
"""What was read, by the SHA-256 of the content."""
Read = TypeVar("Read")


class ReadsContents(Protocol):
    """Gives what stands in a content."""

    def words(self, sha256: str, *, background: bool = False) -> tuple[PageWords, ...]:
        """Give the words of all pages."""
        ...

    def codes(self, sha256: str, *, background: bool = False) -> tuple[PageCode, ...]:
        """Give the QR codes."""
        ...


@dataclass(frozen=True, slots=True)
class Judged:
    """The results for a case. ``changes_at`` is when time alone makes another result of one of them."""

    results: tuple[Result, ...]
    changes_at: datetime | None


class DocumentChecks:
    """Reads and judges the documents of cases. Thread-safe."""

    def __init__(
        self, *, clock: Clock, database: Database, companies: Companies, reader: ReadsContents, extract_max_days: int
    ) -> None:
        self._clock = clock
        self._database = database
        self._companies = companies
        self._reader = reader
        self._extract_max_days = extract_max_days

    def documents(self, company_id: str) -> tuple[DocumentFacts, ...]:
        """Give the documents of a case. Raises ProblemError ``not_found``."""
        with self._database.read() as session:
            return case_facts(session, self._companies.by_id(session, company_id)).documents

    def read(
        self,
        documents: Sequence[DocumentFacts],
        *,
        background: bool = False,
        patient: bool = True,
        before_each: Callable[[], None] = lambda: None,
    ) -> dict[str, Reading]:
        """Read documents; what was read earlier is not read again.

        ``patient``: raise DocumentError or OSError for what could not be read just now, so that it is tried again;
        otherwise it counts as unreadable.
        """
        readings: dict[str, Reading] = {}
        for document in documents:
            before_each()
            try:
                readings[document.sha256] = self._reading(document, background)
            except (DocumentError, OSError):
                if patient:
                    raise
                readings[document.sha256] = Reading(None)
        return readings

    def write(self, session: Session, company: Company, readings: Readings, *, told: bool = True) -> bool:
        """Judge a case, whose row is locked, and write what came out; say whether all its documents had been read."""
        now = self._clock.now()
        self._companies.refresh_checks(session, company)
        facts = case_facts(session, company)
        if any(document.sha256 not in readings for document in facts.documents):
            repository.ask_for_run(session, company.id, now)
            return False
        by_document = {document.id: readings[document.sha256] for document in facts.documents}
        judged = self._judged(facts, by_document, lambda number: sheet_facts(session, number), now)
        put(session, company.id, CheckSource.DOCUMENTS, judged.results, now=now)
        repository.settle(session, company.id, facts=facts.digest(), due_at=judged.changes_at)
        count_checks(session, company)
        if told and facts.documents:
            counted = {status.value: str(getattr(company, f"checks_{status.value}")) for status in CheckStatus}
            self._companies.record(session, company, SYSTEM, HistoryKind.DOCUMENTS_CHECKED, counted)
        return True

    def _reading(self, document: DocumentFacts, background: bool) -> Reading:
        words = _unless_unreadable(lambda: self._reader.words(document.sha256, background=background))
        wants_code = document.kind == DocumentKind.AUTHORIZATION
        codes = (
            _unless_unreadable(lambda: self._reader.codes(document.sha256, background=background)) if wants_code else ()
        )
        return Reading(WordIndex(words) if words is not None else None, codes or ())

    def _judged(self, facts: CaseFacts, readings: Readings, find_sheet: FindSheet, now: datetime) -> Judged:
        today = now.astimezone(_WARSAW).date()
        dated = list(extract_results(facts, readings, today, self._extract_max_days))
        changes = [changes for _, changes in dated if changes is not None]
        results = (
            *_unread(facts, readings),
            *(result for result, _ in dated),
            *sheet_results(facts, readings, find_sheet),
            *value_results(facts, readings, variant_signed(facts, readings, find_sheet)),
        )
        return Judged(results, _begin_of(min(changes)) if changes else None)


def _unread(facts: CaseFacts, readings: Readings) -> Iterator[Result]:
    for document in facts.documents:
        if not readings[document.id].has_text:
            yield Result(CheckCode.DOCUMENT_TEXT, CheckStatus.UNKNOWN, document_id=document.id)


def _unless_unreadable(read: Callable[[], Read]) -> Read | None:
    try:
        return read()
    except _SETTLED as error:
        _logger.info("a document cannot be read: %s", type(error).__name__)  # the detail may quote the file
        return None


def _begin_of(day: date) -> datetime:
    return datetime.combine(day, time(), _WARSAW).astimezone(UTC)
