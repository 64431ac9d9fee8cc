# SPDX-License-Identifier: AGPL-3.0-or-later
"""Scenarios about what registers say of a company: taxes, names, duplicates, outages, age and forms (rules 15 to 27)."""

from __future__ import annotations

from reviewer_app.contract.companies import LegalForm
from reviewer_app.contract.reasons import ReasonCode
from reviewer_app.contract.text import Text
from reviewer_app.qa.scenarios import register_cases as cases
from reviewer_app.qa.scenarios.building import CompanyMaker
from reviewer_app.qa.scenarios.expected import Expected, fail, ok, unknown, warn
from reviewer_app.qa.scenarios.model import Decision, Scenario
from reviewer_app.qa.scenarios.register_entries import (
    GOOD_PAPERS,
    GOOD_SHEET,
    IN_KRS,
    REGISTER_CHECKS,
    made_of,
    register_scenario,
)

_APPROVE, _CORRECTION = Decision.APPROVE, Decision.REQUEST_CORRECTION
_PERSON, _REJECT = Decision.PERSON_DECIDES, Decision.REJECT

_TAX = (
    register_scenario(
        15,
        "vat_removed",
        Text("Wykreślony z rejestru VAT", "Removed from the VAT register"),
        Text(
            "Wykaz podatników podaje wykreślenie i jego podstawę; nie ma też rachunku.",
            "The VAT list gives the removal and its basis; the account is gone as well.",
        ),
        made_of(cases.vat_removed),
        decision=_CORRECTION,
        reasons=(ReasonCode.VAT_STATUS_NOT_ACCEPTED,),
        findings=(*GOOD_PAPERS, *ok(Expected.KRS), *fail(Expected.VAT, Expected.BANK_ACCOUNT)),
    ),
    register_scenario(
        16,
        "vat_exempt",
        Text("Zwolniony z VAT", "Exempt from VAT"),
        Text(
            "Status „Zwolniony” jest zgodny z prawem i nie przeszkadza w zakupach.",
            "The status “Zwolniony” (exempt) is lawful and no obstacle.",
        ),
        made_of(cases.vat_exempt),
        findings=(*GOOD_PAPERS, *ok(Expected.KRS, Expected.BANK_ACCOUNT), *warn(Expected.VAT)),
    ),
    register_scenario(
        17,
        "not_on_vat_list",
        Text("Nie figuruje na wykazie VAT", "Not on the VAT list"),
        Text(
            "Wykaz nie zna tego numeru NIP. Mała firma może nie być podatnikiem VAT: decyduje człowiek.",
            "The list does not know this NIP. A small firm may lawfully be absent: a person decides.",
        ),
        made_of(cases.not_on_vat_list),
        decision=_PERSON,
        findings=(*GOOD_PAPERS, *ok(Expected.KRS), *warn(Expected.VAT, Expected.BANK_ACCOUNT)),
    ),
    register_scenario(
        18,
        "account_not_on_list",
        Text("Rachunek spoza wykazu", "An account that is not on the list"),
        Text(
            "Podatnik czynny, ale wykaz podaje inny rachunek niż zgłoszony.",
            "An active taxpayer, but the list has another account than the declared one.",
        ),
        made_of(cases.other_account),
        decision=_CORRECTION,
        reasons=(ReasonCode.BANK_ACCOUNT_NOT_LISTED,),
        findings=(*GOOD_PAPERS, *ok(Expected.KRS, Expected.VAT), *fail(Expected.BANK_ACCOUNT)),
    ),
    register_scenario(
        19,
        "name_differs",
        Text("Inna nazwa w rejestrze", "Another name on the register"),
        Text(
            "Na odpisie i w rejestrach stoi inna nazwa niż zgłoszona.",
            "The extract and the registers have another name than the declared one.",
        ),
        made_of(cases.other_name),
        decision=_CORRECTION,
        reasons=(ReasonCode.NAME_MISMATCH,),
        findings=(
            *GOOD_SHEET,
            *ok(Expected.EXTRACT_NUMBERS, Expected.KRS),
            *warn(Expected.EXTRACT_NAME, Expected.REGISTER_NAME),
        ),
    ),
    register_scenario(
        19,
        "address_differs",
        Text("Inny adres w rejestrze", "Another address on the register"),
        Text(
            "Na odpisie i w rejestrach stoi inny adres siedziby niż zgłoszony.",
            "The extract and the registers have another seat than the declared one.",
        ),
        made_of(cases.other_seat),
        decision=_CORRECTION,
        reasons=(ReasonCode.ADDRESS_MISMATCH,),
        findings=(
            *GOOD_SHEET,
            *ok(Expected.EXTRACT_NAME, Expected.EXTRACT_NUMBERS, Expected.KRS),
            *warn(Expected.EXTRACT_SEAT, Expected.REGISTER_SEAT),
        ),
    ),
    register_scenario(
        20,
        "same_nip_pending",
        Text("Ten sam NIP czeka już na weryfikację", "The same NIP is already waiting"),
        Text(
            "Druga osoba zarejestrowała tę samą firmę; pierwsze zgłoszenie jeszcze czeka. Decyduje człowiek.",
            "A second person registered the same company while the first application still waits. A person decides.",
        ),
        cases.same_nip_pending,
        decision=_PERSON,
        findings=(*GOOD_PAPERS, *warn(Expected.NIP_UNIQUE)),
    ),
    register_scenario(
        20,
        "same_nip_active",
        Text("Ten sam NIP ma już aktywna firma", "The same NIP belongs to an active company"),
        Text(
            "Firma o tym numerze NIP jest już klientem i ma administratora.",
            "A company with this NIP is a customer already and has its administrator.",
        ),
        cases.same_nip_active,
        decision=_REJECT,
        reasons=(ReasonCode.DUPLICATE_COMPANY,),
        findings=(*GOOD_PAPERS, *warn(Expected.NIP_UNIQUE)),
    ),
    register_scenario(
        21,
        "regon_zero_padded",
        Text("REGON dopełniony zerami", "A REGON padded with zeros"),
        Text(
            "KRS podaje REGON z pięcioma zerami na końcu; to ten sam numer.",
            "The KRS gives the REGON with five zeros at its end; it is the same number.",
        ),
        made_of(cases.clean),
        findings=(*GOOD_PAPERS, *IN_KRS, *ok(Expected.SIGNATORY)),
    ),
)

