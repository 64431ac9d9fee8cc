# SPDX-License-Identifier: AGPL-3.0-or-later
"""Makes the bench's pages from its templates, in the portal's style."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from babel.dates import format_datetime, format_timedelta
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response

from reviewer_app.contract.bench import BENCH_ACTION_TEXTS, BENCH_BANNER, BENCH_PREFIX, BenchAction
from reviewer_app.contract.companies import LEGAL_FORMS
from reviewer_app.contract.formats import format_nip
from reviewer_app.contract.permissions import ROLE_TEXTS
from reviewer_app.contract.reasons import REASONS, ReasonCode
from reviewer_app.contract.states import COMPANY_STATE_TEXTS
from reviewer_app.contract.text import Language
from reviewer_app.qa.bench.answers import language_of
from reviewer_app.qa.bench.texts import TEXTS
from reviewer_app.qa.scenarios.expected import EXPECTED_TEXTS, Expected
from reviewer_app.resources import resource_path

ZONE = ZoneInfo("Europe/Warsaw")
HEADERS = {
    "Content-Security-Policy": (
        "default-src 'self'; object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'self'"
    ),
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cache-Control": "no-store",
}


class BenchRenderer:
    """One environment per language."""

    def __init__(self, now: Callable[[], datetime]) -> None:
        self._now = now
        self._environments = {language: _environment(language) for language in Language}

    def page(self, request: Request, template: str, *, status: int = 200, **values: Any) -> Response:
        """Make a page. ``said`` in the address names what the page says about the act just done."""
        language = language_of(request)
        code = request.query_params.get("said", "")
        html = (
            self._environments[language]
            .get_template(template)
            .render(
                now=self._now(),
                here=request.url.path,
                said=TEXTS[code].in_language(language) if code in TEXTS else "",
                **{"error": "", **values},
            )
        )
        headers = {**HEADERS, "Content-Language": language.value}
        return HTMLResponse(html, status_code=status, headers=headers)


def redirect(path: str, said: str = "") -> Response:
    """Send the browser to a page of the bench after an act."""
    return RedirectResponse(f"{BENCH_PREFIX}{path}{f'?said={said}' if said else ''}", status_code=303)


def _environment(language: Language) -> Environment:
    environment = Environment(
        loader=FileSystemLoader(resource_path("qa", "templates")),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    build = _build()

    def static(name: str) -> str:
        return f"{BENCH_PREFIX}/static/{name}?{build}"

    environment.globals.update(
        language=language,
        static=static,
        banner=BENCH_BANNER.in_language(language),
        t=lambda key, **values: TEXTS[key].format(**values).in_language(language),
    )
    environment.filters.update(
        text=lambda text: text.in_language(language),
        moment=lambda moment: format_datetime(moment, "d MMM y, HH:mm:ss", tzinfo=ZONE, locale=language),
        span=lambda seconds: format_timedelta(timedelta(seconds=seconds), locale=language, threshold=1.2),
        nip=format_nip,
        state=lambda state: COMPANY_STATE_TEXTS[state].in_language(language),
        action=lambda action: BENCH_ACTION_TEXTS[BenchAction(action)].in_language(language),
        check=lambda code: EXPECTED_TEXTS[Expected(code)].in_language(language),
        role=lambda role: ROLE_TEXTS[role].in_language(language),
        reason=lambda code: REASONS[ReasonCode(code)].label.in_language(language),
        form=lambda form: LEGAL_FORMS[form].name.in_language(language),
        pick=lambda message, name: getattr(message, f"{name}_{language.value}"),
    )
    return environment


def _build() -> str:
    """Name this build of the styles, so that a browser does not keep those of another."""
    digest = hashlib.sha256()
    for folder in ("portal", "qa"):
        for path in sorted(resource_path(folder, "static").rglob("*.*")):
            digest.update(path.read_bytes())
    return digest.hexdigest()[:12]


__all__ = ["ZONE", "BenchRenderer", "redirect"]
