# SPDX-License-Identifier: AGPL-3.0-or-later
"""The two documents that are opened: a register's printout with its text, and one page scanned at 300 dpi."""

from __future__ import annotations

import hashlib
import io
from dataclasses import dataclass
from pathlib import Path

import pymupdf
from PIL import Image

from reviewer_app.backend.documents.storage import open_storage
from reviewer_app.contract.states import DocumentKind
from reviewer_app.qa.specimens import authorization_of, register_printout_pdf
from reviewer_app.qa.synthetic_companies import make_company
from tests.bench.filling import Paper

SCAN_DPI = 300
_GRAIN = 0.06
"""How much of the scan's pixels is noise, so that its JPEG is as heavy as that of an office scanner (about 1 MB)."""


@dataclass(frozen=True, slots=True)
class Papers:
    """The files, and what the database says of them."""

    text: Path
    scan: Path

    def kept_in(self, storage_url: str) -> tuple[Paper, ...]:
        """Put the bytes into a server's storage; gives what its table of documents says of them."""
        return (
            _kept(storage_url, self.text, DocumentKind.REGISTRY_EXTRACT),
            _kept(storage_url, self.scan, DocumentKind.AUTHORIZATION),
        )


def write_papers(folder: Path) -> Papers:
    """Write both documents."""
    company = make_company(1)
    papers = Papers(folder / "text.pdf", folder / "scan.pdf")
    papers.text.write_bytes(register_printout_pdf(company))
    papers.scan.write_bytes(_scanned(authorization_of(company)))
    return papers


def _scanned(pdf: bytes) -> bytes:
    with pymupdf.open(stream=pdf, filetype="pdf") as document:
        size = document.load_page(0).rect
        pixmap = document.load_page(0).get_pixmap(dpi=SCAN_DPI, alpha=False)
    clean = Image.frombytes("RGB", (pixmap.width, pixmap.height), pixmap.samples)
    grain = Image.effect_noise(clean.size, 60).convert("RGB")
    jpeg = io.BytesIO()
    Image.blend(clean, grain, _GRAIN).save(jpeg, "JPEG", quality=80, dpi=(SCAN_DPI, SCAN_DPI))
    with pymupdf.open() as scan:
        scan.new_page(width=size.width, height=size.height).insert_image(size, stream=jpeg.getvalue())
        data: bytes = scan.tobytes()
    return data


def _kept(storage_url: str, file: Path, kind: DocumentKind) -> Paper:
    data = file.read_bytes()
    digest = hashlib.sha256(data).hexdigest()
    storage = open_storage(storage_url)
    incoming = storage.quarantine()
    incoming.write_bytes(data)
    storage.keep(incoming, digest)
    with pymupdf.open(stream=data, filetype="pdf") as document:
        sizes = tuple((page.rect.width, page.rect.height) for page in document)
    return Paper(kind, digest, len(data), sizes)
