# SPDX-License-Identifier: AGPL-3.0-or-later
"""KRS extracts about invented companies, with the labels of the real ones in their order.

As on the real ones names and PESELs are unmasked, labels wrap, the foot of a page can come between a person's rows, empty
cells hold dashes, and the dash after "Rubryka n" is a soft hyphen.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from reviewer_app.contract.companies import LEGAL_FORMS, LegalForm
from reviewer_app.qa.register_truth import DEFAULT_DAY
from reviewer_app.qa.synthetic_companies import SyntheticCompany, SyntheticPerson
from reviewer_app.qa.tables import NOTHING, Table
from reviewer_app.qa.typesetting import Face, Printed

_DASH = "\u00ad"
_PARTNERSHIPS = frozenset(
    {
        LegalForm.GENERAL_PARTNERSHIP,
        LegalForm.PROFESSIONAL_PARTNERSHIP,
        LegalForm.LIMITED_PARTNERSHIP,
        LegalForm.LIMITED_JOINT_STOCK_PARTNERSHIP,
    }
)
_ASSOCIATIONS = frozenset({LegalForm.FOUNDATION, LegalForm.ASSOCIATION})
_WITH_CAPITAL = frozenset({LegalForm.SP_ZOO, LegalForm.SA, LegalForm.PSA})
_TRADES = (
    "46, 50, Z, SPRZEDAŻ HURTOWA NARZĘDZI TECHNOLOGII INFORMACYJNEJ I KOMUNIKACYJNEJ",
    "62, 10, B, POZOSTAŁA DZIAŁALNOŚĆ W ZAKRESIE PROGRAMOWANIA",
    "62, 20, Z, DZIAŁALNOŚĆ ZWIĄZANA Z DORADZTWEM W ZAKRESIE INFORMATYKI ORAZ ZARZĄDZANIEM URZĄDZENIAMI",
    "95, 10, Z, NAPRAWA I KONSERWACJA KOMPUTERÓW I SPRZĘTU (TELE)KOMUNIKACYJNEGO",
    "63, 10, Z, PRZETWARZANIE DANYCH, ZARZĄDZANIE STRONAMI INTERNETOWYMI I PODOBNA DZIAŁALNOŚĆ",
)


def krs_extract(company: SyntheticCompany, *, state_on: date = DEFAULT_DAY, pages: int = 0) -> Printed:
    """Make an extract as of a day. With ``pages`` it goes on with annexes to that many.

    Raises:
        ValueError: the company's form is not in the KRS.
    """
    if not company.krs:
        raise ValueError(f"a {company.legal_form.value} has no KRS extract")
    table = Table(label_share=0.45)
    _head(table, company, state_on)
    _subject(table, company)
    _representation(table, company)
    _activity(table, company)
    _ending(table, company, state_on)
    while table.printer.page < pages:
        table.printer.new_page()
        table.y = 60
        table.band(f"Załącznik {table.printer.page}", strong=True)
        for number in range(1, 9):
            table.row(f"{number}.Informacja uzupełniająca", *([NOTHING] if number % 3 else list(_TRADES[:2])))
    return table.finish("krs_extract", f"Odpis aktualny KRS {company.krs}")


def _head(table: Table, company: SyntheticCompany, state_on: date) -> None:
    register = "STOWARZYSZEŃ" if company.legal_form in _ASSOCIATIONS else "PRZEDSIĘBIORCÓW"
    table.line("CENTRALNA INFORMACJA KRAJOWEGO REJESTRU SĄDOWEGO", size=11, face=Face.SANS_BOLD, centred=True)
    table.gap(5)
    table.line("KRAJOWY REJESTR SĄDOWY", size=10, face=Face.SANS_BOLD, centred=True)
    table.gap(9)
    day = f"{state_on:%d.%m.%Y}"
    table.line(f"Stan na dzień {day} godz. 07:58:12", size=9, centred=True, marks=[("state_on", day)])
    table.gap(3)
    table.line(f"Numer KRS: {company.krs}", size=13, face=Face.SANS_BOLD, centred=True, marks=[("krs", company.krs)])
    table.gap(7)
    table.line("Informacja odpowiadająca odpisowi aktualnemu", size=9.5, face=Face.SANS_BOLD, centred=True)
    table.line(f"Z REJESTRU {register}", size=9.5, face=Face.SANS_BOLD, centred=True)
    table.line("pobrana na podstawie przepisów o Krajowym Rejestrze Sądowym", size=7.5, centred=True)
    table.gap(10)
    table.row("Data rejestracji w Krajowym Rejestrze Sądowym", f"{company.registered_on:%d.%m.%Y}")
    entry = f"{company.last_entry_on:%d.%m.%Y}"
    table.row(
        "Ostatni wpis",
        f"Numer wpisu {company.entry_number}",
        f"Data dokonania wpisu {entry}",
        marks=[("last_entry_on", entry)],
    )
    table.row("Sygnatura akt", f"RDF/{company.krs[-6:]}/{company.last_entry_on:%y}/{company.entry_number:03d}")
    table.row(
        "Oznaczenie sądu", f"SĄD REJONOWY, {company.seat.city.upper()}, WYDZIAŁ GOSPODARCZY KRAJOWEGO REJESTRU SĄDOWEGO"
    )
    table.gap(12)


def _subject(table: Table, company: SyntheticCompany) -> None:
    form, name = LEGAL_FORMS[company.legal_form].name.pl.upper(), company.name.upper()
    table.band("Dział 1", strong=True)
    table.band(f"Rubryka 1 {_DASH} Dane podmiotu")
    table.row("1.Oznaczenie formy prawnej", form, marks=[("legal_form", form)])
    table.row(
        "2.Numer REGON/NIP",
        f"REGON: {company.regon}, NIP: {company.nip}",
        marks=[("regon", company.regon), ("nip", company.nip)],
    )
    table.row("3.Firma, pod którą spółka działa", name, marks=[("name", name)])
    table.row("4.Dane o wcześniejszej rejestracji")
    table.row(
        "5.Czy przedsiębiorca prowadzi działalność gospodarczą z innymi podmiotami na podstawie umowy spółki cywilnej?",
        "NIE",
    )
    table.row("6.Czy podmiot posiada status organizacji pożytku publicznego?", "NIE")
    _seat(table, company)
    table.band(f"Rubryka 3 {_DASH} Oddziały")
    table.row("Brak wpisów")
    table.band(f"Rubryka 4 {_DASH} Informacje o umowie")
    table.row(
        "1.Informacja o zawarciu lub zmianach umowy",
        f"{company.registered_on:%d.%m.%Y} R., NOTARIUSZ, REPERTORIUM A {company.seed % 9000 + 1000}",
        counter="1",
    )
    table.band("Rubryka 5")
    table.row("1.Czas, na jaki została utworzona spółka", "NIEOZNACZONY")
    table.row("2.Oznaczenie pisma innego niż Monitor Sądowy i Gospodarczy, przeznaczonego do ogłoszeń spółki")
    if company.legal_form in _WITH_CAPITAL or company.legal_form in _PARTNERSHIPS:
        _owners(table, company)
    table.gap(10)


def _seat(table: Table, company: SyntheticCompany) -> None:
    seat, city = company.seat, company.seat.city.upper()
    table.band(f"Rubryka 2 {_DASH} Siedziba i adres podmiotu")
    table.row(
        "1.Siedziba",
        f"kraj POLSKA, woj. {seat.voivodeship.upper()}, powiat {seat.district.upper()}, gmina {city}, miejsc. {city}",
    )
    address = (
        f"ul. {seat.street.upper()}, nr {seat.building}, lok. {seat.unit or '---'}, miejsc. {city}, "
        f"kod {seat.postal_code}, poczta {city}, kraj POLSKA"
    )
    table.row("2.Adres", address, marks=[("seat", address), ("seat.postal_code", seat.postal_code)])
    table.row("3.Adres poczty elektronicznej", company.email.upper())
    table.row("4.Adres strony internetowej")


def _owners(table: Table, company: SyntheticCompany) -> None:
    table.band(f"Rubryka 7 {_DASH} Dane wspólników")
    for number, person in enumerate(company.representatives, start=1):
        _person(table, person, number)
        if company.legal_form in _WITH_CAPITAL:
            shares = company.capital // 50 // len(company.representatives)
            table.row(
                "5.Posiadane przez wspólnika udziały",
                f"{shares} UDZIAŁÓW O ŁĄCZNEJ WARTOŚCI {_money(shares * 50)} ZŁ",
                counter="",
            )
            table.row("6.Czy wspólnik posiada całość udziałów spółki?", "NIE", counter="")
    if company.legal_form in _WITH_CAPITAL:
        table.band(f"Rubryka 8 {_DASH} Kapitał spółki")
        table.row("1.Wysokość kapitału zakładowego", f"{_money(company.capital)} ZŁ")
        table.row("2.Wysokość kapitału docelowego")


def _representation(table: Table, company: SyntheticCompany) -> None:
    title = (
        "Uprawnieni do reprezentowania spółki"
        if company.legal_form in _PARTNERSHIPS
        else "Organ uprawniony do reprezentacji podmiotu"
    )
    table.band("Dział 2", strong=True)
    table.band(f"Rubryka 1 {_DASH} {title}")
    table.row(
        "1.Nazwa organu uprawnionego do reprezentowania podmiotu", company.organ, marks=[("organ", company.organ)]
    )
    table.row("2.Sposób reprezentacji podmiotu", company.rule, marks=[("rule", company.rule)] if company.rule else ())
    table.band("Podrubryka 1 Dane osób wchodzących w skład organu")
    for number, person in enumerate(company.representatives):
        _person(table, person, number + 1, f"representatives.{number}")
        table.row(
            "5.Funkcja w organie reprezentującym",
            person.function,
            counter="",
            marks=[(f"representatives.{number}.function", person.function)],
        )
        table.row(
            "6.Czy osoba wchodząca w skład zarządu została zawieszona w czynnościach?",
            "TAK" if person.suspended else "NIE",
            counter="",
        )
        until = f"{company.last_entry_on.replace(year=company.last_entry_on.year + 20):%d.%m.%Y}"
        table.row("7.Data do jakiej została zawieszona", until if person.suspended else "", counter="")
    table.band(f"Rubryka 2 {_DASH} Organ nadzoru")
    table.row("Brak wpisów")
    table.band(f"Rubryka 3 {_DASH} Prokurenci")
    for number, person in enumerate(company.proxies):
        _person(table, person, number + 1, f"proxies.{number}", with_krs=False)
        table.row(
            "4.Rodzaj prokury", person.function, counter="", marks=[(f"proxies.{number}.function", person.function)]
        )
    if not company.proxies:
        table.row("Brak wpisów")
    table.gap(10)


def _person(table: Table, person: SyntheticPerson, number: int, field: str = "", *, with_krs: bool = True) -> None:
    names = " ".join(name for name in (person.first_name, person.second_name) if name).upper()
    surname = person.last_name.upper()
    identity = f"{person.pesel}, {NOTHING}" if person.pesel else f"{person.regon}, {NOTHING}"

    def marks(name: str, text: str) -> Sequence[tuple[str, str]]:
        return [(f"{field}.{name}", text)] if field and text else ()

    table.row("1.Nazwisko / Nazwa lub Firma", surname, counter=str(number), marks=marks("last_name", surname))
    table.row("2.Imiona", names or "***", counter="", marks=marks("first_names", names))
    table.row("3.Numer PESEL/REGON lub data urodzenia", identity, counter="", marks=marks("pesel", person.pesel))
    if with_krs:
        table.row("4.Numer KRS", person.krs or "****", counter="", marks=marks("krs", person.krs))


def _activity(table: Table, company: SyntheticCompany) -> None:
    table.band("Dział 3", strong=True)
    table.band(f"Rubryka 1 {_DASH} Przedmiot działalności")
    first = company.seed % len(_TRADES)
    table.row("1.Przedmiot przeważającej działalności przedsiębiorcy", _TRADES[first], counter="1")
    for number in range(1, len(_TRADES)):
        text = _TRADES[(first + number) % len(_TRADES)]
        table.row(
            "2.Przedmiot pozostałej działalności przedsiębiorcy" if number == 1 else "", text, counter=str(number)
        )
    table.band(f"Rubryka 2 {_DASH} Wzmianki o złożonych dokumentach")
    for number, year in enumerate(range(company.last_entry_on.year - 1, company.last_entry_on.year + 1), start=1):
        table.row(
            "1.Wzmianka o złożeniu rocznego sprawozdania finansowego",
            f"DATA ZŁOŻENIA 15.07.{year} OKRES OD 01.01.{year - 1} DO 31.12.{year - 1}",
            counter=str(number),
        )
    table.band(f"Rubryka 4 {_DASH} Przedmiot działalności statutowej organizacji pożytku publicznego")
    table.row("Brak wpisów")
    table.gap(10)
    for title, parts in (
        ("Dział 4", ("Zaległości", "Wierzytelności", "Informacje o oddaleniu wniosku o ogłoszenie upadłości")),
        ("Dział 5", ("Kurator",)),
    ):
        table.band(title, strong=True)
        for number, part in enumerate(parts, start=1):
            table.band(f"Rubryka {number} {_DASH} {part}")
            table.row("Brak wpisów")
        table.gap(10)


def _ending(table: Table, company: SyntheticCompany, state_on: date) -> None:
    table.band("Dział 6", strong=True)
    table.band(f"Rubryka 1 {_DASH} Likwidacja")
    if company.liquidation_on is None:
        table.row("Brak wpisów")
    else:
        opened = f"{company.liquidation_on:%d.%m.%Y}"
        table.row(
            "1.Otwarcie likwidacji", f"{opened} R. UCHWAŁA ZGROMADZENIA WSPÓLNIKÓW", marks=[("liquidation_on", opened)]
        )
        table.row("2.Sposób reprezentacji podmiotu przez likwidatorów", "KAŻDY LIKWIDATOR SAMODZIELNIE")
        for number, person in enumerate(company.liquidators):
            _person(table, person, number + 1, f"liquidators.{number}")
    for number, part in enumerate(
        (
            "Informacje o rozwiązaniu lub unieważnieniu spółki",
            "Zarząd komisaryczny",
            "Informacje o połączeniu, podziale lub przekształceniu",
            "Informacja o postępowaniu upadłościowym",
            "Informacja o postępowaniu restrukturyzacyjnym",
        ),
        start=2,
    ):
        table.band(f"Rubryka {number} {_DASH} {part}")
        table.row("Brak wpisów")
    table.gap(14)
    table.line(f"data sporządzenia wydruku {state_on:%d.%m.%Y}", size=8)
    table.line("adres strony internetowej, na której są dostępne informacje z rejestru: rejestr.specimen.test", size=8)


def _money(amount: int) -> str:
    return f"{amount:,},00".replace(",", " ", f"{amount:,}".count(","))
