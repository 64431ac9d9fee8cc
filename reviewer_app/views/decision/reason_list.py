# SPDX-License-Identifier: AGPL-3.0-or-later
"""A list of reasons to tick, each with room for a text once it is ticked."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QPlainTextEdit, QWidget

from reviewer_app.contract.reasons import Reason, ReasonCode, ReasonKind
from reviewer_app.models.texts import localized
from reviewer_app.views.common.buttons import CheckBox
from reviewer_app.views.common.labels import label
from reviewer_app.views.common.tokens import SPACE_6
from reviewer_app.views.common.view import View, column, put_away, set_property

NOTE_HEIGHT = 54


class GivenReason(Protocol):
    """A reason in a draft, for a document or for the company."""

    @property
    def code(self) -> ReasonCode:
        """Which reason."""

    @property
    def note(self) -> str:
        """The text beside it."""


class ReasonDetails(View):
    """The text and the place of a reason that is given. Few reasons of a list ever are: a row has none before."""

    noted = Signal(object, str)

    def __init__(self, reason: Reason) -> None:
        super().__init__()
        self._reason = reason
        self.note = QPlainTextEdit()
        self.note.setObjectName(f"reasonNote_{reason.code.value}")
        self.note.setFixedHeight(NOTE_HEIGHT)
        self.note.setTabChangesFocus(True)
        self._place = label("caption")
        self._marked_page: int | None = None
        layout = column(self, spacing=2, margins=(SPACE_6, 0, 0, 4))
        layout.addWidget(self._place)
        layout.addWidget(self.note)
        self.note.textChanged.connect(self._write)
        self.retranslate()

    def retranslate(self) -> None:
        required = self._reason.note_required
        self.note.setPlaceholderText(
            self.tr("Text for the customer (required)") if required else self.tr("Text for the customer (optional)")
        )
        self.note.setAccessibleName(f"{localized(self._reason.label)}: {self.note.placeholderText()}")
        self._show_place()

    def show_given(self, given: GivenReason) -> None:
        """Show the text, whether one is missing, and the place."""
        if self.note.toPlainText() != given.note:
            self.note.blockSignals(True)
            self.note.setPlainText(given.note)
            self.note.blockSignals(False)
        set_property(self.note, "invalid", self._reason.note_required and not given.note.strip())
        self._marked_page = getattr(given, "page", None)
        self._show_place()

    def _show_place(self) -> None:
        self._place.setVisible(self._marked_page is not None)
        self._place.setText(self.tr("Place marked on page {page}").format(page=self._marked_page))

    def _write(self) -> None:
        self.noted.emit(self._reason.code, self.note.toPlainText())


class ReasonRow(View):
    """One reason. ``toggled`` and ``noted`` carry the code."""

    toggled = Signal(object)
    noted = Signal(object, str)

    def __init__(self, reason: Reason, *, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._reason = reason
        self.box = CheckBox()
        self.box.setObjectName(f"reason_{reason.code.value}")
        self._below: ReasonDetails | None = None
        self._rows = column(self)
        self._rows.addWidget(self.box)
        self.box.clicked.connect(self._toggle)
        self.retranslate()

    def retranslate(self) -> None:
        words = localized(self._reason.label)
        final = self._reason.kind is ReasonKind.FINAL
        self.box.setText(self.tr("{reason} (final)").format(reason=words) if final else words)
        self.box.setToolTip(f"{localized(self._reason.internal)}\n\n{localized(self._reason.customer)}")

    def show_given(self, given: GivenReason | None) -> None:
        """Show whether the reason is given, and its text."""
        self.box.setChecked(given is not None)
        if given is not None:
            self._details().show_given(given)
        elif self._below is not None:
            self._below.hide()

    def _details(self) -> ReasonDetails:
        if self._below is None:
            self._below = ReasonDetails(self._reason)
            self._below.noted.connect(self.noted)
            self._rows.addWidget(self._below)
        self._below.show()
        return self._below

    def _toggle(self) -> None:
        self.toggled.emit(self._reason.code)
        if self.box.isChecked() and self._reason.note_required:
            self._details().note.setFocus()


class ReasonList(View):
    """``toggled`` (code) and ``noted`` (code, text) say what the user did; ``show_given`` shows what the draft holds."""

    toggled = Signal(object)
    noted = Signal(object, str)

    def __init__(self, *, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._layout = column(self)
        self._rows: dict[ReasonCode, ReasonRow] = {}
        self._shown: tuple[ReasonCode, ...] = ()

    def show_reasons(self, reasons: Sequence[Reason]) -> None:
        """Offer these reasons; nothing is built anew when they are the same."""
        codes = tuple(reason.code for reason in reasons)
        if codes == self._shown:
            return
        self._shown = codes
        put_away(self._layout, self._rows.values())
        self._rows = {}
        for reason in reasons:
            made = ReasonRow(reason)
            made.toggled.connect(self.toggled)
            made.noted.connect(self.noted)
            self._layout.addWidget(made)
            self._rows[reason.code] = made

    def click(self, place: int) -> None:
        """Give or take back the reason at a place, as a click on its box does; nothing when there is none."""
        rows = list(self._rows.values())
        if place < len(rows) and self.isEnabled():
            rows[place].box.click()

    def show_given(self, given: Sequence[GivenReason]) -> None:
        """Tick the reasons that the draft gives."""
        by_code = {reason.code: reason for reason in given}
        for code, line in self._rows.items():
            line.show_given(by_code.get(code))
