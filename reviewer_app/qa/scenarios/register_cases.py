# SPDX-License-Identifier: AGPL-3.0-or-later
"""Makers of the cases about registers and representation: each changes one thing of a case in which all is right."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from random import Random

from reviewer_app.contract.companies import LegalForm
from reviewer_app.qa.register_truth import KrsAbsence, Outage, RegisterTruth, ceidg_record, truth_of, vat_subject
from reviewer_app.qa.scenarios.building import Signing, case_of, company_of, extract_paper
from reviewer_app.qa.scenarios.model import Act, CaseOrder, ScenarioCase, Step
from reviewer_app.qa.synthetic_companies import JOINT_RULE, SyntheticCompany, make_person

VALUE_RULE = (
    "DO WARTOŚCI 25.000,00 ZŁ KAŻDY CZŁONEK ZARZĄDU SAMODZIELNIE, POWYŻEJ TEJ WARTOŚCI WYMAGANE JEST WSPÓŁDZIAŁANIE "
    "DWÓCH CZŁONKÓW ZARZĄDU."
)
DIRECTORS_RULE = "DO SKŁADANIA OŚWIADCZEŃ W IMIENIU SPÓŁKI UPOWAŻNIONY JEST KAŻDY Z DYREKTORÓW SAMODZIELNIE."


def _people(order: CaseOrder) -> Random:
    return Random(f"people {order.scenario} {order.seed}")  # noqa: S311 - data for tests, the same each time


def clean(order: CaseOrder, company: SyntheticCompany) -> ScenarioCase:
    return case_of(order, company)


def one_signature(order: CaseOrder, company: SyntheticCompany) -> ScenarioCase:
    return case_of(order, company, signing=Signing((company.representatives[0].name,)))


def member_with_proxy(order: CaseOrder, company: SyntheticCompany) -> ScenarioCase:
    proxy = make_person(_people(order), "PROKURA ŁĄCZNA")
    company = replace(company, proxies=(proxy,))
    return case_of(order, company, signing=Signing((company.representatives[0].name, proxy.name)))


def board_of_one(order: CaseOrder, company: SyntheticCompany) -> ScenarioCase:
    alone = replace(company, rule=JOINT_RULE, representatives=company.representatives[:1], proxies=())
    return case_of(order, alone, signing=Signing((alone.representatives[0].name,)))


def value_rule(order: CaseOrder, company: SyntheticCompany) -> ScenarioCase:
    limited = replace(company, rule=VALUE_RULE)
    return case_of(order, limited, signing=Signing((limited.representatives[0].name,)))


def stranger(order: CaseOrder, company: SyntheticCompany) -> ScenarioCase:
    return case_of(order, company, signing=Signing((make_person(_people(order), "").name,)))


def suspended_member(order: CaseOrder, company: SyntheticCompany) -> ScenarioCase:
    first, *others = company.representatives
    company = replace(company, representatives=(replace(first, suspended=True), *others))
    return case_of(order, company, signing=Signing((first.name,)))


def _liquidation(order: CaseOrder, *, by_liquidator: bool) -> ScenarioCase:
    company = company_of(order)
    liquidator = make_person(_people(order), "LIKWIDATOR")
    in_liquidation = replace(
        company,
        name=f"{company.name} w likwidacji",
        liquidation_on=company.last_entry_on,
        liquidators=(liquidator,),
    )
    signs = liquidator if by_liquidator else company.representatives[0]
    return case_of(order, in_liquidation, signing=Signing((signs.name,)))


def liquidator_signs(order: CaseOrder) -> ScenarioCase:
    return _liquidation(order, by_liquidator=True)


def former_board_signs(order: CaseOrder) -> ScenarioCase:
    return _liquidation(order, by_liquidator=False)


def struck_off(order: CaseOrder, company: SyntheticCompany) -> ScenarioCase:
    truth = RegisterTruth(
        krs={company.krs: KrsAbsence.STRUCK_OFF},
        vat={company.nip: vat_subject(company, statusVat="Niezarejestrowany", accountNumbers=[])},
    )
    return case_of(order, company, registers=truth)


def suspended_trader(order: CaseOrder, company: SyntheticCompany) -> ScenarioCase:
    owner = company.representatives[0]
    record = ceidg_record(company, owner, company.nip, company.regon, status="ZAWIESZONY")
    return case_of(order, company, registers=RegisterTruth(ceidg={company.nip: (record,)}))


def two_records(order: CaseOrder, company: SyntheticCompany) -> ScenarioCase:
    owner = company.representatives[0]
    older = ceidg_record(
        company,
        owner,
        company.nip,
        company.regon,
        id=f"99900001-0000-4000-8000-{company.nip:0>12}",
        nazwa=f"Usługi {owner.name}",
        status="WYKRESLONY",
        dataRozpoczecia=(company.registered_on - timedelta(days=900)).isoformat(),
    )
    active = ceidg_record(company, owner, company.nip, company.regon)
    return case_of(order, company, registers=RegisterTruth(ceidg={company.nip: (older, active)}))


def partners(order: CaseOrder, company: SyntheticCompany) -> ScenarioCase:
    printouts = [
        extract_paper(company, order, name=f"printout_{number}", person=number - 1)
        for number in range(1, len(company.representatives) + 1)
    ]
    return case_of(
        order, company, extract=printouts, signing=Signing(tuple(one.name for one in company.representatives))
    )


def _vat(order: CaseOrder, company: SyntheticCompany, **changed: object) -> ScenarioCase:
    subject = vat_subject(company, **changed)
    return case_of(order, company, registers=RegisterTruth(vat={company.nip: subject}))


def vat_removed(order: CaseOrder, company: SyntheticCompany) -> ScenarioCase:
    removed = company.last_entry_on + timedelta(days=20)
    return _vat(
        order,
        company,
        statusVat="Niezarejestrowany",
        accountNumbers=[],
        removalDate=removed.isoformat(),
        removalBasis="Ustawa o podatku od towarów i usług, art. 96 ust. 9 pkt 2",
    )


def vat_exempt(order: CaseOrder, company: SyntheticCompany) -> ScenarioCase:
    return _vat(order, company, statusVat="Zwolniony")


def not_on_vat_list(order: CaseOrder, company: SyntheticCompany) -> ScenarioCase:
    return case_of(order, company, registers=RegisterTruth(vat={company.nip: None}))


def other_account(order: CaseOrder, company: SyntheticCompany) -> ScenarioCase:
    return _vat(order, company, accountNumbers=[company_of(order, salt=1).bank_account])


def other_name(order: CaseOrder, company: SyntheticCompany) -> ScenarioCase:
    entered = replace(company, name=company_of(order, salt=1).name)
    return case_of(order, company, extract=[extract_paper(entered, order)], registers=truth_of(entered, day=order.day))


def other_seat(order: CaseOrder, company: SyntheticCompany) -> ScenarioCase:
    entered = replace(company, seat=company_of(order, salt=1).seat)
    return case_of(order, company, extract=[extract_paper(entered, order)], registers=truth_of(entered, day=order.day))


def _same_nip(order: CaseOrder, *, active: bool) -> ScenarioCase:
    company = company_of(order)
    first = replace(company_of(order, salt=1), nip=company.nip, krs=company.krs, regon=company.regon, name=company.name)
    earlier = case_of(order, first)
    if active:
        finish = (Step(Act.DECIDE, {"outcome": "approve"}), Step(Act.FINISH, {"choice": "proceed"}))
        earlier = replace(earlier, steps=(*earlier.steps, *finish))
    return case_of(order, company, earlier=(earlier,))


def same_nip_pending(order: CaseOrder) -> ScenarioCase:
    return _same_nip(order, active=False)


def same_nip_active(order: CaseOrder) -> ScenarioCase:
    return _same_nip(order, active=True)


def _outage(order: CaseOrder, company: SyntheticCompany, *outages: Outage) -> ScenarioCase:
    """Let the KRS or CEIDG, the VAT list and VIES fail, in this order; one outage stands for all."""
    register, vat, vies = outages if len(outages) == 3 else outages * 3
    truth = RegisterTruth(
        krs={company.krs: register} if company.krs else {},
        ceidg={} if company.krs else {company.nip: register},
        vat={company.nip: vat},
        vies={company.nip: vies},
    )
    return case_of(order, company, registers=truth)


def broken(order: CaseOrder, company: SyntheticCompany) -> ScenarioCase:
    return _outage(order, company, Outage.SERVER_ERROR)


def silent(order: CaseOrder, company: SyntheticCompany) -> ScenarioCase:
    return _outage(order, company, Outage.SILENT)


def garbled(order: CaseOrder, company: SyntheticCompany) -> ScenarioCase:
    return _outage(order, company, Outage.GARBLED)


def limited(order: CaseOrder, company: SyntheticCompany) -> ScenarioCase:
    return _outage(order, company, Outage.TOO_MANY_REQUESTS, Outage.BLOCKED_FOR_THE_DAY, Outage.TOO_MANY_REQUESTS)


def refused_token(order: CaseOrder, company: SyntheticCompany) -> ScenarioCase:
    truth = RegisterTruth(ceidg={company.nip: Outage.UNAUTHORIZED})
    return case_of(order, company, registers=truth)


def old_extract(order: CaseOrder, company: SyntheticCompany) -> ScenarioCase:
    return case_of(order, company, extract=[extract_paper(company, order, days_old=120)])


def entry_since(order: CaseOrder, company: SyntheticCompany) -> ScenarioCase:
    since = replace(company, last_entry_on=order.day - timedelta(days=5), entry_number=company.entry_number + 1)
    printed = extract_paper(company, order, days_old=30)
    return case_of(order, company, extract=[printed], registers=truth_of(since, day=order.day))


def directors(order: CaseOrder, company: SyntheticCompany) -> ScenarioCase:
    directors = tuple(replace(one, function="DYREKTOR") for one in company.representatives)
    return case_of(
        order, replace(company, organ="RADA DYREKTORÓW", rule=DIRECTORS_RULE, representatives=directors, proxies=())
    )


def company_as_partner(order: CaseOrder, company: SyntheticCompany) -> ScenarioCase:
    general = company_of(order, LegalForm.SP_ZOO, salt=1)
    partner = replace(
        company.representatives[0],
        first_name="",
        second_name="",
        last_name=general.name,
        pesel="",
        nip=general.nip,
        regon=general.regon,
        krs=general.krs,
    )
    limited = replace(company, name=f"{general.name} spółka komandytowa", representatives=(partner,))
    return case_of(
        order,
        limited,
        signing=Signing((general.representatives[0].name,)),
        registers=truth_of(general, day=order.day),
    )
