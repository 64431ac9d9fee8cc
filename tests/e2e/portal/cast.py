# SPDX-License-Identifier: AGPL-3.0-or-later
"""Customers in every situation that the portal has a page for, made by the API."""

from __future__ import annotations

import itertools
import random
from collections.abc import Iterator
from typing import Any

from reviewer_app.contract.permissions import StaffRole
from reviewer_app.qa.synthetic_numbers import synthetic_nip
from tests.support.team import employee, invite, me
from tests.support.world import Customer, World, expect

CONSENTS = {"channels": {"email": True}, "wording_version": "1"}
CHANGES = "customer/company/administrator-changes"
REGION = {"code": "not_readable", "page": 1, "region": [0.1, 0.1, 0.4, 0.2]}


class Cast:
    """People by the situation they are in.

    ``mark`` is added to every name and note that anybody may choose, ``person_mark`` to names of people, where fewer
    characters are taken.
    """

    def __init__(self, world: World, *, name: str, mark: str = "", person_mark: str = "") -> None:
        self._world = world
        self._name = name
        self._mark = mark
        self._person_mark = person_mark
        self._nips = _nips(name)
        self._numbers = itertools.count(1)
        self.newcomer = world.customer(self.address())
        self.without_company = self._person()
        self.collecting = self._person()
        self.collecting.create(**self._company(regon=None, phone=None, email=None))
        self.awaiting = self._person()
        self.awaiting.create(**self._company())
        expect(self.awaiting.upload("registry_extract", name=self.spell("odpis") + ".pdf"), 201)
        self.ready = self._person()
        self.ready.ready(**self._company())
        self.pending = self._person()
        self.pending.submitted(sheet=True, **self._company())
        self.correction = self._asked_to_correct()
        self.rejected = self._refused()
        self.approved = self._person()
        world.staff().approve(self.approved.submitted(**self._company()))
        self.cleared = self._cleared()
        self.boss = self._active()
        self._staff_the_company()
        self.lone_boss = self._active()
        self.changing_boss = self._changing()
        self.left_behind = self._left_behind()
        self.suspended = self._suspended()

    def spell(self, text: str) -> str:
        """Give a name as this cast writes it."""
        return f"{text}{self._mark}"

    def _person_name(self, text: str) -> str:
        return f"{text}{self._person_mark}"[:80]

    def address(self) -> str:
        """Give an e-mail address that nobody has yet."""
        return f"{self._name}{next(self._numbers)}@firma.test"

    def _person(self) -> Customer:
        person = self._world.customer(self.address())
        expect(person.call("PUT", "customer/me/consents", json=CONSENTS), 200)
        named = {"first_name": self._person_name("Jan"), "last_name": self._person_name("Żółw")}
        expect(person.call("PATCH", "customer/me", json={**named, "position": self.spell("prezes")[:200]}), 200)
        return person

    def _company(self, **changes: Any) -> dict[str, Any]:
        seat = {"street": self.spell("ul. Prosta"), "building": "1", "unit": "2", "postal_code": "00-001"}
        named = {"name": self.spell("Żółw i Syn Sp. z o.o."), "nip": next(self._nips)}
        return {**named, "seat": {**seat, "city": self.spell("Warszawa")}, **changes}

    def _asked_to_correct(self) -> Customer:
        person, anna = self._person(), self._world.staff()
        company_id = person.submitted(**self._company())
        body = anna.correction(company_id, anna.claim(company_id))
        reasons = [{"code": "name_mismatch", "field": "name", "note": self.spell("Inna nazwa.")}]
        note = self.spell("Prosimy o nowy skan.\nDziękujemy.")
        expect(anna.decide(company_id, {**body, "reasons": reasons, "customer_note": note}), 201)
        return person

    def _refused(self) -> Customer:
        person, anna = self._person(), self._world.staff()
        company_id = person.submitted(**self._company())
        reasons = [{"code": "not_an_entrepreneur"}]
        body = {"outcome": "reject", "lease_token": anna.claim(company_id), "reasons": reasons}
        expect(anna.decide(company_id, {**body, "customer_note": self.spell("Przykro nam.")}), 201)
        return person

    def _cleared(self) -> Customer:
        person, company = self._person(), self._company()
        self._world.staff().approve(person.submitted(**company))
        self.finish(person, {"choice": "clear", "confirm_name": company["name"]})
        return person

    def _active(self) -> Customer:
        person = self._person()
        self._world.staff().approve(person.submitted(**self._company()))
        self.finish(person, {"choice": "proceed", "owh_version": "1", "terms_version": "1"})
        return person

    def finish(self, person: Customer, body: dict[str, Any]) -> None:
        """Use the finishing link that came by mail."""
        token = self._world.link("approved", person.email)
        expect(self._world.client.post(f"/api/v1/customer/completions/{token}", json=body), 200)

    def _staff_the_company(self) -> None:
        boss, world = self.boss, self._world
        named = {"first_name": self._person_name("Ewa"), "position": self.spell("kupiec")}
        self.ewa, self.ewa_id = employee(world, boss, self.address(), "US", "OR", "AD", **named)
        under = {"superior_id": self.ewa_id, **named}
        self.ola, self.ola_id = employee(world, boss, self.address(), "OR", **under)
        self.blocked, self.blocked_id = employee(world, boss, self.address(), "FI")
        expect(boss.call("PATCH", f"customer/company/employees/{self.blocked_id}", json={"blocked": True}), 200)
        self.invited = invite(boss, self.address(), **under)
        place = {"street": self.spell("ul. Długa"), "building": "7", "postal_code": "00-002", "city": "Warszawa"}
        for kind, default in (("delivery", True), ("invoice", False), ("delivery", False)):
            body = {**place, "kind": kind, "name": self.spell("Magazyn"), "is_default": default}
            self.book_entry = expect(boss.call("POST", "customer/company/addresses", json=body), 201)["id"]

    def _changing(self) -> Customer:
        boss = self._active()
        self.heir, heir_id = employee(self._world, boss, self.address(), "OR", last_name=self._person_name("Sowa"))
        expect(boss.call("POST", CHANGES, json={"employee_id": heir_id}), 201)
        return boss

    def _left_behind(self) -> Customer:
        boss = self._active()
        person, _ = employee(self._world, boss, self.address(), "OR")
        expect(boss.call("POST", "customer/company/departure", json={"blocks_company": True}), 204)
        assert me(person)["blocked_reason"] == "no_administrator"
        return person

    def _suspended(self) -> Customer:
        boss, olga = self._active(), self._world.staff("olga", StaffRole.SUPERVISOR)
        company_id = boss.company()["id"]
        match = {"If-Match": f'"{olga.detail(company_id)["version"]}"'}
        expect(olga.post(f"companies/{company_id}/suspend", {"reason": self.spell("Zaległe faktury.")}, **match), 200)
        return boss


def _nips(name: str) -> Iterator[str]:
    source = random.Random(name)
    seen: set[str] = set()
    while True:
        nip = synthetic_nip(source)
        if nip not in seen:
            seen.add(nip)
            yield nip
