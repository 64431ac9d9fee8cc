# SPDX-License-Identifier: AGPL-3.0-or-later
"""Scenarios about what registers say and who may sign: those that every rule has to be tried on."""

from __future__ import annotations

from reviewer_app.contract.companies import LegalForm
from reviewer_app.contract.reasons import ReasonCode
from reviewer_app.contract.text import Text
from reviewer_app.qa.scenarios import register_cases as cases
from reviewer_app.qa.scenarios.building import CompanyMaker, simple
from reviewer_app.qa.scenarios.expected import Expected, fail, ok, unknown, warn
from reviewer_app.qa.scenarios.model import Decision, Finding, Group, Maker, Scenario

_APPROVE, _CORRECTION = Decision.APPROVE, Decision.REQUEST_CORRECTION
_PERSON, _REJECT = Decision.PERSON_DECIDES, Decision.REJECT

_REGISTERS = (Expected.VAT, Expected.BANK_ACCOUNT, Expected.VIES)
_GOOD_EXTRACT = ok(Expected.EXTRACT_NAME, Expected.EXTRACT_NUMBERS, Expected.EXTRACT_SEAT, Expected.EXTRACT_AGE)
_GOOD_SHEET = ok(Expected.SHEET_NUMBER, Expected.SHEET_SIGNATURE, Expected.SHEET_STAMP)
_GOOD_PAPERS = (*_GOOD_EXTRACT, *_GOOD_SHEET)
_IN_KRS = ok(Expected.KRS, *_REGISTERS)
_IN_CEIDG = ok(Expected.CEIDG, *_REGISTERS)


def _scenario(
    rule: int,
    name: str,
    title: Text,
    explanation: Text,
    maker: Maker,
    *,
    form: LegalForm = LegalForm.SP_ZOO,
    decision: Decision = _APPROVE,
    reasons: tuple[ReasonCode, ...] = (),
    findings: tuple[Finding, ...],
) -> Scenario:
    return Scenario(
        name, Group.REGISTER, title, explanation, form, decision, maker, reasons=reasons, findings=findings, rule=rule
    )


def _of(build: CompanyMaker, form: LegalForm = LegalForm.SP_ZOO, *, joint: bool = False) -> Maker:
    return simple(build, form, joint=joint)


