# SPDX-License-Identifier: AGPL-3.0-or-later
"""``If-Match``: the version on which a change is made (RFC 9110, 8.8.3 and 13.1.1; RFC 6585, 3)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple, Self

from reviewer_app.backend.kit.problems import ProblemError
from reviewer_app.contract.problems import ProblemCode

_ANY = "*"
_TAG = re.compile(r'[ \t]*(?:(?P<weak>W/)?"(?P<tag>[\x21\x23-\x7e\x80-\xff]*)")?[ \t]*(?:,|\Z)')
"""One member of a list of entity tags; a list may have empty members."""


class SeenVersions(NamedTuple):
    """What ``If-Match`` lists. ``strong`` are the tags that can match; a weak one never does."""

    strong: frozenset[str]

    @classmethod
    def of(cls, version: int) -> Self:
        """Make it of one version."""
        return cls(frozenset({str(version)}))

    def require(self, version: int) -> None:
        """Raise ProblemError ``stale_version`` unless the present version is among them."""
        if str(version) not in self.strong:
            raise ProblemError(ProblemCode.STALE_VERSION, version=version)


def parse_if_match(lines: Sequence[str]) -> SeenVersions | None:
    """Read the lines of ``If-Match``; they count as one list. ``*`` gives None: whatever the version is.

    Raises ProblemError ``malformed_request`` for what is no list of entity tags.
    """
    header = ",".join(lines)
    if header.strip() == _ANY:
        return None
    strong: set[str] = set()
    tags = position = 0
    while position < len(header):
        match = _TAG.match(header, position)
        if match is None:
            raise ProblemError(ProblemCode.MALFORMED_REQUEST)
        position = match.end()
        if match["tag"] is not None:
            tags += 1
            strong |= set() if match["weak"] else {match["tag"]}
    if not tags:
        raise ProblemError(ProblemCode.MALFORMED_REQUEST)
    return SeenVersions(frozenset(strong))
