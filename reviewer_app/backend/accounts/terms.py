# SPDX-License-Identifier: AGPL-3.0-or-later
"""Texts that customers accept or are told: terms, general terms of trade (OWH), privacy notice, consent wording.

Each is a file ``resources/templates/terms/<name>.<language>.txt``: the title, then paragraphs set off by empty lines.
"""

from __future__ import annotations

from functools import cache

from reviewer_app.contract.customer import Terms, TermsDocument
from reviewer_app.contract.terms import OWH_VERSION, PRIVACY_VERSION, TERMS_VERSION, WORDING_VERSION
from reviewer_app.contract.text import Language
from reviewer_app.resources import resource_path


@cache
def load_terms(language: Language) -> Terms:
    """Read the texts in force in a language. They come with the program, so each is read once."""
    return Terms(
        terms_version=TERMS_VERSION,
        owh_version=OWH_VERSION,
        wording_version=WORDING_VERSION,
        terms=_document("terms", TERMS_VERSION, language),
        owh=_document("owh", OWH_VERSION, language),
        privacy=_document("privacy", PRIVACY_VERSION, language),
        consent=_document("consent", WORDING_VERSION, language),
    )


def _document(name: str, version: str, language: Language) -> TermsDocument:
    path = resource_path("templates", "terms", f"{name}.{language.value}.txt")
    parts = [" ".join(part.split()) for part in path.read_text(encoding="utf-8").split("\n\n")]
    title, *paragraphs = [part for part in parts if part]
    return TermsDocument(title=title, version=version, paragraphs=tuple(paragraphs))
