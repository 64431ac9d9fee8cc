# SPDX-License-Identifier: AGPL-3.0-or-later
"""Words have their place on the page, on turned and cut pages too, and are found as people look for them."""

from __future__ import annotations

import string
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pymupdf
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from reviewer_app.contract.folding import fold
from reviewer_app.documents.renderer import Renderer
from reviewer_app.documents.service import DocumentService
from reviewer_app.documents.word_index import WordIndex
from reviewer_app.documents.words import PageWords, Word
from reviewer_app.documents.worker.placing import unrotated_box
from reviewer_app.resources import resource_path

FONT = str(resource_path("fonts", "Inter-Regular.ttf"))
SLACK = 0.012
"""A glyph may reach a little over its font's box."""
DARK = 128


def page_of(
    lines: Sequence[tuple[float, float, str]], *, rotation: int = 0, crop: tuple[int, int, int, int] | None = None
) -> bytes:
    """Make a PDF of one page with texts at places (points, unrotated)."""
    with pymupdf.open() as document:
        page = document.new_page(width=595, height=842)
        page.insert_font(fontname="inter", fontfile=FONT)
        for x, y, text in lines:
            page.insert_text((x, y), text, fontsize=18, fontname="inter")
        if crop:
            page.set_cropbox(pymupdf.Rect(*crop))
        page.set_rotation(rotation)
        return bytes(document.tobytes(garbage=3, deflate=True))


