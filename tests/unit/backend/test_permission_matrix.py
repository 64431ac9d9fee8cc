# SPDX-License-Identifier: AGPL-3.0-or-later
"""Who may make which call: every call of the description has a row here, and every row is tried with every role."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from reviewer_app.contract.permissions import ROLE_ACTS, Permission, StaffAct, StaffRole
from tests.support.team import activated, employee, sign_in
from tests.support.world import Actor, Customer, World, expect, key

V1 = "/api/v1/"
DENIALS = {
    "unauthenticated",
    "session_expired",
    "permission_missing",
    "company_blocked",
    "not_administrator",
    "administrator_exists",
    "no_company",
    "grant_not_allowed",
}
ANONYMOUS = {"anonymous": "unauthenticated"}
SIGNED_IN = ANONYMOUS
MEMBER = ANONYMOUS | {"newcomer": "no_company"}
ACTING = MEMBER | {"blocked": "company_blocked"}
MANAGES = ACTING | dict.fromkeys(("buyer", "book"), "permission_missing")
WRITES_ADDRESSES = ACTING | dict.fromkeys(("buyer", "accounts"), "permission_missing")
OWNER = MEMBER | dict.fromkeys(("buyer", "accounts", "book", "blocked"), "not_administrator")
NAMES_SUCCESSOR = ACTING | dict.fromkeys(("buyer", "accounts", "book"), "administrator_exists")
ORDERS = (
    ANONYMOUS | dict.fromkeys(("newcomer", "accounts", "book"), "permission_missing") | {"blocked": "company_blocked"}
)
ANYBODY: dict[str, str] = {}


@dataclass(frozen=True)
class Row:
    """One call: who is refused and with which code; everybody else is let through to what the call does."""

    refused: dict[str, str]
    body: Any = None
    form: dict[str, str] = field(default_factory=dict)
    renews: bool = False


ROWS: dict[tuple[str, str], Row] = {
    ("POST", "customer/registrations"): Row(ANYBODY, {}),
    ("POST", "customer/activations"): Row(ANYBODY, {"token": "x"}),
    ("POST", "customer/activations/resend"): Row(ANYBODY, {}),
    ("POST", "customer/password-resets"): Row(ANYBODY, {}),
    ("POST", "customer/password-resets/confirm"): Row(ANYBODY, {}),
    ("POST", "customer/sessions"): Row(ANYBODY, {}),
    ("GET", "customer/terms"): Row(ANYBODY),
    ("GET", "customer/completions/{token}"): Row(ANYBODY),
    ("POST", "customer/completions/{token}"): Row(ANYBODY, {"choice": "clear"}),
    ("GET", "customer/invitations/{token}"): Row(ANYBODY),
    ("POST", "customer/invitations/{token}"): Row(ANYBODY, {}),
    ("POST", "customer/invitations/{token}/acceptance"): Row(SIGNED_IN),
    ("GET", "customer/me"): Row(SIGNED_IN),
    ("PATCH", "customer/me"): Row(SIGNED_IN, {}),
    ("PUT", "customer/me/consents"): Row(SIGNED_IN, {"channels": {}, "wording_version": "1"}),
    ("GET", "customer/me/consents/history"): Row(SIGNED_IN),
    ("GET", "customer/me/email-change"): Row(SIGNED_IN),
    ("POST", "customer/me/email-change"): Row(SIGNED_IN, {"email": "x", "password": "x"}),
    ("DELETE", "customer/me/email-change"): Row(SIGNED_IN),
    ("POST", "customer/email-changes"): Row(ANYBODY, {"token": "x"}),
    ("GET", "customer/areas/{area}"): Row(ORDERS),
    ("POST", "customer/company"): Row(SIGNED_IN, {}),
    ("GET", "customer/company"): Row(OWNER),
    ("GET", "customer/company/overview"): Row(MEMBER),
    ("GET", "customer/company/administrator"): Row(OWNER),
    ("GET", "customer/company/case"): Row(OWNER),
    ("GET", "customer/company/people"): Row(MANAGES),
    ("GET", "customer/company/employees/{employee_id}/entry"): Row(MANAGES),
    ("PATCH", "customer/company"): Row(OWNER, {}),
    ("POST", "customer/company/submission"): Row(OWNER),
    ("POST", "customer/company/withdrawal"): Row(OWNER),
    ("POST", "customer/company/completion-link"): Row(OWNER),
    ("GET", "customer/company/authorization"): Row(OWNER),
    ("GET", "customer/company/documents"): Row(OWNER),
    ("POST", "customer/company/documents"): Row(OWNER, form={"kind": "other"}),
    ("GET", "customer/company/documents/{document_id}/content"): Row(OWNER),
    ("GET", "customer/company/documents/{document_id}/marked-pages/{page}"): Row(OWNER),
    ("GET", "customer/company/documents/{document_id}/pages/{page}"): Row(OWNER),
    ("GET", "customer/company/lookup"): Row(SIGNED_IN),
    ("POST", "customer/company/lookup"): Row(SIGNED_IN, {"nip": "9990000184"}),
    ("GET", "customer/company/addresses"): Row(ACTING),
    ("POST", "customer/company/addresses"): Row(
        WRITES_ADDRESSES, {"kind": "branch", "building": "1", "postal_code": "00-001", "city": "Warszawa"}
    ),
    ("POST", "customer/company/addresses/import"): Row(WRITES_ADDRESSES, {"csv": "x"}),
    ("GET", "customer/company/addresses/{address_id}"): Row(ACTING),
    ("PATCH", "customer/company/addresses/{address_id}"): Row(WRITES_ADDRESSES, {}),
    ("DELETE", "customer/company/addresses/{address_id}"): Row(WRITES_ADDRESSES),
    ("GET", "customer/company/employees"): Row(MANAGES),
    ("POST", "customer/company/employees"): Row(
        MANAGES, {"first_name": "A", "last_name": "B", "email": "buyer@firma.test"}
    ),
    ("POST", "customer/company/employees/import"): Row(MANAGES, {"csv": "x"}),
    ("POST", "customer/company/employees/permission-changes"): Row(MANAGES, {"employee_ids": ["x"]}),
    ("GET", "customer/company/employees/{employee_id}"): Row(MANAGES),
    ("PATCH", "customer/company/employees/{employee_id}"): Row(MANAGES, {"position": "kupiec"}),
    ("DELETE", "customer/company/employees/{employee_id}"): Row(MANAGES),
    ("POST", "customer/company/employees/{employee_id}/invitation"): Row(MANAGES),
    ("DELETE", "customer/company/employees/{employee_id}/invitation"): Row(MANAGES),
    ("PUT", "customer/company/employees/{employee_id}/permissions"): Row(MANAGES, {"permissions": []}),
    ("PUT", "customer/company/employees/{employee_id}/superior"): Row(MANAGES, {"superior_id": None}),
    ("GET", "customer/company/hierarchy"): Row(MANAGES),
    ("GET", "customer/company/administrator-changes"): Row(OWNER),
    ("POST", "customer/company/administrator-changes"): Row(NAMES_SUCCESSOR, {"email": "nowy@firma.test"}),
    ("DELETE", "customer/company/administrator-changes/{change_id}"): Row(OWNER),
    ("POST", "customer/company/departure"): Row(SIGNED_IN, {"blocks_company": "perhaps"}),
    ("DELETE", "customer/sessions/current"): Row(SIGNED_IN, renews=True),
    ("DELETE", "customer/sessions"): Row(SIGNED_IN, renews=True),
}
"""Rows in the order in which they are tried: what ends a session comes last."""

STAFF_ROWS: dict[tuple[str, str], StaffAct | None] = {
    ("GET", "staff/catalogue"): None,
    ("GET", "staff/changes"): StaffAct.READ_CASES,
    ("GET", "staff/companies"): StaffAct.READ_CASES,
    ("POST", "staff/companies/next"): StaffAct.CLAIM,
    ("GET", "staff/companies/{company_id}"): StaffAct.READ_CASES,
    ("GET", "staff/companies/{company_id}/checks"): StaffAct.READ_CASES,
    ("POST", "staff/companies/{company_id}/checks/refresh"): StaffAct.REFRESH_CHECKS,
    ("POST", "staff/companies/{company_id}/claim"): StaffAct.CLAIM,
    ("DELETE", "staff/companies/{company_id}/claim"): StaffAct.RELEASE,
    ("POST", "staff/companies/{company_id}/claim/heartbeat"): StaffAct.CLAIM,
    ("POST", "staff/companies/{company_id}/claim/takeover"): StaffAct.TAKE_OVER,
    ("POST", "staff/companies/{company_id}/decisions"): StaffAct.APPROVE,
    ("POST", "staff/companies/{company_id}/mail-preview"): StaffAct.APPROVE,
    ("GET", "staff/companies/{company_id}/dossier"): StaffAct.READ_CASES,
    ("GET", "staff/companies/{company_id}/history"): StaffAct.READ_CASES,
    ("POST", "staff/companies/{company_id}/hold"): StaffAct.HOLD,
    ("POST", "staff/companies/{company_id}/notes"): StaffAct.NOTE,
    ("POST", "staff/companies/{company_id}/reopen"): StaffAct.REOPEN,
    ("POST", "staff/companies/bulk"): StaffAct.CLAIM,
    ("GET", "staff/companies/{company_id}/submissions"): StaffAct.READ_CASES,
    ("GET", "staff/companies/{company_id}/sightings"): StaffAct.READ_CASES,
    ("PUT", "staff/companies/{company_id}/look"): StaffAct.READ_CASES,
    ("POST", "staff/companies/{company_id}/escalation"): StaffAct.ESCALATE,
    ("PUT", "staff/me/password"): None,
    ("GET", "staff/notices"): StaffAct.READ_CASES,
    ("GET", "staff/people"): StaffAct.READ_CASES,
    ("GET", "staff/queue-views"): StaffAct.READ_CASES,
    ("POST", "staff/queue-views"): StaffAct.READ_CASES,
    ("DELETE", "staff/queue-views/{view_id}"): StaffAct.READ_CASES,
    ("POST", "staff/companies/{company_id}/restore"): StaffAct.RESTORE,
    ("POST", "staff/companies/{company_id}/suspend"): StaffAct.SUSPEND,
    ("GET", "staff/documents/{document_id}/content"): StaffAct.READ_CASES,
    ("POST", "staff/documents/{document_id}/prints"): StaffAct.READ_CASES,
    ("POST", "staff/documents/{document_id}/prints/{print_id}/outcome"): StaffAct.READ_CASES,
    ("PUT", "staff/documents/{document_id}/pages/{page}/rotation"): StaffAct.READ_CASES,
    ("GET", "staff/documents/{document_id}/words"): StaffAct.READ_CASES,
    ("GET", "staff/statistics"): StaffAct.READ_CASES,
    ("DELETE", "staff/sessions/current"): None,
}
STAFF_OPEN = {("POST", "staff/sessions"), ("POST", "staff/sessions/refresh")}
OPERATIONS = {("GET", "/healthz"), ("GET", "/readyz"), ("GET", "/metrics")}
STAFF_BODIES: dict[str, Any] = {
    "decisions": {"outcome": "approve"},
    "mail-preview": {"outcome": "approve"},
    "hold": {},
    "notes": {"text": "x"},
    "reopen": {"reason": "x"},
    "bulk": {"act": "release", "companies": {"nothing": 1}},
    "queue-views": {"name": "x", "query": {}},
    "escalation": {"reason": "x"},
    "password": {"current": "x", "new": "y"},
    "prints": {"pages": [1]},
    "outcome": {"complete": True, "pages": [1]},
    "restore": {"reason": "x"},
    "rotation": {"degrees": 90},
    "suspend": {"reason": "x"},
}


def described(world: World) -> set[tuple[str, str]]:
    paths = world.client.get("/openapi.json").json()["paths"]
    return {(method.upper(), path.removeprefix(V1)) for path, calls in paths.items() for method in calls}


def staffed(world: World) -> dict[str, Customer]:
    """Give one person of each role around an active company."""
    jan = activated(world)
    roles = {
        "anonymous": Customer(world.client, {}, ""),
        "newcomer": world.customer("nowy@firma.test"),
        "administrator": jan,
    }
    grants: dict[str, list[str]] = {
        "buyer": ["OR"],
        "accounts": ["US"],
        "book": ["AD"],
        "blocked": [one.value for one in Permission],
    }
    ids = {}
    for name, permissions in grants.items():
        roles[name], ids[name] = employee(world, jan, f"{name}@firma.test", *permissions)
    path = f"customer/company/employees/{ids['blocked']}"
    expect(jan.call("PATCH", path, json={"blocked": True}), 200)
    return roles


def code_of(answer: Any) -> str:
    is_problem = answer.headers.get("content-type", "").startswith("application/problem+json")
    return str(answer.json()["code"]) if is_problem else ""


def make(who: Actor, method: str, path: str, row: Row) -> str:
    how: dict[str, Any] = {"headers": {"If-Match": '"1"'}}
    if row.body is not None:
        how["json"] = row.body
    if row.form:
        how["data"], how["files"] = row.form, {"file": ("a.txt", b"x")}
    return code_of(who.call(method, path, **how))


def test_every_call_has_a_row(world: World) -> None:
    assert described(world) == set(ROWS) | set(STAFF_ROWS) | STAFF_OPEN | OPERATIONS


def test_customers_are_let_through_or_refused_as_the_rows_say(world: World) -> None:
    roles = staffed(world)
    document_id = roles["administrator"].documents()[0]["id"]
    ids = {"document_id": document_id, "area": "orders", "token": "nothing", "page": "1"}
    wrong = []
    for (method, template), row in ROWS.items():
        path = template.format_map(ids | dict.fromkeys(("employee_id", "address_id", "change_id"), "nothing"))
        for role, known in roles.items():
            who = sign_in(world, known.email) if row.renews and known.headers else known
            expected, got = row.refused.get(role, ""), make(who, method, path, row)
            right = got == expected if expected else got not in DENIALS
            if not right:
                wrong.append((method, template, role, expected, got))
    assert wrong == []


def test_nobody_acts_in_a_company_without_an_administrator(world: World) -> None:
    roles = staffed(world)
    expect(roles["administrator"].call("POST", "customer/company/departure", json={"blocks_company": True}), 204)
    closed = [ACTING, MANAGES, WRITES_ADDRESSES, ORDERS]
    ids = dict.fromkeys(("employee_id", "address_id"), "nothing") | {"area": "orders"}
    for (method, template), row in ROWS.items():
        if any(row.refused is rule for rule in closed):
            for role in ("buyer", "accounts", "book", "blocked"):
                got = make(roles[role], method, template.format_map(ids), row)
                assert got == "company_blocked", (method, template, role, got)


def test_staff_are_let_through_or_refused_as_their_roles_say(world: World) -> None:
    company_id = world.customer().submitted()
    document_id = world.staff().detail(company_id)["documents"][0]["id"]
    wrong = []
    customer = world.customer()
    for role in StaffRole:
        who = world.staff(f"some{role.value}", role)
        for (method, template), act in STAFF_ROWS.items():
            unknown = dict.fromkeys(("view_id", "print_id"), "nothing")
            path = template.format_map(unknown | {"company_id": company_id, "document_id": document_id, "page": 1})
            body = STAFF_BODIES.get(template.rpartition("/")[2])
            how: dict[str, Any] = {"headers": key() | {"If-Match": '"0"'}}
            got = code_of(who.call(method, path, **how, **({"json": body} if body is not None else {})))
            allowed = act is None or act in ROLE_ACTS[role]
            if (got == "permission_missing") == allowed or got == "unauthenticated":
                wrong.append((method, template, role, got))
            assert code_of(customer.call(method, path, **how)) == "unauthenticated", (method, template)
    assert wrong == []


def test_staff_s_tokens_open_no_customer_s_call(world: World) -> None:
    anna = world.staff()
    for (method, path), row in ROWS.items():
        if "anonymous" in row.refused:
            assert make(anna, method, path, row) == "unauthenticated", (method, path)
