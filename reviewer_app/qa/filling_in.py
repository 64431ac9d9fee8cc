# SPDX-License-Identifier: AGPL-3.0-or-later
"""Fills in printed sheets by hand: place, date, names, signatures and the company's stamp, each remembered with its place."""

from __future__ import annotations

import random
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np
import numpy.typing as npt
import pymupdf
from PIL import Image, ImageDraw, ImageFont

from reviewer_app.documents.authorization_layout import AUTHORIZATION_FIELDS, QR_BOX
from reviewer_app.documents.authorization_layout import Box as LayoutBox
from reviewer_app.qa.handwriting import ink, printed, signature
from reviewer_app.qa.stamps import rectangular_stamp, round_stamp
from reviewer_app.qa.truth import Box, TruthField
from reviewer_app.resources import resource_path

Pixels = npt.NDArray[np.float32]
Colour = tuple[float, float, float]

BLUE, RED, BLACK = (0.13, 0.20, 0.62), (0.62, 0.11, 0.17), (0.13, 0.12, 0.14)
_VIOLET: Colour = (0.27, 0.16, 0.52)
_STAMP_INKS: Sequence[Colour] = (BLUE, BLUE, _VIOLET, RED, BLACK)
_PENS: Sequence[Colour] = ((0.10, 0.16, 0.50), (0.06, 0.10, 0.36), (0.09, 0.09, 0.11), (0.05, 0.22, 0.55))
_ABBREVIATIONS = {
    "SPÓŁKA Z OGRANICZONĄ ODPOWIEDZIALNOŚCIĄ": "SP. Z O.O.",
    "PROSTA SPÓŁKA AKCYJNA": "P.S.A.",
    "SPÓŁKA AKCYJNA": "S.A.",
    "SPÓŁKA KOMANDYTOWA": "SP.K.",
    "SPÓŁKA JAWNA": "SP.J.",
    "SPÓŁKA CYWILNA": "S.C.",
}
_LONGEST_RIM = 40
_UNIT_DPI = 200
_NUMBER = re.compile(r"UP-\d{4}-\d{6}-\w\w")


@dataclass(frozen=True, slots=True)
class Signatory:
    """Who signs, and whose stamp it is."""

    name: str
    company_name: str
    stamp_lines: tuple[str, ...]
    place: str
    day: date
    second_name: str = ""
    """The second person who signs, where two must."""


@dataclass(frozen=True, slots=True)
class Marks:
    """What is put on the sheet. ``overlap``: the stamp is pressed over other writing, as people in a hurry do."""

    signed: bool = True
    second_signed: bool = True
    stamped: bool = True
    dated: bool = True
    overlap: bool = False


class Sheet:
    """One page as pixels, on which ink is laid; ``fields`` says what was put where."""

    def __init__(self, pdf: bytes, dpi: int, index: int = 0) -> None:
        with pymupdf.open(stream=pdf, filetype="pdf") as document:
            pixmap = document.load_page(index).get_pixmap(dpi=dpi, alpha=False)
            samples = np.frombuffer(pixmap.samples, dtype=np.uint8).reshape(pixmap.height, pixmap.width, 3)
        self.pixels: Pixels = samples.astype(np.float32)
        self.scale = dpi / _UNIT_DPI
        self.fields: list[TruthField] = []

    @property
    def size(self) -> tuple[int, int]:
        """Width and height in pixels."""
        return self.pixels.shape[1], self.pixels.shape[0]

    @property
    def image(self) -> Image.Image:
        """The page as a picture."""
        return Image.fromarray(np.clip(self.pixels, 0, 255).astype(np.uint8))

    def replace(self, picture: Image.Image) -> None:
        """Take another picture of the same size for the page."""
        self.pixels = np.asarray(picture.convert("RGB")).astype(np.float32)

    def lay(
        self, name: str, text: str, mask: Image.Image, corner: tuple[int, int], *, colour: Colour, strength: float
    ) -> None:
        """Lay transparent ink over the page; what is already dark stays dark."""
        width, height = self.size
        left, top = corner
        x0, y0 = max(left, 0), max(top, 0)
        x1, y1 = min(left + mask.width, width), min(top + mask.height, height)
        cover = np.asarray(mask, dtype=np.float32)[y0 - top : y1 - top, x0 - left : x1 - left, None] / 255 * strength
        self.pixels[y0:y1, x0:x1] *= 1 - cover * (1 - np.array(colour, dtype=np.float32))
        inked = mask.getbbox() or (0, 0, mask.width, mask.height)
        box = (left + inked[0], top + inked[1], left + inked[2], top + inked[3])
        self.fields.append(TruthField(name, text, 1, _fractions(box, width, height)))

    def note_specimen(self) -> None:
        """Print the small mark of a specimen at the foot."""
        width, height = self.size
        font = ImageFont.truetype(str(resource_path("specimens", "LiberationSans-Regular.ttf")), round(17 * self.scale))
        mask = Image.new("L", (round(400 * self.scale), round(26 * self.scale)))
        ImageDraw.Draw(mask).text((0, 0), "SPECIMEN · dane fikcyjne", fill=255, font=font)
        corner = (round(width * 0.088), round(height * 0.9605))
        self.lay("specimen", "SPECIMEN · dane fikcyjne", mask, corner, colour=(0.4, 0.4, 0.4), strength=0.9)

    def area(self, box: LayoutBox) -> tuple[int, int, int, int]:
        """Give a box in pixels."""
        width, height = self.size
        return round(box.x0 * width), round(box.y0 * height), round(box.x1 * width), round(box.y1 * height)


