# SPDX-License-Identifier: AGPL-3.0-or-later
"""Styles, scripts, icons and fonts, under an address that changes when any of them changes."""

from __future__ import annotations

import gzip
import hashlib
import mimetypes
from pathlib import Path
from typing import NamedTuple

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

_COMPRESSED = frozenset({".css", ".js", ".svg"})
_TYPES = {".css": "text/css", ".js": "text/javascript", ".svg": "image/svg+xml", ".woff2": "font/woff2"}


class _File(NamedTuple):
    media_type: str
    plain: bytes
    compressed: bytes | None


class StaticFiles:
    """All static files in memory (some 200 KB), read once."""

    def __init__(self, root: Path) -> None:
        self._files = {
            path.relative_to(root).as_posix(): _read(path) for path in sorted(root.rglob("*")) if path.is_file()
        }
        digest = hashlib.sha256()
        for name, file in self._files.items():
            digest.update(name.encode() + b"\0" + file.plain)
        self.build = digest.hexdigest()[:12]

    def url(self, name: str) -> str:
        """Give the address of a file. Raises KeyError when there is none of that name."""
        self._files[name]
        return f"/static/{self.build}/{name}"

    async def serve(self, request: Request) -> Response:
        """Answer with a file; it may be kept for ever under its build's address."""
        file = self._files.get(request.path_params["name"])
        if file is None:
            raise HTTPException(404)
        current = request.path_params["build"] == self.build
        headers = {
            "Cache-Control": "public, max-age=31536000, immutable" if current else "no-cache",
            "Vary": "Accept-Encoding",
        }
        body = file.plain
        if file.compressed is not None and "gzip" in request.headers.get("Accept-Encoding", ""):
            headers["Content-Encoding"] = "gzip"
            body = file.compressed
        return Response(body, media_type=file.media_type, headers=headers)


def _read(path: Path) -> _File:
    plain = path.read_bytes()
    media_type = _TYPES.get(path.suffix) or mimetypes.guess_type(path.name)[0] or "application/octet-stream"
    return _File(media_type, plain, gzip.compress(plain, mtime=0) if path.suffix in _COMPRESSED else None)
