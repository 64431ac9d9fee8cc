# SPDX-License-Identifier: AGPL-3.0-or-later
"""The call that gives all codes with their texts."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from typing import TypeVar

from fastapi import APIRouter

from reviewer_app.backend.kit.callers import CurrentStaff
from reviewer_app.backend.kit.problems import problem_responses
from reviewer_app.contract.companies import LEGAL_FORMS
from reviewer_app.contract.permissions import PERMISSION_TEXTS
from reviewer_app.contract.problems import ProblemCode
from reviewer_app.contract.reasons import REASONS, Reason
from reviewer_app.contract.staff import Catalogue, CatalogueReason, CatalogueText
from reviewer_app.contract.states import (
    COMPANY_STATE_TEXTS,
    DOCUMENT_KIND_TEXTS,
    DOCUMENT_STATE_TEXTS,
    FLAG_TEXTS,
    OUTCOME_TEXTS,
    DocumentKind,
)
from reviewer_app.contract.terms import OWH_VERSION, TERMS_VERSION, WORDING_VERSION
from reviewer_app.contract.text import Text

Code = TypeVar("Code", bound=StrEnum)


class CatalogueEndpoints:
    """The route of the catalogue."""

    def router(self) -> APIRouter:
        """List the routes."""
        refusals = problem_responses(ProblemCode.UNAUTHENTICATED, ProblemCode.SESSION_EXPIRED)
        router = APIRouter(prefix="/api/v1/staff", tags=["staff"], responses=refusals)
        router.get("/catalogue", response_model=Catalogue)(self.catalogue)
        return router

    def catalogue(self, staff: CurrentStaff) -> Catalogue:  # noqa: ARG002  # asked for its refusal
        """Give all codes with their texts in Polish and English, and the versions of terms in force."""
        return Catalogue(
            states=_texts(COMPANY_STATE_TEXTS),
            document_states=_texts(DOCUMENT_STATE_TEXTS),
            document_kinds=_texts(DOCUMENT_KIND_TEXTS),
            legal_forms=_texts({form: traits.name for form, traits in LEGAL_FORMS.items()}),
            permissions=_texts(PERMISSION_TEXTS),
            flags=_texts(FLAG_TEXTS),
            outcomes=_texts(OUTCOME_TEXTS),
            reasons=tuple(_reason(reason) for reason in REASONS.values()),
            terms_version=TERMS_VERSION,
            owh_version=OWH_VERSION,
            wording_version=WORDING_VERSION,
        )


def _texts(table: Mapping[Code, Text]) -> tuple[CatalogueText, ...]:
    return tuple(CatalogueText(code=code.value, pl=text.pl, en=text.en) for code, text in table.items())


def _reason(reason: Reason) -> CatalogueReason:
    return CatalogueReason(
        code=reason.code.value,
        pl=reason.customer.pl,
        en=reason.customer.en,
        kind=reason.kind.value,
        documents=tuple(kind for kind in DocumentKind if kind in reason.documents),
        fields=tuple(sorted(reason.fields)),
        label_pl=reason.label.pl,
        label_en=reason.label.en,
        internal_pl=reason.internal.pl,
        internal_en=reason.internal.en,
        note_required=reason.note_required,
    )