def fill_in(sheet: Sheet, signatory: Signatory, marks: Marks, source: random.Random) -> None:
    """Write on an authorization what its signatories would, and in its margin that it is a specimen."""
    sheet.note_specimen()
    pen = source.choice(_PENS)
    day = f"{signatory.day:%d.%m.%Y}"
    if marks.dated:
        _write(sheet, "place", signatory.place, pen, source)
        _write(sheet, "date", day, pen, source)
    for number, name in enumerate(filter(None, (signatory.name, signatory.second_name)), start=1):
        if not marks.signed:
            break
        own_pen = pen if number == 1 else source.choice(_PENS)
        _write(sheet, f"name_{number}", name, own_pen, source)
        if number == 2 and not marks.second_signed:
            break
        _sign(sheet, f"signature_{number}", name, own_pen, source)
        if marks.dated:
            _write(sheet, f"date_{number}", day, own_pen, source)
    if marks.stamped:
        _stamp(sheet, signatory, source, overlap=marks.overlap)


def sheet_fields(pdf: bytes, values: dict[str, str]) -> list[TruthField]:
    """Find on a clean sheet its number, its code and these values, in order of their names as given."""
    fields = [TruthField("qr", "", 1, (QR_BOX.x0, QR_BOX.y0, QR_BOX.x1, QR_BOX.y1))]
    with pymupdf.open(stream=pdf, filetype="pdf") as document:
        page = document.load_page(0)
        number = _NUMBER.search(page.get_text())
        wanted = {"number": number.group(), **values} if number else values
        for name, text in wanted.items():
            found = page.search_for(text) if text else []
            if found:
                around = found[0]
                for more in found[1:]:
                    if name != "number" and 0 <= more.y0 - around.y1 < 6:
                        around |= more
                box = (around.x0, around.y0, around.x1, around.y1)
                fields.append(TruthField(name, text, 1, _fractions(box, page.rect.width, page.rect.height)))
    return fields


def specimen(pdf: bytes) -> bytes:
    """Print the small mark of a specimen at the foot of a PDF's first page, which stays a PDF with its text."""
    with pymupdf.open(stream=pdf, filetype="pdf") as document:
        page = document.load_page(0)
        place = (page.rect.width * 0.088, page.rect.height * 0.97)
        page.insert_text(place, "SPECIMEN", fontsize=6, color=(0.4, 0.4, 0.4))
        data: bytes = document.tobytes(garbage=2, deflate=True, no_new_id=True)
    return data


