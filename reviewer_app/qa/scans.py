# SPDX-License-Identifier: AGPL-3.0-or-later
"""Turns documents into what customers send: filled in by hand, stamped, and scanned or photographed."""

from __future__ import annotations

import io
import random
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

import numpy as np
import numpy.typing as npt
import pymupdf
from PIL import Image, ImageFilter

from reviewer_app.documents.authorization_layout import AUTHORIZATION_FIELDS, Box
from reviewer_app.qa.handwriting import Stroke, ink, printed, signature
from reviewer_app.qa.stamps import rectangular_stamp, round_stamp

Pixels = npt.NDArray[np.float32]
Colour = tuple[float, float, float]

_WORKING_DPI = 200
_POINTS_PER_INCH = 72
_PENS: tuple[Colour, ...] = ((0.10, 0.16, 0.50), (0.06, 0.10, 0.36), (0.09, 0.09, 0.11))
_STAMP_INKS: tuple[Colour, ...] = ((0.16, 0.22, 0.62), (0.20, 0.18, 0.52), (0.55, 0.12, 0.20))
_SCANNER_LID = 232


class ScanQuality(StrEnum):
    """How good the scan is."""

    GOOD = "good"
    FAIR = "fair"
    POOR = "poor"
    GREY = "grey"


@dataclass(frozen=True, slots=True)
class _Settings:
    dpi: int
    turn: float
    blur: float
    noise: float
    jpeg: int


_SETTINGS = {
    ScanQuality.GOOD: _Settings(dpi=200, turn=0.5, blur=0.4, noise=2.0, jpeg=82),
    ScanQuality.FAIR: _Settings(dpi=150, turn=1.3, blur=0.6, noise=4.0, jpeg=62),
    ScanQuality.POOR: _Settings(dpi=110, turn=2.4, blur=0.9, noise=8.0, jpeg=38),
    ScanQuality.GREY: _Settings(dpi=150, turn=1.0, blur=0.6, noise=4.0, jpeg=60),
}


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


def sign_and_scan(
    authorization_pdf: bytes,
    signatory: Signatory,
    seed: int,
    *,
    signed: bool = True,
    stamped: bool = True,
    dated: bool = True,
    quality: ScanQuality = ScanQuality.FAIR,
    as_pdf: bool = True,
) -> bytes:
    """Fill in an authorization by hand and scan it; gives a PDF that holds the picture, or the JPEG itself.

    The same arguments give the same picture.
    """
    source = random.Random(f"scan {seed}")  # noqa: S311 - data for tests, the same each time
    page = _drawn(authorization_pdf)
    pen = source.choice(_PENS)
    if dated:
        day = f"{signatory.day:%d.%m.%Y}"
        _write(page, AUTHORIZATION_FIELDS["place"], printed(signatory.place, source), pen, source)
        _write(page, AUTHORIZATION_FIELDS["date"], printed(day, source), pen, source)
    for number, name in enumerate(filter(None, (signatory.name, signatory.second_name)), start=1):
        hand = random.Random(f"hand {name}")  # noqa: S311 - the same person signs alike on every sheet
        own_pen = pen if number == 1 else source.choice(_PENS)
        if signed:
            _write(page, AUTHORIZATION_FIELDS[f"name_{number}"], printed(name, source), own_pen, source)
            _sign(page, AUTHORIZATION_FIELDS[f"signature_{number}"], signature(name, hand), own_pen, source)
        if signed and dated:
            day = f"{signatory.day:%d.%m.%Y}"
            _write(page, AUTHORIZATION_FIELDS[f"date_{number}"], printed(day, source), own_pen, source)
    if stamped:
        _stamp(page, AUTHORIZATION_FIELDS["stamp"], signatory, source)
    return _packed(_scanned(page, quality, source), quality, as_pdf=as_pdf)


def scan(pdf: bytes, seed: int, *, quality: ScanQuality = ScanQuality.FAIR) -> bytes:
    """Print and scan each page of a document; gives a PDF of pictures without a text layer."""
    source = random.Random(f"scan {seed}")  # noqa: S311 - data for tests, the same each time
    with pymupdf.open(stream=pdf, filetype="pdf") as document:
        count = document.page_count
    pictures = [_scanned(_drawn(pdf, index), quality, source) for index in range(count)]
    return _pdf_of([_jpeg(picture, quality) for picture in pictures])


def _drawn(pdf: bytes, index: int = 0) -> Pixels:
    with pymupdf.open(stream=pdf, filetype="pdf") as document:
        pixmap = document.load_page(index).get_pixmap(dpi=_WORKING_DPI, alpha=False)
        samples = np.frombuffer(pixmap.samples, dtype=np.uint8).reshape(pixmap.height, pixmap.width, 3)
    return samples.astype(np.float32)


def _write(page: Pixels, box: Box, strokes: list[Stroke], pen: Colour, source: random.Random) -> None:
    """Write below the field's printed label."""
    left, top, right, bottom = _pixels_of(page, box)
    height = round((bottom - top) * 0.46)
    width = round((right - left) * 0.86)
    mask = ink(strokes, (width, height), pen=3.4, source=source)
    _put(
        page,
        mask,
        (left + round((right - left) * 0.05), bottom - height - source.randint(5, 9)),
        colour=pen,
        strength=0.88,
    )


