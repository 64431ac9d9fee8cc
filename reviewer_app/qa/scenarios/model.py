# SPDX-License-Identifier: AGPL-3.0-or-later
"""The shape of a scenario and of the case that it makes."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Any

from reviewer_app.contract.companies import LegalForm
from reviewer_app.contract.reasons import ReasonCode
from reviewer_app.contract.staff import CheckStatus
from reviewer_app.contract.states import CompanyState, DocumentKind
from reviewer_app.contract.text import Text
from reviewer_app.documents.authorization_sheet import Variant
from reviewer_app.documents.errors import RefusalCode
from reviewer_app.qa.register_truth import DEFAULT_DAY, RegisterTruth
from reviewer_app.qa.synthetic_companies import SyntheticCompany, SyntheticPerson
from reviewer_app.qa.truth import DocumentTruth

LARGEST_SEED = 2**31 - 1


class Group(StrEnum):
    """What a scenario is about."""

    REGISTER = "register"
    DOCUMENT = "document"
    FLOW = "flow"


GROUP_TITLES: Mapping[Group, Text] = {
    Group.REGISTER: Text("Rejestry i reprezentacja", "Registers and representation"),
    Group.DOCUMENT: Text("Dokumenty", "Documents"),
    Group.FLOW: Text("Przebieg sprawy", "The course of a case"),
}


class Decision(StrEnum):
    """What a careful reviewer does. ``person_decides``: nothing known here settles it, and any outcome may be right."""

    APPROVE = "approve"
    REQUEST_CORRECTION = "request_correction"
    REJECT = "reject"
    PERSON_DECIDES = "person_decides"


DECISION_TEXTS: Mapping[Decision, Text] = {
    Decision.APPROVE: Text("Zaakceptować", "Approve"),
    Decision.REQUEST_CORRECTION: Text("Poprosić o poprawienie", "Ask for a correction"),
    Decision.REJECT: Text("Odmówić", "Refuse"),
    Decision.PERSON_DECIDES: Text("Decyduje człowiek", "A person decides"),
}

_END_STATES = {
    Decision.APPROVE: CompanyState.APPROVED,
    Decision.REQUEST_CORRECTION: CompanyState.CORRECTION_REQUESTED,
    Decision.REJECT: CompanyState.REJECTED,
    Decision.PERSON_DECIDES: CompanyState.PENDING_VERIFICATION,
}


@dataclass(frozen=True, slots=True)
class Finding:
    """What an automatic check ought to say of the case. ``check`` is its code; many of those checks come later."""

    check: str
    status: CheckStatus


class Act(StrEnum):
    """What happens in a step, with the arguments that it takes.

    As the customer: `REGISTER` (sign up, activate, sign in), `DECLARE` (the company as in ``case.company``),
    `UPLOAD` paper [, sheet], `DOWNLOAD_AUTHORIZATION` sheet, variant, `CHANGE_COMPANY` fields, `SUBMIT`, `WITHDRAW`,
    `FINISH` choice, `INVITE` person, `PROPOSE_ADMINISTRATOR` person, `DOWNLOAD_CHANGE_AUTHORIZATION` sheet,
    `UPLOAD_CHANGE_AUTHORIZATION` paper, sheet, `SUBMIT_CHANGE`, `NEW_COMPLETION_LINK`.
    As staff: `DECIDE` outcome, verdicts, reasons. Besides: `SHIFT_CLOCK` seconds.
    """

    REGISTER = "register"
    DECLARE = "declare"
    UPLOAD = "upload"
    DOWNLOAD_AUTHORIZATION = "download_authorization"
    CHANGE_COMPANY = "change_company"
    SUBMIT = "submit"
    WITHDRAW = "withdraw"
    FINISH = "finish"
    NEW_COMPLETION_LINK = "new_completion_link"
    INVITE = "invite"
    PROPOSE_ADMINISTRATOR = "propose_administrator"
    DOWNLOAD_CHANGE_AUTHORIZATION = "download_change_authorization"
    UPLOAD_CHANGE_AUTHORIZATION = "upload_change_authorization"
    SUBMIT_CHANGE = "submit_change"
    DECIDE = "decide"
    SHIFT_CLOCK = "shift_clock"


@dataclass(frozen=True, slots=True)
class Step:
    """One step of the way to the case. ``refused``: the problem code with which the server must refuse it."""

    act: Act
    arguments: Mapping[str, Any] = field(default_factory=dict)
    refused: str = ""


@dataclass(frozen=True, slots=True)
class Paper:
    """A file as the customer uploads it.

    ``name`` is how steps call it. ``media_type`` is that of the content, whatever ``file_name`` says. ``refused``: the
    code with which the inspection must refuse it, None when it is taken.
    """

    name: str
    kind: DocumentKind
    file_name: str
    data: bytes = field(repr=False)
    media_type: str
    truth: DocumentTruth
    refused: RefusalCode | None = None


@dataclass(frozen=True, slots=True)
class SignedPaper:
    """The authorization, whose file can only be made from the sheet that the server gives for this company.

    ``sign`` takes the bytes of that PDF and gives the paper. ``sheet`` and ``variant`` say which download it is made from.
    """

    name: str
    sign: Callable[[bytes], Paper] = field(repr=False)
    variant: Variant = Variant.NOT_REGISTERED
    sheet: str = "sheet"
    kind: DocumentKind = DocumentKind.AUTHORIZATION


AnyPaper = Paper | SignedPaper


@dataclass(frozen=True, slots=True)
class ScenarioCase:
    """Everything that one case needs. ``company`` is what the customer declares; papers and registers may say otherwise.

    ``earlier`` are cases of other companies that have to be there before this one; they take their own steps first.
    ``people`` are employees whom steps name.
    """

    scenario: str
    seed: int
    company: SyntheticCompany
    papers: tuple[AnyPaper, ...]
    registers: RegisterTruth
    steps: tuple[Step, ...]
    earlier: tuple[ScenarioCase, ...] = ()
    people: Mapping[str, SyntheticPerson] = field(default_factory=dict)

    @property
    def administrator(self) -> SyntheticPerson:
        """The person who registers the company."""
        return self.company.administrator

    def paper(self, name: str) -> AnyPaper:
        """Give a paper by its name. Raises KeyError when the case has none of that name."""
        for paper in self.papers:
            if paper.name == name:
                return paper
        raise KeyError(name)


@dataclass(frozen=True, slots=True)
class CaseOrder:
    """Which case is wanted. Papers are dated shortly before ``day``, which is today by the bench's clock.

    ``slot`` is the scenario's place in the catalogue; it keeps the numbers of its companies apart from those of others.
    """

    scenario: str
    slot: int
    seed: int
    day: date = DEFAULT_DAY


Maker = Callable[[CaseOrder], ScenarioCase]


@dataclass(frozen=True, slots=True)
class Scenario:
    """One entry of the catalogue.

    ``state`` is where the company stands when the steps are done. ``decision`` is the right one for the case that then
    waits for staff or, when the steps took it past its decision, the one that was right. ``reasons`` are the codes that
    belong to the decision. ``rule`` is the number of the rule's scenario in the list of those that every rule has to be
    tried on, 0 for others. ``slot`` is given by the catalogue.
    """

    name: str
    group: Group
    title: Text
    explanation: Text
    legal_form: LegalForm
    decision: Decision
    maker: Maker = field(repr=False)
    reasons: tuple[ReasonCode, ...] = ()
    findings: tuple[Finding, ...] = ()
    state: CompanyState = CompanyState.PENDING_VERIFICATION
    rule: int = 0
    slot: int = 0

    def make(self, seed: int, *, day: date = DEFAULT_DAY) -> ScenarioCase:
        """Make the case as of a day. The same seed and day give the same bytes.

        Raises:
            SeedOutOfRangeError: not from 0 to `LARGEST_SEED`.
        """
        if not 0 <= seed <= LARGEST_SEED:
            raise SeedOutOfRangeError(seed)
        return self.maker(CaseOrder(self.name, self.slot, seed, day))

    @property
    def end_state(self) -> CompanyState:
        """Where the company stands after the right decision."""
        waits = self.state is CompanyState.PENDING_VERIFICATION
        return _END_STATES[self.decision] if waits else self.state


class SeedOutOfRangeError(ValueError):
    """A seed that the catalogue does not take."""

    def __init__(self, seed: int) -> None:
        super().__init__(f"seed {seed} is not from 0 to {LARGEST_SEED}")
        self.seed = seed


class UnknownScenarioError(KeyError):
    """A name that the catalogue does not have."""

    def __init__(self, name: str) -> None:
        super().__init__(name)
        self.name = name

    def __str__(self) -> str:
        return f"there is no scenario called {self.name!r}"
