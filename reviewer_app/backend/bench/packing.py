# SPDX-License-Identifier: AGPL-3.0-or-later
"""A case as a file: a ZIP with its rows, its documents and a list of hashes. Written and read back, with every check."""

from __future__ import annotations

import hashlib
import io
import json
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from reviewer_app.contract.bench import BenchProblemCode, BenchRefusal
from reviewer_app.contract.text import Text

FORMAT, FORMAT_VERSION = "reviewer-case", 1
DOCUMENTS = "documents/"
_MANIFEST, _CASE = "manifest.json", "case.json"
_MOST_BYTES = 1024 * 1024 * 1024

_NO_ZIP = Text("to nie jest plik ZIP", "it is no ZIP file")
_NO_MANIFEST = Text("nie ma w nim spisu zawartości", "it has no list of contents")
_OTHER_FORMAT = Text("to nie jest zapis sprawy", "it is not the record of a case")
_OTHER_VERSION = Text(
    "powstał w innej wersji programu (schemat {theirs}, tutaj {ours})",
    "another version of the program made it (schema {theirs}, here {ours})",
)
_TOO_LARGE = Text("po rozpakowaniu byłby za duży", "it would be too large when unpacked")
_UNREADABLE = Text("części {name} nie da się odczytać", "the part {name} cannot be read")
_ALTERED = Text("część {name} ma inną treść niż przy eksporcie", "the part {name} is not what was exported")
_MISSING = Text("brakuje części {name}", "the part {name} is missing")


@dataclass(frozen=True, slots=True)
class PackedCase:
    """What a file holds: the case as JSON, and its documents by SHA-256."""

    case: Mapping[str, Any]
    documents: Mapping[str, bytes]


def pack(case: Mapping[str, Any], documents: Mapping[str, bytes], *, schema: str, about: Mapping[str, str]) -> bytes:
    """Write a case. ``schema`` is the revision of the database's schema, ``about`` tells people where it comes from."""
    parts = {_CASE: json.dumps(case, ensure_ascii=False, indent=1, sort_keys=True).encode()}
    parts |= {f"{DOCUMENTS}{sha256}": data for sha256, data in documents.items()}
    manifest = {
        "format": FORMAT,
        "version": FORMAT_VERSION,
        "schema": schema,
        "about": dict(about),
        "parts": {name: hashlib.sha256(data).hexdigest() for name, data in parts.items()},
    }
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(_MANIFEST, json.dumps(manifest, ensure_ascii=False, indent=1))
        for name, data in parts.items():
            archive.writestr(name, data)
    return written.getvalue()


def unpack(packed: bytes, *, schema: str) -> PackedCase:
    """Read a case back. Raises BenchRefusal ``export_foreign`` or ``export_damaged``."""
    with _archive(packed) as archive:
        if sum(info.file_size for info in archive.infolist()) > _MOST_BYTES:
            raise _damaged(_TOO_LARGE)
        manifest = _manifest(archive)
        if manifest.get("format") != FORMAT or manifest.get("version") != FORMAT_VERSION:
            raise _foreign(_OTHER_FORMAT)
        if manifest.get("schema") != schema:
            raise _foreign(_OTHER_VERSION.format(theirs=manifest.get("schema"), ours=schema))
        parts = {name: _part(archive, name, digest) for name, digest in _listed(manifest).items()}
    if _CASE not in parts:
        raise _damaged(_MISSING.format(name=_CASE))
    case = _json(parts[_CASE], _CASE)
    documents = {name.removeprefix(DOCUMENTS): data for name, data in parts.items() if name.startswith(DOCUMENTS)}
    return PackedCase(case, documents)


@contextmanager
def _archive(packed: bytes) -> Iterator[zipfile.ZipFile]:
    try:
        archive = zipfile.ZipFile(io.BytesIO(packed))
    except zipfile.BadZipFile as error:
        # A file that begins as a ZIP and does not end as one was cut short.
        raise (_damaged(_UNREADABLE.format(name="ZIP")) if packed[:2] == b"PK" else _foreign(_NO_ZIP)) from error
    with archive:
        yield archive


def _manifest(archive: zipfile.ZipFile) -> Mapping[str, Any]:
    if _MANIFEST not in archive.namelist():
        raise _foreign(_NO_MANIFEST)
    return _json(_read(archive, _MANIFEST), _MANIFEST)


def _listed(manifest: Mapping[str, Any]) -> Mapping[str, str]:
    parts = manifest.get("parts")
    if not isinstance(parts, dict):
        raise _foreign(_NO_MANIFEST)
    return parts


def _part(archive: zipfile.ZipFile, name: str, digest: str) -> bytes:
    data = _read(archive, name)
    if hashlib.sha256(data).hexdigest() != digest:
        raise _damaged(_ALTERED.format(name=name))
    return data


def _read(archive: zipfile.ZipFile, name: str) -> bytes:
    try:
        return archive.read(name)
    except KeyError as error:
        raise _damaged(_MISSING.format(name=name)) from error
    except (zipfile.BadZipFile, zlib.error, OSError, RuntimeError, NotImplementedError) as error:
        raise _damaged(_UNREADABLE.format(name=name)) from error


def _json(data: bytes, name: str) -> Mapping[str, Any]:
    try:
        found = json.loads(data)
    except ValueError as error:
        raise _damaged(_UNREADABLE.format(name=name)) from error
    if not isinstance(found, dict):
        raise _damaged(_UNREADABLE.format(name=name))
    return found


def _damaged(reason: Text) -> BenchRefusal:
    return BenchRefusal(BenchProblemCode.EXPORT_DAMAGED, reason=reason)


def _foreign(reason: Text) -> BenchRefusal:
    return BenchRefusal(BenchProblemCode.EXPORT_FOREIGN, reason=reason)
