# SPDX-License-Identifier: AGPL-3.0-or-later
"""Languages and themes: switched in the open window, nothing cut off on a small screen, contrast as WCAG AA asks."""

from __future__ import annotations

import itertools

import pytest
from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QColor, QFontMetrics, QImage, QPalette
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QTextBrowser,
    QWidget,
)

from reviewer_app.models.queue.columns import QueueColumn
from reviewer_app.views.case.case_view import CaseView
from reviewer_app.views.common.labels import ElidedLabel
from reviewer_app.views.common.painting import with_tabular_figures
from reviewer_app.views.common.tokens import DARK, LIGHT, Colours
from reviewer_app.views.document.page_area import PageArea
from reviewer_app.views.queue.table import QueueTable
from reviewer_app.views.shell.top_bar import TopBar
from reviewer_app.views.style import palette_of
from tests.gui.conftest import SMALL_SCREEN, WAIT_MS, Window

AA_TEXT = 4.5
AA_SHAPE = 3.0


@pytest.mark.parametrize("language", ["pl", "en"])
def test_no_words_are_cut_off_on_a_small_screen(desk_window: Window, language: str) -> None:
    window = desk_window
    _choose_language(window, language)
    _nothing_is_cut_off(window)
    window.open_case()
    window.click("claim")
    window.until(lambda: window.shown("release"), "the case is mine")
    window.click("reason_extract_too_old")
    _nothing_is_cut_off(window)
    window.click("outcome_request_correction")
    window.until(lambda: window.shown("mailPreview"), "the mail is shown")
    _nothing_is_cut_off(window)
    window.click("toggleHistory")
    _nothing_is_cut_off(window)
    assert (window.main.width(), window.main.height()) == SMALL_SCREEN


def test_the_language_is_switched_in_the_open_window(desk_window: Window) -> None:
    window = desk_window
    assert window.find("nextCase", QAbstractButton).text() == "Next case"
    _choose_language(window, "pl")
    assert window.find("nextCase", QAbstractButton).text() == "Następna sprawa"
    assert window.queue.headerData(0, Qt.Orientation.Horizontal) == "Firma"
    assert window.find("queueCount", QLabel).text() == "10 spraw"


def test_after_a_switch_the_servers_texts_are_asked_for_in_the_new_language(desk_window: Window) -> None:
    window = desk_window
    window.open_case()
    with window.bot.waitSignal(window.find("caseView", CaseView).header.model.changed, timeout=WAIT_MS):
        _choose_language(window, "pl")


def test_the_theme_is_switched_in_the_open_window(desk_window: Window) -> None:
    window = desk_window
    light = window.main.grab().toImage()
    window.find("topBar", TopBar).theme_chosen.emit("dark")
    window.until(lambda: _ground(window.main.grab().toImage()) == QColor(DARK.surface), "the window is dark")
    assert _ground(light) == QColor(LIGHT.surface)


@pytest.mark.parametrize("language", ["pl", "en"])
def test_the_queue_shows_whole_numbers_and_dates_on_a_small_screen(desk_window: Window, language: str) -> None:
    window = desk_window
    _choose_language(window, language)
    table = window.find("queueTable", QueueTable)
    room = 20
    figures = with_tabular_figures(table.font())
    for column in (QueueColumn.NIP, QueueColumn.FORM, QueueColumn.NEWS):
        for row in range(window.queue.rowCount()):
            words = str(window.queue.index(row, column).data())
            assert QFontMetrics(figures).horizontalAdvance(words) <= table.columnWidth(column) - room, words
    assert not table.horizontalScrollBar().isVisible()


def test_paper_lies_on_a_ground_of_another_colour(desk_window: Window) -> None:
    window = desk_window
    window.open_case()
    area = window.find("pageArea", PageArea)
    assert _ground(area.viewport().grab().toImage()) == QColor(LIGHT.desk)


@pytest.mark.parametrize("colours", [LIGHT, DARK])
def test_text_stands_out_from_every_ground_it_is_set_on(colours: Colours) -> None:
    plain = itertools.product(
        (colours.ink, colours.muted), (colours.surface, colours.canvas, colours.hover, colours.selected)
    )
    toned = [
        (colours.success, colours.success_tint),
        (colours.warning, colours.warning_tint),
        (colours.danger, colours.danger_tint),
        (colours.accent, colours.info_tint),
        (colours.on_accent, colours.accent),
        (colours.on_accent, colours.accent_hover),
        (colours.accent, colours.surface),
        (colours.danger, colours.surface),
        (colours.warning, colours.surface),
        (colours.success, colours.surface),
    ]
    low = [pair for pair in [*plain, *toned] if _contrast(*pair) < AA_TEXT]
    assert low == []


