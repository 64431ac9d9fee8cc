# SPDX-License-Identifier: AGPL-3.0-or-later
"""How companies are found: folded tokens for search. The same on any engine."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from reviewer_app.backend.kit.folding import fold, polish_sort_key

__all__ = ["end_of_beginning", "fold", "polish_sort_key", "tokens_of", "words_of_query"]

_NOT_WORD = re.compile(r"[\W_]+")
_DIGIT_GROUPS = re.compile(
    r"(?<!\w)(?:(?:nip|krs|regon)(?:\s+nr)?[\s:.]*)?(?:pl[\s\-]*)?\d+(?:[\s\-\u2010-\u2015]+\d+)*(?!\w)", re.IGNORECASE
)
_MAX_TOKEN = 80
_MAX_WORDS = 8


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

    A number typed with spaces, dashes or ``PL`` is one word, and what papers call it before it (``NIP:``) is none. Short words
    count like others.
    """
    joined = _DIGIT_GROUPS.sub(lambda found: " " + re.sub(r"\D", "", found[0]) + " ", query)
    words = (_NOT_WORD.sub("", word)[:_MAX_TOKEN] for word in fold(joined).split())
    return tuple(dict.fromkeys(word for word in words if word))[:_MAX_WORDS]


def end_of_beginning(beginning: str) -> str:
    """Give the text before which, byte by byte, everything with a beginning stands."""
    return beginning + "\U0010ffff"
