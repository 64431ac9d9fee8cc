# SPDX-License-Identifier: AGPL-3.0-or-later
"""What a worker can be asked, by name."""

from __future__ import annotations

import mmap
from collections.abc import Callable
from typing import Any

import pymupdf

from reviewer_app.documents.authorization_sheet import AuthorizationSheet
from reviewer_app.documents.framing import Channel, Message
from reviewer_app.documents.segments import map_segment
from reviewer_app.documents.worker.cancellation import Cancellation
from reviewer_app.documents.worker.errors import OperationError
from reviewer_app.documents.worker.inspecting import inspect
from reviewer_app.documents.worker.marking import marked_page
from reviewer_app.documents.worker.open_documents import OpenDocuments
from reviewer_app.documents.worker.reading import words
from reviewer_app.documents.worker.rendering import render


class Operations:
    """The operations of one worker, with the documents and the shared memory it keeps between requests."""

    def __init__(self, channel: Channel, *, cancel_descriptor: int) -> None:
        pymupdf.TOOLS.mupdf_display_errors(False)
        pymupdf.TOOLS.mupdf_display_warnings(False)
        self._channel = channel
        self._cancellation = Cancellation(cancel_descriptor)
        self._documents = OpenDocuments()
        self._segments: dict[int, mmap.mmap] = {}
        self._operations: dict[str, Callable[[dict[str, Any], bytes], Message]] = {
            "inspect": self._inspect,
            "open": self._open,
            "render": self._render,
            "words": self._words,
            "marked_page": self._marked_page,
            "codes": self._codes,
            "settle": self._settle,
            "authorization": self._authorization,
            "report": self._report,
        }

    def run(self, request: Message) -> Message:
        """Do what a request asks. Raises :class:`OperationError`, or whatever PyMuPDF raises."""
        for key in request.header["closed"]:
            self._documents.close(str(key))
        operation = self._operations.get(str(request.header["operation"]))
        if operation is None:
            raise OperationError("unknown operation")
        return operation(request.header["arguments"], request.body)

    def _inspect(self, arguments: dict[str, Any], _body: bytes) -> Message:
        return Message(inspect(arguments["path"], arguments["limits"]), b"")

    def _open(self, arguments: dict[str, Any], body: bytes) -> Message:
        opened = self._documents.get(arguments["source"], body)
        loaded = (opened.document.load_page(index) for index in range(opened.document.page_count))
        pages = [[page.rect.width, page.rect.height, page.rotation] for page in loaded]
        return Message({"media_type": opened.media_type, "repaired": opened.repaired, "pages": pages}, b"")

    def _words(self, arguments: dict[str, Any], body: bytes) -> Message:
        opened = self._documents.get(arguments["source"], body)
        try:
            return Message({"pages": words(opened.document, arguments["pages"])}, b"")
        finally:
            if not arguments["keep"]:
                self._documents.close(str(arguments["source"]["key"]))

    def _marked_page(self, arguments: dict[str, Any], body: bytes) -> Message:
        opened = self._documents.get(arguments["source"], body)
        try:
            return Message({}, marked_page(opened.document, int(arguments["page"]), arguments["boxes"]))
        finally:
            self._documents.close(str(arguments["source"]["key"]))

    def _codes(self, arguments: dict[str, Any], body: bytes) -> Message:
        # Loaded when first asked for: the workers of the desktop never read a code.
        from reviewer_app.documents.worker.code_reading import codes  # noqa: PLC0415

        opened = self._documents.get(arguments["source"], body)
        try:
            return Message({"codes": codes(opened.document)}, b"")
        finally:
            self._documents.close(str(arguments["source"]["key"]))

    def _settle(self, arguments: dict[str, Any], _body: bytes) -> Message:
        self._cancellation.settle(int(arguments["cancels"]))
        return Message({}, b"")

    def _render(self, arguments: dict[str, Any], body: bytes) -> Message:
        memory = self._segment(arguments["segment"])
        opened = self._documents.get(arguments["source"], body)
        return Message(render(opened.document, arguments, memory, self._cancellation), b"")

    def _segment(self, description: dict[str, Any]) -> mmap.mmap:
        """Map the segment of a request; its descriptor follows the request and must be taken whatever comes after."""
        for identifier in description["forget"]:
            self._segments.pop(int(identifier)).close()
        identifier = int(description["id"])
        if not description["known"]:
            descriptor = -1 if description["name"] else self._channel.receive_descriptor()
            self._segments[identifier] = map_segment(description, descriptor)
        return self._segments[identifier]

    def _authorization(self, arguments: dict[str, Any], _body: bytes) -> Message:
        # Loaded when first asked for: the workers of the desktop never make a sheet.
        from reviewer_app.documents.authorization import make_authorization  # noqa: PLC0415

        return Message({}, make_authorization(AuthorizationSheet.from_json(arguments["sheet"])))

    def _report(self, arguments: dict[str, Any], _body: bytes) -> Message:
        from reviewer_app.documents.report import Report  # noqa: PLC0415 - as above
        from reviewer_app.documents.report_pages import make_report  # noqa: PLC0415 - as above

        return Message({}, make_report(Report.from_json(arguments["report"])))
