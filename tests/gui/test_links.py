# SPDX-License-Identifier: AGPL-3.0-or-later
"""A link to a case, or a row, that leads to nothing: that is said, and what is in hand stays what keys act on."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QWidget

from tests.gui.conftest import Window


def said(window: Window) -> str:
    return " ".join(one.text() for one in window.widget("caseEmpty").findChildren(QLabel))


def test_a_link_to_no_case_says_so_and_leads_back(desk_window: Window) -> None:
    desk_window.until(lambda: desk_window.shown("queueViews"), "the queue is grown")
    desk_window.application.open_company("nowhere")
    desk_window.until(lambda: desk_window.shown("caseEmpty"), "the answer is there")
    assert "There is no such case" in said(desk_window)
    desk_window.click("caseEmptyAction")
    desk_window.until(lambda: desk_window.shown("queueTable"), "the queue is shown")
    assert not desk_window.shown("messageBar")


def test_until_the_first_case_comes_nothing_is_said_of_cases(desk_window: Window) -> None:
    desk_window.until(lambda: desk_window.shown("queueViews"), "the queue is grown")
    row = desk_window.queue.row_at(0)
    assert row is not None
    desk_window.application.open_company(row.id)
    assert desk_window.find("caseView", QWidget).isVisible()
    assert not desk_window.shown("caseEmpty")


def test_after_a_link_to_no_case_keys_are_for_the_case_in_hand(desk_window: Window) -> None:
    desk_window.until(lambda: desk_window.shown("queueViews"), "the queue is grown")
    desk_window.open_case(0)
    name = desk_window.find("caseName", QLabel).text()
    desk_window.application.open_company("nowhere")
    desk_window.until(lambda: desk_window.shown("caseEmpty"), "the answer is there")
    desk_window.click("navigateCase")
    desk_window.until(lambda: desk_window.shown("caseHeader"), "the case in hand is shown again")
    assert desk_window.find("caseName", QLabel).text() == name
    desk_window.press(Qt.Key.Key_C, on="pageArea")
    desk_window.until(lambda: desk_window.shown("release"), "it is claimed")
    assert desk_window.find("caseName", QLabel).text() == name
