# SPDX-License-Identifier: AGPL-3.0-or-later
"""Texts without case and diacritics, and keys that order as Polish does. The same on any engine."""

from __future__ import annotations

import unicodedata

_POLISH_AFTER = {"ą": "a", "ć": "c", "ę": "e", "ł": "l", "ń": "n", "ó": "o", "ś": "s", "ź": "z", "ż": "z"}
_MAX_SORT_KEY = 300


def fold(text: str) -> str:
    """Write a text in lower case and without diacritics; ``ł`` becomes ``l``, which no decomposition gives."""
    decomposed = unicodedata.normalize("NFKD", text.casefold().replace("ł", "l"))
    return "".join(letter for letter in decomposed if not unicodedata.combining(letter))


def polish_sort_key(text: str) -> str:
    """Make a key whose bytes order as Polish words do: ``a`` before ``ą`` before ``b``, case passed over."""
    return "".join(_letter_key(letter) for letter in text.casefold())[:_MAX_SORT_KEY]


def _letter_key(letter: str) -> str:
    if letter in _POLISH_AFTER:
        return _POLISH_AFTER[letter] + ("~~" if letter == "ż" else "~")
    return fold(letter)
