# SPDX-License-Identifier: AGPL-3.0-or-later
"""Addresses of registers are brought to the form in which people write them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reviewer_app.backend.registers.addresses import Seat, seat_of, seat_of_line, usual_case, usual_street


@pytest.mark.parametrize(
    ("written", "usual"),
    [
        ("UL. PROSTA", "ul. Prosta"),
        ("UL.PROSTA", "ul. Prosta"),
        ("AL. JANA PAWŁA II", "al. Jana Pawła II"),
        ("PL. TRZECH KRZYŻY", "pl. Trzech Krzyży"),
        ("OS. XX-LECIA", "os. XX-Lecia"),
        ("UL. KS. J. POPIEŁUSZKI", "ul. Ks. J. Popiełuszki"),
        ("ul. Krótka", "ul. Krótka"),
        ("ALEKSANDRA FREDRY", "Aleksandra Fredry"),
        ("UL. 3 MAJA", "ul. 3 Maja"),
        ("", ""),
    ],
)
def test_streets(written: str, usual: str) -> None:
    assert usual_street(written) == usual


@pytest.mark.parametrize(
    ("written", "usual"),
    [
        ("BIELSKO-BIAŁA", "Bielsko-Biała"),
        ("KĄTY WROCŁAWSKIE", "Kąty Wrocławskie"),
        ("DOBRZYŃ NAD WISŁĄ", "Dobrzyń nad Wisłą"),
        ("Łódź", "Łódź"),
        ("W", "W"),
    ],
)
def test_places(written: str, usual: str) -> None:
    assert usual_case(written) == usual


@pytest.mark.parametrize(
    ("line", "seat"),
    [
        ("PROSTA 67, 00-838 WARSZAWA", Seat("Prosta", "67", "", "00-838", "Warszawa")),
        ("PROSTA 67/4, 00838 WARSZAWA", Seat("Prosta", "67", "4", "00-838", "Warszawa")),
        ("ALEJA 3 MAJA 12A LOK. 5, 00-838 ŁÓDŹ", Seat("aleja 3 Maja", "12A", "5", "00-838", "Łódź")),
        ("WÓLKA 5, 05-555 WÓLKA", Seat("", "5", "", "05-555", "Wólka")),
        ("5, 05-555 WÓLKA", Seat("", "5", "", "05-555", "Wólka")),
        ("BEZ NUMERU", None),
        ("", None),
    ],
)
def test_addresses_in_one_line(line: str, seat: Seat | None) -> None:
    assert seat_of_line(line) == seat


def test_an_address_abroad_or_without_a_place_is_none() -> None:
    parts = {"street": "X", "building": "1", "unit": "", "postal_code": "00-838"}
    assert seat_of(**parts, city="BERLIN", country="NIEMCY") is None
    assert seat_of(**parts, city="", country="POLSKA") is None
    assert seat_of(**{**parts, "postal_code": "abc"}, city="ŁÓDŹ", country="") == Seat("X", "1", "", "", "Łódź")


@given(st.text(alphabet="AŻŁX 0123456789/,-.", max_size=60))
def test_no_line_breaks_the_reader_and_what_it_reads_is_stable(line: str) -> None:
    seat = seat_of_line(line)
    if seat is not None:
        assert usual_case(seat.city) == seat.city
        assert usual_street(seat.street) == seat.street
