# SPDX-License-Identifier: AGPL-3.0-or-later
"""Small real documents for the viewer: an extract of several pages, and a photograph of a signed sheet."""

from __future__ import annotations

from functools import cache
from io import BytesIO

import pymupdf
from PIL import Image

A4 = (595, 842)


@cache
def extract(name: str, nip: str, *, pages: int = 3) -> bytes:
    """Make a PDF that looks like a register's extract."""
    with pymupdf.open() as made:
        for number in range(1, pages + 1):
            page = made.new_page(width=A4[0], height=A4[1])
            _text(page, (60, 70), "CENTRALNA INFORMACJA KRAJOWEGO REJESTRU SADOWEGO", 12)
            _text(page, (60, 100), "Stan na dzien 12.10.2026 godz. 07:58:12", 9)
            _text(page, (60, 130), "Numer KRS: 0009990001", 11)
            _text(page, (60, 160), f"Dzial {number}", 14)
            for line, words in enumerate((f"3. Firma: {name}", f"2. Numer REGON/NIP: 990000217, NIP: {nip}")):
                _text(page, (60, 200 + 24 * line), words, 10)
            for line in range(18):
                page.draw_rect(pymupdf.Rect(60, 260 + 26 * line, 535, 280 + 26 * line), color=(0.75, 0.78, 0.82))
                _text(page, (66, 274 + 26 * line), f"Rubryka {line + 1} - Dane podmiotu", 9)
            _text(page, (260, 815), f"Strona {number} z {pages}", 9)
        return bytes(made.tobytes())


@cache
def signed_sheet(name: str) -> bytes:
    """Make a photograph (PNG) of an authorization."""
    with pymupdf.open() as made:
        page = made.new_page(width=A4[0], height=A4[1])
        _text(page, (200, 90), "UPOWAZNIENIE", 20)
        _text(page, (60, 150), f"Firma {name} upowaznia administratora", 11)
        _text(page, (60, 172), "do wykonywania wszystkich czynnosci w portalu.", 11)
        page.draw_bezier((340, 640), (380, 560), (430, 700), (500, 610), color=(0.1, 0.2, 0.6), width=2)
        page.draw_rect(pymupdf.Rect(330, 660, 520, 661), color=(0, 0, 0))
        _text(page, (380, 680), "podpis", 9)
        page.draw_rect(pymupdf.Rect(80, 600, 230, 680), color=(0.6, 0.1, 0.1), width=2)
        _text(page, (96, 645), "PIECZEC FIRMY", 12)
        return bytes(page.get_pixmap(dpi=110).tobytes("png"))


@cache
def photograph(name: str) -> bytes:
    """Make a photograph (JPG) of an authorization, lying on its side."""
    with Image.open(BytesIO(signed_sheet(name))) as sheet, BytesIO() as made:
        sheet.convert("RGB").rotate(90, expand=True).save(made, "JPEG", quality=80)
        return made.getvalue()


@cache
def fax(name: str, *, pages: int = 3) -> bytes:
    """Make a scan of several pages in black and white (TIFF, as an office scanner sends it)."""
    with Image.open(BytesIO(signed_sheet(name))) as sheet, BytesIO() as made:
        page = sheet.convert("1")
        page.save(made, "TIFF", compression="group4", save_all=True, append_images=[page] * (pages - 1), dpi=(110, 110))
        return made.getvalue()


def _text(page: pymupdf.Page, at: tuple[float, float], words: str, size: float) -> None:
    page.insert_text(at, words, fontsize=size)
