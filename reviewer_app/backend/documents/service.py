# SPDX-License-Identifier: AGPL-3.0-or-later
"""Take documents in, tell which version stands, and say what a decision makes of them."""

from __future__ import annotations

import hashlib
import json
import logging
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import BinaryIO, Protocol, TypeVar

from sqlalchemy.orm import Session

from reviewer_app.backend.documents import repository
from reviewer_app.backend.documents.reading import Reader
from reviewer_app.backend.documents.storage import Storage
from reviewer_app.backend.documents.tables import Document
from reviewer_app.backend.kit.clock import Clock
from reviewer_app.backend.kit.database import new_id
from reviewer_app.backend.kit.limits import MEGABYTE
from reviewer_app.backend.kit.problems import ProblemError, field_problem
from reviewer_app.contract.messages import Box
from reviewer_app.contract.problems import FieldCode, ProblemCode
from reviewer_app.contract.staff import DocumentWords, PageWords, Word
from reviewer_app.contract.states import CURRENT_DOCUMENT_STATES, DocumentKind, DocumentState, Verdict
from reviewer_app.documents.errors import DocumentError, DocumentRefused, RefusalCode
from reviewer_app.documents.inspection import Inspection
from reviewer_app.documents.service import DocumentService

__all__ = [
    "Document",
    "Documents",
    "Incoming",
    "Received",
    "UploadLimits",
    "all_documents",
    "apply_verdicts",
    "companies_with_files",
    "current_documents",
    "document_by_id",
    "documents_wanted",
    "outdate_sheets",
    "rotations_of",
    "supersede",
    "turn_page",
]

Answered = TypeVar("Answered")

_logger = logging.getLogger(__name__)
_CHUNK = 1024 * 1024
_STATE_OF_VERDICT = {
    Verdict.ACCEPTED: DocumentState.ACCEPTED,
    Verdict.NEEDS_REPLACEMENT: DocumentState.NEEDS_REPLACEMENT,
    Verdict.REFUSED: DocumentState.REFUSED,
}
SUBMITTABLE = frozenset({DocumentState.READY, DocumentState.ACCEPTED})


@dataclass(frozen=True, slots=True)
class UploadLimits:
    """How much may come. Bytes and pages."""

    file_megabytes: int
    company_megabytes: int
    pages: int


@dataclass(frozen=True, slots=True)
class Incoming:
    """An upload as it comes: its stream, and what the customer calls and declares it."""

    stream: BinaryIO
    file_name: str
    kind: DocumentKind
    replaces: str | None


@dataclass(frozen=True, slots=True)
class Received:
    """A file that was inspected and is kept."""

    sha256: str
    size: int
    file_name: str
    inspection: Inspection


class Owner(Protocol):
    """The company whose document it is."""

    id: str
    round: int


