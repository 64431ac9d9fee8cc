# SPDX-License-Identifier: AGPL-3.0-or-later
"""The tree of employees and superiors (S18): moved by choosing a superior, or by dragging."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import NamedTuple
from urllib.parse import quote, urlencode

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from reviewer_app.contract.customer_team import Hierarchy, HierarchyNode
from reviewer_app.portal.api import CustomerApi
from reviewer_app.portal.forms import SOUGHT, FormState, attempt, read_values
from reviewer_app.portal.pages import Pages
from reviewer_app.portal.parts import found_by, part_of
from reviewer_app.portal.visits import Flash, Visit

TREE = "/company/hierarchy"
PAGE_SIZE = 60
"""People on one page of the tree, beside those above them: a page stays below 150 KB."""


class Place(NamedTuple):
    """A person in the tree, in the order of reading."""

    node: HierarchyNode
    above: tuple[str, ...]
    """Ids of everyone above, the highest first."""

    @property
    def superior(self) -> str:
        """Id of the superior, empty at the top."""
        return self.above[-1] if self.above else ""


class HierarchyPages:
    """Who is above whom."""

    def __init__(self, *, api: CustomerApi, pages: Pages) -> None:
        self._api = api
        self._pages = pages

    def routes(self) -> list[Route]:
        """Give the addresses of these pages."""
        return [Route(TREE, self.tree, methods=["GET"]), Route(TREE, self.move, methods=["POST"])]

    async def tree(self, request: Request) -> Response:
        """The tree as it is, a page of people at a time, or those who match a search."""
        visit = Visit.of(request)
        if visit.session is None:
            return self._pages.to_sign_in(visit, TREE)
        return await self._tree(visit, None, request.query_params)

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
            return await self._tree(visit, refused, values)
        asked = urlencode({name: values[name] for name in ("q", "page") if values.get(name)})
        return self._pages.redirect(f"{TREE}?{asked}" if asked else TREE, Flash("superior_changed"))

    async def _tree(self, visit: Visit, form: FormState | None, asked: Mapping[str, str]) -> Response:
        hierarchy = await self._api.get(visit.caller, "company/hierarchy", Hierarchy)
        places = [place for root in hierarchy.roots for place in walk(root)]
        query = asked.get("q", "").strip()
        part = part_of(matching(places, query), asked.get("page", ""), PAGE_SIZE)
        drawn = {one for place in part.items for one in (place.node.id, *place.above)}
        sought = (form.values if form else {}).get(SOUGHT, "").strip()
        offered = drawn | {place.node.id for place in (matching(places, sought)[:PAGE_SIZE] if sought else ())}
        return self._pages.render(
            visit,
            "hierarchy.html",
            form=form,
            viewer=hierarchy.viewer,
            roots=tuple(pruned(hierarchy.roots, drawn)),
            places=part.items,
            superiors=[place for place in places if place.node.id in offered],
            query=query,
            part=part,
        )


def walk(node: HierarchyNode, above: tuple[str, ...] = ()) -> Iterator[Place]:
    """Give a person and everyone below them, each superior before their people."""
    yield Place(node, above)
    for child in node.children:
        yield from walk(child, (*above, node.id))


def matching(places: Sequence[Place], text: str) -> Sequence[Place]:
    """Give those whose name, e-mail or position has every word of a search in it."""
    if not text:
        return places
    return [place for place in places if found_by(text, place.node.name, place.node.email, place.node.position)]


def pruned(nodes: Sequence[HierarchyNode], drawn: Collection[str]) -> Iterator[HierarchyNode]:
    """Give the tree with the people who are drawn. Whoever is drawn has everyone above them drawn too."""
    for node in nodes:
        if node.id in drawn:
            yield node.model_copy(update={"children": tuple(pruned(node.children, drawn))})
