# SPDX-License-Identifier: AGPL-3.0-or-later
"""The notice of an answered case when the window is not looked at."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QLabel

from reviewer_app.app.tray import Tray
from tests.gui.real_desk import OpenWindow, engine, make_world, open_window, world, world_pool
from tests.support.world import PASSWORD, World, expect

__all__ = ["engine", "make_world", "open_window", "world", "world_pool"]


@pytest.mark.qt_log_ignore("systemTrayWindowChanged", extend=True)  # the offscreen platform has no tray
def test_an_answered_case_is_told_only_when_the_window_is_not_in_front(open_window: OpenWindow, world: World) -> None:
    anna, jan = world.staff(), world.customer()
    company_id = jan.submitted()
    window = open_window()
    window.sign_in(password=PASSWORD)
    window.until(lambda: window.shown("queueViews"), "the queue is grown")
    tray = Tray(window.main)
    try:
        window.main.answered.emit("somebody", "In front")
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
    finally:
        tray.close()
