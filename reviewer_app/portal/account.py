# SPDX-License-Identifier: AGPL-3.0-or-later
"""Pages of a signed-in person: home, own data, consents, language, sign-out (S6, S7)."""

from __future__ import annotations

import contextlib

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from reviewer_app.contract.customer import Me, NextStep
from reviewer_app.contract.customer_administrators import ConsentsHistory
from reviewer_app.contract.text import Language
from reviewer_app.portal.api import ApiProblem, ApiUnreachable, CustomerApi
from reviewer_app.portal.forms import FormState, attempt, read_values
from reviewer_app.portal.pages import Pages
from reviewer_app.portal.visits import (
    SESSION_COOKIE,
    VISITOR_COOKIE,
    Flash,
    Visit,
    drop_cookie,
    local_path,
    remember_language,
)

_CHANNELS = ("email", "phone", "sms")
_OWN_DATA = ("first_name", "last_name", "phone", "position")


class AccountPages:
    """What concerns the person, not the company."""

    def __init__(self, *, api: CustomerApi, pages: Pages) -> None:
        self._api = api
        self._pages = pages

    def routes(self) -> list[Route]:
        """Give the addresses of these pages."""
        return [
            Route("/home", self.home),
            Route("/account", self.account, methods=["GET"]),
            Route("/account", self.change, methods=["POST"]),
            Route("/account/sessions/end", self.sign_out_everywhere, methods=["POST"]),
            Route("/consents", self.consents, methods=["GET"]),
            Route("/consents", self.save_consents, methods=["POST"]),
            Route("/language", self.choose_language, methods=["POST"]),
            Route("/sign-out", self.sign_out, methods=["POST"]),
        ]

    async def home(self, request: Request) -> Response:
        """Lead to what has to be done now; without a company, offer to add one (S7)."""
        visit = Visit.of(request)
        if visit.session is None:
            return self._pages.to_sign_in(visit, "/home")
        me = await self._api.get(visit.caller, "me", Me)
        if me.next_step is NextStep.CONSENTS:
            return self._pages.redirect("/consents")
        if me.company is not None:
            # The road of the company is its administrator's; everyone else finds their parts in the menu.
            return self._pages.redirect("/company" if me.is_administrator else "/company/menu")
        return self._pages.render(visit, "home.html", me=me)

    async def account(self, request: Request) -> Response:
        """The person's own data, and everything else that is theirs."""
        visit = Visit.of(request)
        if visit.session is None:
            return self._pages.to_sign_in(visit, "/account")
        return await self._account(visit, None)

    async def change(self, request: Request) -> Response:
        """Change the person's own data."""
        visit, values = Visit.of(request), await read_values(request)
        body = {name: values.get(name, "").strip() for name in _OWN_DATA}
        refused = await attempt(visit, values, lambda: self._api.send(visit.caller, "PATCH", "me", body=body))
        if refused:
            return await self._account(visit, refused)
        return self._pages.redirect("/account", Flash("account_changed"))

    async def sign_out_everywhere(self, request: Request) -> Response:
        """End the person's sessions on every device, this one too."""
        visit, values = Visit.of(request), await read_values(request)
        refused = await attempt(visit, values, lambda: self._api.send(visit.caller, "DELETE", "sessions"))
        if refused:
            return await self._account(visit, refused)
        response = self._pages.redirect("/", Flash("signed_out_everywhere"))
        drop_cookie(response, SESSION_COOKIE)
        drop_cookie(response, VISITOR_COOKIE)
        return response

    async def consents(self, request: Request) -> Response:
        """S6: ask for consent to marketing, each channel by itself, and show what was answered before."""
        visit = Visit.of(request)
        if visit.session is None:
            return self._pages.to_sign_in(visit, "/consents")
        return await self._consents(visit, None)

    async def save_consents(self, request: Request) -> Response:
        """S6: record the answer, also when it is no to everything."""
        visit, values = Visit.of(request), await read_values(request)
        body = {
            "channels": {channel: channel in values for channel in _CHANNELS},
            "wording_version": values.get("wording_version", ""),
        }
        refused = await attempt(visit, values, lambda: self._api.send(visit.caller, "PUT", "me/consents", body=body))
        if refused:
            return await self._consents(visit, refused)
        return self._pages.redirect("/home", Flash("consents_saved"))

    async def choose_language(self, request: Request) -> Response:
        """Change the language here and, when signed in, in the account."""
        visit, values = Visit.of(request), await read_values(request)
        response = self._pages.redirect(local_path(values.get("back", ""), "/"))
        if not visit.accepts(values.get("form_token", "")) or values.get("language") not in set(Language):
            return response
        language = Language(values["language"])
        remember_language(response, language)
        if visit.session:
            await keep_language(self._api, visit._replace(language=language))
        return response

    async def sign_out(self, request: Request) -> Response:
        """End the session here and on the server."""
        visit, values = Visit.of(request), await read_values(request)
        if not visit.accepts(values.get("form_token", "")):
            return self._pages.redirect("/home")
        if visit.session:
            # Without the cookie this browser is signed out, whatever the server answers.
            with contextlib.suppress(ApiProblem, ApiUnreachable):
                await self._api.send(visit.caller, "DELETE", "sessions/current")
        response = self._pages.redirect("/", Flash("signed_out"))
        drop_cookie(response, SESSION_COOKIE)
        drop_cookie(response, VISITOR_COOKIE)
        return response

    async def _account(self, visit: Visit, form: FormState | None) -> Response:
        me = await self._api.get(visit.caller, "me", Me)
        stored = {name: str(getattr(me.user, name)) for name in _OWN_DATA}
        return self._pages.render(visit, "account.html", form=form or FormState(values=stored), me=me)

    async def _consents(self, visit: Visit, form: FormState | None) -> Response:
        history = await self._api.get(visit.caller, "me/consents/history", ConsentsHistory)
        present = history.items[0] if history.items else None
        return self._pages.render(
            visit, "consents.html", form=form, consents=present, wording=history.wording, history=history.items
        )


async def keep_language(api: CustomerApi, visit: Visit) -> None:
    """Keep the language of a visit in the account: mails come in it. Pages change theirs even when this fails."""
    with contextlib.suppress(ApiProblem, ApiUnreachable):
        await api.send(visit.caller, "PATCH", "me", body={"language": visit.language})
