# SPDX-License-Identifier: AGPL-3.0-or-later
"""Printing a document: who printed it, when and for which company is on every page and in the history of the case."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import pymupdf
import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QPdfWriter
from PySide6.QtPrintSupport import QPrintDialog
from PySide6.QtWidgets import QComboBox, QLabel, QLineEdit

from reviewer_app.contract.working_time import polish_zone
from reviewer_app.views.case.case_view import CaseView
from reviewer_app.views.common.messages import MessageBar
from tests.gui.conftest import Driver, Window
from tests.gui.real_desk import OpenWindow, RealWindow, engine, make_world, open_window, world, world_pool
from tests.support.world import PASSWORD, World, expect, pdf

__all__ = ["engine", "make_world", "open_window", "world", "world_pool"]
NAME = "Zażółć Systemy Komputerowe S.A."


def ask_for_pages(window: Driver, pages: str) -> None:
    """Write which pages are to be printed; all of them stand there to begin with."""
    window.press(Qt.Key.Key_P, on="pageArea", modifiers=Qt.KeyboardModifier.ControlModifier)
    window.until(window.widget("printPages").hasFocus, "the pages are asked for")
    if pages:
        window.press(Qt.Key.Key_Delete, on="printPages")
        window.type_into("printPages", pages)


def start_print(window: Driver, path: Path, pages: str = "") -> None:
    """Print pages, by default all, into a file, as the dialog of the system does it."""
    ask_for_pages(window, pages)
    window.press(Qt.Key.Key_Return, on="printPages")
    window.until(lambda: window.main.findChild(QPrintDialog, "printDialog"), "the printer is asked for")
    dialog = window.find("printDialog", QPrintDialog)
    printers = dialog.findChild(QComboBox, "printers")
    field = dialog.findChild(QLineEdit, "filename")
    assert printers is not None
    assert field is not None
    printers.setCurrentIndex(printers.count() - 1)
    field.setText(str(path))
    dialog.accept()


@pytest.fixture
def case_window(open_window: OpenWindow, world: World) -> tuple[RealWindow, str]:
    """A window on a case whose first document has three pages."""
    world.staff()
    jan = world.customer()
    jan.create(name=NAME)
    for kind in ("registry_extract", "authorization"):
        expect(jan.upload(kind, pdf(kind, 3)), 201)
    company_id = expect(jan.submit(), 200)["id"]
    window = open_window()
    window.sign_in(password=PASSWORD)
    window.open_case(0)
    model = window.find("caseView", CaseView).viewer.model
    window.until(lambda: model.page_count == 3, "the document is open")
    return window, company_id


def prints(world: World, company_id: str) -> list[tuple[str, str]]:
    """Kind and pages of each print in the history, the newest last."""
    items = expect(world.staff().call("GET", f"staff/companies/{company_id}/history"), 200)["items"]
    told = [one for one in items if one["kind"].startswith("document_print")]
    told.sort(key=lambda one: one["at"])
    return [(one["kind"], one["details"]["pages"]) for one in told]


def test_just_the_pages_named_are_printed_and_recorded(
    case_window: tuple[RealWindow, str], world: World, tmp_path: Path
) -> None:
    window, company_id = case_window
    path = tmp_path / "paper.pdf"
    start_print(window, path, "3, 1")
    bar = window.find("messageBar", MessageBar)
    window.until(lambda: "2 pages printed" in bar.text(), "the pages are printed")
    with pymupdf.open(path) as printed:
        texts = [page.get_text() for page in printed.pages()]
    assert ["page 1 of 3" in texts[0], "page 3 of 3" in texts[1], len(texts)] == [True, True, 2]
    wanted = [("document_print_begun", "1, 3"), ("document_printed", "1, 3")]
    window.until(lambda: prints(world, company_id) == wanted, "the history names just these pages")


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("2,7-9", "There is no page 7: the last one is 3."),
        ("2-9", "There is no page 9: the last one is 3."),
        ("3-1", "“3-1” is not a page or a range. Write pages as 1, 3, 5-7."),
        ("1,x", "“x” is not a page or a range. Write pages as 1, 3, 5-7."),
        (" ", "“” is not a page or a range. Write pages as 1, 3, 5-7."),
    ],
)
def test_pages_that_cannot_be_printed_are_named_and_the_rest_waits(
    case_window: tuple[RealWindow, str], world: World, written: str, said: str
) -> None:
    window, company_id = case_window
    ask_for_pages(window, written)
    window.click("printGo")
    window.until(lambda: window.find("printProblem", QLabel).text() == said, "it is told what is wrong")
    assert window.main.findChild(QPrintDialog, "printDialog") is None
    assert window.widget("printPages").hasFocus()
    window.press(Qt.Key.Key_Escape, on="printPages")
    assert not window.shown("printBar")
    assert window.widget("pageArea").hasFocus()
    assert prints(world, company_id) == []


@pytest.mark.qt_log_ignore("QPainter::begin", extend=True)  # what Qt says of a device that takes nothing
def test_a_print_that_fails_is_not_told_as_printed(
    case_window: tuple[RealWindow, str], world: World, tmp_path: Path
) -> None:
    window, company_id = case_window
    nowhere = QPdfWriter(str(tmp_path / "no such folder" / "paper.pdf"))
    window.find("caseView", CaseView).viewer.printing.print_on(nowhere, (1, 2))
    bar = window.find("messageBar", MessageBar)
    window.until(lambda: "did not take the pages" in bar.text(), "the failure is told")
    wanted = [("document_print_begun", "1–2"), ("document_print_failed", "–")]
    window.until(lambda: prints(world, company_id) == wanted, "the history is honest")
    window.click("toggleHistory")
    window.until(lambda: "broken off" in _history(window), "and says so on the screen")


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
    window.until(lambda: len(prints(world, company_id)) == 2, "the history says how it ended")
    history = expect(anna.call("GET", f"staff/companies/{company_id}/history"), 200)["items"]
    (entry,) = [one for one in history if one["kind"] == "document_print_begun"]
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
