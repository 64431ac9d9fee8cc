# SPDX-License-Identifier: AGPL-3.0-or-later
"""Make the picture sheet of generated documents: `python -m tools.make_specimens [FOLDER]`.

Writes `docs/tour/specimens.png`; with FOLDER also each paper at full size beside it.
"""

from __future__ import annotations

import io
import sys
from pathlib import Path

import numpy as np
import pymupdf
from PIL import Image, ImageDraw, ImageFont

from reviewer_app.qa.scenarios import Paper, ScenarioCase, SignedPaper, scenario
from reviewer_app.qa.specimens import authorization_of
from reviewer_app.resources import resource_path

SHEET = Path(__file__).resolve().parent.parent / "docs" / "tour" / "specimens.png"
SHOWN: tuple[tuple[str, int, str, int], ...] = (
    ("clean_pdf", 4, "extract", 1),
    ("clean_pdf", 4, "extract", 2),
    ("sole_trader_owner_signs", 2, "extract", 1),
    ("full_set", 5, "nip", 1),
    ("full_set", 5, "regon", 1),
    ("clean_pdf", 4, "authorization", 1),
    ("clean_scan", 3, "extract", 1),
    ("rotated_slightly", 4, "extract", 1),
    ("bleed_through", 2, "extract", 1),
    ("fax", 1, "extract", 1),
    ("phone_photo", 7, "authorization", 1),
    ("phone_photo", 8, "authorization", 1),
    ("stamp_over_signature", 6, "authorization", 1),
    ("edited_after_signing", 2, "authorization", 1),
    ("jpeg_artefacts", 9, "authorization", 1),
    ("pades_valid", 1, "authorization", 1),
    ("blurred", 3, "authorization", 1),
    ("dark", 2, "authorization", 1),
    ("low_resolution", 1, "extract", 1),
    ("rotated_90", 1, "authorization", 1),
    ("blank", 1, "extract", 1),
)
"""Scenario, seed, paper, page."""

_COLUMNS = 7
_CELL, _GAP, _CAPTION = (372, 520), 22, 30
_COLOURS, _LIVELY = 256, 42
_MOST_BYTES = 3_000_000
_FULL_DPI = 150


def page_of(paper: Paper, number: int) -> Image.Image:
    """Draw one page of a paper as a viewer does."""
    if paper.media_type != "application/pdf":
        picture = Image.open(io.BytesIO(paper.data))
        picture.seek(number - 1)
        return picture.convert("RGB")
    with pymupdf.open(stream=paper.data, filetype="pdf") as document:
        pixmap = document.load_page(number - 1).get_pixmap(dpi=_FULL_DPI, alpha=False)
        return Image.frombytes("RGB", (pixmap.width, pixmap.height), pixmap.samples)


def ready(case: ScenarioCase, name: str) -> Paper:
    """Give a paper; an authorization is made without a server."""
    paper = case.paper(name)
    return (
        paper.sign(authorization_of(case.company, sequence=case.seed + 120))
        if isinstance(paper, SignedPaper)
        else paper
    )


def draw(folder: Path | None) -> Image.Image:
    """Lay all of them on one sheet; also write them into a folder, if one is given."""
    width, height = _CELL
    rows = -(-len(SHOWN) // _COLUMNS)
    size = (_COLUMNS * (width + _GAP) + _GAP, rows * (height + _GAP + _CAPTION) + _GAP)
    sheet = Image.new("RGB", size, (58, 62, 68))
    font = ImageFont.truetype(str(resource_path("fonts", "Inter-Medium.ttf")), 15)
    pen = ImageDraw.Draw(sheet)
    for place, (name, seed, paper_name, number) in enumerate(SHOWN):
        picture = page_of(ready(scenario(name).make(seed), paper_name), number)
        if folder:
            picture.save(folder / f"{place:02d}-{name}-{paper_name}-{number}.png")
        picture.thumbnail(_CELL, Image.Resampling.LANCZOS)
        row, column = divmod(place, _COLUMNS)
        x, y = _GAP + column * (width + _GAP), _GAP + row * (height + _GAP + _CAPTION)
        sheet.paste(picture, (x + (width - picture.width) // 2, y + (height - picture.height) // 2))
        pen.text((x + width / 2, y + height + 8), name, fill=(225, 228, 232), font=font, anchor="ma")
    return sheet


def palette_of(sheet: Image.Image) -> Image.Image:
    """Choose 256 colours, a third of them for inks: there is little of them, and without them all looks grey."""
    pixels = np.asarray(sheet)
    lively = pixels[(pixels.max(axis=2).astype(int) - pixels.min(axis=2)) > _LIVELY]
    inks = Image.fromarray(lively[: len(lively) // 64 * 64].reshape(-1, 64, 3))
    colours: list[int] = []
    for part, count in ((inks, _COLOURS // 3), (sheet, _COLOURS - _COLOURS // 3)):
        colours += (part.quantize(count, Image.Quantize.MEDIANCUT).getpalette() or [])[: count * 3]
    palette = Image.new("P", (1, 1))
    palette.putpalette(colours)
    return palette


def main() -> None:
    """Write the picture. Raises ValueError when it is too large for the project."""
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else None
    if folder:
        folder.mkdir(parents=True, exist_ok=True)
    SHEET.parent.mkdir(parents=True, exist_ok=True)
    sheet = draw(folder)
    palette = palette_of(sheet)
    sheet.quantize(palette=palette, dither=Image.Dither.FLOYDSTEINBERG).save(SHEET, optimize=True)
    size = SHEET.stat().st_size
    if size > _MOST_BYTES:
        raise ValueError(f"{SHEET} has {size} bytes")
    print(f"{SHEET}: {size} bytes")


if __name__ == "__main__":
    main()
