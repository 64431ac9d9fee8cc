# SPDX-License-Identifier: AGPL-3.0-or-later
"""What can be done to a company at the touch of a button: as its customer, as a second reviewer, or by time running out."""

from __future__ import annotations

import random
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date, timedelta

from reviewer_app.contract.bench import SECOND_REVIEWER, BenchAction, KnownCase
from reviewer_app.contract.companies import LegalForm
from reviewer_app.contract.customer import CompanyRequest
from reviewer_app.contract.reasons import ReasonCode
from reviewer_app.contract.states import CompanyState, DocumentKind, Outcome, Verdict
from reviewer_app.documents.authorization_sheet import Variant
from reviewer_app.qa.bench.parts import Desk, Floor
from reviewer_app.qa.bench.playing import given_truth
from reviewer_app.qa.printouts import register_printout
from reviewer_app.qa.scans import Marks, ScanQuality, scanner, signed_scan
from reviewer_app.qa.scenarios import SCENARIOS, ScenarioCase
from reviewer_app.qa.scenarios.building import sheet_values
from reviewer_app.qa.specimens import signatory_of
from reviewer_app.qa.synthetic_companies import SyntheticCompany, make_company
from reviewer_app.qa.typesetting import Printed

_ENTERING = (
    BenchAction.UPLOAD_AGAIN,
    BenchAction.SUBMIT,
    BenchAction.CHANGE_PHONE,
    BenchAction.CHANGE_NAME,
)
_BY_STATE: Mapping[CompanyState, tuple[BenchAction, ...]] = {
    CompanyState.COLLECTING: (BenchAction.UPLOAD_AGAIN, BenchAction.CHANGE_PHONE, BenchAction.CHANGE_NAME),
    CompanyState.AWAITING_AUTHORIZATION: _ENTERING,
    CompanyState.CORRECTION_REQUESTED: _ENTERING,
    CompanyState.PENDING_VERIFICATION: (
        BenchAction.UPLOAD_AGAIN,
        BenchAction.WITHDRAW,
        BenchAction.CHANGE_PHONE,
        BenchAction.CHANGE_NAME,
        BenchAction.SECOND_CLAIMS,
        BenchAction.SECOND_APPROVES,
        BenchAction.SECOND_ASKS_CORRECTION,
    ),
    CompanyState.APPROVED: (
        BenchAction.EXPIRE_LINK,
        BenchAction.NEW_LINK,
        BenchAction.FINISH,
        BenchAction.CLEAR,
    ),
    CompanyState.ACTIVE: (BenchAction.LEAVE,),
}
_PAPERS_AGE = timedelta(days=2)


def possible_actions(known: KnownCase) -> tuple[BenchAction, ...]:
    """Name the actions that the company's state lets pass."""
    actions = _BY_STATE.get(known.state, ())
    if known.holder == SECOND_REVIEWER:
        actions = (*(one for one in actions if one is not BenchAction.SECOND_CLAIMS), BenchAction.SECOND_RELEASES)
    return (*actions, BenchAction.EXPIRE_LEASE) if known.holder else actions


