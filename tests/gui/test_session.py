# SPDX-License-Identifier: AGPL-3.0-or-later
"""First start, signing in and out."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QLineEdit

from reviewer_app.views.common.actions import ActionId
from reviewer_app.views.common.messages import MessageBar
from tests.fakes.gateway_memory import PASSWORD
from tests.gui.conftest import Window


def test_first_start_asks_for_the_server_and_says_when_none_answers(window: Window) -> None:
    window.find("serverAddress", QLineEdit).setText("http://127.0.0.1:9")
    window.click("checkServer")
    window.until(lambda: "127.0.0.1:9" in window.find("serverAddress", QLineEdit).accessibleDescription(), "an error")
    assert window.shown("serverAddress")


def test_sign_in_says_what_is_missing_and_what_was_wrong_then_shows_the_queue(window: Window) -> None:
    window.find("serverAddress", QLineEdit).setText(window.address)
    window.click("checkServer")
    window.until(lambda: window.shown("username"), "the form asks for the user")
    window.click("signIn")
    assert window.find("username", QLineEdit).accessibleDescription() == "Enter your user name."

    window.type_into("username", "anna")
    window.type_into("password", "not the one")
    window.click("signIn")
    window.until(lambda: window.shown("signInMessage"), "the refusal is shown")

    window.find("password", QLineEdit).clear()
    window.type_into("password", PASSWORD)
    window.click("signIn")
    window.until(lambda: len(window.names()) == 10, "the queue is full")
    assert window.find("signedInName", QLabel).text() == "Anna"


def test_the_second_factor_is_asked_for_when_the_server_wants_it(window: Window) -> None:
    window.server.one_time_codes["anna"] = "123456"
    window.find("serverAddress", QLineEdit).setText(window.address)
    window.click("checkServer")
    window.until(lambda: window.shown("username"), "the form asks for the user")
    assert not window.shown("otp")
    window.type_into("username", "anna")
    window.type_into("password", PASSWORD)
    window.click("signIn")
    window.until(lambda: window.shown("otp"), "the code is asked for")
    assert window.find("password", QLineEdit).text() == PASSWORD
    window.click("signIn")
    assert window.find("otp", QLineEdit).accessibleDescription() == "Enter the one-time code."

    window.type_into("otp", "000000")
    window.click("signIn")
    bar = window.find("signInMessage", MessageBar)
    window.until(lambda: "password" in bar.text() or "code" in bar.text().lower(), "the wrong code is refused")
    assert window.shown("otp")
    window.find("otp", QLineEdit).clear()
    window.type_into("otp", "123456")
    window.click("signIn")
    window.until(lambda: len(window.names()) == 10, "the queue is full")


def test_signing_out_with_something_unsent_asks_first_and_goes_quiet_once_it_is_sent(desk_window: Window) -> None:
    window = desk_window
    window.open_case()
    window.click("claim")
    window.until(lambda: window.widget("customerNote").isEnabled(), "the case is mine")
    window.press(Qt.Key.Key_A, on="pageArea", modifiers=Qt.KeyboardModifier.ShiftModifier)
    window.click("outcome_approve")
    window.click("confirmDecision")
    window.until(lambda: window.shown("undoToastAction"), "the decision is held")
    window.main.actions_registry[ActionId.SIGN_OUT].trigger()
    assert window.shown("messageBarAction")
    window.until(lambda: not window.shown("messageBar"), "nothing is unsent any more")
    assert window.server.decisions != []
    assert window.shown("signedInName")


def test_signing_out_leaves_nothing_on_the_screen(desk_window: Window) -> None:
    desk_window.open_case()
    desk_window.main.actions_registry[ActionId.SIGN_OUT].trigger()
    desk_window.until(lambda: desk_window.shown("password"), "the form is back")
    assert desk_window.find("password", QLineEdit).text() == ""
    assert desk_window.names() == []


def test_a_session_that_ends_asks_again_over_the_case_and_loses_nothing(desk_window: Window) -> None:
    window = desk_window
    window.open_case()
    window.click("claim")
    window.until(lambda: window.widget("customerNote").isEnabled(), "the case is mine")
    window.type_into("customerNote", "Please send page 2 again.")
    window.server.end_sessions()
    other = window.queue.row_at(1)
    assert other is not None
    window.server.customer_edits(other.id)
    window.until(lambda: window.shown("password"), "the form is back")
    window.type_into("password", PASSWORD)
    window.click("signIn")
    window.until(lambda: window.shown("customerNote"), "the case is back")
    note = window.widget("customerNote")
    assert note.property("plainText") == "Please send page 2 again."
