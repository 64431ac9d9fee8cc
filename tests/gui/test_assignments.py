# SPDX-License-Identifier: AGPL-3.0-or-later
"""Whose case it is to do, at the desk: given in the queue and in the case, shown, and claimed over only after a warning."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QAbstractButton, QLabel, QToolButton

from reviewer_app.contract.permissions import StaffRole
from reviewer_app.models.queue.columns import QueueColumn
from reviewer_app.views.common.actions import ActionId
from reviewer_app.views.common.messages import MessageBar
from reviewer_app.views.queue.table import QueueTable
from tests.gui.real_desk import (
    OpenWindow,
    RealWindow,
    companies,
    engine,
    make_world,
    open_window,
    signed_in,
    world,
    world_pool,
)
from tests.support.world import PASSWORD, World, expect

__all__ = ["engine", "make_world", "open_window", "signed_in", "world", "world_pool"]


def give(world: World, username: str, *ids: str) -> None:
    """A supervisor gives cases to a person."""
    maria = world.staff("maria", StaffRole.SUPERVISOR)
    person = next(one for one in expect(maria.call("GET", "staff/people"), 200)["items"] if one["username"] == username)
    versions = {company_id: maria.detail(company_id)["version"] for company_id in ids}
    items = expect(
        maria.post("companies/bulk", {"act": "assign", "companies": versions, "assignee_id": person["id"]}), 200
    )
    assert all(one["done"] for one in items["items"])


def who(window: RealWindow, place: int) -> str:
    return str(window.queue.index(place, QueueColumn.ASSIGNEE).data())


def id_at(window: RealWindow, place: int) -> str:
    row = window.queue.row_at(place)
    assert row is not None
    return row.id


def select_all(window: RealWindow) -> None:
    window.find("queueTable", QueueTable).selectAll()


def people_offered(window: RealWindow, button: str) -> int:
    menu = window.find(button, QToolButton).menu()
    menu.aboutToShow.emit()
    return len(menu.actions())


def test_a_supervisor_gives_cases_and_takes_them_back_but_none_that_is_worked_on(
    open_window: OpenWindow, world: World
) -> None:
    world.staff()
    world.staff("maria", StaffRole.SUPERVISOR)
    ids = companies(world)
    world.staff("piotr").claim(ids[1])
    window = open_window()
    window.sign_in("maria", PASSWORD)
    window.until(lambda: window.shown("queueViews"), "the queue is grown")
    select_all(window)
    window.until(lambda: people_offered(window, "bulkAssign") > 3, "colleagues are known")
    window.choose("bulkAssign", "assign_anna")
    window.until(lambda: who(window, 0) == "Assigned to Anna Lis", "the case is anna's")
    assert [who(window, place) for place in (1, 2)] == ["Piotr Lis", "Assigned to Anna Lis"]
    assert "Firma 1" in window.find("messageBar", MessageBar).text()
    hint = window.queue.index(0, QueueColumn.ASSIGNEE).data(Qt.ItemDataRole.ToolTipRole)
    assert hint.startswith("Assigned to Anna Lis by Maria Lis, ")
    select_all(window)
    window.choose("bulkAssign", "assign_nobody")
    window.until(lambda: who(window, 0) == "—", "it is nobody's again")
    assert who(window, 1) == "Piotr Lis"


def test_what_is_assigned_to_me_is_a_chip_and_comes_next(signed_in: RealWindow) -> None:
    window = signed_in
    ids = [id_at(window, place) for place in range(3)]
    give(window.world, "anna", ids[2])
    chip = window.find("queueFilter_assigned", QAbstractButton)
    window.until(lambda: chip.text() == "Assigned to me  1", "the count follows")
    assert window.find("queueFilter_free", QAbstractButton).text() in {"Free  3", "Free  2"}
    window.click("queueFilter_assigned")
    window.until(lambda: window.names() == ["Firma 2"], "the view is shown")
    window.click("nextCase")
    window.until(lambda: window.find("caseName", QLabel).text() == "Firma 2", "mine comes before what waits longer")
    window.until(lambda: window.find("caseHolder", QLabel).text() == "You hold this case\nAssigned to you", "both told")
    window.choose("caseActs", "caseAssign")
    nobody = window.main.findChild(QAction, "caseAssign_nobody")
    assert nobody is not None
    nobody.trigger()
    window.until(lambda: window.find("caseHolder", QLabel).text() == "You hold this case", "it is given back")


def test_a_colleagues_case_is_claimed_only_after_a_warning(signed_in: RealWindow) -> None:
    window = signed_in
    window.world.staff("piotr")
    company_id = id_at(window, 0)
    give(window.world, "piotr", company_id)
    window.until(lambda: who(window, 0) == "Assigned to Piotr Lis", "the row follows")
    window.open_case(0)
    window.until(lambda: window.find("caseHolder", QLabel).text() == "Assigned to Piotr Lis", "the case says whose")
    window.press(Qt.Key.Key_C, on="pageArea")
    bar = window.find("assignedBar", MessageBar)
    window.until(lambda: bar.text().startswith("This case is assigned to Piotr Lis (by Maria Lis, "), "it warns")
    assert window.world.staff("piotr").detail(company_id)["assignee"] is None
    window.press(Qt.Key.Key_Space, on="assignedBarAction")
    window.until(lambda: window.widget("customerNote").isEnabled(), "the case is claimed")
    assert bar.text() == ""
    assert window.find("caseHolder", QLabel).text() == "You hold this case\nAssigned to Piotr Lis"


@pytest.mark.parametrize("given", [False, True])
def test_a_case_with_a_decision_on_its_way_is_given_to_nobody(
    open_window: OpenWindow, world: World, given: bool
) -> None:
    anna = world.staff()
    world.staff("maria", StaffRole.SUPERVISOR)
    company_id = world.customer().submitted()
    window = open_window("maria", hold_seconds=60)
    window.sign_in("maria", PASSWORD)
    window.open_case(0)
    window.press(Qt.Key.Key_C, on="pageArea")
    window.until(lambda: window.widget("customerNote").isEnabled(), "the case is mine")
    window.press(Qt.Key.Key_A, on="pageArea", modifiers=Qt.KeyboardModifier.ShiftModifier)
    window.click("outcome_approve")
    window.click("confirmDecision")
    window.until(lambda: window.shown("undoToast"), "the decision is held")
    if given:
        assign_open_case(window, "anna")
        bar = window.find("messageBar", MessageBar)
        window.until(lambda: bar.text().startswith("A decision is on its way"), "it says why not")
    window.main.actions_registry[ActionId.SEND_NOW].trigger()
    window.until(lambda: anna.detail(company_id)["state"] == "approved", "the decision arrives")
    assert anna.detail(company_id)["assignment"] is None


def test_who_gives_a_case_to_themself_goes_on_with_it(open_window: OpenWindow, world: World) -> None:
    maria = world.staff("maria", StaffRole.SUPERVISOR)
    company_id = world.customer().submitted()
    window = open_window("maria")
    window.sign_in("maria", PASSWORD)
    window.open_case(0)
    window.press(Qt.Key.Key_C, on="pageArea")
    window.until(lambda: window.widget("customerNote").isEnabled(), "the case is mine")
    assign_open_case(window, "maria")
    window.until(
        lambda: window.find("caseHolder", QLabel).text() == "You hold this case\nAssigned to you", "both are told"
    )
    assert window.widget("customerNote").isEnabled()
    assert maria.detail(company_id)["assignee"]["username"] == "maria"


def assign_open_case(window: RealWindow, username: str) -> None:
    """Choose a person in the menu of the open case."""
    name = f"caseAssign_{username}"
    menu = window.find("caseActs", QToolButton).menu()
    assert menu is not None

    def offered() -> bool:
        menu.aboutToShow.emit()
        return window.main.findChild(QAction, name) is not None

    window.until(offered, "the person is offered")
    action = window.main.findChild(QAction, name)
    assert action is not None
    action.trigger()
