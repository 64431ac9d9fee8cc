# SPDX-License-Identifier: AGPL-3.0-or-later
"""Words that are read in one piece: the kind of the document shown, and the number of an authorization."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot

from reviewer_app.views.common.labels import WordsLabel
from tests.gui.real_desk import OpenWindow, companies, engine, make_world, open_window, world, world_pool
from tests.support.world import PASSWORD, World

__all__ = ["engine", "make_world", "open_window", "world", "world_pool"]
NUMBER = "UP-2026-000017-C5"


def test_the_kind_of_the_document_is_read_whole_on_a_small_screen(open_window: OpenWindow, world: World) -> None:
    world.staff()
    companies(world, 1)
    window = open_window(language="pl")
    window.sign_in(password=PASSWORD)
    window.open_case(0)
    title = window.find("documentTitle", QLabel)
    window.until(lambda: " · " in title.text(), "a document is shown")
    kind = title.text().split(" · ")[0]
    assert kind == "Odpis z KRS lub wydruk z CEIDG"
    assert title.fontMetrics().horizontalAdvance(f"{kind} ·…") <= title.width()


def test_the_number_of_an_authorization_stays_on_its_line_and_is_copied_as_it_is(qtbot: QtBot) -> None:
    label = WordsLabel()
    label.show_words(NUMBER)
    qtbot.addWidget(label)
    label.show()
    assert (
        label.heightForWidth(label.fontMetrics().horizontalAdvance("UP-2026-000017-"))
        < 2 * label.fontMetrics().height()
    )
    label.setSelection(0, len(label.text()))
    QTest.keyClick(label, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert QApplication.clipboard().text() == NUMBER
    assert label.accessibleName() == NUMBER


def test_a_long_word_pushes_no_button_out_of_its_panel(open_window: OpenWindow, world: World) -> None:
    world.staff()
    name = "Ż" * 75
    world.customer().submitted(name=name)
    window = open_window()
    window.sign_in(password=PASSWORD)
    window.open_case(0)
    window.until(lambda: window.shown("copy_name"), "the values are shown")
    button = window.widget("copy_name")
    window.until(lambda: button.visibleRegion().boundingRect().size() == button.size(), "the button is seen whole")
    window.click("copy_name")
    assert QApplication.clipboard().text() == name
