# SPDX-License-Identifier: AGPL-3.0-or-later
"""Caught mails: what the server would have sent, readable and followable."""

from __future__ import annotations

import html

from tests.support.benches import InnerBench
from tests.support.world import expect
from tests.unit.backend.people import registration

ADDRESS = "poczta@firma.test"


def test_a_mail_is_caught_shown_and_its_link_works(own_bench: InnerBench) -> None:
    expect(own_bench.client.post("/api/v1/customer/registrations", json=registration(ADDRESS)), 202)
    (mail,) = own_bench.call("GET", "mail", params={"recipient": ADDRESS}).json()["items"]
    assert mail["due"]
    link = mail["links"][0]
    assert link.startswith(f"{own_bench.url}/activate/")
    page = own_bench.client.get(f"/qa/mail/{mail['id']}")
    assert html.escape(link) in page.text
    assert 'sandbox="allow-popups allow-popups-to-escape-sandbox"' in page.text
    framed = own_bench.client.get(f"/qa/mail/{mail['id']}/html")
    assert "sandbox" in framed.headers["Content-Security-Policy"]
    assert "default-src 'none'" in framed.headers["Content-Security-Policy"]
    assert '<base target="_blank">' in framed.text
    assert link in framed.text
    assert ADDRESS in own_bench.client.get("/qa/mail").text
    token = link.rpartition("/")[2]
    expect(own_bench.client.post("/api/v1/customer/activations", json={"token": token}), 204)


def test_mails_can_be_forgotten(own_bench: InnerBench) -> None:
    expect(own_bench.client.post("/api/v1/customer/registrations", json=registration(ADDRESS)), 202)
    assert own_bench.call("DELETE", "mail").status_code == 204
    assert own_bench.call("GET", "mail").json()["items"] == []
    expect(own_bench.call("GET", "mail/unknown"), 404, "not_found")
    assert own_bench.client.get("/qa/mail/unknown").status_code == 404
