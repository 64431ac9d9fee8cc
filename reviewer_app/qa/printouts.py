# SPDX-License-Identifier: AGPL-3.0-or-later
"""Printouts of registers and letters of offices about invented companies; `extracts` has the KRS extract.

No layout of a CEIDG printout or of a confirmation is certain: they are made as such papers look. Each page carries a small
mark that it is a specimen.
"""

from __future__ import annotations

from datetime import date, timedelta

from reviewer_app.contract.companies import LEGAL_FORMS, LegalForm
from reviewer_app.qa.extracts import krs_extract
from reviewer_app.qa.register_truth import DEFAULT_DAY
from reviewer_app.qa.synthetic_companies import SyntheticCompany
from reviewer_app.qa.tables import Table
from reviewer_app.qa.typesetting import Face, Printed

_BLUE, _GREEN = "0.09 0.24 0.45 rg", "0.80 0.87 0.93 rg"


def register_printout(company: SyntheticCompany, *, day: date = DEFAULT_DAY) -> Printed:
    """Make the printout that stands for `registry_extract`: a KRS extract, or a CEIDG printout for a form without KRS."""
    return krs_extract(company, state_on=day) if company.krs else ceidg_printout(company, printed_on=day)


def ceidg_printout(
    company: SyntheticCompany, *, printed_on: date = DEFAULT_DAY, person: int = 0, status: str = "Aktywny"
) -> Printed:
    """Make a CEIDG printout about one of the company's people, counted from 0."""
    owner, partnership = company.representatives[person], company.legal_form is LegalForm.CIVIL_PARTNERSHIP
    nip, regon = (owner.nip, owner.regon) if partnership else (company.nip, company.regon)
    name = f"Usługi Informatyczne {owner.name}" if partnership else company.name
    seat, day = company.seat.line, f"{printed_on:%d.%m.%Y}"
    table = Table(size=9.0, label_share=0.44, band=_GREEN)
    table.line("CEIDG", size=19, face=Face.SANS_BOLD, ink=_BLUE)
    table.line("Centralna Ewidencja i Informacja o Działalności Gospodarczej", size=9.5, ink=_BLUE)
    table.gap(14)
    table.line("Wydruk wpisu przedsiębiorcy", size=13, face=Face.SANS_BOLD)
    table.gap(8)
    table.band("Dane podstawowe", strong=True)
    table.row("Imię i nazwisko przedsiębiorcy", owner.name, marks=[("representatives.0.name", owner.name)])
    table.row("Firma przedsiębiorcy", name, marks=[("name", name)])
    table.row("Numer NIP", nip, marks=[("nip", nip)])
    table.row("Numer REGON", regon, marks=[("regon", regon)])
    table.row("Status indywidualnej działalności gospodarczej", status, marks=[("status", status)])
    table.band("Dane kontaktowe", strong=True)
    table.row("Adres poczty elektronicznej", company.email)
    table.row("Numer telefonu", company.phone)
    table.band("Dane adresowe", strong=True)
    table.row(
        "Stałe miejsce wykonywania działalności gospodarczej",
        f"woj. {company.seat.voivodeship}, {seat}",
        marks=[("seat", seat)],
    )
    table.row("Adres do doręczeń", seat)
    _ceidg_details(table, company)
    table.gap(14)
    table.line(
        f"Wydruk wygenerowany dnia {day}. Wpis w CEIDG jest jawny i nieodpłatny. Wydruk nie wymaga podpisu ani pieczęci.",
        size=7.6,
        marks=[("state_on", day)],
    )
    return table.finish("ceidg_printout", f"Wydruk CEIDG {nip}")


def _ceidg_details(table: Table, company: SyntheticCompany) -> None:
    table.band("Dane dodatkowe", strong=True)
    table.row("Data rozpoczęcia wykonywania działalności gospodarczej", f"{company.registered_on:%d.%m.%Y}")
    table.row("Data zawieszenia wykonywania działalności gospodarczej", "-")
    table.row("Data zakończenia wykonywania działalności gospodarczej", "-")
    table.row(
        "Przeważająca działalność gospodarcza (kod PKD)",
        "46.50.Z Sprzedaż hurtowa narzędzi technologii informacyjnej i komunikacyjnej",
    )
    table.row("Wykonywana działalność gospodarcza (kody PKD)", "46.50.Z, 47.40.Z, 62.10.B, 62.20.Z, 62.90.Z, 95.10.Z")
    table.row("Małżeńska wspólność majątkowa", "tak" if company.seed % 2 else "nie")
    if company.legal_form is LegalForm.CIVIL_PARTNERSHIP:
        table.row(
            "Spółki cywilne, których wspólnikiem jest przedsiębiorca",
            f"NIP {company.nip}, REGON {company.regon}",
            marks=[("partnership.nip", company.nip), ("partnership.regon", company.regon)],
        )


