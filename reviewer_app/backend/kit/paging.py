# SPDX-License-Identifier: AGPL-3.0-or-later
"""Keyset paging: a cursor names the last row that was given, in the order of the list."""

from __future__ import annotations

import base64
import binascii
import hashlib
import json
from collections.abc import Sequence
from typing import Annotated

from fastapi import Query

from reviewer_app.backend.kit.problems import ProblemError
from reviewer_app.contract.problems import ProblemCode

MAX_LIMIT = 200
DEFAULT_LIMIT = 50

Limit = Annotated[int, Query(ge=1, le=MAX_LIMIT, description="How many rows at most.")]
CursorText = Annotated[str | None, Query(max_length=2000, description="`next_cursor` of the page before.")]

CursorValue = str | int | None
_DIGEST_BYTES = 6


def encode_cursor(order: str, values: Sequence[CursorValue]) -> str:
    """Make an opaque, URL-safe cursor from the sort values of the last row. ``order`` names list and order."""
    content = json.dumps([order, *values], ensure_ascii=False, separators=(",", ":")).encode()
    return base64.urlsafe_b64encode(_digest(content) + content).decode().rstrip("=")


def decode_cursor(order: str, cursor: str, length: int) -> tuple[CursorValue, ...]:
    """Give the ``length`` sort values of a cursor made for the same order.

    Raises ProblemError ``malformed_request`` when the cursor was changed or belongs to another list or order.
    """
    try:
        raw = base64.b64decode(cursor + "=" * (-len(cursor) % 4), altchars=b"-_", validate=True)
    except (binascii.Error, ValueError) as error:
        raise ProblemError(ProblemCode.MALFORMED_REQUEST) from error
    digest, content = raw[:_DIGEST_BYTES], raw[_DIGEST_BYTES:]
    if _digest(content) != digest:
        raise ProblemError(ProblemCode.MALFORMED_REQUEST)
    found, *values = json.loads(content)
    if found != order or len(values) != length:
        raise ProblemError(ProblemCode.MALFORMED_REQUEST)
    return tuple(values)


def _digest(content: bytes) -> bytes:
    return hashlib.sha256(content).digest()[:_DIGEST_BYTES]