_REPRESENTATION = (
    _scenario(
        1,
        "sole_rule_one_member",
        Text("Samodzielna reprezentacja, podpisał członek zarządu", "Sole representation, one member signs"),
        Text(
            "Każdy członek zarządu reprezentuje spółkę samodzielnie; jeden z nich podpisał. Wszystko się zgadza.",
            "Each member of the board represents the company alone; one of them signed. Everything is right.",
        ),
        _of(cases.clean),
        findings=(*_GOOD_PAPERS, *_IN_KRS, *ok(Expected.KRS_REPRESENTATION, Expected.SIGNATORY)),
    ),
    _scenario(
        2,
        "joint_rule_one_signature",
        Text("Reprezentacja łączna, jeden podpis", "Joint representation, one signature"),
        Text(
            "Potrzebne jest współdziałanie dwóch członków zarządu, a podpisał jeden.",
            "Two members of the board have to act together, and only one signed.",
        ),
        _of(cases.one_signature, joint=True),
        decision=_CORRECTION,
        reasons=(ReasonCode.SECOND_SIGNATURE_MISSING,),
        findings=(*_GOOD_PAPERS, *_IN_KRS, *fail(Expected.SHEET_SECOND_SIGNATURE, Expected.SIGNATORY)),
    ),
    _scenario(
        3,
        "joint_rule_member_with_proxy",
        Text("Reprezentacja łączna, członek zarządu z prokurentem", "Joint representation, member with a proxy"),
        Text(
            "Podpisali członek zarządu i prokurent łączny: razem reprezentują spółkę.",
            "A member of the board and a joint proxy (prokurent) signed: together they represent the company.",
        ),
        _of(cases.member_with_proxy, joint=True),
        findings=(*_GOOD_PAPERS, *_IN_KRS, *ok(Expected.SHEET_SECOND_SIGNATURE, Expected.SIGNATORY)),
    ),
    _scenario(
        4,
        "joint_rule_board_of_one",
        Text("Reprezentacja łączna, zarząd jednoosobowy", "Joint representation, a board of one"),
        Text(
            "Umowa wymaga dwóch członków zarządu, ale w rejestrze jest tylko jeden: działa sam. Warto dodać notatkę.",
            "The articles ask for two members, but the register has only one, who acts alone. Leave a note.",
        ),
        _of(cases.board_of_one, joint=True),
        findings=(*_GOOD_PAPERS, *_IN_KRS, *ok(Expected.SIGNATORY), *warn(Expected.KRS_REPRESENTATION)),
    ),
    _scenario(
        5,
        "value_limited_rule",
        Text("Reprezentacja zależna od wartości", "Representation limited by value"),
        Text(
            "Do 25 000 zł każdy członek zarządu działa sam, powyżej dwóch razem. Upoważnienie nie ma wartości: decyduje "
            "człowiek.",
            "Up to PLN 25,000 each member acts alone, above it two together. An authorization has no value: a person decides.",
        ),
        _of(cases.value_rule, joint=True),
        decision=_PERSON,
        findings=(*_GOOD_PAPERS, *_IN_KRS, *unknown(Expected.KRS_REPRESENTATION, Expected.SIGNATORY)),
    ),
    _scenario(
        6,
        "signatory_not_on_register",
        Text("Podpisujący nie figuruje w rejestrze", "The signatory is not on the register"),
        Text(
            "Podpisała osoba, której nie ma ani na odpisie, ani w rejestrze. Poproś o dowód, na przykład uchwałę o powołaniu.",
            "Somebody signed who is neither on the extract nor on the register. Ask for proof, such as the resolution.",
        ),
        _of(cases.stranger),
        decision=_CORRECTION,
        reasons=(ReasonCode.SIGNATORY_NOT_AUTHORIZED,),
        findings=(*_GOOD_PAPERS, *_IN_KRS, *fail(Expected.SIGNATORY)),
    ),
    _scenario(
        7,
        "suspended_member_signs",
        Text("Podpisał zawieszony członek zarządu", "A suspended member signs"),
        Text(
            "Członek zarządu, który podpisał, jest w rejestrze zawieszony w czynnościach.",
            "The member of the board who signed is suspended on the register.",
        ),
        _of(cases.suspended_member),
        decision=_CORRECTION,
        reasons=(ReasonCode.SIGNATORY_SUSPENDED,),
        findings=(*_GOOD_PAPERS, *_IN_KRS, *fail(Expected.SIGNATORY)),
    ),
    _scenario(
        8,
        "in_liquidation_liquidator_signs",
        Text("Spółka w likwidacji, podpisał likwidator", "In liquidation, the liquidator signs"),
        Text(
            "Likwidator reprezentuje spółkę i podpisał. Czy sprzedawać spółce w likwidacji, decyduje człowiek.",
            "The liquidator represents the company and signed. Whether to sell to a company in liquidation is for a person.",
        ),
        cases.liquidator_signs,
        decision=_PERSON,
        findings=(*_GOOD_PAPERS, *ok(Expected.SIGNATORY, *_REGISTERS), *warn(Expected.KRS)),
    ),
    _scenario(
        8,
        "in_liquidation_former_board_signs",
        Text("Spółka w likwidacji, podpisał dawny zarząd", "In liquidation, the former board signs"),
        Text(
            "Od otwarcia likwidacji spółkę reprezentuje likwidator, a podpisał dawny członek zarządu.",
            "Since the liquidation was opened the liquidator represents the company; a former member of the board signed.",
        ),
        cases.former_board_signs,
        decision=_CORRECTION,
        reasons=(ReasonCode.SIGNATORY_NOT_AUTHORIZED,),
        findings=(*_GOOD_PAPERS, *ok(*_REGISTERS), *warn(Expected.KRS), *fail(Expected.SIGNATORY)),
    ),
    _scenario(
        9,
        "struck_off",
        Text("Podmiot wykreślony z KRS", "Struck off the KRS"),
        Text(
            "Odpis jest jeszcze poprawny, ale rejestr odpowiada już pustą treścią: podmiot wykreślono.",
            "The extract still looks right, but the register answers with an empty body: the entity was struck off.",
        ),
        _of(cases.struck_off),
        decision=_REJECT,
        reasons=(ReasonCode.ENTITY_STRUCK_OFF,),
        findings=(*_GOOD_PAPERS, *fail(Expected.KRS, Expected.VAT, Expected.BANK_ACCOUNT)),
    ),
)

