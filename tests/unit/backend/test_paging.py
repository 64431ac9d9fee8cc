# SPDX-License-Identifier: AGPL-3.0-or-later
"""Cursors carry a place in a list and refuse to be bent."""

from __future__ import annotations

import base64

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reviewer_app.backend.kit.paging import decode_cursor, encode_cursor
from reviewer_app.backend.kit.problems import ProblemError
from reviewer_app.contract.problems import ProblemCode

VALUES = st.lists(st.one_of(st.none(), st.integers(), st.text()), min_size=1, max_size=4)


@given(VALUES)
def test_what_goes_in_comes_out(values: list[str | int | None]) -> None:
    cursor = encode_cursor("name", values)
    assert decode_cursor("name", cursor, len(values)) == tuple(values)
    assert cursor.replace("-", "").replace("_", "").isalnum()


@given(st.text(max_size=60))
def test_whatever_else_comes_is_malformed(cursor: str) -> None:
    with pytest.raises(ProblemError) as caught:
        decode_cursor("name", cursor, 1)
    assert caught.value.code is ProblemCode.MALFORMED_REQUEST


def test_a_changed_cursor_and_one_of_another_list_are_malformed() -> None:
    cursor = encode_cursor("name", ["Łódź", 5])
    raw = base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4))
    changed = base64.urlsafe_b64encode(raw.replace(b"5", b"6")).decode().rstrip("=")
    for order, text, length in (("name", changed, 2), ("nip", cursor, 2), ("name", cursor, 1)):
        with pytest.raises(ProblemError):
            decode_cursor(order, text, length)
