# SPDX-License-Identifier: AGPL-3.0-or-later
"""The bench's pages at ``/qa``. They work without JavaScript."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import datetime
from typing import Any

from pydantic import ValidationError
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import FormData, UploadFile
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response
from starlette.routing import Route

from reviewer_app.contract.bench import (
    BENCH_PASSWORD,
    BENCH_STAFF,
    LARGEST_SEED,
    BenchClockRequest,
    BenchProblemCode,
    BenchRefusal,
    Expectation,
    FaultRule,
    FaultStatus,
)
from reviewer_app.contract.text import Language
from reviewer_app.qa.bench.answers import LANGUAGE_COOKIE, language_of
from reviewer_app.qa.bench.faults import Faults
from reviewer_app.qa.bench.magic import FILE_WORDS
from reviewer_app.qa.bench.rendering import ZONE, BenchRenderer, redirect
from reviewer_app.qa.bench.texts import TEXTS
from reviewer_app.qa.bench.workshop import Workshop
from reviewer_app.qa.scenarios import GROUP_TITLES, Group

_SHOWN_CASES = 200
_YEAR_SECONDS = 365 * 24 * 3600
_WRONG_SEED = TEXTS["wrong_seed"].format(largest=str(LARGEST_SEED))
_MAIL_POLICY = (
    "sandbox allow-popups allow-popups-to-escape-sandbox; default-src 'none'; style-src 'unsafe-inline'; img-src data:"
)


class BenchPages:
    """Catalogue, cases, mails and controls."""

    def __init__(self, workshop: Workshop, faults: Faults) -> None:
        self._workshop = workshop
        self._faults = faults
        self._renderer = BenchRenderer(workshop.parts.clock.now)

    def routes(self) -> list[Route]:
        """List the routes."""
        get, post = ["GET"], ["POST"]
        return [
            Route("/", self.catalogue, methods=get),
            Route("/language", self.choose_language, methods=post),
            Route("/companies", self.companies, methods=get),
            Route("/companies", self.make, methods=post),
            Route("/companies/{company_id}", self.company, methods=get),
            Route("/companies/{company_id}/actions", self.act, methods=post),
            Route("/mail", self.mails, methods=get),
            Route("/mail/clear", self.drop_mails, methods=post),
            Route("/mail/{mail_id}", self.mail, methods=get),
            Route("/mail/{mail_id}/html", self.mail_html, methods=get),
            Route("/controls", self.controls, methods=get),
            Route("/controls/clock", self.move_clock, methods=post),
            Route("/controls/faults", self.set_faults, methods=post),
            Route("/controls/faults/clear", self.clear_faults, methods=post),
            Route("/transfer", self.transfer, methods=get),
            Route("/transfer/import", self.bring, methods=post),
            Route("/transfer/reset", self.reset, methods=post),
        ]

    async def choose_language(self, request: Request) -> Response:
        """Remember the language, for the portal as well."""
        async with request.form() as form:
            chosen, back = str(form.get("language")), str(form.get("back", "/qa"))
        response = redirect(back.removeprefix("/qa") if back.startswith("/qa") else "/")
        if chosen in set(Language):
            response.set_cookie(
                LANGUAGE_COOKIE, chosen, max_age=_YEAR_SECONDS, path="/", secure=True, httponly=True, samesite="lax"
            )
        return response

    async def catalogue(self, request: Request) -> Response:
        """Show the scenarios."""
        return self._catalogue(request)

    def _catalogue(self, request: Request, *, error: str = "", status: int = 200) -> Response:
        query = request.query_params.get("q", "").strip()
        group = request.query_params.get("group", "")
        language = language_of(request)
        found = [one for one in self._workshop.catalogue() if _fits(one, query, group, language)]
        groups = [
            (title.in_language(language), key.value, [one for one in found if one.group == key.value])
            for key, title in GROUP_TITLES.items()
        ]
        return self._renderer.page(
            request,
            "catalogue.html",
            status=status,
            error=error,
            groups=[entry for entry in groups if entry[2]],
            all_groups=[(key.value, GROUP_TITLES[key].in_language(language)) for key in Group],
            query=query,
            group=group,
            staff=BENCH_STAFF,
            password=BENCH_PASSWORD,
            largest_seed=LARGEST_SEED,
            file_words=FILE_WORDS,
        )

    async def make(self, request: Request) -> Response:
        """Make the case of a scenario and show it."""
        async with request.form() as form:
            name, seed = str(form.get("scenario", "")), str(form.get("seed", ""))
        if not _is_seed(seed):
            return self._catalogue(request, error=_WRONG_SEED.in_language(language_of(request)), status=422)
        try:
            case = await run_in_threadpool(self._workshop.make, name, int(seed))
        except BenchRefusal as refusal:
            return self._catalogue(request, error=refusal.in_language(language_of(request)), status=refusal.status)
        return redirect(f"/companies/{case.company_id}", "made" if case.made else "was_there")

    async def companies(self, request: Request) -> Response:
        """List the companies."""
        query = request.query_params.get("q", "").strip()
        found = await run_in_threadpool(self._workshop.cases, limit=_SHOWN_CASES, text=query)
        return self._renderer.page(request, "companies.html", cases=found, query=query)

    async def company(self, request: Request) -> Response:
        """Show one company."""
        return await run_in_threadpool(self._company, request)

    def _company(self, request: Request, *, error: str = "", status: int = 200) -> Response:
        company_id, language = request.path_params["company_id"], language_of(request)
        try:
            case = self._workshop.case(company_id)
            events = self._workshop.events(company_id, language)
        except BenchRefusal as refusal:
            return self._renderer.page(request, "missing.html", status=404, error=refusal.in_language(language))
        expectation: Expectation | None = None
        if case.scenario:
            try:
                expectation = self._workshop.expectation(company_id)
            except BenchRefusal:
                expectation = None  # a company that had to be there before another
        return self._renderer.page(
            request,
            "company.html",
            status=status,
            error=error,
            case=case,
            events=events,
            expectation=expectation,
            mails=self._workshop.parts.mails.list(company_id=company_id),
            actors={name: TEXTS[f"actor_{name}"] for name in ("customer", "staff", "system")},
        )

    async def act(self, request: Request) -> Response:
        """Do an action and show the company again."""
        async with request.form() as form:
            action = str(form.get("action", ""))
        company_id = request.path_params["company_id"]
        try:
            await run_in_threadpool(self._workshop.act, company_id, action)
        except BenchRefusal as refusal:
            said, status = refusal.in_language(language_of(request)), refusal.status
            return await run_in_threadpool(lambda: self._company(request, error=said, status=status))
        return redirect(f"/companies/{company_id}", "done")

    async def mails(self, request: Request) -> Response:
        """List the caught mails."""
        recipient = request.query_params.get("to", "").strip()
        found = await run_in_threadpool(self._workshop.parts.mails.list, recipient=recipient)
        return self._renderer.page(request, "mails.html", mails=found, recipient=recipient)

    async def mail(self, request: Request) -> Response:
        """Show one mail as HTML, in a frame that runs nothing, and as text."""
        found = await run_in_threadpool(self._workshop.parts.mails.one, request.path_params["mail_id"])
        if found is None:
            said = BenchRefusal(BenchProblemCode.NOT_FOUND).in_language(language_of(request))
            return self._renderer.page(request, "missing.html", status=404, error=said)
        return self._renderer.page(request, "mail.html", mail=found)

    async def mail_html(self, request: Request) -> Response:
        """Give the HTML of a mail, for the frame only: sandboxed, its links open outside of it."""
        found = await run_in_threadpool(self._workshop.parts.mails.one, request.path_params["mail_id"])
        html = found.html if found else ""
        html = html.replace("<head>", '<head><base target="_blank">', 1)
        headers = {"Content-Security-Policy": _MAIL_POLICY, "X-Content-Type-Options": "nosniff"}
        return HTMLResponse(html, status_code=200 if found else 404, headers={**headers, "Cache-Control": "no-store"})

    async def drop_mails(self, request: Request) -> Response:
        """Forget the mails."""
        del request
        await run_in_threadpool(self._workshop.parts.mails.drop)
        return redirect("/mail", "mail_dropped")

    async def controls(self, request: Request) -> Response:
        """Show clock and faults."""
        return self._controls(request)

    def _controls(self, request: Request, *, error: str = "", status: int = 200, typed: Any = None) -> Response:
        clock = self._workshop.parts.clock.state()
        return self._renderer.page(
            request,
            "controls.html",
            status=status,
            error=error,
            clock=clock,
            local=clock.now.astimezone(ZONE),
            rules=self._faults.rules,
            statuses=tuple(FaultStatus),
            typed=typed or {},
        )

    async def move_clock(self, request: Request) -> Response:
        """Move the clock."""
        async with request.form() as form:
            shift, moment = str(form.get("shift_seconds", "")), str(form.get("now", ""))
        return await self._controlled(request, "clock_moved", lambda: self._workshop.move_clock(_move(shift, moment)))

    async def set_faults(self, request: Request) -> Response:
        """Put a rule in force, alone or beside the others."""
        async with request.form() as form:
            kept = self._faults.rules if form.get("add") else ()
            typed = {name: str(value) for name, value in form.items()}
        return await self._controlled(
            request, "faults_set", lambda: self._faults.replace([*kept, _rule(typed)]), typed=typed
        )

    async def clear_faults(self, request: Request) -> Response:
        """End all faults."""
        del request
        self._faults.replace([])
        return redirect("/controls", "faults_cleared")

    async def _controlled(self, request: Request, said: str, act: Callable[[], object], typed: Any = None) -> Response:
        language = language_of(request)
        try:
            await run_in_threadpool(act)
        except BenchRefusal as refusal:
            told = refusal.in_language(language)
            return self._controls(request, error=told, status=refusal.status, typed=typed)
        except ValidationError as error:
            wrong = TEXTS[f"wrong_{error.errors()[0]['loc'][0]}"]
            return self._controls(request, error=wrong.in_language(language), status=422, typed=typed)
        return redirect("/controls", said)

    async def transfer(self, request: Request) -> Response:
        """Show import and reset."""
        return self._transfer(request)

    def _transfer(self, request: Request, *, error: str = "", status: int = 200) -> Response:
        return self._renderer.page(request, "transfer.html", status=status, error=error, largest_seed=LARGEST_SEED)

    async def bring(self, request: Request) -> Response:
        """Import a case and show it."""
        language = language_of(request)
        async with request.form() as form:
            packed = await _uploaded(form)
        if not packed:
            return self._transfer(request, error=TEXTS["choose_file"].in_language(language), status=422)
        try:
            case = await run_in_threadpool(self._workshop.bring, packed)
        except BenchRefusal as refusal:
            return self._transfer(request, error=refusal.in_language(language), status=refusal.status)
        return redirect(f"/companies/{case.company_id}", "imported")

    async def reset(self, request: Request) -> Response:
        """Empty the bench and make its scenarios anew, once that was confirmed."""
        async with request.form() as form:
            confirmed, seed = bool(form.get("confirmed")), str(form.get("seed", ""))
        language = language_of(request)
        if not confirmed:
            return self._transfer(request, error=TEXTS["reset_unconfirmed"].in_language(language), status=422)
        if not _is_seed(seed):
            return self._transfer(request, error=_WRONG_SEED.in_language(language), status=422)
        self._faults.replace([])
        await run_in_threadpool(self._workshop.reset, int(seed), None)
        return redirect("/companies", "reset_done")


def _fits(one: Expectation, query: str, group: str, language: Language) -> bool:
    if group and one.group != group:
        return False
    told = (one.scenario, getattr(one, f"title_{language.value}"), getattr(one, f"explanation_{language.value}"))
    return query.casefold() in " ".join(told).casefold()


def _is_seed(typed: str) -> bool:
    return re.fullmatch(r"\d{1,10}", typed, re.ASCII) is not None and int(typed) <= LARGEST_SEED


def _move(shift: str, moment: str) -> BenchClockRequest:
    if moment:
        try:
            local = datetime.fromisoformat(moment).replace(tzinfo=ZONE)
        except ValueError as error:
            raise BenchRefusal(BenchProblemCode.VALIDATION_FAILED, field="now") from error
        return BenchClockRequest(now=local)
    return BenchClockRequest.model_validate({"shift_seconds": shift or None})


def _rule(typed: dict[str, str]) -> FaultRule:
    happens = typed.get("happens", "")
    values: dict[str, Any] = {
        "paths": tuple(typed.get("paths", "").split()) or ("/*",),
        "latency_ms": typed.get("latency_ms") or 0,
        "error_rate": (typed.get("error_rate") or "1").replace(",", "."),
        "bytes_per_second": typed.get("bytes_per_second") or None,
    }
    if happens.startswith("cut-"):
        values["cut"] = happens.removeprefix("cut-")
    elif happens:
        values["status"] = happens
    return FaultRule.model_validate(values)


async def _uploaded(form: FormData) -> bytes:
    file = form.get("file")
    return await file.read() if isinstance(file, UploadFile) else b""
