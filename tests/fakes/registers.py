# SPDX-License-Identifier: AGPL-3.0-or-later
"""The official registers as they answer: shapes, errors and limits of the real ones, over real HTTP on loopback."""

from __future__ import annotations

import asyncio
import json
import threading
from collections.abc import AsyncIterator, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response, StreamingResponse
from starlette.routing import Route

from tests.support.serving import serving

NIP, KRS, REGON, ACCOUNT = "9990000184", "0009990001", "990000217", "30999900001000200030004000"
TRADER_NIP, TRADER_REGON = "9990000250", "990000341"
TOKEN = "ceidg-token"


def court_extract(**subject: Any) -> dict[str, Any]:
    """Give a current extract of a limited company; keyword arguments change the subject's fields."""
    return {
        "odpis": {
            "rodzaj": "Aktualny",
            "naglowekA": {
                "rejestr": "RejP",
                "numerKRS": KRS,
                "dataCzasOdpisu": "24.09.2026 02:34:18",
                "stanZDnia": "23.09.2026",
                "dataRejestracjiWKRS": "22.09.2020",
                "numerOstatniegoWpisu": 3,
                "dataOstatniegoWpisu": "23.09.2026",
            },
            "dane": {
                "dzial1": {
                    "danePodmiotu": {
                        "formaPrawna": "SPÓŁKA Z OGRANICZONĄ ODPOWIEDZIALNOŚCIĄ",
                        "identyfikatory": {"regon": f"{REGON}00000", "nip": NIP},
                        "nazwa": "ŻÓŁW I SYN SPÓŁKA Z OGRANICZONĄ ODPOWIEDZIALNOŚCIĄ",
                        **subject,
                    },
                    "siedzibaIAdres": {
                        "siedziba": {"kraj": "POLSKA", "miejscowosc": "KRAKÓW"},
                        "adres": {
                            "ulica": "UL. JANA PAWŁA II",
                            "nrDomu": "1D",
                            "nrLokalu": "U9",
                            "miejscowosc": "BIELSKO-BIAŁA",
                            "kodPocztowy": "31444",
                            "kraj": "POLSKA",
                        },
                    },
                },
                "dzial2": _organs(),
                "dzial4": {"zaleglosci": [{"opisWierzytelnosci": "WIERZYCIEL JAN KOWALSKI PESEL 01610512341"}]},
                "dzial6": {},
            },
        }
    }


def _organs() -> dict[str, Any]:
    return {
        "reprezentacja": {
            "nazwaOrganu": "ZARZĄD",
            "sposobReprezentacji": "DWAJ CZŁONKOWIE ZARZĄDU DZIAŁAJĄCY ŁĄCZNIE",
            "sklad": [
                {
                    "nazwisko": {"nazwiskoICzlon": "K*******", "nazwiskoCzlonDrugi": "N****"},
                    "imiona": {"imie": "J**"},
                    "identyfikator": {"pesel": "0**********"},
                    "funkcjaWOrganie": "PREZES ZARZĄDU",
                    "czyZawieszona": False,
                }
            ],
        },
        "prokurenci": [{"nazwisko": {}, "imiona": {}, "identyfikator": {}, "rodzajProkury": "SAMOISTNA"}],
    }


def vat_subject(**changes: Any) -> dict[str, Any]:
    """Give a subject of the VAT list."""
    return {
        "name": "ŻÓŁW I SYN SPÓŁKA Z OGRANICZONĄ ODPOWIEDZIALNOŚCIĄ",
        "nip": NIP,
        "statusVat": "Czynny",
        "regon": REGON,
        "pesel": None,
        "krs": KRS,
        "residenceAddress": None,
        "workingAddress": "PROSTA 67/4, 00-838 WARSZAWA",
        "representatives": [{"firstName": "JAN", "lastName": "KOWALSKI", "pesel": "01610512341", "companyName": None}],
        "authorizedClerks": [],
        "partners": [],
        "accountNumbers": [ACCOUNT],
        "hasVirtualAccounts": False,
        "somethingNew": {"x": 1},
        **changes,
    }


def trader(status: str = "AKTYWNY", **changes: Any) -> dict[str, Any]:
    """Give one entry of CEIDG."""
    return {
        "id": "4B8B3D37-0000-0000-0000-000000000000",
        "nazwa": "Anna Lis Usługi IT",
        "adresDzialalnosci": {
            "ulica": "ul. Krótka",
            "budynek": "3",
            "miasto": "Łódź",
            "kod": "90-001",
            "kraj": "PL",
        },
        "wlasciciel": {"imie": "Anna", "nazwisko": "Lis", "nip": TRADER_NIP, "regon": TRADER_REGON},
        "dataRozpoczecia": "2014-07-29",
        "status": status,
        **changes,
    }


