# SPDX-License-Identifier: AGPL-3.0-or-later
"""Drafts of decisions: saved with every keystroke that matters, so that a crash or a time-out loses no text."""

from __future__ import annotations

from dataclasses import dataclass, replace

from reviewer_app.contract.reasons import ReasonCode
from reviewer_app.contract.states import Outcome, Verdict

Region = tuple[float, float, float, float]


@dataclass(frozen=True, slots=True)
class DraftReason:
    """A reason for a document. ``page`` counts from 1, ``region`` is a box in fractions of the unrotated page."""

    code: ReasonCode
    note: str = ""
    page: int | None = None
    region: Region | None = None


@dataclass(frozen=True, slots=True)
class DraftCompanyReason:
    """A reason about declared data (``field``) or the company as a whole."""

    code: ReasonCode
    note: str = ""
    field: str | None = None


@dataclass(frozen=True, slots=True)
class DraftVerdict:
    """What the person thinks of one document so far; ``verdict`` is None while reasons are only being gathered."""

    document_id: str
    verdict: Verdict | None = None
    reasons: tuple[DraftReason, ...] = ()


@dataclass(frozen=True, slots=True)
class DecisionDraft:
    """A decision in the making, on the version of the case that the person looks at."""

    company_id: str
    version: int
    outcome: Outcome | None = None
    documents: tuple[DraftVerdict, ...] = ()
    reasons: tuple[DraftCompanyReason, ...] = ()
    customer_note: str = ""
    internal_note: str = ""

    @property
    def is_empty(self) -> bool:
        """Whether nothing was judged, given as a reason or written."""
        return not (self.documents or self.reasons or self.customer_note or self.internal_note)

    def verdict_on(self, document_id: str) -> DraftVerdict:
        """Give the verdict on a document, an empty one when there is none yet."""
        return next(
            (item for item in self.documents if item.document_id == document_id),
            DraftVerdict(document_id),
        )

    def with_verdict(self, verdict: DraftVerdict) -> DecisionDraft:
        """Give this draft with the verdict on one document replaced or added; order is kept."""
        ids = [item.document_id for item in self.documents]
        if verdict.document_id not in ids:
            return replace(self, documents=(*self.documents, verdict))
        return replace(
            self,
            documents=tuple(verdict if item.document_id == verdict.document_id else item for item in self.documents),
        )
