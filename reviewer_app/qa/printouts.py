# SPDX-License-Identifier: AGPL-3.0-or-later
"""Printouts of registers about an invented company, with the labels and the order of the real ones.

Each page carries a small mark that it is a specimen.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from reviewer_app.contract.companies import LEGAL_FORMS, LegalForm
from reviewer_app.documents.authorization_layout import PAGE_HEIGHT, PAGE_WIDTH
from reviewer_app.documents.sheet_canvas import BOLD, MEDIUM, REGULAR, SEMIBOLD, Colour, SheetCanvas
from reviewer_app.qa.synthetic_companies import SyntheticCompany, SyntheticPerson

_LEFT, _RIGHT = 48.0, PAGE_WIDTH - 48.0
_TOP, _BOTTOM = 52.0, PAGE_HEIGHT - 62.0
_INK: Colour = (0.08, 0.08, 0.08)
_SOFT: Colour = (0.45, 0.45, 0.45)
_GRID: Colour = (0.55, 0.55, 0.55)
_BAND: Colour = (0.88, 0.88, 0.88)
_NOTHING = "------"
_LABEL_SHARE = 0.42
_SIZE, _LEADING = 8.4, 1.36
_PADDING = 3.4

DEFAULT_DAY = date(2026, 10, 12)
"""The day on which printouts were made, unless another is asked for."""


@dataclass
class _Flow:
    """Sets headings and rows below each other and goes on to the next page when one is full."""

    canvas: SheetCanvas = field(default_factory=lambda: SheetCanvas(PAGE_WIDTH, PAGE_HEIGHT))
    y: float = _TOP

    def need(self, height: float) -> None:
        if self.y + height > _BOTTOM:
            self.canvas.add_page(PAGE_WIDTH, PAGE_HEIGHT)
            self.y = _TOP

    def gap(self, height: float) -> None:
        self.y += height

    def centred(self, text: str, size: float, face: str = REGULAR) -> None:
        for line in self.canvas.wrap(text, _RIGHT - _LEFT, size, face):
            self.need(size * 1.5)
            x = (PAGE_WIDTH - self.canvas.width_of(line, size, face)) / 2
            self.canvas.text(x, self.y, line, size=size, face=face, colour=_INK)
            self.y += size * 1.5

    def paragraph(self, text: str, size: float = 9.2, face: str = REGULAR) -> None:
        lines = self.canvas.wrap(text, _RIGHT - _LEFT, size, face)
        self.need(len(lines) * size * 1.5)
        self.y = self.canvas.lines(_LEFT, self.y, lines, size=size, leading=1.5, face=face, colour=_INK)

    def band(self, text: str, *, strong: bool = False) -> None:
        size = 10.5 if strong else 8.8
        height = size + 9
        self.need(height * 3)
        self.canvas.rectangle((_LEFT, self.y, _RIGHT, self.y + height), line=_GRID, fill=_BAND if strong else None)
        x = (PAGE_WIDTH - self.canvas.width_of(text, size, BOLD)) / 2 if strong else _LEFT + _PADDING
        self.canvas.text(x, self.y + 3.4, text, size=size, face=BOLD if strong else SEMIBOLD, colour=_INK)
        self.y += height

    def row(self, label: str, *values: str) -> None:
        middle = _LEFT + (_RIGHT - _LEFT) * _LABEL_SHARE
        left = self.canvas.wrap(label, middle - _LEFT - 2 * _PADDING, _SIZE)
        right = [
            line
            for value in values or (_NOTHING,)
            for line in self.canvas.wrap(value or _NOTHING, _RIGHT - middle - 2 * _PADDING, _SIZE, MEDIUM)
        ]
        height = max(len(left), len(right)) * _SIZE * _LEADING + 2 * _PADDING
        self.need(height)
        top = self.y + _PADDING - 1
        self.canvas.rectangle((_LEFT, self.y, middle, self.y + height), line=_GRID)
        self.canvas.rectangle((middle, self.y, _RIGHT, self.y + height), line=_GRID)
        self.canvas.lines(_LEFT + _PADDING, top, left, size=_SIZE, leading=_LEADING, colour=_INK)
        self.canvas.lines(middle + _PADDING, top, right, size=_SIZE, leading=_LEADING, face=MEDIUM, colour=_INK)
        self.y += height

    def finish(self, title: str, *, numbered: bool) -> bytes:
        count = self.canvas.document.page_count
        for index in range(count):
            self.canvas.page = self.canvas.document.load_page(index)
            mark = "SPECIMEN · dane fikcyjne"
            self.canvas.text(_LEFT, PAGE_HEIGHT - 40, mark, size=6.4, colour=_SOFT)
            if numbered:
                footer = f"Strona {index + 1} z {count}"
                x = _RIGHT - self.canvas.width_of(footer, 8)
                self.canvas.text(x, PAGE_HEIGHT - 41, footer, size=8, colour=_INK)
        return self.canvas.finish({"title": title})


def registry_extract_pdf(company: SyntheticCompany, *, state_on: date = DEFAULT_DAY) -> bytes:
    """Make a KRS extract as of a day; several pages.

    Raises:
        ValueError: the company's form is not in the KRS.
    """
    if not company.krs:
        raise ValueError(f"a {company.legal_form.value} has no KRS extract")
    flow = _Flow()
    _extract_head(flow, company, state_on)
    _extract_subject(flow, company)
    _extract_representation(flow, company)
    _extract_rest(flow, company)
    return flow.finish(f"Odpis aktualny KRS {company.krs}", numbered=True)


def ceidg_printout_pdf(company: SyntheticCompany, *, printed_on: date = DEFAULT_DAY, person: int = 0) -> bytes:
    """Make a CEIDG printout about one of the company's people, counted from 0."""
    owner = company.representatives[person]
    flow = _Flow()
    flow.centred("CENTRALNA EWIDENCJA I INFORMACJA O DZIAŁALNOŚCI GOSPODARCZEJ", 11, BOLD)
    flow.centred("Wpis do CEIDG", 10)
    flow.gap(12)
    flow.band("Dane podstawowe", strong=True)
    flow.row("Imię i nazwisko przedsiębiorcy", owner.name)
    flow.row("Firma przedsiębiorcy", company.name)
    flow.row("Numer NIP", company.nip)
    flow.row("Numer REGON", company.regon)
    flow.row("Status indywidualnej działalności gospodarczej", "Aktywny")
    flow.band("Dane kontaktowe", strong=True)
    flow.row("Adres poczty elektronicznej", company.email)
    flow.row("Numer telefonu", company.phone)
    flow.band("Dane adresowe", strong=True)
    flow.row(
        "Stałe miejsce wykonywania działalności gospodarczej", f"woj. {company.seat.voivodeship}, {company.seat.line}"
    )
    flow.row("Adres do doręczeń", company.seat.line)
    flow.band("Dane dodatkowe", strong=True)
    flow.row("Data rozpoczęcia wykonywania działalności gospodarczej", f"{company.registered_on:%d.%m.%Y}")
    flow.row(
        "Przeważająca działalność gospodarcza (kod PKD)",
        "46.51.Z Sprzedaż hurtowa komputerów, urządzeń peryferyjnych i oprogramowania",
    )
    flow.row("Małżeńska wspólność majątkowa", "Nie dotyczy")
    if company.legal_form is LegalForm.CIVIL_PARTNERSHIP:
        flow.row("Spółki cywilne, których wspólnikiem jest przedsiębiorca", f"NIP {company.nip}, REGON {company.regon}")
    flow.gap(14)
    flow.paragraph(f"Wydruk z dnia {printed_on:%d.%m.%Y}. Wpis w CEIDG jest jawny i nieodpłatny.", 8.4)
    return flow.finish(f"Wydruk CEIDG {company.nip}", numbered=True)


