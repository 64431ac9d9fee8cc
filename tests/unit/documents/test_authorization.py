# SPDX-License-Identifier: AGPL-3.0-or-later
"""The authorization fits its page, says what it must, and can be read back from a bad scan."""

from __future__ import annotations

import io
from dataclasses import replace
from itertools import combinations

import pymupdf
import pytest
import zxingcpp
from PIL import Image, ImageFilter

from reviewer_app.contract.permissions import PERMISSION_TEXTS
from reviewer_app.documents.authorization import SheetOverflowError, make_authorization
from reviewer_app.documents.authorization_layout import AUTHORIZATION_FIELDS, QR_BOX, REGISTRATION_MARKS, Box
from reviewer_app.documents.authorization_sheet import (
    AuthorizationSheet,
    SheetAdministrator,
    SheetCompany,
    Variant,
    authorization_number,
    is_authorization_number,
)
from reviewer_app.documents.binding import Binding, binding_of, binding_payload, parse_binding_payload
from reviewer_app.documents.service import DocumentService

COMPANY = SheetCompany(
    id="c-1",
    name="Zażółć Gęślą Jaźń Systemy Spółka z ograniczoną odpowiedzialnością",
    legal_form="Spółka z ograniczoną odpowiedzialnością",
    nip="9990000184",
    regon="990000217",
    krs="0009990001",
    seat="ul. Świętego Łukasza 12 lok. 4, 31-444 Kraków, Polska",
)
ADMINISTRATOR = SheetAdministrator("a-1", "Świętosława", "Źdźbło-Żółkiewska", "Kierowniczka zakupów", "s@przyklad.test")
SHEET = AuthorizationSheet(authorization_number(2026, 123), 4, Variant.NOT_REGISTERED, COMPANY, ADMINISTRATOR)
LONGEST = replace(
    SHEET,
    company=replace(
        COMPANY,
        name="Przedsiębiorstwo " + "Międzynarodowe Zgromadzenie Dystrybutorów " * 9 + "sp. z o.o.",
        legal_form="Oddział przedsiębiorcy zagranicznego",
        seat="ul. Generała Stanisława Maczka-Niezłomnego " * 4 + "128B lok. 1024, 00-000 Wólka Zażółciowska, Polska",
    ),
    administrator=replace(
        ADMINISTRATOR,
        last_name="Brzęczyszczykiewicz-" * 4 + "Żółć",
        position="Pełnomocniczka zarządu do spraw rozwoju " * 3,
        email="x" * 64 + "@" + "bardzo-dluga-domena." * 9 + "test",
    ),
)


def opened(sheet: AuthorizationSheet) -> pymupdf.Document:
    return pymupdf.open(stream=make_authorization(sheet), filetype="pdf")


def text_of(page: pymupdf.Page) -> str:
    return " ".join(page.get_text().split())


@pytest.mark.parametrize("variant", list(Variant))
def test_sheet_says_who_authorises_whom_to_do_what(variant: Variant) -> None:
    sheet = replace(SHEET, variant=variant)
    with opened(sheet) as document:
        assert document.page_count == 1
        text = text_of(document.load_page(0))
        fonts = {font[3].split("+")[-1] for font in document.get_page_fonts(0)}
    shown = [sheet.number, *(COMPANY.name, COMPANY.legal_form, COMPANY.nip, COMPANY.regon, COMPANY.seat, "0009990001")]
    shown += ["Świętosława Źdźbło-Żółkiewska", ADMINISTRATOR.position, ADMINISTRATOR.email]
    shown += [f"{permission.value} {texts.pl}" for permission, texts in PERMISSION_TEXTS.items()]
    shown += ["wszelkich czynności", "Miejscowość", "Pieczęć firmy", "Podpis drugiego reprezentanta"]
    assert [part for part in shown if part not in text] == []
    assert ("nie jest wpisana do rejestru" in text) is (variant is Variant.NOT_REGISTERED)
    assert all(font.startswith("Inter") for font in fonts)


def test_sheet_is_small_and_always_the_same() -> None:
    data = make_authorization(SHEET)
    assert len(data) < 120_000
    assert make_authorization(SHEET) == data


@pytest.mark.parametrize(
    "sheet",
    [SHEET, LONGEST, replace(LONGEST, variant=Variant.REGISTERED), replace(SHEET, company=replace(COMPANY, krs=None))],
)
def test_everything_is_inside_the_page_and_nothing_overlaps(sheet: AuthorizationSheet) -> None:
    with opened(sheet) as document:
        page = document.load_page(0)
        words = [(pymupdf.Rect(word[:4]), word[4]) for word in page.get_text("words")]
        text = text_of(page)
    assert sheet.company.name.split()[-1] in text
    assert "".join(sheet.administrator.email.split()) in text.replace(" ", "")
    inner = pymupdf.Rect(45, 30, 595 - 45, 842 - 20)
    assert [word for box, word in words if box not in inner] == []
    # line boxes include the leading, so letters meet only when boxes overlap by more than that
    cores = [
        (pymupdf.Rect(box.x0, box.y0 + box.height * 0.3, box.x1, box.y1 - box.height * 0.3), word)
        for box, word in words
    ]
    assert [(one[1], other[1]) for one, other in combinations(cores, 2) if one[0].intersects(other[0])] == []


