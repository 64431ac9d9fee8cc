# SPDX-License-Identifier: AGPL-3.0-or-later
"""Scenarios about who may sign for a company, by its entry in the KRS or in CEIDG (rules 1 to 14)."""

from __future__ import annotations

from reviewer_app.contract.companies import LegalForm
from reviewer_app.contract.reasons import ReasonCode
from reviewer_app.contract.text import Text
from reviewer_app.qa.scenarios import register_cases as cases
from reviewer_app.qa.scenarios.expected import Expected, fail, ok, unknown, warn
from reviewer_app.qa.scenarios.model import Decision, Scenario
from reviewer_app.qa.scenarios.register_entries import (
    GOOD_PAPERS,
    GOOD_SHEET,
    IN_CEIDG,
    IN_KRS,
    REGISTER_CHECKS,
    made_of,
    register_scenario,
)

_APPROVE, _CORRECTION = Decision.APPROVE, Decision.REQUEST_CORRECTION
_PERSON, _REJECT = Decision.PERSON_DECIDES, Decision.REJECT

_REPRESENTATION = (
    register_scenario(
        1,
        "sole_rule_one_member",
        Text("Samodzielna reprezentacja, podpisał członek zarządu", "Sole representation, one member signs"),
        Text(
            "Każdy członek zarządu reprezentuje spółkę samodzielnie; jeden z nich podpisał. Wszystko się zgadza.",
            "Each member of the board represents the company alone; one of them signed. Everything is right.",
        ),
        made_of(cases.clean),
        findings=(*GOOD_PAPERS, *IN_KRS, *ok(Expected.KRS_REPRESENTATION, Expected.SIGNATORY)),
    ),
    register_scenario(
        2,
        "joint_rule_one_signature",
        Text("Reprezentacja łączna, jeden podpis", "Joint representation, one signature"),
        Text(
            "Potrzebne jest współdziałanie dwóch członków zarządu, a podpisał jeden.",
            "Two members of the board have to act together, and only one signed.",
        ),
        made_of(cases.one_signature, joint=True),
        decision=_CORRECTION,
        reasons=(ReasonCode.SECOND_SIGNATURE_MISSING,),
        findings=(*GOOD_PAPERS, *IN_KRS, *fail(Expected.SHEET_SECOND_SIGNATURE, Expected.SIGNATORY)),
    ),
    register_scenario(
        3,
        "joint_rule_member_with_proxy",
        Text("Reprezentacja łączna, członek zarządu z prokurentem", "Joint representation, member with a proxy"),
        Text(
            "Podpisali członek zarządu i prokurent łączny: razem reprezentują spółkę.",
            "A member of the board and a joint proxy (prokurent) signed: together they represent the company.",
        ),
        made_of(cases.member_with_proxy, joint=True),
        findings=(*GOOD_PAPERS, *IN_KRS, *ok(Expected.SHEET_SECOND_SIGNATURE, Expected.SIGNATORY)),
    ),
    register_scenario(
        4,
        "joint_rule_board_of_one",
        Text("Reprezentacja łączna, zarząd jednoosobowy", "Joint representation, a board of one"),
        Text(
            "Umowa wymaga dwóch członków zarządu, ale w rejestrze jest tylko jeden: działa sam. Warto dodać notatkę.",
            "The articles ask for two members, but the register has only one, who acts alone. Leave a note.",
        ),
        made_of(cases.board_of_one, joint=True),
        findings=(*GOOD_PAPERS, *IN_KRS, *ok(Expected.SIGNATORY), *warn(Expected.KRS_REPRESENTATION)),
    ),
    register_scenario(
        5,
        "value_limited_rule",
        Text("Reprezentacja zależna od wartości", "Representation limited by value"),
        Text(
            "Do 25 000 zł każdy członek zarządu działa sam, powyżej dwóch razem. Upoważnienie nie ma wartości: decyduje "
            "człowiek.",
            "Up to PLN 25,000 each member acts alone, above it two together. An authorization has no value: a person decides.",
        ),
        made_of(cases.value_rule, joint=True),
        decision=_PERSON,
        findings=(*GOOD_PAPERS, *IN_KRS, *unknown(Expected.KRS_REPRESENTATION, Expected.SIGNATORY)),
    ),
    register_scenario(
        6,
        "signatory_not_on_register",
        Text("Podpisujący nie figuruje w rejestrze", "The signatory is not on the register"),
        Text(
            "Podpisała osoba, której nie ma ani na odpisie, ani w rejestrze. Poproś o dowód, na przykład uchwałę o powołaniu.",
            "Somebody signed who is neither on the extract nor on the register. Ask for proof, such as the resolution.",
        ),
        made_of(cases.stranger),
        decision=_CORRECTION,
        reasons=(ReasonCode.SIGNATORY_NOT_AUTHORIZED,),
        findings=(*GOOD_PAPERS, *IN_KRS, *fail(Expected.SIGNATORY)),
    ),
    register_scenario(
        7,
        "suspended_member_signs",
        Text("Podpisał zawieszony członek zarządu", "A suspended member signs"),
        Text(
            "Członek zarządu, który podpisał, jest w rejestrze zawieszony w czynnościach.",
            "The member of the board who signed is suspended on the register.",
        ),
        made_of(cases.suspended_member),
        decision=_CORRECTION,
        reasons=(ReasonCode.SIGNATORY_SUSPENDED,),
        findings=(*GOOD_PAPERS, *IN_KRS, *fail(Expected.SIGNATORY)),
    ),
    register_scenario(
        8,
        "in_liquidation_liquidator_signs",
        Text("Spółka w likwidacji, podpisał likwidator", "In liquidation, the liquidator signs"),
        Text(
            "Likwidator reprezentuje spółkę i podpisał. Czy sprzedawać spółce w likwidacji, decyduje człowiek.",
            "The liquidator represents the company and signed. Whether to sell to a company in liquidation is for a person.",
        ),
        cases.liquidator_signs,
        decision=_PERSON,
        findings=(*GOOD_PAPERS, *ok(Expected.SIGNATORY, *REGISTER_CHECKS), *warn(Expected.KRS)),
    ),
    register_scenario(
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
        findings=(
            *GOOD_PAPERS,
            *ok(*REGISTER_CHECKS),
            *warn(Expected.KRS),
            *fail(Expected.SIGNATORY),
        ),
    ),
    register_scenario(
        9,
        "struck_off",
        Text("Podmiot wykreślony z KRS", "Struck off the KRS"),
        Text(
            "Odpis jest jeszcze poprawny, ale rejestr odpowiada już pustą treścią: podmiot wykreślono.",
            "The extract still looks right, but the register answers with an empty body: the entity was struck off.",
        ),
        made_of(cases.struck_off),
        decision=_REJECT,
        reasons=(ReasonCode.ENTITY_STRUCK_OFF,),
        findings=(*GOOD_PAPERS, *fail(Expected.KRS, Expected.VAT, Expected.BANK_ACCOUNT)),
    ),
)

