# SPDX-License-Identifier: AGPL-3.0-or-later
"""Pages of the portal a second on one worker, against bare pages of FastAPI of the same size; and what a page weighs.

The program's own server in a process of its own serves API and portal, as ``serve --portal`` does. Pages are asked for
one after another over a connection that is kept, so that a rate is what one page costs. The portal renders a template
and asks the API over HTTP at the same server; the peer gives bytes that are ready. What a bare page reaches that makes
one such call itself stands beside it for the record.
"""

from __future__ import annotations

import http.client
import re
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from urllib.parse import urlsplit

import httpx

from reviewer_app.qa.synthetic_companies import make_company
from tests.bench import bare_page
from tests.bench.figures import Figure, in_turn
from tests.bench.papers import Papers
from tests.e2e.mailbox import Mailbox
from tests.e2e.stack import Server
from tests.support.world import company_data, pdf

LEAST, MOST_BYTES = 0.08, 150_000
_PAGES_A_TURN = 8
_EMAIL, _PASSWORD = "pomiar@firma.test", "wierzba-nad-stawem-71"
_PAGES = {
    "registration": "/register",
    "status": "/company",
    "company's data": "/company/edit",
    "documents": "/company/documents",
    "employees": "/company/employees",
    "permissions": "/company/permissions",
    "hierarchy": "/company/hierarchy",
    "addresses": "/company/addresses",
    "menu": "/company/menu",
}
"""Pages by name, each with one call of the API. That of the first does next to nothing: there the portal is measured."""


def measure(folder: Path, _papers: Papers, *, quick: bool) -> list[Figure]:
    """Measure the page of registration, whose call of the API does next to nothing, and those whose calls do more."""
    rounds = 20 if quick else 60
    with ExitStack() as stack:
        mailbox = stack.enter_context(Mailbox())
        server = stack.enter_context(Server(folder / "portal", mailbox.url))
        cookie = f"__Host-session={_customer(server.url, mailbox)}; __Host-language=pl"
        portal = stack.enter_context(_line(server.url))
        sizes = {name: len(_get(portal, path, cookie)) for name, path in _PAGES.items()}
        weights = {name: _weight(portal, path, cookie) for name, path in _PAGES.items()}
        bare = stack.enter_context(_line(stack.enter_context(_bare(sizes["registration"]))))
        cases = {name: _rate(portal, path, cookie) for name, path in _PAGES.items()}
        cases["bare"] = _rate(bare, bare_page.AT_ONCE, "")
        cases["bare, calling"] = _rate(bare, bare_page.AFTER_A_CALL, "")
        in_turn(cases, rounds=3)
        found = in_turn(cases, rounds=rounds)
    peer = f"{found['bare']:.0f} bare"
    figures = [_figure(name, found[name], found["bare"], peer, least=LEAST) for name in _PAGES]
    figures.append(_figure("a bare one that calls", found["bare, calling"], found["bare"], peer))
    heaviest = max(weights, key=lambda name: weights[name])
    weight = weights[heaviest]
    figures.append(
        Figure(
            f"weight of the heaviest page ({heaviest})",
            f"{weight / 1000:.0f} kB",
            f"{MOST_BYTES / 1000:.0f} kB",
            weight / MOST_BYTES,
            most=1.0,
        )
    )
    return figures


def _figure(name: str, rate: float, bare: float, peer: str, *, least: float | None = None) -> Figure:
    return Figure(f"portal pages a second: {name}", f"{rate:.0f}", peer, rate / bare, least=least)


@contextmanager
def _line(url: str) -> Iterator[http.client.HTTPConnection]:
    parts = urlsplit(url)
    assert parts.hostname is not None
    line = http.client.HTTPConnection(parts.hostname, parts.port, timeout=60)
    try:
        yield line
    finally:
        line.close()


@contextmanager
def _bare(size: int) -> Iterator[str]:
    command = [sys.executable, "-m", bare_page.__name__, str(size)]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True, encoding="utf-8")
    assert process.stdout is not None
    try:
        yield process.stdout.readline().removeprefix("listening on ").strip()
    finally:
        process.terminate()
        process.wait(30)
        process.stdout.close()


def _get(line: http.client.HTTPConnection, path: str, cookie: str, **headers: str) -> bytes:
    line.request("GET", path, headers={"Cookie": cookie, **headers})
    answer = line.getresponse()
    body = answer.read()
    if answer.status != 200:
        raise RuntimeError(f"GET {path}: {answer.status} {body[:500].decode(errors='replace')}")
    return body


def _rate(line: http.client.HTTPConnection, path: str, cookie: str) -> Callable[[], float]:
    def act() -> float:
        # The server ends a connection on which nothing was asked for some seconds: each turn begins with one of its own.
        line.close()
        _get(line, path, cookie)
        start = time.perf_counter()
        for _ in range(_PAGES_A_TURN):
            _get(line, path, cookie)
        return _PAGES_A_TURN / (time.perf_counter() - start)

    return act


def _weight(line: http.client.HTTPConnection, path: str, cookie: str) -> int:
    """Add up a page and all that it loads, as it travels: styles, scripts and icons compressed, fonts as they are."""
    html = _get(line, path, cookie).decode()
    files = set(re.findall(r'(?:src|href)="(/static/[^"#]+)', html))
    style = next(file for file in files if file.endswith(".css"))
    fonts = re.findall(r'url\("([^"]+)"\)', _get(line, style, cookie).decode())
    files |= {f"{style.rpartition('/')[0]}/{font}" for font in fonts}
    return len(html) + sum(len(_get(line, file, cookie, **{"Accept-Encoding": "gzip"})) for file in files)


def _customer(url: str, mailbox: Mailbox) -> str:
    """Bring a company to the point where staff check it; gives its customer's session."""
    with httpx.Client(base_url=f"{url}/api/v1/customer", trust_env=False, timeout=60) as client:

        def call(method: str, path: str, **content: object) -> httpx.Response:
            answer = client.request(method, path, **content)  # type: ignore[arg-type]  # httpx names each of them
            answer.raise_for_status()
            return answer

        person = {"first_name": "Jan", "last_name": "Żółw", "phone": "+48 600 100 200", "position": "prezes"}
        account = {"email": _EMAIL, "password": _PASSWORD}
        call("POST", "/registrations", json={**person, **account, "language": "pl", "terms_version": "1"})
        token = mailbox.wait(_EMAIL, count=1).link.rpartition("/")[2]
        call("POST", "/activations", json={"token": token})
        session: str = call("POST", "/sessions", json=account).json()["access_token"]
        client.headers["Authorization"] = f"Bearer {session}"
        company = make_company(7)
        numbers = {"nip": company.nip, "regon": company.regon, "krs": company.krs}
        call("PUT", "/me/consents", json={"channels": {"email": True}, "wording_version": "1"})
        call("POST", "/company", json=company_data(legal_form="sp_zoo", **{k: v for k, v in numbers.items() if v}))
        for kind in ("registry_extract", "authorization"):
            call("POST", "/company/documents", data={"kind": kind}, files={"file": ("skan.pdf", pdf(kind))})
        call("POST", "/company/submission")
        return session
