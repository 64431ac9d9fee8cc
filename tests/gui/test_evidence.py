# SPDX-License-Identifier: AGPL-3.0-or-later
"""Evidence in the window, with the real server behind: from values and findings to their places, and back; searching."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QColor
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel, QLineEdit, QMenu

from reviewer_app.models.document.geometry import Box
from reviewer_app.views.case.case_view import CaseView
from reviewer_app.views.case.declared_view import DeclaredRow
from reviewer_app.views.document.page_area import PageArea
from tests.gui.real_desk import OpenWindow, RealWindow, engine, make_world, open_window, world, world_pool
from tests.support.evidence import extract_lines, printed, scanned
from tests.support.numbers import NIPS
from tests.support.waiting import wait_until
from tests.support.world import PASSWORD, Reviewer, World, expect

__all__ = ["engine", "make_world", "open_window", "world", "world_pool"]


@pytest.fixture
def real_window(open_window: OpenWindow) -> RealWindow:
    """A window on the real server; nobody is signed in."""
    return open_window()


def submit(world: World, extract: bytes, *, scan: bool = False) -> str:
    """Let a customer submit a company whose documents are checked; gives its id."""
    customer = world.customer()
    customer.create()
    expect(customer.upload("registry_extract", extract, name="odpis.pdf"), 201)
    form = expect(customer.call("GET", "customer/company/authorization?variant=registered"), 200)
    expect(customer.upload("authorization", scanned(form) if scan else form, name="upoważnienie.pdf"), 201)
    company_id: str = expect(customer.submit(), 200)["id"]
    wait_until(lambda: _is_checked(world.staff("anna"), company_id), what="the documents are checked")
    return company_id


def _is_checked(reviewer: Reviewer, company_id: str) -> bool:
    return "documents_read" not in {check["code"] for check in reviewer.detail(company_id)["checks"]}


def open_case(window: RealWindow) -> None:
    """Sign in, open the case, and wait until its words are known."""
    window.sign_in(password=PASSWORD)
    window.open_case()
    window.until(lambda: words_known(window), "the words are known")


def words_known(window: RealWindow) -> bool:
    view = window.find("caseView", CaseView)
    return view.viewer.model.page_count > 0 and view.viewer.words.text is not None


def evidence(window: RealWindow) -> tuple[int, Box] | None:
    """Give the place that is boxed in the viewer."""
    return window.find("pageArea", PageArea).marks.evidence


def point_of(window: RealWindow, page: int, box: Box) -> QPoint:
    """Give the middle of a box on the viewport."""
    return window.find("pageArea", PageArea).mapping.area_of(page, box).center().toPoint()


def word(window: RealWindow, text: str, page: int = 1) -> Box:
    """Give the box of a word of the document shown."""
    known = window.find("caseView", CaseView).viewer.words.text
    assert known is not None
    return next(item.box for item in known.pages[page - 1].words if item.text == text)


@pytest.mark.parametrize("rotation", [0, 90])
def test_a_click_on_a_value_jumps_to_its_place_and_boxes_it(
    world: World, real_window: RealWindow, rotation: int
) -> None:
    submit(world, printed(extract_lines(), rotation=rotation))
    window = real_window
    open_case(window)
    window.click("show_nip")
    window.until(lambda: evidence(window) is not None, "the place is boxed")
    place = evidence(window)
    assert place is not None
    assert place[1] == pytest.approx(word(window, "9990000184"))
    area = window.find("pageArea", PageArea)
    window.until(lambda: area.viewport().rect().contains(point_of(window, *place)), "the place is in view")
    window.press(Qt.Key.Key_Escape, on="pageArea")
    assert evidence(window) is None


def test_the_next_click_leads_to_the_next_document(world: World, real_window: RealWindow) -> None:
    submit(world, printed(extract_lines()))
    window = real_window
    open_case(window)
    assert window.find("show_nip", QAbstractButton).text() == "In documents 1, 2"
    window.click("show_nip")
    window.until(lambda: evidence(window) is not None, "the place in the extract is boxed")
    window.click("show_nip")
    window.until(lambda: "Authorization" in window.find("documentTitle", QLabel).text(), "the other document is shown")
    window.until(lambda: evidence(window) is not None, "the place in the authorization is boxed")


def test_values_and_their_places_are_gone_through_by_key(world: World, real_window: RealWindow) -> None:
    submit(world, printed(extract_lines()))
    window = real_window
    open_case(window)
    window.press(Qt.Key.Key_V, on="pageArea")
    window.until(lambda: _selected(window) == "name", "the name is marked")
    for _ in range(2):
        window.press(Qt.Key.Key_V, on="pageArea")
    window.until(lambda: _selected(window) == "nip", "the NIP is marked")
    nip = word(window, "9990000184")
    window.until(lambda: (evidence(window) or (0, ()))[1] == pytest.approx(nip), "its place is boxed")
    window.press(Qt.Key.Key_V, on="pageArea", modifiers=Qt.KeyboardModifier.ShiftModifier)
    window.until(lambda: _selected(window) == "legal_form", "back to the value before")


def test_findings_are_gone_through_by_key_the_worst_first(world: World, real_window: RealWindow) -> None:
    submit(world, printed(extract_lines(nip=NIPS[1], day="01.06.2026")))
    window = real_window
    open_case(window)
    seen: set[Box] = set()
    for _ in range(2):
        window.press(Qt.Key.Key_E, on="pageArea")
        window.until(lambda: evidence(window) is not None and evidence(window)[1] not in seen, "a place is boxed")  # type: ignore[index]
        place = evidence(window)
        assert place is not None
        seen.add(place[1])
    assert any(box == pytest.approx(word(window, "9990000250")) for box in seen)
    texts = [label.text() for label in window.widget("declared_nip").findChildren(QLabel)]
    assert any("another number, 999-000-02-50" in text for text in texts)


def test_a_click_on_a_word_shows_the_value_it_is(world: World, real_window: RealWindow) -> None:
    submit(world, printed(extract_lines(), rotation=270))
    window = real_window
    open_case(window)
    for text, field in (("990000217,", "regon"), ("WARSZAWA,", "seat"), ("OGRANICZONĄ", "name"), ("ŻÓŁW", "name")):
        _click(window, word(window, text))
        window.until(lambda field=field: _selected(window) == field, f"{text} shows {field}")  # type: ignore[misc]
    _click(window, word(window, "SĄDOWEGO"))
    window.until(lambda: _selected(window) == "", "a word that is no value marks none")


def test_all_places_are_marked_and_gone_through(world: World, real_window: RealWindow) -> None:
    submit(world, printed(extract_lines()))
    window = real_window
    open_case(window)
    window.press(Qt.Key.Key_F, on="pageArea", modifiers=Qt.KeyboardModifier.ControlModifier)
    window.until(lambda: window.shown("documentSearch"), "the search is shown")
    window.type_into("documentSearch", "warszawa")
    window.until(lambda: window.find("documentHits", QLabel).text() == "1 of 2", "both places are found")
    marks = window.find("pageArea", PageArea).marks
    assert (len(marks.here), len(marks.hits[1])) == (1, 2)
    window.press(Qt.Key.Key_Return, on="documentSearch")
    assert window.find("documentHits", QLabel).text() == "2 of 2"
    window.press(Qt.Key.Key_F3, on="pageArea")
    assert window.find("documentHits", QLabel).text() == "1 of 2"
    window.press(Qt.Key.Key_F3, on="pageArea", modifiers=Qt.KeyboardModifier.ShiftModifier)
    assert window.find("documentHits", QLabel).text() == "2 of 2"
    window.press(Qt.Key.Key_Escape, on="documentSearch")
    assert not window.shown("documentSearch")
    assert not marks.here
    assert not marks.hits


@pytest.mark.parametrize(
    ("typed", "places"), [("zarzad", 0), ("sadowego", 1), ("999-000-01-84", 1), ("000999 0001", 1)]
)
def test_the_search_passes_over_accents_and_separators(
    world: World, real_window: RealWindow, typed: str, places: int
) -> None:
    submit(world, printed(extract_lines()))
    window = real_window
    open_case(window)
    window.press(Qt.Key.Key_Slash, on="pageArea")
    window.type_into("documentSearch", typed)
    shown = f"1 of {places}" if places else "Not found"
    window.until(lambda: window.find("documentHits", QLabel).text() == shown, "the search is done")


def test_a_scan_says_that_it_cannot_be_searched(world: World, real_window: RealWindow) -> None:
    submit(world, scanned(printed(extract_lines())), scan=True)
    window = real_window
    open_case(window)
    window.click("tool_find_text")
    window.type_into("documentSearch", "nip")
    window.until(lambda: "it is a scan" in window.find("documentHits", QLabel).text(), "the scan is named")


def test_words_are_selected_copied_and_searched(world: World, real_window: RealWindow) -> None:
    submit(world, printed(extract_lines()))
    window = real_window
    open_case(window)
    area = window.find("pageArea", PageArea)
    window.until(lambda: area.page == 1, "the page is laid out")
    begin, end = (point_of(window, 1, word(window, text)) for text in ("CENTRALNA", "REJESTRU"))
    QTest.mousePress(area.viewport(), Qt.MouseButton.LeftButton, pos=begin)
    QTest.mouseMove(area.viewport(), (begin + end) / 2)
    QTest.mouseMove(area.viewport(), end)
    QTest.mouseRelease(area.viewport(), Qt.MouseButton.LeftButton, pos=end)
    window.press(Qt.Key.Key_C, on="pageArea", modifiers=Qt.KeyboardModifier.ControlModifier)
    assert QApplication.clipboard().text() == "CENTRALNA INFORMACJA KRAJOWEGO REJESTRU"

    QTest.mouseDClick(area.viewport(), Qt.MouseButton.LeftButton, pos=point_of(window, 1, word(window, "9990000184")))
    window.press(Qt.Key.Key_F, on="pageArea", modifiers=Qt.KeyboardModifier.ControlModifier)
    window.until(lambda: window.find("documentHits", QLabel).text() == "1 of 1", "what is selected is searched for")
    assert window.find("documentSearch", QLineEdit).text() == "9990000184"


def test_a_selected_number_is_searched_in_all_cases(world: World, real_window: RealWindow) -> None:
    submit(world, printed(extract_lines()))
    window = real_window
    open_case(window)
    area = window.find("pageArea", PageArea)
    where = point_of(window, 1, word(window, "9990000184"))
    QTest.mouseDClick(area.viewport(), Qt.MouseButton.LeftButton, pos=where)
    area.menu_wanted.emit(area.viewport().mapToGlobal(where))
    menu = window.find("selectionMenu", QMenu)
    window.until(menu.isVisible, "the menu is open")
    menu.actions()[-1].trigger()
    menu.close()
    window.until(lambda: window.find("queueSearch", QLineEdit).text() == "9990000184", "the queue is searched")
    window.until(lambda: window.names() == ["Żółw i Syn Sp. z o.o."], "the case is found")


def test_the_box_is_drawn_around_the_ink(world: World, real_window: RealWindow) -> None:
    submit(world, printed(extract_lines(), rotation=180))
    window = real_window
    open_case(window)
    window.click("show_krs")
    window.until(lambda: evidence(window) is not None, "the place is boxed")
    place = evidence(window)
    assert place is not None
    area = window.find("pageArea", PageArea)
    where = point_of(window, *place)
    window.until(
        lambda: area.viewport().grab().toImage().pixelColor(where) != QColor(Qt.GlobalColor.white),
        "the box is tinted",
    )


def _selected(window: RealWindow) -> str:
    """Give the field that is marked in the list of declared values, "" when none is."""
    rows = window.main.findChildren(DeclaredRow)
    return next((row.value.field for row in rows if row.isVisible() and row.property("selected")), "")


def _click(window: RealWindow, box: Box) -> None:
    area = window.find("pageArea", PageArea)
    area.reveal(1, box)
    where = QPointF(point_of(window, 1, box)).toPoint()
    QTest.mouseClick(area.viewport(), Qt.MouseButton.LeftButton, pos=where)
