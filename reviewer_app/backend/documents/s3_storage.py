# SPDX-License-Identifier: AGPL-3.0-or-later
"""Documents in a bucket of an S3 service, with copies on this machine for those who read them now.

Keys are those of the folder: ``content/ab/cd/<sha256>`` and ``derived/ab/<sha256>.<name>`` below the prefix. A content is
created on the condition that its key is free, so that of two servers that bring it one creates it and nothing is ever
overwritten. Address and credentials of the service come from the environment as the AWS clients read them
(``AWS_ENDPOINT_URL``, ``AWS_REGION``, ``AWS_ACCESS_KEY_ID``, …). Only this module imports the client, an optional extra.
"""

from __future__ import annotations

import hashlib
import os
import re
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import timedelta
from pathlib import Path
from tempfile import TemporaryFile
from typing import BinaryIO, TypeVar

import obstore
from obstore.exceptions import AlreadyExistsError, BaseError, PermissionDeniedError, UnauthenticatedError
from obstore.store import S3Store

from reviewer_app.backend.documents.storage import FolderStorage, OpenContent, StorageAwayError, StorageError
from reviewer_app.contract.text import Text

COPIES_BYTES = 2_000_000_000
"""Copies take about so much of the local disk; those used longest ago go first."""
IN_USE_SECONDS = 3600
"""A copy that was asked for more recently may still be read by somebody."""
_MARK = "reviewer-storage"
_NOWHERE = "check/"
_CHUNK = 1 << 20
_CONNECT, _REQUEST, _RETRIES = timedelta(seconds=5), timedelta(minutes=5), timedelta(seconds=10)

_NO_BUCKET = Text(
    "REVIEWER_STORAGE_URL: nie ma zasobnika {bucket}. Utwórz go albo popraw nazwę.",
    "REVIEWER_STORAGE_URL: there is no bucket {bucket}. Create it, or correct the name.",
)
_NO_RIGHTS = Text(
    "REVIEWER_STORAGE_URL: usługa S3 odmawia dostępu do zasobnika {bucket}. Sprawdź AWS_ACCESS_KEY_ID i "
    "AWS_SECRET_ACCESS_KEY; potrzebne są prawa s3:ListBucket, s3:GetObject i s3:PutObject.",
    "REVIEWER_STORAGE_URL: the S3 service denies access to the bucket {bucket}. Check AWS_ACCESS_KEY_ID and "
    "AWS_SECRET_ACCESS_KEY; the rights s3:ListBucket, s3:GetObject and s3:PutObject are needed.",
)
_AWAY = Text(
    "Zasobnik {bucket} nie odpowiada. Sprawdź sieć, AWS_ENDPOINT_URL i AWS_REGION. ({reason})",
    "The bucket {bucket} does not answer. Check the network, AWS_ENDPOINT_URL and AWS_REGION. ({reason})",
)
_NO_ADDRESS = Text(
    "{name}: dozwolony jest adres usługi S3, jako https://serwer:port",
    "{name}: it takes the address of an S3 service, as https://host:port",
)
_ADDRESS = re.compile(r"https?://[A-Za-z0-9.\-\[\]:]+(?:/[A-Za-z0-9._~/\-]*)?")
_ALTERED = Text(
    "Zasobnik {bucket} oddał pod {sha256} inną treść. Uruchom reviewer-server verify.",
    "The bucket {bucket} gave another content for {sha256}. Run reviewer-server verify.",
)

Answer = TypeVar("Answer")


