# SPDX-License-Identifier: AGPL-3.0-or-later
"""Calls about documents: the customer's bytes, verified, and the words on the pages."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from pathlib import Path
from typing import BinaryIO
from urllib.parse import quote

import urllib3

from reviewer_app.contract.page_rotations import Degrees, RotationRequest
from reviewer_app.contract.printing import PrintOutcome, PrintRecord, PrintRequest
from reviewer_app.contract.staff import DocumentWords
from reviewer_app.gateway.client import BACKOFF_SECONDS, STAFF, Call, Client, refusal_in
from reviewer_app.gateway.errors import DamagedDownload, Interrupted, Offline, SessionExpired, UnexpectedAnswer
from reviewer_app.gateway.pieces import read_words
from reviewer_app.gateway.transport import CHUNK_BYTES, Answer

Progress = Callable[[int, int], None]
Stopped = Callable[[], bool]
LONGEST_DOWNLOAD_SECONDS = 600.0
MOST_REFUSAL_BYTES = 64 * 1024


class DocumentCalls:
    """``GET documents/{id}/content`` and ``words``, ``POST documents/{id}/prints``, ``PUT documents/{id}/pages/{page}/rotation``."""

    def __init__(self, client: Client) -> None:
        self._client = client

    def words(self, *, document_id: str) -> DocumentWords:
        """Read the words of a document with their boxes, by page."""
        return self._client.ask_plainly(Call("GET", _path(document_id, "words")), read_words)

    def record_print(self, *, document_id: str, request: PrintRequest, key: str) -> PrintRecord:
        """Record that pages are printed. ``key`` is the idempotency key. Raises PermissionMissing, InvalidRequest."""
        return self._client.ask(Call("POST", _path(document_id, "prints"), body=request, key=key), PrintRecord)

    def end_print(self, *, document_id: str, print_id: str, outcome: PrintOutcome, key: str) -> None:
        """Record what became of a print. Raises NotFound, PermissionMissing."""
        path = _path(document_id, f"prints/{quote(print_id, safe='')}/outcome")
        self._client.send(Call("POST", path, body=outcome, key=key))

    def turn(self, *, document_id: str, page: int, degrees: Degrees) -> None:
        """Turn a page for everybody. Raises NotFound, PermissionMissing."""
        path = _path(document_id, f"pages/{page}/rotation")
        self._client.send(Call("PUT", path, body=RotationRequest(degrees=degrees)))

    def content(
        self, *, document_id: str, sha256: str, size: int, target: Path, progress: Progress, stopped: Stopped
    ) -> None:
        """Download a document into ``target``, going on where an earlier try ended, and verify its SHA-256.

        ``progress`` gets bytes so far and bytes in all; ``stopped`` is asked between pieces. When the digest does not
        match, the file is removed and DamagedDownload raised; after Offline or Interrupted the part stays.
        """
        for pause in (*BACKOFF_SECONDS, None):
            try:
                self._fetch(document_id, size, target, progress, stopped)
                break
            except Offline:
                if pause is None:
                    raise
                self._client.transport.pause(pause)
        if digest_of(target) != sha256:
            target.unlink(missing_ok=True)
            raise DamagedDownload

    def _fetch(self, document_id: str, size: int, target: Path, progress: Progress, stopped: Stopped) -> None:
        access = self._client.tokens.access() or self._client.tokens.renewed("")
        try:
            self._fetch_as(access, document_id, size, target, progress, stopped)
        except SessionExpired:
            self._fetch_as(self._client.tokens.renewed(access), document_id, size, target, progress, stopped)

    def _fetch_as(  # noqa: PLR0917 -- the same values in the same order as the two callers have them
        self, access: str, document_id: str, size: int, target: Path, progress: Progress, stopped: Stopped
    ) -> None:
        call = Call("GET", _path(document_id, "content"))
        done = target.stat().st_size if target.exists() else 0
        if done > 0 and done >= size:
            return
        headers = {**self._client.headers(call, access), "Accept": "*/*", "Accept-Encoding": "identity"}
        if done:
            headers["Range"] = f"bytes={done}-"
        with self._client.transport.stream("GET", call.path, headers=headers) as response:
            begin = self._beginning(response, done)
            with target.open("r+b" if begin else "wb") as file:
                file.seek(begin)
                file.truncate()
                self._copy(response, file, begin, size, progress, stopped)
        if target.stat().st_size < size:
            raise Offline(self._client.transport.host, "the document ended early")

    def _copy(  # noqa: PLR0917 -- as above
        self,
        response: urllib3.BaseHTTPResponse,
        file: BinaryIO,
        begin: int,
        size: int,
        progress: Progress,
        stopped: Stopped,
    ) -> None:
        done = begin
        for piece in self._client.transport.pieces(response, total_seconds=LONGEST_DOWNLOAD_SECONDS):
            if stopped():
                raise Interrupted
            done += len(piece)
            if done > size:
                raise UnexpectedAnswer("GET document content", "more bytes than announced")
            file.write(piece)
            progress(done, size)

    def _beginning(self, response: urllib3.BaseHTTPResponse, done: int) -> int:
        if response.status == 200:
            return 0
        if response.status == 206:
            if not response.headers.get("Content-Range", "").startswith(f"bytes {done}-"):
                raise UnexpectedAnswer("GET document content", "another range than asked for")
            return done
        body = b"".join(self._client.transport.pieces(response, total_seconds=LONGEST_DOWNLOAD_SECONDS))
        named = {name.lower(): value for name, value in response.headers.items()}
        raise refusal_in(Answer(response.status, named, body[:MOST_REFUSAL_BYTES]), "GET document content")


def digest_of(path: Path) -> str:
    """Give the SHA-256 of a file, in lower-case hexadecimal."""
    digest = hashlib.sha256()
    with path.open("rb") as file:
        while piece := file.read(CHUNK_BYTES):
            digest.update(piece)
    return digest.hexdigest()


def _path(document_id: str, part: str) -> str:
    return f"{STAFF}/documents/{quote(document_id, safe='')}/{part}"
