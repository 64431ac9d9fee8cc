# SPDX-License-Identifier: AGPL-3.0-or-later
"""Pictures of papers: the same for the same seed, worse with more strength, and true about where things went."""

from __future__ import annotations

import io
import random
from dataclasses import replace

import numpy as np
import pymupdf
import pytest
import zxingcpp
from PIL import Image

from reviewer_app.contract.companies import LegalForm
from reviewer_app.qa.captures import Capture, Captured, Device, capture, take
from reviewer_app.qa.extracts import krs_extract
from reviewer_app.qa.filling_in import Sheet
from reviewer_app.qa.scans import FileForm, Marks, fax, scanned, scanner, signed_scan
from reviewer_app.qa.scans import ScanQuality as Quality
from reviewer_app.qa.specimens import authorization_of, signatory_of
from reviewer_app.qa.synthetic_companies import SyntheticCompany, make_company
from reviewer_app.qa.truth import Box
from reviewer_app.qa.typesetting import Printed

SQUARE: Box = (0.30, 0.20, 0.42, 0.26)
WAYS = {
    "scanner": Capture(turn=3.0),
    "turned": Capture(turn=-1.0, quarter_turns=1),
    "upside_down": Capture(quarter_turns=2),
    "phone": Capture(Device.PHONE, perspective=1.0, turn=4.0, shadow=0.5, falloff=0.5),
}


def seeded(seed: int = 1) -> random.Random:
    return random.Random(seed)


def marked_sheet() -> Image.Image:
    """Give a white A4 sheet at 60 dpi with a black rectangle at a known place."""
    sheet = Image.new("RGB", (496, 702), "white")
    x0, y0, x1, y1 = SQUARE
    sheet.paste((0, 0, 0), (round(x0 * 496), round(y0 * 702), round(x1 * 496), round(y1 * 702)))
    return sheet


def dark_part(taken: Captured) -> Box:
    """Find the rectangle that is nearly black."""
    grey = np.asarray(taken.image.convert("L").convert("F"), dtype=np.float32)
    rows, columns = np.nonzero(grey < 25)
    height, width = grey.shape
    return (columns.min() / width, rows.min() / height, columns.max() / width, rows.max() / height)


def code_on(picture: Image.Image) -> str:
    (code,) = zxingcpp.read_barcodes(picture)
    return code.text


def company() -> SyntheticCompany:
    return make_company(12, legal_form=LegalForm.SP_ZOO, joint=True)


def signed(how: Capture, *, form: FileForm = FileForm.JPEG) -> Printed:
    firm = company()
    return signed_scan(
        authorization_of(firm), signatory_of(firm), Marks(), how, seeded(), form=form, values={"nip": firm.nip}
    )


@pytest.mark.parametrize("way", WAYS)
def test_places_go_where_the_picture_goes(way: str) -> None:
    how = replace(WAYS[way], dpi=60, noise=0.5, blur=0.0, texture=0.0)
    taken = take(marked_sheet(), how, seeded(4))
    for told, seen in zip(taken.place(SQUARE), dark_part(taken), strict=True):
        assert told == pytest.approx(seen, abs=0.012)


@pytest.mark.parametrize("device", Device)
def test_strength_makes_it_worse(device: Device) -> None:
    sheet = Sheet(krs_extract(company()).data, 60).image
    flawless = np.asarray(sheet.convert("L"), dtype=np.float32)
    losses = []
    for strength in (0.0, 0.5, 1.0):
        how = replace(capture(device, strength, seeded()), turn=0.0, perspective=0.0, dpi=60)
        picture = take(sheet, how, seeded()).image.convert("L").resize(sheet.size)
        losses.append(float(np.abs(np.asarray(picture, dtype=np.float32) - flawless).mean()))
    assert losses == sorted(losses)
    with pytest.raises(ValueError, match=r"strength 1\.5"):
        capture(device, 1.5, seeded())


def test_same_seed_takes_the_same_picture() -> None:
    sheet = marked_sheet()
    how = capture(Device.PHONE, 0.5, seeded(), dpi=60)
    pictures = [take(sheet, how, seeded(seed)).to_jpeg() for seed in (1, 1, 2)]
    assert pictures[0] == pictures[1]
    assert pictures[0] != pictures[2]


def test_code_can_be_read_where_the_truth_says() -> None:
    for how in (scanner(Quality.GOOD, seeded()), scanner(Quality.GREY, seeded()), capture(Device.PHONE, 0.3, seeded())):
        taken = signed(how)
        picture = Image.open(io.BytesIO(taken.data))
        x0, y0, x1, y1 = taken.truth.field("qr").box
        area = picture.crop(
            (
                round(x0 * picture.width),
                round(y0 * picture.height),
                round(x1 * picture.width),
                round(y1 * picture.height),
            )
        )
        assert code_on(area) == code_on(picture)
        assert taken.truth.field("number").text in code_on(picture)


def test_filled_fields_are_remembered() -> None:
    truth = signed(scanner(Quality.FAIR, seeded())).truth
    people = company().representatives
    assert truth.field("name_1").text == people[0].name
    assert truth.field("name_2").text == people[1].name
    assert truth.field("nip").text == company().nip
    for name in ("place", "date", "signature_1", "signature_2", "date_1", "stamp", "qr", "specimen"):
        x0, y0, x1, y1 = truth.field(name).box
        assert 0 <= x0 < x1 <= 1
        assert 0 <= y0 < y1 <= 1


def test_fax_is_black_and_white_and_keeps_its_pages() -> None:
    printed = krs_extract(company())
    taken = scanned(printed, replace(fax(0.5), dpi=100), seeded(), form=FileForm.TIFF)
    with pymupdf.open(stream=taken.data, filetype="tiff") as document:
        assert document.page_count == printed.truth.pages == taken.truth.pages
    assert Image.open(io.BytesIO(taken.data)).mode == "1"