def nip_confirmation(company: SyntheticCompany, *, issued_on: date = DEFAULT_DAY) -> Printed:
    """Make a confirmation of the NIP by a tax office: a letter, which an official stamps and signs."""
    seat, serif, bold = company.seat, Face.SERIF, Face.SERIF_BOLD
    day = f"{issued_on:%d.%m.%Y}"
    table = Table(size=9.6, label_share=0.34)
    table.line("NACZELNIK URZĘDU SKARBOWEGO", size=11, face=bold)
    table.line(f"w mieście {seat.city}", size=11, face=serif)
    table.gap(6)
    table.line(f"{seat.city}, dnia {day} r.", size=11, face=serif, marks=[("state_on", day)])
    table.line(f"Znak sprawy: US.PD-4.4010.{company.seed % 900 + 100}.{issued_on.year}", size=11, face=serif)
    table.gap(46)
    table.line("POTWIERDZENIE NADANIA", size=15, face=bold, centred=True)
    table.line("NUMERU IDENTYFIKACJI PODATKOWEJ (NIP)", size=15, face=bold, centred=True)
    table.gap(24)
    table.line(
        "Na podstawie przepisów ustawy o zasadach ewidencji i identyfikacji podatników i płatników potwierdza się, że "
        "podmiotowi wskazanemu poniżej nadano numer identyfikacji podatkowej:",
        size=11.5,
        face=serif,
    )
    table.gap(16)
    grouped = f"{company.nip[:3]}-{company.nip[3:6]}-{company.nip[6:8]}-{company.nip[8:]}"
    table.line(f"NIP {grouped}", size=22, face=bold, centred=True, marks=[("nip", grouped)])
    table.gap(16)
    table.row("Nazwa pełna", company.name, marks=[("name", company.name)])
    table.row("Adres siedziby", seat.line, marks=[("seat", seat.line)])
    table.row("REGON", company.regon, marks=[("regon", company.regon)])
    table.row("Data nadania numeru", f"{company.registered_on + timedelta(days=6):%d.%m.%Y}")
    table.gap(20)
    table.line(
        "Numer NIP należy podawać na wszystkich dokumentach związanych z wykonywaniem zobowiązań podatkowych.",
        size=11.5,
        face=serif,
    )
    return table.finish("nip_confirmation", f"NIP {company.nip}", numbered=False)


def regon_confirmation(company: SyntheticCompany, *, printed_on: date = DEFAULT_DAY) -> Printed:
    """Make a printout of the REGON register."""
    seat, day = company.seat.line, printed_on.isoformat()
    table = Table(size=9.4, label_share=0.38, band="0.90 0.93 0.87 rg")
    table.line("GŁÓWNY URZĄD STATYSTYCZNY", size=12, face=Face.SANS_BOLD)
    table.line("Baza Internetowa REGON", size=10)
    table.gap(16)
    table.line("Wydruk informacji z rejestru REGON", size=13, face=Face.SANS_BOLD, centred=True)
    table.gap(10)
    table.band("Dane identyfikacyjne", strong=True)
    table.row("Numer identyfikacyjny REGON", company.regon, marks=[("regon", company.regon)])
    table.row("NIP", company.nip, marks=[("nip", company.nip)])
    if company.krs:
        table.row("Numer w rejestrze (KRS)", company.krs, marks=[("krs", company.krs)])
    table.row("Nazwa pełna", company.name.upper(), marks=[("name", company.name.upper())])
    form = LEGAL_FORMS[company.legal_form].name.pl.upper()
    table.row("Szczególna forma prawna", form, marks=[("legal_form", form)])
    table.band("Adres siedziby", strong=True)
    table.row("Kraj", "POLSKA")
    table.row("Województwo", company.seat.voivodeship.upper())
    table.row("Adres", seat, marks=[("seat", seat)])
    table.band("Daty", strong=True)
    table.row("Data powstania podmiotu", f"{company.registered_on:%Y-%m-%d}")
    table.row("Data wpisu do REGON", f"{company.registered_on + timedelta(days=4):%Y-%m-%d}")
    table.row("Data zawieszenia działalności")
    table.row("Data zakończenia działalności")
    table.gap(14)
    table.line(f"Stan na dzień {day}. Wydruk ma charakter informacyjny.", size=8.2, marks=[("state_on", day)])
    return table.finish("regon_confirmation", f"REGON {company.regon}", numbered=False)
