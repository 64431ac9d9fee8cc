# SPDX-License-Identifier: AGPL-3.0-or-later
"""Invented companies with people, numbers and addresses; the same seed always gives the same one."""

from __future__ import annotations

import random
import unicodedata
from dataclasses import dataclass, replace
from datetime import date, timedelta

from reviewer_app.contract.companies import LegalForm
from reviewer_app.contract.messages import Address
from reviewer_app.qa.synthetic_names import (
    FEMALE_NAMES,
    LONG_NAMES,
    MALE_NAMES,
    PLACES,
    STEMS,
    STREETS,
    TRADES,
    surname,
)
from reviewer_app.qa.synthetic_numbers import (
    synthetic_bank_account,
    synthetic_krs,
    synthetic_nip,
    synthetic_pesel,
    synthetic_regon,
)

_NEWEST = date(2026, 9, 1)
_POSITIONS = ("kierowniczka zakupów", "specjalistka do spraw zakupów"), ("kierownik działu IT", "kierownik zakupów")
_SUFFIXES = {
    LegalForm.CIVIL_PARTNERSHIP: "spółka cywilna",
    LegalForm.GENERAL_PARTNERSHIP: "spółka jawna",
    LegalForm.PROFESSIONAL_PARTNERSHIP: "i Partnerzy spółka partnerska",
    LegalForm.LIMITED_PARTNERSHIP: "spółka komandytowa",
    LegalForm.LIMITED_JOINT_STOCK_PARTNERSHIP: "spółka komandytowo-akcyjna",
    LegalForm.SP_ZOO: "spółka z ograniczoną odpowiedzialnością",
    LegalForm.SA: "spółka akcyjna",
    LegalForm.PSA: "prosta spółka akcyjna",
    LegalForm.FOREIGN_BRANCH: "GmbH spółka z ograniczoną odpowiedzialnością Oddział w Polsce",
}
_PREFIXES = {LegalForm.FOUNDATION: "Fundacja", LegalForm.ASSOCIATION: "Stowarzyszenie", LegalForm.OTHER: "Spółdzielnia"}
_LONG_NAME_SHARE = 0.12
_WITHOUT_KRS = frozenset({LegalForm.SOLE_PROPRIETORSHIP, LegalForm.CIVIL_PARTNERSHIP})
_FORM_WEIGHTS = {
    LegalForm.SP_ZOO: 6,
    LegalForm.SOLE_PROPRIETORSHIP: 4,
    LegalForm.GENERAL_PARTNERSHIP: 1,
    LegalForm.SA: 1,
    LegalForm.PSA: 1,
}

_PARTNERS = {
    LegalForm.CIVIL_PARTNERSHIP: "WSPÓLNIK",
    LegalForm.GENERAL_PARTNERSHIP: "WSPÓLNIK",
    LegalForm.PROFESSIONAL_PARTNERSHIP: "PARTNER",
    LegalForm.LIMITED_PARTNERSHIP: "KOMPLEMENTARIUSZ",
    LegalForm.LIMITED_JOINT_STOCK_PARTNERSHIP: "KOMPLEMENTARIUSZ",
}
"""Forms without a board, and what those are called who represent them."""
_ORGANS = {
    LegalForm.GENERAL_PARTNERSHIP: "WSPÓLNICY REPREZENTUJĄCY SPÓŁKĘ",
    LegalForm.PROFESSIONAL_PARTNERSHIP: "PARTNERZY REPREZENTUJĄCY SPÓŁKĘ",
    LegalForm.LIMITED_PARTNERSHIP: "KOMPLEMENTARIUSZE REPREZENTUJĄCY SPÓŁKĘ",
    LegalForm.LIMITED_JOINT_STOCK_PARTNERSHIP: "KOMPLEMENTARIUSZE REPREZENTUJĄCY SPÓŁKĘ",
    LegalForm.FOREIGN_BRANCH: "OSOBY REPREZENTUJĄCE PRZEDSIĘBIORCĘ ZAGRANICZNEGO W ODDZIALE",
}