def _sign(page: Pixels, box: Box, strokes: list[Stroke], pen: Colour, source: random.Random) -> None:
    """Sign with a swing: a signature does not keep to its field exactly."""
    left, top, right, bottom = _pixels_of(page, box)
    width, height = (
        round((right - left) * source.uniform(0.78, 0.98)),
        round((bottom - top) * source.uniform(0.66, 0.86)),
    )
    mask = ink(strokes, (width, height), pen=3.8, source=source).rotate(
        source.uniform(-2, 7), expand=True, resample=Image.Resampling.BICUBIC
    )
    _put(
        page,
        mask,
        (left + source.randint(4, 18), bottom - mask.height + source.randint(-14, 4)),
        colour=pen,
        strength=0.92,
    )


def _stamp(page: Pixels, box: Box, signatory: Signatory, source: random.Random) -> None:
    left, top, right, bottom = _pixels_of(page, box)
    width = round((right - left) * 0.86)
    if source.random() < 0.5:
        mask = rectangular_stamp(signatory.stamp_lines, width, source)
    else:
        mask = round_stamp(
            signatory.company_name.upper(), signatory.stamp_lines[-1:], min(width, bottom - top - 40), source
        )
    x = left + (right - left - mask.width) // 2 + source.randint(-10, 10)
    y = top + 12 + (bottom - top - 12 - mask.height) // 2 + source.randint(-8, 8)
    _put(page, mask, (x, y), colour=source.choice(_STAMP_INKS), strength=0.95)


def _put(page: Pixels, mask: Image.Image, corner: tuple[int, int], *, colour: Colour, strength: float) -> None:
    """Lay transparent ink over the page; what is already dark stays dark."""
    height, width = page.shape[:2]
    left, top = corner
    x0, y0 = max(left, 0), max(top, 0)
    x1, y1 = min(left + mask.width, width), min(top + mask.height, height)
    cover = np.asarray(mask, dtype=np.float32)[y0 - top : y1 - top, x0 - left : x1 - left, None] / 255 * strength
    page[y0:y1, x0:x1] *= 1 - cover * (1 - np.array(colour, dtype=np.float32))


def _pixels_of(page: Pixels, box: Box) -> tuple[int, int, int, int]:
    height, width = page.shape[:2]
    return round(box.x0 * width), round(box.y0 * height), round(box.x1 * width), round(box.y1 * height)


def _scanned(page: Pixels, quality: ScanQuality, source: random.Random) -> Image.Image:
    settings = _SETTINGS[quality]
    noise = np.random.default_rng(source.randrange(1 << 32))
    height, width = page.shape[:2]
    paper = np.array([0.985, 0.975, 0.955], dtype=np.float32) * 250 / 255
    light = 1 - source.uniform(0.01, 0.06) * np.linspace(0, 1, width, dtype=np.float32)[None, :, None]
    fall = 1 - source.uniform(0.0, 0.04) * np.linspace(0, 1, height, dtype=np.float32)[:, None, None]
    lit = Image.fromarray(np.clip(page * paper * light * fall, 0, 255).astype(np.uint8))
    turned = lit.rotate(
        source.uniform(-settings.turn, settings.turn),
        resample=Image.Resampling.BICUBIC,
        fillcolor=(_SCANNER_LID, _SCANNER_LID, _SCANNER_LID),
        translate=(source.randint(-8, 8), source.randint(-8, 8)),
    )
    factor = settings.dpi / _WORKING_DPI
    sized = turned.resize((round(width * factor), round(height * factor)), Image.Resampling.LANCZOS)
    blurred = np.asarray(sized.filter(ImageFilter.GaussianBlur(settings.blur)), dtype=np.float32)
    grain = noise.normal(0, settings.noise, (*blurred.shape[:2], 1)).astype(np.float32)
    picture = Image.fromarray(np.clip(blurred + grain, 0, 255).astype(np.uint8))
    return picture.convert("L") if quality is ScanQuality.GREY else picture


def _packed(picture: Image.Image, quality: ScanQuality, *, as_pdf: bool) -> bytes:
    jpeg = _jpeg(picture, quality)
    return _pdf_of([jpeg]) if as_pdf else jpeg


def _jpeg(picture: Image.Image, quality: ScanQuality) -> bytes:
    settings = _SETTINGS[quality]
    buffer = io.BytesIO()
    picture.save(buffer, "JPEG", quality=settings.jpeg, dpi=(settings.dpi, settings.dpi))
    return buffer.getvalue()


def _pdf_of(jpegs: list[bytes]) -> bytes:
    document = pymupdf.open()
    for jpeg in jpegs:
        with Image.open(io.BytesIO(jpeg)) as picture:
            dpi = float(picture.info["dpi"][0])
            width, height = (side * _POINTS_PER_INCH / dpi for side in picture.size)
        page = document.new_page(width=width, height=height)
        page.insert_image(page.rect, stream=jpeg)
    data: bytes = document.tobytes(garbage=3, no_new_id=True)
    document.close()
    return data
