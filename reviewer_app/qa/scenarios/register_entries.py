# SPDX-License-Identifier: AGPL-3.0-or-later
"""What the scenarios about registers have in common."""

from __future__ import annotations

from reviewer_app.contract.companies import LegalForm
from reviewer_app.contract.reasons import ReasonCode
from reviewer_app.contract.text import Text
from reviewer_app.qa.scenarios.building import CompanyMaker, simple
from reviewer_app.qa.scenarios.expected import Expected, ok
from reviewer_app.qa.scenarios.model import Decision, Finding, Group, Maker, Scenario

REGISTER_CHECKS = (Expected.VAT, Expected.BANK_ACCOUNT, Expected.VIES)
GOOD_EXTRACT = ok(Expected.EXTRACT_NAME, Expected.EXTRACT_NUMBERS, Expected.EXTRACT_SEAT, Expected.EXTRACT_DATE)
GOOD_SHEET = ok(Expected.SHEET_NUMBER, Expected.SHEET_SIGNATURE, Expected.SHEET_STAMP)
GOOD_PAPERS = (*GOOD_EXTRACT, *GOOD_SHEET)
IN_KRS = ok(Expected.KRS, *REGISTER_CHECKS)
IN_CEIDG = ok(Expected.CEIDG, *REGISTER_CHECKS)


def register_scenario(
    rule: int,
    name: str,
    title: Text,
    explanation: Text,
    maker: Maker,
    *,
    form: LegalForm = LegalForm.SP_ZOO,
    decision: Decision = Decision.APPROVE,
    reasons: tuple[ReasonCode, ...] = (),
    findings: tuple[Finding, ...],
) -> Scenario:
    """Enter a scenario under the number of its rule."""
    return Scenario(
        name, Group.REGISTER, title, explanation, form, decision, maker, reasons=reasons, findings=findings, rule=rule
    )


def made_of(build: CompanyMaker, form: LegalForm = LegalForm.SP_ZOO, *, joint: bool = False) -> Maker:
    """Make it of a company of a form."""
    return simple(build, form, joint=joint)
