# SPDX-License-Identifier: AGPL-3.0-or-later
"""Texts without case and diacritics, the same for every search: of companies, of people, of the words of a document."""

from __future__ import annotations

import unicodedata


def fold(text: str) -> str:
    """Write a text in lower case and without diacritics; ``ł`` becomes ``l``, which no decomposition gives."""
    decomposed = unicodedata.normalize("NFKD", text.casefold().replace("ł", "l"))
    return "".join(letter for letter in decomposed if not unicodedata.combining(letter))
