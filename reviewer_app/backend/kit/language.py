# SPDX-License-Identifier: AGPL-3.0-or-later
"""The language of a request: ``Accept-Language`` among Polish and English, Polish when it says neither."""

from __future__ import annotations

from typing import Annotated

from fastapi import Depends, Request

from reviewer_app.contract.text import Language


def language_of_header(header: str | None) -> Language:
    """Choose by the header's weights (RFC 9110, 12.5.4); an unreadable weight counts as 0."""
    weights: dict[str, float] = {}
    for part in (header or "").lower().split(","):
        tag, _, parameter = part.strip().partition(";")
        name = tag.strip().split("-")[0]
        weights[name] = max(weights.get(name, 0.0), _weight(parameter))
    ranked = sorted(Language, key=lambda language: -weights.get(language.value, weights.get("*", 0.0)))
    return ranked[0] if weights.get(ranked[0].value, 0.0) > 0 else Language.POLISH


def _weight(parameter: str) -> float:
    name, _, value = parameter.strip().partition("=")
    if name != "q":
        return 1.0
    try:
        return min(max(float(value), 0.0), 1.0)
    except ValueError:
        return 0.0


def language_of(request: Request) -> Language:
    """Choose the language of a request."""
    return language_of_header(request.headers.get("accept-language"))


RequestLanguage = Annotated[Language, Depends(language_of)]
"""Parameter of an endpoint: the language in which its answer is written."""
