# SPDX-License-Identifier: AGPL-3.0-or-later
from __future__ import annotations

import json

import pytest

from reviewer_app.contract.customer import Channels, Consents
from reviewer_app.contract.customer_administrators import ConsentsHistory
from reviewer_app.contract.problems import ProblemCode
from tests.fakes.customer_api import NOW, FakeCustomerApi, me, terms
from tests.unit.portal.conftest import Visitor


@pytest.fixture
def signed_in(visitor: Visitor, api: FakeCustomerApi) -> Visitor:
    api.answer("GET", "me", me())
    visitor.sign_in()
    return visitor


def test_own_data_is_shown_and_changed(signed_in: Visitor, api: FakeCustomerApi) -> None:
    signed_in.get("/account")
    assert signed_in.page.fields["first_name"] == me().user.first_name
    api.answer("PATCH", "me", me())
    changed = {"first_name": "Ewa", "last_name": "Lis", "phone": "600 100 200", "position": "prezes"}
    assert signed_in.post("/account", changed).headers["Location"] == "/account"
    assert json.loads(api.bodies[-1]) == changed
    api.refuse("PATCH", "me", ProblemCode.VALIDATION_FAILED, {"phone": ("wrong_format", "Zły numer.")})
    signed_in.get("/account")
    assert signed_in.post("/account", {**changed, "phone": "x"}).status_code == 422
    assert signed_in.page.fields["phone"] == "x"
    assert "Zły numer." in signed_in.page.text


def test_signing_out_everywhere_ends_every_session(signed_in: Visitor, api: FakeCustomerApi) -> None:
    signed_in.get("/account")
    api.answer("DELETE", "sessions", status=204)
    assert signed_in.post("/account/sessions/end").headers["Location"] == "/"
    assert (api.requests[-1].method, api.requests[-1].url.path) == ("DELETE", "/api/v1/customer/sessions")
    assert "__Host-session" not in signed_in.client.cookies
    signed_in.get("/")
    assert "Wylogowano na wszystkich urządzeniach." in signed_in.page.text


def test_every_answer_about_consents_stands_with_its_time_and_wording(signed_in: Visitor, api: FakeCustomerApi) -> None:
    answers = (
        Consents(channels=Channels(), wording_version="2", recorded_at=NOW),
        Consents(channels=Channels(email=True, sms=True), wording_version="1", recorded_at=NOW),
    )
    api.answer("GET", "me/consents/history", ConsentsHistory(items=answers, wording=terms().consent))
    signed_in.get("/consents")
    assert signed_in.page.checked == set()
    for said in ("Bez zgody", "24 listopada 2026, 10:30 · treść 2", "E-mail, SMS", "treść 1"):
        assert said in signed_in.page.text
