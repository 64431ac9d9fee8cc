# SPDX-License-Identifier: AGPL-3.0-or-later
"""Messages of ``/api/v1/staff/documents/{id}/prints``: a print is recorded before it begins, and what became of it after."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import Annotated

from pydantic import Field, field_validator

from reviewer_app.contract.messages import Message, Request, Utc

MOST_PAGES = 5000
_Page = Annotated[int, Field(ge=1, le=100_000)]


def _ascending(pages: tuple[int, ...]) -> tuple[int, ...]:
    if any(page <= before for before, page in pairwise(pages)):
        raise ValueError("pages are named once each, in ascending order")
    return pages


class PrintRequest(Request):
    """Pages of a version that are to be printed, ascending; the first is 1."""

    pages: Annotated[tuple[_Page, ...], Field(min_length=1, max_length=MOST_PAGES)]

    _in_order = field_validator("pages")(_ascending)


class PrintRecord(Message):
    """What the history of the case now says of a print, and what stands on each of its pages."""

    print_id: str
    company_name: str
    nip: str
    printed_by: str
    printed_at: Utc


class PrintOutcome(Request):
    """What became of a print: the pages that were handed to the printer, and whether these are all that were wanted."""

    complete: bool
    pages: Annotated[tuple[_Page, ...], Field(max_length=MOST_PAGES)] = ()

    _in_order = field_validator("pages")(_ascending)


def pages_text(pages: Sequence[int]) -> str:
    """Write pages, ascending, as people do: ``1, 3, 5–7``."""
    runs: list[list[int]] = []
    for page in pages:
        if runs and runs[-1][1] == page - 1:
            runs[-1][1] = page
        else:
            runs.append([page, page])
    return ", ".join(str(first) if first == last else f"{first}–{last}" for first, last in runs)


def pages_of_text(text: str) -> frozenset[int]:
    """Read pages that `pages_text` wrote."""
    runs = (run.partition("–") for run in text.split(", "))
    return frozenset(page for first, _, last in runs for page in range(int(first), int(last or first) + 1))