@pytest.mark.parametrize("colours", [LIGHT, DARK])
def test_the_palette_keeps_the_contrast_too_and_edges_and_focus_stand_out(colours: Colours) -> None:
    palette, role = palette_of(colours), QPalette.ColorRole
    texts = [
        (role.WindowText, role.Window),
        (role.Text, role.Base),
        (role.Text, role.AlternateBase),
        (role.ButtonText, role.Button),
        (role.ToolTipText, role.ToolTipBase),
        (role.HighlightedText, role.Highlight),
        (role.PlaceholderText, role.Base),
        (role.Link, role.Window),
    ]
    low = [pair for pair in texts if _contrast(*(palette.color(one).name() for one in pair)) < AA_TEXT]
    assert low == []
    grounds = (colours.surface, colours.canvas, colours.field, colours.desk)
    focus = [(colours.accent, ground) for ground in grounds]
    edges = [(colours.line_strong, colours.surface), (colours.line_strong, colours.field)]
    faint = [pair for pair in [*focus, *edges] if _contrast(*pair) < AA_SHAPE]
    assert faint == []


def test_whatever_can_be_used_has_a_name_for_a_screen_reader(desk_window: Window) -> None:
    window = desk_window
    assert _nameless(window.main) == []
    window.open_case()
    window.click("claim")
    window.until(lambda: window.shown("release"), "the case is mine")
    window.click("reason_other")
    assert _nameless(window.main) == []
    window.click("toggleHistory")
    assert _nameless(window.main) == []


def _nameless(root: QWidget) -> list[str]:
    kinds = (QAbstractButton, QLineEdit, QPlainTextEdit, QAbstractItemView, QTextBrowser)
    found = [widget for kind in kinds for widget in root.findChildren(kind)]
    return [
        f"{type(widget).__name__} {widget.objectName()}"
        for widget in found
        if widget.isVisible()
        and widget.focusPolicy() is not Qt.FocusPolicy.NoFocus
        and not (widget.accessibleName() or (isinstance(widget, QAbstractButton) and widget.text()))
    ]


def _choose_language(window: Window, language: str) -> None:
    window.find("topBar", TopBar).language_chosen.emit(language)
    words = {"pl": "Kolejka", "en": "Queue"}[language]
    window.until(lambda: window.find("navigateQueue", QAbstractButton).text() == words, "the language is there")


def test_no_other_window_flashes_up_while_screens_are_made(window: Window) -> None:
    watch = _Windows()
    window.application_object().installEventFilter(watch)
    window.sign_in()
    window.open_case()
    window.application_object().removeEventFilter(watch)
    assert watch.shown == []


class _Windows(QObject):
    """Notes every window that is shown."""

    def __init__(self) -> None:
        super().__init__()
        self.shown: list[str] = []

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 -- the name is Qt's
        if event.type() == QEvent.Type.Show and isinstance(watched, QWidget) and watched.isWindow():
            self.shown.append(f"{type(watched).__name__} {watched.objectName()}")
        return False


def _nothing_is_cut_off(window: Window) -> None:
    """Assert it once the layout that is due has been done."""

    def holds() -> None:
        assert _cut_off(window.main) == []

    window.bot.waitUntil(holds, timeout=WAIT_MS)


def _cut_off(root: QWidget) -> list[str]:
    """List labels and buttons that are too narrow or too low for their words."""
    found = []
    worded: list[QLabel | QAbstractButton] = [*root.findChildren(QLabel), *root.findChildren(QAbstractButton)]
    for widget in worded:
        words = widget.text()
        if not words or not widget.isVisible() or isinstance(widget, ElidedLabel):
            continue
        if isinstance(widget, QLabel) and widget.wordWrap():
            if widget.height() + 1 < widget.heightForWidth(widget.width()):
                found.append(f"{widget.objectName()}: {words!r} is too low")
        elif widget.width() < widget.sizeHint().width():
            found.append(f"{widget.objectName()}: {words!r} {widget.width()} < {widget.sizeHint().width()}")
    return found


def _ground(picture: QImage) -> QColor:
    return picture.pixelColor(4, 4)


def _contrast(one: str, other: str) -> float:
    lighter, darker = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def _luminance(colour: str) -> float:
    shares = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    red, green, blue = [share / 12.92 if share <= 0.04045 else ((share + 0.055) / 1.055) ** 2.4 for share in shares]
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
