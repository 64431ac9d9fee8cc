# SPDX-License-Identifier: AGPL-3.0-or-later
"""Legal forms of companies and what each of them must declare."""

from __future__ import annotations

from enum import StrEnum
from typing import NamedTuple

from reviewer_app.contract.text import Text


class LegalForm(StrEnum):
    """Legal forms under which a firm may trade in Poland."""

    SOLE_PROPRIETORSHIP = "sole_proprietorship"
    CIVIL_PARTNERSHIP = "civil_partnership"
    GENERAL_PARTNERSHIP = "general_partnership"
    PROFESSIONAL_PARTNERSHIP = "professional_partnership"
    LIMITED_PARTNERSHIP = "limited_partnership"
    LIMITED_JOINT_STOCK_PARTNERSHIP = "limited_joint_stock_partnership"
    SP_ZOO = "sp_zoo"
    PSA = "psa"
    SA = "sa"
    FOUNDATION = "foundation"
    ASSOCIATION = "association"
    FOREIGN_BRANCH = "foreign_branch"
    OTHER = "other"


class KrsRule(StrEnum):
    """Whether a legal form has a KRS number."""

    REQUIRED = "required"
    OPTIONAL = "optional"
    ABSENT = "absent"


class LegalFormTraits(NamedTuple):
    """Name and duties of a legal form. ``krs`` follows the table of who is entered in the KRS."""

    name: Text
    krs: KrsRule


LEGAL_FORMS: dict[LegalForm, LegalFormTraits] = {
    LegalForm.SOLE_PROPRIETORSHIP: LegalFormTraits(
        Text("Jednoosobowa działalność gospodarcza", "Sole proprietorship"), KrsRule.ABSENT
    ),
    LegalForm.CIVIL_PARTNERSHIP: LegalFormTraits(Text("Spółka cywilna", "Civil partnership"), KrsRule.ABSENT),
    LegalForm.GENERAL_PARTNERSHIP: LegalFormTraits(Text("Spółka jawna", "General partnership"), KrsRule.REQUIRED),
    LegalForm.PROFESSIONAL_PARTNERSHIP: LegalFormTraits(
        Text("Spółka partnerska", "Professional partnership"), KrsRule.REQUIRED
    ),
    LegalForm.LIMITED_PARTNERSHIP: LegalFormTraits(Text("Spółka komandytowa", "Limited partnership"), KrsRule.REQUIRED),
    LegalForm.LIMITED_JOINT_STOCK_PARTNERSHIP: LegalFormTraits(
        Text("Spółka komandytowo-akcyjna", "Limited joint-stock partnership"), KrsRule.REQUIRED
    ),
    LegalForm.SP_ZOO: LegalFormTraits(
        Text("Spółka z ograniczoną odpowiedzialnością", "Limited liability company"), KrsRule.REQUIRED
    ),
    LegalForm.PSA: LegalFormTraits(Text("Prosta spółka akcyjna", "Simple joint-stock company"), KrsRule.REQUIRED),
    LegalForm.SA: LegalFormTraits(Text("Spółka akcyjna", "Joint-stock company"), KrsRule.REQUIRED),
    LegalForm.FOUNDATION: LegalFormTraits(Text("Fundacja", "Foundation"), KrsRule.REQUIRED),
    LegalForm.ASSOCIATION: LegalFormTraits(Text("Stowarzyszenie", "Association"), KrsRule.REQUIRED),
    LegalForm.FOREIGN_BRANCH: LegalFormTraits(
        Text("Oddział przedsiębiorcy zagranicznego", "Branch of a foreign company"), KrsRule.REQUIRED
    ),
    LegalForm.OTHER: LegalFormTraits(Text("Inna forma prawna", "Other legal form"), KrsRule.OPTIONAL),
}

REQUIRED_FIELDS: tuple[str, ...] = ("name", "legal_form", "nip", "regon", "seat", "phone", "email")
"""Declared fields without which a company stays in ``collecting``; ``krs`` is added by the legal form."""

FIELD_TEXTS: dict[str, Text] = {
    "name": Text("Nazwa firmy", "Company name"),
    "legal_form": Text("Forma prawna", "Legal form"),
    "nip": Text("NIP", "NIP (tax number)"),
    "regon": Text("REGON", "REGON (statistical number)"),
    "krs": Text("KRS", "KRS (court register number)"),
    "seat": Text("Adres siedziby", "Registered seat"),
    "seat.street": Text("Ulica", "Street"),
    "seat.building": Text("Numer budynku", "Building number"),
    "seat.unit": Text("Numer lokalu", "Unit number"),
    "seat.postal_code": Text("Kod pocztowy", "Postal code"),
    "seat.city": Text("Miejscowość", "City"),
    "seat.country": Text("Kraj", "Country"),
    "phone": Text("Telefon", "Phone"),
    "email": Text("E-mail", "E-mail"),
    "bank_account": Text("Rachunek bankowy", "Bank account"),
    "administrator": Text("Administrator firmy", "Company administrator"),
    "first_name": Text("Imię", "First name"),
    "last_name": Text("Nazwisko", "Last name"),
    "position": Text("Stanowisko", "Position"),
    "password": Text("Hasło", "Password"),
    "language": Text("Język", "Language"),
    "terms_version": Text("Regulamin", "Terms"),
}


def required_fields(legal_form: LegalForm) -> tuple[str, ...]:
    """Name the declared fields that a company of this form needs before it is registered."""
    if LEGAL_FORMS[legal_form].krs is KrsRule.REQUIRED:
        return (*REQUIRED_FIELDS, "krs")
    return REQUIRED_FIELDS