def index_of(*pages: Sequence[str]) -> WordIndex:
    """Make an index of words in rows of eight, with boxes that say which is which."""
    return WordIndex(
        [
            PageWords(
                number,
                tuple(
                    Word(text, ((at % 8) / 8, (at // 8) / 50, (at % 8 + 0.9) / 8, (at // 8 + 0.8) / 50))
                    for at, text in enumerate(words)
                ),
            )
            for number, words in enumerate(pages, start=1)
        ]
    )


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    rotation=st.sampled_from([0, 90, 180, 270]),
    crop=st.sampled_from([None, (20, 30, 560, 800), (0, 100, 400, 842)]),
    at=st.tuples(st.integers(40, 250), st.integers(130, 700)),
    text=st.text(string.ascii_uppercase + "ĄĆĘŁŃÓŚŹŻ0123456789", min_size=3, max_size=8),
)
def test_the_ink_of_a_word_is_where_its_box_says(
    renderer: Renderer, rotation: int, crop: tuple[int, int, int, int] | None, at: tuple[int, int], text: str
) -> None:
    document = renderer.open(page_of([(*at, text)], rotation=rotation, crop=crop))
    assert document.pages[0].rotation == rotation
    (word,) = renderer.words(document, page=1).words
    pixels = renderer.render(document, page=1, zoom=2)
    rows = np.frombuffer(pixels.data, np.uint8).reshape(pixels.height, pixels.stride)
    dark = rows[:, : pixels.width * 3].reshape(pixels.height, pixels.width, 3).min(axis=2) < DARK
    down, across = np.nonzero(dark)
    shown = (
        across.min() / pixels.width,
        down.min() / pixels.height,
        (across.max() + 1) / pixels.width,
        (down.max() + 1) / pixels.height,
    )
    ink = unrotated_box(shown, rotation)
    pixels.release()
    renderer.close(document)
    assert word.text == text
    assert word.box[0] - SLACK <= ink[0]
    assert word.box[1] - SLACK <= ink[1]
    assert word.box[2] + SLACK >= ink[2]
    assert word.box[3] + SLACK >= ink[3]
    assert word.box[2] - word.box[0] <= (ink[2] - ink[0]) * 1.5 + SLACK  # it is about this word, not about the page


@pytest.mark.parametrize("rotation", [0, 90, 180, 270])
def test_words_of_a_turned_page_are_found_by_what_they_say(
    service: DocumentService, tmp_path: Path, rotation: int
) -> None:
    file = tmp_path / "odpis.pdf"
    file.write_bytes(page_of([(72, 100, "ZARZĄD"), (72, 140, "NIP: 999-000-01-84,")], rotation=rotation))
    index = WordIndex(service.words(file))
    (title,) = index.find_whole("zarząd")
    (number,) = index.find_number("9990000184")
    assert title.box[1] < number.box[1] < 0.25
    assert title.box[0] == pytest.approx(72 / 595, abs=0.01)


def test_case_accents_and_punctuation_are_passed_over() -> None:
    index = index_of(["ZARZĄD", "SPÓŁKI", '"Żółw', "i", 'Syn"', "Sp.", "z", "o.o."])
    assert [hit.first for hit in index.find("zarzad")] == [0]
    assert [(hit.first, hit.last) for hit in index.find_whole("żółw i syn sp. z o.o.")] == [(2, 7)]
    assert [(hit.first, hit.last) for hit in index.find_whole("zolw i syn sp z o o")] == [(2, 7)]


@pytest.mark.parametrize(
    "words",
    [
        ["9990000184"],
        ["NIP:9990000184,"],
        ["PL9990000184"],
        ["999-000-01-84"],
        ["999", "000", "01", "84"],
        ["999-000-", "01-84"],
        ["REGON/NIP:", "990000217/9990000184"],
        ["NIP", "PL", "999", "000", "01", "84;"],
    ],
)
def test_a_number_is_found_however_it_is_written(words: list[str]) -> None:
    assert len(index_of(words).find_number("9990000184")) == 1


def test_a_number_is_not_found_within_a_longer_one() -> None:
    index = index_of(["199900001840", "99900001847", "KRS", "0009990001"])
    assert index.find_number("9990000184") == []
    assert [hit.first for hit in index.find_number("0009990001")] == [3]


def test_a_name_that_is_wrapped_or_hyphenated_is_one() -> None:
    index = index_of(["Hurtownia", "Elektro-", "niczna", "Jod\u00adła", "spółka", "z", "ogra\u00ad", "niczoną"])
    assert [(hit.first, hit.last) for hit in index.find_whole("elektroniczna jodła")] == [(1, 3)]
    assert [(hit.first, hit.last) for hit in index.find_whole("Spółka z ograniczoną")] == [(4, 7)]


def test_words_are_not_run_together_to_make_a_hit() -> None:
    index = index_of(["Jan", "Nowak", "an", "na"])
    assert index.find("jannowak") == []
    assert index.find("anna") == []
    assert index.find_whole("owak") == []
    assert [hit.first for hit in index.find("owak")] == [1]


def test_a_hit_over_two_lines_has_a_box_for_each() -> None:
    index = index_of([*("x" * 7), "Jan", "Nowak"])
    (hit,) = index.find("jan nowak")
    assert len(hit.boxes) == 2
    assert hit.box == pytest.approx((0.0, 0.0, 7.9 / 8, 1.8 / 50))


@given(
    st.lists(st.text("ABCĄĆŁŻabcąćłż0123456789-.\u00ad", min_size=1, max_size=8), min_size=1, max_size=30),
    st.data(),
)
def test_what_stands_on_a_page_is_found_there(words: list[str], data: st.DataObject) -> None:
    index = index_of(words)
    first = data.draw(st.integers(0, len(words) - 1))
    last = data.draw(st.integers(first, min(first + 4, len(words) - 1)))
    text = " ".join(words[first : last + 1])
    if not any(letter.isalnum() for letter in fold(text)):
        assert index.find(text) == []
        return
    hits = index.find(text.upper())
    assert any(hit.first >= first and hit.last <= last for hit in hits)
    assert all(0 <= hit.first <= hit.last < len(words) for hit in hits)


def test_a_scan_without_a_text_layer_says_so() -> None:
    assert not WordIndex([PageWords(1, ())]).has_text
    assert WordIndex([PageWords(1, ()), PageWords(2, (Word("a", (0, 0, 1, 1)),))]).pages_without_text == (1,)
