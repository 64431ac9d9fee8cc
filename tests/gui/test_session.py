# SPDX-License-Identifier: AGPL-3.0-or-later
"""First start, signing in and out."""

from __future__ import annotations

from PySide6.QtWidgets import QLabel, QLineEdit

from reviewer_app.views.common.actions import ActionId
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
    window.server.customer_edits(window.queue.data(window.queue.index(1, 0), window.queue.ROW).id)
    window.until(lambda: window.shown("password"), "the form is back")
    window.type_into("password", PASSWORD)
    window.click("signIn")
    window.until(lambda: window.shown("customerNote"), "the case is back")
    note = window.widget("customerNote")
    assert note.property("plainText") == "Please send page 2 again."