def nip_confirmation_pdf(company: SyntheticCompany, *, issued_on: date = DEFAULT_DAY) -> bytes:
    """Make a confirmation of the NIP by a tax office."""
    flow = _Flow()
    flow.paragraph(f"Naczelnik Urzędu Skarbowego\n{company.seat.city}", 9.6, SEMIBOLD)
    flow.paragraph(f"{company.seat.city}, dnia {issued_on:%d.%m.%Y} r.")
    flow.gap(60)
    flow.centred("POTWIERDZENIE NADANIA NUMERU IDENTYFIKACJI PODATKOWEJ (NIP)", 13, BOLD)
    flow.gap(30)
    flow.paragraph(
        "Na podstawie przepisów o zasadach ewidencji i identyfikacji podatników i płatników potwierdza się nadanie "
        "numeru identyfikacji podatkowej:"
    )
    flow.gap(14)
    flow.centred(f"NIP {company.nip}", 20, BOLD)
    flow.gap(14)
    flow.row("Nazwa pełna", company.name)
    flow.row("Adres siedziby", company.seat.line)
    flow.row("REGON", company.regon)
    flow.row("Data nadania", f"{company.registered_on:%d.%m.%Y}")
    return flow.finish(f"Potwierdzenie NIP {company.nip}", numbered=False)


