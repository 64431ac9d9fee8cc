# SPDX-License-Identifier: AGPL-3.0-or-later
"""The server is away: a claimed case stays readable with its documents, acts wait and show as pending, and leave once it is back."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QLineEdit, QPlainTextEdit, QTextBrowser

from reviewer_app.contract.case_context import Sighting, SightingKind
from reviewer_app.contract.states import CompanyState, Flag, Outcome
from reviewer_app.models.queue.columns import QueueColumn, pending_text
from reviewer_app.views.case.case_view import CaseView
from reviewer_app.views.common.actions import ActionId
from reviewer_app.views.queue.table import QueueTable
from tests.fakes.gateway_http import CuttingProxy
from tests.gui.conftest import Window

NOTE = "The seal is genuine."
WAITS_FOR = "The bank answers on Friday."
TO_THE_QUEUE = Qt.KeyboardModifier.AltModifier


@pytest.fixture
def behind(window: Window) -> Iterator[CuttingProxy]:
    """What stands between the window and its server."""
    host, port = window.address.removeprefix("http://").split(":")
    with CuttingProxy((host, int(port))) as proxy:
        window.address = proxy.url
        yield proxy


def notes(window: Window, company_id: str) -> list[str]:
    calls = window.server.calls
    return [call for call in calls if call == f"POST /api/v1/staff/companies/{company_id}/notes"]


def test_a_claimed_case_is_read_and_worked_on_while_the_server_is_away(window: Window, behind: CuttingProxy) -> None:
    window.sign_in()
    row = window.queue.row_at(0)
    assert row is not None
    window.open_case(0)
    window.click("claim")
    window.until(lambda: window.shown("release"), "the case is mine")
    viewer = window.find("caseView", CaseView).viewer
    window.until(lambda: viewer.model.images.sharp(1) is not None, "its document is drawn")
    window.press(Qt.Key.Key_Left, modifiers=TO_THE_QUEUE)
    behind.pause()
    window.until(lambda: window.shown("offlineBar"), "the calm bar is shown")
    window.open_case(0)
    window.until(lambda: window.find("caseName", QLabel).text() == row.name, "the case is read from this computer")
    window.until(lambda: viewer.model.images.sharp(1) is not None, "and its document is drawn")
    window.press(Qt.Key.Key_N, on="pageArea", modifiers=Qt.KeyboardModifier.ShiftModifier)
    window.until(window.widget("noteText").hasFocus, "a note is begun")
    window.type_into("noteText", NOTE)
    window.click("addNote")
    window.press(Qt.Key.Key_Left, modifiers=TO_THE_QUEUE)
    window.until(lambda: _waiting(window, row.id), "the row says that an act waits")
    assert notes(window, row.id) == []
    behind.resume()
    window.until(lambda: not window.shown("offlineBar"), "the server is back")
    window.until(lambda: len(notes(window, row.id)) == 1, "the note leaves")
    window.until(lambda: not _waiting(window, row.id), "and the row is quiet")
    entries = [entry.text for entry in window.server.companies[row.id].history]
    assert sum(NOTE in text for text in entries) == 1


def test_a_case_read_from_this_computer_shows_nothing_of_the_one_before(window: Window, behind: CuttingProxy) -> None:
    window.sign_in()
    kept, before = window.ids()[:2]
    other = window.server.companies[kept]
    window.server.sightings[before] = (
        Sighting(
            kind=SightingKind.ADDRESS,
            value="ul. Prosta 1",
            company_id=kept,
            name=other.name,
            nip=other.nip,
            state=CompanyState.PENDING_VERIFICATION,
            outcome=None,
            decided_at=None,
        ),
    )
    window.open_case(0)
    window.click("claim")
    window.until(lambda: window.shown("release"), "the case is mine")
    window.press(Qt.Key.Key_Left, modifiers=TO_THE_QUEUE)
    window.open_case(1)
    window.until(lambda: window.shown("seenBefore"), "what was seen before is shown")
    behind.pause()
    window.until(lambda: window.shown("offlineBar"), "the server is away")
    window.press(Qt.Key.Key_Left, modifiers=TO_THE_QUEUE)
    window.open_case(0)
    window.until(lambda: window.find("caseName", QLabel).text() == other.name, "the case is read from this computer")
    assert not window.shown("seenBefore")


def test_all_documents_of_claimed_cases_are_there_without_the_server_whether_they_were_opened_or_not(
    window: Window, behind: CuttingProxy
) -> None:
    window.sign_in()
    for place in (0, 1):
        window.open_case(place)
        window.click("claim")
        window.until(lambda: window.shown("release"), "the case is mine")
    held = [row.id for place in (0, 1) if (row := window.queue.row_at(place)) is not None]
    documents = {item.sha256 for company_id in held for item in window.server.companies[company_id].documents}
    desk = window.application.desk
    assert desk is not None
    window.until(lambda: desk.kept_documents()[0] >= len(documents), "their documents are on this computer")
    behind.pause()
    window.until(lambda: window.shown("offlineBar"), "the server is away")
    window.press(Qt.Key.Key_Left, modifiers=TO_THE_QUEUE)
    window.open_case(0)
    viewer = window.find("caseView", CaseView).viewer
    for number in (Qt.Key.Key_3, Qt.Key.Key_2):
        window.press(number, on="pageArea")
        window.until(lambda: viewer.model.images.sharp(1) is not None, "a document that was never opened is drawn")
    assert not window.shown("documentNotice")


def test_a_document_that_wanted_for_the_server_opens_when_that_is_back(window: Window, behind: CuttingProxy) -> None:
    window.sign_in()
    window.open_case(0)
    viewer = window.find("caseView", CaseView).viewer
    window.until(lambda: viewer.model.images.sharp(1) is not None, "its first document is drawn")
    behind.pause()
    window.until(lambda: window.shown("offlineBar"), "the server is away")
    window.press(Qt.Key.Key_3, on="pageArea")
    window.until(lambda: window.shown("documentNotice"), "it is said why it cannot be shown")
    behind.resume()
    window.until(lambda: viewer.model.images.sharp(1) is not None, "it is drawn by itself")
    assert not window.shown("documentNotice")


def claimed_and_cut_off(window: Window, behind: CuttingProxy) -> str:
    """Claim the first case, then have the server go away; gives the id of the case."""
    window.sign_in()
    row = window.queue.row_at(0)
    assert row is not None
    window.open_case(0)
    window.click("claim")
    window.until(lambda: window.widget("customerNote").isEnabled(), "the case is mine")
    behind.pause()
    window.until(lambda: window.shown("offlineBar"), "the server is away")
    return row.id


def test_a_hold_on_a_case_that_changed_meanwhile_is_sent_again_when_the_person_has_seen_how_it_stands(
    window: Window, behind: CuttingProxy
) -> None:
    company_id = claimed_and_cut_off(window, behind)
    window.press(Qt.Key.Key_H, on="pageArea", modifiers=Qt.KeyboardModifier.ShiftModifier)
    window.until(lambda: window.shown("actReason"), "the reason is asked for")
    window.type_into("actReason", WAITS_FOR)
    window.click("actDo")
    window.server.customer_edits(company_id)
    behind.resume()
    window.until(lambda: window.shown("troubleBarAction"), "the conflict is told")
    window.click("troubleBarAction")
    assert window.find("conflictText", QPlainTextEdit).toPlainText() == WAITS_FOR
    window.click("retryAct")
    window.until(lambda: Flag.ON_HOLD in window.server.companies[company_id].flags, "the case is on hold")
    window.until(lambda: not window.shown("troubleBar"), "and nothing waits any more")


def test_a_decision_is_made_while_the_server_is_away_and_leaves_once_when_it_is_back(
    window: Window, behind: CuttingProxy
) -> None:
    company_id = claimed_and_cut_off(window, behind)
    window.press(Qt.Key.Key_A, on="pageArea", modifiers=Qt.KeyboardModifier.ShiftModifier)
    window.type_into("customerNote", "Welcome aboard")
    window.click("outcome_approve")
    window.until(lambda: window.shown("previewView"), "what will be sent is shown")
    shown = window.find("mailPreview", QTextBrowser).toPlainText().splitlines()
    assert shown[-1] == "Note to the customer: Welcome aboard"
    assert not window.shown("mailSubject"), "it is not the mail"
    assert not window.shown("messageBar"), "the calm bar says all"
    window.press(Qt.Key.Key_Return, on="mailPreview")
    window.until(lambda: window.shown("undoToast"), "it is held like any other")
    window.press(Qt.Key.Key_Left, modifiers=TO_THE_QUEUE)
    window.until(lambda: _waiting(window, company_id), "the row says that an act waits")
    window.main.actions_registry[ActionId.SEND_NOW].trigger()
    behind.resume()
    window.until(lambda: window.server.decisions == [(company_id, Outcome.APPROVE)], "it leaves")
    window.until(lambda: not _waiting(window, company_id), "and nothing waits any more")
    assert window.server.decisions == [(company_id, Outcome.APPROVE)]


def test_a_decision_that_waits_for_the_server_is_taken_back_with_its_text(desk_window: Window) -> None:
    window = desk_window
    row = window.queue.row_at(0)
    assert row is not None
    window.open_case(0)
    window.click("claim")
    note = window.find("customerNote", QPlainTextEdit)
    window.until(note.isEnabled, "the case is mine")
    window.press(Qt.Key.Key_A, on="pageArea", modifiers=Qt.KeyboardModifier.ShiftModifier)
    window.type_into("customerNote", "Welcome aboard")
    window.stop_server()
    window.until(lambda: window.shown("offlineBar"), "the server is away")
    window.click("outcome_approve")
    window.until(lambda: window.shown("previewView"), "what will be sent is shown")
    window.press(Qt.Key.Key_Return, on="mailPreview")
    window.until(lambda: window.shown("undoToast"), "it is held")
    window.main.actions_registry[ActionId.SEND_NOW].trigger()
    locked = window.find("decisionLocked", QLabel)
    window.until(lambda: "waits on this computer" in locked.text(), "it waits for the server")
    window.click("undoDecision")
    window.until(note.isEnabled, "it can be decided again")
    assert note.toPlainText() == "Welcome aboard"
    assert not _waiting(window, row.id)


def _waiting(window: Window, company_id: str) -> bool:
    place = window.queue.place_of(company_id)
    row = None if place is None else window.queue.row_at(place)
    if row is None or not row.pending:
        return False
    hint = window.queue.index(place or 0, QueueColumn.COMPANY).data(Qt.ItemDataRole.ToolTipRole)
    return pending_text(row.pending[0]) in hint


def test_the_reason_of_an_escalation_that_did_not_go_through_is_there_to_be_sent_again(desk_window: Window) -> None:
    window = desk_window
    window.open_case(0)
    window.press(Qt.Key.Key_E, modifiers=Qt.KeyboardModifier.AltModifier)
    window.type_into("actReason", "is the signature right?")
    window.stop_server()
    window.press(Qt.Key.Key_Return, on="actReason")
    assert not window.shown("actBar"), "it is on its way"
    reason = window.find("actReason", QLineEdit)
    window.until(reason.hasFocus, "it is asked for again")
    assert reason.text() == "is the signature right?"


def test_the_reason_for_several_cases_stays_when_it_did_not_go_through(desk_window: Window) -> None:
    window = desk_window
    window.until(lambda: window.shown("queueViews"), "the queue is grown")
    window.find("queueTable", QueueTable).selectAll()
    reason = window.find("bulkReason", QLineEdit)
    window.type_into("bulkReason", "waiting for the court")
    window.stop_server()
    window.press(Qt.Key.Key_Return, on="bulkReason")
    window.until(lambda: window.shown("messageBar"), "it is said that it was not done")
    assert reason.text() == "waiting for the court"
