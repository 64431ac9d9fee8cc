# SPDX-License-Identifier: AGPL-3.0-or-later
"""The papers of an invented company, ready to be uploaded: what a seeded case or a walk through the portal needs.

The makers behind it: `synthetic_companies.make_company`, `printouts` (registers' printouts with a text layer) and `scans`.
"""

from __future__ import annotations

import textwrap
from datetime import date

from reviewer_app.contract.companies import LEGAL_FORMS
from reviewer_app.documents.authorization import make_authorization
from reviewer_app.documents.authorization_sheet import (
    AuthorizationSheet,
    SheetAdministrator,
    SheetCompany,
    Variant,
    authorization_number,
)
from reviewer_app.qa.printouts import register_printout
from reviewer_app.qa.register_truth import DEFAULT_DAY
from reviewer_app.qa.scans import Signatory
from reviewer_app.qa.synthetic_companies import JOINT_RULE, SyntheticCompany

_STAMP_LINE = 34
"""Characters in a line of a stamp."""


def register_printout_pdf(company: SyntheticCompany, *, day: date = DEFAULT_DAY) -> bytes:
    """Make the printout that stands for `registry_extract`: a KRS extract, or a CEIDG printout for a form without KRS."""
    return register_printout(company, day=day).data


def signatory_of(company: SyntheticCompany, *, day: date = DEFAULT_DAY) -> Signatory:
    """Give those who may sign for a company by its rule, with its stamp."""
    people = company.representatives
    second = people[1].name if company.rule == JOINT_RULE and len(people) > 1 else ""
    stamp = (*textwrap.wrap(company.name, _STAMP_LINE), *company.seat.line.split(", "), f"NIP {company.nip}")
    return Signatory(people[0].name, company.name, stamp, company.seat.city, day, second)


def authorization_of(company: SyntheticCompany, *, sequence: int = 1) -> bytes:
    """Make the authorization of a company's administrator without a server, numbered by `sequence`."""
    person = company.administrator
    sheet = AuthorizationSheet(
        number=authorization_number(DEFAULT_DAY.year, sequence),
        version=1,
        variant=Variant.NOT_REGISTERED,
        company=SheetCompany(
            id=f"specimen-{company.seed}",
            name=company.name,
            legal_form=LEGAL_FORMS[company.legal_form].name.pl,
            nip=company.nip,
            regon=company.regon,
            krs=company.krs or None,
            seat=company.seat.declared_line,
        ),
        administrator=SheetAdministrator(
            id=f"specimen-{company.seed}-administrator",
            first_name=person.first_name,
            last_name=person.last_name,
            position=company.administrator_position,
            email=company.administrator_email,
        ),
    )
    return make_authorization(sheet)
