# SPDX-License-Identifier: AGPL-3.0-or-later
"""Where the bytes of documents lie: outside the database, under their SHA-256."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from contextlib import AbstractContextManager
from io import BufferedRandom, BufferedReader
from pathlib import Path
from tempfile import mkstemp
from typing import Protocol
from urllib.parse import unquote, urlsplit
from urllib.request import url2pathname

import platformdirs

from reviewer_app.backend.kit.away import AwayError
from reviewer_app.contract.text import Text

OpenContent = BufferedReader | BufferedRandom
ABANDONED_AFTER_SECONDS = 24 * 3600
"""A file that lies in quarantine for longer belongs to a request that never ended."""


_NO_CLIENT = Text(
    "REVIEWER_STORAGE_URL: s3://… wymaga dodatkowego pakietu. Zainstaluj: pip install 'reviewer[s3]'",
    "REVIEWER_STORAGE_URL: s3://… needs an extra package. Install it: pip install 'reviewer[s3]'",
)
_NO_PLACE = Text(
    "REVIEWER_STORAGE_URL: dozwolony jest folder o pełnej ścieżce, jako file:///…, albo s3://zasobnik/przedrostek",
    "REVIEWER_STORAGE_URL: it takes a folder with its full path, as file:///…, or s3://bucket/prefix",
)
_GONE = Text(
    "Nie można zapisywać w folderze dokumentów {folder}. Sprawdź, czy dysk jest podłączony i czy są prawa.",
    "The folder of documents {folder} cannot be written. Check that its disk is there, and the rights.",
)


class StorageError(ValueError):
    """A storage address that cannot be used; ``text`` names the setting and what it takes."""

    def __init__(self, text: Text) -> None:
        super().__init__(text.en)
        self.text = text


class StorageAwayError(AwayError):
    """The storage does not answer, or not as it should; ``text`` says what to look at. Nothing was lost or changed."""

    def __init__(self, text: Text) -> None:
        super().__init__(text.en)
        self.text = text


class Storage(Protocol):
    """Keeps contents by their hash. A content that is kept is never changed.

    Every method raises StorageAwayError while a storage elsewhere does not answer.
    """

    def quarantine(self) -> Path:
        """Make an empty file for incoming bytes, which nobody is served from."""

    def keep(self, quarantined: Path, sha256: str) -> None:
        """Move a quarantined file to its place. A content that is there already is kept once."""

    def path_of(self, sha256: str) -> Path:
        """Give a local file with this content.

        Raises:
            FileNotFoundError: the storage has no such content.
        """

    def opened(self, sha256: str) -> AbstractContextManager[OpenContent]:
        """Open the very bytes that are kept, whatever copies there are. Raises FileNotFoundError as `path_of`."""

    def hashes(self) -> Iterator[str]:
        """List the hashes of everything that is kept."""

    def derived(self, sha256: str, name: str) -> bytes | None:
        """Give what was computed from a content earlier, or None."""

    def keep_derived(self, sha256: str, name: str, data: bytes) -> None:
        """Remember what was computed from a content. It can be lost and computed again."""

    def check(self) -> None:
        """Raise StorageAwayError while contents cannot be kept and given."""


class FolderStorage:
    """A storage in a folder: ``quarantine/``, ``content/ab/cd/<sha256>``, ``derived/ab/<sha256>.<name>``."""

    def __init__(self, folder: Path) -> None:
        """Make the folders where they are missing and clear away what interrupted requests left in quarantine."""
        self._quarantine = folder / "quarantine"
        self._content = folder / "content"
        self._derived = folder / "derived"
        for part in (self._quarantine, self._content, self._derived):
            part.mkdir(parents=True, exist_ok=True, mode=0o700)
        self._discard_abandoned()

    def quarantine(self) -> Path:
        """Make an empty file for incoming bytes."""
        handle, name = mkstemp(dir=self._quarantine)
        os.close(handle)
        return Path(name)

    def keep(self, quarantined: Path, sha256: str) -> None:
        """Write the bytes through to the disk, then rename: what has the name has the content."""
        place = self._place(sha256)
        place.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        _write_through(quarantined)
        quarantined.replace(place)
        _write_through_folder(place.parent)

    def path_of(self, sha256: str) -> Path:
        """Give the file of a content."""
        place = self._place(sha256)
        if not place.is_file():
            raise FileNotFoundError(f"the storage has no content {sha256}")
        return place

    def opened(self, sha256: str) -> BufferedReader:
        """Open the file of a content."""
        return self.path_of(sha256).open("rb")

    def hashes(self) -> Iterator[str]:
        """List everything that is kept."""
        return (place.name for place in sorted(self._content.glob("??/??/*")))

    def derived(self, sha256: str, name: str) -> bytes | None:
        """Read what was computed earlier."""
        try:
            return self._derived_place(sha256, name).read_bytes()
        except FileNotFoundError:
            return None

    def keep_derived(self, sha256: str, name: str, data: bytes) -> None:
        """Write beside, then rename, so that a reader never sees a part."""
        place = self._derived_place(sha256, name)
        place.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        beside = self.quarantine()
        beside.write_bytes(data)
        beside.replace(place)

    def check(self) -> None:
        """Look for the folders: a disk may have been taken away."""
        for part in (self._quarantine, self._content, self._derived):
            if not part.is_dir() or not os.access(part, os.W_OK):
                raise StorageAwayError(_GONE.format(folder=part))

    def _place(self, sha256: str) -> Path:
        return self._content / sha256[:2] / sha256[2:4] / sha256

    def _derived_place(self, sha256: str, name: str) -> Path:
        return self._derived / sha256[:2] / f"{sha256}.{name}"

    def _discard_abandoned(self) -> None:
        oldest = time.time() - ABANDONED_AFTER_SECONDS
        for file in self._quarantine.iterdir():
            if file.stat().st_mtime < oldest:
                file.unlink(missing_ok=True)


def open_storage(url: str, *, copies: Path | None = None) -> Storage:
    """Open the storage at an address such as ``file:///var/lib/reviewer/documents`` or ``s3://bucket/prefix``.

    ``copies`` is the folder for quarantine and copies of a storage elsewhere; without one it is the user's cache.

    Raises:
        StorageError: the address is of a kind that is not available, or not an absolute folder.
        StorageAwayError: the bucket is missing, denied, cannot be written or does not answer.
        OSError: the folder cannot be made.
    """
    parts = urlsplit(url)
    if parts.scheme == "s3" and parts.netloc:
        return _open_s3(parts.netloc, unquote(parts.path).strip("/"), copies)
    if parts.scheme != "file" or parts.netloc not in {"", "localhost"} or not parts.path.startswith("/"):
        raise StorageError(_NO_PLACE)
    return FolderStorage(Path(url2pathname(unquote(parts.path) if os.name != "nt" else parts.path)))


def _open_s3(bucket: str, prefix: str, copies: Path | None) -> Storage:
    try:
        from reviewer_app.backend.documents.s3_storage import S3Storage  # noqa: PLC0415  # the client is optional
    except ModuleNotFoundError as error:
        raise StorageError(_NO_CLIENT) from error
    folder = copies or platformdirs.user_cache_path("reviewer-server", appauthor=False) / "documents"
    return S3Storage(bucket, prefix, folder)


def _write_through(file: Path) -> None:
    with file.open("rb+") as stream:
        os.fsync(stream.fileno())


def _write_through_folder(folder: Path) -> None:
    if os.name == "nt":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
