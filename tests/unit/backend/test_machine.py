# SPDX-License-Identifier: AGPL-3.0-or-later
"""Customers and staff act in any order; whatever they do, what must hold holds."""

from __future__ import annotations

from typing import Any, ClassVar

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test

from reviewer_app.contract.states import TRANSITIONS
from tests.support.numbers import NIPS
from tests.support.world import Customer, Reviewer, World, WorldMaker, expect

_STEPS = {(row.source.value, row.target.value) for row in TRANSITIONS}
_TAKEN = {"approved", "active", "suspended"}
_PEOPLE = st.sampled_from(["anna", "ewa"])
_OWNERS = st.integers(0, 2)


class Casework(RuleBasedStateMachine):
    """Three customers, two with one NIP, and two reviewers."""

    make_world: ClassVar[WorldMaker]

    def __init__(self) -> None:
        super().__init__()
        self.world: World = type(self).make_world()
        self.owners: list[Customer] = [self.world.customer() for _ in range(3)]
        self.ids = [
            owner.ready(nip=nip)["id"] for owner, nip in zip(self.owners, (NIPS[0], NIPS[0], NIPS[1]), strict=True)
        ]
        self.people: dict[str, Reviewer] = {name: self.world.staff(name) for name in ("anna", "ewa")}
        self.tokens: dict[tuple[str, str], str] = {}
        self.seen: dict[str, tuple[str, int]] = {}

    def outcome(self, response: Any, *statuses: int) -> bool:
        assert response.status_code in statuses, response.text
        return bool(response.status_code < 300)

    @rule(owner=_OWNERS)
    def submit(self, owner: int) -> None:
        self.outcome(self.owners[owner].submit(), 200, 409)

    @rule(owner=_OWNERS)
    def withdraw(self, owner: int) -> None:
        self.outcome(self.owners[owner].call("POST", "customer/company/withdrawal"), 200, 409)

    @rule(owner=_OWNERS, field=st.sampled_from(["phone", "name"]), value=st.integers(0, 3))
    def edit(self, owner: int, field: str, value: int) -> None:
        text = f"22 123 45 6{value}" if field == "phone" else f"Firma {value} Sp. z o.o."
        self.outcome(self.owners[owner].change(**{field: text}), 200, 409)

    @rule(owner=_OWNERS)
    def upload(self, owner: int) -> None:
        self.outcome(self.owners[owner].upload("authorization"), 201, 409)

    @rule(person=_PEOPLE, owner=_OWNERS)
    def claim(self, person: str, owner: int) -> None:
        company_id = self.ids[owner]
        response = self.people[person].post(f"companies/{company_id}/claim")
        if self.outcome(response, 200, 409):
            self.tokens[person, company_id] = response.json()["lease_token"]

    @rule(person=_PEOPLE)
    def claim_next(self, person: str) -> None:
        response = self.people[person].post("companies/next")
        self.outcome(response, 200, 204)
        if response.status_code == 200:
            body = response.json()
            self.tokens[person, body["company"]["id"]] = body["lease_token"]

    @rule(person=_PEOPLE, owner=_OWNERS, approve=st.booleans(), stale=st.booleans())
    def decide(self, person: str, owner: int, approve: bool, stale: bool) -> None:
        reviewer, company_id = self.people[person], self.ids[owner]
        token = self.tokens.get((person, company_id))
        write = reviewer.approval if approve else reviewer.correction
        shown = reviewer.detail(company_id)
        allowed = ("approve" if approve else "request_correction") in shown["allowed_actions"]
        version = shown["version"] - (1 if stale else 0)
        response = reviewer.decide(company_id, write(company_id, token), version=version)
        done = self.outcome(response, 201, 409, 412)
        assert not done or (allowed and not stale)

    @invariant()
    def states_follow_the_table_and_versions_grow(self) -> None:
        for company_id in self.ids:
            shown = self.people["anna"].detail(company_id)
            state, version = shown["state"], shown["version"]
            before = self.seen.get(company_id, (state, version))
            assert version >= before[1]
            assert state == before[0] or (version > before[1] and (before[0], state) in _STEPS)
            assert shown["assignee"] is None or state == "pending_verification"
            self.seen[company_id] = (state, version)

    @invariant()
    def no_nip_is_approved_twice(self) -> None:
        items = expect(self.people["anna"].call("GET", "staff/companies"), 200)["items"]
        taken = [item["nip"] for item in items if item["state"] in _TAKEN]
        assert len(taken) == len(set(taken))


def test_whatever_people_do_in_whatever_order(make_world: WorldMaker) -> None:
    machine = type("CaseworkHere", (Casework,), {"make_world": staticmethod(make_world)})
    run_state_machine_as_test(
        machine,
        settings=settings(
            max_examples=3, stateful_step_count=20, deadline=None, suppress_health_check=list(HealthCheck)
        ),
    )