SOLE_RULE = "DO SKŁADANIA OŚWIADCZEŃ W IMIENIU SPÓŁKI UPOWAŻNIONY JEST KAŻDY Z CZŁONKÓW ZARZĄDU SAMODZIELNIE."
JOINT_RULE = (
    "DO SKŁADANIA OŚWIADCZEŃ W IMIENIU SPÓŁKI WYMAGANE JEST WSPÓŁDZIAŁANIE DWÓCH CZŁONKÓW ZARZĄDU "
    "ALBO JEDNEGO CZŁONKA ZARZĄDU ŁĄCZNIE Z PROKURENTEM."
)
PARTNER_RULE = "KAŻDY WSPÓLNIK UPRAWNIONY JEST DO SAMODZIELNEGO REPREZENTOWANIA SPÓŁKI."

GENERAL_PARTNER_RULE = "KAŻDY KOMPLEMENTARIUSZ UPRAWNIONY JEST DO SAMODZIELNEGO REPREZENTOWANIA SPÓŁKI."
BRANCH_RULE = "OSOBA UPOWAŻNIONA REPREZENTUJE PRZEDSIĘBIORCĘ ZAGRANICZNEGO W ODDZIALE SAMODZIELNIE."


@dataclass(frozen=True, slots=True)
class SyntheticPerson:
    """A person; ``function`` as the register words it, empty for an employee.

    ``nip`` and ``regon`` are a partner's own, where one has them. With ``krs`` it is a company that represents another:
    its name is in ``last_name``.
    """

    first_name: str
    second_name: str
    last_name: str
    pesel: str
    function: str
    suspended: bool = False
    nip: str = ""
    regon: str = ""
    krs: str = ""

    @property
    def name(self) -> str:
        """First and last name."""
        return f"{self.first_name} {self.last_name}".strip()


@dataclass(frozen=True, slots=True)
class SyntheticAddress:
    """A seat with what registers add to it."""

    street: str
    building: str
    unit: str
    postal_code: str
    city: str
    voivodeship: str
    district: str

    @property
    def line(self) -> str:
        """The address in one line, as registers print it."""
        unit = f" lok. {self.unit}" if self.unit else ""
        return f"ul. {self.street} {self.building}{unit}, {self.postal_code} {self.city}"

    @property
    def declared_line(self) -> str:
        """The address in one line, as the server writes the declared one."""
        declared = Address(
            street=self.street, building=self.building, unit=self.unit, postal_code=self.postal_code, city=self.city
        )
        return declared.one_line()


@dataclass(frozen=True, slots=True)
class SyntheticCompany:
    """An invented company. ``krs`` is empty for forms without one; ``rule`` is its sposób reprezentacji."""

    seed: int
    name: str
    legal_form: LegalForm
    nip: str
    regon: str
    krs: str
    seat: SyntheticAddress
    phone: str
    email: str
    bank_account: str
    rule: str
    representatives: tuple[SyntheticPerson, ...]
    proxies: tuple[SyntheticPerson, ...]
    administrator: SyntheticPerson
    administrator_position: str
    administrator_email: str
    capital: int
    registered_on: date
    last_entry_on: date
    entry_number: int
    organ: str = "ZARZĄD"
    """Who represents the company, as the register calls it."""
    liquidation_on: date | None = None
    liquidators: tuple[SyntheticPerson, ...] = ()


def make_company(seed: int, *, legal_form: LegalForm | None = None, joint: bool | None = None) -> SyntheticCompany:
    """Invent a company.

    Args:
        seed: the same seed and choices give the same company.
        legal_form: None leaves it to the seed.
        joint: two must sign together; None leaves it to the seed. Only boards can be joint.
    """
    source = random.Random(f"company {seed}")  # noqa: S311 - data for tests, the same each time
    form = legal_form or source.choices(list(_FORM_WEIGHTS), list(_FORM_WEIGHTS.values()))[0]
    together = source.random() < 0.4 if joint is None else joint
    has_board = form not in _PARTNERS and form not in {LegalForm.SOLE_PROPRIETORSHIP, LegalForm.FOREIGN_BRANCH}
    representatives = _representatives(source, form, at_least=2 if has_board and together else 1)
    brand = f"{source.choice(STEMS)} {source.choice(TRADES)}"
    woman = source.random() < 0.5
    administrator = make_person(source, "", woman=woman)
    registered_on = _NEWEST - timedelta(days=source.randint(400, 6000))
    return SyntheticCompany(
        seed=seed,
        name=_name(source, brand, form, representatives),
        legal_form=form,
        nip=synthetic_nip(source),
        regon=synthetic_regon(source),
        krs="" if form in _WITHOUT_KRS else synthetic_krs(source),
        seat=_address(source),
        phone=f"+48 {source.randint(500, 899)} {source.randint(100, 999)} {source.randint(100, 999)}",
        email=f"biuro@{_ascii(brand)}.test",
        bank_account=synthetic_bank_account(source),
        rule=_rule(form, has_board=has_board, together=together),
        representatives=representatives,
        proxies=(make_person(source, "PROKURA ŁĄCZNA"),) if has_board and source.random() < 0.3 else (),
        administrator=administrator,
        administrator_position=source.choice(_POSITIONS[0 if woman else 1]),
        administrator_email=f"{_ascii(administrator.first_name)}.{_ascii(administrator.last_name)}@{_ascii(brand)}.test",
        capital=source.choice((5_000, 50_000, 100_000, 250_000, 1_000_000)),
        registered_on=registered_on,
        last_entry_on=registered_on + timedelta(days=source.randint(30, 380)),
        entry_number=source.randint(2, 30),
        organ=_ORGANS.get(form, "ZARZĄD"),
    )


