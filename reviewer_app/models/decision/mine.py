# SPDX-License-Identifier: AGPL-3.0-or-later
"""An act of the person in words: all that they decided and wrote, to be compared with what others did."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QCoreApplication

from reviewer_app.contract.reasons import REASONS, ReasonCode
from reviewer_app.contract.states import DOCUMENT_KIND_TEXTS, OUTCOME_NAMES, VERDICT_TEXTS, DocumentKind
from reviewer_app.desk.drafts import DecisionDraft, DraftVerdict
from reviewer_app.desk.rows import PendingAct
from reviewer_app.models.texts import localized

translate = QCoreApplication.translate


def mine_text(act: PendingAct, kinds: Mapping[str, DocumentKind]) -> str:
    """Write an act down, line by line; ``kinds`` names the documents of its case by their ids, as far as they are known."""
    lines = [localized(OUTCOME_NAMES[act.outcome])] if act.outcome else []
    if act.draft is None:
        return "\n".join([*lines, *([act.text] if act.text else [])])
    return "\n".join([*lines, *draft_lines(act.draft, kinds)])


def draft_lines(draft: DecisionDraft, kinds: Mapping[str, DocumentKind]) -> list[str]:
    """Write down what a decision is made from: verdicts with their reasons, reasons about the company, notes."""
    lines = []
    for verdict in draft.documents:
        lines += _document_lines(verdict, kinds.get(verdict.document_id))
    lines += [_reason_line(reason.code, reason.note) for reason in draft.reasons]
    if draft.customer_note:
        lines.append(translate("conflict", "Note to the customer: {text}").format(text=draft.customer_note))
    if draft.internal_note:
        lines.append(translate("conflict", "Internal note: {text}").format(text=draft.internal_note))
    return lines


def _document_lines(verdict: DraftVerdict, kind: DocumentKind | None) -> list[str]:
    name = translate("conflict", "A document") if kind is None else localized(DOCUMENT_KIND_TEXTS[kind])
    said = "" if verdict.verdict is None else f": {localized(VERDICT_TEXTS[verdict.verdict])}"
    return [f"{name}{said}", *(f"– {_reason_line(reason.code, reason.note)}" for reason in verdict.reasons)]


def _reason_line(code: ReasonCode, note: str) -> str:
    name = localized(REASONS[code].label)
    return f"{name}: {note}" if note else name
