# SPDX-License-Identifier: AGPL-3.0-or-later
"""A case as a paper: what was declared, what came, what was found, and everything that happened."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import datetime
from zoneinfo import ZoneInfo

from reviewer_app.contract.companies import FIELD_TEXTS, LEGAL_FORMS
from reviewer_app.contract.customer import CustomerUser
from reviewer_app.contract.messages import Address
from reviewer_app.contract.staff import CheckFinding, CheckStatus, CompanyDetail, HistoryEntry, StaffDocument
from reviewer_app.contract.states import (
    COMPANY_STATE_TEXTS,
    DOCUMENT_KIND_TEXTS,
    DOCUMENT_STATE_TEXTS,
    FLAG_TEXTS,
    Actor,
)
from reviewer_app.contract.text import Language, Text
from reviewer_app.documents.report import Report, ReportSection

_ZONE = ZoneInfo("Europe/Warsaw")
_PESEL = re.compile(r"(?<!\d)\d{6}(?=\d{5}(?!\d))")
_TITLE = Text("Akta sprawy: {name}", "Case file: {name}")
_SUBTITLE = Text(
    "Stan: {state} · runda {round} · wersja danych {version} · sporządzono {moment}",
    "State: {state} · round {round} · version of the data {version} · made {moment}",
)
_FOOTER = Text("Akta sprawy {id} · {person} · {moment}", "Case file {id} · {person} · {moment}")
_DATA = Text("Dane zgłoszone", "Declared data")
_FLAGS = Text("Oznaczenia", "Flags")
_CANDIDATE = Text("Nowy administrator", "New administrator")
_SHEET = Text("Numer upoważnienia", "Number of the authorization")
_DOCUMENTS = Text("Dokumenty", "Documents")
_FINDINGS = Text("Sprawdzenia", "Checks")
_HISTORY = Text("Historia", "History")
_VERSION = Text("wersja {version}", "version {version}")
_PAGES = Text("stron: {pages}", "pages: {pages}")
_STATUSES = {
    CheckStatus.OK: Text("zgodne", "in order"),
    CheckStatus.WARN: Text("uwaga", "attention"),
    CheckStatus.FAIL: Text("niezgodne", "not in order"),
    CheckStatus.UNKNOWN: Text("nie sprawdzono", "not checked"),
}
_ACTORS = {
    Actor.CUSTOMER: Text("Klient", "Customer"),
    Actor.STAFF: Text("Pracownik", "Staff"),
    Actor.SYSTEM: Text("Automatycznie", "Automatic"),
}


def dossier(
    case: CompanyDetail, history: Iterable[HistoryEntry], *, person: str, now: datetime, language: Language
) -> Report:
    """Write a case and its history, oldest first, in a language. ``person`` is who asked for it."""

    def say(text: Text, **values: object) -> str:
        return text.in_language(language).format(**values)

    moment = _moment(now)
    state = say(COMPANY_STATE_TEXTS[case.state])
    return Report(
        title=say(_TITLE, name=case.name),
        subtitle=say(_SUBTITLE, state=state, round=case.round, version=case.version, moment=moment),
        footer=say(_FOOTER, id=case.id, person=person, moment=moment),
        sections=(
            ReportSection(say(_DATA), tuple(_declared(case, language))),
            ReportSection(say(_DOCUMENTS), tuple(_document(one, language) for one in case.documents)),
            ReportSection(say(_FINDINGS), tuple(_finding(one, language) for one in case.checks)),
            ReportSection(say(_HISTORY), tuple(_entry(one, language) for one in history)),
        ),
    )


def _declared(case: CompanyDetail, language: Language) -> Iterable[tuple[str, str]]:
    flags = ", ".join(FLAG_TEXTS[flag].in_language(language) for flag in case.flags)
    values = {
        "name": case.name,
        "legal_form": LEGAL_FORMS[case.legal_form].name.in_language(language),
        "nip": case.nip,
        "regon": case.regon,
        "krs": case.krs,
        "seat": _address(case.seat) if case.seat else None,
        "phone": case.phone,
        "email": case.email,
        "bank_account": case.bank_account,
        "administrator": _person(case.administrator),
    }
    for field, value in values.items():
        yield FIELD_TEXTS[field].in_language(language), value or "–"
    for text, value in ((_CANDIDATE, _person(case.candidate)), (_SHEET, case.authorization_number), (_FLAGS, flags)):
        if value:
            yield text.in_language(language), value


def _person(user: CustomerUser | None) -> str | None:
    return f"{user.first_name} {user.last_name}, {user.position}, {user.email}" if user else None


def _address(seat: Address) -> str:
    door = f"{seat.building}/{seat.unit}" if seat.unit else seat.building
    return f"{seat.street} {door}, {seat.postal_code} {seat.city}, {seat.country}".strip()


def _document(one: StaffDocument, language: Language) -> tuple[str, str]:
    version = _VERSION.in_language(language).format(version=one.version)
    pages = _PAGES.in_language(language).format(pages=one.pages)
    state = DOCUMENT_STATE_TEXTS[one.state].in_language(language)
    lines = [f"{one.file_name} · {version} · {pages} · {_moment(one.uploaded_at)} · {state}"]
    lines += [f"– {_masked(reason.text)}" for reason in one.reasons]
    return DOCUMENT_KIND_TEXTS[one.kind].in_language(language), "\n".join([*lines, f"SHA-256 {one.sha256}"])


def _finding(one: CheckFinding, language: Language) -> tuple[str, str]:
    field = FIELD_TEXTS.get(one.field or "")
    about = field.in_language(language) if field else one.code
    return about, f"{_STATUSES[one.status].in_language(language)}: {_masked(one.message)}"


def _entry(one: HistoryEntry, language: Language) -> tuple[str, str]:
    return _moment(one.at), f"{_masked(one.text)}\n{one.actor_name or _ACTORS[one.actor].in_language(language)}"


def _masked(text: str) -> str:
    """Hide all but the end of what may be a PESEL."""
    return _PESEL.sub("••••••", text)


def _moment(moment: datetime) -> str:
    return moment.astimezone(_ZONE).strftime("%Y-%m-%d %H:%M")
