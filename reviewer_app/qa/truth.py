# SPDX-License-Identifier: AGPL-3.0-or-later
"""What really stands on a generated paper, and where: the yardstick for everything that reads it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

Box = tuple[float, float, float, float]
"""``(x0, y0, x1, y1)`` as fractions of the unrotated page, origin top left."""


@dataclass(frozen=True, slots=True)
class TruthField:
    """One thing on a page.

    ``name`` is stable: of the company ``name``, ``nip``, ``regon``, ``krs``, ``legal_form``, ``seat``, ``rule``, ``state_on``,
    ``last_entry_on``; of its people ``representatives.0.last_name`` and the like; of the sheet ``number``, ``qr`` and what is
    filled in by hand: ``place``, ``date``, ``name_1``, ``signature_1``, ``date_1``, …, ``stamp``.
    ``text`` is what is written there, empty for what is only drawn. ``page`` counts from 1.
    """

    name: str
    text: str
    page: int
    box: Box

    def to_json(self) -> dict[str, Any]:
        """Give the field as JSON values."""
        return {"name": self.name, "text": self.text, "page": self.page, "box": list(self.box)}


@dataclass(frozen=True, slots=True)
class DocumentTruth:
    """A paper as it really is.

    ``document`` says what it is, whatever it claims to be: ``krs_extract``, ``ceidg_printout``, ``nip_confirmation``,
    ``regon_confirmation``, ``authorization``, ``blank``, ``other``. ``defects`` name what is wrong with it, or with its
    picture: ``blurred``, ``page_missing``, ``stamp_missing``, … A field that a defect took away is not among ``fields``.
    """

    document: str
    pages: int
    fields: tuple[TruthField, ...] = ()
    defects: tuple[str, ...] = ()

    def field(self, name: str) -> TruthField:
        """Give the first field of this name. Raises KeyError when the paper has none."""
        for field in self.fields:
            if field.name == name:
                return field
        raise KeyError(name)

    def with_defects(self, *defects: str) -> DocumentTruth:
        """Give the same truth with further defects."""
        return replace(self, defects=(*self.defects, *defects))

    def moved(self, move: Callable[[int, Box], tuple[int, Box] | None]) -> DocumentTruth:
        """Give the truth after each field was moved; None drops a field that is no longer on the paper."""
        places = [(field, move(field.page, field.box)) for field in self.fields]
        return replace(
            self, fields=tuple(replace(field, page=place[0], box=place[1]) for field, place in places if place)
        )

    def to_json(self) -> dict[str, Any]:
        """Give the truth as JSON values."""
        return {
            "document": self.document,
            "pages": self.pages,
            "defects": list(self.defects),
            "fields": [field.to_json() for field in self.fields],
        }
