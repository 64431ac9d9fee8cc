# SPDX-License-Identifier: AGPL-3.0-or-later
"""What the customer declared, field by field, with what the checks say about each."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from reviewer_app.contract.companies import FIELD_TEXTS, LEGAL_FORMS
from reviewer_app.contract.formats import format_bank_account, format_nip
from reviewer_app.contract.staff import CheckFinding, CheckStatus, CompanyDetail, StaffDocument
from reviewer_app.contract.states import DocumentState
from reviewer_app.contract.text import Text
from reviewer_app.models.case.evidence import Place, places_of
from reviewer_app.models.texts import localized

_WORST_FIRST = (CheckStatus.FAIL, CheckStatus.WARN, CheckStatus.UNKNOWN, CheckStatus.OK)


@dataclass(frozen=True)
class Declared:
    """One declared value: ``shown`` is for reading, ``copied`` what goes to the clipboard."""

    field: str
    name: Text
    shown: str
    copied: str
    findings: tuple[CheckFinding, ...]

    @property
    def places(self) -> tuple[Place, ...]:
        """Where in the documents it was found, or stands otherwise than declared."""
        return places_of(self.findings)

    @property
    def status(self) -> CheckStatus | None:
        """The worst result of the checks of this value, None when nothing checked it."""
        given = {finding.status for finding in self.findings}
        return next((status for status in _WORST_FIRST if status in given), None)


DECLARED_FIELDS = (
    "name",
    "legal_form",
    "nip",
    "regon",
    "krs",
    "seat",
    "administrator",
    "phone",
    "email",
    "bank_account",
)
"""The declared values in the order of the form."""


def declared_values(detail: CompanyDetail) -> tuple[Declared, ...]:
    """List the declared values in the order of the form; empty ones are left out."""
    values = {
        "name": detail.name,
        "legal_form": localized(LEGAL_FORMS[detail.legal_form].name),
        "nip": detail.nip,
        "regon": detail.regon or "",
        "krs": detail.krs or "",
        "seat": detail.seat.one_line() if detail.seat else "",
        "administrator": _administrator(detail),
        "phone": detail.phone or "",
        "email": detail.email or "",
        "bank_account": detail.bank_account or "",
    }
    return tuple(
        Declared(field, FIELD_TEXTS[field], _shown(field, values[field]), values[field], _findings(detail, field))
        for field in DECLARED_FIELDS
        if values[field]
    )


def general_findings(detail: CompanyDetail) -> tuple[CheckFinding, ...]:
    """List the findings that belong to no single declared value, the worst first."""
    fields = {value.field for value in declared_values(detail)}
    found = [item for item in detail.checks if _field_of(item) not in fields]
    return tuple(sorted(found, key=lambda item: _WORST_FIRST.index(item.status)))


def findings_to_look_at(detail: CompanyDetail) -> tuple[CheckFinding, ...]:
    """List all findings that are not in order, the worst first."""
    found = [item for item in detail.checks if item.status is not CheckStatus.OK]
    return tuple(sorted(found, key=lambda item: _WORST_FIRST.index(item.status)))


@dataclass(frozen=True)
class DocumentLine:
    """One document: its current version and the earlier ones, newest first."""

    current: StaffDocument
    earlier: tuple[StaffDocument, ...]

    @property
    def is_new(self) -> bool:
        """Whether the customer sent this version in answer to a correction, and nobody has judged it yet."""
        return bool(self.earlier) and self.current.state is DocumentState.READY


def document_lines(detail: CompanyDetail) -> tuple[DocumentLine, ...]:
    """Put the versions of each document together, in the order in which the documents were first sent."""
    lines: dict[str, list[StaffDocument]] = {}
    for document in detail.documents:
        lines.setdefault(document.line, []).append(document)
    made = []
    for versions in lines.values():
        newest = sorted(versions, key=lambda item: item.version, reverse=True)
        current = next((item for item in newest if item.current), newest[0])
        made.append(DocumentLine(current, tuple(item for item in newest if item is not current)))
    return tuple(sorted(made, key=_place))


def comparable(lines: Sequence[DocumentLine], shown: StaffDocument | None) -> tuple[StaffDocument, ...]:
    """List what a version can be compared with: the other versions of its document, newest first, then the others."""
    if shown is None:
        return ()
    own = [line for line in lines if line.current.line == shown.line]
    versions = [version for line in own for version in (line.current, *line.earlier) if version.id != shown.id]
    return (*versions, *(line.current for line in lines if line.current.line != shown.line))


def _place(line: DocumentLine) -> tuple[int, object]:
    kinds = list(type(line.current.kind))
    first = line.earlier[-1] if line.earlier else line.current
    return kinds.index(line.current.kind), first.uploaded_at


def _administrator(detail: CompanyDetail) -> str:
    person = detail.administrator
    return f"{person.first_name} {person.last_name}, {person.position}" if person else ""


def _shown(field: str, value: str) -> str:
    if field == "nip":
        return format_nip(value)
    if field == "bank_account":
        return _in_two_halves(format_bank_account(value))
    return value


def _in_two_halves(account: str) -> str:
    """Let a bank account be broken in the middle only, where a narrow panel breaks it."""
    groups = account.split()
    middle = (len(groups) + 1) // 2
    return " ".join("\u00a0".join(half) for half in (groups[:middle], groups[middle:]))


def _field_of(finding: CheckFinding) -> str | None:
    return finding.field.split(".")[0] if finding.field else None


def _findings(detail: CompanyDetail, field: str) -> tuple[CheckFinding, ...]:
    return tuple(finding for finding in detail.checks if _field_of(finding) == field)
