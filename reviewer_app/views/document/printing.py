# SPDX-License-Identifier: AGPL-3.0-or-later
"""Asks for the printer and the pages, and tells how the print went."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtPrintSupport import QAbstractPrintDialog, QPrintDialog, QPrinter
from PySide6.QtWidgets import QDialog, QWidget

from reviewer_app.desk.errors import explain
from reviewer_app.models.document.print_model import PaperRefused, PrintModel
from reviewer_app.models.texts import localized


class Printing(QObject):
    """``told`` carries a short message for the window."""

    told = Signal(str)

    def __init__(self, model: PrintModel, page_in_front: Callable[[], int], viewer: QWidget) -> None:
        super().__init__(viewer)
        self._model = model
        self._page_in_front = page_in_front
        self._viewer = viewer
        self._printer: QPrinter | None = None
        model.printed.connect(self._tell_printed)
        model.refused.connect(self._tell_refused)
        model.stopped.connect(self._tell_stopped)

    def ask(self) -> None:
        """Ask where to print the document shown and which of its pages."""
        count = self._model.page_count
        if not count:
            return
        if self._model.is_printing:
            self.told.emit(self.tr("The print before is still on its way. Print again when it is done."))
            return
        printer = self._printer = QPrinter(QPrinter.PrinterMode.HighResolution)
        dialog = QPrintDialog(printer, self._viewer)
        dialog.setObjectName("printDialog")
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.setWindowTitle(self.tr("Print the document"))
        option = QAbstractPrintDialog.PrintDialogOption
        dialog.setOptions(option.PrintToFile | option.PrintPageRange | option.PrintCurrentPage)
        dialog.setMinMax(1, count)
        dialog.accepted.connect(self._start)
        QDialog.open(dialog)  # its own takes a slot by name

    def _start(self) -> None:
        if self._printer is not None:
            first, last = self._pages(self._printer)
            self._model.start(self._printer, first, last)

    def _pages(self, printer: QPrinter) -> tuple[int, int]:
        count = self._model.page_count
        if printer.printRange() is QPrinter.PrintRange.CurrentPage:
            return self._page_in_front(), self._page_in_front()
        if printer.printRange() is QPrinter.PrintRange.PageRange and printer.fromPage():
            first = min(printer.fromPage(), count)
            return first, max(first, min(printer.toPage() or count, count))
        return 1, count

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