class Actor:
    """Acts on one company."""

    def __init__(self, floor: Floor, known: KnownCase, today: date) -> None:
        self._floor = floor
        self._known = known
        self._today = today
        self._desk: Desk = floor.desk_of(known.company_id)

    def do(self, action: BenchAction) -> None:
        """Do an action. Raises BenchRefusal ``action_not_possible`` with what the server said."""
        company_id, desk = self._known.company_id, self._desk
        unsigned = {DocumentKind.AUTHORIZATION: (Verdict.NEEDS_REPLACEMENT, (ReasonCode.NOT_SIGNED,))}
        acts: Mapping[BenchAction, Callable[[], None]] = {
            BenchAction.UPLOAD_AGAIN: self._upload_again,
            BenchAction.SUBMIT: desk.submit,
            BenchAction.WITHDRAW: desk.withdraw,
            BenchAction.CHANGE_PHONE: lambda: desk.change_company(phone=self._another_phone()),
            BenchAction.CHANGE_NAME: lambda: desk.change_company(name=f"{self._known.name} II"),
            BenchAction.EXPIRE_LINK: lambda: desk.expire_link(company_id),
            BenchAction.NEW_LINK: desk.new_link,
            BenchAction.FINISH: lambda: desk.finish("proceed"),
            BenchAction.CLEAR: lambda: desk.finish("clear"),
            BenchAction.LEAVE: desk.leave,
            BenchAction.SECOND_CLAIMS: lambda: desk.claim(company_id),
            BenchAction.SECOND_RELEASES: lambda: desk.release(company_id),
            BenchAction.SECOND_APPROVES: lambda: desk.decide(company_id, Outcome.APPROVE, {}),
            BenchAction.SECOND_ASKS_CORRECTION: lambda: desk.decide(company_id, Outcome.REQUEST_CORRECTION, unsigned),
            BenchAction.EXPIRE_LEASE: lambda: desk.expire_lease(company_id),
        }
        acts[action]()

    def _upload_again(self) -> None:
        """Upload what is asked for, as it should be; when nothing is, a new version of everything."""
        wanted = tuple(self._floor.wanted(self._known.company_id))
        kinds = wanted or (DocumentKind.REGISTRY_EXTRACT, DocumentKind.AUTHORIZATION)
        company = self._company()
        if DocumentKind.REGISTRY_EXTRACT in kinds:
            printout = register_printout(company, day=self._today - _PAPERS_AGE)
            self._upload(DocumentKind.REGISTRY_EXTRACT, f"odpis-{company.nip}.pdf", printout, anew=not wanted)
        if DocumentKind.AUTHORIZATION in kinds and self._known.state is not CompanyState.COLLECTING:
            sheet = self._desk.sheet(Variant.NOT_REGISTERED)
            source = random.Random()  # noqa: S311  # another picture each time
            how = scanner(ScanQuality.FAIR, source)
            signatory = signatory_of(company, day=self._today)
            scan = signed_scan(sheet, signatory, Marks(), how, source, values=sheet_values(company))
            self._upload(DocumentKind.AUTHORIZATION, "upowaznienie.pdf", scan, anew=not wanted)

    def _upload(self, kind: DocumentKind, file_name: str, printed: Printed, *, anew: bool) -> None:
        self._desk.upload(kind, file_name, printed.data, given_truth(printed.truth), anew=anew)

    def _company(self) -> SyntheticCompany:
        declared = self._floor.declared(company_id=self._known.company_id)
        if declared is None:
            raise LookupError(self._known.company_id)
        return company_as_declared(declared, self._made())

    def _made(self) -> SyntheticCompany | None:
        known = self._known
        if known.scenario not in SCENARIOS or known.day is None:
            return None
        case: ScenarioCase = SCENARIOS[known.scenario].make(known.seed, day=known.day)
        return case.earlier[known.part - 1].company if known.part else case.company

    def _another_phone(self) -> str:
        return f"+48 6{random.randrange(10**8):08d}"  # noqa: S311  # any other number


def company_as_declared(declared: CompanyRequest, made: SyntheticCompany | None = None) -> SyntheticCompany:
    """Give a company with the declared data, and for the rest that of ``made`` or somebody invented."""
    form = LegalForm(declared.legal_form)
    base = made or make_company(sum(declared.nip.encode()), legal_form=_known_form(form))
    seat = base.seat
    if declared.seat is not None:
        seat = replace(
            seat,
            street=(declared.seat.street or seat.street).removeprefix("ul. "),
            building=declared.seat.building or seat.building,
            unit=declared.seat.unit or "",
            postal_code=declared.seat.postal_code or seat.postal_code,
            city=declared.seat.city or seat.city,
        )
    return replace(
        base,
        name=declared.name,
        legal_form=form,
        nip=declared.nip,
        regon=declared.regon or base.regon,
        krs=declared.krs or "",
        seat=seat,
        bank_account=declared.bank_account or base.bank_account,
    )


def _known_form(form: LegalForm) -> LegalForm:
    """Give a form that companies are invented in: an unusual one has a board like a limited company."""
    usual = {LegalForm.SOLE_PROPRIETORSHIP, LegalForm.CIVIL_PARTNERSHIP, LegalForm.GENERAL_PARTNERSHIP}
    return form if form in usual else LegalForm.SP_ZOO