_TRADERS = (
    _scenario(
        10,
        "sole_trader_owner_signs",
        Text("Działalność aktywna, podpisał właściciel", "Active sole trader, the owner signs"),
        Text(
            "Wpis w CEIDG jest aktywny, właściciel podpisał sam. Wszystko się zgadza.",
            "The CEIDG entry is active and the owner signed. Everything is right.",
        ),
        _of(cases.clean, LegalForm.SOLE_PROPRIETORSHIP),
        form=LegalForm.SOLE_PROPRIETORSHIP,
        findings=(*_GOOD_PAPERS, *_IN_CEIDG, *ok(Expected.SIGNATORY)),
    ),
    _scenario(
        11,
        "sole_trader_suspended",
        Text("Działalność zawieszona", "Suspended sole trader"),
        Text(
            "CEIDG podaje status ZAWIESZONY. Zawieszenie można cofnąć z dnia na dzień: decyduje człowiek.",
            "CEIDG says ZAWIESZONY (suspended). A suspension can be lifted overnight: a person decides.",
        ),
        _of(cases.suspended_trader, LegalForm.SOLE_PROPRIETORSHIP),
        form=LegalForm.SOLE_PROPRIETORSHIP,
        decision=_PERSON,
        findings=(*_GOOD_PAPERS, *ok(Expected.SIGNATORY), *warn(Expected.CEIDG)),
    ),
    _scenario(
        12,
        "ceidg_two_records",
        Text("Dwa wpisy w CEIDG", "Two CEIDG records"),
        Text(
            "Pod jednym numerem NIP są dwa wpisy, dawny wykreślony i obecny aktywny. Liczy się aktywny.",
            "One NIP has two records, an old one struck off and the present one, active. The active one counts.",
        ),
        _of(cases.two_records, LegalForm.SOLE_PROPRIETORSHIP),
        form=LegalForm.SOLE_PROPRIETORSHIP,
        findings=(*_GOOD_PAPERS, *_IN_CEIDG, *ok(Expected.SIGNATORY)),
    ),
    _scenario(
        13,
        "owner_is_not_signatory",
        Text("Podpisał ktoś inny niż właściciel", "Somebody other than the owner signs"),
        Text(
            "Za przedsiębiorcę podpisała inna osoba, bez pełnomocnictwa.",
            "Another person signed for the sole trader, without a power of attorney.",
        ),
        _of(cases.stranger, LegalForm.SOLE_PROPRIETORSHIP),
        form=LegalForm.SOLE_PROPRIETORSHIP,
        decision=_CORRECTION,
        reasons=(ReasonCode.SIGNATORY_NOT_AUTHORIZED,),
        findings=(*_GOOD_PAPERS, *_IN_CEIDG, *fail(Expected.SIGNATORY)),
    ),
    _scenario(
        14,
        "civil_partnership",
        Text("Spółka cywilna", "Civil partnership"),
        Text(
            "Każdy wspólnik ma własny wpis w CEIDG, spółka ma własny NIP i REGON. Kto podpisuje, określa umowa: decyduje "
            "człowiek.",
            "Each partner has a CEIDG entry, the partnership its own NIP and REGON. Who signs is in the agreement: a person "
            "decides.",
        ),
        _of(cases.partners, LegalForm.CIVIL_PARTNERSHIP),
        form=LegalForm.CIVIL_PARTNERSHIP,
        decision=_PERSON,
        findings=(*_GOOD_SHEET, *_IN_CEIDG, *unknown(Expected.SIGNATORY)),
    ),
)

