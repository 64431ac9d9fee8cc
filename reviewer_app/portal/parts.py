# SPDX-License-Identifier: AGPL-3.0-or-later
"""Long lists that come whole from the API: searched here, and shown a part at a time."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from reviewer_app.contract.folding import fold

Item = TypeVar("Item")

_NUMBER = re.compile(r"[0-9]{1,6}")


@dataclass(frozen=True)
class Part(Generic[Item]):
    """What is shown of a list. Pages count from 1."""

    items: Sequence[Item]
    page: int
    pages: int


def part_of(items: Sequence[Item], asked: str, size: int) -> Part[Item]:
    """Give the page that was asked for in an address, the nearest one for a number of none and the first for no number."""
    pages = max(-(-len(items) // size), 1)
    page = min(max(int(asked), 1), pages) if _NUMBER.fullmatch(asked) else 1
    return Part(items[(page - 1) * size : page * size], page, pages)


def found_by(query: str, *texts: str) -> bool:
    """Say whether every word of a search stands somewhere in these texts, whatever its case and accents."""
    folded = fold(" ".join(texts))
    return all(word in folded for word in fold(query).split())
