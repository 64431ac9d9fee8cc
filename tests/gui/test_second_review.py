# SPDX-License-Identifier: AGPL-3.0-or-later
"""Where the setting asks for it, an approval is confirmed by a second person, never by the first one again."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel

from reviewer_app.backend.kit.settings import SecondReview
from reviewer_app.models.queue.columns import QueueColumn
from tests.gui.real_desk import OpenWindow, RealWindow, engine, make_world, open_window, world_pool
from tests.support.world import PASSWORD, World, WorldMaker

__all__ = ["engine", "make_world", "open_window", "world_pool"]
SHIFT = Qt.KeyboardModifier.ShiftModifier


@pytest.fixture
def world(make_world: WorldMaker) -> World:
    """A world in which each approval needs a second person."""
    return make_world(second_review=SecondReview.ALWAYS)


def claimed(open_window: OpenWindow, username: str) -> RealWindow:
    """A window on the one case, claimed by a person, with all documents accepted."""
    window = open_window(username)
    window.sign_in(username, PASSWORD)
    window.until(lambda: window.queue.index(0, QueueColumn.FLAGS).data() == "Second review", "the row says so")
    window.open_case(0)
    window.press(Qt.Key.Key_C, on="pageArea")
    window.until(lambda: window.widget("customerNote").isEnabled(), "the case is claimed")
    window.press(Qt.Key.Key_A, on="pageArea", modifiers=SHIFT)
    return window


def words(window: RealWindow) -> str:
    panel = window.widget("decisionPanel")
    return " | ".join(one.text() for one in panel.findChildren(QLabel) if one.isVisible())


def test_an_approval_waits_for_another_person_and_is_never_confirmed_by_the_first(
    open_window: OpenWindow, world: World
) -> None:
    anna, piotr = world.staff(), world.staff("piotr")
    company_id = world.customer().submitted()
    anna.approve(company_id)
    assert piotr.detail(company_id)["state"] == "pending_verification"
    hers = claimed(open_window, "anna")
    hers.until(lambda: "another person" in words(hers), "it is told why she cannot")
    assert not hers.widget("outcome_approve").isEnabled()
    hers.press(Qt.Key.Key_C, on="pageArea", modifiers=SHIFT)
    hers.until(lambda: piotr.detail(company_id)["assignee"] is None, "she lets it go")
    his = claimed(open_window, "piotr")
    his.click("outcome_approve")
    his.click("confirmDecision")
    his.until(lambda: piotr.detail(company_id)["state"] == "approved", "the second approval counts")
