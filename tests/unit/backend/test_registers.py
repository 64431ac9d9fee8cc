# SPDX-License-Identifier: AGPL-3.0-or-later
"""The registers are asked within their limits, and whatever goes wrong is "could not be checked", never "in order"."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Coroutine, Iterator
from datetime import UTC, datetime, timedelta
from typing import Any, TypeVar

import pytest
from sqlalchemy import func, select

from reviewer_app.backend.registers.budget import Purpose
from reviewer_app.backend.registers.ceidg import CeidgStatus
from reviewer_app.backend.registers.exchange import Question, RegisterHttp
from reviewer_app.backend.registers.service import Asking, Lookup, Registers, purge
from reviewer_app.backend.registers.tables import RegisterCall, RegisterEvidence
from reviewer_app.backend.registers.vat import VatStatus
from reviewer_app.contract.companies import LegalForm
from reviewer_app.contract.registers import LookupOutcome, Register
from tests.fakes.registers import (
    ACCOUNT,
    KRS,
    NIP,
    REGON,
    TOKEN,
    TRADER_NIP,
    FakeRegisters,
    Trouble,
    court_extract,
    running_registers,
    trader,
    vat_subject,
)
from tests.support.world import World, WorldMaker

Given = TypeVar("Given")
CHECK, FORM = Asking(Purpose.CHECK), Asking(Purpose.PREFILL)


@pytest.fixture
def served() -> Iterator[tuple[FakeRegisters, str]]:
    with running_registers() as found:
        yield found


@pytest.fixture
def fake(served: tuple[FakeRegisters, str]) -> FakeRegisters:
    return served[0]


@pytest.fixture
def asking_world(served: tuple[FakeRegisters, str], make_world: WorldMaker) -> World:
    url = served[1]
    return make_world(krs_url=url, vat_url=url, ceidg_url=url, ceidg_token=TOKEN, vies_url=url)


@pytest.fixture
def registers(asking_world: World) -> Registers:
    return asking_world.backend.registers


def run(question: Coroutine[Any, Any, Given]) -> Given:
    return asyncio.run(question)


def evidence(world: World, lookup: Lookup[Any]) -> RegisterEvidence:
    with world.backend.parts.database.read() as session:
        return session.scalars(select(RegisterEvidence).where(RegisterEvidence.id == lookup.evidence_id)).one()


def test_a_company_is_read_from_the_court_register(registers: Registers, fake: FakeRegisters) -> None:
    fake.court["P", KRS] = court_extract()
    found = run(registers.krs(KRS, CHECK))
    entry = found.entry
    assert entry is not None
    assert (found.outcome, found.request_id) == (LookupOutcome.FOUND, "24.09.2026 02:34:18")
    assert (entry.legal_form, entry.nip, entry.regon) == (LegalForm.SP_ZOO, NIP, REGON)
    assert entry.seat is not None
    assert (entry.seat.street, entry.seat.building, entry.seat.unit) == ("ul. Jana Pawła II", "1D", "U9")
    assert (entry.seat.postal_code, entry.seat.city) == ("31-444", "Bielsko-Biała")
    assert (entry.organ, entry.representation) == ("ZARZĄD", "DWAJ CZŁONKOWIE ZARZĄDU DZIAŁAJĄCY ŁĄCZNIE")
    (member,) = entry.members
    assert (member.surname, member.second_surname, member.first_name) == ("K*******", "N****", "J**")
    assert (member.second_name, member.pesel, member.suspended) == ("", "0**********", False)
    assert [one.function for one in entry.prokurents] == ["SAMOISTNA"]
    assert (entry.in_liquidation, entry.in_bankruptcy) == (False, False)


def test_foundations_are_looked_up_after_companies_and_a_second_apart(
    registers: Registers, asking_world: World, fake: FakeRegisters
) -> None:
    fake.court["S", KRS] = court_extract(formaPrawna="FUNDACJA", nazwa="FUNDACJA ŻÓŁW")
    before = asking_world.clock.now()
    found = run(registers.krs(KRS, CHECK))
    assert found.entry is not None
    assert found.entry.legal_form is LegalForm.FOUNDATION
    assert [one.rpartition("rejestr=")[2][0] for one in fake.asked] == ["P", "S"]
    assert asking_world.clock.now() - before >= timedelta(seconds=1)


def test_an_entity_that_was_struck_off_is_said_to_be(registers: Registers, fake: FakeRegisters) -> None:
    fake.court["P", KRS] = None
    assert run(registers.krs(KRS, CHECK)).outcome is LookupOutcome.STRUCK_OFF
    assert len(fake.asked) == 1


@pytest.mark.parametrize(
    ("changes", "section", "expected"),
    [
        ({"nazwa": "ŻÓŁW SP. Z O.O. W LIKWIDACJI"}, {}, (True, False, False)),
        ({}, {"likwidacja": [{"otwarcieLikwidacji": "x"}]}, (True, False, False)),
        ({}, {"postepowanieUpadlosciowe": [{}]}, (False, True, False)),
        ({"nazwa": "ŻÓŁW SP. Z O.O. W RESTRUKTURYZACJI"}, {}, (False, False, True)),
    ],
)
def test_liquidation_and_bankruptcy_show_in_name_or_section(
    registers: Registers,
    fake: FakeRegisters,
    changes: dict[str, Any],
    section: dict[str, Any],
    expected: tuple[bool, ...],
) -> None:
    extract = court_extract(**changes)
    extract["odpis"]["dane"]["dzial6"] = section
    fake.court["P", KRS] = extract
    entry = run(registers.krs(KRS, CHECK)).entry
    assert entry is not None
    assert (entry.in_liquidation, entry.in_bankruptcy, entry.in_restructuring) == expected


def test_an_extract_with_nearly_nothing_in_it_is_read(registers: Registers, fake: FakeRegisters) -> None:
    header = {"numerKRS": KRS}
    fake.court["P", KRS] = {"odpis": {"naglowekA": header, "dane": {"dzial1": {"danePodmiotu": {"nazwa": "X"}}}}}
    entry = run(registers.krs(KRS, CHECK)).entry
    assert entry is not None
    assert (entry.name, entry.nip, entry.seat, entry.members, entry.legal_form) == ("X", None, None, (), None)


def test_another_entity_s_extract_is_no_answer(registers: Registers, fake: FakeRegisters) -> None:
    fake.court["P", "0009990002"] = court_extract()
    assert run(registers.krs("0009990002", CHECK)).outcome is LookupOutcome.UNREADABLE


def test_the_list_of_payers_is_read(registers: Registers, fake: FakeRegisters) -> None:
    fake.payers[NIP] = vat_subject()
    found = run(registers.vat(NIP, CHECK))
    assert found.entry is not None
    assert (found.request_id, found.entry.status, found.entry.krs) == ("d2n-8", VatStatus.ACTIVE, KRS)
    assert found.entry.accounts == (ACCOUNT,)
    assert found.entry.seat is not None
    assert (found.entry.seat.street, found.entry.seat.building, found.entry.seat.unit) == ("Prosta", "67", "4")
    assert fake.asked == [f"/api/search/nip/{NIP}?date=2026-11-02"]
    assert run(registers.account(NIP, ACCOUNT, CHECK)).entry is True
    assert run(registers.account(NIP, "79999900001000200030006222", CHECK)).entry is False


@pytest.mark.parametrize("answers_404", [False, True])
def test_a_payer_who_is_not_listed_is_not_found(registers: Registers, fake: FakeRegisters, answers_404: bool) -> None:
    fake.unknown_payer_is_404 = answers_404
    assert run(registers.vat(NIP, CHECK)).outcome is LookupOutcome.NOT_FOUND


def test_of_several_entries_of_a_trader_the_active_one_counts(registers: Registers, fake: FakeRegisters) -> None:
    fake.traders[TRADER_NIP] = [trader("WYKRESLONY", nazwa="Dawna"), trader(), trader("ZAWIESZONY")]
    entry = run(registers.ceidg(TRADER_NIP, CHECK)).entry
    assert entry is not None
    assert (entry.status, entry.name, entry.owner_last_name) == (CeidgStatus.ACTIVE, "Anna Lis Usługi IT", "Lis")
    fake.traders[TRADER_NIP] = [trader("WYKRESLONY")]
    assert run(registers.ceidg(TRADER_NIP, CHECK)).outcome is LookupOutcome.STRUCK_OFF
    assert run(registers.ceidg(NIP, CHECK)).outcome is LookupOutcome.NOT_FOUND


def test_a_wrong_token_is_refused_and_its_value_is_nowhere(
    served: tuple[FakeRegisters, str], make_world: WorldMaker, caplog: pytest.LogCaptureFixture
) -> None:
    world = make_world(ceidg_url=served[1], ceidg_token="mistyped-secret")
    found = run(world.backend.registers.ceidg(NIP, CHECK))
    assert found.outcome is LookupOutcome.REFUSED
    assert "mistyped-secret" not in caplog.text
    assert NIP not in caplog.text


@pytest.mark.parametrize(
    ("answer", "outcome"),
    [
        ({"valid": True, "name": "ŻÓŁW", "address": "---"}, LookupOutcome.FOUND),
        ({"valid": False, "userError": "INVALID"}, LookupOutcome.NOT_FOUND),
        ({"valid": False, "userError": "MS_UNAVAILABLE"}, LookupOutcome.UNAVAILABLE),
        ({"valid": False, "userError": "TIMEOUT"}, LookupOutcome.UNAVAILABLE),
        ({"valid": False, "userError": "MS_MAX_CONCURRENT_REQ"}, LookupOutcome.LIMITED),
        ({"actionSucceed": False, "errorWrappers": [{"error": "SERVICE_UNAVAILABLE"}]}, LookupOutcome.UNAVAILABLE),
        ({"valid": False, "userError": "INVALID_INPUT"}, LookupOutcome.REFUSED),
        ({"valid": "yes"}, LookupOutcome.UNREADABLE),
    ],
)
def test_unavailable_is_not_invalid(
    registers: Registers, fake: FakeRegisters, answer: dict[str, Any], outcome: LookupOutcome
) -> None:
    fake.union[NIP] = answer
    found = run(registers.vies(NIP, CHECK))
    assert (found.outcome, found.request_id) == (outcome, "WAPI-1")


PAGE = b"<html>404</html>"
JSON = "application/json"
TROUBLES = [
    (Trouble(500), LookupOutcome.UNAVAILABLE),
    (Trouble(503, PAGE), LookupOutcome.UNAVAILABLE),
    (Trouble(400, b'{"code":"WL-115","message":"x"}', JSON), LookupOutcome.REFUSED),
    (Trouble(403), LookupOutcome.REFUSED),
    (Trouble(404, PAGE), LookupOutcome.UNREADABLE),
    (Trouble(404), LookupOutcome.UNREADABLE),
    (Trouble(200, PAGE), LookupOutcome.UNREADABLE),
    (Trouble(200), LookupOutcome.UNREADABLE),
    (Trouble(200, b"[" * 100_000, JSON), LookupOutcome.UNREADABLE),
    (Trouble(200, b"[1, 2]", JSON), LookupOutcome.UNREADABLE),
    (Trouble(200, b'{"odpis": null, "result": {"subject": []}}', JSON), LookupOutcome.UNREADABLE),
    (Trouble(200, b'{"valid": true, "name": "A\\u0000B"}', JSON), LookupOutcome.UNREADABLE),
    (Trouble(200, b'{"valid": true, "name": "A\\ud800B"}', JSON), LookupOutcome.UNREADABLE),
    (Trouble(200, b'{"valid": true, "requestIdentifier": NaN}', JSON), LookupOutcome.UNREADABLE),
    (Trouble(how="flood"), LookupOutcome.UNREADABLE),
    (Trouble(429, b'{"code":"WL-191"}', JSON), LookupOutcome.LIMITED),
]


@pytest.mark.parametrize("register", ["krs", "vat", "ceidg", "vies"])
def test_no_failure_passes_for_an_answer(
    asking_world: World, registers: Registers, fake: FakeRegisters, register: str
) -> None:
    number = KRS if register == "krs" else NIP
    for count, (trouble, outcome) in enumerate(TROUBLES, start=1):
        fake.troubles[register] = trouble
        found = run(getattr(registers, register)(number, CHECK))
        assert (found.outcome, found.entry) == (outcome, None), trouble
        assert not found.outcome.answered
        assert len(fake.asked) == count
        assert evidence(asking_world, found).outcome == outcome.value


def test_a_register_that_is_gone_is_unavailable(make_world: WorldMaker) -> None:
    with running_registers() as (_, url):
        pass
    found = run(make_world(vat_url=url).backend.registers.vat(NIP, CHECK))
    assert found.outcome is LookupOutcome.UNAVAILABLE


def test_an_answer_that_drips_ends_with_the_whole_exchange_s_time(served: tuple[FakeRegisters, str]) -> None:
    fake, url = served
    fake.troubles["vat"] = Trouble(how="drip")
    question = Question(Register.VAT, "search", NIP, f"{url}/api/search/nip/{NIP}")
    exchange = run(RegisterHttp(seconds=0.5).ask(question))
    assert exchange.failure is LookupOutcome.UNAVAILABLE


def test_no_register_leads_to_another_host(registers: Registers, fake: FakeRegisters) -> None:
    with running_registers() as (other, elsewhere):
        other.traders[NIP] = [trader()]
        fake.troubles["ceidg"] = Trouble(how="redirect", body=f"{elsewhere}/api/ceidg/v3/firma?nip={NIP}".encode())
        assert run(registers.ceidg(NIP, CHECK)).outcome is LookupOutcome.UNREADABLE
        assert other.asked == []


def test_the_evidence_is_the_whole_answer_without_pesels_and_names(
    asking_world: World, registers: Registers, fake: FakeRegisters
) -> None:
    extract = court_extract()
    organ = extract["odpis"]["dane"]["dzial2"]["reprezentacja"]
    organ["sposobReprezentacji"] = "SAMODZIELNIE JAN KOWALSKI, PESEL 01610512341, DO WARTOŚCI 25.000,00 ZŁ"
    fake.court["P", KRS] = extract
    fake.payers[NIP] = vat_subject(pesel="01610512341", name="JAN KOWALSKI PESEL 01610512341")
    fake.traders[NIP] = [trader(wlasciciel={"imie": "Anna", "nazwisko": "Lis", "nip": NIP, "regon": REGON})]
    kept = [
        evidence(asking_world, run(question))
        for question in (registers.krs(KRS, CHECK), registers.vat(NIP, CHECK), registers.ceidg(NIP, CHECK))
    ]
    written = [json.dumps(one.answer, ensure_ascii=False) for one in kept]
    assert all("01610512341" not in one for one in written)
    assert "KOWALSKI" not in written[0]
    rule = kept[0].answer["odpis"]["dane"]["dzial2"]["reprezentacja"]["sposobReprezentacji"]
    assert rule == "SAMODZIELNIE J** K*******, PESEL 0**********, DO WARTOŚCI 25.000,00 ZŁ"
    assert kept[1].answer["result"]["subject"]["representatives"][0] == {
        "firstName": "J**",
        "lastName": "K*******",
        "pesel": "0**********",
        "companyName": None,
    }
    assert kept[2].answer["firma"][0]["wlasciciel"]["nazwisko"] == "Lis"
    assert [one.status for one in kept] == [200, 200, 200]
    header = kept[0].answer["odpis"]["naglowekA"]
    assert header == extract["odpis"]["naglowekA"]


def test_a_used_up_limit_lasts_until_midnight_in_warsaw_and_is_not_tried_again(
    asking_world: World, registers: Registers, fake: FakeRegisters
) -> None:
    fake.troubles["vat"] = Trouble(429, b'{"code":"WL-191"}', "application/json")
    assert run(registers.vat(NIP, CHECK)).outcome is LookupOutcome.LIMITED
    del fake.troubles["vat"]
    fake.payers[NIP] = vat_subject()
    asking_world.clock.advance(timedelta(hours=14, minutes=50))
    assert asking_world.clock.now() < datetime(2026, 11, 2, 23, 0, tzinfo=UTC)
    assert run(registers.vat(NIP, CHECK)).outcome is LookupOutcome.LIMITED
    assert run(registers.account(NIP, ACCOUNT, CHECK)).outcome is LookupOutcome.LIMITED
    assert len(fake.asked) == 1
    asking_world.clock.advance(timedelta(minutes=10))
    assert run(registers.vat(NIP, CHECK)).outcome is LookupOutcome.FOUND


OPERATIONS = {"search": Register.VAT, "firm": Register.CEIDG, "number": Register.VIES}


def calls(world: World, operation: str, purpose: Purpose, number: int, at: datetime) -> None:
    """Have questions counted as if they had been asked at a moment."""
    with world.backend.parts.database.write() as session:
        session.add_all(
            RegisterCall(register=OPERATIONS[operation].value, operation=operation, purpose=purpose.value, at=at)
            for _ in range(number)
        )


def test_a_hundred_searches_a_day_are_counted_and_forms_leave_some_to_staff(
    asking_world: World, registers: Registers, fake: FakeRegisters
) -> None:
    fake.payers[NIP] = vat_subject()
    now = asking_world.clock.now()
    calls(asking_world, "search", Purpose.CHECK, 90, now - timedelta(hours=12))
    calls(asking_world, "search", Purpose.PREFILL, 59, now)
    assert run(registers.vat(NIP, FORM)).outcome is LookupOutcome.FOUND
    assert run(registers.vat(NIP, FORM)).outcome is LookupOutcome.LIMITED
    calls(asking_world, "search", Purpose.CHECK, 39, now)
    assert run(registers.vat(NIP, CHECK)).outcome is LookupOutcome.FOUND
    assert run(registers.vat(NIP, CHECK)).outcome is LookupOutcome.LIMITED
    assert run(registers.account(NIP, ACCOUNT, CHECK)).outcome is LookupOutcome.FOUND
    assert len(fake.asked) == 3


def test_the_traders_register_is_asked_fifty_times_in_three_minutes_at_most(
    asking_world: World, registers: Registers, fake: FakeRegisters
) -> None:
    fake.traders[NIP] = [trader(wlasciciel={"imie": "A", "nazwisko": "L", "nip": NIP})]
    now = asking_world.clock.now()
    calls(asking_world, "firm", Purpose.CHECK, 50, now)
    assert run(registers.ceidg(NIP, CHECK)).outcome is LookupOutcome.LIMITED
    asking_world.clock.advance(timedelta(minutes=3))
    assert run(registers.ceidg(NIP, CHECK)).outcome is LookupOutcome.FOUND
    fake.troubles["ceidg"] = Trouble(429)
    assert run(registers.ceidg(NIP, CHECK)).outcome is LookupOutcome.LIMITED
    del fake.troubles["ceidg"]
    asking_world.clock.advance(timedelta(seconds=170))
    assert run(registers.ceidg(NIP, CHECK)).outcome is LookupOutcome.LIMITED
    asking_world.clock.advance(timedelta(seconds=11))
    assert run(registers.ceidg(NIP, CHECK)).outcome is LookupOutcome.FOUND
    calls(asking_world, "firm", Purpose.CHECK, 1000, asking_world.clock.now() - timedelta(minutes=30))
    assert run(registers.ceidg(NIP, CHECK)).outcome is LookupOutcome.LIMITED


def test_two_processes_share_one_limit(asking_world: World, registers: Registers, fake: FakeRegisters) -> None:
    fake.payers[NIP] = vat_subject()
    calls(asking_world, "search", Purpose.CHECK, 95, asking_world.clock.now())

    async def at_once() -> list[LookupOutcome]:
        return [one.outcome for one in await asyncio.gather(*(registers.vat(NIP, CHECK) for _ in range(12)))]

    outcomes = run(at_once())
    assert outcomes.count(LookupOutcome.FOUND) == 5
    assert outcomes.count(LookupOutcome.LIMITED) == 7
    assert len(fake.asked) == 5


def test_nothing_is_asked_within_a_transaction(asking_world: World, registers: Registers, fake: FakeRegisters) -> None:
    """While a register thinks, others can write: on SQLite a writer that waits for it would hold them off."""
    fake.payers[NIP] = vat_subject()
    fake.during = lambda: calls(asking_world, "number", Purpose.CHECK, 1, datetime(2026, 11, 2, tzinfo=UTC))
    assert run(registers.vat(NIP, CHECK)).outcome is LookupOutcome.FOUND


def test_what_no_longer_counts_is_forgotten(asking_world: World, registers: Registers, fake: FakeRegisters) -> None:
    company_id = asking_world.customer().create()["id"]
    fake.payers[NIP] = vat_subject()
    run(registers.vat(NIP, FORM))
    kept = run(registers.vat(NIP, Asking(Purpose.CHECK, company_id=company_id)))
    with asking_world.backend.parts.database.write() as session:
        purge(session, asking_world.clock.now() + timedelta(days=31))
    with asking_world.backend.parts.database.read() as session:
        assert session.scalars(select(RegisterEvidence.id)).all() == [kept.evidence_id]
        assert session.scalar(select(func.count()).select_from(RegisterCall)) == 0


def test_without_addresses_no_register_is_asked(world: World) -> None:
    assert world.backend.registers.asked == ()
