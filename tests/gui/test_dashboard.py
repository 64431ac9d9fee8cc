# SPDX-License-Identifier: AGPL-3.0-or-later
"""The dashboard: true numbers from the server, by person only for who may see them, and exports that can be read."""

from __future__ import annotations

import csv
import re
import zipfile
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QFileDialog, QLabel, QLineEdit, QTableWidget, QWidget

from reviewer_app.contract.permissions import StaffRole
from reviewer_app.views.common.messages import MessageBar
from reviewer_app.views.dashboard.charts import BarList, DayChart
from tests.gui.conftest import Window
from tests.gui.real_desk import OpenWindow, RealWindow, companies, engine, make_world, open_window, world, world_pool
from tests.support.numbers import NIPS
from tests.support.world import PASSWORD, World, expect

__all__ = ["engine", "make_world", "open_window", "world", "world_pool"]
CONTROL = Qt.KeyboardModifier.ControlModifier


def at_work(open_window: OpenWindow, world: World, username: str) -> RealWindow:
    """Open the dashboard after a day on which one company was approved and one sent back."""
    anna = world.staff()
    world.staff("maria", StaffRole.SUPERVISOR)
    ids = companies(world, 4)
    anna.approve(ids[0])
    expect(anna.decide(ids[1], anna.correction(ids[1], anna.claim(ids[1]))), 201)
    window = open_window()
    window.sign_in(username, PASSWORD)
    window.until(lambda: window.shown("queueViews"), "the queue is grown")
    window.press(Qt.Key.Key_D, modifiers=CONTROL)
    window.until(lambda: figure(window, "waiting") == "2", "the figures are there")
    return window


def figure(window: RealWindow, name: str) -> str:
    return window.find(f"figure_{name}", QLabel).text()


def described(window: RealWindow, kind: type[QWidget], text: str) -> bool:
    return any(text in one.accessibleDescription() for one in window.main.findChildren(kind))


def test_a_supervisor_sees_the_figures_of_the_server_and_of_each_person(
    open_window: OpenWindow, world: World, tmp_path: Path
) -> None:
    window = at_work(open_window, world, "maria")
    window.click("period_90")
    window.until(lambda: figure(window, "received") == "4", "the period holds all of it")
    assert figure(window, "decided") == "2"
    assert described(window, BarList, "under 1 working day: 2") or described(window, BarList, "working days: 2")
    assert described(window, BarList, "Not readable: 1")
    persons = window.find("personsTable", QTableWidget)
    cell = persons.item(0, 0)
    assert cell is not None
    assert (persons.rowCount(), cell.text()) == (1, "Anna Lis")
    for name in ("figures.csv", "figures.xlsx"):
        _export(window, tmp_path / name)
    text = (tmp_path / "figures.csv").read_text(encoding="utf-8-sig")
    rows = list(csv.reader(text.splitlines(), delimiter=";"))
    assert ["Received", "4"] in rows
    assert ["Anna Lis", "2", "1", "1", "0"] in rows
    with zipfile.ZipFile(tmp_path / "figures.xlsx") as book:
        assert b"Anna Lis" in book.read("xl/sharedStrings.xml")


def _export(window: RealWindow, path: Path) -> None:
    window.click("dashboardExport")
    dialog = window.find("exportDialog", QFileDialog)
    field = dialog.findChild(QLineEdit)
    assert field is not None
    assert re.fullmatch(r"reviewer(-\d{4}-\d\d-\d\d){2}(\.xlsx)?", field.text()), "a name is offered"
    field.setText(str(path))
    dialog.accept()
    bar = window.find("messageBar", MessageBar)
    window.until(lambda: path.name in bar.text(), "the file is written")


def test_a_reviewer_sees_no_persons_and_goes_back_by_key(open_window: OpenWindow, world: World) -> None:
    window = at_work(open_window, world, "anna")
    assert not window.shown("personsTable")
    window.press(Qt.Key.Key_Escape, on="dashboardView")
    window.until(lambda: window.shown("queueTable"), "the queue is shown")


def test_a_period_is_whole_days_named_by_locale_and_the_figures_shown_are_those_of_the_period_shown(
    open_window: OpenWindow, world: World
) -> None:
    window = at_work(open_window, world, "anna")
    days = window.find("dashboardView", QWidget).findChild(DayChart)
    assert days is not None
    assert days.accessibleDescription().count(";") == 29, "30 days"
    window.click("period_7")
    window.until(lambda: days.accessibleDescription().count(";") == 6, "7 days")
    today = days.accessibleDescription().split("; ")[-1]
    assert today.endswith(": received 4, decided 2")
    assert re.match(r"\d{1,2} [A-Z][a-z]{2}: ", today)
    world.customer().submitted(name="Firma 4", nip=NIPS[4], krs="0009990004")
    window.press(Qt.Key.Key_F5)
    window.until(lambda: figure(window, "received") == "5", "the figures are read anew")


def test_without_the_server_the_period_stays_that_of_the_figures(desk_window: Window) -> None:
    desk_window.until(lambda: desk_window.shown("queueViews"), "the queue is grown")
    desk_window.press(Qt.Key.Key_D, modifiers=CONTROL)
    waiting = desk_window.find("figure_waiting", QLabel)
    desk_window.until(lambda: waiting.text() != "—", "the figures are there")
    desk_window.stop_server()
    desk_window.click("period_7")
    desk_window.until(lambda: desk_window.shown("offlineBar") or desk_window.shown("messageBar"), "it is told")
    desk_window.until(lambda: desk_window.find("period_30", QAbstractButton).isChecked(), "30 days are still shown")
