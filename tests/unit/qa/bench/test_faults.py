# SPDX-License-Identifier: AGPL-3.0-or-later
"""Faults by path, on a real connection."""

from __future__ import annotations

import time
from collections.abc import Iterator
from typing import Any

import httpx
import pytest

from tests.support.benches import RunningBench
from tests.support.world import expect

TERMS = "/api/v1/customer/terms"


@pytest.fixture
def faulty(bench: RunningBench) -> Iterator[RunningBench]:
    """The shared bench; its faults end with the test."""
    yield bench
    assert bench.call("DELETE", "faults").status_code == 204


@pytest.mark.parametrize("status", [401, 409, 413, 429, 500, 503])
def test_a_path_is_failed_with_a_status_and_all_others_work(faulty: RunningBench, status: int) -> None:
    expect(faulty.call("PUT", "faults", json={"status": status, "paths": ["/api/v1/customer/*"]}), 200)
    answer = faulty.client.get(TERMS, headers={"Accept-Language": "en"})
    assert answer.status_code == status
    assert answer.headers["content-type"] == "application/problem+json"
    assert "{" not in answer.json()["title"]
    assert ("retry-after" in answer.headers) == (status in {429, 503})
    assert faulty.client.get("/healthz").status_code == 200


@pytest.mark.parametrize("status", [401, 409, 413, 429, 500, 503])
@pytest.mark.parametrize(("language", "said"), [("pl", "Strona główna"), ("en", "Start page")])
def test_a_page_that_fails_is_a_page_in_the_customer_s_language(
    faulty: RunningBench, status: int, language: str, said: str
) -> None:
    expect(faulty.call("PUT", "faults", json={"status": status, "paths": ["/company/*", TERMS]}), 200)
    asked = {"Accept": "text/html,application/xhtml+xml", "Accept-Language": language}
    answer = faulty.client.get("/company/menu", headers=asked)
    assert answer.status_code == status
    assert answer.headers["content-type"].startswith("text/html")
    assert "frame-ancestors" in answer.headers["content-security-policy"]
    assert ("retry-after" in answer.headers) == (status in {429, 503})
    assert said in answer.text
    assert faulty.client.get("/company/menu").json()["fault"]
    assert faulty.client.get(TERMS, headers=asked).json()["fault"]


def test_the_bench_works_whatever_fails(faulty: RunningBench) -> None:
    expect(faulty.call("PUT", "faults", json={"cut": "before", "paths": ["*"]}), 200)
    with pytest.raises(httpx.RemoteProtocolError):
        faulty.client.get("/")
    assert faulty.client.get("/qa").status_code == 200
    assert faulty.client.get("/qa/static/portal/portal.css").status_code == 200
    assert len(faulty.call("GET", "faults").json()["items"]) == 1
    faulty.call("DELETE", "faults")
    assert faulty.client.get("/").status_code == 200


@pytest.mark.parametrize("path", ["/qa", "/qa/*", "/qa*", "/qa/v1/faults"])
def test_faults_on_the_bench_itself_are_refused(faulty: RunningBench, path: str) -> None:
    problem = expect(
        faulty.call("PUT", "faults", json={"status": 500, "paths": ["/api/*", path]}), 422, "faults_lock_out"
    )
    assert path in problem["title"]
    assert faulty.call("GET", "faults").json()["items"] == []


@pytest.mark.parametrize(
    ("wrong", "field", "told"),
    [
        ({"status": 418}, "status", "Nieprawidłowa wartość."),
        ({"status": 500, "error_rate": 2}, "error_rate", "Za dużo: najwyżej 1."),
        ({"latency_ms": -1}, "latency_ms", "Za mało: co najmniej 0."),
        ({"latency_ms": 10**9}, "latency_ms", "Za dużo: najwyżej 60000."),
        ({"cut": "sometimes"}, "cut", "Nieprawidłowy format."),
        ({"paths": []}, "paths", "To pole jest wymagane."),
        ({"paths": ["api"]}, "paths.0", "Nieprawidłowy format."),
        ({"paths": ["/" + "a" * 200]}, "paths.0", "Wpis jest za długi: najwyżej 200 znaków."),
        ({"bytes_per_second": "fast"}, "bytes_per_second", "Nieprawidłowy rodzaj danych."),
        ({"colour": "red"}, "colour", "Nieznane pole."),
    ],
)
def test_wrong_values_are_named_in_the_language_of_the_request(
    faulty: RunningBench, wrong: dict[str, Any], field: str, told: str
) -> None:
    asked = {"Accept-Language": "pl"}
    problem = expect(faulty.call("PUT", "faults", json=wrong, headers=asked), 422, "validation_failed")
    assert (field, told) in [(error["field"], error["message"]) for error in problem["errors"]]


def test_what_is_no_json_is_not_told_as_a_wrong_field(faulty: RunningBench) -> None:
    headers = {"Content-Type": "application/json"}
    problem = expect(faulty.call("PUT", "faults", content=b"{", headers=headers), 400, "malformed_request")
    assert problem["errors"] == []


def test_a_cut_after_the_act_loses_the_answer_and_nothing_else(faulty: RunningBench) -> None:
    case = faulty.make("sole_trader_owner_signs", 77)
    reviewer = faulty.staff("qa.supervisor")
    faulty.call("PUT", "faults", json={"cut": "after", "paths": ["/api/v1/staff/companies/*"]})
    key = {"Idempotency-Key": "cut-after"}
    with pytest.raises(httpx.RemoteProtocolError):
        reviewer.post(f"companies/{case['company_id']}/claim", **key)
    faulty.call("DELETE", "faults")
    answer = reviewer.post(f"companies/{case['company_id']}/claim", **key)
    assert expect(answer, 200)["lease_token"]
    assert answer.headers["Idempotency-Replayed"] == "true"


def test_delay_and_pace_are_felt_and_change_nothing(faulty: RunningBench) -> None:
    whole = faulty.client.get(TERMS).content
    faulty.call("PUT", "faults", json={"latency_ms": 300, "bytes_per_second": len(whole) * 2, "paths": [TERMS]})
    began = time.monotonic()
    assert faulty.client.get(TERMS).content == whole
    assert time.monotonic() - began >= 0.7  # it cannot be sooner


def test_rules_beside_each_other_count_in_their_order(faulty: RunningBench) -> None:
    faulty.call("PUT", "faults", json={"status": 429, "paths": [TERMS]})
    faulty.call("POST", "faults", json={"status": 500, "paths": ["/api/*"]})
    assert faulty.client.get(TERMS).status_code == 429
    assert faulty.client.get("/api/v1/customer/me").status_code == 500


def test_none_fail_when_the_share_is_none(faulty: RunningBench) -> None:
    faulty.call("PUT", "faults", json={"status": 500, "error_rate": 0, "paths": ["/*"]})
    assert {faulty.client.get(TERMS).status_code for _ in range(20)} == {200}
