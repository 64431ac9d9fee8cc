# SPDX-License-Identifier: AGPL-3.0-or-later
"""The description of the API says what the API does."""

from __future__ import annotations

from typing import Any

import httpx
import pytest
from jsonschema import Draft202012Validator

from tests.e2e.mailbox import Mailbox
from tests.support.world import World
from tests.unit.backend.people import PASSWORD, People, registration

CUSTOMER, STAFF = "/api/v1/customer", "/api/v1/staff"
PROBLEM = "application/problem+json"


class Description:
    """``/openapi.json`` of a server."""

    def __init__(self, client: httpx.Client) -> None:
        self.schema: dict[str, Any] = client.get("/openapi.json").json()

    def check(self, answer: httpx.Response, template: str = "") -> None:
        """Fail when an answer's status, type or body is not as described."""
        path = template or answer.request.url.path
        operation = self.schema["paths"][path][answer.request.method.lower()]
        described = operation["responses"].get(str(answer.status_code)) or operation["responses"]["default"]
        if str(answer.status_code) not in operation["responses"]:
            assert answer.status_code >= 400, f"{path} does not describe {answer.status_code}"
        if not answer.content:
            assert "application/json" not in described.get("content", {})
            return
        media = answer.headers["content-type"]
        schema = described["content"][media]["schema"]
        validator = Draft202012Validator({**schema, "components": self.schema["components"]})
        assert [error.message for error in validator.iter_errors(answer.json())] == []


@pytest.fixture
def description(client: httpx.Client) -> Description:
    return Description(client)


def test_customers_calls_answer_as_described(
    client: httpx.Client, description: Description, people: People, mailbox: Mailbox
) -> None:
    def post(path: str, **body: Any) -> httpx.Response:
        answer = client.post(f"{CUSTOMER}/{path}", json=body)
        description.check(answer)
        return answer

    post("registrations", **registration("jan@firma.test"))
    post("registrations", **registration("jan@firma.test", phone="x"))
    post("sessions", email="jan@firma.test", password=PASSWORD)
    token = mailbox.wait("jan@firma.test", count=1).link.rpartition("/")[2]
    for _ in range(2):
        post("activations", token=token)
    post("activations/resend", email="x@firma.test")
    post("password-resets", email="x@firma.test")
    post("password-resets/confirm", token="x", password=PASSWORD)
    post("sessions", email="jan@firma.test", password="wrong")
    session = post("sessions", email="jan@firma.test", password=PASSWORD).json()
    headers = {"Authorization": f"Bearer {session['access_token']}"}
    for given in (headers, {}):
        description.check(client.get(f"{CUSTOMER}/me", headers=given))
        description.check(client.patch(f"{CUSTOMER}/me", headers=given, json={"position": "dyrektor"}))
        consents = {"channels": {}, "wording_version": "1"}
        description.check(client.put(f"{CUSTOMER}/me/consents", headers=given, json=consents))
        description.check(client.delete(f"{CUSTOMER}/sessions/current", headers=given))
    description.check(client.get(f"{CUSTOMER}/terms"))


def test_cases_answer_as_described(world: World) -> None:
    description = Description(world.client)
    jan, anna = world.customer(), world.staff()
    company_id = jan.submitted()
    one = f"staff/companies/{company_id}"
    for actor, path in (
        (jan, "customer/company"),
        (jan, "customer/company/documents"),
        (anna, "staff/companies"),
        (anna, "staff/changes"),
        (anna, "staff/catalogue"),
        (anna, "staff/statistics"),
    ):
        description.check(actor.call("GET", path))
    for path in ("", "/history", "/checks"):
        description.check(anna.call("GET", one + path), f"{STAFF}/companies/{{company_id}}{path}")
    description.check(anna.call("GET", "staff/companies/nothing"), f"{STAFF}/companies/{{company_id}}")
    claimed = anna.post("companies/next")
    description.check(claimed)
    decision = anna.correction(company_id, claimed.json()["lease_token"])
    description.check(
        anna.post(f"companies/{company_id}/mail-preview", decision), f"{STAFF}/companies/{{company_id}}/mail-preview"
    )
    description.check(anna.decide(company_id, decision), f"{STAFF}/companies/{{company_id}}/decisions")
    description.check(anna.decide(company_id, decision), f"{STAFF}/companies/{{company_id}}/decisions")


def test_every_call_says_how_it_refuses_and_who_may_call(description: Description) -> None:
    text = str(description.schema)
    assert "HTTPValidationError" not in text
    assert set(description.schema["components"]["securitySchemes"]) == {"customer", "staff"}
    for path, operations in description.schema["paths"].items():
        for method, operation in operations.items():
            assert PROBLEM in operation["responses"]["default"]["content"], f"{method} {path}"
            open_paths = (
                "registrations",
                "activations",
                "email-changes",
                "password-resets",
                "sessions",
                "completions",
                "invitations",
                "terms",
            )
            part = path.removeprefix(f"{CUSTOMER}/").removeprefix(f"{STAFF}/")
            is_open = not path.startswith("/api/") or part.startswith(open_paths)
            assert is_open or operation["security"], f"{method} {path}"


def test_a_body_is_described_wherever_one_is_taken(description: Description) -> None:
    bodies = {
        path: operation["requestBody"]["content"]
        for path, operations in description.schema["paths"].items()
        for operation in operations.values()
        if "requestBody" in operation
    }
    assert "multipart/form-data" in bodies[f"{CUSTOMER}/company/documents"]
    assert bodies[f"{CUSTOMER}/registrations"]["application/json"]["schema"]["$ref"].endswith("RegistrationRequest")
