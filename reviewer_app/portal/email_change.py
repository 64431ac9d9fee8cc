# SPDX-License-Identifier: AGPL-3.0-or-later
"""Pages that change the address of one's own account: asking with the password, confirming by the mailed link."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from reviewer_app.contract.customer_administrators import EmailChange
from reviewer_app.contract.problems import FIELD_PROBLEMS, FieldCode, ProblemCode
from reviewer_app.portal.api import CustomerApi
from reviewer_app.portal.forms import FormState, attempt, read_values
from reviewer_app.portal.pages import Pages
from reviewer_app.portal.visitors import TOKEN_HEADERS
from reviewer_app.portal.visits import SESSION_COOKIE, Flash, Visit, drop_cookie

_OWN = "me/email-change"


class EmailChangePages:
    """The present address, a change that waits, and the link that makes it true."""

    def __init__(self, *, api: CustomerApi, pages: Pages) -> None:
        self._api = api
        self._pages = pages

    def routes(self) -> list[Route]:
        """Give the addresses of these pages."""
        return [
            Route("/account/email", self.show, methods=["GET"]),
            Route("/account/email", self.ask, methods=["POST"]),
            Route("/account/email/cancel", self.cancel, methods=["POST"]),
            Route("/change-email/{token}", self.confirmation, methods=["GET"]),
            Route("/change-email/{token}", self.confirm, methods=["POST"]),
        ]

    async def show(self, request: Request) -> Response:
        """Show the address in force and the change that waits for its confirmation."""
        return await self._shown(Visit.of(request))

    async def ask(self, request: Request) -> Response:
        """Ask for another address; the answer is the same for any."""
        visit, values = Visit.of(request), await read_values(request)
        body = {name: values.get(name, "") for name in ("email", "password")}
        refused = await attempt(
            visit,
            values,
            lambda: self._api.send(visit.caller, "POST", _OWN, body=body, key=values.get("request_key")),
        )
        if refused:
            if refused.code == ProblemCode.VALIDATION_FAILED and not body["password"]:
                required = FIELD_PROBLEMS[FieldCode.REQUIRED].in_language(visit.language)
                refused = refused.with_errors({"password": required}, required)
            return await self._shown(visit, refused)
        return self._pages.redirect("/account/email", Flash("email_change_asked", body["email"].strip()))

    async def cancel(self, request: Request) -> Response:
        """Cancel the change that waits."""
        visit, values = Visit.of(request), await read_values(request)
        refused = await attempt(visit, values, lambda: self._api.send(visit.caller, "DELETE", _OWN))
        if refused:
            return await self._shown(visit, refused)
        return self._pages.redirect("/account/email", Flash("email_change_cancelled"))

    async def confirmation(self, request: Request) -> Response:
        """Ask to confirm; a look at the link, such as a mail scanner's, uses nothing up."""
        return self._pages.render(Visit.of(request), "change_email.html", headers=TOKEN_HEADERS)

    async def confirm(self, request: Request) -> Response:
        """Use the link: the new address is in force, and every device has to sign in with it."""
        visit, values = Visit.of(request), await read_values(request)
        body = {"token": request.path_params["token"]}
        refused = await attempt(
            visit,
            values,
            lambda: self._api.send(visit.caller, "POST", "email-changes", body=body, key=values.get("request_key")),
        )
        if refused:
            return self._pages.render(visit, "change_email.html", form=refused, headers=TOKEN_HEADERS)
        response = self._pages.redirect("/sign-in", Flash("email_changed"))
        drop_cookie(response, SESSION_COOKIE)
        return response

    async def _shown(self, visit: Visit, form: FormState | None = None) -> Response:
        if visit.session is None:
            return self._pages.to_sign_in(visit, "/account/email")
        change = await self._api.get(visit.caller, _OWN, EmailChange)
        return self._pages.render(visit, "account_email.html", form=form, address=change.email, pending=change.pending)
