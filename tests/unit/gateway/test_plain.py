# SPDX-License-Identifier: AGPL-3.0-or-later
"""The light readers and pydantic read the same answer alike, field by field."""

from __future__ import annotations

import json
import subprocess
import sys
from dataclasses import asdict, fields
from datetime import UTC, datetime
from typing import Any

import pytest
from pydantic import BaseModel

from reviewer_app.contract.companies import LegalForm
from reviewer_app.contract.messages import Listing
from reviewer_app.contract.permissions import StaffRole
from reviewer_app.contract.staff import Assignee, Assignment, CheckCounts, QueueItem, StaffSession, StaffUser
from reviewer_app.contract.states import CaseKind, CompanyState, Flag
from reviewer_app.gateway import plain

MOMENT = datetime(2026, 3, 2, 8, 15, 30, 120_000, tzinfo=UTC)
FULL = QueueItem(
    id="c1",
    name="Żółta Łódź sp. z o.o.",
    nip="9990661194",
    legal_form=LegalForm.LIMITED_PARTNERSHIP,
    state=CompanyState.PENDING_VERIFICATION,
    version=7,
    round=2,
    case_kind=CaseKind.REGISTRATION,
    submitted_at=MOMENT,
    waiting_seconds=3600,
    working_seconds=1800,
    assignee=Assignee(id="u1", username="anna", display_name="Anna Żak"),
    lease_expires_at=MOMENT,
    flags=tuple(Flag),
    checks=CheckCounts(ok=1, warn=2, fail=3, unknown=4),
    news=("note_added", "held"),
    looked=True,
    assignment=Assignment(
        person=Assignee(id="u2", username="piotr", display_name="Piotr Żak"), by="Maria Żak", at=MOMENT
    ),
)
BARE = FULL.model_copy(
    update={
        "submitted_at": None,
        "assignee": None,
        "lease_expires_at": None,
        "flags": (),
        "checks": CheckCounts(),
        "assignment": None,
    }
)
SESSION = StaffSession(
    access_token="a",
    refresh_token="r",
    expires_at=MOMENT,
    user=StaffUser(id="u1", username="anna", display_name="Anna Żak", role=StaffRole.REVIEWER),
)


@pytest.mark.parametrize(
    ("light", "full"),
    [
        (plain.User, StaffUser),
        (plain.Session, StaffSession),
        (plain.Holder, Assignee),
        (plain.Given, Assignment),
        (plain.Counts, CheckCounts),
        (plain.Entry, QueueItem),
        (plain.Entries, Listing),
    ],
)
def test_the_shapes_have_the_same_fields(light: Any, full: type[BaseModel]) -> None:
    assert [field.name for field in fields(light)] == list(full.model_fields)


@pytest.mark.parametrize("cursor", [None, "next"])
def test_a_page_of_the_queue_is_read_alike(cursor: str | None) -> None:
    body = Listing[QueueItem](items=(FULL, BARE), next_cursor=cursor).model_dump_json().encode()
    assert asdict(plain.read_entries(body)) == Listing[QueueItem].model_validate_json(body).model_dump()


def test_what_may_be_missing_may_be_missing_in_both() -> None:
    item = BARE.model_dump(mode="json")
    item["checks"] = {}
    body = json.dumps({"items": [item], "newer": 1}).encode()
    assert asdict(plain.read_entries(body)) == Listing[QueueItem].model_validate_json(body).model_dump()


@pytest.mark.parametrize("bench", [False, True])
def test_a_session_is_read_alike(bench: bool) -> None:
    body = SESSION.model_copy(update={"bench": bench}).model_dump_json().encode()
    assert asdict(plain.read_session(body)) == StaffSession.model_validate_json(body).model_dump()


@pytest.mark.parametrize("name", sorted(QueueItem.model_fields))
@pytest.mark.parametrize("wrong", ["missing", {"nothing": ["of"]}, "no such code"])
def test_what_the_contract_refuses_is_refused(name: str, wrong: Any) -> None:
    item = FULL.model_dump(mode="json")
    if wrong == "missing":
        del item[name]
    elif isinstance(wrong, str) and name in {"id", "name", "nip"}:
        item[name] = 5
    else:
        item[name] = [wrong] if name == "checks" else wrong
    body = json.dumps({"items": [item]}).encode()
    with pytest.raises(ValueError, match=name):
        Listing[QueueItem].model_validate_json(body)
    with pytest.raises(plain.Misread):
        plain.read_entries(body)


@pytest.mark.parametrize("body", [b"", b"[]", b"{}", b'{"items": {}}', b'{"items": [1]}', b"\xff"])
def test_an_answer_that_is_no_page_is_refused(body: bytes) -> None:
    with pytest.raises(plain.Misread):
        plain.read_entries(body)


def test_the_first_page_needs_neither_pydantic_nor_the_database_library() -> None:
    script = (
        "import sys, reviewer_app.app.workshop, reviewer_app.gateway.plain\n"
        "print(sorted({'pydantic', 'pydantic_core', 'sqlalchemy', 'pymupdf'} & set(sys.modules)))"
    )
    shown = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True, timeout=60)
    assert shown.stdout.strip() == "[]"
