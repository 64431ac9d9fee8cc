# SPDX-License-Identifier: AGPL-3.0-or-later
"""Serve a customer's bytes so that no browser runs them: as attachment, sandboxed, of the inspected type."""

from __future__ import annotations

import re
import unicodedata
from pathlib import PurePosixPath, PureWindowsPath
from urllib.parse import quote

from fastapi import Request
from starlette.responses import FileResponse, Response

_UNSAFE = re.compile(r'[\x00-\x1f\x7f"\\/:*?<>|]+')
_LONGEST_NAME = 200
_SAFE_HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "Content-Security-Policy": "sandbox; default-src 'none'",
    "Cache-Control": "private, no-cache",
}


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
    """Answer with a stored content; `Range`, `If-Range` and `If-None-Match` are honoured."""
    etag = f'"{sha256}"'
    headers = {**_SAFE_HEADERS, "ETag": etag, "Content-Disposition": content_disposition(name)}
    known = (tag.strip().removeprefix("W/") for tag in request.headers.get("if-none-match", "").split(","))
    if etag in known:
        return Response(status_code=304, headers=headers)
    return FileResponse(path, media_type=media_type, headers=headers)
