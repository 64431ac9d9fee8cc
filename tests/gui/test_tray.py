# SPDX-License-Identifier: AGPL-3.0-or-later
"""What is meant for the person is told in the window, and by the tray when the window is not looked at."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QSystemTrayIcon, QToolButton

from reviewer_app.app.tray import Tray
from reviewer_app.contract.permissions import StaffRole
from reviewer_app.store.errors import StoreUnwritable
from reviewer_app.views.common.actions import ActionId
from reviewer_app.views.common.messages import MessageBar
from tests.gui.real_desk import OpenWindow, RealWindow, companies, engine, make_world, open_window, world, world_pool
from tests.support.world import PASSWORD, Reviewer, World, expect

__all__ = ["engine", "make_world", "open_window", "world", "world_pool"]
without_tray = pytest.mark.qt_log_ignore("systemTrayWindowChanged", extend=True)  # the offscreen platform has none


@contextmanager
def tray_of(window: RealWindow) -> Iterator[Tray]:
    tray = Tray(window.main)
    try:
        yield tray
    finally:
        tray.close()


def at_work(open_window: OpenWindow, folder: str = "desk") -> RealWindow:
    window = open_window(folder)
    window.sign_in(password=PASSWORD)
    window.until(lambda: window.shown("queueViews"), "the queue is grown")
    desk = window.application.desk
    assert desk is not None
    scope = desk.session.scope
    window.until(lambda: desk.queue_work.told.until(scope) is not None, "the window listens")
    return window


def said(window: RealWindow) -> str:
    return window.find("messageBar", MessageBar).text() if window.shown("messageBar") else ""


def is_said(window: RealWindow, text: str) -> bool:
    return text in said(window)


def note(author: Reviewer, company_id: str, text: str) -> None:
    expect(author.post(f"companies/{company_id}/notes", {"text": text}), 204)


@without_tray
def test_an_answered_case_is_told_only_when_the_window_is_not_in_front(open_window: OpenWindow, world: World) -> None:
    anna, jan = world.staff(), world.customer()
    company_id = jan.submitted()
    window = open_window()
    window.sign_in(password=PASSWORD)
    window.until(lambda: window.shown("queueViews"), "the queue is grown")
    with tray_of(window) as tray:
        window.main.noticed.emit("answered", "somebody", "In front", "")
        assert tray.last_told == ""
        expect(anna.decide(company_id, anna.correction(company_id, anna.claim(company_id))), 201)
        window.click("queueFilter_all")
        window.open_case(0)
        state = window.find("caseState", QLabel)
        window.until(lambda: state.text() == "Correction requested", "the case waits for its customer")
        window.main.hide()
        expect(jan.upload("authorization"), 201)
        expect(jan.submit(), 200)
        window.until(lambda: tray.last_told == company_id, "the answer is told")
        window.main.show()


@without_tray
def test_a_mention_is_told_by_tray_and_bar_and_leads_to_the_note(open_window: OpenWindow, world: World) -> None:
    world.staff()
    piotr, company_id = world.staff("piotr"), world.customer().submitted()
    window = at_work(open_window)
    with tray_of(window) as tray:
        window.main.hide()
        note(piotr, company_id, "@anna czy pieczęć jest czytelna?")
        window.until(lambda: tray.last_told == company_id, "the mention is told")
        window.main.show()
    assert said(window).startswith("Piotr Lis names you in a note: Żółw i Syn")
    window.click("messageBarAction")
    window.until(lambda: window.shown("noteText"), "the notes of the case are shown")
    assert said(window) == ""


def test_a_note_that_names_somebody_else_is_not_told(open_window: OpenWindow, world: World) -> None:
    world.staff()
    piotr, company_id = world.staff("piotr"), world.customer().submitted()
    window = at_work(open_window)
    note(piotr, company_id, "@piotr do siebie")
    note(piotr, company_id, "@anna do ciebie")
    heard: list[str] = []
    window.main.noticed.connect(lambda kind, *_: heard.append(kind))
    note(piotr, company_id, "@anna jeszcze raz")
    window.until(lambda: heard[-1:] == ["mentioned"], "the last note is told")
    assert set(heard) == {"mentioned"}
    assert len(heard) <= 2


def test_what_came_while_nobody_was_signed_in_is_told_at_the_next_sign_in_and_once(
    open_window: OpenWindow, world: World
) -> None:
    world.staff()
    piotr, company_id = world.staff("piotr"), world.customer().submitted()
    window = at_work(open_window)
    heard: list[str] = []
    window.main.noticed.connect(lambda kind, *_: heard.append(kind))
    for so_far in (1, 2):
        window.main.actions_registry[ActionId.SIGN_OUT].trigger()
        window.until(lambda: window.shown("password"), "nobody is signed in")
        note(piotr, company_id, f"@anna dokończ, proszę ({so_far})")
        window.sign_in(password=PASSWORD)
        window.until(lambda: "Piotr Lis names you" in said(window), "the mention is told")
        assert heard == ["mentioned"] * so_far


def test_a_case_that_a_supervisor_gives_is_told_to_who_gets_it(open_window: OpenWindow, world: World) -> None:
    world.staff()
    maria, company_id = world.staff("maria", StaffRole.SUPERVISOR), world.customer().submitted()
    window = at_work(open_window)
    people = {one["username"]: one["id"] for one in expect(maria.call("GET", "staff/people"), 200)["items"]}
    companies = {company_id: maria.detail(company_id)["version"]}
    expect(maria.post("companies/bulk", {"act": "assign", "companies": companies, "assignee_id": people["anna"]}), 200)
    window.until(lambda: said(window).startswith("Maria Lis gave you a case: Żółw"), "it is told")
    window.click("messageBarAction")
    window.until(lambda: window.shown("caseHeader"), "the case is shown")


def test_several_messages_are_counted_listed_and_none_pushes_another_out(open_window: OpenWindow, world: World) -> None:
    world.staff()
    piotr = world.staff("piotr")
    ids = companies(world)
    window = at_work(open_window)
    for number, company_id in enumerate(ids):
        note(piotr, company_id, f"@anna {number}")
        window.until(partial(is_said, window, f"Firma {number}"), "it is told")
    listed = window.find("messageList", QToolButton)
    assert (listed.text(), listed.isVisible()) == ("3 messages", True)
    window.main.show_failure(StoreUnwritable(Path("desk"), "full"))
    assert not listed.isVisible(), "a failure is said alone"
    window.click("messageBarClose")
    assert "Firma 2" in said(window), "and what was meant for the person comes back"
    window.click("messageBarClose")
    assert "Firma 1" in said(window)
    assert listed.text() == "2 messages"
    listed.menu().aboutToShow.emit()
    entries = [action for action in listed.menu().actions() if "Firma" in action.text()]
    assert ["Firma 1" in entries[0].text(), "Firma 0" in entries[1].text()] == [True, True]
    entries[1].trigger()
    window.until(lambda: window.shown("noteText"), "the notes of the case are shown")
    window.until(lambda: window.find("caseName", QLabel).text() == "Firma 0", "of the case chosen")
    assert "Firma 1" in said(window)
    assert not listed.isVisible()


def sign(window: RealWindow) -> QSystemTrayIcon:
    found = window.main.findChild(QSystemTrayIcon)
    assert found is not None
    return found


@without_tray
def test_the_sign_brings_the_window_as_it_was_left_and_only_the_message_leads_to_its_notes(
    open_window: OpenWindow, world: World
) -> None:
    world.staff()
    piotr = world.staff("piotr")
    companies(world, 2)
    window = at_work(open_window)
    window.open_case(1)
    named = window.names()[0]
    with tray_of(window) as tray:
        window.main.hide()
        note(piotr, str(next(one["id"] for one in piotr.queue() if one["name"] == named)), "@anna spójrz, proszę")
        window.until(lambda: tray.last_told, "the mention is told")
        window.main.setWindowState(Qt.WindowState.WindowMaximized | Qt.WindowState.WindowMinimized)
        sign(window).activated.emit(QSystemTrayIcon.ActivationReason.Trigger)
        window.until(window.main.isVisible, "the window is there")
        assert window.main.isMaximized()
        assert not window.main.isMinimized()
        assert window.find("caseName", QLabel).text() == "Firma 1", "the case in hand stays"
        sign(window).messageClicked.emit()
        window.until(lambda: window.find("caseName", QLabel).text() == named, "the case of the note is shown")
        assert window.shown("noteText")
        assert said(window) == ""
