# SPDX-License-Identifier: AGPL-3.0-or-later
"""What a customer does with their own account beside registering: sessions everywhere, the history of consents."""

from __future__ import annotations

from datetime import timedelta

from tests.support.team import sign_in
from tests.support.world import World, expect


def test_signing_out_everywhere_ends_every_session(world: World) -> None:
    jan = world.customer("jan@firma.test")
    elsewhere = sign_in(world, "jan@firma.test")
    other = world.customer()
    expect(elsewhere.call("DELETE", "customer/sessions"), 204)
    for session in (jan, elsewhere):
        expect(session.call("GET", "customer/me"), 401, "session_expired")
    expect(other.call("GET", "customer/me"), 200)


def test_every_consent_stays_in_the_history(world: World) -> None:
    jan = world.customer()
    for given in ({"email": True, "sms": True}, {"email": False}):
        body = {"channels": given, "wording_version": "1"}
        expect(jan.call("PUT", "customer/me/consents", json=body), 200)
        world.clock.advance(timedelta(minutes=1))
    history = expect(jan.call("GET", "customer/me/consents/history", headers={"Accept-Language": "en"}), 200)
    items = history["items"]
    assert [one["channels"]["sms"] for one in items] == [False, True]
    assert items[0]["recorded_at"] > items[1]["recorded_at"]
    assert {one["wording_version"] for one in items} == {"1"}
    terms = expect(world.client.get("/api/v1/customer/terms", headers={"Accept-Language": "en"}), 200)
    assert history["wording"] == terms["consent"]
