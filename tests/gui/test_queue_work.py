# SPDX-License-Identifier: AGPL-3.0-or-later
"""The queue at work on the real server: views and counts, filters, several cases at once, news, the list walked through."""

from __future__ import annotations

from itertools import combinations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QLabel, QLineEdit, QMenu, QPushButton, QToolButton, QWidget

from reviewer_app.contract.permissions import StaffRole
from reviewer_app.models.queue.columns import QueueColumn
from reviewer_app.views.common.actions import ActionId
from reviewer_app.views.common.fields import SearchField
from reviewer_app.views.common.messages import MessageBar
from reviewer_app.views.queue.table import QueueTable
from tests.gui.real_desk import (
    OpenWindow,
    RealWindow,
    companies,
    engine,
    make_world,
    open_window,
    signed_in,
    world,
    world_pool,
)
from tests.support.world import PASSWORD, World, expect

__all__ = ["engine", "make_world", "open_window", "signed_in", "world", "world_pool"]


def cell(window: RealWindow, place: int, column: QueueColumn) -> str:
    return str(window.queue.index(place, column).data())


def select(window: RealWindow, *places: int) -> None:
    table = window.find("queueTable", QueueTable)
    table.clearSelection()
    table.setCurrentIndex(window.queue.index(places[0], 0))
    for place in places[1:]:
        modifier = Qt.KeyboardModifier.ControlModifier
        table.scrollTo(window.queue.index(place, 0))
        middle = table.visualRect(window.queue.index(place, 0)).center()
        QTest.mouseClick(table.viewport(), Qt.MouseButton.LeftButton, modifier, middle)
    assert len(table.selected_ids()) == len(places)


def offered(button: QToolButton) -> list[str]:
    menu = button.menu()
    assert isinstance(menu, QMenu)
    menu.aboutToShow.emit()
    return [action.objectName() for action in menu.actions()]


def test_chips_and_views_have_their_counts_and_follow_what_colleagues_do(signed_in: RealWindow) -> None:
    window = signed_in
    chip = window.find("queueFilter_free", QAbstractButton)
    window.until(lambda: chip.text() == "Free  3", "three are free")
    row = window.queue.row_at(1)
    assert row is not None
    window.world.staff("piotr").claim(row.id)
    window.until(lambda: chip.text() == "Free  2", "the count follows")
    window.until(lambda: cell(window, 1, QueueColumn.ASSIGNEE) == "Piotr Lis", "the row follows")
    window.click("queueFilter_free")
    window.until(lambda: window.names() == ["Firma 0", "Firma 2"], "the view is shown")


def test_a_queue_that_was_empty_is_not_counted_as_empty_once_it_has_a_case(
    open_window: OpenWindow, world: World
) -> None:
    world.staff()
    window = open_window()
    window.enter(password=PASSWORD)
    chip, rows = window.find("queueFilter_open", QAbstractButton), window.find("queueCount", QLabel)
    window.until(lambda: chip.text() == "Waiting for us  0", "it is known to be empty")
    shown: list[tuple[str, str]] = []
    window.queue.loaded.connect(lambda: shown.append((rows.text(), chip.text())))
    companies(world, 1)
    window.until(lambda: chip.text() == "Waiting for us  1" and rows.text() == "1 case", "the case is counted")
    told = {counted for listed, counted in shown if listed == "1 case"}
    assert told <= {"Waiting for us", "Waiting for us  1"}


def test_the_next_person_reads_no_counts_of_the_one_before(signed_in: RealWindow) -> None:
    window = signed_in
    window.world.staff("piotr")
    chip, rows = window.find("queueFilter_free", QAbstractButton), window.find("queueCount", QLabel)
    window.until(lambda: chip.text() == "Free  3", "three are free")
    window.main.actions_registry[ActionId.SIGN_OUT].trigger()
    window.until(lambda: window.shown("username"), "the session is over")
    assert (chip.text(), rows.text()) == ("Free", "")
    empty = window.widget("queueEmpty")
    window.enter("piotr", PASSWORD)
    assert not empty.isVisible(), "nothing is said to be done that was not read"
    window.until(lambda: chip.text() == "Free  3", "they are counted for the next person")


