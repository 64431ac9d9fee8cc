# SPDX-License-Identifier: AGPL-3.0-or-later
"""Versions of documents. Their bytes lie in the storage, under the SHA-256 that stands here."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import JSON, BigInteger, ForeignKey, Index, Integer, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from reviewer_app.backend.kit.database import Base, UtcDateTime, new_id
from reviewer_app.contract.states import DocumentKind, DocumentState


class Document(Base):
    """One version of a document. A version is never deleted and its bytes never change.

    ``line`` is the id of the first version and the same for all that followed; ``page_sizes`` are [width, height]
    in points, unrotated; ``round`` is the company's round when the version came; ``outdated`` says that the
    declared data which the sheet carries changed after this version came.
    """

    __tablename__ = "documents"
    __table_args__ = (
        UniqueConstraint("line", "version"),
        Index("ix_documents_company_id", "company_id", "kind"),
        Index("ix_documents_sha256", "sha256"),
    )

    id: Mapped[str] = mapped_column(String(64), primary_key=True, default=new_id)
    company_id: Mapped[str] = mapped_column(ForeignKey("companies.id"))
    line: Mapped[str] = mapped_column(String(64))
    kind: Mapped[DocumentKind] = mapped_column(String(40))
    version: Mapped[int] = mapped_column(Integer)
    state: Mapped[DocumentState] = mapped_column(String(40))
    sha256: Mapped[str] = mapped_column(String(64))
    size: Mapped[int] = mapped_column(BigInteger)
    media_type: Mapped[str] = mapped_column(String(100))
    file_name: Mapped[str] = mapped_column(String(255))
    pages: Mapped[int] = mapped_column(Integer)
    page_sizes: Mapped[list[list[float]]] = mapped_column(JSON)
    repaired: Mapped[bool]
    outdated: Mapped[bool] = mapped_column(default=False)
    replaces: Mapped[str | None] = mapped_column(String(64))
    round: Mapped[int] = mapped_column(Integer)
    uploaded_at: Mapped[datetime] = mapped_column(UtcDateTime)
    uploaded_by: Mapped[str] = mapped_column(String(64))


class PageRotation(Base):
    """How staff turned a page of a version: ``degrees`` clockwise. A page that was turned back keeps its row, with 0."""

    __tablename__ = "page_rotations"

    document_id: Mapped[str] = mapped_column(ForeignKey("documents.id"), primary_key=True)
    page: Mapped[int] = mapped_column(Integer, primary_key=True, autoincrement=False)
    degrees: Mapped[int] = mapped_column(Integer)