class Documents:
    """The documents of companies."""

    def __init__(
        self,
        clock: Clock,
        storage: Storage,
        inspector: DocumentService,
        limits: UploadLimits,
        *,
        intake: Callable[[str, BinaryIO], BinaryIO] | None = None,
    ) -> None:
        """``intake`` is what a test bench puts between an upload and its inspection: name and stream to stream."""
        self._intake = intake
        self._clock = clock
        self._storage = storage
        self._inspector = inspector
        self._limits = limits
        self.reader = Reader(storage, inspector)
        """What stands in the documents."""

    def digest(self, incoming: Incoming) -> str:
        """Give the SHA-256 of an upload and rewind it."""
        digest = hashlib.sha256()
        while chunk := incoming.stream.read(_CHUNK):
            digest.update(chunk)
        incoming.stream.seek(0)
        return digest.hexdigest()

    def receive(self, incoming: Incoming, *, allow: Callable[[int], None]) -> Received:
        """Bring an upload through quarantine and inspection into the storage. A refused file leaves nothing behind.

        Args:
            incoming: the upload; its stream is read once.
            allow: called with the size in bytes before the inspection; raises to refuse.

        Raises:
            ProblemError: why the file is not taken, or ``inspection_unavailable``.
        """
        quarantined = self._storage.quarantine()
        stream = self._intake(incoming.file_name, incoming.stream) if self._intake else incoming.stream
        try:
            digest = hashlib.sha256()
            size = 0
            with quarantined.open("wb") as file:
                while chunk := stream.read(_CHUNK):
                    size += len(chunk)
                    if size > self._limits.file_megabytes * MEGABYTE:
                        raise ProblemError(ProblemCode.FILE_TOO_LARGE, limit=self._limits.file_megabytes)
                    digest.update(chunk)
                    file.write(chunk)
            allow(size)
            inspection = self._inspected(lambda: self._inspector.inspect(quarantined, file_name=incoming.file_name))
            self._storage.keep(quarantined, digest.hexdigest())
            return Received(digest.hexdigest(), size, incoming.file_name, inspection)
        finally:
            quarantined.unlink(missing_ok=True)

    def check_quota(self, session: Session, company_id: str, size: int) -> None:
        """Refuse with ``storage_quota`` when a company would have stored more than it may."""
        if repository.stored_bytes(session, company_id) + size > self._limits.company_megabytes * MEGABYTE:
            raise ProblemError(ProblemCode.STORAGE_QUOTA, limit=self._limits.company_megabytes)

    def add(
        self,
        session: Session,
        *,
        company: Owner,
        user_id: str,
        incoming: Incoming,
        received: Received,
    ) -> Document:
        """Make the new version of a document. The company's row must be locked.

        With ``replaces``, or when a document of the kind waits for its replacement, it takes that one's place.
        """
        self.check_quota(session, company.id, received.size)
        replaced = self._replaced(session, company.id, incoming)
        document_id = new_id()
        line = replaced.line if replaced else document_id
        document = Document(
            id=document_id,
            company_id=company.id,
            line=line,
            kind=incoming.kind,
            version=repository.newest_of_line(session, line) + 1,
            state=DocumentState.READY,
            sha256=received.sha256,
            size=received.size,
            media_type=received.inspection.media_type,
            file_name=received.file_name,
            pages=len(received.inspection.pages),
            page_sizes=[[page.width_points, page.height_points] for page in received.inspection.pages],
            repaired=received.inspection.repaired,
            outdated=False,
            replaces=replaced.id if replaced else None,
            round=company.round,
            uploaded_at=self._clock.now(),
            uploaded_by=user_id,
        )
        if replaced:
            replaced.state = DocumentState.SUPERSEDED
        session.add(document)
        session.flush()
        return document

    def content(self, document: Document) -> str:
        """Give the path of a version's bytes."""
        return str(self._storage.path_of(document.sha256))

    def words(self, document: Document) -> DocumentWords:
        """Give the words of a version with their boxes; they are read once for each content."""
        pages = self._inspected(lambda: self.reader.words(document.sha256))
        return DocumentWords(
            document_id=document.id,
            pages=tuple(
                PageWords(page=page.page, words=tuple(Word(text=word.text, box=word.box) for word in page.words))
                for page in pages
            ),
        )

    def marked_page(self, document: Document, page: int, boxes: Sequence[Box]) -> bytes:
        """Give the picture (JPEG) of a page with places framed; drawn once for each content and set of places."""
        places = hashlib.sha256(json.dumps([page, *map(list, boxes)]).encode()).hexdigest()[:16]
        name = f"marked-{places}.jpg"
        known = self._storage.derived(document.sha256, name)
        if known is None:
            path = self._storage.path_of(document.sha256)
            known = self._inspected(lambda: self._inspector.marked_page(path, page=page, boxes=boxes))
            self._storage.keep_derived(document.sha256, name, known)
        return known

    def _replaced(self, session: Session, company_id: str, incoming: Incoming) -> Document | None:
        if incoming.replaces is None:
            return repository.oldest_to_replace(session, company_id, incoming.kind)
        named = repository.by_id(session, incoming.replaces)
        if named is None or named.company_id != company_id or named.kind != incoming.kind:
            raise ProblemError(ProblemCode.VALIDATION_FAILED, errors=[field_problem("replaces", FieldCode.INVALID)])
        if named.state not in CURRENT_DOCUMENT_STATES:
            raise ProblemError(ProblemCode.DOCUMENT_NOT_CURRENT)
        return named

    def _inspected(self, ask: Callable[[], Answered]) -> Answered:
        try:
            return ask()
        except DocumentRefused as error:
            _logger.info("a document was refused: %s", error.code)  # the detail may quote the file
            raise ProblemError(ProblemCode(error.code.value), limit=self._limit_of(error.code)) from error
        except DocumentError as error:
            _logger.warning("a document could not be inspected: %s", type(error).__name__)
            raise ProblemError(ProblemCode.INSPECTION_UNAVAILABLE, headers={"Retry-After": "2"}) from error

    def _limit_of(self, code: RefusalCode) -> int | None:
        limits = {
            RefusalCode.FILE_TOO_LARGE: self._limits.file_megabytes,
            RefusalCode.TOO_MANY_PAGES: self._limits.pages,
        }
        return limits.get(code)


