# SPDX-License-Identifier: AGPL-3.0-or-later
"""Stand-ins of the KRS, the VAT list, CEIDG and VIES: they answer as the real services do, from the scenarios' truth.

Shapes, errors and limits follow the public documentation of the services. A company that somebody typed into the portal
is in order in every register, unless its name begins with the name of a scenario: then registers say of it what they
say in that scenario.
"""

from __future__ import annotations

import asyncio
import re
from collections import deque
from collections.abc import Callable, Mapping
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.routing import Route

from reviewer_app.qa.bench.truths import Truths
from reviewer_app.qa.register_truth import KrsAbsence, Outage

_ZONE = ZoneInfo("Europe/Warsaw")
_SEARCHES_A_DAY, _CHECKS_A_DAY, _NIPS_AT_ONCE = 100, 5000, 30
_OLDEST_DAYS = 5 * 365
_CEIDG_LIMITS = ((timedelta(minutes=3), 50), (timedelta(minutes=60), 1000))
_CEIDG_BLOCK = timedelta(seconds=180)
_SILENCE_SECONDS = 30
_VAT_TEXTS = {
    "WL-101": "Pole 'data' nie może być puste.",
    "WL-103": "Data nie może być datą przyszłą.",
    "WL-109": "Pole 'numer konta' ma nieprawidłową długość. Wymagane 26 znaków.",
    "WL-111": "Pole 'numer konta' zawiera niedozwolone znaki.",
    "WL-113": "Pole 'NIP' ma nieprawidłową długość. Wymagane 10 znaków.",
    "WL-114": "Pole 'NIP' zawiera niedozwolone znaki.",
    "WL-115": "Nieprawidłowy NIP.",
    "WL-118": "Podana data wykracza poza zakres przechowywania danych.",
    "WL-130": "Przekroczono maksymalną liczbę podmiotów w zapytaniu (30).",
    "WL-191": "Przekroczono dzienny limit zapytań. Dostęp zostanie przywrócony o północy.",
}


