# SPDX-License-Identifier: AGPL-3.0-or-later
"""Makes the authorization: the sheet that a company signs to make a person its administrator (rules R3, R4 and R6).

Polish is the language of the document; short English lines help a reader, and say nothing that the Polish does not.
"""

from __future__ import annotations

import segno

from reviewer_app.contract.permissions import PERMISSION_TEXTS, Permission
from reviewer_app.documents.authorization_layout import (
    COLUMN_GAP,
    FIELD_AREAS,
    HEADER_TOP,
    LEFT,
    MARK_AREAS,
    MIDDLE_BOTTOM,
    MIDDLE_TOP,
    PAGE_HEIGHT,
    PAGE_WIDTH,
    QR_AREA,
    RIGHT,
    SECOND_COLUMN,
    SIGNATURES_TOP,
)
from reviewer_app.documents.authorization_sheet import AuthorizationSheet
from reviewer_app.documents.authorization_texts import CLOSING, FIELD_LABELS, GRANT, NOTE, SECTIONS, SUBTITLES
from reviewer_app.documents.binding import binding_of, binding_payload
from reviewer_app.documents.sheet_canvas import BOLD, MEDIUM, REGULAR, SEMIBOLD, Colour, SheetCanvas

_INK: Colour = (0.07, 0.10, 0.16)
_SOFT: Colour = (0.36, 0.40, 0.47)
_ACCENT: Colour = (0.05, 0.31, 0.33)
_LINE: Colour = (0.74, 0.77, 0.81)
_TINT: Colour = (0.94, 0.96, 0.96)

_SCALES = (1.0, 0.96, 0.92, 0.88, 0.84, 0.8, 0.76, 0.72, 0.68, 0.64, 0.6, 0.56, 0.52)
_LABEL, _VALUE, _BODY = 6.6, 9.6, 8.8
_LEADING = 1.32
_QUIET_MODULES = 4
_MOST_EXTRA_GAP = 16.0

Cell = tuple[str, str, int]
"""Label, value, and how many of the three columns it spans."""


class SheetOverflowError(ValueError):
    """The data are too long for one page even in the smallest type."""


def make_authorization(sheet: AuthorizationSheet) -> bytes:
    """Make the sheet as a PDF of one A4 page. The same sheet gives the same bytes.

    Raises:
        SheetOverflowError: the data cannot be set on one page; declared data within the length limits always can.
    """
    canvas = SheetCanvas(PAGE_WIDTH, PAGE_HEIGHT)
    _draw_marks(canvas)
    _draw_header(canvas, sheet)
    _draw_middle(canvas, sheet)
    _draw_signatures(canvas)
    _draw_footer(canvas, sheet)
    return canvas.finish({"title": f"Upoważnienie {sheet.number}", "subject": "Upoważnienie administratora firmy"})


def _draw_marks(canvas: SheetCanvas) -> None:
    for name, area in MARK_AREAS.items():
        if name == "bottom_right":
            canvas.rectangle((area.x0 + 1, area.y0 + 1, area.x1 - 1, area.y1 - 1), line=(0, 0, 0), width=2)
        else:
            canvas.rectangle(area, fill=(0, 0, 0))


def _draw_header(canvas: SheetCanvas, sheet: AuthorizationSheet) -> None:
    canvas.rectangle((LEFT, HEADER_TOP, LEFT + 26, HEADER_TOP + 3), fill=_ACCENT)
    canvas.text(LEFT, HEADER_TOP + 12, "Upoważnienie", size=27, face=BOLD, colour=_INK)
    canvas.text(LEFT, HEADER_TOP + 47, "administratora firmy w portalu klienta", size=12.5, face=MEDIUM, colour=_INK)
    polish, english = SUBTITLES[sheet.variant]
    canvas.text(LEFT, HEADER_TOP + 64, polish, size=8.2, face=REGULAR, colour=_INK)
    canvas.text(LEFT, HEADER_TOP + 75, english, size=7, face=REGULAR, colour=_SOFT)
    x = LEFT
    for label, value in (("Numer", sheet.number), ("Wersja danych", str(sheet.version))):
        canvas.text(x, HEADER_TOP + 93, label, size=_LABEL, face=MEDIUM, colour=_SOFT)
        canvas.text(x, HEADER_TOP + 102, value, size=11, face=SEMIBOLD, colour=_INK)
        x = SECOND_COLUMN
    _draw_code(canvas, sheet)


def _draw_code(canvas: SheetCanvas, sheet: AuthorizationSheet) -> None:
    code = segno.make_qr(binding_payload(binding_of(sheet)), error="q", boost_error=False)
    rows = [[bool(module) for module in row] for row in code.matrix]
    side = QR_AREA.width / (len(rows) + 2 * _QUIET_MODULES)
    canvas.cells(rows, QR_AREA.x0 + _QUIET_MODULES * side, QR_AREA.y0 + _QUIET_MODULES * side, side)


def _draw_middle(canvas: SheetCanvas, sheet: AuthorizationSheet) -> None:
    for scale in _SCALES:
        gap = (MIDDLE_BOTTOM - MIDDLE_TOP - _Middle(canvas, sheet, scale, 0.0, draw=False).run()) / 3
        if gap >= 0:
            _Middle(canvas, sheet, scale, min(gap, _MOST_EXTRA_GAP), draw=True).run()
            return
    raise SheetOverflowError(f"the data of sheet {sheet.number} do not fit one page")


