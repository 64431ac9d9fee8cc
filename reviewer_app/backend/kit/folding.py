# SPDX-License-Identifier: AGPL-3.0-or-later
"""Keys that order as Polish does, the same on any engine."""

from __future__ import annotations

from reviewer_app.contract.folding import fold

__all__ = ["fold", "polish_sort_key"]

_POLISH_AFTER = {"ą": "a", "ć": "c", "ę": "e", "ł": "l", "ń": "n", "ó": "o", "ś": "s", "ź": "z", "ż": "z"}
_MAX_SORT_KEY = 300


def polish_sort_key(text: str) -> str:
    """Make a key whose bytes order as Polish words do: ``a`` before ``ą`` before ``b``, case passed over."""
    return "".join(_letter_key(letter) for letter in text.casefold())[:_MAX_SORT_KEY]


def _letter_key(letter: str) -> str:
    if letter in _POLISH_AFTER:
        return _POLISH_AFTER[letter] + ("~~" if letter == "ż" else "~")
    return fold(letter)
