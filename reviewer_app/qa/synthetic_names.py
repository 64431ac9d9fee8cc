# SPDX-License-Identifier: AGPL-3.0-or-later
"""Words from which people, firms and addresses are invented: common Polish names, and places that exist with streets that may not."""

from __future__ import annotations

import random
from typing import NamedTuple

FEMALE_NAMES = (
    "Anna", "Katarzyna", "Świętosława", "Małgorzata", "Agnieszka", "Łucja", "Żaneta", "Grażyna", "Bożena", "Zofia",
    "Jadwiga", "Elżbieta", "Hanna", "Stanisława", "Wiesława", "Danuta", "Kinga", "Róża", "Ździsława", "Oliwia", "Ewa",
    "Joanna", "Halina", "Iwona",
)  # fmt: skip
MALE_NAMES = (
    "Piotr", "Krzysztof", "Łukasz", "Michał", "Wojciech", "Zdzisław", "Jędrzej", "Sławomir", "Błażej", "Tadeusz",
    "Grzegorz", "Mieczysław", "Paweł", "Rafał", "Bogusław", "Kazimierz", "Szczepan", "Żegota", "Mikołaj", "Józef",
    "Andrzej", "Marek", "Witold", "Ignacy",
)  # fmt: skip

_CHANGING_SURNAMES = (
    "Żółkiewski", "Dąbrowski", "Łęcki", "Gąsiorowski", "Święcicki", "Ćwikliński", "Jabłoński", "Śliwiński", "Głogowski",
    "Wiśniewski", "Chrzanowski", "Szczepański", "Zawadzki", "Źródlański", "Białobrzeski", "Małecki", "Górski", "Cichy",
)  # fmt: skip
"""Adjectives: -ski, -cki and -y take the ending -a for a woman."""
_STEADY_SURNAMES = (
    "Wójcik", "Kowalczyk", "Źrebiec", "Brzęk", "Mączka", "Żak", "Gżegżółka", "Pączek", "Sroka", "Wróbel", "Kłos", "Szczęsny-Brzęk",
    "Dziób", "Gołąb", "Świerk", "Łoś", "Nowak", "Ćwik",
)  # fmt: skip

STEMS = (
    "Kwadrat", "Zefir", "Jaźń", "Modrzew", "Śnieżka", "Orbita", "Żuraw", "Łącznik", "Pryzmat", "Gęśl", "Bursztyn", "Ćma",
    "Wir", "Sójka", "Kłącze", "Azymut", "Źródło", "Jarzębina", "Półksiężyc", "Trójząb", "Meander", "Skrzyp", "Wektor",
    "Ołówek", "Gżegżółka", "Świt",
)  # fmt: skip
TRADES = (
    "Systemy", "Sieci", "Informatyka", "Komputery", "Rozwiązania IT", "Technologie", "Serwis", "Hurtownia Elektroniki",
    "Oprogramowanie", "Integracja", "Drukarki i Skanery", "Telekomunikacja",
)  # fmt: skip
LONG_NAMES = (
    "{brand} Przedsiębiorstwo Projektowo-Wdrożeniowe Systemów Informatycznych i Zabezpieczeń Sieciowych",
    "Zakład Usług Teleinformatycznych „{brand}” Naprawa, Sprzedaż i Wynajem Sprzętu Komputerowego",
    "{brand} Ośrodek Badawczo-Rozwojowy Łączności Światłowodowej i Źródeł Zasilania Gwarantowanego",
)
"""Names as long as registers really hold them."""

STREETS = (
    "Świętego Łukasza", "Źródlana", "Długa", "Żeglarska", "Lipowa", "Generała Maczka", "Słoneczna", "Ćwiartki",
    "Jana III Sobieskiego", "Księcia Józefa", "Wąska", "Łąkowa", "Trzech Króli", "Obrońców Pokoju", "Pod Dębem",
    "Żółwia", "Krótka", "Kościelna", "Ogrodowa", "Stawowa",
)  # fmt: skip


class Place(NamedTuple):
    """A city, how its postal codes begin, and where it lies."""

    city: str
    code: str
    voivodeship: str
    district: str


PLACES = (
    Place("Kraków", "31", "małopolskie", "Kraków"),
    Place("Łódź", "90", "łódzkie", "Łódź"),
    Place("Gdańsk", "80", "pomorskie", "Gdańsk"),
    Place("Poznań", "61", "wielkopolskie", "Poznań"),
    Place("Wrocław", "50", "dolnośląskie", "Wrocław"),
    Place("Białystok", "15", "podlaskie", "Białystok"),
    Place("Rzeszów", "35", "podkarpackie", "Rzeszów"),
    Place("Kielce", "25", "świętokrzyskie", "Kielce"),
    Place("Zielona Góra", "65", "lubuskie", "Zielona Góra"),
    Place("Toruń", "87", "kujawsko-pomorskie", "Toruń"),
    Place("Częstochowa", "42", "śląskie", "Częstochowa"),
)


def surname(source: random.Random, *, woman: bool) -> str:
    """Choose a surname in the form that the person bears; some are double-barrelled."""
    first = _one_surname(source, woman=woman)
    if source.random() < (0.16 if woman else 0.04) and "-" not in first:
        second = _one_surname(source, woman=woman)
        if second != first and "-" not in second:
            return f"{first}-{second}"
    return first


def _one_surname(source: random.Random, *, woman: bool) -> str:
    if source.random() < 0.5:
        return source.choice(_STEADY_SURNAMES)
    base = source.choice(_CHANGING_SURNAMES)
    return f"{base[:-1]}a" if woman else base
