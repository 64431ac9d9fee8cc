# SPDX-License-Identifier: AGPL-3.0-or-later
"""Makes the HTML of a mail look in Qt's text view as it does in a mail program. The words stay as they are.

Qt's rich text knows a part of CSS only: it shows what a mail hides, gives the border of a table to each cell, and has no
padding around a link that is drawn as a button, and drops the room below the last paragraph of a cell. What it lacks is written in the ways that it knows.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from html import escape
from html.parser import HTMLParser

SCALE = 13 / 16
"""Mails are made for 16 px text on a page of their own; here they stand in a panel of 13 px text."""

_PIXELS = re.compile(r"(\d+(?:\.\d+)?)px")
_VOID = frozenset({"br", "hr", "img", "meta", "link", "input"})
_SKIPPED = frozenset({"head", "script", "style", "title"})
_BLOCKS = dict.fromkeys(("p", "h1", "h2", "h3", "h4"), "p")
"""Headings become paragraphs: Qt would make their text larger than the mail says."""
_OF_BOXES = frozenset({"table", "td"})

Attributes = list[tuple[str, str | None]]
Style = dict[str, str]


def paper_html(html: str, *, scale: float = SCALE) -> str:
    """Rewrite the HTML of a mail for Qt: without what is hidden, lengths scaled, boxes and buttons as a browser draws them."""
    paper = _Paper(scale)
    paper.feed(html)
    paper.close()
    return "".join(paper.parts)


@dataclass
class _Cell:
    """A table's cell that is open: where its tag stands among the parts, and the room below its last block."""

    place: int
    style: Style
    attrs: Attributes
    below: str = ""


class _Paper(HTMLParser):
    def __init__(self, scale: float) -> None:
        super().__init__(convert_charrefs=True)
        self.parts: list[str] = []
        self._scale = scale
        self._hidden = 0
        self._table_borders: list[Style] = []
        self._cells: list[_Cell] = []

    def handle_starttag(self, tag: str, attrs: Attributes) -> None:
        style = _style_of(attrs)
        if self._hidden or tag in _SKIPPED or style.get("display") == "none":
            self._hidden += tag not in _VOID
            return
        if tag == "table":
            self._below("")
            self._table_borders.append({name: style.pop(name) for name in list(style) if name == "border-left"})
            style.pop("border", None)
        elif tag == "a" and style.get("display") == "inline-block" and "padding" in style and self._cells:
            self._cells[-1].style["padding"] = style.pop("padding")
        elif tag in _BLOCKS and "margin" in style:
            self._below(_sides(style["margin"])[2])
        kept = [(name, value) for name, value in attrs if name not in {"style", "class", "role"}]
        if tag == "td":
            borders = self._table_borders[-1] if self._table_borders else {}
            self._cells.append(_Cell(len(self.parts), {**borders, **style}, kept))
        self.parts.append(self._tag(_BLOCKS.get(tag, tag), style, kept))

    def handle_endtag(self, tag: str) -> None:
        if self._hidden:
            self._hidden -= tag not in _VOID
            return
        if tag == "table" and self._table_borders:
            self._table_borders.pop()
        elif tag == "td" and self._cells:
            self._close_cell(self._cells.pop())
        self.parts.append(f"</{_BLOCKS.get(tag, tag)}>")

    def handle_data(self, data: str) -> None:
        if not self._hidden:
            self.parts.append(escape(data, quote=False))

    def _below(self, room: str) -> None:
        if self._cells:
            self._cells[-1].below = room

    def _close_cell(self, cell: _Cell) -> None:
        top, right, bottom, left = _sides(cell.style.get("padding", "0"))
        room = _pixels(bottom) + _pixels(cell.below)
        cell.style["padding"] = f"{top} {right} {room:g}px {left}"
        self.parts[cell.place] = self._tag("td", cell.style, cell.attrs)

    def _tag(self, tag: str, style: Style, attrs: Attributes) -> str:
        # The family of the mail is the reader's: the one of the application stands for it.
        words = "; ".join(f"{name}: {self._scaled(value)}" for name, value in style.items() if name != "font-family")
        written = "".join(f' {name}="{escape(self._size(tag, name, value or ""))}"' for name, value in attrs)
        return f'<{tag}{written} style="{escape(words)}">' if words else f"<{tag}{written}>"

    def _size(self, tag: str, name: str, value: str) -> str:
        scales = tag in _OF_BOXES and name in {"width", "height"} and value.isdigit()
        return str(round(int(value) * self._scale)) if scales else value

    def _scaled(self, value: str) -> str:
        return _PIXELS.sub(lambda found: f"{round(float(found[1]) * self._scale)}px", value)


def _sides(value: str) -> tuple[str, str, str, str]:
    """Read a CSS shorthand: top, right, bottom, left."""
    given = value.split() or ["0"]
    top = given[0]
    right = given[1] if len(given) > 1 else top
    return top, right, given[2] if len(given) > 2 else top, given[3] if len(given) > 3 else right


def _pixels(length: str) -> float:
    found = _PIXELS.fullmatch(length)
    return float(found[1]) if found else 0.0


def _style_of(attrs: Attributes) -> Style:
    given = next((value for name, value in attrs if name == "style"), None) or ""
    style: Style = {}
    for part in given.split(";"):
        name, colon, value = part.partition(":")
        if colon:
            style[name.strip().lower()] = value.strip()
    if "width" in style and "max-width" in style:
        del style["width"]  # the attribute says how wide the box is at most
    return style
