# SPDX-License-Identifier: AGPL-3.0-or-later
"""Reading and writing versions of documents."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import bindparam, func, select, update
from sqlalchemy.orm import Session
from sqlalchemy.orm.attributes import set_committed_value

from reviewer_app.backend.documents.tables import Document, PageRotation
from reviewer_app.backend.kit.database import insert_into, once, table_of
from reviewer_app.contract.states import CURRENT_DOCUMENT_STATES, DocumentKind, DocumentState

_OF_COMPANY = (
    select(Document)
    .where(Document.company_id == bindparam("company_id"))
    .order_by(Document.kind, Document.uploaded_at.desc(), Document.id)
)
_documents = table_of(Document)
_JUDGE = update(_documents).where(_documents.c.id == bindparam("document")).values(state=bindparam("judged"))


def by_id(session: Session, document_id: str) -> Document | None:
    """Give a version by its id."""
    return session.get(Document, document_id)


def of_company(session: Session, company_id: str) -> Sequence[Document]:
    """Give all versions of a company's documents: by kind, newest first within a kind."""
    return once(
        session, "documents", company_id, lambda: session.scalars(_OF_COMPANY, {"company_id": company_id}).all()
    )


def current(session: Session, company_id: str) -> Sequence[Document]:
    """Give the versions that stand for their documents today, oldest first."""
    standing = [document for document in of_company(session, company_id) if document.state in CURRENT_DOCUMENT_STATES]
    return sorted(standing, key=lambda document: (document.uploaded_at, document.id))


def set_states(session: Session, states: Sequence[tuple[Document, DocumentState]]) -> None:
    """Set the states of versions at once, in the database and on the objects."""
    if not states:
        return
    session.connection().execute(_JUDGE, [{"document": version.id, "judged": state} for version, state in states])
    for version, state in states:
        set_committed_value(version, "state", state)


def oldest_to_replace(session: Session, company_id: str, kind: DocumentKind) -> Document | None:
    """Give the document of a kind that has waited longest for its replacement."""
    chosen = select(Document).where(
        Document.company_id == company_id,
        Document.kind == kind,
        Document.state == DocumentState.NEEDS_REPLACEMENT,
    )
    return session.scalars(chosen.order_by(Document.uploaded_at, Document.id).limit(1)).first()


def stored_bytes(session: Session, company_id: str) -> int:
    """Add up the sizes of all versions of a company."""
    total = session.scalar(select(func.sum(Document.size)).where(Document.company_id == company_id))
    return int(total or 0)


def newest_of_line(session: Session, line: str) -> int:
    """Give the highest version number of a line."""
    return int(session.scalar(select(func.max(Document.version)).where(Document.line == line)) or 0)


def with_same_files(session: Session, company_id: str, most: int) -> Sequence[tuple[str, str]]:
    """Give other companies that sent a file of this one, with this one's name of the file; the newest first."""
    own = select(Document.sha256, Document.file_name).where(Document.company_id == company_id).distinct().subquery()
    chosen = (
        select(Document.company_id, func.min(own.c.file_name), func.max(Document.uploaded_at).label("sent"))
        .join(own, own.c.sha256 == Document.sha256)
        .where(Document.company_id != company_id)
        .group_by(Document.company_id)
        .order_by(func.max(Document.uploaded_at).desc())
        .limit(most)
    )
    return [(other_id, file_name) for other_id, file_name, _sent in session.execute(chosen)]


def rotations(session: Session, company_id: str) -> Sequence[PageRotation]:
    """Give how the pages of a company's documents were turned, by document and page."""
    chosen = (
        select(PageRotation)
        .join(Document, Document.id == PageRotation.document_id)
        .where(Document.company_id == company_id)
        .order_by(PageRotation.document_id, PageRotation.page)
    )
    return session.scalars(chosen.execution_options(populate_existing=True)).all()


def rotate(session: Session, document_id: str, page: int, degrees: int) -> bool:
    """Turn a page; says whether it was turned otherwise before."""
    place = {"document_id": document_id, "page": page}
    known = session.scalar(select(PageRotation.degrees).filter_by(**place))
    if (known or 0) == degrees:
        return False
    row = insert_into(session, PageRotation).values(**place, degrees=degrees)
    session.execute(row.on_conflict_do_update(index_elements=["document_id", "page"], set_={"degrees": degrees}))
    return True
