# SPDX-License-Identifier: AGPL-3.0-or-later
"""Draws the cells of the queue."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPointF, QRect, QSize, Qt
from PySide6.QtGui import QColor, QFont, QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from reviewer_app.contract.states import COMPANY_STATE_TEXTS, FLAG_TEXTS
from reviewer_app.contract.working_time import DAY_SECONDS, TARGET_SECONDS
from reviewer_app.desk.rows import ActState, QueueRow
from reviewer_app.models.queue.columns import QueueColumn, news_texts, pending_text
from reviewer_app.models.queue.queue_model import QueueModel
from reviewer_app.models.texts import localized
from reviewer_app.views.common.colours import Tone, current_colours
from reviewer_app.views.common.painting import (
    FLAG_TONES,
    STATE_TONES,
    draw_dot,
    draw_pill,
    draw_text,
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
_TROUBLED = frozenset({ActState.CONFLICT, ActState.FAILED})


class QueueDelegate(QStyledItemDelegate):
    """One delegate for all columns: ground, then what the column shows."""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(super().sizeHint(option, index).width(), ROW_HEIGHT)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        row = index.data(QueueModel.ROW)
        if not isinstance(row, QueueRow):
            return
        colours = current_colours()
        area: QRect = option.rect
        painter.save()
        painter.setFont(option.font)
        self._draw_ground(painter, option, index, colours)
        column = QueueColumn(index.column())
        inner = area.adjusted(SPACE_2 + 4, 0, -SPACE_2, 0)
        text = str(index.data(Qt.ItemDataRole.DisplayRole))
        if column is QueueColumn.COMPANY:
            self._draw_company(painter, inner, row, colours)
        elif column is QueueColumn.STATE:
            chosen = bool(option.state & QStyle.StateFlag.State_Selected)
            words, tone = localized(COMPANY_STATE_TEXTS[row.state]), STATE_TONES[row.state]
            draw_pill(painter, inner, words, tone, colours, on_tint=chosen)
        elif column is QueueColumn.FLAGS:
            self._draw_flags(painter, inner, row, colours)
        elif column is QueueColumn.CHECKS:
            self._draw_checks(painter, inner, row, colours)
        elif column is QueueColumn.NEWS:
            self._draw_news(painter, inner, row, colours)
        elif column is QueueColumn.WAITING:
            self._draw_waiting(painter, inner, index, colours)
        else:
            quiet = column in (QueueColumn.FORM, QueueColumn.ROUND)
            quiet = quiet or (column is QueueColumn.ASSIGNEE and row.assignee_name is None)
            font = with_tabular_figures(option.font) if column in _NUMBERS else None
            draw_text(painter, inner, text, colours.muted if quiet else colours.ink, font=font)
        painter.restore()

    def _draw_ground(self, painter: QPainter, option: QStyleOptionViewItem, index: Index, colours: Colours) -> None:
        area: QRect = option.rect
        state: QStyle.StateFlag = option.state
        if state & QStyle.StateFlag.State_Selected:
            painter.fillRect(area, QColor(colours.selected))
        elif index.data(QueueModel.MARKED):
            painter.fillRect(area, QColor(colours.warning_tint))
        elif state & QStyle.StateFlag.State_MouseOver:
            painter.fillRect(area, QColor(colours.hover))
        painter.setPen(QColor(colours.line))
        painter.drawLine(area.bottomLeft(), area.bottomRight())

    def _draw_company(self, painter: QPainter, area: QRect, row: QueueRow, colours: Colours) -> None:
        font = QFont(painter.font())
        if row.pending:
            act = row.pending[-1]
            tone = Tone.DANGER if act.state in _TROUBLED else Tone.WARNING
            words = pending_text(act)
            room = QRect(
                area.right() - min(140, area.width() // 2), area.top(), min(140, area.width() // 2), area.height()
            )
            used = draw_pill(painter, room, words, tone, colours)
            area = area.adjusted(0, 0, -max(used, room.width()) - SPACE_2, 0)
        font.setWeight(QFont.Weight.DemiBold)
        draw_text(painter, area, row.name, colours.ink, font=font)

    def _draw_waiting(self, painter: QPainter, area: QRect, index: Index, colours: Colours) -> None:
        model = index.model()
        row = index.data(QueueModel.ROW)
        seconds = model.waiting.seconds(row) if isinstance(model, QueueModel) else 0
        colour = colours.ink if seconds else colours.muted
        font = QFont(painter.font())
        if seconds >= TARGET_SECONDS:
            colour = colours.danger
            font.setWeight(QFont.Weight.DemiBold)
        elif seconds >= DAY_SECONDS:
            colour = colours.warning
            font.setWeight(QFont.Weight.DemiBold)
        draw_text(painter, area, str(index.data()), colour, font=font)

    def _draw_news(self, painter: QPainter, area: QRect, row: QueueRow, colours: Colours) -> None:
        texts = news_texts(row)
        if not texts:
            return
        used = draw_pill(painter, area, texts[0], Tone.INFO if row.looked else Tone.NEUTRAL, colours)
        if len(texts) > 1:
            room = area.adjusted(used + SPACE_1, 0, 0, 0)
            draw_text(painter, room, f"+{len(texts) - 1}", colours.muted)

    def _draw_flags(self, painter: QPainter, area: QRect, row: QueueRow, colours: Colours) -> None:
        left = area.left()
        for flag in row.flags:
            room = QRect(left, area.top(), area.right() - left, area.height())
            if room.width() < 3 * SPACE_2:
                return
            left += draw_pill(painter, room, localized(FLAG_TEXTS[flag]), FLAG_TONES[flag], colours) + SPACE_1

    def _draw_checks(self, painter: QPainter, area: QRect, row: QueueRow, colours: Colours) -> None:
        counts = (
            (row.checks_fail, colours.danger),
            (row.checks_warn, colours.warning),
            (row.checks_unknown, colours.line_strong),
            (row.checks_ok, colours.success),
        )
        font = QFont(painter.font())
        font.setPixelSize(SIZE_SMALL)
        painter.setFont(font)
        left = float(area.left())
        for count, colour in counts:
            if not count:
                continue
            draw_dot(painter, QPointF(left + _DOT_RADIUS, area.center().y() + 0.5), _DOT_RADIUS, colour)
            left += 2 * _DOT_RADIUS + SPACE_1
            room = QRect(round(left), area.top(), area.right() - round(left), area.height())
            draw_text(painter, room, str(count), colours.muted)
            left += painter.fontMetrics().horizontalAdvance(str(count)) + SPACE_2
