# SPDX-License-Identifier: AGPL-3.0-or-later
"""The stand-ins of the registers answer as the services do: shapes, errors, limits."""

from __future__ import annotations

from datetime import timedelta
from itertools import count
from typing import Any

import pytest

from tests.support.benches import InnerBench, RunningBench
from tests.support.world import expect

KRS, VAT = "/qa/registers/krs/api/krs/OdpisAktualny", "/qa/registers/vat/api"
CEIDG, VIES = "/qa/registers/ceidg/api/ceidg/v3", "/qa/registers/vies/taxation_customs/vies/rest-api/check-vat-number"
BEARER = {"Authorization": "Bearer anything"}
UNKNOWN_NIP = "9990000959"
SEEDS = count(4000)


def declared(bench: RunningBench, scenario: str) -> Any:
    """Make a case that was not there, which gives the day's questions back; gives the company as staff see it."""
    return bench.staff().detail(bench.make(scenario, next(SEEDS))["company_id"])


def today(bench: RunningBench) -> str:
    day: str = bench.call("GET", "clock").json()["now"][:10]
    return day


def vat(bench: RunningBench, path: str, date: str | None = None) -> Any:
    return bench.client.get(f"{VAT}/{path}", params={"date": date or today(bench)})


def test_the_krs_gives_an_extract_with_masked_people(bench: RunningBench) -> None:
    company = declared(bench, "sole_rule_one_member")
    extract = expect(bench.client.get(f"{KRS}/{company['krs']}?rejestr=P&format=json"), 200)["odpis"]
    assert extract["naglowekA"]["numerKRS"] == company["krs"]
    members = extract["dane"]["dzial2"]["reprezentacja"]["sklad"]
    assert members[0]["nazwisko"]["nazwiskoICzlon"].endswith("***")
    missing = bench.client.get(f"{KRS}/{company['krs']}?rejestr=S&format=json")
    assert (missing.status_code, missing.json()["status"]) == (404, 404)
    assert bench.client.get(f"{KRS}/0009999999?rejestr=P").status_code == 404
    assert bench.client.get(f"{KRS}/9990001?rejestr=P").status_code == 400


def test_a_foundation_is_in_the_other_register_and_a_struck_off_company_in_none(bench: RunningBench) -> None:
    foundation = declared(bench, "foundation")
    assert bench.client.get(f"{KRS}/{foundation['krs']}?rejestr=P").status_code == 404
    assert bench.client.get(f"{KRS}/{foundation['krs']}?rejestr=S").status_code == 200
    gone = bench.client.get(f"{KRS}/{declared(bench, 'struck_off')['krs']}?rejestr=P")
    assert (gone.status_code, gone.content) == (204, b"")


def test_the_vat_list_gives_subjects_and_says_whether_an_account_is_theirs(bench: RunningBench) -> None:
    company = declared(bench, "sole_rule_one_member")
    nip, account = company["nip"], company["bank_account"]
    result = expect(vat(bench, f"search/nip/{nip}"), 200)["result"]
    assert (result["subject"]["nip"], result["subject"]["statusVat"]) == (nip, "Czynny")
    assert result["requestId"]
    assert vat(bench, f"search/nip/{UNKNOWN_NIP}").json()["result"]["subject"] is None
    many = vat(bench, f"search/nips/{nip},{UNKNOWN_NIP}").json()["result"]["entries"]
    assert [len(entry["subjects"]) for entry in many] == [1, 0]
    assert vat(bench, f"check/nip/{nip}/bank-account/{account}").json()["result"]["accountAssigned"] == "TAK"
    other = "30999900001000200030004000"
    assert vat(bench, f"check/nip/{nip}/bank-account/{other}").json()["result"]["accountAssigned"] == "NIE"


@pytest.mark.parametrize(
    ("path", "date", "code"),
    [
        ("search/nip/9990000185", None, "WL-115"),
        ("search/nip/999", None, "WL-113"),
        ("search/nip/99900001x4", None, "WL-114"),
        (f"search/nip/{UNKNOWN_NIP}", "2999-01-01", "WL-103"),
        (f"search/nip/{UNKNOWN_NIP}", "1999-01-01", "WL-118"),
        (f"search/nip/{UNKNOWN_NIP}", "tomorrow", "WL-101"),
        (f"check/nip/{UNKNOWN_NIP}/bank-account/123", None, "WL-109"),
        ("search/nips/" + ",".join([UNKNOWN_NIP] * 31), None, "WL-130"),
    ],
)
def test_the_vat_list_refuses_as_the_service_does(bench: RunningBench, path: str, date: str | None, code: str) -> None:
    answer = vat(bench, path, date)
    assert (answer.status_code, answer.json()["code"]) == (400, code)


