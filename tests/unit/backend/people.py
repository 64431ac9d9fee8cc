# SPDX-License-Identifier: AGPL-3.0-or-later
"""Customers and staff for tests, made the way they come to be: by registration and mail, by the command's service."""

from __future__ import annotations

from typing import Any

import httpx

from reviewer_app.backend.application import Backend
from reviewer_app.backend.staff.accounts import StaffAccounts
from reviewer_app.contract.permissions import StaffRole
from tests.e2e.mailbox import Mailbox

PASSWORD = "sosna-i-buk-nad-jeziorem"

Headers = dict[str, str]


def registration(email: str, **fields: Any) -> dict[str, Any]:
    """Give the body of a registration."""
    return {
        "first_name": "Jan",
        "last_name": "Kowalski",
        "email": email,
        "phone": "+48 22 123 45 67",
        "position": "prezes",
        "password": PASSWORD,
        "language": "pl",
        "terms_version": "1",
        **fields,
    }


class People:
    """Makes people and signs them in; what it gives are the headers of their calls."""

    def __init__(self, client: httpx.Client, mailbox: Mailbox, backend: Backend) -> None:
        self._client = client
        self._mailbox = mailbox
        self._backend = backend

    def register(self, email: str, **fields: Any) -> str:
        """Register a customer; gives the token of the activation mail."""
        answer = self._client.post("/api/v1/customer/registrations", json=registration(email, **fields))
        assert answer.status_code == 202, answer.text
        return self._mailbox.wait(email, count=1).link.rpartition("/")[2]

    def customer(self, email: str = "jan@firma.test", **fields: Any) -> Headers:
        """Register, activate and sign in a customer."""
        token = self.register(email, **fields)
        assert self._client.post("/api/v1/customer/activations", json={"token": token}).status_code == 204
        return self.sign_in(email)

    def sign_in(self, email: str, password: str = PASSWORD) -> Headers:
        """Sign in a customer."""
        answer = self._client.post("/api/v1/customer/sessions", json={"email": email, "password": password})
        assert answer.status_code == 201, answer.text
        return {"Authorization": f"Bearer {answer.json()['access_token']}"}

    def add_staff(self, username: str, role: StaffRole = StaffRole.REVIEWER) -> None:
        """Make a staff account."""
        backend = self._backend
        accounts = StaffAccounts(backend.parts.clock, backend.passwords, backend.history)
        with backend.parts.database.write() as session:
            accounts.add(session, username=username, display_name=username.title(), role=role, password=PASSWORD)

    def staff(self, username: str = "anna", role: StaffRole = StaffRole.REVIEWER) -> Headers:
        """Make a member of staff and sign them in."""
        self.add_staff(username, role)
        answer = self._client.post("/api/v1/staff/sessions", json={"username": username, "password": PASSWORD})
        assert answer.status_code == 201, answer.text
        return {"Authorization": f"Bearer {answer.json()['access_token']}"}
