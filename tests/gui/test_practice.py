# SPDX-License-Identifier: AGPL-3.0-or-later
"""The window on a test bench: it says so, hides what is right until a case is decided, and tells it then."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QLabel

from reviewer_app.contract.bench import BENCH_BANNER, Expectation
from reviewer_app.contract.permissions import StaffRole
from reviewer_app.contract.states import CompanyState
from reviewer_app.views.common.messages import MessageBar
from tests.gui.conftest import Window

WHY = "One of two who must sign has signed."


def expectation(decision: str, en: str) -> Expectation:
    return Expectation(
        scenario="joint_rule_one_signature",
        group="register",
        title_pl="Jeden podpis",
        title_en="One signature",
        explanation_pl="Podpisała jedna z dwóch osób.",
        explanation_en=WHY,
        decision=decision,
        decision_pl="Poprosić o poprawienie",
        decision_en=en,
        reasons=("second_signature_missing",),
        findings=(),
        state=CompanyState.PENDING_VERIFICATION,
        end_state=CompanyState.CORRECTION_REQUESTED,
    )


@pytest.fixture
def bench(window: Window) -> Window:
    """The window, whose server is a bench that knows what is right in every case."""
    window.server.bench = True
    for company_id in window.server.companies:
        window.server.expectations[company_id] = expectation("request_correction", "Ask for a correction")
    return window


def approve_all(window: Window) -> None:
    """Claim the open case, accept all documents and approve."""
    window.click("claim")
    window.until(lambda: window.widget("customerNote").isEnabled(), "the case is mine")
    window.press(Qt.Key.Key_A, on="pageArea", modifiers=Qt.KeyboardModifier.ShiftModifier)
    window.click("outcome_approve")
    window.click("confirmDecision")
    window.until(lambda: bool(window.server.decisions), "the decision left")


def said(window: Window, name: str) -> str:
    return window.find(name, MessageBar).text()


def test_no_bar_tells_of_a_bench_where_there_is_none(window: Window) -> None:
    window.sign_in()
    assert not window.shown("benchBar")


def test_a_bench_says_so_on_every_screen_and_cannot_be_closed(bench: Window) -> None:
    bench.sign_in()
    assert said(bench, "benchBanner") == BENCH_BANNER.en
    assert bench.shown("benchBanner")
    bench.open_case()
    assert bench.shown("benchBanner")
    closers = [one for one in bench.widget("benchBanner").findChildren(QAbstractButton) if one.isVisible()]
    assert closers == []


def test_practice_hides_what_is_right_until_the_case_is_decided(bench: Window) -> None:
    bench.sign_in()
    bench.open_case()
    bench.until(lambda: said(bench, "benchAnswer").startswith("Practice:"), "practice is announced")
    assert WHY not in said(bench, "benchAnswer")
    approve_all(bench)
    bench.until(lambda: said(bench, "benchAnswer").startswith("You chose: Approval."), "what is right is told")
    assert "Right is: Request for a correction" in said(bench, "benchAnswer")
    assert WHY in said(bench, "benchAnswer")


def test_a_right_decision_is_told_as_right(bench: Window) -> None:
    for company_id in bench.server.companies:
        bench.server.expectations[company_id] = expectation("approve", "Approve")
    bench.sign_in()
    bench.open_case()
    approve_all(bench)
    bench.until(lambda: said(bench, "benchAnswer").startswith("You decided rightly: Approval"), "it is told as right")


def test_a_supervisor_shows_the_answers_and_hides_them_again(bench: Window) -> None:
    bench.server.add_user("anna", StaffRole.SUPERVISOR)
    bench.sign_in()
    bench.open_case()
    bench.until(lambda: said(bench, "benchAnswer").startswith("Practice:"), "practice is announced")
    bench.click("benchBannerAction")
    bench.until(lambda: said(bench, "benchAnswer").startswith("Right here: Request for a correction"), "it is shown")
    bench.main.language_changed.emit("pl")
    bench.until(lambda: "Prośba o poprawę" in said(bench, "benchAnswer"), "it is said in Polish")
    assert said(bench, "benchBanner") == BENCH_BANNER.pl
    bench.click("benchBannerAction")
    assert "Prośba o poprawę" not in said(bench, "benchAnswer")


def test_where_a_person_decides_no_outcome_is_told_as_the_right_one(bench: Window) -> None:
    bench.server.add_user("anna", StaffRole.SUPERVISOR)
    for company_id in bench.server.companies:
        bench.server.expectations[company_id] = expectation("person_decides", "A person decides")
    bench.sign_in()
    bench.open_case()
    bench.until(lambda: said(bench, "benchAnswer").startswith("Practice:"), "practice is announced")
    bench.click("benchBannerAction")
    bench.until(lambda: said(bench, "benchAnswer").startswith("Here a person decides"), "it is told")


def test_a_case_that_the_bench_did_not_make_has_no_answer(bench: Window) -> None:
    bench.server.expectations.clear()
    bench.sign_in()
    bench.open_case()
    bench.until(lambda: any(call.endswith("/expectation") for call in bench.server.calls), "the bench is asked")
    assert not bench.shown("benchAnswer")
    assert bench.find("signedInName", QLabel).text()
