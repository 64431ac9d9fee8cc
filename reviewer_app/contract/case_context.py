# SPDX-License-Identifier: AGPL-3.0-or-later
"""Answers of ``/api/v1/staff/companies/{id}`` that set a case beside its past and beside other companies."""

from __future__ import annotations

from enum import StrEnum

from reviewer_app.contract.messages import Message, Utc
from reviewer_app.contract.states import CompanyState, Outcome


class FieldChange(Message):
    """One declared field that differs from the submission before; a field that was empty has None."""

    field: str
    before: str | None
    after: str | None


class Submission(Message):
    """One time that the case was handed to staff, with what the customer changed since the time before."""

    round: int
    at: Utc
    changes: tuple[FieldChange, ...]


class SightingKind(StrEnum):
    """What another company has in common with this one."""

    FILE = "file"
    NUMBER = "number"
    SIGNATORY = "signatory"
    ADDRESS = "address"
    CONTACT = "contact"
    BANK_ACCOUNT = "bank_account"


class Sighting(Message):
    """Another company that has something in common, and how its last decision went."""

    kind: SightingKind
    value: str
    company_id: str
    name: str
    nip: str
    state: CompanyState
    outcome: Outcome | None
    decided_at: Utc | None
