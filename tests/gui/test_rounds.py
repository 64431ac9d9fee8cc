# SPDX-License-Identifier: AGPL-3.0-or-later
"""What others do while a case is open: the customer answers, a colleague takes over or notes something."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QPlainTextEdit

from reviewer_app.contract.states import CompanyState, DocumentKind, Outcome
from reviewer_app.views.case.case_view import CaseView
from reviewer_app.views.case.document_list import DocumentList, DocumentRow
from reviewer_app.views.common.messages import MessageBar
from tests.gui.conftest import WAIT_MS, Window
from tests.gui.papers import signed_sheet
from tests.gui.scene import NAMES

SHEET = signed_sheet("Modrzew IT Jan Modrzewski")


@pytest.fixture
def claimed(desk_window: Window) -> Window:
    """A window with the first case open and claimed."""
    desk_window.open_case()
    desk_window.click("claim")
    desk_window.until(lambda: desk_window.widget("customerNote").isEnabled(), "the case is mine")
    return desk_window


@pytest.fixture
def sent_back(claimed: Window) -> Window:
    """A window with a case that was just sent back to its customer; its authorization is in the viewer."""
    claimed.press(Qt.Key.Key_A, on="pageArea", modifiers=Qt.KeyboardModifier.ShiftModifier)
    place = next(row for row in _rows(claimed) if row.line.current.kind is DocumentKind.AUTHORIZATION)
    QTest.mouseClick(place, Qt.MouseButton.LeftButton)
    claimed.click("verdict_needs_replacement")
    claimed.click("reason_stamp_missing")
    claimed.click("outcome_request_correction")
    claimed.click("confirmDecision")
    claimed.until(lambda: ("c3", Outcome.REQUEST_CORRECTION) in claimed.server.decisions, "the decision left")
    claimed.until(lambda: claimed.find("caseState", QLabel).text() == "Correction requested", "the case shows it")
    return claimed


def test_the_customers_answer_is_told_with_a_way_to_what_is_new(sent_back: Window) -> None:
    window = sent_back
    window.server.customer_answers("c3", DocumentKind.AUTHORIZATION, SHEET)
    bar = window.find("messageBar", MessageBar)
    window.until(lambda: "The customer answered" in bar.text(), "the answer is told")
    assert "draft" not in bar.text()
    window.until(lambda: window.shown("olderVersion"), "the viewer says that it shows the older version")
    window.click("messageBarAction")
    window.until(lambda: not window.shown("olderVersion"), "the new version is shown")
    assert not window.shown("messageBar")
    row = next(row for row in _rows(window) if row.line.current.kind is DocumentKind.AUTHORIZATION)
    assert "New version 2" in row.accessibleName()
    assert row.property("selected")


def test_the_answer_is_told_in_the_queue_as_well_and_the_older_version_leads_to_the_new_one(sent_back: Window) -> None:
    window = sent_back
    window.click("backToQueue")
    window.server.customer_answers("c3", DocumentKind.AUTHORIZATION, SHEET)
    window.until(lambda: window.shown("messageBarAction"), "the answer is told")
    window.click("navigateCase")
    window.click("olderVersionAction")
    window.until(lambda: not window.shown("olderVersion"), "the new version is shown")
    window.click("backToQueue")
    assert not window.shown("messageBar")


@pytest.mark.parametrize("way", ["navigate", "table", "link"])
def test_the_answer_is_not_told_any_more_once_the_case_is_opened_however_that_is(sent_back: Window, way: str) -> None:
    window = sent_back
    window.click("backToQueue")
    if way != "navigate":
        window.open_case(1)  # the answered case is not the one that is open behind the queue
        window.click("backToQueue")
    window.server.customer_answers("c3", DocumentKind.AUTHORIZATION, SHEET)
    bar = window.find("messageBar", MessageBar)
    window.until(lambda: window.shown("messageBarAction") and "The customer answered" in bar.text(), "it is told")
    if way == "navigate":
        window.click("navigateCase")
    elif way == "table":
        window.until(lambda: window.queue.place_of("c3") is not None, "the case waits in the queue again")
        place = window.queue.place_of("c3")
        assert place is not None
        window.open_case(place)
    else:
        window.main.open_company("c3")
    window.until(lambda: not window.shown("messageBar"), "nothing leads to what is open")
    window.until(lambda: window.find("caseName", QLabel).text() == NAMES[0], "the case is open")


@pytest.mark.parametrize("by_me", [True, False])
def test_the_answer_is_not_told_any_more_once_the_case_is_decided(sent_back: Window, by_me: bool) -> None:
    window = sent_back
    window.server.customer_answers("c3", DocumentKind.AUTHORIZATION, SHEET)
    window.until(lambda: window.shown("messageBarAction"), "the answer is told")
    if by_me:
        window.click("claim")
        window.until(lambda: window.widget("customerNote").isEnabled(), "the case is mine")
        assert window.shown("messageBarAction")
        window.press(Qt.Key.Key_A, on="pageArea", modifiers=Qt.KeyboardModifier.ShiftModifier)
        window.click("outcome_approve")
        window.click("confirmDecision")
    else:
        window.server.other_decides("c3", CompanyState.APPROVED)
    window.until(lambda: not window.shown("messageBar"), "what is settled is not told any more")
    window.until(lambda: window.find("caseState", QLabel).text() == "Approved", "the case shows it")


def test_a_colleague_who_takes_over_is_named_and_what_was_written_stays(claimed: Window) -> None:
    window = claimed
    window.type_into("customerNote", "Please stamp it.")
    window.server.other_takes_over("c3", "piotr")
    bar = window.find("messageBar", MessageBar)
    window.until(lambda: "Piotr has taken this case over" in bar.text(), "the change is told")
    assert window.find("caseHolder", QLabel).text() == "Held by Piotr"
    assert not window.shown("release")
    assert not window.widget("customerNote").isEnabled()
    assert window.find("customerNote", QPlainTextEdit).toPlainText() == "Please stamp it."
    window.click("backToQueue")
    assert not window.shown("messageBar")


def test_a_colleagues_note_leaves_the_mail_on_the_screen(claimed: Window) -> None:
    window = claimed
    window.press(Qt.Key.Key_A, on="pageArea", modifiers=Qt.KeyboardModifier.ShiftModifier)
    window.click("outcome_approve")
    window.until(lambda: window.shown("mailPreview"), "the mail is shown")
    with window.bot.waitSignal(window.find("caseView", CaseView).header.model.changed, timeout=WAIT_MS):
        window.server.colleague_notes("c3")
    assert window.shown("mailPreview")
    window.click("confirmDecision")
    window.until(lambda: window.shown("undoToastAction"), "the decision is held")


def test_a_note_that_was_begun_stays_with_its_case(desk_window: Window) -> None:
    window = desk_window
    window.open_case(0)
    window.click("toggleHistory")
    window.type_into("noteText", "about the first")
    first = window.find("caseName", QLabel).text()
    window.click("backToQueue")
    window.open_case(1)
    window.until(lambda: window.find("caseName", QLabel).text() != first, "the second case is shown")
    assert window.find("noteText", QPlainTextEdit).toPlainText() == ""
    window.click("backToQueue")
    window.open_case(0)
    window.until(lambda: window.find("noteText", QPlainTextEdit).toPlainText() == "about the first", "it is back")


def test_after_the_claim_a_key_does_not_lead_to_the_next_case(claimed: Window) -> None:
    window = claimed
    window.until(window.widget("pageArea").hasFocus, "the keys go to the document")
    shown = window.find("caseName", QLabel).text()
    window.press(Qt.Key.Key_Space, on="pageArea")
    assert window.find("caseName", QLabel).text() == shown


def test_a_case_is_decided_and_the_decision_undone_without_the_mouse(desk_window: Window) -> None:
    window = desk_window
    window.application.preferences.set_hold_seconds(60)
    window.press(Qt.Key.Key_N)
    window.until(lambda: window.shown("release"), "the longest waiting case is mine")
    window.until(window.widget("pageArea").hasFocus, "the keys go to the document")
    window.press(Qt.Key.Key_A, on="pageArea", modifiers=Qt.KeyboardModifier.ShiftModifier)
    window.press(Qt.Key.Key_1, on="pageArea", modifiers=Qt.KeyboardModifier.AltModifier)
    window.until(window.widget("previewView").hasFocus, "the mail is shown")
    window.press(Qt.Key.Key_Return, on="previewView")
    window.until(lambda: window.shown("undoToast"), "the decision is held")
    window.press(Qt.Key.Key_Z, modifiers=Qt.KeyboardModifier.ControlModifier)
    window.until(lambda: window.widget("customerNote").isEnabled(), "the draft is back")
    assert not window.shown("undoToast")
    assert window.server.decisions == []


def _rows(window: Window) -> list[DocumentRow]:
    return window.find("documentList", DocumentList).rows
