# SPDX-License-Identifier: AGPL-3.0-or-later
"""Draws the cells of the queue."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QObject, QPersistentModelIndex, QPointF, QRect, QSize
from PySide6.QtGui import QFont, QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from reviewer_app.contract.states import COMPANY_STATE_TEXTS, FLAG_TEXTS
from reviewer_app.contract.working_time import DAY_SECONDS, TARGET_SECONDS
from reviewer_app.desk.rows import ActState, QueueRow
from reviewer_app.models.queue.columns import QueueColumn, cell_text, news_texts, pending_text, waiting_cell, who_text
from reviewer_app.models.queue.queue_model import QueueModel
from reviewer_app.models.texts import localized
from reviewer_app.views.common.colours import Tone, current_colours, shade
from reviewer_app.views.common.painting import (
    FLAG_TONES,
    STATE_TONES,
    Face,
    draw_dot,
    draw_pill,
    draw_text,
    pill_font,
    with_tabular_figures,
)
from reviewer_app.views.common.tokens import (
    ROW_HEIGHT,
    SIZE_SMALL,
    SPACE_1,
    SPACE_2,
    Colours,
)

Index = QModelIndex | QPersistentModelIndex
_DOT_RADIUS = 3.5
_NUMBERS = frozenset({QueueColumn.NIP, QueueColumn.ROUND})
_QUIET = frozenset({QueueColumn.FORM, QueueColumn.ROUND})
_TROUBLED = frozenset({ActState.CONFLICT, ActState.FAILED})


class _Faces:
    """The fonts of the cells, made from the table's."""

    def __init__(self, base: QFont) -> None:
        self.base = base
        self.plain = Face(base)
        self.figures = Face(with_tabular_figures(base))
        self.pill = Face(pill_font(base))
        strong, small = QFont(base), QFont(base)
        strong.setWeight(QFont.Weight.DemiBold)
        small.setPixelSize(SIZE_SMALL)
        self.strong = Face(strong)
        self.small = Face(small)


