# SPDX-License-Identifier: AGPL-3.0-or-later
"""Keys that the person chooses, the palette, settings that hold at once and at the next start, the own password."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QComboBox,
    QDialog,
    QKeySequenceEdit,
    QLabel,
    QLineEdit,
    QListWidget,
    QPlainTextEdit,
    QSpinBox,
    QTableView,
    QTableWidget,
)

from reviewer_app.app.paths import AppPaths
from reviewer_app.desk.preferences import Preferences
from reviewer_app.views.common.actions import SPECS, ActionId
from reviewer_app.views.common.messages import MessageBar
from reviewer_app.views.settings.keys_page import KeysPage
from reviewer_app.views.settings.settings_view import SettingsView
from tests.gui.real_desk import (
    OpenWindow,
    RealWindow,
    engine,
    make_world,
    open_window,
    signed_in,
    world,
    world_pool,
)
from tests.support.world import PASSWORD, World

__all__ = ["engine", "make_world", "open_window", "signed_in", "world", "world_pool"]

CONTROL, ALT, SHIFT = (
    Qt.KeyboardModifier.ControlModifier,
    Qt.KeyboardModifier.AltModifier,
    Qt.KeyboardModifier.ShiftModifier,
)


def settings(window: RealWindow, page: str) -> SettingsView:
    window.press(Qt.Key.Key_Comma, modifiers=CONTROL)
    view = window.find("settingsView", SettingsView)
    window.until(view.isVisible, "the settings are shown")
    view.show_page(page)
    window.until(window.widget(page).isVisible, "the page is shown")
    return view


def choose_keys(window: RealWindow, action: ActionId, key: Qt.Key, modifiers: Qt.KeyboardModifier) -> None:
    window.find("keySettings", KeysPage).choose(action)
    editor = window.find("keysEdit", QKeySequenceEdit)
    editor.setFocus()
    QTest.keyClick(editor, key, modifiers)
    window.until(lambda: not editor.keySequence().isEmpty(), "the keys are taken in")


def test_a_key_is_chosen_conflicts_are_named_and_everything_can_be_given_back(signed_in: RealWindow) -> None:
    window = signed_in
    settings(window, "keySettings")
    choose_keys(window, ActionId.NEXT_CASE, Qt.Key.Key_F5, Qt.KeyboardModifier.NoModifier)
    assert "Refresh" in window.find("keysProblem", QLabel).text()
    assert not window.widget("keysSet").isEnabled()
    choose_keys(window, ActionId.NEXT_CASE, Qt.Key.Key_PageDown, SHIFT)
    assert "The window needs this key" in window.find("keysProblem", QLabel).text()
    assert not window.widget("keysSet").isEnabled()
    choose_keys(window, ActionId.NEXT_CASE, Qt.Key.Key_J, CONTROL)
    window.click("keysSet")
    assert "Ctrl+J" in window.find("nextCase", QAbstractButton).toolTip(), "who names the key names the new one"
    path = window.application.preferences
    assert path.own_keys == {"next_case": ("Ctrl+J",)}
    window.press(Qt.Key.Key_Escape, on="settingsView")
    window.until(lambda: window.widget("queueView").isVisible(), "the queue is shown")
    window.press(Qt.Key.Key_J, modifiers=CONTROL)
    window.until(lambda: window.shown("release"), "the new keys claim the next case")
    settings(window, "keySettings")
    window.click("keysResetAll")
    registry = window.main.actions_registry
    assert registry[ActionId.NEXT_CASE].shortcut() == QKeySequence("N")
    assert path.own_keys == {}


def test_chosen_keys_hold_at_the_next_start(open_window: OpenWindow, world: World, tmp_path: Path) -> None:
    world.staff()
    world.customer().submitted()
    keys = {"claim": ["Ctrl+J"], "release": [], "refresh": ["F6"], "show_keys": []}
    Preferences(AppPaths(tmp_path / "desk").preferences).set_own_keys(keys)
    window = open_window()
    assert "F6" in window.find("queueRefresh", QAbstractButton).toolTip()
    assert window.main.actions_registry.all_keys_of(ActionId.SHOW_KEYS) == (), "before the queue stands"
    window.sign_in(password=PASSWORD)
    window.until(lambda: window.shown("queueViews"), "the queue is grown")
    registry = window.main.actions_registry
    assert registry.all_keys_of(ActionId.CLAIM) == ("Ctrl+J",)
    assert registry.all_keys_of(ActionId.RELEASE) == ()


def test_every_action_has_a_line_of_its_own_and_no_two_share_a_key(signed_in: RealWindow) -> None:
    window = signed_in
    settings(window, "keySettings")
    assert window.find("keysTable", QTableWidget).rowCount() == len(SPECS)
    registry = window.main.actions_registry
    shared = [
        (action, other)
        for action in SPECS
        for keys in registry.chosen_keys(action)
        for other in registry.conflicts(action, keys)
    ]
    assert shared == []


def test_single_keys_rest_in_a_text_field(signed_in: RealWindow) -> None:
    window = signed_in
    window.type_into("queueSearch", "n?")
    QTest.keyClick(window.widget("queueSearch"), Qt.Key.Key_N)
    assert not window.shown("release")
    assert window.main.findChild(QDialog, "keysDialog") is None
    assert window.find("queueSearch", QLineEdit).text() == "n?n"


@pytest.mark.parametrize("name", ["settingLanguage", "settingHold", "settingNext", "settingsList", "keysTable"])
def test_a_letter_in_the_settings_claims_no_case(signed_in: RealWindow, name: str) -> None:
    window = signed_in
    settings(window, "keySettings" if name == "keysTable" else "generalSettings")
    field = window.widget(name)
    field.setFocus()
    QTest.keyClick(field, Qt.Key.Key_N)
    assert window.shown("settingsView")
    QTest.keyClick(field, Qt.Key.Key_F1)
    window.until(lambda: window.shown("keysDialog"), "other keys do what they do everywhere")


def test_the_palette_finds_an_action_and_a_case_seen_before(signed_in: RealWindow) -> None:
    window = signed_in
    window.open_case(1)
    window.press(Qt.Key.Key_Left, modifiers=ALT)
    window.press(Qt.Key.Key_K, modifiers=CONTROL)
    found = window.find("paletteList", QListWidget)
    window.type_into("paletteSearch", "firma 1")
    assert [found.item(place).text() for place in range(found.count()) if not found.item(place).isHidden()] == [
        "Case: Firma 1"
    ]
    window.press(Qt.Key.Key_Return, on="paletteSearch")
    window.until(lambda: window.shown("caseHeader"), "the case is shown")
    window.until(lambda: window.main.findChild(QDialog, "palette") is None, "the palette is gone")
    window.main.activateWindow()
    window.until(window.main.isActiveWindow, "the window has the keys again")
    window.press(Qt.Key.Key_K, modifiers=CONTROL)
    window.type_into("paletteSearch", "sett")
    window.press(Qt.Key.Key_Return, on="paletteSearch")
    window.until(lambda: window.shown("settingsView"), "the settings are shown")


def test_the_palette_says_when_nothing_is_found_and_stands_once(signed_in: RealWindow) -> None:
    window = signed_in
    for _ in range(2):
        window.main.actions_registry[ActionId.SHOW_PALETTE].trigger()
        window.main.actions_registry[ActionId.SHOW_LOG].trigger()
    assert len(window.main.findChildren(QDialog, "palette")) == 1
    assert len(window.main.findChildren(QDialog, "logDialog")) == 1
    assert not window.shown("paletteNothing")
    window.type_into("paletteSearch", "qqq")
    assert window.shown("paletteNothing")
    window.press(Qt.Key.Key_Return, on="paletteSearch")
    assert window.shown("palette"), "there is nothing to do"


def test_the_cheat_sheet_comes_and_goes_by_the_same_key(signed_in: RealWindow) -> None:
    window = signed_in
    window.press(Qt.Key.Key_F1)
    sheet = window.find("keysDialog", QDialog)
    window.until(sheet.isActiveWindow, "the sheet has the keyboard")
    QTest.keyClick(sheet, Qt.Key.Key_Question)
    window.until(lambda: window.main.findChild(QDialog, "keysDialog") is None, "it is closed")
    window.press(Qt.Key.Key_F1)
    window.press(Qt.Key.Key_F1)
    window.until(lambda: window.main.findChild(QDialog, "keysDialog") is None, "it is closed from the window too")


def test_a_correction_of_one_document_takes_five_keys_and_an_approval_four(signed_in: RealWindow) -> None:
    window = signed_in
    window.press(Qt.Key.Key_N)
    window.until(lambda: window.shown("release") and window.shown("document_1"), "the case is mine")
    window.until(window.widget("pageArea").hasFocus, "the keys go to the document")
    window.press(Qt.Key.Key_2, on="pageArea")
    window.press(Qt.Key.Key_1, on="pageArea", modifiers=CONTROL)
    window.press(Qt.Key.Key_2, on="pageArea", modifiers=ALT)
    window.until(window.widget("previewView").hasFocus, "the mail is shown")
    window.press(Qt.Key.Key_Return, on="previewView")
    anna = window.world.staff()
    window.until(lambda: len(anna.queue(state="correction_requested")) == 1, "the correction is asked for")
    window.press(Qt.Key.Key_N)
    window.until(lambda: window.find("caseName", QLabel).text() == "Firma 1", "the next case is shown")
    window.until(lambda: window.shown("release") and window.shown("document_1"), "it is mine")
    window.press(Qt.Key.Key_A, on="pageArea", modifiers=SHIFT)
    window.press(Qt.Key.Key_1, on="pageArea", modifiers=ALT)
    window.until(window.widget("previewView").hasFocus, "the mail is shown")
    window.press(Qt.Key.Key_Return, on="previewView")
    window.until(lambda: len(anna.queue(state="approved")) == 1, "the company is approved")


def test_after_a_decision_the_next_case_comes_only_when_the_setting_says_so(
    open_window: OpenWindow, world: World
) -> None:
    world.staff()
    for number in range(3):
        world.customer().submitted(name=f"Firma {number}", nip=f"999000{('0184', '0250', '0327')[number]}")
    window = open_window(hold_seconds=60)
    window.sign_in(password=PASSWORD)
    window.until(lambda: window.shown("queueViews"), "the queue is grown")
    name = _decide_next(window)
    window.until(lambda: window.shown("undoToast"), "the decision is held")
    assert window.find("caseName", QLabel).text() == name
    settings(window, "generalSettings")
    window.click("settingNext")
    assert Preferences(window.application.preferences._path).switch("next_after_decision")
    window.press(Qt.Key.Key_Escape, on="settingsView")
    second = _decide_next(window)
    window.until(lambda: window.find("caseName", QLabel).text() not in (name, second), "the next case came")
    window.until(lambda: window.shown("undoToast"), "the decision before can still be undone")


def _decide_next(window: RealWindow) -> str:
    before = window.find("caseName", QLabel).text() if window.shown("caseHeader") else ""
    window.press(Qt.Key.Key_N)
    window.until(lambda: window.shown("caseHeader"), "a case is shown")
    window.until(lambda: window.find("caseName", QLabel).text() != before and window.shown("release"), "it is mine")
    window.until(lambda: window.shown("document_1"), "its documents are listed")
    name = window.find("caseName", QLabel).text()
    window.press(Qt.Key.Key_A, on="pageArea", modifiers=SHIFT)
    window.press(Qt.Key.Key_1, on="pageArea", modifiers=ALT)
    window.until(window.widget("previewView").hasFocus, "the mail is shown")
    window.press(Qt.Key.Key_Return, on="previewView")
    return name


def test_the_password_is_changed_and_the_old_one_ends(signed_in: RealWindow) -> None:
    window = signed_in
    settings(window, "accountSettings")
    window.type_into("passwordCurrent", "not this one")
    window.type_into("passwordNew", "Jarzębina-przy-drodze-7")
    window.type_into("passwordAgain", "Jarzębina-przy-drodze-8")
    window.click("passwordChange")
    assert "agree" in window.find("passwordAgain", QLineEdit).accessibleDescription()
    window.find("passwordAgain", QLineEdit).setText("Jarzębina-przy-drodze-7")
    window.click("passwordChange")
    current = window.find("passwordCurrent", QLineEdit)
    window.until(lambda: current.accessibleDescription() != "", "the wrong password is refused")
    current.setText(PASSWORD)
    window.click("passwordChange")
    bar = window.find("passwordMessage", MessageBar)
    window.until(lambda: "was changed" in bar.text(), "the password is changed")
    body = {"username": "anna", "password": PASSWORD}
    assert window.world.client.post("/api/v1/staff/sessions", json=body).status_code == 401
    body["password"] = "Jarzębina-przy-drodze-7"
    assert window.world.client.post("/api/v1/staff/sessions", json=body).status_code == 201
    window.press(Qt.Key.Key_Escape, on="settingsView")
    window.press(Qt.Key.Key_F5)
    window.until(lambda: len(window.names()) == 3, "this session goes on")


def test_the_password_goes_by_enter_and_is_gone_when_the_page_is_left(signed_in: RealWindow) -> None:
    window = signed_in
    settings(window, "accountSettings")
    fields = [window.find(name, QLineEdit) for name in ("passwordCurrent", "passwordNew", "passwordAgain")]
    QTest.keyClick(fields[0], Qt.Key.Key_Return)
    assert fields[0].accessibleDescription() == "Enter your present password."
    window.type_into("passwordCurrent", PASSWORD)
    window.type_into("passwordNew", "Jarzębina-przy-drodze-7")
    window.press(Qt.Key.Key_Return, on="passwordNew")
    assert "agree" in fields[2].accessibleDescription()
    window.main.actions_registry[ActionId.SIGN_OUT].trigger()
    window.until(lambda: window.shown("password"), "nobody is signed in")
    assert [field.text() for field in fields] == ["", "", ""]
    assert fields[2].accessibleDescription() == ""


def test_language_colours_and_size_hold_at_once(signed_in: RealWindow) -> None:
    window = signed_in
    settings(window, "generalSettings")
    box = window.find("settingLanguage", QComboBox)
    box.setCurrentIndex(0)
    box.activated.emit(0)
    window.until(lambda: window.find("nextRule", QLabel).text().startswith("„Następna"), "Polish")
    before = QApplication.font().pixelSize()
    window.find("settingFont", QSpinBox).setValue(125)
    assert QApplication.font().pixelSize() > before
    window.find("settingFont", QSpinBox).setValue(100)
    assert QApplication.font().pixelSize() == before


def test_the_layout_is_reset_and_that_is_said(signed_in: RealWindow) -> None:
    window = signed_in
    table = window.find("queueTable", QTableView)
    table.setColumnWidth(0, 333)
    settings(window, "generalSettings")
    window.click("settingResetLayout")
    assert "as they were at first" in window.find("messageBar", MessageBar).text()
    assert table.columnWidth(0) != 333


def test_the_bar_marks_only_the_screen_that_is_in_front(signed_in: RealWindow) -> None:
    window = signed_in
    queue, case = window.find("navigateQueue", QAbstractButton), window.find("navigateCase", QAbstractButton)

    def marked() -> tuple[bool, bool]:
        return queue.isChecked(), case.isChecked()

    assert marked() == (True, False)
    window.main.actions_registry[ActionId.SHOW_SETTINGS].trigger()
    assert marked() == (False, False)
    QTest.mouseClick(queue, Qt.MouseButton.LeftButton)
    assert marked() == (True, False)
    window.open_case(0)
    assert marked() == (False, True)
    window.main.actions_registry[ActionId.SHOW_DASHBOARD].trigger()
    assert marked() == (False, False)
    window.main.actions_registry[ActionId.REFRESH].trigger()
    window.until(lambda: window.shown("figure_waiting"), "the figures are shown")
    assert marked() == (False, False)
    QTest.mouseClick(case, Qt.MouseButton.LeftButton)
    assert marked() == (False, True)


def test_copies_of_documents_are_counted_and_removed(signed_in: RealWindow) -> None:
    window = signed_in
    window.open_case(0)
    settings(window, "storageSettings")
    kept = window.find("keptDocuments", QLabel)
    window.click("settingsBack")
    settings(window, "storageSettings")
    window.until(lambda: not kept.text().startswith("0 "), "a document is kept")
    window.click("forgetDocuments")
    window.until(lambda: kept.text().startswith("0 documents"), "nothing is kept")


def test_the_log_is_shown(signed_in: RealWindow) -> None:
    window = signed_in
    folder = window.application._options.paths.logs
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "reviewer.log").write_text("one line of the log", encoding="utf-8")
    window.main.actions_registry[ActionId.SHOW_LOG].trigger()
    assert window.find("logText", QPlainTextEdit).toPlainText() == "one line of the log"
    window.click("logClose")


def test_another_server_is_asked_for_after_signing_out(signed_in: RealWindow) -> None:
    window = signed_in
    settings(window, "accountSettings")
    assert window.find("settingServer", QLabel).text() == window.address
    window.click("settingChangeServer")
    window.until(lambda: window.shown("serverAddress"), "the server is asked for")
    assert window.find("serverAddress", QLineEdit).text() == window.address
