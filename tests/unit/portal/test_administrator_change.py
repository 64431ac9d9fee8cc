# SPDX-License-Identifier: AGPL-3.0-or-later
"""The page on which another administrator is named (R3 to R6)."""

from __future__ import annotations

import json
from datetime import timedelta

import pytest

from reviewer_app.contract.customer_administrators import (
    AdministratorChangeRequest,
    AdministratorChanges,
    ChangeState,
)
from reviewer_app.contract.problems import ProblemCode
from reviewer_app.contract.states import CompanyState, DocumentKind, DocumentState
from tests.fakes.customer_api import NOW, FakeCustomerApi, company, document, documents
from tests.fakes.customer_team import change, employee, succession
from tests.unit.portal.conftest import Visitor

PIOTR, EWA = employee(2, "Piotr", "Żuk"), employee(3, "Ewa", "Lis")
ADMINISTRATOR = "company/administrator"


@pytest.fixture
def signed_in(visitor: Visitor, api: FakeCustomerApi) -> Visitor:
    api.answer("GET", ADMINISTRATOR, succession(candidates=[PIOTR, EWA]))
    visitor.sign_in()
    return visitor


def test_a_new_administrator_is_named_and_the_rules_are_told(signed_in: Visitor, api: FakeCustomerApi) -> None:
    api.answer("POST", "company/administrator-changes", change(ChangeState.AWAITING_AUTHORIZATION), status=201)
    signed_in.get("/company/administrator")
    assert "Do czasu akceptacji rolę zachowuje obecny administrator." in signed_in.page.text
    assert signed_in.post("/company/administrator", {"employee_id": "e2", "email": "x@y.test"}).status_code == 303
    assert AdministratorChangeRequest.model_validate_json(api.bodies[-1]) == AdministratorChangeRequest(
        employee_id="e2"
    )


def test_a_change_under_way_leads_to_sheet_scan_and_submission(signed_in: Visitor, api: FakeCustomerApi) -> None:
    waiting = change(ChangeState.AWAITING_AUTHORIZATION, ("candidate", "document:authorization"))
    api.answer("GET", ADMINISTRATOR, succession(waiting))
    signed_in.get("/company/administrator")
    assert "/company/authorization/sheet?variant=not_registered" in signed_in.page.references
    api.answer("POST", "company/documents", status=201)
    scan = ("skan.pdf", b"%PDF-1.7")
    assert signed_in.upload("/company/administrator/document", {}, scan).status_code == 303
    assert b"authorization" in api.bodies[-1]
    ready = change(ChangeState.AWAITING_AUTHORIZATION)
    api.answer("GET", ADMINISTRATOR, succession(ready))
    api.answer("POST", "company/submission", company(CompanyState.ACTIVE))
    signed_in.get("/company/administrator")
    assert signed_in.post("/company/administrator/submission").status_code == 303
    api.answer("DELETE", "company/administrator-changes/ch1", status=204)
    assert signed_in.post("/company/administrator/ch1/withdrawal").status_code == 303


def test_a_second_administrator_is_refused_with_the_rule(signed_in: Visitor, api: FakeCustomerApi) -> None:
    closed = AdministratorChanges(items=(), may_request=False)
    api.answer("GET", ADMINISTRATOR, succession().model_copy(update={"changes": closed}))
    signed_in.get("/company/administrator")
    assert "Firma ma administratora, a może on być tylko jeden." in signed_in.page.text


def test_sheets_of_the_administrator_before_are_no_sheets_of_the_change(
    signed_in: Visitor, api: FakeCustomerApi
) -> None:
    waiting = change(ChangeState.AWAITING_AUTHORIZATION, ("document:authorization",))
    old, new = (
        document(DocumentKind.AUTHORIZATION, DocumentState.READY, at, file_name=f"skan-{at}.pdf", uploaded_at=moment)
        for at, moment in ((1, NOW - timedelta(days=30)), (2, NOW + timedelta(days=1)))
    )
    page = succession(waiting)
    api.answer("GET", ADMINISTRATOR, page.model_copy(update={"sheets": documents(old, new)}))
    signed_in.get("/company/administrator")
    assert "skan-2.pdf" in signed_in.page.text
    assert "skan-1.pdf" not in signed_in.page.text


def test_somebody_who_is_not_on_the_list_is_named_in_full(signed_in: Visitor, api: FakeCustomerApi) -> None:
    wrong = dict.fromkeys(("email", "first_name", "last_name"), ("required", "To pole jest wymagane."))
    api.refuse("POST", "company/administrator-changes", ProblemCode.VALIDATION_FAILED, wrong)
    signed_in.get("/company/administrator")
    assert signed_in.post("/company/administrator", {"employee_id": "", "email": " "}).status_code == 422
    assert json.loads(api.bodies[-2]) == {"email": "", "first_name": "", "last_name": ""}
    assert {"#email", "#first_name", "#last_name"} <= set(signed_in.page.references)