class RegisterStandIns:
    """Answers in place of the registers, below ``/qa/registers``. Their limits are counted by the bench's clock."""

    def __init__(self, truths: Truths, now: Callable[[], datetime]) -> None:
        self._truths = truths
        self._now = now
        self._serial = 0
        self._counted: dict[tuple[str, date], int] = {}
        self._ceidg_calls: deque[datetime] = deque(maxlen=_CEIDG_LIMITS[-1][1] + 1)
        self._ceidg_blocked_until: datetime | None = None

    def routes(self) -> list[Route]:
        """List the routes, as the services have them."""
        krs, vat, ceidg, vies = (
            "/krs/api/krs",
            "/vat/api",
            "/ceidg/api/ceidg/v3",
            "/vies/taxation_customs/vies/rest-api",
        )
        return [
            Route(f"{krs}/OdpisAktualny/{{number}}", self.krs),
            Route(f"{vat}/search/nip/{{nip}}", self.vat_search),
            Route(f"{vat}/search/nips/{{nips}}", self.vat_search_many),
            Route(f"{vat}/check/nip/{{nip}}/bank-account/{{account}}", self.vat_check),
            Route(f"{ceidg}/firmy", self.ceidg_list),
            Route(f"{ceidg}/firma", self.ceidg_one),
            Route(f"{ceidg}/firma/{{record}}", self.ceidg_by_id),
            Route(f"{vies}/check-vat-number", self.vies, methods=["POST"]),
        ]

    def forget(self) -> None:
        """Start counting anew."""
        self._counted.clear()
        self._ceidg_calls.clear()
        self._ceidg_blocked_until = None

    async def krs(self, request: Request) -> Response:
        """Answer as the KRS: 200, 404, 400, or 204 with an empty body for an entity that was struck off."""
        number, register = request.path_params["number"], request.query_params.get("rejestr", "P").upper()
        if not re.fullmatch(r"\d{10}", number, re.ASCII) or register not in {"P", "S"}:
            return JSONResponse({"type": "about:blank", "title": "Bad Request", "status": 400}, status_code=400)
        entry = await run_in_threadpool(self._truths.krs, number)
        if isinstance(entry, Outage):
            return await self._outage(entry)
        if entry is KrsAbsence.STRUCK_OFF:
            return Response(status_code=204)
        if entry is None or isinstance(entry, KrsAbsence) or entry.register != register:
            missing = {"type": "about:blank", "title": "Not Found", "status": 404, "instance": request.url.path}
            return JSONResponse(missing, status_code=404, media_type="application/problem+json")
        return JSONResponse(entry.body)

    async def vat_search(self, request: Request) -> Response:
        """Answer as the VAT list's search by one NIP."""
        nip = request.path_params["nip"]
        wrong = _vat_date_problem(request, self._today()) or _nip_problem(nip) or self._over("search", _SEARCHES_A_DAY)
        if wrong:
            return _vat_error(wrong)
        subject = await run_in_threadpool(self._truths.vat, nip)
        if isinstance(subject, Outage):
            return await self._outage(subject)
        return self._vat_result({"subject": subject})

    async def vat_search_many(self, request: Request) -> Response:
        """Answer as the VAT list's search by up to 30 NIPs."""
        nips = request.path_params["nips"].split(",")
        wrong = _vat_date_problem(request, self._today())
        wrong = wrong or next((found for nip in nips if (found := _nip_problem(nip))), "")
        wrong = wrong or ("WL-130" if len(nips) > _NIPS_AT_ONCE else "") or self._over("search", _SEARCHES_A_DAY)
        if wrong:
            return _vat_error(wrong)
        entries = []
        for nip in nips:
            subject = await run_in_threadpool(self._truths.vat, nip)
            if isinstance(subject, Outage):
                return await self._outage(subject)
            entries.append({"identifier": nip, "subjects": [subject] if subject else []})
        return self._vat_result({"entries": entries})

    async def vat_check(self, request: Request) -> Response:
        """Answer as the VAT list's check of a NIP with a bank account."""
        nip, account = request.path_params["nip"], request.path_params["account"]
        wrong = _vat_date_problem(request, self._today()) or _nip_problem(nip)
        wrong = wrong or ("" if re.fullmatch(r"\d{26}", account, re.ASCII) else "WL-109")
        wrong = wrong or self._over("check", _CHECKS_A_DAY)
        if wrong:
            return _vat_error(wrong)
        subject = await run_in_threadpool(self._truths.vat, nip)
        if isinstance(subject, Outage):
            return await self._outage(subject)
        assigned = subject is not None and account in subject["accountNumbers"]
        return self._vat_result({"accountAssigned": "TAK" if assigned else "NIE"})

    async def ceidg_list(self, request: Request) -> Response:
        """Answer as CEIDG's list by NIP."""
        return await self._ceidg(request, "firmy")

    async def ceidg_one(self, request: Request) -> Response:
        """Answer as CEIDG's full records by NIP."""
        return await self._ceidg(request, "firma")

    async def ceidg_by_id(self, request: Request) -> Response:
        """Answer as CEIDG's full record by its id, whose last ten digits are the NIP here."""
        return await self._ceidg(request, "firma", record=request.path_params["record"])

    async def vies(self, request: Request) -> Response:
        """Answer as VIES' check of a number."""
        try:
            asked = await request.json()
            country, number = str(asked["countryCode"]).upper(), str(asked["vatNumber"])
        except (ValueError, KeyError, TypeError):
            return _vies_error("INVALID_INPUT", 400)
        if not re.fullmatch(r"[A-Z]{2}", country) or not number.isalnum():
            return _vies_error("INVALID_INPUT", 400)
        entry = await run_in_threadpool(self._truths.vies, number) if country == "PL" else None
        if isinstance(entry, Outage):
            if entry is Outage.SERVER_ERROR:
                return _vies_error("MS_UNAVAILABLE", 500)
            return (
                _vies_error("MS_MAX_CONCURRENT_REQ", 500)
                if entry is Outage.TOO_MANY_REQUESTS
                else await self._outage(entry)
            )
        self._serial += 1
        return JSONResponse(
            {
                "countryCode": country,
                "vatNumber": number,
                "requestDate": self._now().isoformat(timespec="milliseconds").replace("+00:00", "Z"),
                "valid": entry is not None and entry.valid,
                "requestIdentifier": f"WAPIQA{self._serial:010d}",
                "name": entry.name if entry and entry.valid else "---",
                "address": entry.address if entry and entry.valid else "---",
            }
        )

    async def _ceidg(self, request: Request, member: str, *, record: str = "") -> Response:
        if not re.fullmatch(r"Bearer \S+", request.headers.get("Authorization", ""), re.IGNORECASE):
            return JSONResponse({"kod": "NIEPOPRAWNY_TOKEN", "komunikat": "Brak tokenu."}, status_code=401)
        if self._ceidg_over():
            return JSONResponse({"kod": "LIMIT", "komunikat": "Przekroczono limit zapytań."}, status_code=429)
        nip = record[-10:] if record else request.query_params.get("nip", "")
        if not re.fullmatch(r"\d{10}", nip, re.ASCII):
            return JSONResponse({"kod": "NIEPRAWIDLOWE_PARAMETRY", "komunikat": "Podaj NIP."}, status_code=400)
        records = await run_in_threadpool(self._truths.ceidg, nip)
        if isinstance(records, Outage):
            return await self._outage(records)
        shown = [one for one in records if not record or one["id"] == record]
        if not shown:
            return Response(status_code=204)
        answer: dict[str, Any] = {member: shown}
        if member == "firmy":
            answer |= {"count": len(shown), "links": {"self": str(request.url)}, "properties": {}}
        return JSONResponse(answer)

    async def _outage(self, outage: Outage) -> Response:
        if outage is Outage.SILENT:
            await asyncio.sleep(_SILENCE_SECONDS)
            return PlainTextResponse("", status_code=504)
        if outage is Outage.GARBLED:
            return PlainTextResponse("<html><body>Przerwa techniczna</body></html>", media_type="text/html")
        if outage is Outage.BLOCKED_FOR_THE_DAY:
            return _vat_error("WL-191")
        statuses = {Outage.SERVER_ERROR: 500, Outage.TOO_MANY_REQUESTS: 429, Outage.UNAUTHORIZED: 401}
        return JSONResponse({"kod": outage.value, "komunikat": "—"}, status_code=statuses[outage])

    def _vat_result(self, result: Mapping[str, Any]) -> Response:
        self._serial += 1
        asked = self._now().astimezone(_ZONE)
        return JSONResponse(
            {
                "result": {
                    **result,
                    "requestId": f"qa{self._serial:05d}-{asked:%H%M%S}",
                    "requestDateTime": f"{asked:%d-%m-%Y %H:%M:%S}",
                }
            }
        )

    def _today(self) -> date:
        return self._now().astimezone(_ZONE).date()

    def _over(self, what: str, limit: int) -> str:
        """Count a call of a day in Warsaw; gives the code of the refusal when it is one too many."""
        key = (what, self._today())
        self._counted = {known: count for known, count in self._counted.items() if known[1] == key[1]}
        self._counted[key] = self._counted.get(key, 0) + 1
        return "WL-191" if self._counted[key] > limit else ""

    def _ceidg_over(self) -> bool:
        now = self._now()
        self._ceidg_calls.append(now)
        blocked = self._ceidg_blocked_until is not None and now < self._ceidg_blocked_until
        over = any(sum(call > now - span for call in self._ceidg_calls) > limit for span, limit in _CEIDG_LIMITS)
        if blocked or over:
            self._ceidg_blocked_until = now + _CEIDG_BLOCK
        return blocked or over


def _vat_date_problem(request: Request, today: date) -> str:
    asked = request.query_params.get("date", "")
    try:
        day = date.fromisoformat(asked)
    except ValueError:
        return "WL-101"
    if day > today:
        return "WL-103"
    return "WL-118" if day < today - timedelta(days=_OLDEST_DAYS) else ""


def _nip_problem(nip: str) -> str:
    if not nip.isascii() or not nip.isdigit():
        return "WL-114"
    if len(nip) != 10:
        return "WL-113"
    weighted = sum(int(digit) * weight for digit, weight in zip(nip, (6, 5, 7, 2, 3, 4, 5, 6, 7), strict=False)) % 11
    return "" if weighted == int(nip[9]) else "WL-115"


def _vat_error(code: str) -> Response:
    return JSONResponse({"code": code, "message": _VAT_TEXTS[code]}, status_code=429 if code == "WL-191" else 400)


def _vies_error(code: str, status: int) -> Response:
    return JSONResponse({"actionSucceed": False, "errorWrappers": [{"error": code}]}, status_code=status)
