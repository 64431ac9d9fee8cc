# SPDX-License-Identifier: AGPL-3.0-or-later
"""Makers of the cases about the course of a case."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta
from random import Random

from reviewer_app.contract.reasons import ReasonCode
from reviewer_app.contract.states import DocumentKind, Outcome, Verdict
from reviewer_app.qa.filling_in import Marks
from reviewer_app.qa.scenarios.building import Signing, case_of, signed_paper
from reviewer_app.qa.scenarios.model import Act, AnyPaper, CaseOrder, ScenarioCase, SignedPaper, Step
from reviewer_app.qa.synthetic_companies import SyntheticCompany, SyntheticPerson, make_person

_CHANGE, _CHANGE_SHEET = "change_authorization", "change_sheet"
_APPROVE = Step(Act.DECIDE, {"outcome": Outcome.APPROVE.value})
_PROCEED = Step(Act.FINISH, {"choice": "proceed"})
LINK_DAYS = 7
"""For how long a finishing link works."""


def approved(order: CaseOrder, company: SyntheticCompany) -> ScenarioCase:
    """Stop where staff approved and the link is in the customer's mailbox."""
    return _with(case_of(order, company), _APPROVE)


def active(order: CaseOrder, company: SyntheticCompany) -> ScenarioCase:
    """Go the whole way."""
    return _with(case_of(order, company), _APPROVE, _PROCEED)


def link_expired(order: CaseOrder, company: SyntheticCompany) -> ScenarioCase:
    """Let the finishing link expire, and renew it."""
    late = Step(Act.SHIFT_CLOCK, {"seconds": int(timedelta(days=LINK_DAYS, hours=1).total_seconds())})
    return _with(
        case_of(order, company),
        _APPROVE,
        late,
        replace(_PROCEED, refused="link_expired"),
        Step(Act.NEW_COMPLETION_LINK),
        _PROCEED,
    )


def cleared(order: CaseOrder, company: SyntheticCompany) -> ScenarioCase:
    """Choose to clear the account at the end."""
    return _with(case_of(order, company), _APPROVE, Step(Act.FINISH, {"choice": "clear"}))


def withdrawn(order: CaseOrder, company: SyntheticCompany) -> ScenarioCase:
    """Take the application back while it waits."""
    return _with(case_of(order, company), Step(Act.WITHDRAW))


def refused(order: CaseOrder, company: SyntheticCompany) -> ScenarioCase:
    """Be refused for good."""
    refusal = Step(Act.DECIDE, {"outcome": Outcome.REJECT.value, "reasons": [ReasonCode.NOT_AN_ENTREPRENEUR.value]})
    return _with(case_of(order, company), refusal)


def resubmitted(order: CaseOrder, company: SyntheticCompany) -> ScenarioCase:
    """Forget the stamp, be asked for it, and send the sheet again."""
    unstamped = signed_paper(company, order, Signing(marks=Marks(stamped=False)))
    stamped = signed_paper(company, order, name="stamped_authorization")
    return _corrected(order, company, unstamped, stamped, ReasonCode.STAMP_MISSING)


def resubmitted_unchanged(order: CaseOrder, company: SyntheticCompany) -> ScenarioCase:
    """Be asked for a signature, and send the same sheet without one again."""
    unsigned = signed_paper(company, order, Signing(marks=Marks(signed=False)))
    again = signed_paper(company, order, Signing(marks=Marks(signed=False)), name="same_authorization")
    return _corrected(order, company, unsigned, again, ReasonCode.NOT_SIGNED)


def administrator_change(order: CaseOrder, company: SyntheticCompany) -> ScenarioCase:
    """Name another administrator of an active company, with a good authorization."""
    return _changing(order, company)


def second_administrator(order: CaseOrder, company: SyntheticCompany) -> ScenarioCase:
    """Try for two new administrators at once."""
    case = _changing(order, company)
    clerk = make_person(Random(f"clerk {order.seed}"), "")  # noqa: S311 - data for tests, the same each time
    further = (
        Step(Act.INVITE, {"person": "clerk"}),
        Step(Act.PROPOSE_ADMINISTRATOR, {"person": "clerk"}, refused="change_open"),
    )
    return replace(_with(case, *further), people={**case.people, "clerk": clerk})


def unsigned_change(order: CaseOrder, company: SyntheticCompany) -> ScenarioCase:
    """Name another administrator on a sheet that the candidate signed for themselves."""
    candidate = _candidate(order)
    return _changing(order, company, Signing((candidate.name,)))


def _changing(order: CaseOrder, company: SyntheticCompany, signing: Signing | None = None) -> ScenarioCase:
    case = active(order, company)
    sheet = signed_paper(company, order, signing, name=_CHANGE, sheet=_CHANGE_SHEET)
    steps = (
        Step(Act.INVITE, {"person": "successor"}),
        Step(Act.PROPOSE_ADMINISTRATOR, {"person": "successor"}),
        Step(Act.DOWNLOAD_CHANGE_AUTHORIZATION, {"sheet": _CHANGE_SHEET}),
        Step(Act.UPLOAD_CHANGE_AUTHORIZATION, {"paper": _CHANGE, "sheet": _CHANGE_SHEET}),
        Step(Act.SUBMIT_CHANGE),
    )
    return replace(_with(case, *steps), papers=(*case.papers, sheet), people={"successor": _candidate(order)})


def _candidate(order: CaseOrder) -> SyntheticPerson:
    return make_person(Random(f"successor {order.seed}"), "")  # noqa: S311 - data for tests, the same each time


def _corrected(
    order: CaseOrder, company: SyntheticCompany, first: SignedPaper, second: SignedPaper, reason: ReasonCode
) -> ScenarioCase:
    case = case_of(order, company, authorization=first)
    asked = {
        DocumentKind.AUTHORIZATION.value: {"verdict": Verdict.NEEDS_REPLACEMENT.value, "reasons": [reason.value]},
        DocumentKind.REGISTRY_EXTRACT.value: {"verdict": Verdict.ACCEPTED.value},
    }
    again = Step(Act.UPLOAD, {"paper": second.name, "sheet": second.sheet})
    correction = Step(Act.DECIDE, {"outcome": Outcome.REQUEST_CORRECTION.value, "verdicts": asked})
    papers: Sequence[AnyPaper] = (*case.papers, second)
    return replace(_with(case, correction, again, Step(Act.SUBMIT)), papers=tuple(papers))


def _with(case: ScenarioCase, *steps: Step) -> ScenarioCase:
    return replace(case, steps=(*case.steps, *steps))
