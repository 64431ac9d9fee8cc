# SPDX-License-Identifier: AGPL-3.0-or-later
"""Takes out of a text what no log of either program may hold: PESELs, secrets, addresses of persons."""

from __future__ import annotations

import logging
import re

_RULES: tuple[tuple[re.Pattern[str], str], ...] = (
    (re.compile(r"(?i)\b(bearer)\s+[^\s,;'\"]+"), r"\1 [token]"),
    (
        re.compile(
            r"(?i)(['\"]?(?:[a-z_]*token|password|passwd|secret|otp|authorization|idempotency-key)['\"]?\s*[:=]\s*)"
            r"(?:'[^']*'|\"[^\"]*\"|[^\s,;}&\]]+)"
        ),
        r"\1[secret]",
    ),
    (re.compile(r"(?i)(?<=://)[^/\s:@]+:[^/\s@]+(?=@)"), "[secret]"),
    (re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+"), "[e-mail]"),
    # Eleven digits in a row are taken for a PESEL whether or not the check digit is right: a mistyped one is one too.
    (re.compile(r"(?<!\d)\d{11}(?!\d)"), "[PESEL]"),
    (re.compile(r"(?<![\w-])(?=[\w-]*\d)(?=[\w-]*[A-Za-z])[\w-]{40,}(?![\w-])"), "[long value]"),
)


def scrubbed(text: str) -> str:
    """Give the text without personal numbers, tokens, passwords, e-mail addresses."""
    for pattern, replacement in _RULES:
        text = pattern.sub(replacement, text)
    return text


class ScrubbingFormatter(logging.Formatter):
    """Formats a record with its traceback, then takes out what must not be kept."""

    def format(self, record: logging.LogRecord) -> str:
        """Give the line or lines of a record."""
        return scrubbed(super().format(record))
