# SPDX-License-Identifier: AGPL-3.0-or-later
"""How many papers of scenarios are made a second, beside the drawing of such a page alone."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pymupdf

from reviewer_app.contract.companies import LegalForm
from reviewer_app.qa.extracts import krs_extract
from reviewer_app.qa.scenarios import SignedPaper, scenario
from reviewer_app.qa.specimens import authorization_of
from reviewer_app.qa.synthetic_companies import make_company
from tests.bench.figures import Figure, in_turn, seconds
from tests.bench.papers import Papers

_ROUNDS, _QUICK_ROUNDS = 9, 3
_DPI = 150


def measure(_folder: Path, _papers: Papers, *, quick: bool = False) -> list[Figure]:
    """Make an extract and a signed, scanned authorization; the peer draws one page of the same paper in this process."""
    company = make_company(5, legal_form=LegalForm.SP_ZOO)
    case = scenario("stamp_missing").make(5)
    signed = next(paper for paper in case.papers if isinstance(paper, SignedPaper))
    sheet, extract = authorization_of(case.company), krs_extract(company).data
    cases: dict[str, Callable[[], float]] = {
        "extract": lambda: seconds(lambda: krs_extract(company)),
        "extract drawn": lambda: seconds(lambda: _draw(extract)),
        "authorization": lambda: seconds(lambda: signed.sign(sheet)),
        "authorization drawn": lambda: seconds(lambda: _draw(sheet)),
    }
    for case_once in cases.values():
        case_once()
    taken = in_turn(cases, rounds=_QUICK_ROUNDS if quick else _ROUNDS)
    return [
        _per_second("scenario extracts with text", taken["extract"], taken["extract drawn"]),
        _per_second("scenario authorizations, scanned", taken["authorization"], taken["authorization drawn"]),
    ]


def _per_second(name: str, made: float, drawn: float) -> Figure:
    return Figure(name, f"{1 / made:.1f}/s", f"{1 / drawn:.1f}/s one page drawn", drawn / made)


def _draw(pdf: bytes) -> None:
    with pymupdf.open(stream=pdf, filetype="pdf") as document:
        document.load_page(0).get_pixmap(dpi=_DPI, alpha=False)
