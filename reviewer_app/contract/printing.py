# SPDX-License-Identifier: AGPL-3.0-or-later
"""Messages of ``/api/v1/staff/documents/{id}/prints``."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from reviewer_app.contract.messages import Message, Request, Utc

_Page = Annotated[int, Field(ge=1, le=100_000)]


class PrintRequest(Request):
    """Pages of a version that are to be printed, both ends included; the first is 1."""

    first_page: _Page
    last_page: _Page


class PrintRecord(Message):
    """What the history of the case now says of a print, and what stands on each of its pages."""

    company_name: str
    nip: str
    printed_by: str
    printed_at: Utc