def test_a_view_is_kept_found_again_and_removed(signed_in: RealWindow) -> None:
    window = signed_in
    window.type_into("queueSearch", "firma 1")
    window.until(lambda: window.names() == ["Firma 1"], "one is found")
    chip = window.find("filter_search", QPushButton)
    assert (chip.isVisible(), chip.text()) == (True, "“firma 1”")
    window.choose("queueViews", "keepView")
    window.type_into("viewName", "Druga")
    window.press(Qt.Key.Key_Return, on="viewName")
    button = window.find("queueViews", QToolButton)
    window.until(lambda: button.text() == "Druga", "the view has its name")
    window.click("filter_search")
    window.until(lambda: len(window.names()) == 3, "the filter is gone")
    assert window.find("queueSearch", QLineEdit).text() == ""
    kept = expect(window.world.staff().call("GET", "staff/queue-views"), 200)["items"][-1]
    window.choose("queueViews", f"view_{kept['id']}")
    window.until(lambda: window.names() == ["Firma 1"], "the view is shown again")
    window.choose("queueViews", "removeView")
    window.until(lambda: button.text() == "Views", "the view is gone")


def test_a_view_chosen_right_after_a_search_was_removed_stays(signed_in: RealWindow) -> None:
    window = signed_in
    body = {"name": "Druga", "query": {"open": True, "q": "firma 1"}}
    kept = expect(window.world.staff().post("queue-views", body), 201)
    search = window.find("queueSearch", SearchField)
    window.type_into("queueSearch", "firma 2")
    window.until(lambda: window.names() == ["Firma 2"] and not search.is_due, "one is found")
    window.find("queueTable", QueueTable).setFocus()
    button = window.find("queueViews", QToolButton)
    window.until(lambda: f"view_{kept['id']}" in offered(button), "the view is known")
    window.click("filter_search")
    window.choose("queueViews", f"view_{kept['id']}")
    window.until(lambda: not search.is_due and window.names() == ["Firma 1"], "the view is shown")
    assert (window.queue.query.search, search.text(), button.text()) == ("firma 1", "firma 1", "Druga")


def test_rows_stay_under_the_mouse_while_several_are_selected(signed_in: RealWindow) -> None:
    window = signed_in
    table = window.find("queueTable", QueueTable)
    table.setCurrentIndex(window.queue.index(0, 0))
    at = table.viewport().mapTo(window.main, table.visualRect(window.queue.index(1, 0)).center())
    select(window, 0, 1)
    window.until(lambda: window.shown("bulkBar"), "the acts are there")
    assert table.viewport().mapTo(window.main, table.visualRect(window.queue.index(1, 0)).center()) == at


def test_escape_leaves_the_fields_of_the_queue_for_its_rows(signed_in: RealWindow) -> None:
    window = signed_in
    table, reason = window.find("queueTable", QueueTable), window.find("bulkReason", QLineEdit)
    select(window, 0, 1)
    reason.setFocus()
    window.press(Qt.Key.Key_Escape, on="bulkReason")
    assert table.hasFocus()
    assert window.shown("bulkBar")
    window.type_into("bulkReason", "waiting for the court")
    window.press(Qt.Key.Key_Return, on="bulkReason")
    window.until(lambda: reason.text() == "", "it is done")
    window.choose("queueViews", "keepView")
    window.press(Qt.Key.Key_Escape, on="viewName")
    assert not window.shown("keepViewBar")
    assert table.hasFocus()


def test_several_cases_are_claimed_and_a_colleagues_is_left_alone(signed_in: RealWindow) -> None:
    window = signed_in
    row = window.queue.row_at(1)
    assert row is not None
    window.world.staff("piotr").claim(row.id)
    window.until(lambda: cell(window, 1, QueueColumn.ASSIGNEE) == "Piotr Lis", "the row follows")
    assert not window.shown("bulkBar")
    select(window, 0, 1, 2)
    assert window.find("bulkCount", QLabel).text() == "3 cases selected"
    window.click("bulkClaim")
    bar = window.find("messageBar", MessageBar)
    window.until(lambda: "2 cases done." in bar.text(), "two are done")
    assert "Left alone: Firma 1 (Piotr Lis" in bar.text() or "Firma 1" in bar.text()
    window.until(lambda: cell(window, 2, QueueColumn.ASSIGNEE) == "Anna Lis", "the rows follow")
    assert window.find("queueTable", QueueTable).selected_ids() == window.ids()
    select(window, 0, 2)
    window.type_into("bulkReason", "waiting for the extract")
    window.click("bulkHold")
    window.until(lambda: cell(window, 2, QueueColumn.FLAGS) == "On hold", "they are on hold")
    assert cell(window, 1, QueueColumn.FLAGS) == ""
    select(window, 0, 2)
    window.click("bulkEndHold")
    window.until(lambda: cell(window, 2, QueueColumn.FLAGS) == "", "they are back")


