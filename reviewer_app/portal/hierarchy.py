# SPDX-License-Identifier: AGPL-3.0-or-later
"""The tree of employees and superiors (S18): moved by choosing a superior, or by dragging."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from typing import NamedTuple
from urllib.parse import quote

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from reviewer_app.contract.customer import Me
from reviewer_app.contract.customer_team import Hierarchy, HierarchyNode
from reviewer_app.portal.api import CustomerApi
from reviewer_app.portal.forms import FormState, attempt, read_values
from reviewer_app.portal.pages import Pages
from reviewer_app.portal.visits import Flash, Visit

TREE = "/company/hierarchy"


class Place(NamedTuple):
    """A person in the tree, in the order of reading, their superior, and everyone below them."""

    node: HierarchyNode
    superior: str
    depth: int
    below: frozenset[str]


class HierarchyPages:
    """Who is above whom."""

    def __init__(self, *, api: CustomerApi, pages: Pages) -> None:
        self._api = api
        self._pages = pages

    def routes(self) -> list[Route]:
        """Give the addresses of these pages."""
        return [Route(TREE, self.tree, methods=["GET"]), Route(TREE, self.move, methods=["POST"])]

    async def tree(self, request: Request) -> Response:
        """The tree as it is."""
        visit = Visit.of(request)
        if visit.session is None:
            return self._pages.to_sign_in(visit, TREE)
        return await self._tree(visit, None)

    async def move(self, request: Request) -> Response:
        """Put a person below another, or at the top; their own people go with them."""
        visit, values = Visit.of(request), await read_values(request)
        path = f"company/employees/{quote(values.get('employee', ''), safe='')}/superior"
        body = {"superior_id": values.get("superior_id") or None}
        refused = await attempt(
            visit,
            values,
            lambda: self._api.send(visit.caller, "PUT", path, body=body, key=values.get("request_key")),
        )
        if refused:
            return await self._tree(visit, refused)
        return self._pages.redirect(TREE, Flash("superior_changed"))

    async def _tree(self, visit: Visit, form: FormState | None) -> Response:
        me, hierarchy = await asyncio.gather(
            self._api.get(visit.caller, "me", Me), self._api.get(visit.caller, "company/hierarchy", Hierarchy)
        )
        places = [place for root in hierarchy.roots for place in walk(root)]
        return self._pages.render(visit, "hierarchy.html", form=form, me=me, roots=hierarchy.roots, places=places)


def walk(node: HierarchyNode, superior: str = "", depth: int = 0) -> Iterator[Place]:
    """Give a person and everyone below them, each superior before their people."""
    below = [place for child in node.children for place in walk(child, node.id, depth + 1)]
    yield Place(node, superior, depth, frozenset(place.node.id for place in below))
    yield from below
