# SPDX-License-Identifier: AGPL-3.0-or-later
"""The papers that a customer has at hand, written as files the way an office would have them."""

from __future__ import annotations

from pathlib import Path

from reviewer_app.qa.printouts import nip_confirmation, regon_confirmation
from reviewer_app.qa.scans import ScanQuality, scan, sign_and_scan
from reviewer_app.qa.specimens import register_printout_pdf, signatory_of
from reviewer_app.qa.synthetic_companies import SyntheticCompany


def write_registry_papers(company: SyntheticCompany, folder: Path) -> dict[str, Path]:
    """Write an extract as the register gives it and two scanned confirmations; gives the path by document kind."""
    contents = {
        "registry_extract": ("odpis-krs.pdf", register_printout_pdf(company)),
        "nip_confirmation": ("nip.pdf", scan(nip_confirmation(company).data, company.seed)),
        "regon_confirmation": ("regon.pdf", scan(regon_confirmation(company).data, company.seed + 1)),
    }
    paths = {kind: folder / name for kind, (name, _) in contents.items()}
    for kind, (_, content) in contents.items():
        paths[kind].write_bytes(content)
    return paths


def sign(company: SyntheticCompany, sheet: Path, path: Path, *, stamped: bool) -> Path:
    """Print the sheet, sign it as the company's rule demands, stamp it or forget to, and scan it to ``path``."""
    content = sign_and_scan(
        sheet.read_bytes(),
        signatory_of(company),
        company.seed + (2 if stamped else 3),
        stamped=stamped,
        quality=ScanQuality.GOOD,
        as_pdf=path.suffix == ".pdf",
    )
    path.write_bytes(content)
    return path
