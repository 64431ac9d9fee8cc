# SPDX-License-Identifier: AGPL-3.0-or-later
"""A supervisor suspends a company and restores it, each with a reason; others do not see that it can be done."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QLabel, QPlainTextEdit

from reviewer_app.contract.permissions import StaffRole
from reviewer_app.contract.states import CompanyState
from tests.gui.conftest import Window


def _active_case(window: Window) -> str:
    """Open a case whose company a colleague then brings to full use; gives its id."""
    window.sign_in()
    window.open_case()
    company_id = next(iter(window.server.companies))
    assert not window.shown("suspension")
    window.server.other_decides(company_id, CompanyState.ACTIVE)
    window.until(lambda: window.find("caseState", QLabel).text() == "Active", "the company is active")
    return company_id


def _words_of_toast(window: Window) -> list[str]:
    return [label.text() for label in window.widget("undoToast").findChildren(QLabel) if label.isVisible()]


@pytest.fixture
def supervised(window: Window) -> Window:
    """A window whose person is a supervisor."""
    window.server.change_role("anna", StaffRole.SUPERVISOR)
    return window


def test_a_company_is_suspended_and_restored_with_a_reason(supervised: Window) -> None:
    window = supervised
    company = window.server.companies[_active_case(window)]
    button = window.find("suspension", QAbstractButton)
    for act, target, told in (
        ("Suspend", CompanyState.SUSPENDED, "The company was suspended."),
        ("Restore", CompanyState.ACTIVE, "The company was restored."),
    ):
        window.until(lambda words=f"{act}…": button.text() == words, f"{act} is offered")  # type: ignore[misc]  # a default is no argument
        window.click("suspension")
        assert window.shown("suspensionReason")
        assert not window.find("suspensionDo", QAbstractButton).isEnabled()
        window.type_into("suspensionReason", f"{act}: invoices")
        assert window.find("suspensionDo", QAbstractButton).text() == act
        window.click("suspensionDo")
        window.until(lambda wanted=target: company.state is wanted, f"the server took it: {act}")  # type: ignore[misc]  # a default is no argument
        window.until(lambda: not window.shown("suspensionBar"), "the bar is put away")
        window.until(lambda words=told: words in _words_of_toast(window), told)  # type: ignore[misc]  # a default is no argument
        assert window.find("suspensionReason", QPlainTextEdit).toPlainText() == ""


def test_what_was_typed_stays_when_the_bar_is_put_away(supervised: Window) -> None:
    window = supervised
    company = window.server.companies[_active_case(window)]
    window.until(lambda: window.shown("suspension"), "the act is offered")
    window.click("suspension")
    window.type_into("suspensionReason", "half a sen")
    window.press(Qt.Key.Key_Escape, on="suspensionReason")
    window.until(lambda: not window.shown("suspensionBar"), "the bar is put away")
    window.click("suspension")
    assert window.find("suspensionReason", QPlainTextEdit).toPlainText() == "half a sen"
    assert company.state is CompanyState.ACTIVE


def test_a_reviewer_is_not_offered_it(window: Window) -> None:
    _active_case(window)
    assert not window.shown("suspension")
