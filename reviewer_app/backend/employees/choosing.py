# SPDX-License-Identifier: AGPL-3.0-or-later
"""People to choose from: superiors, those who take over a superior's people, a new administrator (S15, S18, R6)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence

from sqlalchemy import ColumnElement
from sqlalchemy.orm import Session

from reviewer_app.backend.companies.service import Acting
from reviewer_app.backend.employees import repository
from reviewer_app.backend.employees.management import Team, found
from reviewer_app.backend.employees.presentation import in_brief
from reviewer_app.backend.employees.service import EmployeeRecord
from reviewer_app.backend.employees.tables import EmployeeRecord as Row
from reviewer_app.backend.kit.choosing import Wanted
from reviewer_app.contract.customer_team import EmployeeEntry, EmployeeState, PeopleInBrief, PeopleToChoose


class Choices:
    """Lists that stay short however many people a company has, because they are searched."""

    def __init__(self, team: Team) -> None:
        self._team = team

    def people(self, session: Session, user_id: str, wanted: Wanted) -> PeopleToChoose:
        """Give people to choose from. Raises ``no_company``, ``company_blocked``, ``permission_missing``."""
        actor = self._team.manager(session, user_id, lock=False)
        listed = _matching(session, actor, wanted, ())
        return PeopleToChoose(items=listed.items, total=listed.total, viewer=actor.viewer)

    def candidates(self, session: Session, user_id: str, wanted: Wanted) -> PeopleInBrief:
        """Give those who may become the administrator: not who is it, nor who is blocked. Raises like :meth:`people`."""
        actor = self._team.manager(session, user_id, lock=False)
        present = Row.user_id.is_(None) | (Row.user_id != actor.company.administrator_id)
        return _matching(session, actor, wanted, (), present, Row.state != EmployeeState.BLOCKED)

    def entry(self, session: Session, user_id: str, employee_id: str, wanted: Wanted) -> EmployeeEntry:
        """Give a person with whoever may be their superior. Raises ``not_found`` too."""
        actor = self._team.manager(session, user_id, lock=False)
        employee = found(session, actor, employee_id)
        below = _listed(session, actor, [Row.superior_id == employee.id], wanted.limit)
        apart = [employee.id]
        if below.total:
            apart += _all_below(repository.superiors(session, actor.company.id), employee.id)
        superior = (employee.superior_id,) if employee.superior_id else ()
        wanted = Wanted(wanted.text, (*superior, *wanted.chosen), wanted.limit)
        return EmployeeEntry(
            employee=self._team.show(session, actor, employee),
            below=below,
            choices=_matching(session, actor, wanted, apart),
            viewer=actor.viewer,
        )


def _matching(
    session: Session, actor: Acting, wanted: Wanted, apart: Sequence[str], *limits: ColumnElement[bool]
) -> PeopleInBrief:
    chosen = [one for one in dict.fromkeys(wanted.chosen) if one not in apart]
    conditions = [*limits, *repository.matching(wanted.text)]
    if apart:
        conditions.append(Row.id.not_in(apart))
    listed = _listed(session, actor, conditions, wanted.limit)
    missing = set(chosen) - {person.id for person in listed.items}
    if not missing:
        return listed
    first = [in_brief(person) for person in _by_id(session, actor, missing)]
    return PeopleInBrief(items=(*first, *listed.items), total=listed.total)


def _listed(session: Session, actor: Acting, conditions: Sequence[ColumnElement[bool]], limit: int) -> PeopleInBrief:
    company_id = actor.company.id
    rows = repository.page(session, company_id, conditions=conditions, after=None, limit=limit + 1)
    total = len(rows) if len(rows) <= limit else repository.count(session, company_id, conditions)
    return PeopleInBrief(items=tuple(in_brief(row) for row in rows[:limit]), total=total)


def _by_id(session: Session, actor: Acting, ids: Collection[str]) -> Sequence[EmployeeRecord]:
    conditions = [Row.id.in_(sorted(ids))]
    return repository.page(session, actor.company.id, conditions=conditions, after=None, limit=len(ids))


def _all_below(superiors: Mapping[str, str | None], top: str) -> list[str]:
    people: defaultdict[str | None, list[str]] = defaultdict(list)
    for person, superior in superiors.items():
        people[superior].append(person)
    below = list(people[top])
    for person in below:
        below.extend(people[person])
    return below
