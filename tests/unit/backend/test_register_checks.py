# SPDX-License-Identifier: AGPL-3.0-or-later
"""Staff see what the registers say beside what is declared; nothing waits for a register, and nothing is decided by one."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from reviewer_app.backend.registers.checking import RegisterChecks
from reviewer_app.backend.registers.exchange import RegisterHttp
from reviewer_app.backend.registers.service import Registers
from reviewer_app.backend.registers.tables import RegisterRun
from tests.fakes.clock import StandingClock
from tests.fakes.registers import (
    ACCOUNT,
    KRS,
    NIP,
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
from tests.support.waiting import wait_until
from tests.support.world import World, WorldMaker, expect

SEAT = {"street": "ul. Jana Pawła II", "building": "1D", "unit": "U9", "postal_code": "31-444", "city": "Bielsko-Biała"}
COMPANY: dict[str, Any] = {"name": "Żółw i Syn Sp. z o.o.", "seat": SEAT, "bank_account": ACCOUNT}
WAITING = "registers_asked"


@pytest.fixture
def served() -> Iterator[tuple[FakeRegisters, str]]:
    with running_registers() as found:
        yield found


@pytest.fixture
def fake(served: tuple[FakeRegisters, str]) -> FakeRegisters:
    fake = served[0]
    fake.payers[NIP] = vat_subject()
    fake.court["P", KRS] = court_extract()
    fake.union[NIP] = {"valid": True, "name": "---", "address": "---"}
    return fake


@pytest.fixture
def asking(served: tuple[FakeRegisters, str], fake: FakeRegisters, make_world: WorldMaker) -> World:
    url = served[1]
    return make_world(krs_url=url, vat_url=url, ceidg_url=url, ceidg_token=TOKEN, vies_url=url)


def registers_said(world: World, company_id: str) -> list[Any]:
    """Wait until the registers answered; gives the findings about them."""

    def found() -> list[Any]:
        items = expect(world.staff().call("GET", f"staff/companies/{company_id}/checks"), 200)["items"]
        return [one for one in items if one["code"].startswith("register")]

    wait_until(lambda: WAITING not in [one["code"] for one in found()] != [], what="the registers' answers")
    return found()


def statuses(findings: list[Any]) -> dict[tuple[str, str], str]:
    return {(one["code"], one["field"]): one["status"] for one in findings}


def due_at(world: World, company_id: str) -> datetime:
    """Give when the run of a company is due; the end of time when it is not."""
    with world.backend.parts.database.read() as session:
        run = session.get(RegisterRun, company_id)
        return run.due_at if run is not None and run.due_at is not None else datetime.max.replace(tzinfo=UTC)


def test_a_clean_company_is_in_order_everywhere_and_every_source_is_named(asking: World) -> None:
    company_id = asking.customer().submitted(**COMPANY)
    findings = registers_said(asking, company_id)
    assert statuses(findings) == {
        ("register_krs", "krs"): "ok",
        ("register_name", "name"): "ok",
        ("register_form", "legal_form"): "ok",
        ("register_seat", "seat"): "ok",
        ("register_number", "nip"): "ok",
        ("register_number", "regon"): "ok",
        ("register_vat", "nip"): "ok",
        ("register_number", "krs"): "ok",
        ("register_account", "bank_account"): "ok",
        ("register_vies", "nip"): "ok",
    }
    said = {one["code"]: one["message"] for one in findings}
    assert said["register_krs"] == ("KRS: podmiot wpisany i czynny (KRS, 02.11.2026 09:00, 24.09.2026 02:34:18).")
    assert "d2n-8" in said["register_vat"]
    assert "WAPI-1" in said["register_vies"]
    history = expect(asking.staff().call("GET", f"staff/companies/{company_id}/history"), 200)["items"]
    assert [one["kind"] for one in history].count("registers_checked") == 1


def test_what_differs_is_said_with_what_the_register_has(asking: World, fake: FakeRegisters) -> None:
    fake.payers[NIP] = vat_subject(statusVat="Zwolniony", accountNumbers=[], krs="0009990002")
    other = {**SEAT, "building": "2"}
    company_id = asking.customer().submitted(name="Inna Firma", seat=other, bank_account=ACCOUNT, regon="990000341")
    findings = registers_said(asking, company_id)
    found = statuses(findings)
    assert found["register_name", "name"] == "warn"
    assert found["register_seat", "seat"] == "warn"
    assert found["register_number", "regon"] == "fail"
    assert found["register_number", "krs"] == "fail"
    assert found["register_vat", "nip"] == "warn"
    assert found["register_account", "bank_account"] == "fail"
    said = " ".join(one["message"] for one in findings)
    assert "W rejestrze jest inny adres: ul. Jana Pawła II 1D/U9, 31-444 Bielsko-Biała" in said
    assert "ŻÓŁW I SYN SPÓŁKA Z OGRANICZONĄ ODPOWIEDZIALNOŚCIĄ" in said


@pytest.mark.parametrize(
    ("extract", "status"),
    [
        (None, "fail"),
        (court_extract(nazwa="ŻÓŁW I SYN SP. Z O.O. W LIKWIDACJI"), "warn"),
        (court_extract(nazwa="ŻÓŁW I SYN SP. Z O.O. W UPADŁOŚCI"), "fail"),
    ],
)
def test_a_company_that_ends_is_seen_in_the_court_register(
    asking: World, fake: FakeRegisters, extract: dict[str, Any] | None, status: str
) -> None:
    fake.court["P", KRS] = extract
    company_id = asking.customer().submitted(**COMPANY)
    assert statuses(registers_said(asking, company_id))["register_krs", "krs"] == status


@pytest.mark.parametrize(
    ("state", "status"), [("AKTYWNY", "ok"), ("ZAWIESZONY", "warn"), ("WYKRESLONY", "fail"), ("NOWY", "unknown")]
)
def test_a_sole_trader_is_looked_up_in_ceidg(asking: World, fake: FakeRegisters, state: str, status: str) -> None:
    fake.traders[TRADER_NIP] = [trader(state)]
    company_id = asking.customer().submitted(
        nip=TRADER_NIP, name="Anna Lis Usługi IT", legal_form="sole_proprietorship", regon=TRADER_REGON, krs=None
    )
    found = statuses(registers_said(asking, company_id))
    assert found["register_ceidg", "nip"] == status
    assert ("register_krs", "krs") not in found
    assert found["register_vat", "nip"] == "warn"


def test_a_name_is_the_same_in_capitals_as_a_register_writes_it(asking: World, fake: FakeRegisters) -> None:
    fake.traders[TRADER_NIP] = [trader("AKTYWNY", nazwa="ANNA LIS USŁUGI IT")]
    company_id = asking.customer().submitted(
        nip=TRADER_NIP, name="Anna Lis Usługi IT", legal_form="sole_proprietorship", regon=TRADER_REGON, krs=None
    )
    assert statuses(registers_said(asking, company_id))["register_name", "name"] == "ok"


def test_every_outage_is_not_checked_and_never_in_order(asking: World, fake: FakeRegisters) -> None:
    for register in ("krs", "vat", "vies"):
        fake.troubles[register] = Trouble(503)
    company_id = asking.customer().submitted(**COMPANY)
    findings = registers_said(asking, company_id)
    assert {one["status"] for one in findings} == {"unknown"}
    assert all("nie udało się sprawdzić" in one["message"] for one in findings)
    fake.troubles.clear()
    expect(asking.staff().post(f"companies/{company_id}/checks/refresh"), 200)
    wait_until(
        lambda: statuses(registers_said(asking, company_id)).get(("register_krs", "krs")) == "ok",
        what="the second answers",
    )


def test_a_slow_register_holds_up_neither_the_submission_nor_the_decision(asking: World, fake: FakeRegisters) -> None:
    fake.troubles["krs"] = Trouble(how="drip")
    jan = asking.customer()
    company_id = jan.submitted(**COMPANY)
    items = expect(asking.staff().call("GET", f"staff/companies/{company_id}/checks"), 200)["items"]
    assert [one["status"] for one in items if one["code"] == WAITING] == ["unknown"]
    asking.staff().approve(company_id)
    assert jan.company()["state"] == "approved"
    fake.released.set()


def test_a_server_that_stops_waits_for_no_register_and_leaves_the_run_to_the_next(
    served: tuple[FakeRegisters, str], fake: FakeRegisters, make_world: WorldMaker
) -> None:
    world = make_world(krs_url=served[1])
    fake.troubles["krs"] = Trouble(how="drip")
    company_id = world.customer().submitted(**COMPANY)
    wait_until(lambda: bool(fake.asked), what="the question")
    world.backend.register_checks.interrupt()
    wait_until(lambda: due_at(world, company_id) <= world.clock.now(), what="the run that is given back")
    fake.troubles.clear()
    again = RegisterChecks(
        clock=world.clock,
        database=world.backend.parts.database,
        companies=world.backend.companies,
        registers=world.backend.registers,
    )
    assert again.run_due() == 1
    assert statuses(registers_said(world, company_id))["register_krs", "krs"] == "ok"


class _HeldClock(StandingClock):
    """Holds up whoever asks for the time, as a database does that answers late, and notes when it lets go."""

    def __init__(self, order: list[str]) -> None:
        super().__init__()
        self.order = order
        self.asked, self.go_on = threading.Event(), threading.Event()

    def now(self) -> datetime:
        self.asked.set()
        assert self.go_on.wait(30)
        self.order.append("the question's transaction")
        return super().now()


def test_a_server_that_stops_has_nobody_at_the_database_any_more(
    served: tuple[FakeRegisters, str], fake: FakeRegisters, make_world: WorldMaker
) -> None:
    world = make_world()
    parts, order = world.backend.parts, list[str]()
    clock = _HeldClock(order)
    settings = replace(parts.settings, vies_url=served[1])
    registers = Registers(database=parts.database, clock=clock, settings=settings, http=RegisterHttp())
    checks = RegisterChecks(
        clock=world.clock, database=parts.database, companies=world.backend.companies, registers=registers
    )
    company_id = world.customer().submitted(**COMPANY)
    with parts.database.write() as session:
        checks.follow(session, world.backend.companies.by_id(session, company_id))

    def serve() -> None:
        checks.run_due()
        order.append("the end")

    server = threading.Thread(target=serve)
    server.start()
    assert clock.asked.wait(30)
    checks.interrupt()
    server.join(0.3)  # time in which it would end too early
    clock.go_on.set()
    server.join(30)
    assert order == ["the question's transaction", "the end"]
    assert fake.asked == []
    assert due_at(world, company_id) <= world.clock.now()


def test_a_run_that_fails_comes_up_later_and_later_and_says_so(world: World) -> None:
    def failing() -> Any:
        raise RuntimeError("an error that nobody foresaw")

    backend = world.backend
    registers = Registers(
        database=backend.parts.database,
        clock=world.clock,
        settings=replace(backend.parts.settings, krs_url="http://127.0.0.1:9"),
        http=RegisterHttp(transport=failing),
        pause=world.clock.pause,
    )
    checks = RegisterChecks(
        clock=world.clock, database=backend.parts.database, companies=backend.companies, registers=registers
    )
    backend.companies.followers.append(checks.follow)
    company_id = world.customer().submitted(**COMPANY)

    def told() -> list[str]:
        items = expect(world.staff().call("GET", f"staff/companies/{company_id}/checks"), 200)["items"]
        return [one["message"] for one in items if one["code"].startswith("register")]

    delays = []
    for _ in range(12):
        assert checks.run_due() == 1
        assert checks.run_due() == 0
        delays.append(round((due_at(world, company_id) - world.clock.now()).total_seconds() / 60))
        due = due_at(world, company_id).astimezone(ZoneInfo("Europe/Warsaw"))
        assert told() == [f"Rejestrów nie udało się odpytać. Następna próba: {due:%d.%m.%Y %H:%M}."]
        world.clock.advance(due_at(world, company_id) - world.clock.now())
        world.sign_in(world.staff())
    assert delays == [1, 2, 4, 8, 16, 32, 64, 128, 256, 360, 360, 360]


def test_what_staff_ask_for_while_a_run_is_in_hand_is_asked(asking: World, fake: FakeRegisters) -> None:
    fake.troubles["krs"] = Trouble(how="drip")
    company_id = asking.customer().submitted(**COMPANY)
    wait_until(lambda: bool(fake.asked), what="the question")
    expect(asking.staff().post(f"companies/{company_id}/checks/refresh"), 200)
    fake.troubles.clear()
    fake.released.set()
    wait_until(
        lambda: statuses(registers_said(asking, company_id)).get(("register_krs", "krs")) == "ok",
        what="the answers to the second question",
    )


def test_changed_data_is_checked_anew_and_other_changes_are_not(asking: World, fake: FakeRegisters) -> None:
    jan = asking.customer()
    company_id = jan.submitted(**COMPANY)
    registers_said(asking, company_id)
    asked = len(fake.questions("/api/krs/"))
    expect(jan.change(phone="+48 22 999 88 77"), 200)
    expect(jan.change(bank_account="79999900001000200030006222"), 200)
    wait_until(
        lambda: statuses(registers_said(asking, company_id))["register_account", "bank_account"] == "fail",
        what="the answers about the new account",
    )
    assert len(fake.questions("/api/krs/")) == asked + 1


def test_the_queue_counts_what_the_registers_said(asking: World, fake: FakeRegisters) -> None:
    fake.payers[NIP] = vat_subject(statusVat="Niezarejestrowany")
    company_id = asking.customer().submitted(**COMPANY)
    registers_said(asking, company_id)
    row = next(one for one in asking.staff().queue() if one["id"] == company_id)
    items = expect(asking.staff().call("GET", f"staff/companies/{company_id}/checks"), 200)["items"]
    assert row["checks"]["fail"] == sum(one["status"] == "fail" for one in items) > 0


def test_without_addresses_there_are_no_findings_of_registers(world: World) -> None:
    company_id = world.customer().submitted(**COMPANY)
    items = expect(world.staff().call("GET", f"staff/companies/{company_id}/checks"), 200)["items"]
    assert not any(one["code"].startswith("register") for one in items)
