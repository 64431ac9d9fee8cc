# SPDX-License-Identifier: AGPL-3.0-or-later
"""A customer fetches a company's data by its NIP; the registers' limits and their troubles never stop the form."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import func, select

from reviewer_app.backend.registers.budget import Purpose
from reviewer_app.backend.registers.tables import RegisterCall
from tests.fakes.registers import (
    KRS,
    NIP,
    REGON,
    TOKEN,
    TRADER_NIP,
    TRADER_REGON,
    FakeRegisters,
    Trouble,
    court_extract,
    running_registers,
    trader,
    vat_subject,
)
from tests.support.team import activated, employee
from tests.support.world import Customer, World, WorldMaker, expect

LOOKUP = "customer/company/lookup"


@pytest.fixture
def served() -> Iterator[tuple[FakeRegisters, str]]:
    with running_registers() as found:
        yield found


@pytest.fixture
def fake(served: tuple[FakeRegisters, str]) -> FakeRegisters:
    return served[0]


@pytest.fixture
def jan(served: tuple[FakeRegisters, str], make_world: WorldMaker) -> Customer:
    """A customer without a company, where all registers are asked."""
    url = served[1]
    return make_world(krs_url=url, vat_url=url, ceidg_url=url, ceidg_token=TOKEN, vies_url=url).customer()


def fetch(who: Customer, nip: str = NIP, **more: Any) -> Any:
    return expect(who.call("POST", LOOKUP, json={"nip": nip, **more}), 200)


def values(answer: Any) -> dict[str, tuple[str, str]]:
    return {one["field"]: (one["value"], one["register_name"]) for one in answer["values"]}


def outcomes(answer: Any) -> dict[str, str]:
    return {one["register_name"]: one["outcome"] for one in answer["asked"]}


def asked_for_forms(world: World) -> int:
    """Count the questions that a form led to; submitted companies are asked about as well."""
    counted = select(func.count()).select_from(RegisterCall).where(RegisterCall.purpose == Purpose.PREFILL.value)
    with world.backend.parts.database.read() as session:
        return session.scalar(counted) or 0


def test_a_company_is_found_by_its_nip_through_the_list_to_the_court_register(
    jan: Customer, fake: FakeRegisters
) -> None:
    fake.payers[NIP] = vat_subject()
    fake.court["P", KRS] = court_extract()
    answer = fetch(jan, "PL 999-000-01-84")
    assert (answer["nip"], answer["outcome"]) == (NIP, "found")
    assert values(answer) == {
        "name": ("ŻÓŁW I SYN SPÓŁKA Z OGRANICZONĄ ODPOWIEDZIALNOŚCIĄ", "krs"),
        "legal_form": ("sp_zoo", "krs"),
        "regon": (REGON, "krs"),
        "krs": (KRS, "krs"),
        "seat.street": ("ul. Jana Pawła II", "krs"),
        "seat.building": ("1D", "krs"),
        "seat.unit": ("U9", "krs"),
        "seat.postal_code": ("31-444", "krs"),
        "seat.city": ("Bielsko-Biała", "krs"),
    }
    assert [(one["register_name"], one["request_id"]) for one in answer["asked"]] == [
        ("vat", "d2n-8"),
        ("krs", "24.09.2026 02:34:18"),
    ]
    assert expect(jan.call("GET", "customer/me"), 200)["company"] is None


def test_what_was_fetched_is_a_valid_declaration(jan: Customer, fake: FakeRegisters) -> None:
    fake.payers[NIP] = vat_subject()
    fake.court["P", KRS] = court_extract()
    found = {field: value for field, (value, _) in values(fetch(jan)).items()}
    seat = {field.removeprefix("seat."): value for field, value in found.items() if field.startswith("seat.")}
    plain = {field: value for field, value in found.items() if not field.startswith("seat.")}
    expect(jan.call("POST", "customer/company", json={"nip": NIP, "seat": seat, **plain}), 201)


def test_a_sole_trader_is_found_in_ceidg(jan: Customer, fake: FakeRegisters) -> None:
    fake.traders[TRADER_NIP] = [trader("WYKRESLONY"), trader()]
    answer = fetch(jan, TRADER_NIP)
    assert outcomes(answer) == {"vat": "not_found", "ceidg": "found"}
    found = values(answer)
    assert (found["name"][0], found["legal_form"][0]) == ("Anna Lis Usługi IT", "sole_proprietorship")
    assert (found["regon"], found["seat.city"]) == ((TRADER_REGON, "ceidg"), ("Łódź", "ceidg"))


def test_the_list_alone_gives_what_it_has(jan: Customer, fake: FakeRegisters) -> None:
    fake.payers[NIP] = vat_subject()
    fake.troubles["krs"] = Trouble(503)
    answer = fetch(jan)
    assert (answer["outcome"], outcomes(answer)) == ("found", {"vat": "found", "krs": "unavailable"})
    found = values(answer)
    assert {register for _, register in found.values()} == {"vat"}
    assert (found["seat.street"][0], found["seat.building"][0], found["seat.unit"][0]) == ("Prosta", "67", "4")
    assert "legal_form" not in found


def test_a_typed_court_number_of_another_company_fills_in_nothing(jan: Customer, fake: FakeRegisters) -> None:
    fake.court["P", KRS] = court_extract()
    answer = fetch(jan, TRADER_NIP, krs=KRS)
    assert answer["values"] == []
    assert (answer["outcome"], answer["asked"][1]["text"]) == ("not_found", "pod tym numerem KRS jest inny NIP")
    assert fetch(jan, NIP, krs=KRS)["outcome"] == "found"


@pytest.mark.parametrize(("nip", "said"), [(NIP, "not_found"), ("9990000327", "not_found")])
def test_an_unknown_company_is_said_to_be(jan: Customer, nip: str, said: str) -> None:
    answer = fetch(jan, nip)
    assert (answer["outcome"], answer["values"]) == (said, [])
    assert "NIP" in answer["message"]


def test_an_entity_that_was_struck_off_is_said_to_be(jan: Customer, fake: FakeRegisters) -> None:
    fake.payers[NIP] = vat_subject(statusVat="Niezarejestrowany")
    fake.court["P", KRS] = None
    assert fetch(jan)["outcome"] == "struck_off"
    fake.traders[TRADER_NIP] = [trader("WYKRESLONY")]
    assert fetch(jan, TRADER_NIP)["outcome"] == "struck_off"


def test_one_register_that_fails_makes_no_not_found(jan: Customer, fake: FakeRegisters) -> None:
    fake.troubles["ceidg"] = Trouble(500)
    answer = fetch(jan)
    assert (answer["outcome"], outcomes(answer)["ceidg"]) == ("unavailable", "unavailable")
    assert answer["message"].startswith("Nie udało się")


def test_the_same_question_is_not_asked_again_for_hours_and_failures_are(jan: Customer, fake: FakeRegisters) -> None:
    fake.troubles["vat"] = Trouble(503)
    fetch(jan)
    del fake.troubles["vat"]
    fake.payers[NIP] = vat_subject()
    first = fetch(jan)
    again = fetch(jan)
    assert len(fake.questions("/api/search/")) == 2
    assert again["asked"][0]["asked_at"] == first["asked"][0]["asked_at"]


def test_a_person_who_asks_again_and_again_has_to_wait(
    served: tuple[FakeRegisters, str], make_world: WorldMaker
) -> None:
    world = make_world(vat_url=served[1])
    jan, ewa = world.customer(), world.customer()
    for _ in range(10):
        fetch(jan)
    refused = jan.call("POST", LOOKUP, json={"nip": NIP})
    expect(refused, 429, "too_many_attempts")
    assert int(refused.headers["Retry-After"]) > 0
    fetch(ewa)
    world.clock.advance(timedelta(minutes=2))
    fetch(jan)


def test_only_who_may_fill_in_a_company_s_data_asks(served: tuple[FakeRegisters, str], make_world: WorldMaker) -> None:
    world = make_world(vat_url=served[1])
    jan = activated(world)
    buyer, _ = employee(world, jan, "ewa@firma.test", "OR")
    expect(buyer.call("POST", LOOKUP, json={"nip": TRADER_NIP}), 403, "not_administrator")
    assert asked_for_forms(world) == 0
    fetch(jan, TRADER_NIP)
    assert asked_for_forms(world) == 1


def test_a_key_that_was_used_gives_the_same_answer_without_asking(jan: Customer, fake: FakeRegisters) -> None:
    key = {"Idempotency-Key": "lookup-1"}
    fake.payers[NIP] = vat_subject()
    first = jan.call("POST", LOOKUP, json={"nip": NIP}, headers=key)
    asked = len(fake.asked)
    again = jan.call("POST", LOOKUP, json={"nip": NIP}, headers=key)
    assert again.json() == first.json()
    assert again.headers["Idempotency-Replayed"] == "true"
    assert len(fake.asked) == asked
    expect(jan.call("POST", LOOKUP, json={"nip": TRADER_NIP}, headers=key), 422, "idempotency_key_reused")


def test_wrong_numbers_are_refused_at_their_fields(jan: Customer, fake: FakeRegisters) -> None:
    errors = expect(jan.call("POST", LOOKUP, json={"nip": "9990000185", "krs": "1"}), 422)["errors"]
    assert {error["field"]: error["code"] for error in errors} == {"nip": "wrong_checksum", "krs": "wrong_length"}
    assert fake.asked == []


def test_without_addresses_nothing_is_offered(world: World) -> None:
    jan = world.customer()
    assert expect(jan.call("GET", LOOKUP), 200)["registers"] == []
    expect(jan.call("POST", LOOKUP, json={"nip": NIP}), 404, "registers_not_set")


def test_the_court_register_alone_knows_no_nips(served: tuple[FakeRegisters, str], make_world: WorldMaker) -> None:
    jan = make_world(krs_url=served[1]).customer()
    assert expect(jan.call("GET", LOOKUP), 200)["registers"] == []


def test_an_address_with_the_register_s_own_path_is_understood(
    served: tuple[FakeRegisters, str], make_world: WorldMaker
) -> None:
    fake, url = served
    fake.payers[NIP] = vat_subject()
    fake.court["P", KRS] = court_extract()
    jan = make_world(krs_url=f"{url}/api/krs/", vat_url=f"{url}/api").customer()
    assert outcomes(fetch(jan)) == {"vat": "found", "krs": "found"}
