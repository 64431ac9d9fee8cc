# SPDX-License-Identifier: AGPL-3.0-or-later
"""A case beside its past and beside others; holds, escalations, notes that name a colleague; the history filtered."""

from __future__ import annotations

from datetime import datetime
from functools import partial

from PySide6.QtCore import QDateTime, QPoint, Qt
from PySide6.QtWidgets import QDateTimeEdit, QLabel, QLineEdit, QPlainTextEdit, QWidget

from reviewer_app.contract.permissions import StaffRole
from reviewer_app.contract.working_time import polish_zone
from reviewer_app.models.queue.columns import QueueColumn
from reviewer_app.views.common.labels import Badge
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
from tests.support.numbers import NIPS
from tests.support.world import PASSWORD, World, expect, pdf

__all__ = ["engine", "make_world", "open_window", "signed_in", "world", "world_pool"]
SHIFT = Qt.KeyboardModifier.ShiftModifier


def words(window: RealWindow, name: str) -> str:
    return " | ".join(one.text() for one in window.widget(name).findChildren(QLabel) if one.isVisible())


def flags(window: RealWindow) -> str:
    return " ".join(one.text() for one in window.widget("caseHeader").findChildren(Badge) if one.isVisible())


def test_a_second_round_shows_what_changed_and_where_the_same_was_seen(open_window: OpenWindow, world: World) -> None:
    anna, jan = world.staff(), world.customer()
    first = world.customer()
    first.create(nip=NIPS[1], krs="0009990001", name="Wcześniejsza S.A.")
    same = pdf("the same")
    expect(first.upload("registry_extract", same), 201)
    expect(first.upload("authorization"), 201)
    earlier = expect(first.submit(), 200)["id"]
    anna.approve(earlier)
    company_id = jan.submitted()
    expect(anna.decide(company_id, anna.correction(company_id, anna.claim(company_id))), 201)
    expect(jan.change(phone="+48 22 999 00 11"), 200)
    expect(jan.upload("authorization", same), 201)
    expect(jan.submit(), 200)
    window = open_window()
    window.sign_in(password=PASSWORD)
    window.open_case(0)
    window.until(lambda: window.shown("changedFields"), "what changed is shown")
    changed = words(window, "changedFields")
    assert "+48 22 123 45 67" in changed
    assert "→ +48 22 999 00 11" in changed
    top = window.widget("changedFields").mapTo(window.main, QPoint()).y()
    assert top < window.widget("declared_name").mapTo(window.main, QPoint()).y(), "it is read first"
    seen = words(window, "seenBefore")
    assert "Same address: ul. Prosta" in seen
    assert "Same person: Jan Żółw" in seen
    assert "Same file: skan.pdf" in seen
    assert "Same contact: +48 600 100 200" in seen
    assert "Approved · Approval, " in seen
    window.click(f"seen_address_{earlier}")
    window.until(lambda: window.find("caseName", QLabel).text() == "Wcześniejsza S.A.", "the other case is shown")
    window.until(lambda: not window.shown("changedFields"), "it has no second round")


def test_a_case_is_put_on_hold_with_a_wake_up_and_taken_back(signed_in: RealWindow) -> None:
    window = signed_in
    window.open_case(0)
    window.press(Qt.Key.Key_H, modifiers=SHIFT)
    window.until(window.widget("actReason").hasFocus, "the reason is asked for")
    window.click("actDo")
    assert window.shown("actBar")
    window.type_into("actReason", "waiting for the court")
    wake = QDateTime.currentDateTime().addDays(3)
    window.find("actUntil", QDateTimeEdit).setDateTime(wake)
    window.click("actDo")
    window.until(lambda: "On hold" in flags(window), "it is on hold")
    anna = window.world.staff()
    case = anna.queue(flag="on_hold")[0]
    history = expect(anna.call("GET", f"staff/companies/{case['id']}/history"), 200)["items"]
    held = next(one for one in history if one["kind"] == "held")
    assert held["details"]["reason"] == "waiting for the court"
    told = datetime.fromisoformat(held["details"]["until"]).astimezone(polish_zone())
    assert told.strftime("%Y-%m-%dT%H:%M") == wake.toString("yyyy-MM-ddTHH:mm"), "what the field shows is Polish time"
    window.choose("caseActs", "action_end_hold")
    window.until(lambda: "On hold" not in flags(window), "it is back")


def test_a_case_is_escalated_and_a_supervisor_ends_that(open_window: OpenWindow, world: World) -> None:
    world.staff()
    world.staff("maria", StaffRole.SUPERVISOR)
    world.customer().submitted()
    window = open_window("anna")
    window.sign_in(password=PASSWORD)
    window.open_case(0)
    window.press(Qt.Key.Key_E, modifiers=Qt.KeyboardModifier.AltModifier)
    window.type_into("actReason", "is the signature right?")
    window.press(Qt.Key.Key_Return, on="actReason")
    window.until(lambda: "Escalated" in flags(window), "it is escalated")
    above = open_window("maria")
    above.sign_in("maria", PASSWORD)
    above.open_case(0)
    above.until(lambda: "Escalated" in flags(above), "the supervisor sees it")
    above.choose("caseActs", "action_end_escalation")
    above.until(lambda: "Escalated" not in flags(above), "it is over")


