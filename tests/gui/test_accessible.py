# SPDX-License-Identifier: AGPL-3.0-or-later
"""Every screen and dialog for people without a mouse or without sight: names, roles, the way of Tab, the focus seen."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractItemView, QDialog, QLabel, QPlainTextEdit, QWidget

from reviewer_app.contract.permissions import StaffRole
from reviewer_app.contract.states import CompanyState
from reviewer_app.views.common.actions import ActionId
from reviewer_app.views.settings.settings_view import SettingsView
from tests.gui.accessible import troubles
from tests.gui.conftest import Driver, Window
from tests.gui.real_desk import OpenWindow, RealWindow, companies, engine, make_world, open_window, world, world_pool
from tests.gui.test_compare import second_round
from tests.gui.test_tray import at_work, note
from tests.support.world import PASSWORD, World, expect

__all__ = ["engine", "make_world", "open_window", "second_round", "world", "world_pool"]
SHIFT = Qt.KeyboardModifier.ShiftModifier


def act(window: Driver, action: ActionId) -> None:
    window.main.actions_registry[action].trigger()


def fine(window: Driver, what: str, dialog: str = "") -> None:
    """Assert that a screen, or a dialog by its name, can be used by everybody."""
    top: QWidget = window.find(dialog, QDialog) if dialog else window.main
    window.until(top.isActiveWindow, f"{what} has the keyboard")
    wrong = troubles(top)
    assert not wrong, "\n".join([what, *wrong])
    if dialog:
        top.close()
        window.main.activateWindow()


@pytest.mark.parametrize("language", ["pl", "en"])
def test_first_start_queue_settings_and_figures(open_window: OpenWindow, world: World, language: str) -> None:
    world.staff("maria", StaffRole.SUPERVISOR)
    companies(world, 2)
    window = open_window(language=language)
    fine(window, "first start")
    window.find("serverAddress", QWidget).setProperty("text", window.address)
    window.click("checkServer")
    window.until(lambda: window.shown("username"), "the form asks for the user")
    fine(window, "sign-in")
    window.sign_in("maria", PASSWORD)
    window.until(lambda: window.shown("queueViews"), "the queue is grown")
    fine(window, "queue")
    window.find("queueTable", QAbstractItemView).selectAll()
    window.choose("queueViews", "keepView")
    fine(window, "queue with several selected and a view being kept")
    for page in ("generalSettings", "keySettings", "accountSettings", "storageSettings"):
        act(window, ActionId.SHOW_SETTINGS)
        window.find("settingsView", SettingsView).show_page(page)
        window.until(window.widget(page).isVisible, "the page is shown")
        fine(window, page)
    act(window, ActionId.SHOW_DASHBOARD)
    window.until(lambda: window.shown("personsTable"), "the figures are shown")
    fine(window, "dashboard")


@pytest.mark.parametrize(
    ("action", "name"),
    [
        (ActionId.SHOW_KEYS, "keysDialog"),
        (ActionId.SHOW_PALETTE, "palette"),
        (ActionId.SHOW_LOG, "logDialog"),
    ],
)
def test_dialogs(desk_window: Window, action: ActionId, name: str) -> None:
    desk_window.until(desk_window.main.actions_registry[action].isEnabled, "the window is grown")
    desk_window.until(lambda: desk_window.shown("queueViews") or name == "keysDialog", "the window is grown")
    act(desk_window, action)
    fine(desk_window, name, name)


def test_case_history_and_the_bars_above_it(open_window: OpenWindow, world: World) -> None:
    world.staff("maria", StaffRole.SUPERVISOR)
    companies(world, 1)
    window = open_window()
    window.sign_in("maria", PASSWORD)
    window.open_case(0)
    fine(window, "a free case")
    window.click("claim")
    window.until(lambda: window.shown("release"), "the case is mine")
    window.click("reason_other")
    fine(window, "a case with a reason chosen")
    window.press(Qt.Key.Key_H, on="pageArea", modifiers=SHIFT)
    fine(window, "a case being put on hold")
    window.click("toggleHistory")
    fine(window, "history and notes")


def test_suspension_full_screen_loupe_and_printing(window: Window) -> None:
    window.server.change_role("anna", StaffRole.SUPERVISOR)
    window.sign_in()
    window.open_case(0)
    window.server.other_decides(next(iter(window.server.companies)), CompanyState.ACTIVE)
    window.click("suspension")
    fine(window, "a company being suspended")
    window.press(Qt.Key.Key_Escape, on="suspensionReason")
    window.until(lambda: window.find("pageOf", QLabel).text() != "", "its document is open")
    act(window, ActionId.PRINT)
    window.until(window.widget("printPages").hasFocus, "the pages are asked for")
    fine(window, "pages being chosen for print")
    window.press(Qt.Key.Key_Escape, on="printPages")
    act(window, ActionId.LOUPE)
    window.until(lambda: window.shown("loupe"), "the loupe is shown")
    fine(window, "a page under the loupe")
    act(window, ActionId.LOUPE)
    act(window, ActionId.FULL_SCREEN)
    window.until(window.main.isFullScreen, "the document has the whole screen")
    fine(window, "full screen")
    act(window, ActionId.FULL_SCREEN)


def test_a_colleagues_case_and_several_messages(open_window: OpenWindow, world: World) -> None:
    anna, maria = world.staff(), world.staff("maria", StaffRole.SUPERVISOR)
    ids = companies(world, 2)
    people = {one["username"]: one["id"] for one in expect(maria.call("GET", "staff/people"), 200)["items"]}
    body = {"act": "assign", "companies": dict.fromkeys(ids, anna.detail(ids[0])["version"])}
    expect(maria.post("companies/bulk", {**body, "assignee_id": people["maria"]}), 200)
    window = at_work(open_window)
    for company_id in ids:
        note(maria, company_id, "@anna")
    window.until(lambda: window.shown("messageList"), "the messages are counted")
    window.open_case(0)
    window.click("claim")
    window.until(lambda: window.shown("assignedBar"), "it warns")
    fine(window, "a colleague's case about to be claimed")


def test_export_of_figures(open_window: OpenWindow, world: World) -> None:
    window = _asks_for_a_file(open_window, world)
    fine(window, "export", "exportDialog")


def test_the_program_ends_while_a_list_of_a_dialog_has_the_focus(open_window: OpenWindow, world: World) -> None:
    window = _asks_for_a_file(open_window, world)
    files = window.find("treeView", QAbstractItemView)
    files.setFocus()
    window.until(files.hasFocus, "the list of files has the focus")
    assert window.application.close() == ()


def _asks_for_a_file(open_window: OpenWindow, world: World) -> RealWindow:
    world.staff("maria", StaffRole.SUPERVISOR)
    companies(world, 1)
    window = open_window()
    window.sign_in("maria", PASSWORD)
    window.until(lambda: window.shown("queueViews"), "the queue is grown")
    act(window, ActionId.SHOW_DASHBOARD)
    window.until(lambda: window.shown("personsTable"), "the figures are shown")
    window.click("dashboardExport")
    window.until(lambda: window.main.findChild(QDialog, "exportDialog"), "the file is asked for")
    return window


def test_comparison_and_search_in_a_second_round(second_round: RealWindow) -> None:
    window = second_round
    fine(window, "second round with evidence")
    window.press(Qt.Key.Key_S, on="pageArea")
    window.until(lambda: window.shown("otherPane"), "the other pane is shown")
    fine(window, "comparison")
    act(window, ActionId.FIND_TEXT)
    fine(window, "search in a document")


def test_mail_conflict_and_signing_in_again(desk_window: Window) -> None:
    window = desk_window
    window.application.preferences.set_hold_seconds(60)
    window.open_case()
    window.click("claim")
    window.until(lambda: window.widget("customerNote").isEnabled(), "the case is mine")
    window.click("reason_not_readable")
    window.click("outcome_request_correction")
    window.until(lambda: window.shown("mailPreview"), "the mail is shown")
    fine(window, "mail")
    window.click("confirmDecision")
    window.until(lambda: window.shown("undoToastAction"), "the decision is held")
    fine(window, "case with a held decision")
    window.server.customer_edits("c3")
    act(window, ActionId.SEND_NOW)
    window.until(lambda: window.shown("troubleBarAction"), "the conflict is told")
    window.click("troubleBarAction")
    theirs = window.find("conflictTheirs", QPlainTextEdit)
    window.until(lambda: "In verification" in theirs.toPlainText(), "how the case stands now is shown beside")
    fine(window, "conflict", "conflictDialog")
    window.server.end_sessions()
    other = window.queue.row_at(1)
    assert other is not None
    window.server.customer_edits(other.id)
    window.until(lambda: window.shown("password"), "the form is back")
    fine(window, "signing in again over a case")
