# SPDX-License-Identifier: AGPL-3.0-or-later
"""The wording of the authorization (rules R3, R4 and R6 of the registration process)."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from reviewer_app.documents.authorization_sheet import Variant

SUBTITLES: Mapping[Variant, tuple[str, str]] = MappingProxyType(
    {
        Variant.REGISTERED: (
            "Administrator jest wpisany do rejestru jako reprezentant firmy",
            "Authorization of the company administrator, who is on the register as a representative",
        ),
        Variant.NOT_REGISTERED: (
            "Administrator nie jest wpisany do rejestru jako reprezentant firmy",
            "Authorization of the company administrator, who is not on the register as a representative",
        ),
    }
)

SECTIONS = (
    ("Firma udzielająca upoważnienia", "The company that grants the authorization"),
    ("Osoba upoważniona: administrator firmy", "The person authorised: the company administrator"),
    ("Zakres upoważnienia", "Scope"),
    ("Podpisy i pieczęć firmy", "Signatures of the representatives and the company stamp"),
)

GRANT: Mapping[Variant, str] = MappingProxyType(
    {
        Variant.REGISTERED: (
            "Działając w imieniu firmy wskazanej w części 1, jako osoby uprawnione do jej reprezentowania, "
            "upoważniamy osobę wskazaną w części 2, wpisaną do rejestru jako reprezentant firmy, do wykonywania "
            "w portalu klienta, który prowadzi {distributor}, wszelkich czynności w obrębie tej firmy "
            "jako jej administrator. Upoważnienie obejmuje w szczególności:"
        ),
        Variant.NOT_REGISTERED: (
            "Działając w imieniu firmy wskazanej w części 1, jako osoby uprawnione do jej reprezentowania, "
            "upoważniamy osobę wskazaną w części 2, która nie jest wpisana do rejestru jako reprezentant firmy, "
            "do wykonywania w portalu klienta, który prowadzi {distributor}, wszelkich czynności w obrębie tej firmy "
            "jako jej administrator. Upoważnienie obejmuje w szczególności:"
        ),
    }
)

CLOSING = (
    "Administrator może nadawać powyższe uprawnienia pracownikom firmy oraz je odbierać. Firma ma jednego administratora. "
    "Upoważnienie obowiązuje od dnia podpisania do odwołania albo do wyznaczenia innego administratora. "
    "Oświadczamy, że dane podane w częściach 1 i 2 są zgodne ze stanem faktycznym i z rejestrem."
)

FIELD_LABELS: Mapping[str, str] = MappingProxyType(
    {
        "place": "Miejscowość",
        "date": "Data (dzień, miesiąc, rok)",
        "name_1": "Imię i nazwisko drukowanymi literami",
        "signature_1": "Podpis reprezentanta",
        "date_1": "Data podpisu",
        "name_2": "Imię i nazwisko drukowanymi literami",
        "signature_2": "Podpis drugiego reprezentanta (gdy wymagany)",
        "date_2": "Data podpisu",
        "stamp": "Pieczęć firmy",
    }
)

NOTE = (
    "Podpisuje właściciel albo osoby uprawnione do reprezentowania firmy, zgodnie ze sposobem reprezentacji ujawnionym "
    "w rejestrze; gdy wymagane jest współdziałanie dwóch osób, podpisują obie. Skan całej strony, ze wszystkimi znacznikami "
    "w rogach i kodem, należy zapisać w portalu."
)