def test_a_case_with_an_act_that_waits_is_left_out_of_bulk_acts(open_window: OpenWindow, world: World) -> None:
    world.staff()
    companies(world)
    window = open_window(hold_seconds=60)
    window.sign_in("anna", PASSWORD)
    window.until(lambda: window.shown("queueViews"), "the queue is grown")
    decided = window.queue.row_at(0)
    assert decided is not None
    window.open_case(0)
    window.press(Qt.Key.Key_C, on="pageArea")
    window.until(lambda: window.widget("customerNote").isEnabled(), "the case is claimed")
    window.click("reason_not_readable")
    window.click("outcome_request_correction")
    window.click("confirmDecision")
    window.until(lambda: window.shown("undoToast"), "the decision is held")
    window.press(Qt.Key.Key_Left, modifiers=Qt.KeyboardModifier.AltModifier)
    window.until(lambda: window.shown("queueTable"), "the queue is back")
    select(window, 0, 1)
    told = window.find("bulkCount", QLabel)
    window.until(lambda: told.text() == "2 cases selected, 1 left out until sent", "one is left out")
    window.type_into("bulkReason", "waiting for the extract")
    window.click("bulkHold")
    window.until(lambda: cell(window, 1, QueueColumn.FLAGS) != "", "the other one is on hold")
    assert world.staff("piotr").detail(decided.id)["flags"] == []


def test_what_is_new_since_i_looked_is_told_in_the_row(signed_in: RealWindow) -> None:
    window = signed_in
    assert cell(window, 0, QueueColumn.NEWS) == "Not seen yet"
    window.open_case(0)
    window.press(Qt.Key.Key_Left, modifiers=Qt.KeyboardModifier.AltModifier)
    window.until(lambda: cell(window, 0, QueueColumn.NEWS) == "", "what was seen is not new")
    row = window.queue.row_at(0)
    assert row is not None
    world = window.world
    window.press(Qt.Key.Key_Down, on="queueTable")
    window.open_case(1)
    window.press(Qt.Key.Key_Left, modifiers=Qt.KeyboardModifier.AltModifier)
    expect(world.staff("piotr").post(f"companies/{row.id}/notes", {"text": "Dzwoniłem."}), 204)
    window.until(lambda: cell(window, 0, QueueColumn.NEWS) == "Note", "the note is new")


def test_an_open_case_behind_the_queue_is_not_looked_at(signed_in: RealWindow) -> None:
    window = signed_in
    window.open_case(0)
    window.press(Qt.Key.Key_Left, modifiers=Qt.KeyboardModifier.AltModifier)
    window.until(lambda: cell(window, 0, QueueColumn.NEWS) == "", "what was seen is not new")
    row = window.queue.row_at(0)
    assert row is not None
    piotr = window.world.staff("piotr")
    expect(piotr.post(f"companies/{row.id}/notes", {"text": "Dzwoniłem."}), 204)
    window.until(lambda: "Note" in cell(window, 0, QueueColumn.NEWS), "the note is new")
    expect(piotr.post(f"companies/{row.id}/escalation", {"reason": "Nikt nie odbiera."}), 200)
    window.until(lambda: "Escalated" in cell(window, 0, QueueColumn.FLAGS), "the row follows")
    assert "Note" in cell(window, 0, QueueColumn.NEWS)
    window.open_case(0)
    window.until(lambda: cell(window, 0, QueueColumn.NEWS) == "", "now it is seen")


def test_every_column_that_can_be_sorted_is_sorted_by_the_server(signed_in: RealWindow) -> None:
    window = signed_in
    header = window.find("queueTable", QueueTable).horizontalHeader()
    row = window.queue.row_at(2)
    assert row is not None
    window.world.staff("piotr").claim(row.id)
    header.setSortIndicator(QueueColumn.ASSIGNEE, Qt.SortOrder.DescendingOrder)
    window.until(lambda: window.names()[0] == "Firma 2", "the held one is first")
    for column in (QueueColumn.FORM, QueueColumn.FLAGS, QueueColumn.CHECKS):
        header.setSortIndicator(column, Qt.SortOrder.DescendingOrder)
        window.until(lambda: len(window.names()) == 3, "the server knows the order")
        assert header.sortIndicatorSection() == column