class _Middle:
    """The part that flows: company, administrator, scope. Measured first, then drawn by the same code."""

    def __init__(self, canvas: SheetCanvas, sheet: AuthorizationSheet, scale: float, gap: float, *, draw: bool) -> None:
        self._canvas = canvas
        self._sheet = sheet
        self._scale = scale
        self._gap = gap
        self._draw = draw
        self._y = MIDDLE_TOP

    def run(self) -> float:
        """Set everything; gives the height taken."""
        self._company()
        self._administrator()
        self._scope()
        return self._y - MIDDLE_TOP

    def _company(self) -> None:
        company = self._sheet.company
        self._heading(0)
        self._row([("Nazwa firmy", company.name, 3)], SEMIBOLD)
        self._row([("Forma prawna", company.legal_form, 1), ("Adres siedziby", company.seat, 2)])
        krs = company.krs or "nie dotyczy"
        self._row([("NIP", company.nip, 1), ("REGON", company.regon, 1), ("KRS", krs, 1)])
        self._y += 4 + self._gap

    def _administrator(self) -> None:
        person = self._sheet.administrator
        self._heading(1)
        self._row([("Imię i nazwisko", f"{person.first_name} {person.last_name}", 3)], SEMIBOLD)
        self._row([("Stanowisko", person.position, 1), ("E-mail", person.email, 2)])
        self._y += 4 + self._gap

    def _scope(self) -> None:
        self._heading(2)
        self._paragraph(GRANT[self._sheet.variant].format(distributor=self._sheet.distributor))
        self._y += 4
        self._permissions()
        self._y += 3
        self._paragraph(CLOSING)

    def _heading(self, number: int) -> None:
        polish, english = SECTIONS[number]
        if self._draw:
            self._canvas.rule(LEFT, self._y, RIGHT, _ACCENT, 0.9)
            title = f"{number + 1}.  {polish}"
            self._canvas.text(LEFT, self._y + 5, title, size=9.2, face=SEMIBOLD, colour=_ACCENT)
            width = self._canvas.width_of(english, 7)
            self._canvas.text(RIGHT - width, self._y + 7, english, size=7, face=REGULAR, colour=_SOFT)
        self._y += 22

    def _row(self, cells: list[Cell], face: str = MEDIUM) -> None:
        size = _VALUE * self._scale
        step = SECOND_COLUMN - LEFT
        x, lowest = LEFT, self._y
        for label, value, span in cells:
            width = step * span - COLUMN_GAP
            lines = self._canvas.wrap(value, width, size, face)
            if self._draw:
                self._canvas.text(x, self._y, label, size=_LABEL, face=MEDIUM, colour=_SOFT)
                self._canvas.lines(x, self._y + 9, lines, size=size, leading=_LEADING, face=face, colour=_INK)
            lowest = max(lowest, self._y + 9 + max(len(lines), 1) * size * _LEADING)
            x += width + COLUMN_GAP
        self._y = lowest + 4 * self._scale

    def _paragraph(self, text: str) -> None:
        size = _BODY * max(self._scale, 0.84)
        lines = self._canvas.wrap(text, RIGHT - LEFT, size)
        if self._draw:
            self._canvas.lines(LEFT, self._y, lines, size=size, leading=1.4, colour=_INK)
        self._y += len(lines) * size * 1.4

    def _permissions(self) -> None:
        size = 8.2 * max(self._scale, 0.84)
        height = size * 1.32 + 4.4
        permissions = list(Permission)
        rows = (len(permissions) + 1) // 2
        if self._draw:
            for at, permission in enumerate(permissions):
                column, row = divmod(at, rows)
                x = LEFT + column * 0.475 * (RIGHT - LEFT)
                self._permission(x, self._y + row * height, permission, size)
        self._y += rows * height

    def _permission(self, x: float, y: float, permission: Permission, size: float) -> None:
        chip_width = 28.0
        self._canvas.rectangle((x, y, x + chip_width, y + size * 1.32 + 1.6), fill=_TINT, radius=0.22)
        code_width = self._canvas.width_of(permission.value, size * 0.9, SEMIBOLD)
        self._canvas.text(
            x + (chip_width - code_width) / 2, y + 1.6, permission.value, size=size * 0.9, face=SEMIBOLD, colour=_ACCENT
        )
        self._canvas.text(
            x + chip_width + 7, y + 1.0, PERMISSION_TEXTS[permission].pl, size=size, face=REGULAR, colour=_INK
        )


def _draw_signatures(canvas: SheetCanvas) -> None:
    polish, english = SECTIONS[3]
    canvas.rule(LEFT, SIGNATURES_TOP, RIGHT, _ACCENT, 0.9)
    canvas.text(LEFT, SIGNATURES_TOP + 5, f"4.  {polish}", size=9.2, face=SEMIBOLD, colour=_ACCENT)
    width = canvas.width_of(english, 7)
    canvas.text(RIGHT - width, SIGNATURES_TOP + 7, english, size=7, face=REGULAR, colour=_SOFT)
    for name, area in FIELD_AREAS.items():
        canvas.rectangle(area, line=_LINE, width=0.7)
        canvas.text(area.x0 + 4, area.y0 + 3, FIELD_LABELS[name], size=6.2, face=MEDIUM, colour=_SOFT)


def _draw_footer(canvas: SheetCanvas, sheet: AuthorizationSheet) -> None:
    y = FIELD_AREAS["stamp"].y1 + 7
    canvas.lines(LEFT, y, canvas.wrap(NOTE, RIGHT - LEFT, 6.8), size=6.8, leading=1.36, colour=_SOFT)
    line = f"{sheet.number}  ·  wersja danych {sheet.version}  ·  strona 1 z 1"
    width = canvas.width_of(line, 6.8, MEDIUM)
    canvas.text((PAGE_WIDTH - width) / 2, PAGE_HEIGHT - 34, line, size=6.8, face=MEDIUM, colour=_SOFT)