def test_the_daily_limit_of_searches_lasts_until_midnight_in_warsaw(own_bench: InnerBench) -> None:
    for _ in range(100):
        assert vat(own_bench, f"search/nip/{UNKNOWN_NIP}").status_code == 200
    over = vat(own_bench, f"search/nip/{UNKNOWN_NIP}")
    assert (over.status_code, over.json()["code"]) == (429, "WL-191")
    assert vat(own_bench, f"check/nip/{UNKNOWN_NIP}/bank-account/30999900001000200030004000").status_code == 200
    own_bench.call("PUT", "clock", json={"shift_seconds": timedelta(days=1).total_seconds()})
    assert vat(own_bench, f"search/nip/{UNKNOWN_NIP}").status_code == 200


def test_ceidg_wants_a_key_and_gives_records(bench: RunningBench) -> None:
    nip = declared(bench, "sole_trader_owner_signs")["nip"]
    assert bench.client.get(f"{CEIDG}/firma?nip={nip}").status_code == 401
    (record,) = expect(bench.client.get(f"{CEIDG}/firma?nip={nip}", headers=BEARER), 200)["firma"]
    assert (record["wlasciciel"]["nip"], record["status"]) == (nip, "AKTYWNY")
    (again,) = expect(bench.client.get(f"{CEIDG}/firma/{record['id']}", headers=BEARER), 200)["firma"]
    assert again == record
    assert len(expect(bench.client.get(f"{CEIDG}/firmy?nip={nip}", headers=BEARER), 200)["firmy"]) == 1
    nobody = bench.client.get(f"{CEIDG}/firma?nip={UNKNOWN_NIP}", headers=BEARER)
    assert (nobody.status_code, nobody.content) == (204, b"")
    assert bench.client.get(f"{CEIDG}/firma?nip=1", headers=BEARER).status_code == 400
    two = declared(bench, "ceidg_two_records")["nip"]
    assert len(bench.client.get(f"{CEIDG}/firma?nip={two}", headers=BEARER).json()["firma"]) == 2


def test_an_overrun_of_ceidg_blocks_for_180_seconds_from_the_last_call(own_bench: InnerBench) -> None:
    def ask() -> int:
        status: int = own_bench.client.get(f"{CEIDG}/firma?nip={UNKNOWN_NIP}", headers=BEARER).status_code
        return status

    assert [ask() for _ in range(50)] == [204] * 50
    assert ask() == 429
    own_bench.call("PUT", "clock", json={"shift_seconds": 170})
    assert ask() == 429  # and the time begins anew
    own_bench.call("PUT", "clock", json={"shift_seconds": 170})
    assert ask() == 429
    own_bench.call("PUT", "clock", json={"shift_seconds": 190})
    assert ask() == 204


def test_vies_says_whether_a_number_is_valid(bench: RunningBench) -> None:
    nip = declared(bench, "sole_rule_one_member")["nip"]
    known = expect(bench.client.post(VIES, json={"countryCode": "PL", "vatNumber": nip}), 200)
    assert (known["valid"], bool(known["name"]), bool(known["requestIdentifier"])) == (True, True, True)
    unknown = expect(bench.client.post(VIES, json={"countryCode": "PL", "vatNumber": UNKNOWN_NIP}), 200)
    assert (unknown["valid"], unknown["name"]) == (False, "---")
    wrong = bench.client.post(VIES, json={"countryCode": "Poland"})
    assert (wrong.status_code, wrong.json()["errorWrappers"]) == (400, [{"error": "INVALID_INPUT"}])


def test_outages_of_a_scenario_are_outages(bench: RunningBench) -> None:
    broken = declared(bench, "registers_broken")
    assert bench.client.get(f"{KRS}/{broken['krs']}?rejestr=P").status_code == 500
    limited = declared(bench, "registers_limited")
    assert vat(bench, f"search/nip/{limited['nip']}").status_code == 429
    garbled = declared(bench, "registers_garbled")
    answer = bench.client.get(f"{KRS}/{garbled['krs']}?rejestr=P")
    assert answer.headers["content-type"].startswith("text/html")
