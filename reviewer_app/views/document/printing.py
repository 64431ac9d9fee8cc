# SPDX-License-Identifier: AGPL-3.0-or-later
"""The bar that asks which pages are printed, the system's dialog for where, and how the print went.

The pages are asked for here: what the system's dialogs understand of “1, 3” differs from one to the other.
"""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPagedPaintDevice
from PySide6.QtPrintSupport import QAbstractPrintDialog, QPrintDialog, QPrinter
from PySide6.QtWidgets import QDialog, QLineEdit, QWidget

from reviewer_app.desk.errors import explain
from reviewer_app.models.document.page_choice import PagesUnclear, pages_named
from reviewer_app.models.document.print_model import PaperRefused, PrintModel
from reviewer_app.models.texts import localized
from reviewer_app.views.common.buttons import Button
from reviewer_app.views.common.labels import label
from reviewer_app.views.common.messages import announce
from reviewer_app.views.common.tokens import SPACE_1, SPACE_2
from reviewer_app.views.common.view import View
from reviewer_app.views.common.wrapping import WrappingRow

FIELD_WIDTH = 160


class PrintBar(View):
    """Hidden until a print is wanted. ``told`` carries a short message for the window; ``closed`` when it was ended."""

    told = Signal(str)
    closed = Signal()

    def __init__(self, model: PrintModel, *, parent: QWidget | None = None) -> None:
        super().__init__(parent, role="toolbar")
        self.setObjectName("printBar")
        self._model = model
        self._printer: QPrinter | None = None
        self._chosen: tuple[int, ...] = ()
        self._words = label("strong")
        self._pages = QLineEdit()
        self._pages.setObjectName("printPages")
        self._pages.setFixedWidth(FIELD_WIDTH)
        self._problem = label("small", wrap=True)
        self._problem.setObjectName("printProblem")
        self._go = Button("primary", compact=True)
        self._go.setObjectName("printGo")
        self._cancel = Button("quiet", compact=True)
        self._cancel.setObjectName("printCancel")
        layout = WrappingRow(self, margins=(SPACE_2, SPACE_1, SPACE_2, SPACE_1))
        layout.add(self._words)
        layout.add(self._pages)
        layout.add(self._problem, grows=True)
        layout.add(self._go)
        layout.add(self._cancel)
        self._pages.installEventFilter(self)
        self._pages.returnPressed.connect(self._ask_where)
        self._go.clicked.connect(self._ask_where)
        self._cancel.clicked.connect(self.shut)
        model.printed.connect(self._tell_printed)
        model.refused.connect(self._tell_refused)
        model.stopped.connect(self._tell_stopped)
        self.hide()
        self.retranslate()

    def retranslate(self) -> None:
        self._words.setText(self.tr("Pages"))
        self._pages.setAccessibleName(self.tr("Pages to print"))
        self._pages.setToolTip(self.tr("For example 1, 3, 5-7"))
        self._go.setText(self.tr("Print…"))
        self._cancel.setText(self.tr("Cancel"))
        if self._problem.text():
            self._choose()

    def ask(self) -> None:
        """Ask which pages of the document shown are printed; all stand there to begin with."""
        count = self._model.page_count
        if not count:
            return
        if self._model.is_printing:
            self.told.emit(self.tr("The print before is still on its way. Print again when it is done."))
            return
        self._pages.setText("1" if count == 1 else f"1-{count}")
        self._problem.clear()
        self.show()
        self._pages.selectAll()
        self._pages.setFocus()

    def shut(self) -> None:
        """Print nothing."""
        self.hide()
        self.closed.emit()

    def print_on(self, device: QPagedPaintDevice, pages: Sequence[int]) -> None:
        """Print pages of the document shown, ascending, on a device."""
        self._model.start(device, pages)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress and event.key() == Qt.Key.Key_Escape:
            self.shut()
            return True
        return super().eventFilter(watched, event)

    def _choose(self) -> bool:
        """Take in which pages are named; says what is wrong with them."""
        try:
            self._chosen = pages_named(self._pages.text(), self._model.page_count)
        except PagesUnclear as unclear:
            self._problem.setText(str(unclear))
            announce(self._problem, str(unclear))
            return False
        self._problem.clear()
        return True

    def _ask_where(self) -> None:
        if not self._choose():
            self._pages.setFocus()
            return
        printer = self._printer = QPrinter(QPrinter.PrinterMode.HighResolution)
        dialog = QPrintDialog(printer, self)
        dialog.setObjectName("printDialog")
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.setWindowTitle(self.tr("Print the document"))
        dialog.setOptions(QAbstractPrintDialog.PrintDialogOption.PrintToFile)
        dialog.accepted.connect(self._start)
        QDialog.open(dialog)  # its own takes a slot by name

    def _start(self) -> None:
        if self._printer is not None:
            self.print_on(self._printer, self._chosen)
            self.shut()

    def _tell_printed(self, pages: int) -> None:
        self.told.emit(self.tr("%n page(s) printed. The history of the case says so.", "", pages))

    def _tell_refused(self, error: BaseException) -> None:
        words = self.tr("Nothing was printed, because it could not be recorded in the history of the case. {why}")
        self.told.emit(words.format(why=localized(explain(error).message)))

    def _tell_stopped(self, error: BaseException) -> None:
        if isinstance(error, PaperRefused):
            self.told.emit(self.tr("The printer or the file did not take the pages. Choose another and print again."))
            return
        self.told.emit(self.tr("Printing stopped before the last page: one could not be drawn. Print again."))
