# SPDX-License-Identifier: AGPL-3.0-or-later
"""A refused case is opened again by a supervisor with a reason, and by nobody else."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QLabel

from reviewer_app.contract.permissions import StaffRole
from tests.gui.real_desk import OpenWindow, RealWindow, engine, make_world, open_window, world, world_pool
from tests.support.numbers import NIPS
from tests.support.world import PASSWORD, Reviewer, World, expect

__all__ = ["engine", "make_world", "open_window", "world", "world_pool"]


def refused(world: World, anna: Reviewer) -> str:
    """A company that a reviewer refused; gives its id."""
    company_id = world.customer().submitted()
    token = anna.claim(company_id)
    body = {"outcome": "reject", "lease_token": token, "documents": [], "reasons": [{"code": "manipulation_suspected"}]}
    expect(anna.decide(company_id, body), 201)
    return company_id


def shown_to(username: str, company_id: str, open_window: OpenWindow) -> RealWindow:
    """A window in which somebody opened one of two companies, which may wait for nobody."""
    window = open_window()
    window.sign_in(username, PASSWORD)
    window.until(lambda: window.shown("queueViews"), "the queue is grown")
    window.click("queueFilter_all")
    window.until(lambda: len(window.names()) == 2, "all companies are shown")
    place = window.queue.place_of(company_id)
    assert place is not None
    window.open_case(place)
    return window


def test_a_supervisor_opens_a_refused_case_again_with_a_reason(open_window: OpenWindow, world: World) -> None:
    anna = world.staff()
    world.staff("maria", StaffRole.SUPERVISOR)
    world.customer().submitted(name="Druga", nip=NIPS[1], krs="0009990009")
    company_id = refused(world, anna)
    window = shown_to("maria", company_id, open_window)
    button = window.find("suspension", QAbstractButton)
    window.until(lambda: (button.isVisible(), button.text()) == (True, "Reopen…"), "it is offered")
    window.click("suspension")
    assert not window.find("suspensionDo", QAbstractButton).isEnabled(), "not without a reason"
    window.type_into("suspensionReason", "The seal was genuine")
    window.click("suspensionDo")
    state = window.find("caseState", QLabel)
    window.until(lambda: state.text() == "In verification", "the case waits for us again")
    history = expect(anna.call("GET", f"staff/companies/{company_id}/history"), 200)["items"]
    (entry,) = [one for one in history if one["kind"] == "reopened"]
    assert (entry["actor_name"], entry["details"]["reason"]) == ("Maria Lis", "The seal was genuine")


def test_a_reviewer_cannot_open_a_refused_case_again(open_window: OpenWindow, world: World) -> None:
    anna = world.staff()
    company_id = refused(world, anna)
    world.customer().submitted(name="Druga", nip=NIPS[1], krs="0009990009")
    window = shown_to("anna", company_id, open_window)
    window.until(lambda: window.find("caseState", QLabel).text() == "Refused", "the case is shown")
    assert not window.shown("suspension")
    window.press(Qt.Key.Key_C, on="pageArea")
    assert not window.shown("release")
