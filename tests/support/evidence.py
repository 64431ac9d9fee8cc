# SPDX-License-Identifier: AGPL-3.0-or-later
"""Papers whose words are known, for tests of what the checks find in them."""

from __future__ import annotations

import textwrap
from collections.abc import Sequence
from io import BytesIO

import pymupdf
from PIL import Image, ImageFilter

from reviewer_app.resources import resource_path

FONT = str(resource_path("fonts", "Inter-Regular.ttf"))


def extract_lines(**changes: str) -> list[str]:
    """Give the lines of a KRS extract about the company of `tests.support.world.company_data`."""
    says = {
        "day": "12.10.2026",
        "krs": "0009990001",
        "regon": "990000217",
        "nip": "9990000184",
        "name": "ŻÓŁW I SYN SPÓŁKA Z OGRANICZONĄ ODPOWIEDZIALNOŚCIĄ",
        "address": "ul. PROSTA, nr 1, lok. 2, miejsc. WARSZAWA, kod 00-001, poczta WARSZAWA, kraj POLSKA",
        "last_name": "ŻÓŁW",
        "first_names": "JAN PIOTR",
        **changes,
    }
    return [
        "CENTRALNA INFORMACJA KRAJOWEGO REJESTRU SĄDOWEGO",
        f"Stan na dzień {says['day']} godz. 07:58:12",
        f"Numer KRS: {says['krs']}",
        "Dział 1",
        "Rubryka 1 \u00ad Dane podmiotu",
        "2.Numer REGON/NIP",
        f"REGON: {says['regon']}, NIP: {says['nip']}",
        "3.Firma, pod którą spółka działa",
        *textwrap.wrap(says["name"], 24),
        "2.Adres",
        says["address"],
        "Dział 2",
        "1.Nazwisko / Nazwa lub Firma",
        says["last_name"],
        "2.Imiona",
        says["first_names"],
        "Strona 1 z 1",
    ]


def printed(lines: Sequence[str], *, rotation: int = 0) -> bytes:
    """Print lines on one page of a PDF with a text layer."""
    with pymupdf.open() as document:
        page = document.new_page(width=595, height=842)
        page.insert_font(fontname="inter", fontfile=FONT)
        for number, line in enumerate(lines):
            page.insert_text((50, 70 + 22 * number), line, fontsize=9, fontname="inter")
        page.set_rotation(rotation)
        document.subset_fonts()
        return bytes(document.tobytes(garbage=3, deflate=True))


def scanned(pdf: bytes, *, dpi: int = 150) -> bytes:
    """Scan the first page of a PDF: a picture, a little askew and blurred, without a text layer."""
    with pymupdf.open(stream=pdf, filetype="pdf") as document:
        drawn = document[0].get_pixmap(dpi=dpi, colorspace=pymupdf.csGRAY)
    picture = Image.frombytes("L", (drawn.width, drawn.height), drawn.samples)
    picture = picture.rotate(1.2, fillcolor=240, resample=Image.Resampling.BICUBIC)
    buffer = BytesIO()
    picture.filter(ImageFilter.GaussianBlur(0.6)).save(buffer, "JPEG", quality=60, dpi=(dpi, dpi))
    return buffer.getvalue()
