# SPDX-License-Identifier: AGPL-3.0-or-later
"""What kind of file this is, and how large its pictures are, from headers alone: nothing is decoded here."""

from __future__ import annotations

import struct
from collections.abc import Iterator

PDF, JPEG, PNG, TIFF = "application/pdf", "image/jpeg", "image/png", "image/tiff"
EXTENSIONS = {PDF: ("pdf",), JPEG: ("jpg", "jpeg", "jpe", "jfif"), PNG: ("png",), TIFF: ("tif", "tiff")}
"""File name extensions by media type; the first is the usual one."""

_PDF_HEADER_WITHIN = 1024
_NO_FRAME_HEADER = {0xC4, 0xC8, 0xCC}
_WIDTH_TAG, _HEIGHT_TAG = 256, 257
_MOST_DIRECTORIES = 10_000


def media_type_of(data: bytes) -> str | None:
    """Tell the media type by content, None for what is not taken. A PDF header may follow up to 1 KB of other bytes."""
    if data.startswith(b"\xff\xd8\xff"):
        return JPEG
    if data.startswith(b"\x89PNG\r\n\x1a\n"):
        return PNG
    if data[:4] in (b"II*\x00", b"MM\x00*"):
        return TIFF
    if data.startswith((b"PK\x03\x04", b"MZ", b"<")):
        return None
    return PDF if b"%PDF-" in data[:_PDF_HEADER_WITHIN] else None


def picture_sizes(media_type: str, data: bytes) -> tuple[tuple[int, int], ...]:
    """Give width and height in pixels of each picture in an image file.

    Raises:
        ValueError: the headers are damaged or say nothing.
    """
    try:
        if media_type == PNG:
            return (_png_size(data),)
        if media_type == JPEG:
            return (_jpeg_size(data),)
        return tuple(_tiff_sizes(data))
    except (struct.error, IndexError) as error:
        raise ValueError("file ends inside its headers") from error


def _png_size(data: bytes) -> tuple[int, int]:
    if data[12:16] != b"IHDR":
        raise ValueError("PNG without a header")
    width, height = struct.unpack_from(">II", data, 16)
    return width, height


def _jpeg_size(data: bytes) -> tuple[int, int]:
    at = 2
    while True:
        if data[at] != 0xFF:
            raise ValueError("JPEG segment expected")
        while data[at] == 0xFF:
            at += 1
        marker = data[at]
        at += 1
        if 0xD0 <= marker <= 0xD7 or marker == 0x01:
            continue
        if 0xC0 <= marker <= 0xCF and marker not in _NO_FRAME_HEADER:
            height, width = struct.unpack_from(">HH", data, at + 3)
            return width, height
        if marker in {0xD9, 0xDA}:
            raise ValueError("JPEG without a frame")
        at += struct.unpack_from(">H", data, at)[0]


def _tiff_sizes(data: bytes) -> Iterator[tuple[int, int]]:
    order = "<" if data.startswith(b"II") else ">"
    (at,) = struct.unpack_from(order + "I", data, 4)
    seen: set[int] = set()
    while at:
        if at in seen or len(seen) >= _MOST_DIRECTORIES:
            raise ValueError("TIFF directories form a circle")
        seen.add(at)
        (entries,) = struct.unpack_from(order + "H", data, at)
        sizes = {_WIDTH_TAG: 0, _HEIGHT_TAG: 0}
        for entry in range(at + 2, at + 2 + entries * 12, 12):
            tag, kind = struct.unpack_from(order + "HH", data, entry)
            if tag in sizes:
                (sizes[tag],) = struct.unpack_from(order + ("H" if kind == 3 else "I"), data, entry + 8)
        yield sizes[_WIDTH_TAG], sizes[_HEIGHT_TAG]
        (at,) = struct.unpack_from(order + "I", data, at + 2 + entries * 12)
