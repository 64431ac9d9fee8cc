# SPDX-License-Identifier: AGPL-3.0-or-later
"""Pages of the finishing link: addresses, choice, terms, e-invoices (S21–S24)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from urllib.parse import quote

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from reviewer_app.contract.customer import Completion
from reviewer_app.portal.api import CustomerApi
from reviewer_app.portal.forms import FormState, attempt, read_values
from reviewer_app.portal.pages import Pages
from reviewer_app.portal.texts import CHOICE_REQUIRED, NAME_DIFFERS
from reviewer_app.portal.visitors import TOKEN_HEADERS
from reviewer_app.portal.visits import Visit

_CHOICES = frozenset({"proceed", "clear"})
_OUTCOMES = {"proceed": "active", "clear": "cleared"}


class CompletionPages:
    """The customer's last step."""

    def __init__(self, *, api: CustomerApi, pages: Pages) -> None:
        self._api = api
        self._pages = pages

    def routes(self) -> list[Route]:
        """Give the addresses of these pages."""
        return [
            Route("/finish/{token}", self.show, methods=["GET"]),
            Route("/finish/{token}", self.finish, methods=["POST"]),
            Route("/finished/{outcome}", self.finished),
        ]

    async def show(self, request: Request) -> Response:
        """S21: the addresses to check and the choice."""
        return await self._page(Visit.of(request), request.path_params["token"], None)

    async def finish(self, request: Request) -> Response:
        """S21–S23: go on with both terms accepted, or clear the company's account."""
        visit, values = Visit.of(request), await read_values(request)
        token, choice = request.path_params["token"], values.get("choice", "")
        if choice not in _CHOICES:
            message = CHOICE_REQUIRED.in_language(visit.language)
            form = FormState(values=values, errors={"choice": message}, message=message, status=422)
            return await self._page(visit, token, form)
        refused = await attempt(
            visit,
            values,
            lambda: self._api.send(
                visit.caller, "POST", _path(token), body=_completion(values), key=values.get("request_key")
            ),
        )
        if refused:
            if "confirm_name" in refused.errors and values.get("confirm_name", "").strip():
                differs = NAME_DIFFERS.in_language(visit.language)
                refused = refused.with_errors({"confirm_name": differs}, differs, refused.status)
            return await self._page(visit, token, refused)
        return self._pages.redirect(f"/finished/{_OUTCOMES[choice]}")

    async def finished(self, request: Request) -> Response:
        """S24: say how it ended."""
        outcome = request.path_params["outcome"]
        if outcome not in _OUTCOMES.values():
            raise HTTPException(404)
        return self._pages.render(Visit.of(request), "finished.html", outcome=outcome)

    async def _page(self, visit: Visit, token: str, form: FormState | None) -> Response:
        completion = await self._api.get(visit.caller, _path(token), Completion)
        return self._pages.render(visit, "completion.html", form=form, headers=TOKEN_HEADERS, completion=completion)


def _path(token: str) -> str:
    return f"completions/{quote(token, safe='')}"


def _completion(values: Mapping[str, str]) -> dict[str, Any]:
    if values["choice"] == "clear":
        return {"choice": "clear", "confirm_name": values.get("confirm_name", "")}
    accepted = values.get("einvoice") == "yes"
    return {
        "choice": "proceed",
        "owh_version": values.get("owh_shown", "") if values.get("owh_version") else "",
        "terms_version": values.get("terms_shown", "") if values.get("terms_version") else "",
        "einvoice": {"accepted": accepted, "email": values.get("einvoice.email", "").strip() if accepted else None},
    }
