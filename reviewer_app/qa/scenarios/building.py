# SPDX-License-Identifier: AGPL-3.0-or-later
"""Parts from which scenarios are built: a case in which all is right, of which each scenario changes what it is about."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from random import Random

from reviewer_app.contract.companies import LegalForm
from reviewer_app.contract.states import DocumentKind
from reviewer_app.documents.authorization_sheet import Variant
from reviewer_app.qa.captures import Capture
from reviewer_app.qa.extracts import krs_extract
from reviewer_app.qa.printouts import ceidg_printout
from reviewer_app.qa.register_truth import RegisterTruth, truth_of
from reviewer_app.qa.scans import FileForm, Marks, ScanQuality, Signatory, scanner, signed_scan
from reviewer_app.qa.scenarios.model import Act, AnyPaper, CaseOrder, Maker, Paper, ScenarioCase, SignedPaper, Step
from reviewer_app.qa.specimens import signatory_of
from reviewer_app.qa.synthetic_companies import SyntheticCompany, make_company
from reviewer_app.qa.synthetic_numbers import nth_synthetic_krs, nth_synthetic_nip

PDF, JPEG = "application/pdf", "image/jpeg"
EXTRACT, AUTHORIZATION = "extract", "authorization"
_EXTENSIONS = {FileForm.PDF: "pdf", FileForm.JPEG: "jpg", FileForm.TIFF: "tif"}
_SLOTS, _COMPANIES_A_CASE = 128, 4
_EXTRACT_DAYS, _SIGNED_DAYS = 6, 2


def company_of(
    order: CaseOrder, form: LegalForm = LegalForm.SP_ZOO, *, joint: bool = False, salt: int = 0
) -> SyntheticCompany:
    """Invent the company of an order; ``salt`` (0 to 3) gives another one for the same order.

    No two scenarios of a seed, nor neighbouring seeds of a scenario, get the same NIP or KRS number.
    """
    number = (order.seed * _SLOTS + order.slot) * _COMPANIES_A_CASE + salt
    company = make_company(number, legal_form=form, joint=joint)
    return replace(company, nip=nth_synthetic_nip(number), krs=nth_synthetic_krs(number) if company.krs else "")


def extract_day(order: CaseOrder) -> date:
    """Say on which day the extract of a case without fault was made."""
    return order.day - timedelta(days=_EXTRACT_DAYS)


def extract_paper(
    company: SyntheticCompany, order: CaseOrder, *, days_old: int = _EXTRACT_DAYS, name: str = EXTRACT, person: int = 0
) -> Paper:
    """Make the register's own PDF about a company; of a form without KRS about one of its people."""
    printed_on = order.day - timedelta(days=days_old)
    if company.krs:
        printed = krs_extract(company, state_on=printed_on)
        file_name = f"odpis-krs-{company.krs}.pdf"
    else:
        printed = ceidg_printout(company, printed_on=printed_on, person=person)
        file_name = f"{name}-ceidg.pdf"
    return Paper(name, DocumentKind.REGISTRY_EXTRACT, file_name, printed.data, PDF, printed.truth)


@dataclass(frozen=True, slots=True)
class Signing:
    """How the authorization is filled in and sent.

    ``signatories``: names, None for those who may sign by the company's rule. ``capture`` None is a fair office scan.
    ``defects`` are noted in the paper's truth.
    """

    signatories: tuple[str, ...] | None = None
    marks: Marks = field(default_factory=Marks)
    variant: Variant = Variant.NOT_REGISTERED
    capture: Capture | None = None
    form: FileForm = FileForm.PDF
    defects: tuple[str, ...] = ()


def signatory(company: SyntheticCompany, order: CaseOrder, names: tuple[str, ...] | None = None) -> Signatory:
    """Give those who sign, and the company's stamp."""
    usual = signatory_of(company, day=order.day - timedelta(days=_SIGNED_DAYS))
    if names is None:
        return usual
    return replace(usual, name=names[0], second_name=names[1] if len(names) > 1 else "")


def signed_paper(
    company: SyntheticCompany,
    order: CaseOrder,
    signing: Signing | None = None,
    *,
    name: str = AUTHORIZATION,
    sheet: str = "sheet",
) -> SignedPaper:
    """Print, sign, stamp and scan the sheet that the server will give."""
    how = signing or Signing()
    who = signatory(company, order, how.signatories)

    def sign(authorization: bytes) -> Paper:
        source = Random(f"sheet {order.scenario} {order.seed} {name}")  # noqa: S311 - the same each time
        taken = how.capture or scanner(ScanQuality.FAIR, source)
        values = sheet_values(company)
        printed = signed_scan(authorization, who, how.marks, taken, source, form=how.form, values=values)
        truth = printed.truth.with_defects(*how.defects)
        file_name = f"upowaznienie.{_EXTENSIONS[how.form]}"
        return Paper(name, DocumentKind.AUTHORIZATION, file_name, printed.data, how.form.value, truth)

    return SignedPaper(name, sign, how.variant, sheet)


def sheet_values(company: SyntheticCompany) -> dict[str, str]:
    """Give what the server's authorization shows of a company, by the names of its fields."""
    return {
        "name": company.name,
        "nip": company.nip,
        "regon": company.regon,
        "krs": company.krs,
        "seat": company.seat.declared_line,
        "administrator.name": company.administrator.name,
        "administrator.position": company.administrator_position,
    }


def registration_steps(papers: Sequence[AnyPaper], *, until_submitted: bool = True) -> tuple[Step, ...]:
    """Give what a customer does to have these papers before staff. A paper that must be refused is tried all the same."""
    steps = [Step(Act.REGISTER), Step(Act.DECLARE)]
    for paper in papers:
        if isinstance(paper, SignedPaper):
            steps += signing_steps(paper)
        else:
            steps.append(Step(Act.UPLOAD, {"paper": paper.name}, refused=paper.refused.value if paper.refused else ""))
    if until_submitted:
        steps.append(Step(Act.SUBMIT))
    return tuple(steps)


def signing_steps(paper: SignedPaper) -> tuple[Step, Step]:
    """Download a sheet, sign it, upload it."""
    return (
        Step(Act.DOWNLOAD_AUTHORIZATION, {"sheet": paper.sheet, "variant": paper.variant.value}),
        Step(Act.UPLOAD, {"paper": paper.name, "sheet": paper.sheet}),
    )


def case_of(
    order: CaseOrder,
    company: SyntheticCompany,
    *,
    extract: Sequence[Paper] | None = None,
    signing: Signing | None = None,
    authorization: SignedPaper | None = None,
    registers: RegisterTruth | None = None,
    earlier: tuple[ScenarioCase, ...] = (),
) -> ScenarioCase:
    """Build a case; what is not given is as it should be. A later truth of a register wins over the usual one."""
    papers: list[AnyPaper] = list(extract) if extract is not None else [extract_paper(company, order)]
    papers.append(authorization or signed_paper(company, order, signing))
    truth = truth_of(company, day=order.day)
    return ScenarioCase(
        scenario=order.scenario,
        seed=order.seed,
        company=company,
        papers=tuple(papers),
        registers=truth.merged(registers) if registers else truth,
        steps=registration_steps(papers),
        earlier=earlier,
    )


CompanyMaker = Callable[[CaseOrder, SyntheticCompany], ScenarioCase]


def simple(build: CompanyMaker, form: LegalForm = LegalForm.SP_ZOO, *, joint: bool = False) -> Maker:
    """Make a maker out of what is done with a company of a form."""

    def make(order: CaseOrder) -> ScenarioCase:
        return build(order, company_of(order, form, joint=joint))

    return make
