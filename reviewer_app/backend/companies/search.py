# SPDX-License-Identifier: AGPL-3.0-or-later
"""How companies are found and ordered: folded tokens for search, sort keys in Polish order. The same on any engine."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator

_NOT_WORD = re.compile(r"[\W_]+")
_DIGIT_GROUPS = re.compile(r"(?<!\w)(?:pl[\s\-]*)?\d+(?:[\s\-\u2010-\u2015]+\d+)*(?!\w)", re.IGNORECASE)
_POLISH_AFTER = {"ą": "a", "ć": "c", "ę": "e", "ł": "l", "ń": "n", "ó": "o", "ś": "s", "ź": "z", "ż": "z"}
_MAX_TOKEN = 80
_MAX_WORDS = 8
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


def tokens_of(texts: Iterable[str]) -> frozenset[str]:
    """Give the tokens of a company: each word, and each word's tail from every separator inside it on.

    So ``jan@firma.test`` is found by ``jan``, ``firma`` and ``firma.test``, ``UP-2026-000123`` by ``000123``.
    """
    return frozenset(token for text in texts for word in fold(text).split() for token in _tails(word))


def _tails(word: str) -> Iterator[str]:
    parts = [part for part in _NOT_WORD.split(word) if part]
    for start in range(len(parts)):
        yield "".join(parts[start:])[:_MAX_TOKEN]


def words_of_query(query: str) -> tuple[str, ...]:
    """Give the beginnings that a company must have to answer a query.

    A number typed with spaces, dashes or ``PL`` is one word. Short words count like others.
    """
    joined = _DIGIT_GROUPS.sub(lambda found: " " + re.sub(r"\D", "", found[0]) + " ", query)
    words = (_NOT_WORD.sub("", word)[:_MAX_TOKEN] for word in fold(joined).split())
    return tuple(dict.fromkeys(word for word in words if word))[:_MAX_WORDS]


def end_of_beginning(beginning: str) -> str:
    """Give the text before which, byte by byte, everything with a beginning stands."""
    return beginning + "\U0010ffff"