def test_fields_hold_only_their_labels() -> None:
    with opened(LONGEST) as document:
        page = document.load_page(0)
        areas = {name: on_page(box, page) for name, box in {**AUTHORIZATION_FIELDS, "code": QR_BOX}.items()}
        inside = {name: page.get_text("text", clip=area).split() for name, area in areas.items()}
    assert inside["code"] == []
    assert {name: words[0] for name, words in inside.items() if name != "code"} == {
        "place": "Miejscowość",
        "date": "Data",
        "name_1": "Imię",
        "signature_1": "Podpis",
        "date_1": "Data",
        "name_2": "Imię",
        "signature_2": "Podpis",
        "date_2": "Data",
        "stamp": "Pieczęć",
    }
    overlapping = [pair for pair in combinations(areas, 2) if (areas[pair[0]] & areas[pair[1]]).get_area() > 1]
    assert overlapping == []


def on_page(box: Box, page: pymupdf.Page) -> pymupdf.Rect:
    width, height = page.rect.width, page.rect.height
    return pymupdf.Rect(box.x0 * width, box.y0 * height, box.x1 * width, box.y1 * height)


def test_marks_are_where_the_layout_says() -> None:
    with opened(SHEET) as document:
        pixmap = document.load_page(0).get_pixmap(dpi=72, colorspace=pymupdf.csGRAY)
    middles = {
        name: pixmap.pixel(round((box.x0 + box.x1) / 2 * pixmap.width), round((box.y0 + box.y1) / 2 * pixmap.height))
        for name, box in REGISTRATION_MARKS.items()
    }
    assert middles == {"top_left": (0,), "top_right": (0,), "bottom_left": (0,), "bottom_right": (255,)}


def test_data_too_long_for_any_type_size_are_told() -> None:
    with pytest.raises(SheetOverflowError):
        make_authorization(replace(SHEET, company=replace(COMPANY, name="Zażółć " * 2000)))


def test_code_survives_a_bad_scan() -> None:
    with opened(SHEET) as document:
        pixmap = document.load_page(0).get_pixmap(dpi=150, alpha=False)
    scan = Image.frombytes("RGB", (pixmap.width, pixmap.height), pixmap.samples).convert("L")
    scan = scan.rotate(2.5, expand=True, fillcolor=235).filter(ImageFilter.GaussianBlur(1.2))
    scan = Image.blend(scan, Image.effect_noise(scan.size, 60), 0.25)
    buffer = io.BytesIO()
    scan.save(buffer, "JPEG", quality=35)
    (code,) = zxingcpp.read_barcodes(Image.open(buffer), formats=zxingcpp.BarcodeFormats(zxingcpp.BarcodeFormat.QRCode))
    assert parse_binding_payload(code.text) == binding_of(SHEET)
    assert (QR_BOX.x1 - QR_BOX.x0) * 210 * 29 / 37 >= 30


def test_binding_changes_with_anything_the_sheet_shows() -> None:
    others = [
        replace(SHEET, version=5),
        replace(SHEET, number=authorization_number(2026, 124)),
        replace(SHEET, company=replace(COMPANY, seat="ul. Inna 1, 00-001 Warszawa, Polska")),
        replace(SHEET, administrator=replace(ADMINISTRATOR, first_name="Anna")),
        replace(SHEET, variant=Variant.REGISTERED),
    ]
    digests = {binding_of(sheet).digest for sheet in [SHEET, *others]}
    assert len(digests) == 6
    assert binding_of(AuthorizationSheet.from_json(SHEET.to_json())) == binding_of(SHEET)


@pytest.mark.parametrize(
    "text", ["", "https://przyklad.test/", "RV1:UP-2026-000123-D6:0:ABCDEFGHIJKLMNOP", "RV1:UP:1:AB"]
)
def test_other_codes_are_no_binding(text: str) -> None:
    with pytest.raises(ValueError, match="authorization"):
        parse_binding_payload(text)


def test_binding_that_cannot_be_written_is_refused() -> None:
    with pytest.raises(ValueError, match="binding"):
        binding_payload(Binding("UP 2026", 1, "ABCDEFGHIJKLMNOP"))


def test_number_notices_misread_digits() -> None:
    number = authorization_number(2026, 123)
    assert number == "UP-2026-000123-D6"
    assert is_authorization_number(number)
    assert not is_authorization_number(number.replace("123", "128"))
    assert not is_authorization_number(number.replace("000123", "000132"))
    assert not is_authorization_number("UP-2026")


def test_server_gets_the_same_sheet_from_a_worker(service: DocumentService) -> None:
    assert service.make_authorization(SHEET) == make_authorization(SHEET)