class S3Storage:
    """A storage in ``s3://bucket/prefix``. Thread-safe, and several servers may share one bucket and prefix.

    Args:
        bucket: the bucket's name; it must exist.
        prefix: what all keys begin with, may be empty.
        copies: a folder of this machine for quarantine and for copies of what is read. It can be lost.

    Raises:
        StorageAwayError: the bucket is missing, denied, cannot be written or does not answer.
        StorageError: what the environment says of the service cannot be used.
        OSError: the folder cannot be made.
    """

    def __init__(self, bucket: str, prefix: str, copies: Path, *, copies_bytes: int = COPIES_BYTES) -> None:
        self._bucket = bucket
        self._copies = FolderStorage(copies)
        self._room = _Room(copies / "content", copies_bytes)
        endpoint = _endpoint()
        try:
            self._store = S3Store(
                bucket,
                prefix=prefix or None,
                client_options={
                    "connect_timeout": _CONNECT,
                    "timeout": _REQUEST,
                    "allow_http": endpoint.startswith("http://"),
                },
                retry_config={"max_retries": 3, "retry_timeout": _RETRIES},
            )
        except (BaseError, ValueError) as error:
            raise StorageError(_AWAY.format(bucket=bucket, reason=_first_line(error))) from error
        self._create(_MARK, b"")

    def quarantine(self) -> Path:
        """Make an empty file for incoming bytes, on this machine."""
        return self._copies.quarantine()

    def keep(self, quarantined: Path, sha256: str) -> None:
        """Create the content unless the bucket has it; the file becomes this machine's copy."""
        self._create(_content_key(sha256), quarantined)
        self._room.add(quarantined.stat().st_size)
        self._copies.keep(quarantined, sha256)

    def path_of(self, sha256: str) -> Path:
        """Give this machine's copy of a content, fetched when it is not there yet."""
        with suppress(FileNotFoundError):
            copy = self._copies.path_of(sha256)
            copy.touch()
            return copy
        fetched = self._copies.quarantine()
        try:
            with fetched.open("wb") as file:
                digest, size = self._fetch(sha256, file)
            if digest != sha256:
                raise StorageAwayError(_ALTERED.format(bucket=self._bucket, sha256=sha256))
            self._room.add(size)
            self._copies.keep(fetched, sha256)
        finally:
            fetched.unlink(missing_ok=True)
        return self._copies.path_of(sha256)

    @contextmanager
    def opened(self, sha256: str) -> Iterator[OpenContent]:
        """Open what the bucket holds, never a copy; nothing of it stays on this machine."""
        with TemporaryFile() as file:
            self._fetch(sha256, file)
            file.seek(0)
            yield file

    def hashes(self) -> Iterator[str]:
        """List everything that is kept."""
        pages = obstore.list(self._store, "content/")
        while page := self._told(lambda: next(pages, None)):
            yield from (entry["path"].rpartition("/")[2] for entry in page)

    def derived(self, sha256: str, name: str) -> bytes | None:
        """Read what was computed earlier."""
        try:
            return self._told(lambda: bytes(obstore.get(self._store, _derived_key(sha256, name)).bytes()))
        except FileNotFoundError:
            return None

    def keep_derived(self, sha256: str, name: str, data: bytes) -> None:
        """Write what was computed."""
        self._told(lambda: obstore.put(self._store, _derived_key(sha256, name), data))

    def check(self) -> None:
        """Ask the bucket for a list that is empty."""
        self._told(lambda: obstore.list(self._store, _NOWHERE).collect())

    def _create(self, key: str, content: Path | bytes) -> None:
        with suppress(AlreadyExistsError):
            self._told(lambda: obstore.put(self._store, key, content, mode="create", use_multipart=False))

    def _fetch(self, sha256: str, file: BinaryIO) -> tuple[str, int]:
        """Write a content into a file; gives the SHA-256 and the size of what came."""

        def fetch() -> tuple[str, int]:
            digest, size = hashlib.sha256(), 0
            for chunk in obstore.get(self._store, _content_key(sha256)).stream(min_chunk_size=_CHUNK):
                part = bytes(chunk)
                digest.update(part)
                size += len(part)
                file.write(part)
            return digest.hexdigest(), size

        return self._told(fetch)

    def _told(self, call: Callable[[], Answer]) -> Answer:
        """Do a call; what goes wrong is told in words for who operates the server."""
        try:
            return call()
        except AlreadyExistsError:
            raise
        except (PermissionDeniedError, UnauthenticatedError) as error:
            raise StorageAwayError(_NO_RIGHTS.format(bucket=self._bucket)) from error
        except FileNotFoundError as error:
            if "NoSuchBucket" not in str(error):
                raise
            raise StorageAwayError(_NO_BUCKET.format(bucket=self._bucket)) from error
        except BaseError as error:
            text = _NO_BUCKET if "NoSuchBucket" in str(error) else _AWAY
            raise StorageAwayError(text.format(bucket=self._bucket, reason=_first_line(error))) from error


class _Room:
    """Keeps the copies within their share of the disk."""

    def __init__(self, folder: Path, limit: int) -> None:
        self._folder = folder
        self._limit = limit
        self._lock = threading.Lock()
        self._used = sum(size for _, size, _ in self._files())

    def add(self, size: int) -> None:
        """Count a new copy; when there are too many, take those away that nobody asked for lately."""
        with self._lock:
            self._used += size
            if self._used <= self._limit:
                return
            found = sorted(self._files())
            self._used = size + sum(present for _, present, _ in found)
            oldest = time.time() - IN_USE_SECONDS
            for used_at, present, file in found:
                if self._used <= self._limit or used_at > oldest:
                    break
                with suppress(OSError):  # it went already, or Windows has it open
                    file.unlink()
                    self._used -= present

    def _files(self) -> Iterator[tuple[float, int, Path]]:
        for file in self._folder.glob("??/??/*"):
            with suppress(OSError):
                status = file.stat()
                yield status.st_mtime, status.st_size, file


def _endpoint() -> str:
    """Give the service's address as the environment names it, empty for AWS itself. Raises StorageError."""
    for name in ("AWS_ENDPOINT_URL_S3", "AWS_ENDPOINT_URL"):
        address = os.environ.get(name, "")
        if address and not _ADDRESS.fullmatch(address):
            raise StorageError(_NO_ADDRESS.format(name=name))
        if address:
            return address
    return ""


def _content_key(sha256: str) -> str:
    return f"content/{sha256[:2]}/{sha256[2:4]}/{sha256}"


def _derived_key(sha256: str, name: str) -> str:
    return f"derived/{sha256[:2]}/{sha256}.{name}"


def _first_line(error: Exception) -> str:
    return (str(error).splitlines() or [type(error).__name__])[0]