_TAX = (
    _scenario(
        15,
        "vat_removed",
        Text("Wykreślony z rejestru VAT", "Removed from the VAT register"),
        Text(
            "Wykaz podatników podaje wykreślenie i jego podstawę; nie ma też rachunku.",
            "The VAT list gives the removal and its basis; the account is gone as well.",
        ),
        _of(cases.vat_removed),
        decision=_CORRECTION,
        reasons=(ReasonCode.VAT_STATUS_NOT_ACCEPTED,),
        findings=(*_GOOD_PAPERS, *ok(Expected.KRS), *fail(Expected.VAT, Expected.BANK_ACCOUNT)),
    ),
    _scenario(
        16,
        "vat_exempt",
        Text("Zwolniony z VAT", "Exempt from VAT"),
        Text(
            "Status „Zwolniony” jest zgodny z prawem i nie przeszkadza w zakupach.",
            "The status “Zwolniony” (exempt) is lawful and no obstacle.",
        ),
        _of(cases.vat_exempt),
        findings=(*_GOOD_PAPERS, *ok(Expected.KRS, Expected.BANK_ACCOUNT), *warn(Expected.VAT)),
    ),
    _scenario(
        17,
        "not_on_vat_list",
        Text("Nie figuruje na wykazie VAT", "Not on the VAT list"),
        Text(
            "Wykaz nie zna tego numeru NIP. Mała firma może nie być podatnikiem VAT: decyduje człowiek.",
            "The list does not know this NIP. A small firm may lawfully be absent: a person decides.",
        ),
        _of(cases.not_on_vat_list),
        decision=_PERSON,
        findings=(*_GOOD_PAPERS, *ok(Expected.KRS), *warn(Expected.VAT, Expected.BANK_ACCOUNT)),
    ),
    _scenario(
        18,
        "account_not_on_list",
        Text("Rachunek spoza wykazu", "An account that is not on the list"),
        Text(
            "Podatnik czynny, ale wykaz podaje inny rachunek niż zgłoszony.",
            "An active taxpayer, but the list has another account than the declared one.",
        ),
        _of(cases.other_account),
        decision=_CORRECTION,
        reasons=(ReasonCode.BANK_ACCOUNT_NOT_LISTED,),
        findings=(*_GOOD_PAPERS, *ok(Expected.KRS, Expected.VAT), *fail(Expected.BANK_ACCOUNT)),
    ),
    _scenario(
        19,
        "name_differs",
        Text("Inna nazwa w rejestrze", "Another name on the register"),
        Text(
            "Na odpisie i w rejestrach stoi inna nazwa niż zgłoszona.",
            "The extract and the registers have another name than the declared one.",
        ),
        _of(cases.other_name),
        decision=_CORRECTION,
        reasons=(ReasonCode.NAME_MISMATCH,),
        findings=(*_GOOD_SHEET, *ok(Expected.EXTRACT_NUMBERS), *fail(Expected.EXTRACT_NAME, Expected.KRS)),
    ),
    _scenario(
        19,
        "address_differs",
        Text("Inny adres w rejestrze", "Another address on the register"),
        Text(
            "Na odpisie i w rejestrach stoi inny adres siedziby niż zgłoszony.",
            "The extract and the registers have another seat than the declared one.",
        ),
        _of(cases.other_seat),
        decision=_CORRECTION,
        reasons=(ReasonCode.ADDRESS_MISMATCH,),
        findings=(
            *_GOOD_SHEET,
            *ok(Expected.EXTRACT_NAME, Expected.EXTRACT_NUMBERS),
            *fail(Expected.EXTRACT_SEAT, Expected.KRS),
        ),
    ),
    _scenario(
        20,
        "same_nip_pending",
        Text("Ten sam NIP czeka już na weryfikację", "The same NIP is already waiting"),
        Text(
            "Druga osoba zarejestrowała tę samą firmę; pierwsze zgłoszenie jeszcze czeka. Decyduje człowiek.",
            "A second person registered the same company while the first application still waits. A person decides.",
        ),
        cases.same_nip_pending,
        decision=_PERSON,
        findings=(*_GOOD_PAPERS, *warn(Expected.NIP_UNIQUE)),
    ),
    _scenario(
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
        findings=(*_GOOD_PAPERS, *warn(Expected.NIP_UNIQUE)),
    ),
    _scenario(
        21,
        "regon_zero_padded",
        Text("REGON dopełniony zerami", "A REGON padded with zeros"),
        Text(
            "KRS podaje REGON z pięcioma zerami na końcu; to ten sam numer.",
            "The KRS gives the REGON with five zeros at its end; it is the same number.",
        ),
        _of(cases.clean),
        findings=(*_GOOD_PAPERS, *_IN_KRS, *ok(Expected.SIGNATORY)),
    ),
)

_UNANSWERED = Text(
    "Brak odpowiedzi to „nie sprawdzono”, nigdy „w porządku”.", "No answer is “not checked”, never “in order”."
)


