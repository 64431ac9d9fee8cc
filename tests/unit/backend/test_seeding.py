# SPDX-License-Identifier: AGPL-3.0-or-later
"""Seeded cases: the same for the same seed, in many states, with a whole history and no mail."""

from __future__ import annotations

from collections import Counter
from itertools import islice
from typing import Any

import httpx
import pytest
from sqlalchemy import select

from reviewer_app.backend.application import Backend
from reviewer_app.backend.archive import verify
from reviewer_app.backend.companies.tables import Company, seat_key_of
from reviewer_app.backend.kit.database import Database
from reviewer_app.backend.mail.tables import OutboxMail
from reviewer_app.backend.seeding import Seeder
from reviewer_app.contract.history import HistoryKind
from reviewer_app.qa.seeding import InventedCustomer, invented_customers
from tests.support.world import pdf
from tests.unit.backend.people import People

COMPANIES = "/api/v1/staff/companies"
COUNT = 26


def test_customers_are_invented_the_same_for_the_same_seed() -> None:
    first, again, other = (list(islice(invented_customers(seed), 50)) for seed in (1, 1, 2))
    assert first == again
    assert first != other
    assert len({customer.company.nip for customer in first}) == 50
    assert all(customer.company.nip.startswith("9990") for customer in first)


class PlainCustomer:
    """An invented customer whose papers are made in no time."""

    def __init__(self, customer: InventedCustomer) -> None:
        self.registration = customer.registration
        self.declaration = customer.declaration
        self.number = customer.number

    def extract(self) -> bytes:
        return pdf(f"Odpis {self.number}")

    def signed(self, authorization: bytes) -> bytes:
        return authorization


def queue(client: httpx.Client, headers: dict[str, str]) -> list[dict[str, Any]]:
    items: list[dict[str, Any]] = client.get(COMPANIES, headers=headers, params={"limit": 200}).json()["items"]
    return items


@pytest.mark.timeout(300)
def test_a_seeded_server_has_cases_in_many_states(
    backend: Backend, database: Database, client: httpx.Client, people: People
) -> None:
    made = list(Seeder(backend.parts, 1).run(invented_customers(1), COUNT))
    assert made[-1] == COUNT
    headers = people.staff()
    items = queue(client, headers)
    states = Counter(item["state"] for item in items)
    assert sum(states.values()) == COUNT
    assert states["pending_verification"] > COUNT / 2
    assert {"collecting", "awaiting_authorization", "correction_requested", "rejected", "approved", "active"} <= set(
        states
    )
    assert len({item["submitted_at"] for item in items if item["state"] == "pending_verification"}) > COUNT / 2
    inventory = verify(database, backend.parts.storage)
    assert inventory.broken is None
    with database.read() as session:
        assert session.scalars(select(OutboxMail)).all() == []
    list(Seeder(backend.parts, 1).run(invented_customers(1), 1))
    assert len(queue(client, headers)) == COUNT + 1


def test_most_cases_of_a_large_seeding_are_copies_with_names_numbers_and_a_history_of_their_own(
    backend: Backend, database: Database, client: httpx.Client, people: People
) -> None:
    made = list(Seeder(backend.parts, 3).run(map(PlainCustomer, invented_customers(3)), 90))
    assert made[-1] == 90
    headers = people.staff()
    items = queue(client, headers)
    assert len(items) == len({item["id"] for item in items}) == len({item["nip"] for item in items}) == 90
    assert verify(database, backend.parts.storage).broken is None
    with database.read() as session:
        rows = session.scalars(select(Company)).all()
    assert [row.seat_key for row in rows] == [seat_key_of(row.seat) for row in rows]
    copied = [item for item in items if item["state"] == "pending_verification"]
    numbers = set()
    for item in copied[-8:]:
        detail = client.get(f"{COMPANIES}/{item['id']}", headers=headers).json()
        assert (detail["name"], detail["nip"]) == (item["name"], item["nip"])
        assert {document["kind"] for document in detail["documents"]} == {"registry_extract", "authorization"}
        history = client.get(f"{COMPANIES}/{item['id']}/history", headers=headers).json()["items"]
        # The server that runs beside may have checked the documents meanwhile, at the moment of its own clock.
        moments = [entry["at"] for entry in history if entry["kind"] != HistoryKind.DOCUMENTS_CHECKED]
        assert moments == sorted(moments)
        assert "submitted" in {entry["kind"] for entry in history}
        numbers.add(detail["authorization_number"])
        found = client.get(COMPANIES, headers=headers, params={"q": item["nip"]}).json()["items"]
        assert [one["id"] for one in found] == [item["id"]]
        claimed = client.post(f"{COMPANIES}/{item['id']}/claim", headers=headers | {"Idempotency-Key": item["id"]})
        assert claimed.status_code == 200
    assert len(numbers) == 8