def regon_confirmation_pdf(company: SyntheticCompany, *, printed_on: date = DEFAULT_DAY) -> bytes:
    """Make a printout of the REGON register."""
    flow = _Flow()
    flow.centred("GŁÓWNY URZĄD STATYSTYCZNY", 11, BOLD)
    flow.centred("Wydruk informacji o podmiocie z rejestru REGON", 10)
    flow.gap(16)
    flow.band("Dane identyfikacyjne", strong=True)
    flow.row("Numer REGON", company.regon)
    flow.row("Nazwa", company.name.upper())
    flow.row("NIP", company.nip)
    flow.row("Numer w rejestrze", company.krs)
    flow.row("Podstawowa forma prawna", LEGAL_FORMS[company.legal_form].name.pl.upper())
    flow.band("Adres siedziby", strong=True)
    flow.row("Województwo, miejscowość", company.seat.voivodeship.upper(), company.seat.city.upper())
    flow.row("Adres", company.seat.line)
    flow.band("Daty", strong=True)
    flow.row("Data wpisu do REGON", f"{company.registered_on:%Y-%m-%d}")
    flow.row("Data zakończenia działalności", "")
    flow.gap(14)
    flow.paragraph(f"Stan na dzień {printed_on:%Y-%m-%d}.", 8.4)
    return flow.finish(f"REGON {company.regon}", numbered=False)


def _extract_head(flow: _Flow, company: SyntheticCompany, state_on: date) -> None:
    flow.centred("CENTRALNA INFORMACJA KRAJOWEGO REJESTRU SĄDOWEGO", 11.5, BOLD)
    flow.gap(4)
    flow.centred("KRAJOWY REJESTR SĄDOWY", 10, SEMIBOLD)
    flow.gap(8)
    flow.centred(f"Stan na dzień {state_on:%d.%m.%Y} godz. 07:58:12", 9.5)
    flow.centred(f"Numer KRS: {company.krs}", 12, BOLD)
    flow.gap(6)
    register = "STOWARZYSZEŃ I FUNDACJI" if company.legal_form is LegalForm.FOUNDATION else "PRZEDSIĘBIORCÓW"
    flow.centred(f"Informacja odpowiadająca odpisowi aktualnemu Z REJESTRU {register}", 9.5, SEMIBOLD)
    flow.gap(10)
    flow.row("Data rejestracji w Krajowym Rejestrze Sądowym", f"{company.registered_on:%d.%m.%Y}")
    flow.row(f"Ostatni wpis: numer {company.entry_number}", f"Data dokonania wpisu: {company.last_entry_on:%d.%m.%Y}")
    flow.row("Oznaczenie sądu", f"SĄD REJONOWY, {company.seat.city.upper()}, WYDZIAŁ GOSPODARCZY KRS")
    flow.gap(10)


def _extract_subject(flow: _Flow, company: SyntheticCompany) -> None:
    seat = company.seat
    flow.band("Dział 1", strong=True)
    flow.band("Rubryka 1 - Dane podmiotu")
    flow.row("1.Oznaczenie formy prawnej", LEGAL_FORMS[company.legal_form].name.pl.upper())
    flow.row("2.Numer REGON/NIP", f"REGON: {company.regon}, NIP: {company.nip}")
    flow.row("3.Firma, pod którą spółka działa", company.name.upper())
    flow.row("4.Dane o wcześniejszej rejestracji")
    flow.row("5.Czy przedsiębiorca prowadzi działalność z innymi podmiotami na podstawie umowy spółki cywilnej?", "NIE")
    flow.band("Rubryka 2 - Siedziba i adres podmiotu")
    city = seat.city.upper()
    flow.row(
        "1.Siedziba",
        f"kraj POLSKA, woj. {seat.voivodeship.upper()}, powiat {seat.district.upper()}, gmina {city}, miejsc. {city}",
    )
    unit = seat.unit or "---"
    flow.row(
        "2.Adres",
        f"ul. {seat.street.upper()}, nr {seat.building}, lok. {unit}, miejsc. {city}, kod {seat.postal_code}, "
        f"poczta {city}, kraj POLSKA",
    )
    flow.row("3.Adres poczty elektronicznej", company.email.upper())
    flow.row("4.Adres strony internetowej")
    flow.band("Rubryka 7 - Dane wspólników")
    for person in company.representatives:
        _person_rows(flow, person)
    flow.band("Rubryka 8 - Kapitał spółki")
    flow.row("1.Wysokość kapitału zakładowego", f"{company.capital:,} ZŁ".replace(",", " ").replace(" ZŁ", ",00 ZŁ"))
    flow.gap(8)


