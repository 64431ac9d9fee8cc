# SPDX-License-Identifier: AGPL-3.0-or-later
"""Scenarios about the course of a case: what happens between the first upload and full use."""

from __future__ import annotations

from reviewer_app.contract.companies import LegalForm
from reviewer_app.contract.reasons import ReasonCode
from reviewer_app.contract.states import CompanyState
from reviewer_app.contract.text import Text
from reviewer_app.qa.scenarios import flow_cases as cases
from reviewer_app.qa.scenarios.building import CompanyMaker, simple
from reviewer_app.qa.scenarios.expected import Expected, fail, ok
from reviewer_app.qa.scenarios.model import Decision, Finding, Group, Scenario

_GOOD = ok(
    Expected.EXTRACT_NAME,
    Expected.EXTRACT_NUMBERS,
    Expected.EXTRACT_DATE,
    Expected.SHEET_NUMBER,
    Expected.SHEET_SIGNATURE,
    Expected.SHEET_STAMP,
)


def _scenario(
    name: str,
    title: Text,
    explanation: Text,
    build: CompanyMaker,
    state: CompanyState,
    *,
    decision: Decision = Decision.APPROVE,
    reasons: tuple[ReasonCode, ...] = (),
    findings: tuple[Finding, ...] = _GOOD,
) -> Scenario:
    form = LegalForm.SP_ZOO
    return Scenario(
        name,
        Group.FLOW,
        title,
        explanation,
        form,
        decision,
        simple(build, form),
        reasons=reasons,
        findings=findings,
        state=state,
    )


FLOW_SCENARIOS: tuple[Scenario, ...] = (
    _scenario(
        "approved",
        Text("Zaakceptowana, link czeka", "Approved, the link waits"),
        Text(
            "Firma jest zaakceptowana; klient ma w poczcie link do dokończenia rejestracji.",
            "The company is approved; the customer has the link to finish in the mailbox.",
        ),
        cases.approved,
        CompanyState.APPROVED,
    ),
    _scenario(
        "active",
        Text("Firma aktywna", "An active company"),
        Text(
            "Klient dokończył rejestrację i w pełni korzysta z portalu.",
            "The customer finished and uses the portal in full.",
        ),
        cases.active,
        CompanyState.ACTIVE,
    ),
    _scenario(
        "refused",
        Text("Firma z odmową", "A refused company"),
        Text(
            "Odmówiono ostatecznie; tylko przełożony może wrócić do sprawy.",
            "It was refused for good; only a supervisor can take the case up again.",
        ),
        cases.refused,
        CompanyState.REJECTED,
        decision=Decision.REJECT,
        reasons=(ReasonCode.NOT_AN_ENTREPRENEUR,),
    ),
    _scenario(
        "link_expired",
        Text("Link wygasł i został odnowiony", "The link expired and was renewed"),
        Text(
            "Link do dokończenia wygasł po siedmiu dniach; klient poprosił o nowy i dokończył rejestrację.",
            "The finishing link expired after seven days; the customer asked for a new one and finished.",
        ),
        cases.link_expired,
        CompanyState.ACTIVE,
    ),
    _scenario(
        "account_cleared",
        Text("Konto wyczyszczone", "A cleared account"),
        Text(
            "Po akceptacji klient wybrał „Wyczyść konto firmy”: dane znikają, historia zostaje.",
            "After the approval the customer chose to clear the company's account: data go, the history stays.",
        ),
        cases.cleared,
        CompanyState.CLEARED,
    ),
    _scenario(
        "withdrawn",
        Text("Zgłoszenie wycofane", "A withdrawn application"),
        Text(
            "Klient wycofał zgłoszenie, zanim je sprawdzono. Nie ma czego rozstrzygać, dopóki nie prześle go znowu.",
            "The customer took the application back before it was checked. Nothing is to be decided until it is sent again.",
        ),
        cases.withdrawn,
        CompanyState.AWAITING_AUTHORIZATION,
    ),
    _scenario(
        "resubmitted",
        Text("Poprawione i przesłane ponownie", "Corrected and sent again"),
        Text(
            "Na pierwszym upoważnieniu brakowało pieczęci; w drugiej rundzie jest.",
            "The first authorization lacked the stamp; the second round has it.",
        ),
        cases.resubmitted,
        CompanyState.PENDING_VERIFICATION,
    ),
    _scenario(
        "resubmitted_without_signature",
        Text("Przesłane ponownie, nadal bez podpisu", "Sent again, still without a signature"),
        Text(
            "Poproszono o podpis, a klient przesłał jeszcze raz to samo upoważnienie bez podpisu.",
            "A signature was asked for, and the customer sent the same unsigned authorization again.",
        ),
        cases.resubmitted_unchanged,
        CompanyState.PENDING_VERIFICATION,
        decision=Decision.REQUEST_CORRECTION,
        reasons=(ReasonCode.NOT_SIGNED,),
        findings=(*ok(Expected.SHEET_NUMBER, Expected.SHEET_STAMP), *fail(Expected.SHEET_SIGNATURE)),
    ),
    _scenario(
        "administrator_change",
        Text("Zmiana administratora", "A change of the administrator"),
        Text(
            "Aktywna firma wskazała nowego administratora; upoważnienie jest podpisane jak trzeba. Dotychczasowy pełni "
            "swoją rolę do akceptacji.",
            "An active company names a new administrator on a rightly signed authorization. The present one keeps the role "
            "until it is accepted.",
        ),
        cases.administrator_change,
        CompanyState.ACTIVE,
    ),
    _scenario(
        "administrator_change_by_candidate",
        Text(
            "Zmiana administratora podpisana przez kandydata", "A change of the administrator signed by the candidate"
        ),
        Text(
            "Nowe upoważnienie podpisał sam kandydat, a nie osoba, która reprezentuje firmę.",
            "The candidate signed the new authorization, and not those who represent the company.",
        ),
        cases.unsigned_change,
        CompanyState.ACTIVE,
        decision=Decision.REQUEST_CORRECTION,
        reasons=(ReasonCode.SIGNATORY_NOT_AUTHORIZED,),
        findings=(*ok(Expected.SHEET_NUMBER, Expected.SHEET_SIGNATURE), *fail(Expected.SIGNATORY)),
    ),
    _scenario(
        "second_administrator",
        Text("Dwóch kandydatów naraz", "Two candidates at once"),
        Text(
            "Firma ma jednego administratora: gdy jedna zmiana czeka, drugiej nie da się zgłosić.",
            "A company has one administrator: while one change waits, another cannot be asked for.",
        ),
        cases.second_administrator,
        CompanyState.ACTIVE,
    ),
)
