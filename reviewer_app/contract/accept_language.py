# SPDX-License-Identifier: AGPL-3.0-or-later
"""The language that a browser or program asks for, chosen alike by the API and the portal."""

from __future__ import annotations

from reviewer_app.contract.text import Language


def language_of_header(header: str | None) -> Language:
    """Choose by the weights of ``Accept-Language`` (RFC 9110, 12.5.4), Polish when it names neither language.

    An unreadable weight counts as 0.
    """
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
