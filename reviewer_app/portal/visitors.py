# SPDX-License-Identifier: AGPL-3.0-or-later
"""Pages of people who are not signed in: start, registration, activation, sign-in, password, terms (S1–S5)."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from reviewer_app.contract.customer import CustomerSession, Terms
from reviewer_app.contract.passwords import MIN_LENGTH, STRONG_LENGTH, read_common, weakness
from reviewer_app.contract.problems import FIELD_PROBLEMS, PROBLEMS, FieldCode, ProblemCode
from reviewer_app.contract.text import Language
from reviewer_app.portal.api import CustomerApi
from reviewer_app.portal.forms import FormState, attempt, left_empty, read_values
from reviewer_app.portal.pages import Pages
from reviewer_app.portal.texts import PASSWORD_OK, PASSWORD_STRONG
from reviewer_app.portal.visits import (
    LANGUAGE_COOKIE,
    Flash,
    Visit,
    local_path,
    remember_language,
    start_session,
)
from reviewer_app.resources import resource_path

TOKEN_HEADERS = {"Referrer-Policy": "no-referrer", "Cache-Control": "no-store"}
_PUBLIC_HEADERS = {"Cache-Control": "private, no-cache"}
_REGISTRATION_FIELDS = ("first_name", "last_name", "email", "phone", "position", "password")
_TERMS_PAGES = ("terms", "owh", "privacy")


class VisitorPages:
    """Everything before the first sign-in."""

    def __init__(self, *, api: CustomerApi, pages: Pages) -> None:
        self._api = api
        self._pages = pages
        self._common = read_common(resource_path("common-passwords.txt").read_text(encoding="utf-8"))

    def routes(self) -> list[Route]:
        """Give the addresses of these pages."""
        return [
            Route("/", self.start),
            Route("/register", self.registration, methods=["GET"]),
            Route("/register", self.register, methods=["POST"]),
            Route("/register/sent", self.sent),
            Route("/activate/{token}", self.activation, methods=["GET"]),
            Route("/activate/{token}", self.activate, methods=["POST"]),
            Route("/activation/resend", self.resend_form, methods=["GET"]),
            Route("/activation/resend", self.resend, methods=["POST"]),
            Route("/password-check", self.check_password, methods=["POST"]),
            Route("/sign-in", self.sign_in_form, methods=["GET"]),
            Route("/sign-in", self.sign_in, methods=["POST"]),
            Route("/forgotten-password", self.forgotten_form, methods=["GET"]),
            Route("/forgotten-password", self.forgotten, methods=["POST"]),
            Route("/reset-password/{token}", self.reset_form, methods=["GET"]),
            Route("/reset-password/{token}", self.reset, methods=["POST"]),
            *(Route(f"/{name}", self.terms, name=name) for name in _TERMS_PAGES),
        ]

    async def start(self, request: Request) -> Response:
        """S1: what the portal is for, and the way in."""
        visit = Visit.of(request)
        if visit.session:
            return self._pages.redirect("/home")
        return self._pages.render(visit, "start.html", headers=_PUBLIC_HEADERS)

    async def registration(self, request: Request) -> Response:
        """S2: the empty form, with the terms in force."""
        visit = Visit.of(request)
        terms = await self._api.get(visit.caller, "terms", Terms)
        return self._pages.render(
            visit, "register.html", headers=_PUBLIC_HEADERS, version=terms.terms_version, terms=terms
        )

    async def register(self, request: Request) -> Response:
        """S2: send the person's data."""
        visit, values = Visit.of(request), await read_values(request)
        body = {name: values.get(name, "") for name in _REGISTRATION_FIELDS}
        body["language"] = visit.language
        body["terms_version"] = values.get("terms_shown", "") if values.get("terms_version") else ""
        refused = await attempt(
            visit,
            values,
            lambda: self._api.send(visit.caller, "POST", "registrations", body=body, key=values.get("request_key")),
        )
        if refused:
            if refused.code == ProblemCode.VALIDATION_FAILED and not values.get("password"):
                required = FIELD_PROBLEMS[FieldCode.REQUIRED].in_language(visit.language)
                refused = refused.with_errors({"password": required}, required)
            version = values.get("terms_shown", "")
            if "terms_version" in refused.errors:
                version = (await self._api.get(visit.caller, "terms", Terms)).terms_version
            return self._pages.render(visit, "register.html", form=refused, version=version, terms=None)
        return self._pages.redirect("/register/sent", Flash("registered", body["email"].strip()))

    async def sent(self, request: Request) -> Response:
        """S3: say where the activation link went."""
        visit = Visit.of(request)
        address = visit.flash.value if visit.flash else ""
        # The message stays for a reload of this page.
        return self._pages.render(visit._replace(partial=True), "register_sent.html", address=address)

    async def activation(self, request: Request) -> Response:
        """S4: ask to confirm; a look at the link, such as a mail scanner's, uses nothing up."""
        return self._pages.render(Visit.of(request), "activate.html", headers=TOKEN_HEADERS)

    async def activate(self, request: Request) -> Response:
        """S4: use the link."""
        visit, values = Visit.of(request), await read_values(request)
        body = {"token": request.path_params["token"]}
        refused = await attempt(
            visit,
            values,
            lambda: self._api.send(visit.caller, "POST", "activations", body=body, key=values.get("request_key")),
        )
        if refused:
            return self._pages.render(visit, "activate.html", form=refused, headers=TOKEN_HEADERS)
        return self._pages.redirect("/sign-in", Flash("activated"))

    async def resend_form(self, request: Request) -> Response:
        """S4: ask for the activation link again."""
        return self._pages.render(Visit.of(request), "resend.html", headers=_PUBLIC_HEADERS)

    async def resend(self, request: Request) -> Response:
        """S4: have the activation link sent again; the answer is the same for any address."""
        return await self._send_by_mail(request, "activations/resend", "resend.html", "resent")

    async def forgotten_form(self, request: Request) -> Response:
        """Ask for a link that sets a new password."""
        return self._pages.render(Visit.of(request), "forgotten.html", headers=_PUBLIC_HEADERS)

    async def forgotten(self, request: Request) -> Response:
        """Have the link sent; the answer is the same for any address."""
        return await self._send_by_mail(request, "password-resets", "forgotten.html", "reset_sent")

    async def reset_form(self, request: Request) -> Response:
        """Ask for the new password."""
        return self._pages.render(Visit.of(request), "reset_password.html", headers=TOKEN_HEADERS)

    async def reset(self, request: Request) -> Response:
        """Set the new password."""
        visit, values = Visit.of(request), await read_values(request)
        body = {"token": request.path_params["token"], "password": values.get("password", "")}
        refused = await attempt(
            visit,
            values,
            lambda: self._api.send(
                visit.caller, "POST", "password-resets/confirm", body=body, key=values.get("request_key")
            ),
        )
        if refused:
            return self._pages.render(visit, "reset_password.html", form=refused, headers=TOKEN_HEADERS)
        return self._pages.redirect("/sign-in", Flash("password_changed"))

    async def check_password(self, request: Request) -> Response:
        """Say how strong a password being typed is; nothing is stored."""
        visit, values = Visit.of(request), await read_values(request)
        typed = values.get("password", "")
        problem, good = None, None
        if typed and visit.accepts(values.get("form_token", "")):
            code = weakness(typed, common=self._common, personal=[values.get("email", "")])
            problem = FIELD_PROBLEMS[code].format(limit=MIN_LENGTH) if code else None
            good = None if code else PASSWORD_STRONG if len(typed) >= STRONG_LENGTH else PASSWORD_OK
        return self._pages.render(visit, "check.html", problem=problem, good=good)

    async def sign_in_form(self, request: Request) -> Response:
        """S5: the form; ``next`` is where to go afterwards."""
        target = local_path(request.query_params.get("next", ""), "/home")
        form = FormState(values={"next": target})
        return self._pages.render(Visit.of(request), "sign_in.html", form=form, inactive=False, headers=_PUBLIC_HEADERS)

    async def sign_in(self, request: Request) -> Response:
        """S5: sign in."""
        visit, values = Visit.of(request), await read_values(request)
        empty = left_empty(values, visit.language, "email", "password")
        if empty and "refused" not in values:
            message = PROBLEMS[ProblemCode.VALIDATION_FAILED].text.in_language(visit.language)
            form = FormState(values=values).with_errors(empty, message)
            return self._pages.render(visit, "sign_in.html", form=form, inactive=False)
        body = {"email": values.get("email", ""), "password": values.get("password", "")}
        sessions: list[CustomerSession] = []

        async def act() -> None:
            answer = await self._api.send(visit.caller._replace(token=None), "POST", "sessions", body=body)
            sessions.append(CustomerSession.model_validate_json(answer.content))

        refused = await attempt(visit, values, act)
        if refused:
            inactive = refused.code == ProblemCode.NOT_ACTIVATED
            return self._pages.render(visit, "sign_in.html", form=refused, inactive=inactive)
        session = sessions[0]
        response = self._pages.redirect(local_path(values.get("next", ""), "/home"))
        start_session(response, session.access_token, session.expires_at)
        if LANGUAGE_COOKIE not in request.cookies:
            remember_language(response, Language(session.user.language))
        return response

    async def terms(self, request: Request) -> Response:
        """The regulations, the general terms of trade or the privacy notice, to read."""
        visit = Visit.of(request)
        terms = await self._api.get(visit.caller, "terms", Terms)
        document = getattr(terms, request.url.path.rsplit("/", 1)[-1])
        return self._pages.render(visit, "terms.html", document=document, headers=_PUBLIC_HEADERS)

    async def _send_by_mail(self, request: Request, path: str, template: str, done: str) -> Response:
        visit, values = Visit.of(request), await read_values(request)
        body = {"email": values.get("email", "")}
        refused = await attempt(
            visit,
            values,
            lambda: self._api.send(visit.caller, "POST", path, body=body, key=values.get("request_key")),
        )
        if refused:
            return self._pages.render(visit, template, form=refused)
        return self._pages.redirect("/sign-in", Flash(done, body["email"].strip()))
