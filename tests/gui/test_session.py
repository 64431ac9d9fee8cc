# SPDX-License-Identifier: AGPL-3.0-or-later
"""First start, signing in and out."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import ExitStack
from functools import partial
from pathlib import Path
from threading import Event

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QLineEdit, QListWidget

from reviewer_app.contract.edition import API_EDITION, PRODUCT
from reviewer_app.contract.states import Outcome
from reviewer_app.views.case.case_view import CaseView
from reviewer_app.views.common.actions import ActionId
from reviewer_app.views.common.messages import MessageBar
from tests.fakes.company_network import HOST, CompanyAuthority, TunnelProxy
from tests.fakes.gateway_http import HttpFake
from tests.fakes.gateway_memory import PASSWORD
from tests.gui.conftest import WAIT_MS, Window

NOTE = "Please send page 2 again."


def check_server(window: Window, address: str) -> str:
    """Check an address at first start; gives what the window says of it."""
    field = window.find("serverAddress", QLineEdit)
    field.setText(address)
    window.click("checkServer")
    window.until(field.accessibleDescription, "it is refused in words")
    assert window.shown("serverAddress")
    return field.accessibleDescription()


def end_session_over_a_note(window: Window, note: str) -> None:
    """Have the session end while the note to a customer is written."""
    window.open_case()
    window.click("claim")
    window.until(lambda: window.widget("customerNote").isEnabled(), "the case is mine")
    window.type_into("customerNote", note)
    window.server.end_sessions()
    other = window.queue.row_at(1)
    assert other is not None
    window.server.customer_edits(other.id)
    window.until(lambda: window.shown("password"), "the form is back")


def test_first_start_says_that_nothing_answers_and_the_error_goes_when_one_types(window: Window) -> None:
    assert check_server(window, "http://127.0.0.1:9").startswith("Nothing answers at http://127.0.0.1:9.")
    window.type_into("serverAddress", "9")
    assert window.widget("serverAddress").accessibleDescription() == ""


@pytest.mark.parametrize(
    ("sign", "words"),
    [
        ({"status": "ok"}, "No Reviewer server answers at"),
        ({"product": PRODUCT, "api": API_EDITION - 1, "version": "0.0.9"}, "version 0.0.9 is older"),
        ({"product": PRODUCT, "api": API_EDITION + 1, "version": "7.1"}, "version 7.1 is newer"),
    ],
)
def test_first_start_tells_a_strange_an_old_and_a_new_server_apart(
    window: Window, sign: dict[str, object], words: str
) -> None:
    window.server.sign = sign
    assert words in check_server(window, window.address)


def test_first_start_tells_a_wrong_name_and_a_missing_tls_apart(window: Window) -> None:
    assert "knows no address reviewer.invalid" in check_server(window, "reviewer.invalid")
    window.type_into("serverAddress", " ")
    assert "not over an encrypted connection" in check_server(window, window.address.replace("http://", "https://"))


def test_first_start_through_the_companys_proxy_once_its_certificate_is_installed(
    window: Window, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    authority = CompanyAuthority()
    for name in ("HTTPS_PROXY", "all_proxy", "ALL_PROXY", "no_proxy", "NO_PROXY"):
        monkeypatch.delenv(name, raising=False)
    with ExitStack() as network:
        secure = network.enter_context(HttpFake(window.server, tls=authority.context(HOST)))
        proxy = network.enter_context(TunnelProxy(secure.address, login="jan:haslo"))
        monkeypatch.setenv("https_proxy", f"http://{proxy.address}")
        assert f"The proxy {proxy.address} asks for a user name" in check_server(window, HOST)
        monkeypatch.setenv("https_proxy", f"http://jan:haslo@{proxy.address}")
        window.type_into("serverAddress", " ")
        assert "install the company's certificate" in check_server(window, HOST)
        monkeypatch.setenv("SSL_CERT_FILE", str(authority.write_to(tmp_path / "company.pem")))
        window.address = HOST
        window.sign_in()
        assert window.find("signedInName", QLabel).text() == "Anna"
        window.open_case()
        assert window.application.close() == ()


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
    window.application.preferences.set_hold_seconds(60)
    window.open_case()
    window.click("claim")
    window.until(lambda: window.widget("customerNote").isEnabled(), "the case is mine")
    window.press(Qt.Key.Key_A, on="pageArea", modifiers=Qt.KeyboardModifier.ShiftModifier)
    window.click("outcome_approve")
    window.click("confirmDecision")
    window.until(lambda: window.shown("undoToastAction"), "the decision is held")
    window.main.actions_registry[ActionId.SIGN_OUT].trigger()
    assert window.shown("messageBarAction")
    window.main.actions_registry[ActionId.SEND_NOW].trigger()
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
    end_session_over_a_note(window, NOTE)
    assert window.shown("signInMessage")
    assert not window.shown("messageBar")
    for name in ("username", "password"):
        assert window.widget(name).height() >= window.widget(name).sizeHint().height(), "nothing of it is cut off"
    window.type_into("password", PASSWORD)
    window.click("signIn")
    window.until(lambda: window.shown("customerNote"), "the case is back")
    note = window.widget("customerNote")
    assert note.property("plainText") == NOTE


def test_signing_out_does_not_speak_of_a_session_that_ended_by_itself(desk_window: Window) -> None:
    window = desk_window
    asked, answered = Event(), Event()

    def hold(path: str, _query: Mapping[str, str]) -> None:
        if path.endswith("/sessions/current"):
            window.server.end_sessions()
            asked.set()
            answered.wait(WAIT_MS / 1000)

    window.server.heard = hold
    window.main.actions_registry[ActionId.SIGN_OUT].trigger()
    window.until(asked.is_set, "the server is told")
    with window.bot.waitSignal(window.queue.failed, timeout=WAIT_MS):
        window.queue.reload()
    answered.set()
    window.until(lambda: window.shown("username"), "the form to sign in is shown")
    assert not window.shown("signInMessage")


def test_somebody_else_who_signs_in_after_a_session_ended_finds_nothing_of_it(desk_window: Window) -> None:
    window = desk_window
    end_session_over_a_note(window, NOTE)
    window.enter("piotr")
    assert not window.shown("caseHeader")
    assert not window.shown("navigateCase")
    window.main.actions_registry[ActionId.SHOW_PALETTE].trigger()
    listed = window.find("paletteList", QListWidget)
    assert not [place for place in range(listed.count()) if listed.item(place).text().startswith("Case: ")]
    window.press(Qt.Key.Key_Escape, on="paletteList")
    window.until(lambda: window.queue.rowCount() > 0, "the queue has rows")
    window.open_case()
    assert window.widget("customerNote").property("plainText") == ""


def test_pages_that_one_person_looked_at_are_new_to_the_next(desk_window: Window) -> None:
    window = desk_window
    window.open_case()
    model = window.find("caseView", CaseView).viewer.model
    window.until(lambda: model.page_count == 3, "the document is open")
    for unseen in ("2 not looked at", "1 not looked at", ""):
        window.until(partial(says_unseen, window, unseen), "the page shown counts as looked at")
        window.press(Qt.Key.Key_PageDown, on="pageArea")
    window.server.end_sessions()
    window.press(Qt.Key.Key_F5)
    window.until(lambda: window.shown("password"), "the form is back")
    window.sign_in("piotr")
    window.open_case()
    window.until(partial(says_unseen, window, "2 not looked at"), "only what this person looked at counts")


def test_what_one_person_searched_a_document_for_is_not_searched_for_by_the_next(desk_window: Window) -> None:
    window = desk_window
    window.open_case()
    window.press(Qt.Key.Key_Slash, on="pageArea")
    window.type_into("documentSearch", "modrzew")
    window.server.end_sessions()
    window.press(Qt.Key.Key_F5)
    window.until(lambda: window.shown("password"), "the form is back")
    window.sign_in("piotr")
    window.open_case()
    assert not window.shown("documentSearch")
    assert window.find("caseView", CaseView).viewer.words.query == ""


def says_unseen(window: Window, words: str) -> bool:
    """Whether the first document says so of pages not looked at; empty: that there are none."""
    said = window.widget("document_1").accessibleName()
    return words in said if words else "not looked at" not in said


def test_whoever_meets_the_end_of_the_session_first_is_asked_at_once_and_what_was_typed_stays(
    desk_window: Window,
) -> None:
    window = desk_window
    window.open_case()
    window.click("claim")
    window.until(lambda: window.widget("customerNote").isEnabled(), "the case is mine")
    window.type_into("customerNote", "Page 2, please.")
    window.server.end_sessions()
    window.click("reason_not_readable")
    window.click("outcome_request_correction")
    window.until(lambda: window.shown("password"), "the preview could not be read: the form is there")
    assert not window.shown("messageBar")
    window.type_into("password", PASSWORD)
    window.click("signIn")
    window.until(lambda: window.shown("customerNote"), "the case is back")
    assert window.widget("customerNote").property("plainText") == "Page 2, please."


def test_signing_out_anyway_removes_the_documents_and_keeps_the_unsent_decision(desk_window: Window) -> None:
    window = desk_window
    window.application.preferences.set_hold_seconds(60)
    window.open_case()
    window.click("claim")
    window.until(lambda: window.widget("customerNote").isEnabled(), "the case is mine")
    desk = window.application.desk
    assert desk is not None
    window.until(lambda: desk.kept_documents()[0] > 0, "a document is kept on this computer")
    window.press(Qt.Key.Key_A, on="pageArea", modifiers=Qt.KeyboardModifier.ShiftModifier)
    window.click("outcome_approve")
    window.click("confirmDecision")
    window.until(lambda: window.shown("undoToastAction"), "the decision is held")
    window.main.actions_registry[ActionId.SIGN_OUT].trigger()
    assert "1 act" in window.find("messageBar", MessageBar).text()
    window.click("messageBarAction")
    window.until(lambda: window.shown("password"), "nobody is signed in")
    assert desk.kept_documents() == (0, 0)
    assert window.server.decisions == []
    window.sign_in()
    window.until(lambda: window.shown("undoToastAction"), "the decision is still held, and can be undone")
    window.main.actions_registry[ActionId.SEND_NOW].trigger()
    window.until(lambda: window.server.decisions == [("c3", Outcome.APPROVE)], "it is sent, once")