def current_documents(session: Session, company_id: str) -> Sequence[Document]:
    """Give the versions that stand for their documents today, oldest first."""
    return repository.current(session, company_id)


def all_documents(session: Session, company_id: str) -> Sequence[Document]:
    """Give all versions: by kind, newest first within a kind."""
    return repository.of_company(session, company_id)


def companies_with_files(session: Session, company_id: str, *, most: int) -> Sequence[tuple[str, str]]:
    """Give (id, name of the file) of other companies that sent the same file as this one, at most so many."""
    return repository.with_same_files(session, company_id, most)


def document_by_id(session: Session, document_id: str) -> Document:
    """Give a version. Raises ProblemError ``not_found``."""
    document = repository.by_id(session, document_id)
    if document is None:
        raise ProblemError(ProblemCode.NOT_FOUND)
    return document


def documents_wanted(session: Session, company_id: str, kinds: Sequence[DocumentKind]) -> tuple[str, ...]:
    """Name, as ``document:<kind>``, the kinds that have no usable version, and those that wait for a replacement."""
    current = repository.current(session, company_id)
    usable = {document.kind for document in current if document.state in SUBMITTABLE}
    waiting = {document.kind for document in current if document.state == DocumentState.NEEDS_REPLACEMENT}
    wanted = {kind for kind in kinds if kind not in usable} | waiting
    return tuple(f"document:{kind.value}" for kind in DocumentKind if kind in wanted)


def outdate_sheets(session: Session, company_id: str) -> bool:
    """Have every current authorization wait for a replacement: the data it carries changed. Say if there was one."""
    sheets = [
        document
        for document in repository.current(session, company_id)
        if document.kind == DocumentKind.AUTHORIZATION and document.state != DocumentState.REFUSED
    ]
    for sheet in sheets:
        sheet.state = DocumentState.NEEDS_REPLACEMENT
        sheet.outdated = True
    session.flush()
    return bool(sheets)


def supersede(session: Session, superseded: Sequence[Document]) -> None:
    """Have versions stand for their documents no longer."""
    for document in superseded:
        document.state = DocumentState.SUPERSEDED
    session.flush()


def apply_verdicts(session: Session, versions: Iterable[Document], verdicts: Mapping[str, Verdict]) -> None:
    """Set the states of those versions that verdicts, by their ids, are about to what was decided."""
    judged = [version for version in versions if version.id in verdicts]
    repository.set_states(session, [(version, _STATE_OF_VERDICT[verdicts[version.id]]) for version in judged])


def rotations_of(session: Session, company_id: str) -> dict[str, list[tuple[int, int]]]:
    """Give, by document, page and degrees of the pages of a company's documents that staff turned."""
    found: dict[str, list[tuple[int, int]]] = {}
    for row in repository.rotations(session, company_id):
        found.setdefault(row.document_id, []).append((row.page, row.degrees))
    return found


def turn_page(session: Session, document_id: str, page: int, degrees: int) -> bool:
    """Turn a page of a version for everybody; says whether that changed anything. The company's row must be locked."""
    return repository.rotate(session, document_id, page, degrees)
