# SPDX-License-Identifier: AGPL-3.0-or-later
"""Opens documents and keeps the ones used last open between requests."""

from __future__ import annotations

from collections import OrderedDict
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pymupdf

from reviewer_app.documents.errors import RefusalCode
from reviewer_app.documents.worker.errors import DocumentMissing, OperationError, Refused
from reviewer_app.documents.worker.image_headers import media_type_of, picture_sizes

_FILE_TYPES = {"application/pdf": "pdf", "image/jpeg": "jpeg", "image/png": "png", "image/tiff": "tiff"}
_HEAD_BYTES = 1024
_MOST_OPEN = 6
_MOST_PIXELS = 50_000_000


@dataclass(frozen=True)
class Opened:
    """A document that is open in this process."""

    document: pymupdf.Document
    media_type: str

    @property
    def repaired(self) -> bool:
        """Whether MuPDF had to mend the file's structure to read it."""
        return self.media_type == "application/pdf" and bool(self.document.is_repaired)


def open_document(path: str, body: bytes) -> Opened:
    """Open a file or bytes by their content.

    Raises:
        Refused: no supported type, a password is needed, pictures too large to decode, damaged, or no page in it.
    """
    head = body[:_HEAD_BYTES] if body else _read_head(path)
    if not head:
        raise Refused(RefusalCode.EMPTY_FILE, "no bytes")
    media_type = media_type_of(head)
    if media_type is None:
        raise Refused(RefusalCode.UNSUPPORTED_TYPE, "content is no PDF, JPEG, PNG or TIFF")
    if media_type != "application/pdf":
        check_picture_sizes(media_type, body or Path(path).read_bytes(), _MOST_PIXELS)
    try:
        document = _open(path, body, _FILE_TYPES[media_type])
    except Exception as error:
        raise Refused(RefusalCode.UNREADABLE, f"cannot be opened: {error}") from error
    if document.needs_pass:
        document.close()
        raise Refused(RefusalCode.PASSWORD_PROTECTED, "a password is needed to open it")
    if document.page_count < 1:
        document.close()
        raise Refused(RefusalCode.UNREADABLE, "no page in it")
    return Opened(document, media_type)


def check_picture_sizes(media_type: str, data: bytes, most_pixels: int) -> tuple[tuple[int, int], ...]:
    """Give the sizes of an image file's pictures, from its headers, before anything decodes them.

    Raises:
        Refused: damaged headers, or more pixels than allowed.
    """
    try:
        sizes = picture_sizes(media_type, data)
    except ValueError as error:
        raise Refused(RefusalCode.UNREADABLE, str(error)) from error
    for width, height in sizes:
        if width < 1 or height < 1:
            raise Refused(RefusalCode.UNREADABLE, "a picture without a size")
        if width * height > most_pixels:
            raise Refused(RefusalCode.TOO_LARGE_PAGE, f"picture of {width} x {height} pixels")
    return sizes


class OpenDocuments:
    """The documents that are open, least recently used first."""

    def __init__(self) -> None:
        self._opened: OrderedDict[str, Opened] = OrderedDict()

    def get(self, source: dict[str, Any], body: bytes) -> Opened:
        """Give the document of a request's source, opening it when it is not open yet.

        Raises:
            DocumentMissing: it is not open, and the request brought neither path nor bytes.
            OperationError: it cannot be opened.
        """
        key = str(source["key"])
        if key in self._opened:
            self._opened.move_to_end(key)
            return self._opened[key]
        path = str(source.get("path") or "")
        if not path and not body:
            raise DocumentMissing(key)
        try:
            opened = open_document(path, body)
        except OSError as error:
            raise OperationError(f"cannot be read: {error}") from error
        self._opened[key] = opened
        while len(self._opened) > _MOST_OPEN:
            self._end(next(iter(self._opened)))
        return opened

    def close(self, key: str) -> None:
        """Close a document if it is open, and give back the memory of its decoded pictures."""
        if key in self._opened:
            self._end(key)

    def _end(self, key: str) -> None:
        self._opened.pop(key).document.close()
        pymupdf.TOOLS.store_shrink(100)


def _read_head(path: str) -> bytes:
    with Path(path).open("rb") as file:
        return file.read(_HEAD_BYTES)


def _open(path: str, body: bytes, file_type: str) -> pymupdf.Document:
    if body:
        return pymupdf.open(stream=body, filetype=file_type)
    return pymupdf.open(path, filetype=file_type)
