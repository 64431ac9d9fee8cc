# SPDX-License-Identifier: AGPL-3.0-or-later
"""All tables of the backend, gathered for the migrations: importing a feature's tables enters them in ``Base``."""

from __future__ import annotations

from reviewer_app.backend.accounts import tables as accounts
from reviewer_app.backend.addresses import tables as addresses
from reviewer_app.backend.administrators import tables as administrators
from reviewer_app.backend.audit import tables as audit
from reviewer_app.backend.authorizations import tables as authorizations
from reviewer_app.backend.cases import tables as cases
from reviewer_app.backend.checks import tables as checks
from reviewer_app.backend.companies import tables as companies
from reviewer_app.backend.completions import tables as completions
from reviewer_app.backend.decisions import tables as decisions
from reviewer_app.backend.documents import tables as documents
from reviewer_app.backend.employees import tables as employees
from reviewer_app.backend.kit import idempotency, throttle
from reviewer_app.backend.kit.database import Base
from reviewer_app.backend.mail import tables as mail
from reviewer_app.backend.registers import tables as registers
from reviewer_app.backend.staff import tables as staff

FEATURES = (
    accounts,
    addresses,
    administrators,
    audit,
    authorizations,
    cases,
    checks,
    companies,
    completions,
    decisions,
    documents,
    employees,
    idempotency,
    mail,
    registers,
    staff,
    throttle,
)
METADATA = Base.metadata
