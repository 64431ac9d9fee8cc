# SPDX-License-Identifier: AGPL-3.0-or-later
"""Words that a customer types in the portal to meet a scenario: before the company's name, and before names of files.

``qa-struck_off Kwadrat sp. z o.o.`` makes the registers answer for that company as in the scenario ``struck_off``.
A file called ``qa-blurred odpis.pdf`` arrives as if it had been scanned badly, whatever its content.
"""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import NamedTuple

import pymupdf

from reviewer_app.contract.text import Text
from reviewer_app.qa.captures import Capture, Device, capture
from reviewer_app.qa.scans import FileForm, fax, scanned
from reviewer_app.qa.scenarios import SCENARIOS
from reviewer_app.qa.truth import DocumentTruth
from reviewer_app.qa.typesetting import Printed

PREFIX = "qa-"
_WORD = re.compile(rf"\s*{PREFIX}(?P<word>[a-z0-9_-]+)", re.IGNORECASE)
_A4 = (595, 842)
_HUGE = 14_000
_MANY_PAGES = 201
_AES_256 = 5
"""`pymupdf.PDF_ENCRYPT_AES_256`, which its types do not name."""


class FileWord(NamedTuple):
    """What a word before the name of a file does to it."""

    meaning: Text
    change: Callable[[bytes], bytes]


def scenario_in(company_name: str) -> str | None:
    """Give the scenario that a company's name begins with, None for a plain name."""
    found = _WORD.match(company_name)
    name = found["word"].lower().replace("-", "_") if found else ""
    return name if name in SCENARIOS else None


def changed_file(file_name: str, data: bytes) -> bytes:
    """Give what arrives in place of a file: its own bytes unless its name begins with a word that changes them."""
    found = _WORD.match(file_name)
    word = FILE_WORDS.get(found["word"].lower().replace("_", "-").rstrip("-")) if found else None
    if word is None:
        return data
    try:
        return word.change(data)
    except (pymupdf.FileDataError, pymupdf.EmptyFileError, ValueError, RuntimeError):
        return data  # what cannot be opened is refused as it is


def _taken(how: Capture, form: FileForm = FileForm.PDF) -> Callable[[bytes], bytes]:
    def change(data: bytes) -> bytes:
        with pymupdf.open(stream=data) as document:
            pdf = data if document.is_pdf else document.convert_to_pdf()
            pages = document.page_count
        source = random.Random(len(data))  # noqa: S311  # the same for the same file
        return scanned(Printed(pdf, DocumentTruth("other", pages)), how, source, form=form).data

    return change


def _worse(device: Device, strength: float, **changes: float) -> Callable[[bytes], bytes]:
    source = random.Random(f"{device} {strength}")  # noqa: S311  # the same each time
    return _taken(replace(capture(device, strength, source), **changes))  # type: ignore[arg-type]  # its own fields


def _locked(data: bytes) -> bytes:
    with pymupdf.open(stream=data) as document:
        pdf = pymupdf.open(stream=document.convert_to_pdf())
        locked: bytes = pdf.tobytes(encryption=_AES_256, owner_pw="owner", user_pw="user")
        pdf.close()
    return locked


def _pages(order: Callable[[int], list[int]]) -> Callable[[bytes], bytes]:
    def change(data: bytes) -> bytes:
        with pymupdf.open(stream=data) as document:
            pdf = pymupdf.open(stream=document.convert_to_pdf())
            pdf.select(order(pdf.page_count))
            changed: bytes = pdf.tobytes()
            pdf.close()
        return changed

    return change


def _blank(width: float, height: float, pages: int = 1) -> Callable[[bytes], bytes]:
    def change(_: bytes) -> bytes:
        pdf = pymupdf.open()
        for _number in range(pages):
            pdf.new_page(width=width, height=height)
        made: bytes = pdf.tobytes()
        pdf.close()
        return made

    return change


FILE_WORDS: Mapping[str, FileWord] = {
    "phone": FileWord(Text("zdjęcie telefonem", "a photograph by phone"), _worse(Device.PHONE, 0.4)),
    "scan": FileWord(Text("zwykły skan", "an ordinary scan"), _worse(Device.SCANNER, 0.2)),
    "fax": FileWord(Text("faks", "a fax"), _taken(fax(0.3))),
    "blurred": FileWord(Text("nieostry", "blurred"), _worse(Device.SCANNER, 0.4, blur=3.5)),
    "dark": FileWord(Text("ciemny", "dark"), _worse(Device.PHONE, 0.5, exposure=0.35)),
    "skewed": FileWord(Text("przekrzywiony o 7°", "turned by 7°"), _worse(Device.SCANNER, 0.2, turn=7.0)),
    "rotated": FileWord(Text("obrócony o 90°", "turned by 90°"), _worse(Device.SCANNER, 0.2, quarter_turns=1)),
    "upside-down": FileWord(Text("do góry nogami", "upside down"), _worse(Device.SCANNER, 0.2, quarter_turns=2)),
    "unreadable": FileWord(Text("nieczytelny", "hardly to be read"), _worse(Device.SCANNER, 1.0)),
    "swapped": FileWord(
        Text("strony w złej kolejności", "pages in the wrong order"), _pages(lambda n: [*range(1, n), 0])
    ),
    "page-missing": FileWord(
        Text("bez ostatniej strony", "without its last page"), _pages(lambda n: list(range(max(n - 1, 1))))
    ),
    "blank": FileWord(Text("pusta kartka", "a blank sheet"), _blank(*_A4)),
    "huge": FileWord(Text("za duża strona (odmowa)", "too large a page (refused)"), _blank(_HUGE, _HUGE)),
    "too-long": FileWord(Text("201 stron (odmowa)", "201 pages (refused)"), _blank(*_A4, _MANY_PAGES)),
    "locked": FileWord(Text("z hasłem (odmowa)", "with a password (refused)"), _locked),
    "truncated": FileWord(Text("urwany (odmowa)", "cut short (refused)"), lambda data: data[: max(len(data) // 3, 1)]),
    "empty": FileWord(Text("pusty plik (odmowa)", "an empty file (refused)"), lambda _: b""),
    "wrong-type": FileWord(
        Text("nie ten rodzaj (odmowa)", "the wrong type (refused)"), lambda _: b"GIF89a\x01\x00\x01\x00"
    ),
}
"""Words before the name of a file, with what they do to it."""
