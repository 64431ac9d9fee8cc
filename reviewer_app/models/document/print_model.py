# SPDX-License-Identifier: AGPL-3.0-or-later
"""Printing: recorded in the history of the case first, then page by page with who printed it on each."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import partial

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QPagedPaintDevice

from reviewer_app.background.operation import Cancellation
from reviewer_app.background.runner import Runner
from reviewer_app.contract.printing import PrintRecord
from reviewer_app.contract.staff import StaffDocument
from reviewer_app.contract.states import DOCUMENT_KIND_TEXTS
from reviewer_app.desk.desk import Desk
from reviewer_app.models.document.document_model import DocumentModel
from reviewer_app.models.document.drawing import Drawn, Wish, draw
from reviewer_app.models.document.geometry import Size
from reviewer_app.models.document.paper import Paper, PaperRefused, Watermark
from reviewer_app.models.texts import localized, polish_time


class PrintBrokenOff(Exception):
    """The print was ended before its last page, as when the program closes."""


@dataclass(frozen=True)
class PrintedPage:
    """A page as the viewer shows it: its size in points and its turn in degrees, clockwise."""

    number: int
    size: Size
    rotation: int


@dataclass(frozen=True)
class PrintJob:
    """Pages of a document on their way to a printer."""

    device: QPagedPaintDevice
    document: StaffDocument
    pages: tuple[PrintedPage, ...]
    print_id: str = ""


@dataclass(frozen=True)
class _End:
    """How a job ended: the pages that the printer was given, and what stopped it."""

    given: tuple[int, ...]
    error: Exception | None = None


class PrintModel(QObject):
    """Prints the document shown. Signals: ``printed`` (number of pages), ``refused`` (error: it could not be recorded,
    nothing was printed), ``stopped`` (error while printing).
    """

    printed = Signal(int)
    refused = Signal(object)
    stopped = Signal(object)

    def __init__(self, desk: Desk, runner: Runner, document: DocumentModel, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._runner = runner
        self._shown = document
        self._job: PrintJob | None = None

    @property
    def is_printing(self) -> bool:
        """Whether pages are on their way."""
        return self._job is not None

    @property
    def page_count(self) -> int:
        """Number of pages that could be printed, 0 while no document is open."""
        return self._shown.page_count

    def start(self, device: QPagedPaintDevice, numbers: Sequence[int]) -> None:
        """Print pages of the document shown, ascending; nothing while another print runs, or without pages."""
        document, sizes = self._shown.document, self._shown.sizes()
        if document is None or not numbers or numbers[0] < 1 or numbers[-1] > len(sizes) or self._job is not None:
            return
        pages = tuple(PrintedPage(page, sizes[page - 1], self._shown.rotation(page)) for page in numbers)
        self._job = PrintJob(device, document, pages)
        self._runner.run(
            partial(self._desk.prints.record, document_id=document.id, pages=tuple(numbers)),
            owner=self,
            on_success=self._recorded,
            on_failure=self._not_recorded,
        )

    def _recorded(self, record: PrintRecord) -> None:
        if self._job is None:
            return
        self._job = replace(self._job, print_id=record.print_id)
        mark = self._watermark(record, self._job.document)
        self._runner.stream(partial(_print, self._desk, self._job, mark), owner=self, on_event=self._done)

    def _watermark(self, record: PrintRecord, document: StaffDocument) -> Watermark:
        when = polish_time(record.printed_at).strftime("%Y-%m-%d %H:%M")
        who = self.tr("Printed by {person}, {when}").format(person=record.printed_by, when=when)
        paper = self.tr("{company} · NIP {nip} · {kind}, version {version}").format(
            company=record.company_name,
            nip=record.nip,
            kind=localized(DOCUMENT_KIND_TEXTS[document.kind]),
            version=document.version,
        )
        of = self.tr("page {page} of {count}").replace("{count}", str(document.pages))
        return Watermark(across=f"{record.company_name} · {record.printed_by} · {when}", paper=paper, who=who, page=of)

    def _not_recorded(self, error: BaseException) -> None:
        self._job = None
        self.refused.emit(error)

    def _done(self, end: _End) -> None:
        self._let_go()
        if end.error is None:
            self.printed.emit(len(end.given))
        else:
            self.stopped.emit(end.error)

    def _let_go(self) -> None:
        """Close a document that was left while it was printed."""
        job, self._job = self._job, None
        if job is not None and job.document.id not in self._shown.open_ids:
            self._runner.run(partial(self._desk.documents.close, document_id=job.document.id), owner=self, lane="files")


def _print(
    desk: Desk, job: PrintJob, mark: Watermark, emit: Callable[[_End], None], cancellation: Cancellation
) -> None:
    """Print a job in a thread of its own: pixels of whole pages would keep the window waiting.

    How it ended is kept here too, not by the window: nothing reaches that any more when the program is closed.
    """
    given: list[int] = []
    try:
        with Paper(job.device, mark) as paper:
            for page in job.pages:
                if cancellation.cancelled:
                    raise PrintBrokenOff
                zoom = paper.turn_to(page.size)
                paper.put(_drawn(desk, job.document, page, zoom).image.image, page.number)
                given.append(page.number)
                desk.prints.gave(print_id=job.print_id, pages=given)
    except Exception as error:  # noqa: BLE001 -- whatever stopped it, the history says how far it came
        end = _End(tuple(given), error)
    else:
        end = _End(tuple(given))
    try:
        desk.prints.end(print_id=job.print_id, complete=end.error is None, pages=end.given)
    finally:
        emit(end)


def _drawn(desk: Desk, document: StaffDocument, page: PrintedPage, zoom: float) -> Drawn:
    desk.documents.open(document=document)  # the person may have gone on to another case meanwhile
    return draw(desk, document.id, Wish(page.number, zoom, page.rotation), lane="print")


__all__ = ["PaperRefused", "PrintJob", "PrintModel", "PrintedPage"]