def _extract_representation(flow: _Flow, company: SyntheticCompany) -> None:
    partners = company.legal_form is LegalForm.GENERAL_PARTNERSHIP
    flow.band("Dział 2", strong=True)
    if partners:
        flow.band("Rubryka 1 - Uprawnieni do reprezentowania spółki")
        flow.row("1.Nazwa organu uprawnionego do reprezentowania podmiotu", "WSPÓLNICY REPREZENTUJĄCY SPÓŁKĘ")
    else:
        flow.band("Rubryka 1 - Organ uprawniony do reprezentacji podmiotu")
        flow.row("1.Nazwa organu uprawnionego do reprezentowania podmiotu", "ZARZĄD")
    flow.row("2.Sposób reprezentacji podmiotu", company.rule)
    flow.band("Podrubryka 1 Dane osób wchodzących w skład organu")
    for person in company.representatives:
        _person_rows(flow, person)
        flow.row("5.Funkcja w organie reprezentującym", person.function)
        flow.row("6.Czy osoba wchodząca w skład zarządu została zawieszona w czynnościach?", "NIE")
        flow.row("7.Data do jakiej została zawieszona")
    flow.band("Rubryka 2 - Organ nadzoru")
    flow.row("Brak wpisów", _NOTHING)
    flow.band("Rubryka 3 - Prokurenci")
    for person in company.proxies:
        _person_rows(flow, person, with_krs=False)
        flow.row("4.Rodzaj prokury", person.function)
    if not company.proxies:
        flow.row("Brak wpisów", _NOTHING)
    flow.gap(8)


def _person_rows(flow: _Flow, person: SyntheticPerson, *, with_krs: bool = True) -> None:
    names = " ".join(name for name in (person.first_name, person.second_name) if name)
    flow.row("1.Nazwisko / Nazwa lub Firma", person.last_name.upper())
    flow.row("2.Imiona", names.upper())
    flow.row("3.Numer PESEL/REGON lub data urodzenia", f"{person.pesel}, ------")
    if with_krs:
        flow.row("4.Numer KRS", "****")


def _extract_rest(flow: _Flow, company: SyntheticCompany) -> None:
    sections: Sequence[tuple[str, Sequence[tuple[str, str]]]] = (
        (
            "Dział 3",
            (
                (
                    "Rubryka 1 - Przedmiot działalności",
                    "46, 51, Z, SPRZEDAŻ HURTOWA KOMPUTERÓW, URZĄDZEŃ PERYFERYJNYCH I OPROGRAMOWANIA",
                ),
                (
                    "Rubryka 2 - Wzmianki o złożonych dokumentach",
                    f"DATA ZŁOŻENIA {company.last_entry_on:%d.%m.%Y} OKRES OD 01.01.2025 DO 31.12.2025",
                ),
            ),
        ),
        ("Dział 4", (("Rubryka 1 - Zaległości", _NOTHING), ("Rubryka 2 - Wierzytelności", _NOTHING))),
        ("Dział 5", (("Rubryka 1 - Kurator", _NOTHING),)),
        (
            "Dział 6",
            (("Rubryka 1 - Likwidacja", _NOTHING), ("Rubryka 5 - Informacja o postępowaniu upadłościowym", _NOTHING)),
        ),
    )
    for title, rows in sections:
        flow.band(title, strong=True)
        for label, value in rows:
            flow.row(label, value)
        flow.gap(8)
    flow.paragraph(
        "Data sporządzenia wydruku jest datą stanu na dzień. Adres strony internetowej rejestru: specimen.test", 7.6
    )