def stamp_letter(sheet: Sheet, office: str, official: str, source: random.Random) -> None:
    """Put a round stamp and an official's signature on the lower part of a letter."""
    width, height = sheet.size
    mask = round_stamp(office.upper(), ("*",), round(300 * sheet.scale), source)
    corner = (round(width * 0.50), round(height * 0.70))
    sheet.lay("stamp", office, mask, corner, colour=RED, strength=0.9)
    title = rectangular_stamp((official, "Kierownik Referatu"), round(420 * sheet.scale), source, framed=False)
    place = (round(width * 0.58), round(height * 0.755))
    sheet.lay("signature_name", official, title, place, colour=BLUE, strength=0.85)
    hand = random.Random(f"hand {official}")  # noqa: S311 - the same person signs alike on every sheet
    strokes = ink(
        signature(official, hand),
        (round(380 * sheet.scale), round(150 * sheet.scale)),
        pen=4 * sheet.scale,
        source=source,
    )
    above = (round(width * 0.60), round(height * 0.72))
    sheet.lay("signature_1", "", strokes, above, colour=_PENS[0], strength=0.9)


def _write(sheet: Sheet, field: str, text: str, pen: Colour, source: random.Random) -> None:
    """Write in capitals below the field's printed label."""
    left, top, right, bottom = sheet.area(AUTHORIZATION_FIELDS[field])
    height, width = round((bottom - top) * 0.46), round((right - left) * 0.86)
    mask = ink(printed(text, source), (width, height), pen=3.2 * sheet.scale, source=source)
    lift = round(source.randint(5, 9) * sheet.scale)
    sheet.lay(
        field, text, mask, (left + round((right - left) * 0.05), bottom - height - lift), colour=pen, strength=0.88
    )


def _sign(sheet: Sheet, field: str, name: str, pen: Colour, source: random.Random) -> None:
    """Sign with a swing: a signature does not keep to its field exactly."""
    hand = random.Random(f"hand {name}")  # noqa: S311 - the same person signs alike on every sheet
    left, top, right, bottom = sheet.area(AUTHORIZATION_FIELDS[field])
    width = round((right - left) * source.uniform(0.78, 0.98))
    height = round((bottom - top) * source.uniform(0.66, 0.86))
    thickness = source.uniform(2.9, 4.6) * sheet.scale
    mask = ink(signature(name, hand), (width, height), pen=thickness, source=source).rotate(
        source.uniform(-2, 7), expand=True, resample=Image.Resampling.BICUBIC
    )
    x = left + round(source.randint(4, 18) * sheet.scale)
    y = bottom - mask.height + round(source.randint(-14, 4) * sheet.scale)
    sheet.lay(field, "", mask, (x, y), colour=pen, strength=0.92)


def _stamp(sheet: Sheet, signatory: Signatory, source: random.Random, *, overlap: bool) -> None:
    left, top, right, bottom = sheet.area(AUTHORIZATION_FIELDS["stamp"])
    width = round((right - left) * 0.88)
    if source.random() < 0.6:
        mask = rectangular_stamp(signatory.stamp_lines, width, source, framed=source.random() < 0.6)
    else:
        across = min(width, bottom - top - round(40 * sheet.scale))
        mask = round_stamp(_short(signatory.company_name), signatory.stamp_lines[-1:], across, source)
    reach = 10 * sheet.scale
    x = left + (right - left - mask.width) // 2 + round(source.uniform(-reach, reach))
    y = top + (bottom - top - mask.height) // 2 + round(source.uniform(-reach, reach) + 6 * sheet.scale)
    if overlap:
        x -= round((right - left) * 0.42)
    sheet.lay("stamp", " ".join(signatory.stamp_lines), mask, (x, y), colour=source.choice(_STAMP_INKS), strength=0.92)


def _short(name: str) -> str:
    """Give a name as stamps carry it: the form abbreviated, and no more than goes round a rim."""
    text = name.upper()
    for form, short in _ABBREVIATIONS.items():
        text = text.replace(form, short)
    words = text.split()
    while len(" ".join(words)) > _LONGEST_RIM and len(words) > 1:
        words.pop(len(words) // 2)
    return " ".join(words)


def _fractions(box: Sequence[float], width: float, height: float) -> Box:
    x0, y0, x1, y1 = box
    return (max(x0 / width, 0.0), max(y0 / height, 0.0), min(x1 / width, 1.0), min(y1 / height, 1.0))
