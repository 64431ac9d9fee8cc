# SPDX-License-Identifier: AGPL-3.0-or-later
"""People of one company and staff act in any order; the ground rules R1 to R6 hold whatever they do.

Who is the administrator and whether staff suspended the company is kept beside it: the role passes on only by a decision
of staff on a submitted authorization (R3, R6), is lost only by leaving, and without an administrator, or while staff
suspend the company, nobody acts (R4, R5).
"""

from __future__ import annotations

import itertools
from typing import Any, ClassVar

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule, run_state_machine_as_test

from reviewer_app.contract.permissions import AREA_PERMISSIONS, Permission, StaffRole
from tests.support.team import activated, employee, me, person
from tests.support.world import Customer, World, WorldMaker, expect

_PEOPLE = st.integers(0, 3)
_GRANTS = st.sets(st.sampled_from([Permission.US, Permission.OR, Permission.AD, Permission.FI]))
_EMPLOYEES = "customer/company/employees"
_CHANGES = "customer/company/administrator-changes"


class Team(RuleBasedStateMachine):
    """An active company: its administrator, who manages accounts, and two others."""

    make_world: ClassVar[WorldMaker]

    def __init__(self) -> None:
        super().__init__()
        self.world: World = type(self).make_world()
        jan = activated(self.world)
        self.company_id: str = jan.company()["id"]
        self.people: list[Customer] = [jan]
        self.ids: list[str] = [me(jan)["employee_id"]]
        for name, permissions in (("ewa", ("US", "OR")), ("ola", ("AD",)), ("adam", ())):
            who, employee_id = employee(self.world, jan, f"{name}@firma.test", *permissions)
            self.people.append(who)
            self.ids.append(employee_id)
        self.reviewer = self.world.staff()
        self.chief = self.world.staff("zofia", StaffRole.SUPERVISOR)
        self.users: list[str] = [me(who)["user"]["id"] for who in self.people]
        self.administrator: int | None = 0
        self.suspended = False
        self.areas = itertools.cycle(AREA_PERMISSIONS)
        self.invitations = itertools.count()

    def outcome(self, response: Any, *statuses: int) -> bool:
        assert response.status_code in {*statuses, 403, 404, 409}, response.text
        return bool(response.status_code < 300)

    def standings(self) -> list[Any]:
        return [me(who) for who in self.people]

    @rule(who=_PEOPLE, whom=_PEOPLE, wanted=_GRANTS)
    def grant(self, who: int, whom: int, wanted: set[Permission]) -> None:
        actor, before = me(self.people[who]), me(self.people[whom])
        body = {"permissions": sorted(wanted)}
        path = f"{_EMPLOYEES}/{self.ids[whom]}/permissions"
        if self.outcome(self.people[who].call("PUT", path, json=body), 200):
            assert not actor["blocked"]
            assert Permission.US in actor["permissions"]
            assert not before["is_administrator"]
            assert who != whom
            changed = set(before["permissions"]) ^ {permission.value for permission in wanted}
            assert changed <= set(actor["permissions"])

    @rule(who=_PEOPLE, whom=_PEOPLE, superior=st.none() | _PEOPLE)
    def move(self, who: int, whom: int, superior: int | None) -> None:
        body = {"superior_id": None if superior is None else self.ids[superior]}
        self.outcome(self.people[who].call("PUT", f"{_EMPLOYEES}/{self.ids[whom]}/superior", json=body), 200)

    @rule(who=_PEOPLE, whom=_PEOPLE, blocked=st.booleans())
    def block(self, who: int, whom: int, blocked: bool) -> None:
        path = f"{_EMPLOYEES}/{self.ids[whom]}"
        before = me(self.people[whom])
        if self.outcome(self.people[who].call("PATCH", path, json={"blocked": blocked}), 200):
            assert not before["is_administrator"]

    @rule(who=_PEOPLE, wanted=_GRANTS)
    def invite(self, who: int, wanted: set[Permission]) -> None:
        standing = me(self.people[who])
        named = person(f"nowy{next(self.invitations)}@firma.test", permissions=sorted(wanted))
        done = self.outcome(self.people[who].call("POST", _EMPLOYEES, json=named), 201)
        may = not standing["blocked"] and Permission.US in standing["permissions"]
        assert done == (may and wanted <= set(standing["permissions"]))

    @rule(restoring=st.booleans())
    def staff_suspend_or_restore(self, restoring: bool) -> None:
        act, version = "restore" if restoring else "suspend", self.chief.detail(self.company_id)["version"]
        path = f"companies/{self.company_id}/{act}"
        answer = self.chief.post(path, {"reason": "x"}, **{"If-Match": f'"{version}"'})
        done = self.outcome(answer, 200)
        assert done == (self.administrator is not None and self.suspended == restoring)
        self.suspended = self.suspended != done

    @rule(who=_PEOPLE)
    def submit_without_a_sheet(self, who: int) -> None:
        self.outcome(self.people[who].submit(), 200)

    @rule(who=_PEOPLE)
    def withdraw_change(self, who: int) -> None:
        listed = self.people[who].call("GET", _CHANGES)
        if self.outcome(listed, 200):
            for change in listed.json()["items"]:
                self.outcome(self.people[who].call("DELETE", f"{_CHANGES}/{change['id']}"), 204)

    @rule(who=_PEOPLE)
    def add_address(self, who: int) -> None:
        body = {"kind": "delivery", "building": "1", "postal_code": "00-001", "city": "Warszawa"}
        standing = me(self.people[who])
        done = self.outcome(self.people[who].call("POST", "customer/company/addresses", json=body), 201)
        assert done == (not standing["blocked"] and Permission.AD in standing["permissions"])

    @rule(who=_PEOPLE, whom=_PEOPLE)
    def name_administrator(self, who: int, whom: int) -> None:
        standing, before = me(self.people[who]), self.standings()
        body = {"employee_id": self.ids[whom]}
        response = self.people[who].call("POST", _CHANGES, json=body)
        if self.outcome(response, 201, 422):
            orphaned = not any(one["is_administrator"] for one in before)
            assert standing["is_administrator"] or (orphaned and who == whom)

    @rule(who=_PEOPLE)
    def submit_change(self, who: int) -> None:
        if self.outcome(self.people[who].call("GET", "customer/company/authorization"), 200):
            self.outcome(self.people[who].upload("authorization"), 201)
            self.outcome(self.people[who].submit(), 200)

    @precondition(lambda self: bool(self.reviewer.queue(open=True)))
    @rule(accept=st.booleans())
    def decide(self, accept: bool) -> None:
        candidate = self.users.index(self.reviewer.detail(self.company_id)["candidate"]["id"])
        token = self.reviewer.claim(self.company_id)
        body = self.reviewer.approval(self.company_id, token)
        if not accept:
            reasons = [{"code": "other", "note": "Nie."}]
            body = {"outcome": "reject", "lease_token": token, "reasons": reasons}
        expect(self.reviewer.decide(self.company_id, body), 201)
        if accept:
            self.administrator = candidate

    @precondition(lambda self: sum(one["company"] is not None for one in self.standings()) > 2)
    @rule(who=_PEOPLE)
    def leave(self, who: int) -> None:
        standing = me(self.people[who])
        body = {"blocks_company": True}
        if self.outcome(self.people[who].call("POST", "customer/company/departure", json=body), 204):
            after = me(self.people[who])
            assert (after["company"], after["permissions"]) == (None, [])
            if standing["is_administrator"]:
                self.administrator = None

    @invariant()
    def one_administrator_or_nobody_acts(self) -> None:
        standings = self.standings()
        state = self.reviewer.detail(self.company_id)["state"]
        administrators = [who for who, one in enumerate(standings) if one["is_administrator"]]
        assert administrators == ([] if self.administrator is None else [self.administrator])
        works = self.administrator is not None and not self.suspended
        assert state == ("active" if works else "suspended")
        assert works or all(one["blocked"] for one in standings if one["company"] is not None)

    @invariant()
    def no_area_without_its_permission(self) -> None:
        area = next(self.areas)
        for who in self.people:
            standing = me(who)
            may = standing["company"] is not None and not standing["blocked"]
            may = may and AREA_PERMISSIONS[area].value in standing["permissions"]
            assert (who.call("GET", f"customer/areas/{area}").status_code == 200) == may

    @invariant()
    def no_circle_of_superiors(self) -> None:
        if self.administrator is None or self.suspended:
            return
        manager = self.people[self.administrator]
        listed = expect(manager.call("GET", _EMPLOYEES), 200)["items"]
        tree = expect(manager.call("GET", "customer/company/hierarchy"), 200)["roots"]
        assert _count(tree) == len(listed)


def _count(nodes: list[Any]) -> int:
    return sum(1 + _count(node["children"]) for node in nodes)


def test_whatever_people_do_the_ground_rules_hold(make_world: WorldMaker) -> None:
    machine = type("TeamHere", (Team,), {"make_world": staticmethod(make_world)})
    run_state_machine_as_test(
        machine,
        settings=settings(
            max_examples=4, stateful_step_count=25, deadline=None, suppress_health_check=list(HealthCheck)
        ),
    )