_UNANSWERED = Text(
    "Brak odpowiedzi to „nie sprawdzono”, nigdy „w porządku”.", "No answer is “not checked”, never “in order”."
)


def _outage(
    name: str, title: Text, build: CompanyMaker, *checks: Expected, form: LegalForm = LegalForm.SP_ZOO
) -> Scenario:
    return register_scenario(
        22,
        name,
        title,
        _UNANSWERED,
        made_of(build, form),
        form=form,
        decision=_PERSON,
        findings=(*GOOD_PAPERS, *unknown(*checks)),
    )


_OUTAGES = (
    _outage(
        "registers_broken",
        Text("Rejestry zgłaszają błąd", "The registers answer with an error"),
        cases.broken,
        Expected.KRS,
        *REGISTER_CHECKS,
    ),
    _outage(
        "registers_silent",
        Text("Rejestry nie odpowiadają", "The registers do not answer"),
        cases.silent,
        Expected.KRS,
        *REGISTER_CHECKS,
    ),
    _outage(
        "registers_garbled",
        Text("Rejestry odpowiadają niezrozumiale", "The registers answer what nobody understands"),
        cases.garbled,
        Expected.KRS,
        *REGISTER_CHECKS,
    ),
    _outage(
        "registers_limited",
        Text("Wyczerpane limity zapytań", "The limits on requests are used up"),
        cases.limited,
        Expected.CEIDG,
        *REGISTER_CHECKS,
        form=LegalForm.SOLE_PROPRIETORSHIP,
    ),
    _outage(
        "ceidg_refuses_the_key",
        Text("CEIDG odrzuca klucz dostępu", "CEIDG refuses the access key"),
        cases.refused_token,
        Expected.CEIDG,
        form=LegalForm.SOLE_PROPRIETORSHIP,
    ),
)

_AGE_AND_FORMS = (
    register_scenario(
        23,
        "extract_120_days_old",
        Text("Odpis sprzed 120 dni", "An extract 120 days old"),
        Text("Odpis jest starszy niż dopuszczone 90 dni.", "The extract is older than the 90 days allowed."),
        made_of(cases.old_extract),
        decision=_CORRECTION,
        reasons=(ReasonCode.EXTRACT_TOO_OLD,),
        findings=(*GOOD_SHEET, *IN_KRS, *fail(Expected.EXTRACT_DATE)),
    ),
    register_scenario(
        24,
        "register_entry_after_extract",
        Text("Wpis w rejestrze po dacie odpisu", "An entry after the extract"),
        Text(
            "Odpis jest świeży, ale po jego dacie dokonano wpisu: nie wiadomo, co się zmieniło.",
            "The extract is fresh, but an entry was made after it: nobody knows what changed.",
        ),
        made_of(cases.entry_since),
        decision=_CORRECTION,
        reasons=(ReasonCode.REGISTER_CHANGED_SINCE,),
        findings=(*GOOD_PAPERS, *IN_KRS, *fail(Expected.EXTRACT_NEWEST)),
    ),
    register_scenario(
        25,
        "foundation",
        Text("Fundacja", "A foundation"),
        Text(
            "Fundacje są w rejestrze stowarzyszeń (rejestr=S). Wszystko się zgadza.",
            "Foundations are in the register of associations (rejestr=S). Everything is right.",
        ),
        made_of(cases.clean, LegalForm.FOUNDATION),
        form=LegalForm.FOUNDATION,
        findings=(*GOOD_PAPERS, *IN_KRS, *ok(Expected.SIGNATORY)),
    ),
    register_scenario(
        26,
        "psa_board_of_directors",
        Text("P.S.A. z radą dyrektorów", "A P.S.A. with a board of directors"),
        Text(
            "Zamiast zarządu prosta spółka akcyjna ma radę dyrektorów; podpisał dyrektor.",
            "Instead of a zarząd this simple joint-stock company has a board of directors; a director signed.",
        ),
        made_of(cases.directors, LegalForm.PSA),
        form=LegalForm.PSA,
        findings=(*GOOD_PAPERS, *IN_KRS, *ok(Expected.KRS_REPRESENTATION, Expected.SIGNATORY)),
    ),
    register_scenario(
        27,
        "general_partner_is_a_company",
        Text("Komplementariuszem jest spółka", "The general partner is a company"),
        Text(
            "Spółkę komandytową reprezentuje spółka z o.o.; kto podpisuje za nią, wynika z jej własnego wpisu: decyduje "
            "człowiek.",
            "A company represents this limited partnership; who signs for it follows from its own entry: a person decides.",
        ),
        made_of(cases.company_as_partner, LegalForm.LIMITED_PARTNERSHIP),
        form=LegalForm.LIMITED_PARTNERSHIP,
        decision=_PERSON,
        findings=(*GOOD_PAPERS, *IN_KRS, *unknown(Expected.SIGNATORY)),
    ),
)


ENTRY_SCENARIOS: tuple[Scenario, ...] = (*_TAX, *_OUTAGES, *_AGE_AND_FORMS)
