# SPDX-License-Identifier: AGPL-3.0-or-later
"""The bench's pages: they work without JavaScript, in both languages, and say what was wrong."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator

import pytest

from reviewer_app.contract.bench import (
    BENCH_ACTION_TEXTS,
    BENCH_BANNER,
    BENCH_STAFF,
    LARGEST_SEED,
    BenchAction,
    BenchClockRequest,
    FaultRule,
)
from reviewer_app.contract.permissions import ROLE_TEXTS
from reviewer_app.qa.bench.texts import TEXTS
from reviewer_app.qa.scenarios import SCENARIOS
from reviewer_app.qa.scenarios.expected import EXPECTED_TEXTS, Expected
from tests.support.benches import RunningBench

SCENARIO = "sole_trader_owner_signs"
PAGES = ("/qa", "/qa/companies", "/qa/mail", "/qa/controls", "/qa/transfer")


def company_in(location: str) -> str:
    found = re.fullmatch(r"/qa/companies/([0-9a-f]{32})\?said=(made|was_there|imported)", location)
    assert found, location
    return found[1]


@pytest.mark.parametrize("language", ["pl", "en"])
@pytest.mark.parametrize("path", PAGES)
def test_pages_carry_the_banner_and_speak_one_language(bench: RunningBench, path: str, language: str) -> None:
    page = bench.client.get(path, headers={"Accept-Language": language})
    assert page.status_code == 200
    assert page.headers["Content-Language"] == language
    assert BENCH_BANNER.in_language(language) in page.text
    other = BENCH_BANNER.in_language("en" if language == "pl" else "pl")
    assert other not in page.text
    assert "unsafe" not in page.headers["Content-Security-Policy"]
    assert 'style="' not in page.text
    for reference in re.findall(r'(?:src|href)="(/qa/static/[^"]+)"', page.text):
        assert bench.client.get(reference).status_code == 200


@pytest.mark.parametrize("path", ["/", "/register", "/sign-in", "/terms", "/no-such-page"])
def test_every_page_of_the_portal_carries_the_banner(bench: RunningBench, path: str) -> None:
    page = bench.client.get(path, headers={"Accept-Language": "pl"})
    assert f'<p class="bench" role="note">{BENCH_BANNER.pl}</p>' in page.text


def test_the_language_chosen_here_is_the_portals_too(bench: RunningBench) -> None:
    answer = bench.client.post("/qa/language", data={"language": "en", "back": "/qa/mail"})
    assert (answer.status_code, answer.headers["location"]) == (303, "/qa/mail")
    chosen = {"Cookie": "__Host-language=en", "Accept-Language": "pl"}
    assert answer.headers["set-cookie"].startswith("__Host-language=en")
    assert bench.client.get("/qa/mail", headers=chosen).headers["Content-Language"] == "en"
    assert bench.client.get("/", headers=chosen).headers["Content-Language"] == "en"
    elsewhere = bench.client.post("/qa/language", data={"language": "en", "back": "https://elsewhere.test"})
    assert elsewhere.headers["location"] == "/qa/"


def test_the_catalogue_is_searched_and_grouped(bench: RunningBench) -> None:
    page = bench.client.get("/qa", headers={"Accept-Language": "pl"}).text
    assert all(f'id="{name}"' in page for name in SCENARIOS)
    assert all(one.username in page for one in BENCH_STAFF)
    found = bench.client.get("/qa", params={"q": "owner_signs"}).text
    assert f'id="{SCENARIO}"' in found
    assert 'id="struck_off"' not in found
    nothing = bench.client.get("/qa", params={"q": "<b>zebra"}, headers={"Accept-Language": "pl"}).text
    assert TEXTS["none_found"].pl in nothing
    assert "<b>zebra" not in nothing


def test_a_case_is_made_shown_acted_on_and_taken_along(bench: RunningBench) -> None:
    form = {"scenario": SCENARIO, "seed": "21"}
    answer = bench.client.post("/qa/companies", data=form)
    assert answer.status_code == 303
    company_id = company_in(answer.headers["location"])
    page = bench.client.get(answer.headers["location"], headers={"Accept-Language": "en"}).text
    assert TEXTS["made"].en in page
    for shown in (f"{SCENARIO.replace('_', '-')}-21@qa.test", f"reviewer://company/{company_id}", company_id):
        assert shown in page
    assert BENCH_ACTION_TEXTS[BenchAction.WITHDRAW].en in page
    assert company_in(bench.client.post("/qa/companies", data=form).headers["location"]) == company_id
    acted = bench.client.post(f"/qa/companies/{company_id}/actions", data={"action": "withdraw"})
    assert acted.headers["location"] == f"/qa/companies/{company_id}?said=done"
    refused = bench.client.post(f"/qa/companies/{company_id}/actions", data={"action": "finish"})
    assert refused.status_code == 409
    assert 'role="alert"' in refused.text
    assert company_id in bench.client.get("/qa/companies").text
    assert bench.client.get("/qa/companies/unknown").status_code == 404
    packed = bench.client.get(f"/qa/v1/companies/{company_id}/export").content
    there = bench.client.post("/qa/transfer/import", files={"file": ("case.zip", io.BytesIO(packed))})
    assert there.status_code == 409


@pytest.mark.parametrize("seed", ["", "x", "-1", "99999999999", "1.5", "9" * 5000])
@pytest.mark.parametrize("form", ["companies", "transfer/reset"])
def test_a_wrong_seed_is_said_so(bench: RunningBench, form: str, seed: str) -> None:
    typed = {"scenario": SCENARIO, "seed": seed, "confirmed": "yes"}
    answer = bench.client.post(f"/qa/{form}", data=typed, headers={"Accept-Language": "pl"})
    assert answer.status_code == 422
    assert 'role="alert"' in answer.text
    assert f"Ziarno to liczba całkowita od 0 do {LARGEST_SEED}." in answer.text


def test_an_unknown_scenario_is_said_so(bench: RunningBench) -> None:
    answer = bench.client.post("/qa/companies", data={"scenario": "<i>", "seed": "1"})
    assert answer.status_code == 404
    assert "<i>" not in answer.text


@pytest.fixture
def sound(bench: RunningBench) -> Iterator[RunningBench]:
    """The shared bench; its faults end with the test."""
    yield bench
    bench.call("DELETE", "faults")


def test_faults_are_set_and_ended_by_forms(sound: RunningBench) -> None:
    form = {"paths": "/api/v1/customer/*  /register", "happens": "503", "error_rate": "1,0", "latency_ms": ""}
    assert sound.client.post("/qa/controls/faults", data=form).headers["location"] == "/qa/controls?said=faults_set"
    more = {"paths": "/owh", "happens": "cut-before", "add": "yes"}
    assert sound.client.post("/qa/controls/faults", data=more).status_code == 303
    rules = sound.call("GET", "faults").json()["items"]
    assert [(rule["paths"], rule["status"], rule["cut"]) for rule in rules] == [
        (["/api/v1/customer/*", "/register"], 503, None),
        (["/owh"], None, "before"),
    ]
    assert sound.client.get("/register").status_code == 503
    shown = sound.client.get("/qa/controls", headers={"Accept-Language": "en"}).text
    assert "/api/v1/customer/* /register" in shown
    for wrong in ({"paths": "/qa/x", "happens": "500"}, {"happens": "500", "error_rate": "lots"}):
        refused = sound.client.post("/qa/controls/faults", data=wrong)
        assert refused.status_code == 422
        assert 'role="alert"' in refused.text
    assert sound.client.post("/qa/controls/faults/clear").status_code == 303
    assert sound.client.get("/register").status_code == 200


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ({"latency_ms": "99999"}, "Opóźnienie to liczba całkowita"),
        ({"error_rate": "dużo"}, "Udział żądań to liczba"),
        ({"bytes_per_second": "0"}, "Tempo to liczba całkowita"),
        ({"paths": "api"}, "Ścieżka zaczyna się od"),
        ({"happens": "418"}, "Wybierz z listy"),
    ],
)
def test_a_wrong_fault_is_told_in_the_language_of_the_page(
    bench: RunningBench, typed: dict[str, str], told: str
) -> None:
    page = bench.client.post("/qa/controls/faults", data=typed, headers={"Accept-Language": "pl"})
    assert page.status_code == 422
    assert told in page.text
    assert "Input" not in page.text


def test_every_field_of_the_forms_says_what_it_takes() -> None:
    fields = {*FaultRule.model_fields, *BenchClockRequest.model_fields}
    assert {f"wrong_{name}" for name in fields} <= set(TEXTS)


def test_findings_and_roles_are_named_in_words(bench: RunningBench) -> None:
    page = bench.client.get("/qa", params={"q": "struck_off"}, headers={"Accept-Language": "pl"}).text
    assert "<code>register_krs</code>" in page
    assert f"{EXPECTED_TEXTS[Expected.KRS].pl} · {TEXTS['check_fail'].pl}" in page
    assert all(ROLE_TEXTS[one.role].pl in page for one in BENCH_STAFF)


def test_cases_are_found_by_name_number_and_scenario(bench: RunningBench) -> None:
    case = bench.make("withdrawn", 4_711)
    for query in (case["name"], case["nip"], f"{case['nip'][:3]}-{case['nip'][3:6]}-{case['nip'][6:]}", "withdrawn"):
        found = bench.call("GET", "companies", params={"q": query, "limit": 200}).json()
        assert case["company_id"] in [one["company_id"] for one in found["items"]], query
        assert found["total"] == len(found["items"])


def test_a_clock_that_is_turned_back_is_said_so(bench: RunningBench) -> None:
    refused = bench.client.post(
        "/qa/controls/clock", data={"now": "2020-01-01T00:00"}, headers={"Accept-Language": "en"}
    )
    assert refused.status_code == 409
    assert "backwards" in refused.text
    assert bench.client.post("/qa/controls/clock", data={"now": "soon"}).status_code == 422
    assert bench.client.post("/qa/controls/clock", data={}).status_code == 422
    assert bench.client.post("/qa/controls/clock", data={"shift_seconds": "1"}).status_code == 303


def test_reset_asks_first_and_import_wants_a_file(bench: RunningBench) -> None:
    assert bench.client.post("/qa/transfer/reset", data={"seed": "1"}).status_code == 422
    assert bench.client.post("/qa/transfer/reset", data={"seed": "x", "confirmed": "yes"}).status_code == 422
    assert bench.client.post("/qa/transfer/import", data={}).status_code == 422
    foreign = bench.client.post("/qa/transfer/import", files={"file": ("a.zip", b"no zip")})
    assert foreign.status_code == 422
    assert 'role="alert"' in foreign.text


def test_texts_have_both_languages_with_the_same_placeholders() -> None:
    for key, text in TEXTS.items():
        assert text.pl.strip(), key
        assert text.en.strip(), key
        assert set(re.findall(r"{\w+}", text.pl)) == set(re.findall(r"{\w+}", text.en)), key
    assert set(BENCH_ACTION_TEXTS) == set(BenchAction)
