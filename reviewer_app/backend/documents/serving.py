# SPDX-License-Identifier: AGPL-3.0-or-later
"""Serve a customer's bytes so that no browser runs them: as attachment, sandboxed, of the inspected type."""

from __future__ import annotations

import re
import unicodedata
from pathlib import Path, PurePosixPath, PureWindowsPath
from urllib.parse import quote

from fastapi import Request
from starlette.responses import FileResponse, Response
from starlette.types import Receive, Scope, Send

from reviewer_app.backend.kit.problems import ProblemError
from reviewer_app.contract.problems import ProblemCode

_RANGE = re.compile(r"(\d+)-(\d*)|-(\d+)", re.ASCII)
_UNSAFE = re.compile(r'[\x00-\x1f\x7f"\\/:*?<>|]+')
_LONGEST_NAME = 200
PRIVATE_HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "Content-Security-Policy": "sandbox; default-src 'none'",
    "Cache-Control": "private, no-cache",
}
"""What every answer with a customer's bytes, or a picture of them, carries."""


def safe_file_name(name: str) -> str:
    """Give the last part of a file name as a client sent it, without characters that a system or header minds."""
    last = PureWindowsPath(PurePosixPath(name.replace("\x00", "")).name).name
    visible = "".join(letter for letter in last if unicodedata.category(letter) not in {"Cc", "Cf", "Cs"})
    cleaned = _UNSAFE.sub("_", visible).strip(" .")
    if len(cleaned) > _LONGEST_NAME:
        stem, dot, suffix = cleaned.rpartition(".")
        suffix = suffix[:10]
        cleaned = f"{(stem or suffix)[: _LONGEST_NAME - len(suffix) - 1]}{dot}{suffix}"
    return cleaned or "document"


def content_disposition(name: str) -> str:
    """Write the header for a download (RFC 6266): an ASCII name for old clients, the true one in UTF-8."""
    decomposed = unicodedata.normalize("NFKD", name.replace("ł", "l").replace("Ł", "L"))
    ascii_name = decomposed.encode("ascii", "ignore").decode() or "document"
    return f"attachment; filename=\"{ascii_name}\"; filename*=UTF-8''{quote(name, safe='')}"


def file_response(request: Request, *, path: str, sha256: str, media_type: str, name: str) -> Response:
    """Answer with a stored content; `Range`, `If-Range` and `If-None-Match` are honoured.

    Raises ProblemError ``range_not_satisfiable`` when every part that is asked for begins behind the end.
    """
    etag = f'"{sha256}"'
    headers = {**PRIVATE_HEADERS, "ETag": etag, "Content-Disposition": content_disposition(name)}
    known = (tag.strip().removeprefix("W/") for tag in request.headers.get("if-none-match", "").split(","))
    if etag in known:
        return Response(status_code=304, headers=headers)
    present = Path(path).stat()
    wanted = _ranges(request.headers.get("range", ""))
    if wanted and request.headers.get("if-range", etag) == etag:
        _require_overlap(wanted, present.st_size)
    kind = FileResponse if wanted else _Whole
    return kind(path, media_type=media_type, headers=headers, stat_result=present)


class _Whole(FileResponse):
    """The whole content, whatever `Range` says: one that cannot be read is passed over (RFC 9110, 14.2)."""

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        headers = [(name, value) for name, value in scope["headers"] if name != b"range"]
        await super().__call__({**scope, "headers": headers}, receive, send)


def _ranges(header: str) -> list[tuple[int | None, int | None]]:
    """Give the first and last places of each range, the first None for the last so many bytes; none if unreadable."""
    unit, _, listed = header.partition("=")
    found = [_RANGE.fullmatch(part.strip()) for part in listed.split(",")]
    if unit.strip().lower() != "bytes" or not all(found):
        return []
    ranges = [
        (int(match[1]) if match[1] else None, int(match[2] or match[3]) if match[2] or match[3] else None)
        for match in found
        if match
    ]
    readable = all(first is None or last is None or first <= last for first, last in ranges)
    return ranges if readable else []


def _require_overlap(ranges: list[tuple[int | None, int | None]], size: int) -> None:
    if any(first < size if first is not None else bool(last) for first, last in ranges):
        return
    raise ProblemError(ProblemCode.RANGE_NOT_SATISFIABLE, headers={"Content-Range": f"bytes */{size}"})
