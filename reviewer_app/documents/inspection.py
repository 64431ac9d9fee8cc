# SPDX-License-Identifier: AGPL-3.0-or-later
"""What an inspection tells of a file that is taken."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class InspectedPage:
    """One page as shown. Sizes in points (1/72 inch); in pixels for image files, 0 for PDF."""

    number: int
    width_points: float
    height_points: float
    pixel_width: int
    pixel_height: int


@dataclass(frozen=True, slots=True)
class Inspection:
    """A file that is taken.

    ``media_type`` follows the content; ``name_matches`` says whether the declared file name has an extension of that
    type, and ``extension`` gives the usual one (without a dot). ``repaired``: MuPDF had to mend the file's structure,
    which staff should know.
    """

    media_type: str
    extension: str
    pages: tuple[InspectedPage, ...]
    repaired: bool
    name_matches: bool
    size_bytes: int