def _outage(
    name: str, title: Text, build: CompanyMaker, *checks: Expected, form: LegalForm = LegalForm.SP_ZOO
) -> Scenario:
    return _scenario(
        22,
        name,
        title,
        _UNANSWERED,
        _of(build, form),
        form=form,
        decision=_PERSON,
        findings=(*_GOOD_PAPERS, *unknown(*checks)),
    )


_OUTAGES = (
    _outage(
        "registers_broken",
        Text("Rejestry zgłaszają błąd", "The registers answer with an error"),
        cases.broken,
        Expected.KRS,
        *_REGISTERS,
    ),
    _outage(
        "registers_silent",
        Text("Rejestry nie odpowiadają", "The registers do not answer"),
        cases.silent,
        Expected.KRS,
        *_REGISTERS,
    ),
    _outage(
        "registers_garbled",
        Text("Rejestry odpowiadają niezrozumiale", "The registers answer what nobody understands"),
        cases.garbled,
        Expected.KRS,
        *_REGISTERS,
    ),
    _outage(
        "registers_limited",
        Text("Wyczerpane limity zapytań", "The limits on requests are used up"),
        cases.limited,
        Expected.CEIDG,
        *_REGISTERS,
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
    _scenario(
        23,
        "extract_120_days_old",
        Text("Odpis sprzed 120 dni", "An extract 120 days old"),
        Text("Odpis jest starszy niż dopuszczone 90 dni.", "The extract is older than the 90 days allowed."),
        _of(cases.old_extract),
        decision=_CORRECTION,
        reasons=(ReasonCode.EXTRACT_TOO_OLD,),
        findings=(*_GOOD_SHEET, *_IN_KRS, *fail(Expected.EXTRACT_AGE)),
    ),
    _scenario(
        24,
        "register_entry_after_extract",
        Text("Wpis w rejestrze po dacie odpisu", "An entry after the extract"),
        Text(
            "Odpis jest świeży, ale po jego dacie dokonano wpisu: nie wiadomo, co się zmieniło.",
            "The extract is fresh, but an entry was made after it: nobody knows what changed.",
        ),
        _of(cases.entry_since),
        decision=_CORRECTION,
        reasons=(ReasonCode.REGISTER_CHANGED_SINCE,),
        findings=(*_GOOD_PAPERS, *_IN_KRS, *fail(Expected.EXTRACT_NEWEST)),
    ),
    _scenario(
        25,
        "foundation",
        Text("Fundacja", "A foundation"),
        Text(
            "Fundacje są w rejestrze stowarzyszeń (rejestr=S). Wszystko się zgadza.",
            "Foundations are in the register of associations (rejestr=S). Everything is right.",
        ),
        _of(cases.clean, LegalForm.FOUNDATION),
        form=LegalForm.FOUNDATION,
        findings=(*_GOOD_PAPERS, *_IN_KRS, *ok(Expected.SIGNATORY)),
    ),
    _scenario(
        26,
        "psa_board_of_directors",
        Text("P.S.A. z radą dyrektorów", "A P.S.A. with a board of directors"),
        Text(
            "Zamiast zarządu prosta spółka akcyjna ma radę dyrektorów; podpisał dyrektor.",
            "Instead of a zarząd this simple joint-stock company has a board of directors; a director signed.",
        ),
        _of(cases.directors, LegalForm.PSA),
        form=LegalForm.PSA,
        findings=(*_GOOD_PAPERS, *_IN_KRS, *ok(Expected.KRS_REPRESENTATION, Expected.SIGNATORY)),
    ),
    _scenario(
        27,
        "general_partner_is_a_company",
        Text("Komplementariuszem jest spółka", "The general partner is a company"),
        Text(
            "Spółkę komandytową reprezentuje spółka z o.o.; kto podpisuje za nią, wynika z jej własnego wpisu: decyduje "
            "człowiek.",
            "A company represents this limited partnership; who signs for it follows from its own entry: a person decides.",
        ),
        _of(cases.company_as_partner, LegalForm.LIMITED_PARTNERSHIP),
        form=LegalForm.LIMITED_PARTNERSHIP,
        decision=_PERSON,
        findings=(*_GOOD_PAPERS, *_IN_KRS, *unknown(Expected.SIGNATORY)),
    ),
)

REGISTER_SCENARIOS: tuple[Scenario, ...] = (*_REPRESENTATION, *_TRADERS, *_TAX, *_OUTAGES, *_AGE_AND_FORMS)
