# SPDX-License-Identifier: AGPL-3.0-or-later
"""The queue: live rows, search, filters, sort, empty states."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from functools import partial
from threading import Event

from PySide6.QtGui import Qt, QTextDocument
from PySide6.QtWidgets import QAbstractButton, QLabel, QLineEdit

from reviewer_app.contract.states import DocumentKind
from reviewer_app.models.queue.queue_model import MOST_REFRESHED_ROWS
from reviewer_app.views.common.actions import ActionId
from reviewer_app.views.queue.table import QueueTable
from tests.gui.conftest import WAIT_MS, Window
from tests.gui.papers import extract

NEW = "Nowa Lipa sp. z o.o."
MARKED_UP = 'Firma <img src="x.png"> <h1>A & B</h1> sp. z o.o.'


def test_a_new_case_appears_by_itself_and_selection_stays(desk_window: Window) -> None:
    window = desk_window
    table = window.find("queueTable", QueueTable)
    table.setCurrentIndex(window.queue.index(3, 0))
    chosen = table.selected_id()
    window.server.add_company(NEW, "9990000959", {DocumentKind.REGISTRY_EXTRACT: extract(NEW, "9990000959", pages=1)})
    window.until(lambda: NEW in window.names(), "the new case is in the queue")
    assert table.selected_id() == chosen


def test_what_is_read_stays_where_it_is_when_cases_come_above_it(desk_window: Window) -> None:
    window = desk_window
    paper = extract("x", "9990000184", pages=1)
    for number in range(60):
        window.server.add_company(f"Firma {number:03}", "9990000184", {DocumentKind.REGISTRY_EXTRACT: paper})
    window.until(lambda: window.queue.rowCount() == 70, "all cases are in the queue")
    table = window.find("queueTable", QueueTable)
    table.setCurrentIndex(window.queue.index(40, 0))
    table.scrollTo(window.queue.index(40, 0), QueueTable.ScrollHint.PositionAtCenter)
    chosen, at = table.selected_id(), table.visualRect(table.currentIndex()).top()
    older = window.server.companies[
        window.server.add_company(NEW, "9990000959", {DocumentKind.REGISTRY_EXTRACT: paper})
    ]
    older.submitted_at -= timedelta(days=30)
    window.until(lambda: window.names()[0] == NEW, "the new case is on top")
    assert table.selected_id() == chosen
    assert table.visualRect(table.currentIndex()).top() == at


def read(hint: str) -> str:
    """Give what a tooltip shows, as Qt reads it."""
    document = QTextDocument()
    (document.setHtml if Qt.mightBeRichText(hint) else document.setPlainText)(hint)
    return document.toPlainText()


def test_markup_in_a_companys_name_is_read_and_not_obeyed(desk_window: Window) -> None:
    window = desk_window
    paper = extract(NEW, "9990000959", pages=1)
    window.server.add_company(MARKED_UP, "9990000959", {DocumentKind.REGISTRY_EXTRACT: paper})
    window.until(lambda: MARKED_UP in window.names(), "the new case is in the queue")
    place = window.names().index(MARKED_UP)
    assert read(str(window.queue.index(place, 0).data(Qt.ItemDataRole.ToolTipRole))) == MARKED_UP
    window.open_case(place)
    name = window.find("caseName", QLabel)
    window.until(lambda: name.text() == MARKED_UP, "the case is shown")
    name.setFixedWidth(60)
    window.until(lambda: name.toolTip().endswith("</span>"), "there is no room for it")
    assert read(name.toolTip()) == MARKED_UP
    assert read(window.widget("navigateCase").toolTip()) == MARKED_UP


def test_a_case_that_somebody_takes_changes_in_place(desk_window: Window) -> None:
    window = desk_window
    row = window.queue.row_at(0)
    assert row is not None
    window.server.other_takes_over(row.id, "piotr")
    window.until(lambda: window.queue.index(0, 6).data() == "Piotr", "the holder is shown")
    assert window.names()[0] == row.name


def test_search_finds_and_an_empty_answer_offers_one_way_back(desk_window: Window) -> None:
    window = desk_window
    window.type_into("queueSearch", "modrzew")
    window.until(lambda: window.names() == ["Modrzew IT Jan Modrzewski"], "one case is found")
    window.type_into("queueSearch", "xyz")
    window.until(lambda: window.shown("queueEmptyAction"), "the empty state is shown")
    window.click("queueEmptyAction")
    window.until(lambda: len(window.names()) == 10, "everything is back")


def test_what_was_found_is_opened_and_the_search_taken_back_by_keys_alone(desk_window: Window) -> None:
    window = desk_window
    table = window.find("queueTable", QueueTable)
    window.press(Qt.Key.Key_Slash)
    window.until(window.widget("queueSearch").hasFocus, "the search takes the keys")
    window.type_into("queueSearch", "modrzew")
    window.press(Qt.Key.Key_Return, on="queueSearch")
    window.until(lambda: window.names() == ["Modrzew IT Jan Modrzewski"], "one case is found")
    assert table.hasFocus()
    assert len(table.selected_ids()) == 1
    window.press(Qt.Key.Key_Return, on="queueTable")
    window.until(lambda: window.shown("caseHeader"), "it is opened")
    window.press(Qt.Key.Key_Left, modifiers=Qt.KeyboardModifier.AltModifier)
    window.press(Qt.Key.Key_Slash)
    window.press(Qt.Key.Key_Escape, on="queueSearch")
    window.until(lambda: len(window.names()) == 10, "everything is back")
    window.until(table.hasFocus, "and the keys are the list's")
    window.press(Qt.Key.Key_Slash)
    window.press(Qt.Key.Key_Down, on="queueSearch")
    assert table.hasFocus()


def test_what_is_sought_while_the_queue_comes_leaves_the_keys_in_the_window(window: Window) -> None:
    held = window.server.hold("/companies")
    window.enter()
    window.until(held.asked.is_set, "the queue is asked for")
    window.press(Qt.Key.Key_Slash)
    window.type_into("queueSearch", "modrzew")
    window.press(Qt.Key.Key_Return, on="queueSearch")
    held.goes_on.set()
    window.until(lambda: window.shown("filterBar"), "what is sought is shown above the list")
    window.until(lambda: window.names() == ["Modrzew IT Jan Modrzewski"], "one case is found")
    window.press(Qt.Key.Key_Return, on="queueTable")
    window.until(lambda: window.shown("caseHeader"), "it is opened")
    assert window.main.isActiveWindow()


def test_cases_selected_while_the_queue_comes_are_worked_on_in_the_window(window: Window) -> None:
    window.enter()
    window.until(lambda: window.queue.rowCount() > 0, "the first rows are there")
    window.find("queueTable", QueueTable).setCurrentIndex(window.queue.index(0, 0))
    window.press(Qt.Key.Key_Down, on="queueTable", modifiers=Qt.KeyboardModifier.ShiftModifier)
    window.until(lambda: window.shown("bulkBar"), "what can be done with them is shown")
    window.press(Qt.Key.Key_Return, on="queueTable")
    window.until(lambda: window.shown("caseHeader"), "a case is opened")
    assert window.main.isActiveWindow()


def test_the_header_sorts_on_the_server(desk_window: Window) -> None:
    window = desk_window
    header = window.find("queueTable", QueueTable).horizontalHeader()
    header.setSortIndicator(0, Qt.SortOrder.DescendingOrder)
    window.until(lambda: window.names()[0].startswith("Zażółć"), "the last name is first")


def test_all_shows_cases_that_do_not_wait(desk_window: Window) -> None:
    desk_window.click("queueFilter_all")
    desk_window.until(lambda: len(desk_window.names()) == 12, "decided cases are shown as well")


def test_pages_are_fetched_as_the_table_is_scrolled(desk_window: Window) -> None:
    window = desk_window
    paper = extract("x", "9990000184", pages=1)
    for number in range(230):
        window.server.add_company(f"Firma {number:03}", "9990000184", {DocumentKind.REGISTRY_EXTRACT: paper})
    window.press(Qt.Key.Key_F5)
    window.until(lambda: window.queue.rowCount() >= 200, "the first page is there")
    table = window.find("queueTable", QueueTable)
    table.scrollToBottom()
    window.until(lambda: window.queue.rowCount() == 240, "all rows are there")


def add_many(window: Window, count: int, name: str = "Firma") -> None:
    paper = extract("x", "9990000184", pages=1)
    for number in range(count):
        window.server.add_company(f"{name} {number:04}", "9990000184", {DocumentKind.REGISTRY_EXTRACT: paper})


def load_all(window: Window) -> None:
    table = window.find("queueTable", QueueTable)
    window.until(lambda: window.queue.rowCount() >= 200, "the first page is there")
    while window.queue.has_more:
        rows = window.queue.rowCount()
        table.scrollToBottom()
        window.until(partial(lambda before: window.queue.rowCount() > before, rows), "the next page is there")


def test_the_walk_through_a_list_goes_on_where_its_first_page_ends(desk_window: Window) -> None:
    window = desk_window
    add_many(window, 230)
    window.press(Qt.Key.Key_F5)
    window.until(lambda: window.queue.rowCount() == 200, "the first page is there")
    window.open_case(198)
    place, further = window.find("placeInList", QLabel), window.find("nextInList", QAbstractButton)
    assert place.text() == "199 / 200+"
    window.click("nextInList")
    window.until(lambda: place.text() == "200 / 240", "the rest of the list is known")
    window.until(further.isEnabled, "it goes on")
    window.click("nextInList")
    window.until(lambda: place.text() == "201 / 240", "and is walked")
    window.until(lambda: window.find("caseName", QLabel).text() == "Firma 0190", "the case is shown")


def test_a_case_that_moves_to_the_next_page_while_pages_are_read_is_shown_once(desk_window: Window) -> None:
    window = desk_window
    add_many(window, 230)
    load_all(window)
    paper = {DocumentKind.REGISTRY_EXTRACT: extract(NEW, "9990000959", pages=1)}

    def push_down(path: str, query: Mapping[str, str]) -> None:
        if query.get("cursor") == "200":
            window.server.heard = None
            added = window.server.companies[window.server.add_company(NEW, "9990000959", paper)]
            added.submitted_at -= timedelta(days=30)

    window.server.heard = push_down
    window.press(Qt.Key.Key_F5)
    window.until(lambda: window.names()[0] == NEW, "the one that pushed the others down is there as well")
    assert len(window.names()) == len({*window.names()}) == 241


def test_rows_of_what_was_shown_before_do_not_stay_below_what_was_searched_for(desk_window: Window) -> None:
    window = desk_window
    add_many(window, MOST_REFRESHED_ROWS + 30)
    add_many(window, 30, "Inna")
    load_all(window)
    asked_twice = Event()
    searches: list[str] = []

    def hold_the_first(path: str, query: Mapping[str, str]) -> None:
        if query.get("q") and "cursor" not in query:
            searches.append(query["q"])
            if len(searches) > 1:
                asked_twice.set()
            else:
                window.server.colleague_notes("c3")
                asked_twice.wait(WAIT_MS / 1000)

    window.server.heard = hold_the_first
    window.find("queueSearch", QLineEdit).setText("Firma")
    window.until(asked_twice.is_set, "a change had it asked for again before it was answered")
    window.until(lambda: not [name for name in window.names() if not name.startswith("Firma")], "the others are gone")


def test_acts_of_colleagues_without_a_pause_do_not_keep_the_queue_from_following(desk_window: Window) -> None:
    window = desk_window

    def note(path: str, query: Mapping[str, str]) -> None:
        if path.endswith("/changes"):
            window.server.colleague_notes("c3")

    window.server.heard = note
    paper = extract(NEW, "9990000959", pages=1)
    window.server.add_company(NEW, "9990000959", {DocumentKind.REGISTRY_EXTRACT: paper})
    window.until(lambda: NEW in window.names(), "the new case is in the queue")
    window.server.heard = None


def test_next_case_claims_the_one_that_waits_longest(desk_window: Window) -> None:
    window = desk_window
    window.press(Qt.Key.Key_N)
    window.until(lambda: window.shown("release"), "the case is mine")
    assert window.server.companies["c3"].held is not None


def test_column_widths_are_remembered_and_can_be_reset(desk_window: Window) -> None:
    window = desk_window
    table = window.find("queueTable", QueueTable)
    table.horizontalHeader().resizeSection(1, 201)
    window.open_case()
    kept = QueueTable(window.queue, window.application.preferences)
    window.bot.addWidget(kept)
    assert kept.horizontalHeader().sectionSize(1) == 201
    window.main.actions_registry[ActionId.RESET_LAYOUT].trigger()
    assert table.horizontalHeader().sectionSize(1) != 201
    assert window.application.preferences.layout("queue", 3) is None


def test_without_the_server_a_calm_bar_stands_above_the_saved_copy(desk_window: Window) -> None:
    window = desk_window
    window.server.stop()
    window.stop_server()
    window.until(lambda: window.shown("offlineBar"), "the bar is shown")
    assert len(window.names()) == 10
    assert window.find("connection", QLabel).text() == "Offline"
