# SPDX-License-Identifier: AGPL-3.0-or-later
"""Finds the page of an address without comparing it with each of some seventy patterns."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from starlette.datastructures import URLPath
from starlette.routing import BaseRoute, Match, NoMatchFound, Route
from starlette.types import Receive, Scope, Send


class PlainAddresses(BaseRoute):
    """Stands before all routes and knows those whose address has no parameter by that address."""

    def __init__(self, routes: Sequence[Route]) -> None:
        self._routes: defaultdict[str, list[Route]] = defaultdict(list)
        for route in routes:
            if not route.param_convertors:
                self._routes[route.path].append(route)

    def matches(self, scope: Scope) -> tuple[Match, Scope]:
        """Give the route that takes a request's address and method; None of them leaves it to those that follow."""
        known = self._routes.get(scope["path"], ()) if scope["type"] == "http" else ()
        for route in known:
            match, found = route.matches(scope)
            if match is Match.FULL:
                return match, {**found, "route": route}
        return Match.NONE, {}

    async def handle(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Have the route answer that `matches` found."""
        await scope["route"].handle(scope, receive, send)

    def url_path_for(self, name: str, /, **path_params: object) -> URLPath:
        """Name no address: the routes themselves follow. Raises NoMatchFound."""
        raise NoMatchFound(name, path_params)
