# SPDX-License-Identifier: AGPL-3.0-or-later
"""Invented customers with their papers, as they would type and upload them: what a seeded case is made of."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from reviewer_app.contract.companies import LegalForm
from reviewer_app.contract.customer import CompanyRequest, RegistrationRequest, SeatRequest
from reviewer_app.contract.terms import TERMS_VERSION
from reviewer_app.qa.scans import sign_and_scan
from reviewer_app.qa.specimens import register_printout_pdf, signatory_of
from reviewer_app.qa.synthetic_companies import SyntheticCompany, make_company

_SEEDS_A_RUN = 1_000_000


@dataclass(frozen=True, slots=True)
class InventedCustomer:
    """A customer and their company."""

    company: SyntheticCompany
    number: int

    def registration(self, password: str) -> RegistrationRequest:
        """Give the administrator's registration. Numbered addresses never meet."""
        person = self.company.administrator
        local, _, domain = self.company.administrator_email.partition("@")
        return RegistrationRequest(
            first_name=person.first_name,
            last_name=person.last_name,
            email=f"{local}.{self.number}@{domain}",
            phone=self.company.phone,
            position=self.company.administrator_position,
            password=password,
            terms_version=TERMS_VERSION,
        )

    def declaration(self) -> CompanyRequest:
        """Give the company as declared."""
        company, seat = self.company, self.company.seat
        return CompanyRequest(
            name=company.name,
            legal_form=company.legal_form,
            nip=company.nip,
            regon=company.regon,
            krs=company.krs or None,
            seat=SeatRequest(
                street=seat.street,
                building=seat.building,
                unit=seat.unit,
                postal_code=seat.postal_code,
                city=seat.city,
            ),
            phone=company.phone,
            email=company.email,
            bank_account=company.bank_account,
        )

    def extract(self) -> bytes:
        """Make the printout from the register (PDF)."""
        return register_printout_pdf(self.company)

    def signed(self, authorization: bytes) -> bytes:
        """Sign, stamp and scan an authorization (PDF)."""
        return sign_and_scan(authorization, signatory_of(self.company), self.company.seed)


def invented_customers(seed: int, legal_forms: Sequence[LegalForm] = ()) -> Iterator[InventedCustomer]:
    """Invent customers without end, the same for the same seed; with companies of these legal forms in turn, if any.

    No two have the same NIP while there are any left.
    """
    taken: set[str] = set()
    for number in itertools.count():
        form = legal_forms[number % len(legal_forms)] if legal_forms else None
        company = make_company(seed * _SEEDS_A_RUN + number, legal_form=form)
        if company.nip in taken and len(taken) < _NIPS:
            continue
        taken.add(company.nip)
        yield InventedCustomer(company, number)


_NIPS = 80_000
"""Fewer than there are checksum-valid numbers with the synthetic prefix, so that the search for a free one ends."""