def make_person(source: random.Random, function: str, *, woman: bool | None = None) -> SyntheticPerson:
    """Invent a person; None leaves it to the source whether a woman or a man."""
    female = source.random() < 0.5 if woman is None else woman
    first, second = source.sample(FEMALE_NAMES if female else MALE_NAMES, 2)
    return SyntheticPerson(
        first,
        second if source.random() < 0.5 else "",
        surname(source, woman=female),
        synthetic_pesel(source, woman=female),
        function,
    )


def _representatives(source: random.Random, form: LegalForm, *, at_least: int) -> tuple[SyntheticPerson, ...]:
    if form is LegalForm.SOLE_PROPRIETORSHIP:
        return (make_person(source, "WŁAŚCICIEL"),)
    if form is LegalForm.FOREIGN_BRANCH:
        return (make_person(source, "OSOBA REPREZENTUJĄCA W ODDZIALE"),)
    if form in _PARTNERS:
        partners = [make_person(source, _PARTNERS[form]) for _ in range(2)]
        if form is LegalForm.CIVIL_PARTNERSHIP:
            partners = [replace(one, nip=synthetic_nip(source), regon=synthetic_regon(source)) for one in partners]
        return tuple(partners)
    functions = ["PREZES ZARZĄDU", "WICEPREZES ZARZĄDU", "CZŁONEK ZARZĄDU"]
    return tuple(make_person(source, function) for function in functions[: source.randint(at_least, 3)])


def _address(source: random.Random) -> SyntheticAddress:
    place = source.choice(PLACES)
    return SyntheticAddress(
        street=source.choice(STREETS),
        building=f"{source.randint(1, 180)}{source.choice(('', '', 'A', 'B'))}",
        unit=str(source.randint(1, 60)) if source.random() < 0.5 else "",
        postal_code=f"{place.code}-{source.randint(0, 999):03d}",
        city=place.city,
        voivodeship=place.voivodeship,
        district=place.district,
    )


def _name(source: random.Random, brand: str, form: LegalForm, representatives: tuple[SyntheticPerson, ...]) -> str:
    if form in _PREFIXES:
        return f"{_PREFIXES[form]} {brand}"
    if source.random() < _LONG_NAME_SHARE:
        brand = source.choice(LONG_NAMES).format(brand=brand)
    if form is LegalForm.SOLE_PROPRIETORSHIP:
        return f"{brand} {representatives[0].name}"
    return f"{brand} {_SUFFIXES[form]}"


def _rule(form: LegalForm, *, has_board: bool, together: bool) -> str:
    if form is LegalForm.SOLE_PROPRIETORSHIP:
        return ""
    if form is LegalForm.FOREIGN_BRANCH:
        return BRANCH_RULE
    if form in {LegalForm.LIMITED_PARTNERSHIP, LegalForm.LIMITED_JOINT_STOCK_PARTNERSHIP}:
        return GENERAL_PARTNER_RULE
    if not has_board:
        return PARTNER_RULE
    return JOINT_RULE if together else SOLE_RULE


def _ascii(text: str) -> str:
    plain = unicodedata.normalize("NFKD", text.replace("ł", "l").replace("Ł", "L")).encode("ascii", "ignore").decode()
    return "-".join(plain.lower().split())
