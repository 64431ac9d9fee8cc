# SPDX-License-Identifier: AGPL-3.0-or-later
"""The bench's calls, `/qa/v1/…`."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter, Body, Query, Request
from starlette.concurrency import run_in_threadpool
from starlette.responses import Response

from reviewer_app.contract.accept_language import language_of_header
from reviewer_app.contract.bench import (
    ActionRequest,
    BenchCase,
    BenchCases,
    BenchClockRequest,
    BenchClockState,
    BenchEvents,
    BenchMail,
    BenchMails,
    BenchPapers,
    BenchProblemCode,
    BenchRefusal,
    Expectation,
    Expectations,
    FaultRule,
    Faults,
    MakeCaseRequest,
    ResetRequest,
)
from reviewer_app.qa.bench.faults import Faults as FaultRules
from reviewer_app.qa.bench.workshop import Workshop

LARGEST_IMPORT = 256 * 1024 * 1024
_ZIP = "application/zip"


class _FaultEndpoints:
    """Routes of what goes wrong."""

    def __init__(self, faults: FaultRules) -> None:
        self._faults = faults

    def router(self) -> APIRouter:
        """List the routes."""
        router = APIRouter()
        router.get("/faults")(self.in_force)
        router.put("/faults")(self.set_faults)
        router.post("/faults")(self.add_fault)
        router.delete("/faults", status_code=204)(self.clear_faults)
        return router

    def in_force(self) -> Faults:
        """Give the faults in force."""
        return Faults(items=self._faults.rules)

    def set_faults(self, body: FaultRule) -> Faults:
        """Put one rule in force in place of all before."""
        self._faults.replace([body])
        return self.in_force()

    def add_fault(self, body: FaultRule) -> Faults:
        """Put one more rule in force; the first that touches a path counts."""
        self._faults.replace([*self._faults.rules, body])
        return self.in_force()

    def clear_faults(self) -> None:
        """Let everything work again."""
        self._faults.replace([])


class BenchEndpoints:
    """Routes of the bench."""

    def __init__(self, workshop: Workshop, faults: FaultRules) -> None:
        self._workshop = workshop
        self._faults = faults

    def router(self) -> APIRouter:
        """List the routes."""
        router = APIRouter(prefix="/v1", tags=["bench"])
        router.get("/scenarios")(self.scenarios)
        router.get("/companies")(self.cases)
        router.post("/companies", status_code=201)(self.make)
        router.get("/companies/{company_id}")(self.case)
        router.post("/companies/{company_id}/actions")(self.act)
        router.get("/companies/{company_id}/expectation")(self.expectation)
        router.get("/companies/{company_id}/events")(self.events)
        router.get("/companies/{company_id}/papers")(self.papers)
        router.get("/companies/{company_id}/export", response_class=Response)(self.export)
        router.post("/imports", status_code=201)(self.bring)
        router.get("/mail")(self.mails)
        router.delete("/mail", status_code=204)(self.drop_mails)
        router.get("/mail/{mail_id}")(self.mail)
        router.get("/clock")(self.clock)
        router.put("/clock")(self.move_clock)
        router.include_router(_FaultEndpoints(self._faults).router())
        router.post("/reset")(self.reset)
        return router

    def scenarios(self) -> Expectations:
        """Give the catalogue: what each scenario is and what is right in it."""
        return Expectations(items=self._workshop.catalogue())

    def cases(self, limit: int = Query(100, ge=1, le=200), q: str = "") -> BenchCases:
        """List the companies of the bench, newest first."""
        return self._workshop.cases(limit=limit, text=q)

    def make(self, body: MakeCaseRequest, response: Response) -> BenchCase:
        """Make the case of a scenario; 200 with the case as it is now when it was made before."""
        case = self._workshop.make(body.scenario, body.seed)
        if not case.made:
            response.status_code = 200
        return case

    def case(self, company_id: str) -> BenchCase:
        """Give a company with the actions that are possible now."""
        return self._workshop.case(company_id)

    def act(self, company_id: str, body: ActionRequest) -> BenchCase:
        """Do something as the customer, as another reviewer, or let something run out."""
        return self._workshop.act(company_id, body.action)

    def expectation(self, company_id: str) -> Expectation:
        """Say what is right for a company that the bench made."""
        return self._workshop.expectation(company_id)

    def events(self, company_id: str, request: Request) -> BenchEvents:
        """Tell what happened to a company, mails included."""
        language = language_of_header(request.headers.get("Accept-Language"))
        return BenchEvents(items=self._workshop.events(company_id, language))

    def papers(self, company_id: str) -> BenchPapers:
        """Give the documents that the bench uploaded, each with its truth: every field with its page and box."""
        return BenchPapers(items=self._workshop.papers(company_id))

    def export(self, company_id: str) -> Response:
        """Pack a case with everything that belongs to it, for a bug report."""
        packed = self._workshop.export(company_id)
        headers = {"Content-Disposition": f'attachment; filename="case-{company_id}.zip"'}
        return Response(packed, media_type=_ZIP, headers=headers)

    async def bring(self, request: Request) -> BenchCase:
        """Bring in a case that another bench exported; the body is the file."""
        packed = await read_limited(request)
        return await run_in_threadpool(self._workshop.bring, packed)

    def mails(self, recipient: str = "", company_id: str = "") -> BenchMails:
        """Give the caught mails, newest first."""
        return BenchMails(items=self._workshop.parts.mails.list(recipient=recipient, company_id=company_id))

    def mail(self, mail_id: str) -> BenchMail:
        """Give one caught mail."""
        found = self._workshop.parts.mails.one(mail_id)
        if found is None:
            raise BenchRefusal(BenchProblemCode.NOT_FOUND)
        return found

    def drop_mails(self) -> None:
        """Forget all caught mails."""
        self._workshop.parts.mails.drop()

    def clock(self) -> BenchClockState:
        """Say what time it is on the bench."""
        return self._workshop.parts.clock.state()

    def move_clock(self, body: BenchClockRequest) -> BenchClockState:
        """Move the clock forwards. Expiry, reminders, waits and leases follow at once."""
        return self._workshop.move_clock(body)

    def reset(self, body: ResetRequest = Body(default_factory=ResetRequest)) -> BenchCases:
        """Empty the bench, end all faults, set the clock back, and make cases anew; the same ids for the same seed."""
        self._faults.replace([])
        return self._workshop.reset(body.seed, body.scenarios)


async def read_limited(request: Request) -> bytes:
    """Read a body of at most 256 MB. Raises BenchRefusal ``export_damaged`` for more."""
    read: list[Any] = []
    size = 0
    async for chunk in request.stream():
        size += len(chunk)
        if size > LARGEST_IMPORT:
            raise BenchRefusal(BenchProblemCode.EXPORT_DAMAGED, reason="> 256 MB")
        read.append(chunk)
    return b"".join(read)
