# SPDX-License-Identifier: AGPL-3.0-or-later
"""The invited person's page (S16): finish registration with the data of S2, or accept with an account that exists."""

from __future__ import annotations

from urllib.parse import quote

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from reviewer_app.contract.customer_team import InvitationShown
from reviewer_app.contract.problems import ProblemCode
from reviewer_app.portal.api import CustomerApi
from reviewer_app.portal.forms import FormState, attempt, left_empty, read_values
from reviewer_app.portal.pages import Pages
from reviewer_app.portal.visitors import TOKEN_HEADERS
from reviewer_app.portal.visits import Flash, Visit

_PERSON = ("first_name", "last_name", "phone", "position")


class InvitationPages:
    """How an employee joins their company."""

    def __init__(self, *, api: CustomerApi, pages: Pages) -> None:
        self._api = api
        self._pages = pages

    def routes(self) -> list[Route]:
        """Give the addresses of these pages."""
        return [
            Route("/invitations/{token}", self.show, methods=["GET"]),
            Route("/invitations/{token}", self.join, methods=["POST"]),
            Route("/invitations/{token}/acceptance", self.accept, methods=["POST"]),
        ]

    async def show(self, request: Request) -> Response:
        """Who invites whom, and the form."""
        return await self._page(Visit.of(request), request.path_params["token"], None)

    async def join(self, request: Request) -> Response:
        """Make the account; it is active at once, because the link came by e-mail."""
        visit, values = Visit.of(request), await read_values(request)
        token = request.path_params["token"]
        body = {
            **{name: values.get(name, "").strip() for name in _PERSON},
            "password": values.get("password", ""),
            "language": visit.language,
            "terms_version": values.get("terms_shown", "") if values.get("terms_version") else "",
        }
        refused = await attempt(
            visit,
            values,
            lambda: self._api.send(visit.caller, "POST", _path(token), body=body, key=values.get("request_key")),
        )
        if refused:
            if refused.errors:
                refused = refused.with_errors(left_empty(values, visit.language, "password"), "", refused.status)
            return await self._page(visit, token, refused)
        return self._pages.redirect("/sign-in", Flash("joined"))

    async def accept(self, request: Request) -> Response:
        """Join with the account that the person is signed in with."""
        visit, values = Visit.of(request), await read_values(request)
        token = request.path_params["token"]
        refused = await attempt(
            visit,
            values,
            lambda: self._api.send(
                visit.caller, "POST", f"{_path(token)}/acceptance", body={}, key=values.get("request_key")
            ),
        )
        if refused:
            return await self._page(visit, token, refused)
        return self._pages.redirect("/home", Flash("invitation_accepted"))

    async def _page(self, visit: Visit, token: str, form: FormState | None) -> Response:
        shown = await self._api.get(visit.caller, _path(token), InvitationShown)
        exists = shown.account_exists or (form is not None and form.code == ProblemCode.ACCOUNT_EXISTS)
        return self._pages.render(
            visit,
            "invitation.html",
            form=form,
            headers=TOKEN_HEADERS,
            invitation=shown,
            exists=exists,
            here=f"/invitations/{quote(token, safe='')}",
        )


def _path(token: str) -> str:
    return f"invitations/{quote(token, safe='')}"
