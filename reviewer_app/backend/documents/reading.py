# SPDX-License-Identifier: AGPL-3.0-or-later
"""What stands in stored contents: words and codes, read in a confined worker, once for each content."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable
from typing import Any

from reviewer_app.backend.documents.storage import Storage
from reviewer_app.documents.codes import PageCode, parse_page_codes
from reviewer_app.documents.service import DocumentService
from reviewer_app.documents.words import PageWords, parse_page_words

_WORDS, _CODES = "words-2.json", "codes-1.json"
"""The number grows when reading gives more than before; what was read earlier is then read again."""
_LOCKS = 16


class Reader:
    """Reads contents by their SHA-256. Thread-safe; ``background`` calls let those that somebody waits for go first."""

    def __init__(self, storage: Storage, inspector: DocumentService) -> None:
        self._storage = storage
        self._inspector = inspector
        self._locks = tuple(threading.Lock() for _ in range(_LOCKS))

    def words(self, sha256: str, *, background: bool = False) -> tuple[PageWords, ...]:
        """Give the words of all pages.

        Raises:
            DocumentError: the worker gave no answer, or says that there is nothing to read.
            FileNotFoundError: the storage has no such content.
        """

        def read() -> Any:
            found = self._inspector.words(self._storage.path_of(sha256), background=background)
            return [[page.page, [[word.text, *word.box] for word in page.words]] for page in found]

        return parse_page_words(
            [[page, [row for row in words if _has_area(row)]] for page, words in self._once(sha256, _WORDS, read)]
        )

    def codes(self, sha256: str, *, background: bool = False) -> tuple[PageCode, ...]:
        """Give the QR codes. Raises as `words`."""

        def read() -> Any:
            found = self._inspector.codes(self._storage.path_of(sha256), background=background)
            return [[code.page, code.text, *code.box] for code in found]

        return parse_page_codes(self._once(sha256, _CODES, read))

    def _once(self, sha256: str, name: str, read: Callable[[], Any]) -> Any:
        """Give what was read earlier, else read it now; of two who ask at once one reads."""
        with self._locks[int(sha256[:4], 16) % _LOCKS]:
            known = self._storage.derived(sha256, name)
            if known is None:
                known = json.dumps(read(), ensure_ascii=False, separators=(",", ":")).encode()
                self._storage.keep_derived(sha256, name, known)
        return json.loads(known)


def _has_area(row: Any) -> bool:
    """Say whether a word takes any room: one cut off by the page's edge has nothing that could be shown."""
    _, x0, y0, x1, y1 = row
    return bool(0 <= x0 < x1 <= 1 and 0 <= y0 < y1 <= 1)