@dataclass
class Trouble:
    """What goes wrong with every question: a status, or a way to misbehave."""

    status: int = 0
    body: bytes = b""
    media_type: str = "text/html"
    how: str = ""


@dataclass
class FakeRegisters:
    """All four registers under one address. What they know and how they fail is set by attributes."""

    court: dict[tuple[str, str], dict[str, Any] | None] = field(default_factory=dict)
    """Extracts by register (P, S) and KRS number; None: struck off."""
    payers: dict[str, dict[str, Any]] = field(default_factory=dict)
    unknown_payer_is_404: bool = False
    traders: dict[str, list[dict[str, Any]]] = field(default_factory=dict)
    union: dict[str, dict[str, Any]] = field(default_factory=dict)
    troubles: dict[str, Trouble] = field(default_factory=dict)
    """By register (``krs``, ``vat``, ``ceidg``, ``vies``)."""
    asked: list[str] = field(default_factory=list)
    """Path and query of every question, in order."""
    during: Any = None
    """Called while a question is being answered."""
    released: threading.Event = field(default_factory=threading.Event)

    def questions(self, part: str) -> list[str]:
        """List the questions whose address has a part."""
        return [one for one in self.asked if part in one]

    def application(self) -> Starlette:
        """Give the registers as an application."""
        return Starlette(
            routes=[
                Route("/api/krs/OdpisAktualny/{krs}", self._krs),
                Route("/api/search/nip/{nip}", self._vat_search),
                Route("/api/check/nip/{nip}/bank-account/{account}", self._vat_check),
                Route("/api/ceidg/v3/firma", self._ceidg),
                Route("/taxation_customs/vies/rest-api/check-vat-number", self._vies, methods=["POST"]),
            ]
        )

    async def _krs(self, request: Request) -> Response:
        bad = await self._noted(request, "krs")
        if bad is not None:
            return bad
        key = (request.query_params["rejestr"], request.path_params["krs"])
        if key not in self.court:
            problem = {"type": "https://tools.ietf.org/html/rfc7231#section-6.5.4", "title": "Not Found", "status": 404}
            return JSONResponse(problem, 404, media_type="application/problem+json")
        extract = self.court[key]
        return Response(status_code=204) if extract is None else JSONResponse(extract)

    async def _vat_search(self, request: Request) -> Response:
        bad = await self._noted(request, "vat")
        if bad is not None:
            return bad
        subject = self.payers.get(request.path_params["nip"])
        if subject is None and self.unknown_payer_is_404:
            return JSONResponse({"code": "WL-404", "message": "Nie znaleziono"}, 404)
        return JSONResponse({"result": {"subject": subject, "requestId": "d2n-8", "requestDateTime": "x"}})

    async def _vat_check(self, request: Request) -> Response:
        bad = await self._noted(request, "vat")
        if bad is not None:
            return bad
        subject = self.payers.get(request.path_params["nip"]) or {}
        assigned = request.path_params["account"] in subject.get("accountNumbers", [])
        return JSONResponse({"result": {"accountAssigned": "TAK" if assigned else "NIE", "requestId": "c-1"}})

    async def _ceidg(self, request: Request) -> Response:
        bad = await self._noted(request, "ceidg")
        if bad is not None:
            return bad
        if request.headers.get("authorization") != f"Bearer {TOKEN}":
            return Response(status_code=401)
        firms = self.traders.get(request.query_params["nip"])
        return JSONResponse({"firma": firms}) if firms else Response(status_code=204)

    async def _vies(self, request: Request) -> Response:
        bad = await self._noted(request, "vies")
        if bad is not None:
            return bad
        asked = json.loads(await request.body())
        known = self.union.get(asked["vatNumber"], {"valid": False, "userError": "INVALID", "name": "---"})
        return JSONResponse({**asked, "requestIdentifier": "WAPI-1", **known})

    async def _noted(self, request: Request, register: str) -> Response | None:
        self.asked.append(str(request.url.replace(scheme="", netloc="")))
        if self.during is not None:
            await asyncio.to_thread(self.during)
        trouble = self.troubles.get(register)
        if trouble is None:
            return None
        if trouble.how == "redirect":
            return RedirectResponse(trouble.body.decode())
        if trouble.how in {"drip", "flood"}:
            return StreamingResponse(self._pieces(trouble.how), media_type="application/json")
        return Response(trouble.body, trouble.status, media_type=trouble.media_type)

    async def _pieces(self, how: str) -> AsyncIterator[bytes]:
        yield b'{"a": "'
        while not self.released.is_set():
            yield b"x" * 65536 if how == "flood" else b"x"
            await asyncio.sleep(0.05 if how == "drip" else 0)


@contextmanager
def running_registers() -> Iterator[tuple[FakeRegisters, str]]:
    """Serve the registers on loopback; gives them and their address."""
    registers = FakeRegisters()
    with serving(registers.application(), stopping=registers.released.set) as url:
        yield registers, url