_TRADERS = (
    register_scenario(
        10,
        "sole_trader_owner_signs",
        Text("Działalność aktywna, podpisał właściciel", "Active sole trader, the owner signs"),
        Text(
            "Wpis w CEIDG jest aktywny, właściciel podpisał sam. Wszystko się zgadza.",
            "The CEIDG entry is active and the owner signed. Everything is right.",
        ),
        made_of(cases.clean, LegalForm.SOLE_PROPRIETORSHIP),
        form=LegalForm.SOLE_PROPRIETORSHIP,
        findings=(*GOOD_PAPERS, *IN_CEIDG, *ok(Expected.SIGNATORY)),
    ),
    register_scenario(
        11,
        "sole_trader_suspended",
        Text("Działalność zawieszona", "Suspended sole trader"),
        Text(
            "CEIDG podaje status ZAWIESZONY. Zawieszenie można cofnąć z dnia na dzień: decyduje człowiek.",
            "CEIDG says ZAWIESZONY (suspended). A suspension can be lifted overnight: a person decides.",
        ),
        made_of(cases.suspended_trader, LegalForm.SOLE_PROPRIETORSHIP),
        form=LegalForm.SOLE_PROPRIETORSHIP,
        decision=_PERSON,
        findings=(*GOOD_PAPERS, *ok(Expected.SIGNATORY), *warn(Expected.CEIDG)),
    ),
    register_scenario(
        12,
        "ceidg_two_records",
        Text("Dwa wpisy w CEIDG", "Two CEIDG records"),
        Text(
            "Pod jednym numerem NIP są dwa wpisy, dawny wykreślony i obecny aktywny. Liczy się aktywny.",
            "One NIP has two records, an old one struck off and the present one, active. The active one counts.",
        ),
        made_of(cases.two_records, LegalForm.SOLE_PROPRIETORSHIP),
        form=LegalForm.SOLE_PROPRIETORSHIP,
        findings=(*GOOD_PAPERS, *IN_CEIDG, *ok(Expected.SIGNATORY)),
    ),
    register_scenario(
        13,
        "owner_is_not_signatory",
        Text("Podpisał ktoś inny niż właściciel", "Somebody other than the owner signs"),
        Text(
            "Za przedsiębiorcę podpisała inna osoba, bez pełnomocnictwa.",
            "Another person signed for the sole trader, without a power of attorney.",
        ),
        made_of(cases.stranger, LegalForm.SOLE_PROPRIETORSHIP),
        form=LegalForm.SOLE_PROPRIETORSHIP,
        decision=_CORRECTION,
        reasons=(ReasonCode.SIGNATORY_NOT_AUTHORIZED,),
        findings=(*GOOD_PAPERS, *IN_CEIDG, *fail(Expected.SIGNATORY)),
    ),
    register_scenario(
        14,
        "civil_partnership",
        Text("Spółka cywilna", "Civil partnership"),
        Text(
            "Każdy wspólnik ma własny wpis w CEIDG, spółka ma własny NIP i REGON. Kto podpisuje, określa umowa: decyduje "
            "człowiek.",
            "Each partner has a CEIDG entry, the partnership its own NIP and REGON. Who signs is in the agreement: a person "
            "decides.",
        ),
        made_of(cases.partners, LegalForm.CIVIL_PARTNERSHIP),
        form=LegalForm.CIVIL_PARTNERSHIP,
        decision=_PERSON,
        findings=(*GOOD_SHEET, *IN_CEIDG, *unknown(Expected.SIGNATORY)),
    ),
)


REPRESENTATION_SCENARIOS: tuple[Scenario, ...] = (*_REPRESENTATION, *_TRADERS)
