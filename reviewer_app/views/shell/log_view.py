# SPDX-License-Identifier: AGPL-3.0-or-later
"""The program's own log, read only: what to send along when something went wrong."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QDesktopServices, QFontDatabase, QGuiApplication
from PySide6.QtWidgets import QDialog, QPlainTextEdit, QWidget

from reviewer_app.views.common.buttons import Button
from reviewer_app.views.common.labels import ElidedLabel, label
from reviewer_app.views.common.tokens import SPACE_2, SPACE_4
from reviewer_app.views.common.view import column, row

MOST_BYTES = 200_000
WIDTH, HEIGHT = 900, 560


class LogDialog(QDialog):
    """Shows the end of the log; nothing in it names a customer, a token or a PESEL."""

    def __init__(self, folder: Path, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("logDialog")
        self.setWindowTitle(self.tr("Log of the program"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.resize(WIDTH, HEIGHT)
        self._folder = folder
        layout = column(self, spacing=SPACE_2, margins=(SPACE_4, SPACE_4, SPACE_4, SPACE_4))
        hint = label("small", wrap=True)
        hint.setText(self.tr("PESEL numbers, tokens and passwords are never written into it."))
        layout.addWidget(hint)
        self._text = QPlainTextEdit()
        self._text.setObjectName("logText")
        self._text.setReadOnly(True)
        self._text.setFont(QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont))
        self._text.setAccessibleName(self.windowTitle())
        layout.addWidget(self._text, 1)
        buttons = row(spacing=SPACE_2)
        place = ElidedLabel("small")
        place.setText(str(folder))
        buttons.addWidget(place, 1)
        for name, words, slot in (
            ("logCopy", self.tr("Copy"), self._copy),
            ("logFolder", self.tr("Open the folder"), self._open),
            ("logClose", self.tr("Close"), self.close),
        ):
            button = Button()
            button.setObjectName(name)
            button.setText(words)
            button.clicked.connect(slot)
            buttons.addWidget(button)
        layout.addLayout(buttons)
        self._read()

    def _read(self) -> None:
        path = self._folder / "reviewer.log"
        try:
            with path.open("rb") as file:
                file.seek(max(0, path.stat().st_size - MOST_BYTES))
                text = file.read().decode("utf-8", "replace")
        except OSError:
            text = ""
        self._text.setPlainText(text or self.tr("The log is empty."))
        bar = self._text.verticalScrollBar()
        bar.setValue(bar.maximum())

    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(self._text.toPlainText())

    def _open(self) -> None:
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(self._folder)))
