# SPDX-License-Identifier: AGPL-3.0-or-later
"""What the server asks about documents: inspect an upload, read its words, make an authorization."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

from reviewer_app.documents.authorization_sheet import AuthorizationSheet
from reviewer_app.documents.codes import PageCode, parse_page_codes
from reviewer_app.documents.errors import DocumentRefused, DocumentUnreadable, RefusalCode, WorkerDied, WorkerTimeout
from reviewer_app.documents.inspection import InspectedPage, Inspection
from reviewer_app.documents.limits import InspectionLimits
from reviewer_app.documents.report import Report
from reviewer_app.documents.words import PageWords, parse_page_words
from reviewer_app.documents.worker.image_headers import EXTENSIONS
from reviewer_app.documents.workers import Call, WorkerPool

_SHEET_SECONDS = 20.0
_JPEG_START = b"\xff\xd8\xff"
_MOST_PICTURE_BYTES = 8 << 20

Box = tuple[float, float, float, float]
"""A rectangle as fractions of the unrotated page, origin top left: (x0, y0, x1, y1)."""
_CODES_SECONDS = 30.0
_IN_BACKGROUND = 10
"""Priority of what nobody waits for: an upload's inspection goes first."""


class DocumentService:
    """Thread-safe; every call blocks until a worker has answered."""

    def __init__(self, pool: WorkerPool, *, limits: InspectionLimits | None = None) -> None:
        self._pool = pool
        self._limits = limits or InspectionLimits()

    def inspect(self, path: Path, *, file_name: str) -> Inspection:
        """Inspect a stored upload; ``file_name`` is what the customer called it.

        A file that cannot be inspected within the limits on time and memory is unreadable: the check fails closed.

        Raises:
            DocumentRefused: the file is not taken.
            WorkerDied, WorkerPoolClosed: it could not be inspected for reasons of this machine; it may be tried again.
        """
        size_bytes = path.stat().st_size
        if size_bytes == 0:
            raise DocumentRefused(RefusalCode.EMPTY_FILE, "no bytes")
        if size_bytes > self._limits.max_bytes:
            raise DocumentRefused(RefusalCode.FILE_TOO_LARGE, f"{size_bytes} bytes")
        answer = self._ask(path)
        return _inspection(answer, file_name, size_bytes, self._limits)

    def words(
        self, path: Path, *, pages: Sequence[int] | None = None, background: bool = False
    ) -> tuple[PageWords, ...]:
        """Read the text layer of the pages asked for, from 1; of all when None. A scan has pages without words.

        ``background``: nobody waits for the answer, so calls that somebody waits for go first.

        Raises:
            DocumentRefused, DocumentUnreadable, WorkerTimeout, WorkerDied, WorkerPoolClosed: there is no answer.
        """
        arguments = {
            "source": {"key": str(path), "path": str(path)},
            "pages": None if pages is None else list(pages),
            "keep": False,
        }
        priority = _IN_BACKGROUND if background else 0
        answer = self._pool.run(Call(operation="words", arguments=arguments, priority=priority))
        return parse_page_words(answer.header.get("pages"))

    def marked_page(self, path: Path, *, page: int, boxes: Sequence[Box]) -> bytes:
        """Draw a page (from 1) with places on it framed; gives a JPEG of at most 1400 pixels a side.

        Boxes are fractions of the unrotated page, origin top left.

        Raises:
            DocumentRefused, DocumentUnreadable, WorkerTimeout, WorkerDied, WorkerPoolClosed: there is no picture.
        """
        arguments = {
            "source": {"key": f"marked-{path}", "path": str(path)},
            "page": page,
            "boxes": [list(box) for box in boxes],
        }
        picture = self._pool.run(Call(operation="marked_page", arguments=arguments)).body
        if not picture.startswith(_JPEG_START) or len(picture) > _MOST_PICTURE_BYTES:
            raise DocumentUnreadable("the worker gave no picture")
        return picture

    def codes(self, path: Path, *, background: bool = False) -> tuple[PageCode, ...]:
        """Read the QR codes of the first pages, in scans too.

        Raises:
            DocumentRefused, DocumentUnreadable, WorkerTimeout, WorkerDied, WorkerPoolClosed: there is no answer.
        """
        arguments = {"source": {"key": str(path), "path": str(path)}}
        priority = _IN_BACKGROUND if background else 0
        call = Call(operation="codes", arguments=arguments, seconds=_CODES_SECONDS, priority=priority)
        return parse_page_codes(self._pool.run(call).header.get("codes"))

    def make_authorization(self, sheet: AuthorizationSheet) -> bytes:
        """Make the PDF of an authorization, off the server's own process.

        Raises:
            DocumentUnreadable: the data cannot be set on one page.
            WorkerTimeout, WorkerDied, WorkerPoolClosed: there is no answer.
        """
        call = Call(operation="authorization", arguments={"sheet": sheet.to_json()}, seconds=_SHEET_SECONDS)
        return self._pool.run(call).body

    def make_report(self, report: Report) -> bytes:
        """Make the PDF of a report, off the server's own process.

        Raises:
            WorkerTimeout, WorkerDied, WorkerPoolClosed: there is no answer.
        """
        call = Call(operation="report", arguments={"report": report.to_json()}, seconds=_SHEET_SECONDS)
        return self._pool.run(call).body

    def _ask(self, path: Path) -> dict[str, Any]:
        arguments = {"path": str(path), "limits": asdict(self._limits)}
        try:
            return self._pool.run(Call(operation="inspect", arguments=arguments, seconds=self._limits.seconds)).header
        except WorkerTimeout as error:
            raise DocumentRefused(RefusalCode.UNREADABLE, "takes too long to open and draw") from error
        except DocumentUnreadable as error:
            raise DocumentRefused(RefusalCode.UNREADABLE, str(error)) from error
        except WorkerDied:
            return self._ask_again(arguments)

    def _ask_again(self, arguments: dict[str, Any]) -> dict[str, Any]:
        """A worker died: was it the file, or bad luck? A second worker that dies of it says it was the file."""
        try:
            return self._pool.run(Call(operation="inspect", arguments=arguments, seconds=self._limits.seconds)).header
        except (WorkerTimeout, WorkerDied, DocumentUnreadable) as error:
            raise DocumentRefused(RefusalCode.UNREADABLE, "ends the process that opens it") from error


def _inspection(answer: dict[str, Any], file_name: str, size_bytes: int, limits: InspectionLimits) -> Inspection:
    try:
        media_type = str(answer["media_type"])
        extensions = EXTENSIONS[media_type]
        pages = tuple(
            InspectedPage(number, float(width), float(height), int(pixel_width), int(pixel_height))
            for number, (width, height, pixel_width, pixel_height) in enumerate(answer["pages"], start=1)
        )
        repaired = bool(answer["repaired"])
    except (KeyError, TypeError, ValueError) as error:
        raise DocumentRefused(RefusalCode.UNREADABLE, "the worker's answer cannot be read") from error
    if not 1 <= len(pages) <= limits.max_pages or not all(
        math.isfinite(page.width_points) and math.isfinite(page.height_points) for page in pages
    ):
        raise DocumentRefused(RefusalCode.UNREADABLE, "the worker's answer is out of bounds")
    name_matches = Path(file_name).suffix.lower().lstrip(".") in extensions
    return Inspection(media_type, extensions[0], pages, repaired, name_matches, size_bytes)
