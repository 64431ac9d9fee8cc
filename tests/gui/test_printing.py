# SPDX-License-Identifier: AGPL-3.0-or-later
"""Printing a document: who printed it, when and for which company is on every page and in the history of the case."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import pymupdf
from PySide6.QtCore import Qt
from PySide6.QtPrintSupport import QPrintDialog
from PySide6.QtWidgets import QComboBox, QLabel, QLineEdit

from reviewer_app.contract.working_time import polish_zone
from reviewer_app.views.case.case_view import CaseView
from reviewer_app.views.common.messages import MessageBar
from tests.gui.conftest import Driver, Window
from tests.gui.real_desk import OpenWindow, engine, make_world, open_window, world, world_pool
from tests.support.world import PASSWORD, World, expect, pdf

__all__ = ["engine", "make_world", "open_window", "world", "world_pool"]
NAME = "Zażółć Systemy Komputerowe S.A."


def start_print(window: Driver, path: Path) -> None:
    """Print all pages into a file, as the dialog of the system does it."""
    window.press(Qt.Key.Key_P, on="pageArea", modifiers=Qt.KeyboardModifier.ControlModifier)
    window.until(lambda: window.main.findChild(QPrintDialog, "printDialog"), "the printer is asked for")
    dialog = window.find("printDialog", QPrintDialog)
    printers = dialog.findChild(QComboBox, "printers")
    field = dialog.findChild(QLineEdit, "filename")
    assert printers is not None
    assert field is not None
    printers.setCurrentIndex(printers.count() - 1)
    field.setText(str(path))
    dialog.accept()


def test_every_printed_page_names_who_printed_it_and_so_does_the_history(
    open_window: OpenWindow, world: World, tmp_path: Path
) -> None:
    anna, jan = world.staff(), world.customer()
    jan.create(name=NAME)
    expect(jan.upload("registry_extract", pdf("Odpis", 2)), 201)
    expect(jan.upload("authorization", pdf("Upoważnienie", 2)), 201)
    company_id = expect(jan.submit(), 200)["id"]
    window = open_window()
    window.sign_in(password=PASSWORD)
    window.open_case(0)
    model = window.find("caseView", CaseView).viewer.model
    window.until(lambda: model.page_count == 2, "the document is open")
    path = tmp_path / "paper.pdf"
    start_print(window, path)
    bar = window.find("messageBar", MessageBar)
    window.until(lambda: "2 pages printed" in bar.text(), "the pages are printed")
    history = expect(anna.call("GET", f"staff/companies/{company_id}/history"), 200)["items"]
    (entry,) = [one for one in history if one["kind"] == "document_printed"]
    assert entry["details"]["pages"] == "1–2"
    when = datetime.fromisoformat(entry["at"]).astimezone(polish_zone()).strftime("%Y-%m-%d %H:%M")
    with pymupdf.open(path) as printed:
        assert printed.page_count == 2
        for number, page in enumerate(printed.pages(), start=1):
            text = page.get_text()
            assert f"{NAME} · {entry['actor_name']} · {when}" in text
            assert f"page {number} of 2" in text
            lines = {line.strip(): box for *box, line in _lines(page)}
            (image,) = page.get_image_info()
            assert lines[f"Printed by {entry['actor_name']}, {when}"][1] >= image["bbox"][3], "below, on white"
    window.click("toggleHistory")
    window.until(lambda: "Submitted for review" in _history(window), "all acts are shown")
    window.choose("historyFilter", "history_prints")
    window.until(lambda: "pages: 1–2." in _history(window), "the prints are shown")
    assert "Submitted for review" not in _history(window)


def _history(window: Driver) -> str:
    return " | ".join(one.text() for one in window.widget("historyView").findChildren(QLabel) if one.isVisible())


def _lines(page: pymupdf.Page) -> list[tuple[float, float, float, float, str]]:
    blocks = page.get_text("dict")["blocks"]
    return [
        (*line["bbox"], "".join(span["text"] for span in line["spans"]))
        for block in blocks
        for line in block.get("lines", ())
    ]


def test_nothing_is_printed_that_cannot_be_recorded(desk_window: Window, tmp_path: Path) -> None:
    window = desk_window
    window.open_case(0)
    model = window.find("caseView", CaseView).viewer.model
    window.until(lambda: model.page_count > 0, "the document is open")
    window.stop_server()
    path = tmp_path / "paper.pdf"
    start_print(window, path)
    bar = window.find("messageBar", MessageBar)
    window.until(lambda: "Nothing was printed" in bar.text(), "the refusal is told")
    assert "could not be recorded" in bar.text()
    assert not path.exists()