def test_the_list_is_walked_from_case_to_case_and_ends_at_its_ends(signed_in: RealWindow) -> None:
    window = signed_in
    window.open_case(0)
    place, name = window.find("placeInList", QLabel), window.find("caseName", QLabel)
    window.until(lambda: place.text() == "1 / 3", "the place is shown")
    assert not window.widget("previousInList").isEnabled()
    window.press(Qt.Key.Key_Down, modifiers=Qt.KeyboardModifier.AltModifier)
    window.until(lambda: (name.text(), place.text()) == ("Firma 1", "2 / 3"), "the next of the list is shown")
    window.click("nextInList")
    window.until(lambda: (name.text(), place.text()) == ("Firma 2", "3 / 3"), "the last of the list is shown")
    assert not window.widget("nextInList").isEnabled()
    window.press(Qt.Key.Key_Up, modifiers=Qt.KeyboardModifier.AltModifier)
    window.until(lambda: name.text() == "Firma 1", "the one before is shown")
    assert (
        window.find("nextRule", QLabel).text().startswith("“Next case” claims the longest waiting case assigned to you")
    )


@pytest.mark.parametrize("language", ["pl", "en"])
def test_nothing_above_the_queue_lies_over_another_thing(open_window: OpenWindow, world: World, language: str) -> None:
    world.staff()
    companies(world)
    window = open_window(language=language)
    window.sign_in(password=PASSWORD)
    window.until(lambda: window.shown("queueViews"), "the queue is grown")
    window.until(lambda: "3" in window.find("queueFilter_all", QAbstractButton).text(), "the counts are shown")
    row = window.widget("queueSearch").parentWidget()
    assert row is not None
    shown = [
        one for one in row.findChildren(QWidget, options=Qt.FindChildOption.FindDirectChildrenOnly) if one.isVisible()
    ]
    pairs = [
        (one.objectName(), other.objectName())
        for one, other in combinations(shown, 2)
        if one.geometry().intersects(other.geometry())
    ]
    assert pairs == []
    assert len(shown) > 8


def test_a_view_that_a_supervisor_shares_is_found_by_everybody_and_removed_by_no_reviewer(
    open_window: OpenWindow, world: World
) -> None:
    anna = world.staff()
    world.staff("maria", StaffRole.SUPERVISOR)
    companies(world)
    hers = open_window("maria")
    hers.sign_in("maria", PASSWORD)
    hers.until(lambda: hers.shown("queueViews"), "the queue is grown")
    hers.type_into("queueSearch", "firma 2")
    hers.until(lambda: hers.names() == ["Firma 2"], "one is found")
    hers.choose("queueViews", "keepView")
    hers.type_into("viewName", "Ours")
    hers.click("viewShared")
    hers.click("viewKeep")
    kept = hers.find("queueViews", QToolButton)
    hers.until(lambda: kept.text() == "Ours", "the view has its name")
    view = expect(anna.call("GET", "staff/queue-views"), 200)["items"][-1]
    window = open_window("anna")
    window.sign_in(password=PASSWORD)
    window.until(lambda: window.shown("queueViews"), "the queue is grown")
    listed = window.find("queueViews", QToolButton)
    window.until(lambda: any("Ours" in text for text in _entries(listed)), "the colleague finds it")
    assert "Ours  1  ·  Maria Lis" in _entries(listed)
    window.choose("queueViews", f"view_{view['id']}")
    window.until(lambda: window.names() == ["Firma 2"], "it shows the same")
    assert not any(text.startswith("Remove") for text in _entries(listed))


def _entries(button: QToolButton) -> list[str]:
    menu = button.menu()
    menu.aboutToShow.emit()
    return [action.text() for action in menu.actions()]


def test_all_columns_fit_a_small_screen_side_by_side(signed_in: RealWindow) -> None:
    table = signed_in.find("queueTable", QueueTable)
    assert table.horizontalScrollBar().maximum() == 0
