# SPDX-License-Identifier: AGPL-3.0-or-later
"""A text that a user reads, in both languages of the product."""

from __future__ import annotations

from enum import StrEnum
from typing import NamedTuple


class Language(StrEnum):
    """Languages that users can choose."""

    POLISH = "pl"
    ENGLISH = "en"


class Text(NamedTuple):
    """One text in Polish and English."""

    pl: str
    en: str

    def in_language(self, language: str) -> str:
        """Give the Polish text for ``pl`` and the English one for anything else."""
        return self.pl if language == Language.POLISH else self.en

    def format(self, **values: object) -> Text:
        """Fill the placeholders of both texts with the same values."""
        return Text(self.pl.format(**values), self.en.format(**values))
