# SPDX-License-Identifier: AGPL-3.0-or-later
"""Is the extract young enough? Its date is read from the words "Stan na dzień …", "Wydruk z dnia …" and their like."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, timedelta

from reviewer_app.backend.checks.facts import CaseFacts, Reading, Result
from reviewer_app.contract.checks import CheckCode
from reviewer_app.contract.folding import fold
from reviewer_app.contract.messages import Box
from reviewer_app.contract.staff import CheckStatus
from reviewer_app.contract.states import DocumentKind
from reviewer_app.documents.word_index import WordIndex

_DATED = re.compile(
    r"(?:stan na dzien|wydruk z dnia|(?:wydruk )?wygenerowan[aoy] (?:w )?dnia|data wygenerowania(?: wydruku)?"
    r"|data (?:i godzina )?wydruku|data sporzadzenia wydruku)"
    r"[:\s]*(?:(?P<day>\d{1,2})[.\-/]\s?(?P<month>\d{1,2})[.\-/]\s?(?P<year>\d{4})"
    r"|(?P<iso_year>\d{4})-(?P<iso_month>\d{2})-(?P<iso_day>\d{2}))",
    re.ASCII,
)


@dataclass(frozen=True)
class _Dated:
    day: date
    page: int
    box: Box | None


def extract_results(
    facts: CaseFacts, readings: Mapping[str, Reading], today: date, most_days: int
) -> Iterator[tuple[Result, date | None]]:
    """Judge the age of each extract on a day; with each result the day on which it becomes another one."""
    for document in facts.documents:
        if document.kind != DocumentKind.REGISTRY_EXTRACT:
            continue
        index = readings[document.id].words
        found = _dated(index) if index is not None else None
        if found is None:
            yield Result(CheckCode.EXTRACT_DATE, CheckStatus.UNKNOWN, document_id=document.id), None
            continue
        days = (today - found.day).days
        details = {"date": found.day.isoformat(), "days": str(days), "limit": str(most_days)}
        status, changes = CheckStatus.OK, found.day + timedelta(days=most_days + 1)
        if days < 0:
            status, changes = CheckStatus.WARN, found.day
        elif days > most_days:
            status = CheckStatus.FAIL
        result = Result(CheckCode.EXTRACT_DATE, status, None, document.id, found.page, found.box, details)
        yield result, changes if changes > today else None


def _dated(index: WordIndex) -> _Dated | None:
    for page, text in index.texts():
        for match in _DATED.finditer(fold(text).replace("\u00ad", "")):
            with suppress(ValueError):
                hits = [hit for hit in index.find(match[0]) if hit.page == page]
                return _Dated(_day(match), page, hits[0].box if hits else None)
    return None


def _day(match: re.Match[str]) -> date:
    """Give the date of a match. Raises ValueError when there is no such day."""
    if match["iso_year"]:
        return date(int(match["iso_year"]), int(match["iso_month"]), int(match["iso_day"]))
    return date(int(match["year"]), int(match["month"]), int(match["day"]))
