# SPDX-License-Identifier: AGPL-3.0-or-later
"""What is read piece by piece is what pydantic reads in one go, and broken answers are refused."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reviewer_app.contract.staff import DocumentWords, PageWords, Word
from reviewer_app.gateway.pieces import Pieces, read_words
from reviewer_app.gateway.plain import Misread

_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(),
    lambda inside: st.lists(inside, max_size=4) | st.dictionaries(st.text(), inside, max_size=4),
    max_leaves=12,
)
_share = st.floats(min_value=0, max_value=1)
_sides = st.lists(_share, min_size=2, max_size=2, unique=True).map(sorted)
_boxes = st.builds(lambda across, down: (across[0], down[0], across[1], down[1]), _sides, _sides)
_words = st.builds(Word, text=st.text(), box=_boxes)
_pages = st.builds(PageWords, page=st.integers(min_value=1), words=st.lists(_words, max_size=4).map(tuple))
_documents = st.builds(DocumentWords, document_id=st.text(), pages=st.lists(_pages, max_size=4).map(tuple))


def gathered(text: str) -> dict[str, Any]:
    """Put an object together again from its pieces."""
    members = Pieces(text).members(in_pieces="list")
    return {name: list(value) if name == "list" else value for name, value in members}


@given(
    whole=st.dictionaries(st.text().filter(lambda name: name != "list"), _values, max_size=4),
    items=st.lists(_values, max_size=4),
    indent=st.sampled_from([None, 0, 2]),
)
def test_the_members_of_an_object_are_those_that_json_reads(
    whole: dict[str, Any], items: list[Any], indent: int | None
) -> None:
    text = json.dumps({**whole, "list": items}, indent=indent)
    assert gathered(text) == json.loads(text)


def test_what_is_left_of_a_list_is_passed_over() -> None:
    members = Pieces('{"list": [1, 2, 3], "after": 4}').members(in_pieces="list")
    assert [name for name, _value in members] == ["list", "after"]


@given(document=_documents)
def test_words_are_those_that_are_read_in_one_go(document: DocumentWords) -> None:
    assert read_words(document.model_dump_json().encode()) == document


@given(document=_documents, share=_share)
def test_an_answer_that_was_cut_off_is_refused(document: DocumentWords, share: float) -> None:
    body = document.model_dump_json().encode()
    with pytest.raises(Misread):
        read_words(body[: int((len(body) - 1) * share)])


@pytest.mark.parametrize(
    ("body", "place"),
    [
        (b"[]", "not JSON"),
        (b'{"document_id": "d", "pages": [],}', "not JSON"),
        (b'{"document_id": "d", "pages": [{"page": 1, "words": []},]}', "not JSON"),
        (b'{"document_id": "d" "pages": []}', "not JSON"),
        (b'{"pages": []}', "document_id"),
        (b'{"document_id": "d"}', "pages"),
        (b'{"document_id": "d", "pages": null}', "not JSON"),
        (b'{"document_id": "d", "pages": [{"page": 1}]}', "words"),
        (b'{"document_id": "d", "pages": [{"page": 1, "words": [{"text": "x", "box": [0, 0, 1]}]}]}', "words.0.box"),
        ('{"document_id": "żó'.encode("cp1250"), "not JSON"),
    ],
)
def test_whatever_is_no_answer_with_words_is_refused_with_its_place(body: bytes, place: str) -> None:
    with pytest.raises(Misread, match=place):
        read_words(body)
