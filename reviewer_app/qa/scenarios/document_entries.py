# SPDX-License-Identifier: AGPL-3.0-or-later
"""What the scenarios about papers have in common."""

from __future__ import annotations

from reviewer_app.contract.companies import LegalForm
from reviewer_app.contract.reasons import ReasonCode
from reviewer_app.contract.text import Text
from reviewer_app.qa.scenarios.building import simple
from reviewer_app.qa.scenarios.document_cases import Build
from reviewer_app.qa.scenarios.expected import Expected, ok
from reviewer_app.qa.scenarios.model import Decision, Finding, Group, Scenario
from reviewer_app.qa.scenarios.register_entries import GOOD_PAPERS

UNSTAMPED = ok(Expected.SHEET_NUMBER, Expected.SHEET_SIGNATURE)


def document_scenario(
    name: str,
    title: Text,
    explanation: Text,
    build: Build,
    decision: Decision = Decision.APPROVE,
    *reasons: ReasonCode,
    findings: tuple[Finding, ...] = GOOD_PAPERS,
    joint: bool = False,
) -> Scenario:
    """Enter a scenario about the papers of a company."""
    form = LegalForm.SP_ZOO
    maker = simple(build, form, joint=joint)
    return Scenario(name, Group.DOCUMENT, title, explanation, form, decision, maker, reasons=reasons, findings=findings)
