# SPDX-License-Identifier: AGPL-3.0-or-later
"""Signs PDFs electronically (PAdES) with certificates of an authority that exists in this bench alone.

The keys follow from the names of their holders, so that the same document is always signed by the same bytes. They protect
nothing: whoever trusts `trusted_root` trusts every name.
"""

from __future__ import annotations

import asyncio
import hashlib
import io
import tempfile
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from functools import cache
from pathlib import Path

import pymupdf
from asn1crypto import keys, x509
from cryptography import x509 as certificates
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from cryptography.x509.oid import NameOID
from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.fields import SigSeedSubFilter
from pyhanko.sign.signers import SimpleSigner
from pyhanko.sign.signers.cms_embedder import PdfCMSEmbedder, SigIOSetup, SigObjSetup
from pyhanko.sign.signers.pdf_byterange import SignatureObject
from pyhanko_certvalidator.registry import SimpleCertificateStore

SEAL_OF_THE_MINISTER = "Minister do spraw informatyzacji - pieczęć podpisu zaufanego"
_ROOT, _STRANGER = "SPECIMEN Kwalifikowany Urząd Certyfikacji", "SPECIMEN Nieznany Urząd Certyfikacji"
_RESERVED = 12_000
_KEEP = 0
"""PDF_ENCRYPT_KEEP, which PyMuPDF makes when it is loaded."""
_BEGIN = datetime(2024, 1, 1, tzinfo=UTC)
_END = datetime(2044, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Signer:
    """Whose certificate it is. ``trusted`` False: issued by an authority that nobody knows."""

    name: str
    trusted: bool = True


def sign_electronically(pdf: bytes, signer: Signer, day: date, *, reason: str = "") -> bytes:
    """Add a PAdES signature (B-B) that covers the whole file, dated at noon of a day."""
    writer = _SteadyWriter(io.BytesIO(pdf))
    embedder = PdfCMSEmbedder().write_cms(field_name="Podpis", writer=writer)
    next(embedder)
    placeholder = SignatureObject(
        bytes_reserved=_RESERVED,
        subfilter=SigSeedSubFilter.PADES,
        timestamp=datetime.combine(day, time(12), UTC),
        name=signer.name,
        reason=reason or None,
    )
    embedder.send(SigObjSetup(sig_placeholder=placeholder))
    digest, output = embedder.send(SigIOSetup(md_algorithm="sha512"))
    signature = asyncio.run(_of(signer).async_sign(digest.document_digest, "sha512", use_pades=True))
    embedder.send(signature)
    data: bytes = output.getvalue()
    return data


def sign_by_trusted_profile(pdf: bytes, person: str, day: date) -> bytes:
    """Sign as podpis zaufany does: by a seal of the minister; the person stands in the reason alone."""
    reason = f"Podpis zaufany złożony dnia {day:%d.%m.%Y} w imieniu: {person}"
    return sign_electronically(pdf, Signer(SEAL_OF_THE_MINISTER), day, reason=reason)


def alter(signed: bytes, old: str, new: str) -> bytes:
    """Cover a text of a signed document and write another over it, as an addition after the signature.

    Raises:
        ValueError: the text does not stand on its first page.
    """
    with tempfile.TemporaryDirectory(prefix="reviewer-qa-") as folder:
        file = Path(folder) / "signed.pdf"
        file.write_bytes(signed)
        with pymupdf.open(file) as document:
            page = document.load_page(0)
            found = page.search_for(old)
            if not found:
                raise ValueError(f"{old!r} does not stand on the page")
            area = found[0]
            page.draw_rect(area, color=None, fill=(1, 1, 1))
            page.insert_text((area.x0, area.y1 - area.height * 0.22), new, fontsize=area.height * 0.72)
            document.save(file, incremental=True, encryption=_KEEP, no_new_id=True)
        return file.read_bytes()


def trusted_root() -> bytes:
    """Give the root's certificate (DER), which a bench may trust and nobody else should."""
    return _root(_ROOT).public_bytes(Encoding.DER)


class _SteadyWriter(IncrementalPdfFileWriter):
    """Leaves the file's identity and its dates as they are: by chance and the clock no two files would be the same."""

    def _update_meta(self) -> None:
        """Change nothing."""

    @classmethod
    def _handle_id(cls, prev: PdfFileReader) -> generic.ArrayObject:
        first = hashlib.md5(str(prev.total_revisions).encode(), usedforsecurity=False).digest()
        if "/ID" in prev.trailer:
            first = bytes(prev.trailer["/ID"][0].original_bytes)
        return generic.ArrayObject([generic.ByteStringObject(first), generic.ByteStringObject(first)])


@cache
def _of(signer: Signer) -> SimpleSigner:
    authority = _ROOT if signer.trusted else _STRANGER
    issued = _certificate(signer.name, authority)
    return SimpleSigner(
        signing_cert=x509.Certificate.load(issued.public_bytes(Encoding.DER)),
        signing_key=keys.PrivateKeyInfo.load(
            _key(signer.name).private_bytes(Encoding.DER, PrivateFormat.PKCS8, NoEncryption())
        ),
        cert_registry=SimpleCertificateStore.from_certs(
            [x509.Certificate.load(_root(authority).public_bytes(Encoding.DER))]
        ),
    )


def _key(name: str) -> Ed25519PrivateKey:
    return Ed25519PrivateKey.from_private_bytes(hashlib.sha256(f"specimen {name}".encode()).digest())


def _name(common_name: str) -> certificates.Name:
    attributes = [
        (NameOID.COUNTRY_NAME, "PL"),
        (NameOID.ORGANIZATION_NAME, "SPECIMEN"),
        (NameOID.COMMON_NAME, common_name),
    ]
    return certificates.Name([certificates.NameAttribute(kind, value) for kind, value in attributes])


def _builder(subject: str, issuer: str) -> certificates.CertificateBuilder:
    serial = int.from_bytes(hashlib.sha256(f"{issuer}/{subject}".encode()).digest()[:16]) >> 1
    return (
        certificates.CertificateBuilder()
        .subject_name(_name(subject))
        .issuer_name(_name(issuer))
        .public_key(_key(subject).public_key())
        .serial_number(serial)
        .not_valid_before(_BEGIN)
        .not_valid_after(_END)
    )


def _usage(*, signs_documents: bool) -> certificates.KeyUsage:
    return certificates.KeyUsage(
        digital_signature=signs_documents,
        content_commitment=signs_documents,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        key_cert_sign=not signs_documents,
        crl_sign=not signs_documents,
        encipher_only=False,
        decipher_only=False,
    )


@cache
def _root(name: str) -> certificates.Certificate:
    return (
        _builder(name, name)
        .add_extension(certificates.BasicConstraints(ca=True, path_length=0), critical=True)
        .add_extension(_usage(signs_documents=False), critical=True)
        .sign(_key(name), None)
    )


def _certificate(name: str, authority: str) -> certificates.Certificate:
    return (
        _builder(name, authority)
        .add_extension(certificates.BasicConstraints(ca=False, path_length=None), critical=True)
        .add_extension(_usage(signs_documents=True), critical=True)
        .sign(_key(authority), None)
    )
