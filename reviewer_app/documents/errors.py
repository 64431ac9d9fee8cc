# SPDX-License-Identifier: AGPL-3.0-or-later
"""What can go wrong with a document. After any of these the next call works."""

from __future__ import annotations

from enum import StrEnum


class RefusalCode(StrEnum):
    """Why a file is not taken. The values are the problem codes that a customer's client sees."""

    FILE_TOO_LARGE = "file_too_large"
    UNSUPPORTED_TYPE = "unsupported_type"
    EMPTY_FILE = "empty_file"
    UNREADABLE = "unreadable"
    PASSWORD_PROTECTED = "password_protected"
    TOO_MANY_PAGES = "too_many_pages"
    TOO_LARGE_PAGE = "too_large_page"


class DocumentError(Exception):
    """Root of every error of this package."""


class DocumentRefused(DocumentError):
    """A file that is not taken. ``code`` is stable; ``detail`` is technical English for the log, without content."""

    def __init__(self, code: RefusalCode, detail: str) -> None:
        super().__init__(f"{code.value}: {detail}")
        self.code = code
        self.detail = detail


class DocumentUnreadable(DocumentError):
    """A document, or the page asked for, that cannot be opened or drawn."""


class RenderTooLarge(DocumentError):
    """A picture of more pixels than a viewer should be given: ask for a smaller zoom or a clip."""


class RenderCancelled(DocumentError):
    """The render was cancelled while it waited or ran."""


class RenderSuperseded(RenderCancelled):
    """A newer render of the same page and lane took its place."""


class WorkerTimeout(DocumentError):
    """The worker did not answer in time; it was ended and replaced."""


class WorkerDied(DocumentError):
    """The worker ended without an answer, or could not be started; it was replaced."""


class WorkerPoolClosed(DocumentError):
    """The pool was closed before the call was done."""
