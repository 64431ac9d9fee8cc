# SPDX-License-Identifier: AGPL-3.0-or-later
"""A company at a glance, as far as the person who asks may see it: what the administration menu shows (S19)."""

from __future__ import annotations

from reviewer_app.contract.customer import CustomerCompany, CustomerDocuments, Me
from reviewer_app.contract.customer_administrators import AdministratorChanges
from reviewer_app.contract.customer_team import PeopleInBrief
from reviewer_app.contract.messages import Message


class PeopleInNumbers(Message):
    """How many people are on the list, and how many of them need attention.

    ``waiting``: invited, the invitation works. ``expired``: invited, it does not. ``idle``: active, without permissions.
    """

    total: int
    waiting: int
    expired: int
    idle: int


class AddressesInNumbers(Message):
    """How many addresses are in the book, and how many stand there twice."""

    total: int
    doubled: int


class CompanyOverview(Message):
    """Everything of a company in one answer; null is what the person may not read."""

    me: Me
    company: CustomerCompany | None
    people: PeopleInNumbers | None
    addresses: AddressesInNumbers | None
    changes: AdministratorChanges | None


class CompanyCase(Message):
    """A company with all versions of its documents: what its road to full use is drawn from."""

    company: CustomerCompany
    documents: CustomerDocuments


class AdministratorOverview(Message):
    """Everything about the administrator and a change of them in one answer; null is what the person may not read.

    ``people`` are those to choose the new administrator from; ``sheets`` all versions of the authorization.
    """

    me: Me
    changes: AdministratorChanges
    people: PeopleInBrief | None
    sheets: CustomerDocuments | None
