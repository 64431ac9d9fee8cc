# SPDX-License-Identifier: AGPL-3.0-or-later
"""What a report says: a title and sections of labelled values. `report_pages` sets it; this loads nothing to draw with."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class ReportSection:
    """A heading and its rows: label and value each. A value of several lines keeps them."""

    heading: str
    rows: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Report:
    """``footer`` stands on every page before its number."""

    title: str
    subtitle: str
    footer: str
    sections: tuple[ReportSection, ...]

    def to_json(self) -> dict[str, Any]:
        """Give the report as JSON values."""
        return asdict(self)

    @classmethod
    def from_json(cls, values: Mapping[str, Any]) -> Report:
        """Take a report from what `to_json` gave."""
        return cls(
            title=str(values["title"]),
            subtitle=str(values["subtitle"]),
            footer=str(values["footer"]),
            sections=tuple(
                ReportSection(
                    str(section["heading"]), tuple((str(label), str(value)) for label, value in section["rows"])
                )
                for section in values["sections"]
            ),
        )
