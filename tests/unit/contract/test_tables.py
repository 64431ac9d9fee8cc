# SPDX-License-Identifier: AGPL-3.0-or-later
"""The tables of the contract are complete and agree with each other."""

from __future__ import annotations

import string
from collections.abc import Mapping
from enum import StrEnum
from typing import Any

import pytest

from reviewer_app.contract import companies, permissions, problems, reasons, states
from reviewer_app.contract.states import Act, Actor, CompanyState, DocumentKind, Outcome
from reviewer_app.contract.text import Text

TEXTS: dict[str, tuple[type[StrEnum], Mapping[Any, Text]]] = {
    "company states": (states.CompanyState, states.COMPANY_STATE_TEXTS),
    "document kinds": (states.DocumentKind, states.DOCUMENT_KIND_TEXTS),
    "document states": (states.DocumentState, states.DOCUMENT_STATE_TEXTS),
    "outcomes": (states.Outcome, states.OUTCOME_TEXTS),
    "verdicts": (states.Verdict, states.VERDICT_TEXTS),
    "flags": (states.Flag, states.FLAG_TEXTS),
    "permissions": (permissions.Permission, permissions.PERMISSION_TEXTS),
    "roles": (permissions.StaffRole, permissions.ROLE_TEXTS),
    "legal forms": (companies.LegalForm, {form: traits.name for form, traits in companies.LEGAL_FORMS.items()}),
    "problems": (problems.ProblemCode, {code: kind.text for code, kind in problems.PROBLEMS.items()}),
    "field problems": (problems.FieldCode, problems.FIELD_PROBLEMS),
    "reasons": (reasons.ReasonCode, {code: reason.customer for code, reason in reasons.REASONS.items()}),
}


def placeholders(text: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name}


@pytest.mark.parametrize("table", sorted(TEXTS))
def test_every_code_has_a_text_in_both_languages_with_the_same_placeholders(table: str) -> None:
    codes, texts = TEXTS[table]
    assert set(texts) == set(codes)
    for text in texts.values():
        assert text.pl.strip()
        assert text.en.strip()
        assert placeholders(text.pl) == placeholders(text.en)


def test_an_act_leads_from_a_state_to_one_state_only() -> None:
    keys = [(row.source, row.act) for row in states.TRANSITIONS]
    assert len(keys) == len(set(keys))


def test_every_state_can_be_reached_and_only_cleared_is_the_end() -> None:
    reached = {CompanyState.COLLECTING}
    while True:
        more = {row.target for row in states.TRANSITIONS if row.source in reached} - reached
        if not more:
            break
        reached |= more
    assert reached == set(CompanyState)
    assert set(CompanyState) - {row.source for row in states.TRANSITIONS} == {CompanyState.CLEARED}


def test_staff_decide_only_what_is_pending_and_never_make_a_company_active_at_once() -> None:
    for outcome, act in states.ACT_OF_OUTCOME.items():
        sources = {row.source for row in states.TRANSITIONS if row.act is act}
        assert sources == {CompanyState.PENDING_VERIFICATION}, outcome
    approved = states.target_of(CompanyState.PENDING_VERIFICATION, Act.APPROVE)
    assert approved is CompanyState.APPROVED
    assert states.target_of(CompanyState.CORRECTION_REQUESTED, Act.APPROVE) is None


def test_each_act_belongs_to_one_kind_of_actor() -> None:
    for act in Act:
        assert len({row.actor for row in states.TRANSITIONS if row.act is act}) == 1, act
    assert {row.actor for row in states.TRANSITIONS} == set(Actor)


def test_every_area_needs_another_permission_and_none_is_left_over() -> None:
    assert sorted(permissions.AREA_PERMISSIONS.values()) == sorted(permissions.Permission)


def test_an_auditor_changes_nothing_and_an_admin_decides_nothing() -> None:
    changing = {
        permissions.StaffAct.CLAIM,
        permissions.StaffAct.APPROVE,
        permissions.StaffAct.REQUEST_CORRECTION,
        permissions.StaffAct.REJECT,
        permissions.StaffAct.NOTE,
        permissions.StaffAct.HOLD,
        permissions.StaffAct.REOPEN,
        permissions.StaffAct.SUSPEND,
        permissions.StaffAct.TAKE_OVER,
    }
    assert not changing & permissions.ROLE_ACTS[permissions.StaffRole.AUDITOR]
    assert not changing & permissions.ROLE_ACTS[permissions.StaffRole.ADMIN]


def test_a_final_reason_never_carries_a_correction_and_a_mere_correction_never_a_refusal() -> None:
    for code, reason in reasons.REASONS.items():
        assert not reasons.allowed_for_outcome(code, Outcome.APPROVE)
        if reason.kind is reasons.ReasonKind.FINAL:
            assert not reasons.allowed_for_outcome(code, Outcome.REQUEST_CORRECTION)
            assert reasons.carries_outcome(code, Outcome.REJECT)
        if reason.kind is reasons.ReasonKind.CORRECTION:
            assert not reasons.carries_outcome(code, Outcome.REJECT)
    assert reasons.REASONS[reasons.ReasonCode.OTHER].note_required


@pytest.mark.parametrize("kind", list(DocumentKind))
def test_every_kind_of_document_can_be_unreadable_or_wrong_otherwise(kind: DocumentKind) -> None:
    codes = {reason.code for reason in reasons.reasons_for_document(kind)}
    assert {reasons.ReasonCode.NOT_READABLE, reasons.ReasonCode.OTHER} <= codes
    assert (reasons.ReasonCode.NOT_SIGNED in codes) == (kind is DocumentKind.AUTHORIZATION)


def test_a_legal_form_in_the_court_register_needs_its_number() -> None:
    assert "krs" in companies.required_fields(companies.LegalForm.SP_ZOO)
    assert "krs" not in companies.required_fields(companies.LegalForm.SOLE_PROPRIETORSHIP)
    assert "krs" not in companies.required_fields(companies.LegalForm.OTHER)