def test_a_line_that_is_left_gives_the_keys_back_to_the_document(signed_in: RealWindow) -> None:
    window = signed_in
    window.open_case(0)
    area, reason = window.widget("pageArea"), window.widget("actReason")
    ways = (partial(window.press, Qt.Key.Key_Escape, on="actReason"), partial(window.click, "actCancel"))
    for leave in ways:
        window.press(Qt.Key.Key_H, modifiers=SHIFT)
        window.until(reason.hasFocus, "the reason is asked for")
        leave()
        window.until(area.hasFocus, "the keys are the document's again")
        assert not window.shown("actBar")
    window.press(Qt.Key.Key_N, modifiers=SHIFT)
    window.until(window.widget("noteText").hasFocus, "the note can be written")
    window.press(Qt.Key.Key_Escape, on="noteText")
    window.until(area.hasFocus, "the keys are the document's again")


def test_a_reason_is_kept_with_its_case_until_its_act_is_taken(signed_in: RealWindow) -> None:
    window = signed_in
    window.open_case(0)
    reason = window.find("actReason", QLineEdit)
    window.press(Qt.Key.Key_H, modifiers=SHIFT)
    window.type_into("actReason", "waiting for the court")
    window.press(Qt.Key.Key_Down, modifiers=Qt.KeyboardModifier.AltModifier)
    window.until(lambda: window.find("caseName", QLabel).text() == "Firma 1", "the next case is shown")
    window.press(Qt.Key.Key_E, modifiers=Qt.KeyboardModifier.AltModifier)
    assert reason.text() == "", "it is the other case's"
    window.press(Qt.Key.Key_Escape, on="actReason")
    window.press(Qt.Key.Key_Up, modifiers=Qt.KeyboardModifier.AltModifier)
    window.until(lambda: window.find("caseName", QLabel).text() == "Firma 0", "the first case is shown")
    assert not window.shown("actBar")
    window.press(Qt.Key.Key_E, modifiers=Qt.KeyboardModifier.AltModifier)
    assert reason.text() == "waiting for the court"
    window.press(Qt.Key.Key_Return, on="actReason")
    window.until(lambda: "Escalated" in flags(window), "it is escalated")
    window.press(Qt.Key.Key_H, modifiers=SHIFT)
    assert reason.text() == ""


def test_a_note_names_a_colleague_who_finds_it_in_the_queue(open_window: OpenWindow, world: World) -> None:
    world.staff()
    piotr = world.staff("piotr")
    company_id = world.customer().submitted()
    expect(piotr.call("PUT", f"staff/companies/{company_id}/look"), 204)
    window = open_window("anna")
    window.sign_in(password=PASSWORD)
    window.open_case(0)
    window.press(Qt.Key.Key_N, modifiers=SHIFT)
    window.until(window.widget("noteText").hasFocus, "the note can be written")
    window.until(lambda: _choose(window, "mention", "mention_piotr"), "colleagues are known")
    window.type_into("noteText", "please look")
    assert window.find("noteText", QPlainTextEdit).toPlainText() == "@piotr please look"
    window.click("addNote")
    his = open_window("piotr")
    his.sign_in("piotr", PASSWORD)
    his.until(lambda: str(his.queue.index(0, QueueColumn.NEWS).data()) == "You are named", "he finds it")


def _choose(window: RealWindow, button: str, action: str) -> bool:
    try:
        window.choose(button, action)
    except AssertionError:
        return False
    return True


def test_the_history_shows_only_what_is_asked_for(signed_in: RealWindow) -> None:
    window = signed_in
    window.open_case(0)
    window.click("claim")
    window.until(lambda: window.shown("release"), "the case is mine")
    window.click("toggleHistory")
    listed = window.widget("historyView")

    def texts() -> list[str]:
        return [one.text() for one in listed.findChildren(QLabel) if one.isVisible()]

    window.until(lambda: any("Case claimed" in text for text in texts()), "everything is shown")
    assert any("Submitted" in text for text in texts())
    window.choose("historyFilter", "history_staff")
    window.until(lambda: any("Case claimed" in text for text in texts()), "staff's acts are shown")
    assert not any("Submitted" in text for text in texts())
    window.choose("historyFilter", "history_customer")
    window.until(lambda: any("Submitted" in text for text in texts()), "the customer's acts are shown")
    assert not any("Case claimed" in text for text in texts())
    assert isinstance(listed, QWidget)
