# SPDX-License-Identifier: AGPL-3.0-or-later
"""Drawing that delegates share: text in a cell, pills, dots."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QFont, QFontMetrics, QPainter, QPen

from reviewer_app.contract.states import CompanyState, DocumentState, Flag
from reviewer_app.views.common.colours import Tone, shade, tone_colour, tone_tint
from reviewer_app.views.common.tokens import SIZE_CAPTION, SPACE_2, Colours

STATE_TONES: dict[CompanyState, Tone] = {
    CompanyState.COLLECTING: Tone.MUTED,
    CompanyState.AWAITING_AUTHORIZATION: Tone.MUTED,
    CompanyState.PENDING_VERIFICATION: Tone.INFO,
    CompanyState.CORRECTION_REQUESTED: Tone.WARNING,
    CompanyState.REJECTED: Tone.DANGER,
    CompanyState.APPROVED: Tone.SUCCESS,
    CompanyState.ACTIVE: Tone.SUCCESS,
    CompanyState.SUSPENDED: Tone.DANGER,
    CompanyState.CLEARED: Tone.MUTED,
}
DOCUMENT_TONES: dict[DocumentState, Tone] = {
    DocumentState.CHECKING: Tone.MUTED,
    DocumentState.INFECTED: Tone.DANGER,
    DocumentState.UNREADABLE: Tone.DANGER,
    DocumentState.READY: Tone.INFO,
    DocumentState.ACCEPTED: Tone.SUCCESS,
    DocumentState.NEEDS_REPLACEMENT: Tone.WARNING,
    DocumentState.REFUSED: Tone.DANGER,
    DocumentState.SUPERSEDED: Tone.MUTED,
}
FLAG_TONES: dict[Flag, Tone] = {
    Flag.ON_HOLD: Tone.MUTED,
    Flag.ESCALATED: Tone.DANGER,
    Flag.SECOND_REVIEW: Tone.INFO,
    Flag.POSSIBLE_DUPLICATE: Tone.WARNING,
    Flag.OVERDUE: Tone.DANGER,
}
PILL_HEIGHT = 18
RIM = 1.4
_FLAGS = {
    align: int(align | Qt.AlignmentFlag.AlignVCenter)
    for align in (Qt.AlignmentFlag.AlignLeft, Qt.AlignmentFlag.AlignHCenter)
}


class Face:
    """A font and its measures, made once for many cells. ``font`` is not to be changed."""

    __slots__ = ("font", "metrics")

    def __init__(self, font: QFont) -> None:
        self.font = font
        self.metrics = QFontMetrics(font)

    def width_of(self, text: str) -> int:
        """Give the room that a text takes, in pixels."""
        return self.metrics.horizontalAdvance(text)


def draw_text(
    painter: QPainter,
    area: QRect,
    text: str,
    colour: str,
    face: Face,
    *,
    align: Qt.AlignmentFlag = Qt.AlignmentFlag.AlignLeft,
) -> None:
    """Draw one line in the middle of an area, with an ellipsis where it does not fit."""
    painter.setFont(face.font)
    painter.setPen(shade(colour))
    shown = face.metrics.elidedText(text, Qt.TextElideMode.ElideRight, area.width())
    painter.drawText(area, _FLAGS[align], shown)


def with_tabular_figures(font: QFont) -> QFont:
    """Give a font whose figures are equally wide, so that numbers below each other line up."""
    made = QFont(font)
    made.setFeature(QFont.Tag("tnum"), 1)
    return made


def pill_font(base: QFont) -> QFont:
    """Give the font of words on pills."""
    font = QFont(base)
    font.setPixelSize(SIZE_CAPTION)
    font.setWeight(QFont.Weight.DemiBold)
    return font


def draw_pill(
    painter: QPainter, area: QRect, text: str, face: Face, *, tone: Tone, colours: Colours, on_tint: bool = False
) -> int:
    """Draw a word on a tinted pill at the left of an area; gives the width used, at most the area's.

    ``on_tint`` puts it on the plain surface instead, for rows that are tinted themselves.
    """
    width = min(face.width_of(text) + 2 * SPACE_2, area.width())
    pill = QRect(area.left(), area.center().y() - PILL_HEIGHT // 2 + 1, width, PILL_HEIGHT)
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(shade(colours.surface if on_tint else tone_tint(colours, tone)))
    painter.drawRoundedRect(QRectF(pill), PILL_HEIGHT / 2, PILL_HEIGHT / 2)
    draw_text(
        painter,
        pill.adjusted(SPACE_2 - 1, 0, -SPACE_2 + 2, 0),
        text,
        tone_colour(colours, tone),
        face,
        align=Qt.AlignmentFlag.AlignHCenter,
    )
    painter.restore()
    return width


def draw_dot(painter: QPainter, centre: QPointF, radius: float, colour: str, *, filled: bool = True) -> None:
    """Draw a dot, or only its rim."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen if filled else QPen(shade(colour), RIM))
    painter.setBrush(shade(colour) if filled else Qt.BrushStyle.NoBrush)
    inset = 0 if filled else RIM / 2
    painter.drawEllipse(centre, radius - inset, radius - inset)
    painter.restore()