class QueueDelegate(QStyledItemDelegate):
    """One delegate for all columns: ground, then what the column shows."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._faces: _Faces | None = None

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(super().sizeHint(option, index).width(), ROW_HEIGHT)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        model = index.model()
        row = model.row_at(index.row()) if isinstance(model, QueueModel) else None
        if row is None or not isinstance(model, QueueModel):
            return
        colours, faces = current_colours(), self._faces_for(option.font)
        area: QRect = option.rect
        state: QStyle.StateFlag = option.state
        painter.save()
        _draw_ground(painter, area, state, colours, marked=row.id in model.marked)
        inner = area.adjusted(SPACE_2 + 4, 0, -SPACE_2, 0)
        column = QueueColumn(index.column())
        if column is QueueColumn.COMPANY:
            _draw_company(painter, inner, row, colours, faces)
        elif column is QueueColumn.STATE:
            chosen = bool(state & QStyle.StateFlag.State_Selected)
            words, tone = localized(COMPANY_STATE_TEXTS[row.state]), STATE_TONES[row.state]
            draw_pill(painter, inner, words, faces.pill, tone=tone, colours=colours, on_tint=chosen)
        elif column is QueueColumn.FLAGS:
            _draw_flags(painter, inner, row, colours, faces)
        elif column is QueueColumn.CHECKS:
            _draw_checks(painter, inner, row, colours, faces)
        elif column is QueueColumn.NEWS:
            chosen = bool(state & QStyle.StateFlag.State_Selected)
            _draw_news(painter, inner, row, colours, faces, on_tint=chosen)
        elif column is QueueColumn.WAITING:
            _draw_waiting(painter, inner, (row, model.waiting.seconds(row)), colours, faces)
        elif column is QueueColumn.ASSIGNEE:
            _draw_who(painter, inner, row, colours, faces)
        else:
            quiet = column in _QUIET
            face = faces.figures if column in _NUMBERS else faces.plain
            draw_text(painter, inner, cell_text(row, column, 0), colours.muted if quiet else colours.ink, face)
        painter.restore()

    def _faces_for(self, font: QFont) -> _Faces:
        if self._faces is None or self._faces.base != font:
            self._faces = _Faces(QFont(font))
        return self._faces


def _draw_ground(painter: QPainter, area: QRect, state: QStyle.StateFlag, colours: Colours, *, marked: bool) -> None:
    if state & QStyle.StateFlag.State_Selected:
        painter.fillRect(area, shade(colours.selected))
    elif marked:
        painter.fillRect(area, shade(colours.warning_tint))
    elif state & QStyle.StateFlag.State_MouseOver:
        painter.fillRect(area, shade(colours.hover))
    painter.setPen(shade(colours.line))
    painter.drawLine(area.bottomLeft(), area.bottomRight())


def _draw_company(painter: QPainter, area: QRect, row: QueueRow, colours: Colours, faces: _Faces) -> None:
    if row.pending:
        act = row.pending[-1]
        tone = Tone.DANGER if act.state in _TROUBLED else Tone.WARNING
        width = min(140, area.width() // 2)
        room = QRect(area.right() - width, area.top(), width, area.height())
        used = draw_pill(painter, room, pending_text(act), faces.pill, tone=tone, colours=colours)
        area = area.adjusted(0, 0, -max(used, room.width()) - SPACE_2, 0)
    draw_text(painter, area, row.name, colours.ink, faces.strong)


def _draw_waiting(painter: QPainter, area: QRect, waits: tuple[QueueRow, int], colours: Colours, faces: _Faces) -> None:
    row, seconds = waits
    colour, face = colours.ink if seconds else colours.muted, faces.plain
    if seconds >= TARGET_SECONDS:
        colour, face = colours.danger, faces.strong
    elif seconds >= DAY_SECONDS:
        colour, face = colours.warning, faces.strong
    draw_text(painter, area, waiting_cell(row, seconds), colour, face)


def _draw_who(painter: QPainter, area: QRect, row: QueueRow, colours: Colours, faces: _Faces) -> None:
    """A full dot before who works on the case, an empty one before whose it is to do."""
    works, given = row.assignee_name is not None, row.assigned_name is not None
    if works or given:
        place = QPointF(area.left() + _DOT_RADIUS, area.center().y() + 0.5)
        draw_dot(painter, place, _DOT_RADIUS, colours.success if works else colours.muted, filled=works)
        area = area.adjusted(round(2 * _DOT_RADIUS) + SPACE_2, 0, 0, 0)
    draw_text(painter, area, who_text(row), colours.ink if works else colours.muted, faces.plain)


def _draw_news(
    painter: QPainter, area: QRect, row: QueueRow, colours: Colours, faces: _Faces, *, on_tint: bool
) -> None:
    texts = news_texts(row)
    if not texts:
        return
    tone = Tone.INFO if row.looked or row.news else Tone.NEUTRAL
    used = draw_pill(painter, area, texts[0], faces.pill, tone=tone, colours=colours, on_tint=on_tint)
    if len(texts) > 1:
        room = area.adjusted(used + SPACE_1, 0, 0, 0)
        draw_text(painter, room, f"+{len(texts) - 1}", colours.muted, faces.plain)


def _draw_flags(painter: QPainter, area: QRect, row: QueueRow, colours: Colours, faces: _Faces) -> None:
    left = area.left()
    for flag in row.flags:
        room = QRect(left, area.top(), area.right() - left, area.height())
        if room.width() < 3 * SPACE_2:
            return
        words = localized(FLAG_TEXTS[flag])
        left += draw_pill(painter, room, words, faces.pill, tone=FLAG_TONES[flag], colours=colours) + SPACE_1


def _draw_checks(painter: QPainter, area: QRect, row: QueueRow, colours: Colours, faces: _Faces) -> None:
    counts = (
        (row.checks_fail, colours.danger),
        (row.checks_warn, colours.warning),
        (row.checks_unknown, colours.line_strong),
        (row.checks_ok, colours.success),
    )
    left = float(area.left())
    for count, colour in counts:
        if not count:
            continue
        draw_dot(painter, QPointF(left + _DOT_RADIUS, area.center().y() + 0.5), _DOT_RADIUS, colour)
        left += 2 * _DOT_RADIUS + SPACE_1
        room = QRect(round(left), area.top(), area.right() - round(left), area.height())
        draw_text(painter, room, str(count), colours.muted, faces.small)
        left += faces.small.width_of(str(count)) + SPACE_2
