# SPDX-License-Identifier: AGPL-3.0-or-later
"""Words that a customer types to meet a scenario, through the API that the portal uses."""

from __future__ import annotations

import pymupdf
import pytest

from reviewer_app.qa.bench.magic import FILE_WORDS, scenario_in
from tests.support.benches import InnerBench, RunningBench
from tests.support.numbers import NIPS
from tests.support.world import Customer, company_data, expect, pdf
from tests.unit.backend.people import PASSWORD, registration

REFUSED = {
    "huge": (422, "too_large_page"),
    "too-long": (422, "too_many_pages"),
    "locked": (422, "password_protected"),
    "truncated": (422, "unreadable"),
    "empty": (422, "empty_file"),
    "wrong-type": (415, "unsupported_type"),
}


def customer(bench: RunningBench, address: str, **declared: str) -> Customer:
    """Register, activate and sign in somebody with a company, by the caught mail."""
    expect(bench.client.post("/api/v1/customer/registrations", json=registration(address)), 202)
    (mail,) = bench.call("GET", "mail", params={"recipient": address}).json()["items"]
    token = mail["links"][0].rpartition("/")[2]
    expect(bench.client.post("/api/v1/customer/activations", json={"token": token}), 204)
    login = {"email": address, "password": PASSWORD}
    session = expect(bench.client.post("/api/v1/customer/sessions", json=login), 201)
    made = Customer(bench.client, {"Authorization": f"Bearer {session['access_token']}"}, address)
    expect(made.call("POST", "customer/company", json=company_data(**declared)), 201)
    return made


@pytest.fixture(scope="session")
def typing_customer(bench: RunningBench) -> Customer:
    """Somebody who registered by hand on the shared bench."""
    return customer(bench, "magia@firma.test", nip=NIPS[5], krs="0009990006")


@pytest.mark.parametrize("word", sorted(FILE_WORDS))
def test_a_word_before_a_files_name_changes_what_arrives(typing_customer: Customer, word: str) -> None:
    original = pdf("Odpis", pages=2)
    answer = typing_customer.upload("other", original, name=f"qa-{word} odpis.pdf")
    if word in REFUSED:
        expect(answer, *REFUSED[word])
        return
    document = expect(answer, 201)
    content = typing_customer.call("GET", f"customer/company/documents/{document['id']}/content").content
    assert content != original
    with pymupdf.open(stream=content) as opened:
        assert opened.page_count == {"page-missing": 1, "blank": 1}.get(word, 2)
        texts = [page.get_text().strip() for page in opened]
    if word in {"swapped", "page-missing"}:
        assert texts == (["Odpis 2", "Odpis 1"] if word == "swapped" else ["Odpis 1"])
    else:
        assert not any(texts)  # a picture of it


@pytest.mark.parametrize("name", ["odpis.pdf", "qa.pdf", "qa-odpis.pdf", "my-qa-blurred.pdf", "qa-.pdf"])
def test_other_names_change_nothing(typing_customer: Customer, name: str) -> None:
    original = pdf("Inny")
    document = expect(typing_customer.upload("other", original, name=name), 201)
    assert typing_customer.call("GET", f"customer/company/documents/{document['id']}/content").content == original


def test_what_cannot_be_opened_is_refused_as_it_is(typing_customer: Customer) -> None:
    expect(typing_customer.upload("other", b"%PDF-1.7 broken", name="qa-blurred.pdf"), 422, "unreadable")


@pytest.mark.parametrize(
    ("name", "scenario"),
    [
        ("qa-struck_off Kwadrat sp. z o.o.", "struck_off"),
        ("QA-struck-off Kwadrat", "struck_off"),
        ("Kwadrat qa-struck_off", None),
        ("qa-kwadrat", None),
        ("qa-", None),
        ("Kwadrat", None),
    ],
)
def test_a_companys_name_names_a_scenario(name: str, scenario: str | None) -> None:
    assert scenario_in(name) == scenario


def test_registers_answer_for_a_typed_company_as_its_name_says(own_bench: InnerBench) -> None:
    customer(own_bench, "a@firma.test", nip=NIPS[0], krs="0009990001", name="Kwadrat sp. z o.o.")
    customer(own_bench, "b@firma.test", nip=NIPS[1], krs="0009990002", name="qa-struck_off Kwadrat sp. z o.o.")
    customer(own_bench, "c@firma.test", nip=NIPS[2], krs="0009990003", name="qa-vat_removed Zefir sp. z o.o.")
    extract = "/qa/registers/krs/api/krs/OdpisAktualny/{}?rejestr=P&format=json"
    found = expect(own_bench.client.get(extract.format("0009990001")), 200)["odpis"]
    assert found["naglowekA"]["numerKRS"] == "0009990001"
    assert found["dane"]["dzial1"]["danePodmiotu"]["identyfikatory"]["nip"] == NIPS[0]
    assert found["dane"]["dzial1"]["danePodmiotu"]["nazwa"] == "KWADRAT SP. Z O.O."
    gone = own_bench.client.get(extract.format("0009990002"))
    assert (gone.status_code, gone.content) == (204, b"")
    day = own_bench.clock.now().date().isoformat()
    vat = own_bench.client.get(f"/qa/registers/vat/api/search/nip/{NIPS[2]}?date={day}").json()["result"]["subject"]
    assert (vat["nip"], vat["removalDate"] is not None) == (NIPS[2], True)
