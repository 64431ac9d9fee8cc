# SPDX-License-Identifier: AGPL-3.0-or-later
"""Rendering of pages: one Jinja environment per language."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from datetime import datetime, timedelta
from functools import cache, partial
from gettext import NullTranslations
from typing import Any
from zoneinfo import ZoneInfo

from babel import Locale
from babel.dates import format_timedelta as babel_timedelta
from babel.dates import get_month_names
from jinja2 import Environment, FileSystemLoader, StrictUndefined, nodes, pass_context
from jinja2.runtime import Context
from jinja2.visitor import NodeTransformer
from markupsafe import Markup, escape
from starlette.background import BackgroundTask
from starlette.responses import HTMLResponse, RedirectResponse, Response

from reviewer_app.contract.companies import FIELD_TEXTS, LEGAL_FORMS, KrsRule
from reviewer_app.contract.customer_addresses import ADDRESS_KIND_TEXTS
from reviewer_app.contract.customer_administrators import CHANGE_STATE_TEXTS
from reviewer_app.contract.customer_team import EMPLOYEE_STATE_TEXTS, PeopleInBrief
from reviewer_app.contract.formats import format_bank_account, format_nip
from reviewer_app.contract.permissions import PERMISSION_TEXTS, Permission
from reviewer_app.contract.registers import REGISTER_TEXTS
from reviewer_app.contract.states import COMPANY_STATE_TEXTS, DOCUMENT_KIND_TEXTS, DOCUMENT_STATE_TEXTS
from reviewer_app.contract.text import Language, Text
from reviewer_app.portal.catalogue import load_translations
from reviewer_app.portal.forms import FormState, new_key
from reviewer_app.portal.static import StaticFiles
from reviewer_app.portal.texts import place_on_page
from reviewer_app.portal.visits import (
    FLASH_COOKIE,
    SESSION_COOKIE,
    VISITOR_COOKIE,
    Flash,
    Visit,
    drop_cookie,
    leave_flash,
    remember_language,
    set_cookie,
)
from reviewer_app.resources import resource_path

_ZONE = ZoneInfo("Europe/Warsaw")
_LOCALES = {language: Locale.parse(language) for language in Language}
_VISITOR_SECONDS = 30 * 24 * 3600


class Pages:
    """Makes responses from templates."""

    def __init__(
        self,
        *,
        static: StaticFiles,
        banner: Text | None,
        now: Callable[[], datetime],
        language_chosen: Callable[[Visit], Awaitable[None]],
    ) -> None:
        """``now`` gives the server's moment, by which waits and deadlines are told.

        ``language_chosen`` is told after a page that a signed-in person sent along with another choice of language.
        """
        self._banner = banner
        self._language_chosen = language_chosen
        self.now = now
        self._environments = {language: _environment(language, static, now) for language in Language}

    def render(
        self,
        visit: Visit,
        template: str,
        *,
        status: int = 200,
        headers: Mapping[str, str] | None = None,
        form: FormState | None = None,
        **values: Any,
    ) -> Response:
        """Make a page. A refused ``form`` gives the page its status."""
        shown = form or FormState()
        html = (
            self._environments[visit.language]
            .get_template(template)
            .render(
                page=template.removesuffix(".html"),
                visit=visit,
                signed_in=visit.session is not None,
                flash=visit.flash,
                banner=self._banner.in_language(visit.language) if self._banner else None,
                form=shown,
                **values,
            )
        )
        response = HTMLResponse(html, status_code=shown.status if form else status, headers=dict(headers or {}))
        response.headers["Content-Language"] = visit.language
        if visit.new_visitor:
            set_cookie(response, VISITOR_COOKIE, visit.visitor, seconds=_VISITOR_SECONDS)
        if visit.chosen:
            remember_language(response, visit.language)
            if visit.session:
                response.background = BackgroundTask(self._language_chosen, visit)
        if visit.flash and not visit.partial:
            drop_cookie(response, FLASH_COOKIE)
        return response

    def redirect(self, path: str, flash: Flash | None = None) -> Response:
        """Send the browser to another page of the portal."""
        response = RedirectResponse(path, status_code=303)
        if flash:
            leave_flash(response, flash)
        return response

    def to_sign_in(self, visit: Visit, path: str) -> Response:
        """Send a person whose session ended to sign in, and back to ``path`` afterwards."""
        target = "/sign-in"
        response: Response
        if visit.partial:
            response = Response(status_code=204, headers={"HX-Redirect": target})
        else:
            response = RedirectResponse(f"{target}?next={path}", status_code=303)
        drop_cookie(response, SESSION_COOKIE)
        return response


class _Settled(NodeTransformer):
    """Puts in their place translations of texts that have no values to fill in, addresses of static files, and icons.

    There is an environment per language, so this is done once, when a template is compiled, and not at each page.
    """

    def __init__(self, translations: NullTranslations, static: StaticFiles) -> None:
        self._translations = translations
        self._static = static

    def visit_Call(self, node: nodes.Call, *_: object) -> nodes.Node:  # noqa: N802 - the visitor's way to name methods
        """Translate ``_("text")``, and write out ``static("name")`` and ``icon("name")``."""
        call = self.generic_visit(node)
        match call:
            case nodes.Call(node=nodes.Name(name="_"), args=[nodes.Const(value=str(text))], kwargs=[]):
                # As the extension does it: a text is the project's own, and a percent sign in it is written twice.
                return nodes.Const(Markup(self._translations.gettext(text)) % {}, lineno=node.lineno)  # noqa: S704
            case nodes.Call(node=nodes.Name(name="static"), args=[nodes.Const(value=str(name))], kwargs=[]):
                return nodes.Const(self._static.url(name), lineno=node.lineno)
            case nodes.Call(node=nodes.Name(name="icon"), args=[nodes.Const(value=str(name))], kwargs=[]):
                return nodes.Const(_icon(self._static, name), lineno=node.lineno)
        return call


class _PageEnvironment(Environment):
    """Compiles templates for one language."""

    settled: _Settled

    def _parse(self, source: str, name: str | None, filename: str | None) -> nodes.Template:
        tree: nodes.Template = self.settled.visit(super()._parse(source, name, filename))
        return tree


def _environment(language: Language, static: StaticFiles, now: Callable[[], datetime]) -> Environment:
    environment = _PageEnvironment(
        loader=FileSystemLoader(resource_path("portal", "templates")),
        autoescape=True,
        undefined=StrictUndefined,
        auto_reload=False,  # templates come with the program: no page looks whether one changed
        trim_blocks=True,
        lstrip_blocks=True,
        extensions=["jinja2.ext.i18n"],
    )
    translations = load_translations(language)
    months = dict(get_month_names("wide", context="format", locale=language))
    environment.settled = _Settled(translations, static)
    environment.install_gettext_translations(translations, newstyle=True)  # type: ignore[attr-defined]  # made by the i18n extension
    environment.globals.update(icon=cache(partial(_icon, static)), secrets=_secrets, hidden=_hidden, anchor=_anchor)
    environment.globals.update(
        language=language,
        languages=tuple(Language),
        new_key=new_key,
        now=now,
        legal_forms=LEGAL_FORMS,
        krs_rules=KrsRule,
        place_on_page=place_on_page,
        people_options=_people_options,
        all_permissions=tuple(Permission),
        register_names=REGISTER_TEXTS,
        employee_states=EMPLOYEE_STATE_TEXTS,
        address_kinds=ADDRESS_KIND_TEXTS,
        field_label=lambda name: FIELD_TEXTS[name].in_language(language) if name in FIELD_TEXTS else name,
    )
    environment.filters.update(
        text=lambda text: text.in_language(language),
        moment=lambda moment: f"{_day(moment, months)}, {moment.astimezone(_ZONE):%H:%M}",
        day=lambda moment: _day(moment, months),
        place=lambda region, page: place.in_language(language) if (place := place_on_page(page, region)) else "",
        waiting=lambda moment: _waiting(now() - moment, language),
        size=lambda size: _size(size, language),
        nip=format_nip,
        bank_account=format_bank_account,
        state=lambda state: COMPANY_STATE_TEXTS[state].in_language(language),
        document_state=lambda state: DOCUMENT_STATE_TEXTS[state].in_language(language),
        employee_state=lambda state: EMPLOYEE_STATE_TEXTS[state].in_language(language),
        change_state=lambda state: CHANGE_STATE_TEXTS[state].in_language(language),
        address_kind=lambda kind: ADDRESS_KIND_TEXTS[kind].in_language(language),
        permission=lambda permission: PERMISSION_TEXTS[permission].in_language(language),
        kind=lambda kind: DOCUMENT_KIND_TEXTS[kind].in_language(language),
    )
    return environment


_ICON = Markup(
    '<svg class="icon" width="20" height="20" aria-hidden="true" focusable="false"><use href="%s#%s"/></svg>'
)


def _icon(static: StaticFiles, name: str) -> Markup:
    return _ICON % (static.url("icons.svg"), name)


def _hidden(name: str, value: object) -> Markup:
    # Half the time of filling in a Markup, and a page has dozens.
    return Markup(f'<input type="hidden" name="{escape(name)}" value="{escape(value)}">')  # noqa: S704  # both are escaped


@pass_context
def _secrets(context: Context, form: FormState) -> Markup:
    """Give what every form of a page carries: the token of its browser, and the key of this one sending."""
    visit: Visit = context["visit"]
    return _hidden("form_token", visit.form_token) + _hidden("request_key", form.key)


def _anchor(name: str) -> str:
    """Give the id of a field's element."""
    return name.replace(".", "-")


def _people_options(people: PeopleInBrief) -> list[tuple[str, str]]:
    """Give people as options of a list; the address tells those of one name apart."""
    return [(person.id, f"{person.name} · {person.email}") for person in people.items]


def _day(moment: datetime, months: Mapping[int, str]) -> str:
    # A pattern for Babel, read anew at each date, took a tenth of a page.
    local = moment.astimezone(_ZONE)
    return f"{local.day} {months[local.month]} {local.year}"


def _waiting(span: timedelta, language: Language) -> str:
    passed = max(span, timedelta(minutes=1))
    return babel_timedelta(passed, locale=_LOCALES[language], threshold=1.2, granularity="minute")


def _size(size: int, language: Language) -> str:
    if size < 1_000_000:
        return f"{max(round(size / 1000), 1)} kB"
    megabytes = f"{size / 1_000_000:.1f} MB"
    return megabytes.replace(".", ",") if language is Language.POLISH else megabytes
