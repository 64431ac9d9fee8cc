# SPDX-License-Identifier: AGPL-3.0-or-later
"""A case from the claim to the decision: documents drawn by the real renderer, verdicts, mail, undo, history."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QDialog,
    QLabel,
    QPlainTextEdit,
    QScrollArea,
    QTextBrowser,
    QToolButton,
    QWidget,
)
from pytestqt.qtbot import QtBot

from reviewer_app.contract.companies import FIELD_TEXTS
from reviewer_app.contract.staff import HistoryEntry
from reviewer_app.contract.states import DOCUMENT_KIND_TEXTS, Actor, CompanyState, DocumentKind, DocumentState, Outcome
from reviewer_app.models.case.case_model import CaseModel
from reviewer_app.models.case.declared import DECLARED_FIELDS, Declared
from reviewer_app.models.decision.decision_model import DecisionModel
from reviewer_app.models.document.document_model import DocumentModel
from reviewer_app.models.texts import localized
from reviewer_app.views.case.case_view import CaseView
from reviewer_app.views.case.declared_view import DeclaredRow, DeclaredView
from reviewer_app.views.common.actions import ActionId
from reviewer_app.views.document.page_area import PageArea
from tests.gui.conftest import Window

NARROW = (960, 540)
NO_MODIFIER = Qt.KeyboardModifier.NoModifier


@pytest.fixture
def case_window(desk_window: Window) -> Window:
    """A window with the first case open and its first page drawn sharply."""
    desk_window.open_case()
    _wait_sharp(desk_window, 1)
    return desk_window


def test_pages_zoom_and_rotate(case_window: Window) -> None:
    window = case_window
    area = window.find("pageArea", PageArea)
    assert window.find("pageOf", QLabel).text() == "Page 1 of 3"
    window.press(Qt.Key.Key_PageDown, on="pageArea")
    window.until(lambda: window.find("pageOf", QLabel).text() == "Page 2 of 3", "page 2 is in front")
    _wait_sharp(window, 2)

    before = area.zoom
    window.click("tool_zoom_in")
    assert area.zoom > before
    _wait_sharp(window, 2)
    window.press(Qt.Key.Key_F, on="pageArea")
    assert area.zoom < before

    window.press(Qt.Key.Key_R, on="pageArea")
    window.until(lambda: _model(window).rotation(2) == 90, "page 2 is turned")
    _wait_sharp(window, 2)
    image = _model(window).images.sharp(2)
    assert image is not None
    assert image.image.width() > image.image.height()
    assert _model(window).rotation(1) == 0


def test_a_rotation_is_there_again_when_the_document_is_shown_again(case_window: Window) -> None:
    window = case_window
    window.click("tool_rotate_right")
    window.until(lambda: _model(window).rotation(1) == 90, "page 1 is turned")
    _show(window, 1)
    _wait_sharp(window, 1)
    assert _model(window).rotation(1) == 0
    _show(window, 0)
    _wait_sharp(window, 1)
    assert _model(window).rotation(1) == 90


def test_a_photograph_is_shown_like_a_pdf(case_window: Window) -> None:
    _show(case_window, 2)
    _wait_sharp(case_window, 1)
    assert "upoważnienie.png" in case_window.widget("documentTitle").property("text")


def test_pages_looked_at_are_noted_and_approving_names_the_others(case_window: Window) -> None:
    window = case_window
    _claim(window)
    window.press(Qt.Key.Key_A, on="pageArea", modifiers=Qt.KeyboardModifier.ShiftModifier)
    window.until(lambda: window.find("outcome_approve", QAbstractButton).isEnabled(), "approving is possible")
    window.press(Qt.Key.Key_1, on="pageArea", modifiers=Qt.KeyboardModifier.AltModifier)
    window.until(lambda: window.shown("mailPreview"), "the mail is shown")
    warning = window.find("unseenWarning", QLabel).text()
    assert warning.startswith("Not looked at yet:")
    assert "page 3" in warning or "2, 3" in warning


def test_in_a_narrow_window_the_mail_takes_the_place_of_the_decision_and_gives_it_back(case_window: Window) -> None:
    window = case_window
    _claim(window)
    window.main.resize(*NARROW)
    window.press(Qt.Key.Key_X, on="pageArea")
    window.click("reason_extract_too_old")
    window.press(Qt.Key.Key_2, on="pageArea", modifiers=Qt.KeyboardModifier.AltModifier)
    window.until(lambda: window.shown("mailPreview") and not window.shown("decisionPanel"), "the mail has the room")
    window.press(Qt.Key.Key_Escape, on="previewView")
    window.until(lambda: window.shown("decisionPanel"), "the decision is back")
    assert window.widget("reason_extract_too_old").property("checked")


def test_asking_for_a_correction_sends_reason_and_region_once_it_leaves(case_window: Window) -> None:
    window = case_window
    window.application.preferences.set_hold_seconds(60)
    _claim(window)
    assert not window.find("outcome_request_correction", QAbstractButton).isEnabled()
    window.press(Qt.Key.Key_X, on="pageArea")
    window.click("reason_extract_too_old")
    _draw_region(window)
    window.type_into("customerNote", "Thank you")
    window.press(Qt.Key.Key_2, on="pageArea", modifiers=Qt.KeyboardModifier.AltModifier)
    window.until(lambda: window.shown("mailPreview"), "the mail is shown")
    assert window.widget("mailSubject").property("text") == "Prosimy o poprawę dokumentów"
    assert "Thank you" in window.find("mailPreview", QTextBrowser).toPlainText()
    window.press(Qt.Key.Key_Return, on="previewView")
    window.until(lambda: window.shown("undoToast"), "the countdown is shown")
    assert window.server.decisions == []
    window.main.actions_registry[ActionId.SEND_NOW].trigger()
    window.until(lambda: bool(window.server.decisions), "the decision left")
    company = window.server.companies["c3"]
    assert company.state is CompanyState.CORRECTION_REQUESTED
    refused = next(item for item in company.documents if item.state is DocumentState.NEEDS_REPLACEMENT)
    assert refused.reasons[0].page == 1
    assert refused.reasons[0].region is not None


def test_who_can_be_named_in_a_note_is_asked_for_again_until_it_is_known(desk_window: Window) -> None:
    window = desk_window
    window.server.lacks = "/people"
    window.open_case(0)
    mention = window.find("mention", QToolButton)
    window.until(lambda: window.find("documentList", QWidget).isVisible(), "the case is shown")
    mention.menu().aboutToShow.emit()
    assert not mention.menu().actions()
    window.server.lacks = None
    window.press(Qt.Key.Key_Down, on="pageArea", modifiers=Qt.KeyboardModifier.AltModifier)

    def named() -> list[str]:
        mention.menu().aboutToShow.emit()
        return [action.text() for action in mention.menu().actions()]

    window.until(lambda: "Piotr" in named(), "colleagues are known")


@pytest.mark.parametrize(
    ("key", "modifiers", "words"),
    [
        (Qt.Key.Key_A, NO_MODIFIER, "Claim the case to decide it."),
        (Qt.Key.Key_A, Qt.KeyboardModifier.ShiftModifier, "Claim the case to decide it."),
        (Qt.Key.Key_1, Qt.KeyboardModifier.AltModifier, "Claim the case to decide it."),
        (Qt.Key.Key_C, Qt.KeyboardModifier.ShiftModifier, "You do not hold this case."),
        (Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier, "There is no decision that could still be taken back."),
    ],
)
def test_a_key_that_does_nothing_says_why(
    case_window: Window, key: Qt.Key, modifiers: Qt.KeyboardModifier, words: str
) -> None:
    window = case_window
    window.press(key, on="pageArea", modifiers=modifiers)
    window.until(lambda: window.shown("undoToast"), "it is said")
    assert words in [label.text() for label in window.widget("undoToast").findChildren(QLabel)]


def test_the_keys_of_a_hold_go_on_after_the_menu_of_a_case_that_allows_none(case_window: Window) -> None:
    window = case_window
    menu = window.find("caseActs", QToolButton).menu()
    menu.aboutToShow.emit()
    hold = window.main.actions_registry[ActionId.END_HOLD]
    assert not hold.isEnabled(), "the case is not on hold"
    menu.aboutToHide.emit()
    hold.trigger()
    window.until(lambda: window.shown("undoToast"), "it is said")
    assert "This case is not on hold." in [label.text() for label in window.widget("undoToast").findChildren(QLabel)]


def test_a_decision_taken_back_never_leaves_and_its_text_is_the_draft_again(case_window: Window) -> None:
    window = case_window
    window.application.preferences.set_hold_seconds(60)
    _claim(window)
    window.click("reason_not_readable")
    window.click("reason_other")
    assert not window.find("outcome_request_correction", QAbstractButton).isEnabled()
    window.type_into("reasonNote_other", "Only half a page")
    window.click("outcome_request_correction")
    window.click("confirmDecision")
    window.until(lambda: window.shown("undoToastAction"), "it can be undone")
    assert not window.widget("customerNote").isEnabled()
    window.click("undoToastAction")
    window.until(lambda: window.widget("customerNote").isEnabled(), "the draft is back")
    assert window.find("reason_not_readable", QAbstractButton).isChecked()
    assert window.find("reasonNote_other", QPlainTextEdit).toPlainText() == "Only half a page"
    assert window.server.decisions == []


def test_what_was_read_before_a_decision_does_not_open_the_case_again(case_window: Window) -> None:
    """A reading of the case that is under way when it is decided, or taken back, comes with no act."""
    window = case_window
    window.application.preferences.set_hold_seconds(60)
    _claim(window)
    shown, decision = window.main.findChild(CaseModel), window.main.findChild(DecisionModel)
    assert shown is not None
    assert decision is not None
    before = shown.case
    assert before is not None
    window.click("reason_not_readable")
    window.click("outcome_request_correction")
    window.click("confirmDecision")
    window.until(lambda: window.shown("undoToastAction"), "it can be undone")
    decision.show(before)
    assert not window.widget("customerNote").isEnabled()
    window.click("undoToastAction")
    window.until(lambda: window.widget("customerNote").isEnabled(), "the draft is back")
    assert window.find("reason_not_readable", QAbstractButton).isChecked()


def test_single_keys_rest_in_text_fields(case_window: Window) -> None:
    window = case_window
    _claim(window)
    note = window.find("customerNote", QPlainTextEdit)
    note.setFocus()
    QTest.keyClick(note, Qt.Key.Key_A)
    QTest.keyClick(note, Qt.Key.Key_N)
    assert note.toPlainText() == "an"
    assert not window.find("verdict_accepted", QAbstractButton).isChecked()


def test_a_case_held_by_another_says_so_and_cannot_be_decided(desk_window: Window) -> None:
    window = desk_window
    window.open_case(4)
    window.until(lambda: window.find("caseHolder", QLabel).text() == "Held by Piotr", "the holder is named")
    assert not window.find("outcome_approve", QAbstractButton).isEnabled()
    assert window.find("decisionLocked", QLabel).text() == "A colleague holds this case and decides it."


def test_releasing_lets_the_case_go(case_window: Window) -> None:
    window = case_window
    _claim(window)
    window.click("release")
    window.until(lambda: window.shown("claim"), "it can be claimed again")
    assert window.server.companies["c3"].held is None


def test_a_case_cannot_be_released_while_a_decision_on_it_is_held_and_says_why(case_window: Window) -> None:
    window = case_window
    window.application.preferences.set_hold_seconds(60)
    _claim(window)
    window.press(Qt.Key.Key_A, on="pageArea", modifiers=Qt.KeyboardModifier.ShiftModifier)
    window.click("outcome_approve")
    window.click("confirmDecision")
    window.until(lambda: window.shown("undoToastAction"), "the decision is held")
    release = window.widget("release")
    assert (release.isVisible(), release.isEnabled()) == (True, False)
    assert (
        release.toolTip()
        == "Your decision on this case is on its way: the case stays yours until it is taken or undone."
    )
    window.click("backToQueue")
    window.open_case(1)
    _claim(window)
    assert release.isEnabled(), "another case can be released"
    window.click("undoToastAction")
    window.until(lambda: not window.shown("undoToast"), "the decision is taken back")
    window.open_case(0)
    window.until(lambda: release.isVisible() and release.isEnabled(), "it can be released again")
    assert release.toolTip().startswith("Let others take this case")


def test_a_note_is_sent_and_stands_in_the_history(case_window: Window) -> None:
    window = case_window
    window.click("toggleHistory")
    window.type_into("noteText", "Called the customer")
    window.click("addNote")
    window.until(lambda: ("c3", "Called the customer") in window.server.notes, "the note arrived")
    window.until(lambda: "Called the customer" in _texts(window), "the note is in the timeline")


def test_of_what_happened_at_one_moment_the_later_stands_above(case_window: Window) -> None:
    window = case_window
    at = window.server.now()
    window.server.companies["c3"].history += [
        HistoryEntry(id=text, at=at, actor=Actor.CUSTOMER, actor_name="Jan", kind="submitted", text=text)
        for text in ("Uploaded", "Submitted")
    ]
    window.click("toggleHistory")
    window.until(lambda: "Uploaded" in _texts(window), "the history is there")
    assert _texts(window).index("Submitted") < _texts(window).index("Uploaded")


def test_a_customers_change_keeps_the_draft_and_says_so(case_window: Window) -> None:
    window = case_window
    _claim(window)
    window.press(Qt.Key.Key_A, on="pageArea")
    window.server.customer_edits("c3")
    window.until(lambda: window.shown("messageBar"), "the change is told")
    assert window.find("verdict_accepted", QAbstractButton).isChecked()


def test_a_stale_decision_ends_in_a_conflict_that_gives_the_text_back(case_window: Window) -> None:
    window = case_window
    window.application.preferences.set_hold_seconds(60)
    _claim(window)
    window.click("reason_not_readable")
    window.type_into("reasonNote_not_readable", "Blurred")
    window.type_into("customerNote", "By Friday, please")
    window.click("outcome_request_correction")
    window.click("confirmDecision")
    window.until(lambda: window.shown("undoToastAction"), "the decision is held")
    shown, decision = window.main.findChild(CaseModel), window.main.findChild(DecisionModel)
    assert shown is not None
    assert decision is not None
    window.server.customer_edits("c3")
    version = window.server.companies["c3"].version
    window.until(lambda: shown.detail is not None and shown.detail.version == version, "the change is on the screen")
    decision.save_now()
    window.main.actions_registry[ActionId.SEND_NOW].trigger()
    window.until(lambda: window.shown("troubleBarAction"), "the conflict is told")
    assert window.server.decisions == []
    locked = window.find("decisionLocked", QLabel)
    window.until(lambda: locked.text().startswith("Your decision was not taken"), "the panel says so too")
    window.press(Qt.Key.Key_Left, modifiers=Qt.KeyboardModifier.AltModifier)
    window.until(lambda: window.shown("queueTable"), "the queue is in front")
    window.click("troubleBarAction")
    window.click("troubleBarAction")
    assert len(window.main.findChildren(QDialog, "conflictDialog")) == 1
    theirs = window.find("conflictTheirs", QPlainTextEdit)
    window.until(lambda: "In verification" in theirs.toPlainText(), "how the case stands now is shown beside")
    assert window.find("conflictCase", QLabel).text() == window.names()[0]
    mine = window.find("conflictText", QPlainTextEdit).toPlainText()
    extract = localized(DOCUMENT_KIND_TEXTS[DocumentKind.REGISTRY_EXTRACT])
    assert mine.splitlines() == [
        "Request for a correction",
        f"{extract}: Needs replacement",
        "– Not readable: Blurred",
        "Note to the customer: By Friday, please",
    ]
    window.click("dismissAct")
    window.until(lambda: window.shown("customerNote"), "it leads to the case")
    window.until(lambda: window.widget("customerNote").isEnabled(), "the draft is back")
    assert window.find("customerNote", QPlainTextEdit).toPlainText() == "By Friday, please"
    assert window.find("reason_not_readable", QAbstractButton).isChecked()
    assert window.find("reasonNote_not_readable", QPlainTextEdit).toPlainText() == "Blurred"
    assert not window.shown("troubleBar")


def test_a_decision_that_arrived_is_not_told_as_somebody_elses_change(case_window: Window) -> None:
    window = case_window
    _claim(window)
    window.press(Qt.Key.Key_A, on="pageArea", modifiers=Qt.KeyboardModifier.ShiftModifier)
    window.click("outcome_approve")
    window.click("confirmDecision")
    window.until(lambda: ("c3", Outcome.APPROVE) in window.server.decisions, "the decision left")
    window.until(lambda: window.find("caseState", QLabel).text() == "Approved", "the case shows it")
    assert not window.shown("messageBar")


def test_values_are_copied_as_they_are_stored(case_window: Window) -> None:
    case_window.click("copy_nip")
    assert QApplication.clipboard().text() == "9990000184"


def test_a_document_that_cannot_be_opened_is_said_in_place(desk_window: Window) -> None:
    window = desk_window
    company = window.server.companies["c3"]
    broken = b"%PDF-1.7 but nothing that could be read"
    window.server.add_document("c3", company.documents[0].kind, broken)
    window.open_case()
    window.until(lambda: window.shown("documentNoticeAction"), "the failure is shown, with a way to try again")
    _show(window, 1)
    _wait_sharp(window, 1)


def _claim(window: Window) -> None:
    window.click("claim")
    window.until(lambda: window.widget("customerNote").isEnabled(), "the case is mine")


def _show(window: Window, place: int) -> None:
    row = window.widget(f"document_{place + 1}")
    QTest.mouseClick(row, Qt.MouseButton.LeftButton)


def _model(window: Window) -> DocumentModel:
    return window.find("caseView", CaseView).viewer.model


def _wait_sharp(window: Window, page: int) -> None:
    area = window.find("pageArea", PageArea)

    def drawn() -> bool:
        image = _model(window).images.sharp(page)
        return image is not None and abs(image.zoom - area.zoom * 96 / 72 * area.devicePixelRatioF()) < 0.01

    window.until(drawn, f"page {page} is drawn sharply")


def _draw_region(window: Window) -> None:
    window.press(Qt.Key.Key_M, on="pageArea")
    viewport = window.find("pageArea", PageArea).viewport()
    QTest.mousePress(viewport, Qt.MouseButton.LeftButton, pos=QPoint(120, 120))
    QTest.mouseMove(viewport, QPoint(300, 220))
    QTest.mouseRelease(viewport, Qt.MouseButton.LeftButton, pos=QPoint(300, 220))


def _texts(window: Window) -> list[str]:
    return [label.text() for label in window.widget("historyView").findChildren(QLabel)]


def test_declared_values_stand_in_the_order_of_the_form_whichever_case_came_before(qtbot: QtBot) -> None:
    view = DeclaredView()
    qtbot.addWidget(view)
    view.show()
    for fields in (("name", "nip"), ("name", "nip", "krs", "phone"), ("nip", "regon"), DECLARED_FIELDS):
        values = tuple(Declared(field, FIELD_TEXTS[field], field, field, ()) for field in fields)
        view.show_values(values, (), {})
        QApplication.processEvents()
        view.adjustSize()
        shown = sorted((row for row in view.findChildren(DeclaredRow) if row.isVisible()), key=lambda row: row.y())
        assert [row.value.field for row in shown] == list(fields)
        assert view.rows == shown


def test_another_case_is_read_from_its_top(desk_window: Window) -> None:
    window = desk_window
    window.main.resize(1366, 500)
    window.open_case(0)
    panels = [window.widget("documentList"), window.find("customerNote", QPlainTextEdit)]
    bars = [area.verticalScrollBar() for area in window.main.findChildren(QScrollArea) if is_around(area, panels)]
    assert len(bars) == 2
    window.until(lambda: all(bar.maximum() > 0 for bar in bars), "there is more than fits")
    for bar in bars:
        bar.setValue(bar.maximum())
    name = window.find("caseName", QLabel)
    before = name.text()
    window.press(Qt.Key.Key_Down, modifiers=Qt.KeyboardModifier.AltModifier)
    window.until(lambda: name.text() != before, "the next case is shown")
    assert [bar.value() for bar in bars] == [0, 0]


def is_around(area: QScrollArea, widgets: list[QWidget]) -> bool:
    return any(area.isAncestorOf(widget) for widget in widgets)
