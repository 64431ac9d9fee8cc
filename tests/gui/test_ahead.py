# SPDX-License-Identifier: AGPL-3.0-or-later
"""What is drawn before somebody looks at it: there when it is looked at, and never in the way of what is looked at."""

from __future__ import annotations

import contextlib

import psutil
import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel

from reviewer_app.contract.states import CompanyState, DocumentKind
from reviewer_app.desk.cases import Case
from reviewer_app.models.document.document_model import DocumentModel
from reviewer_app.models.document.geometry import POINTS_TO_PIXELS
from reviewer_app.views.case.case_desk import CaseDesk
from reviewer_app.views.case.case_view import CaseView
from reviewer_app.views.common.actions import ActionId
from reviewer_app.views.document.page_area import PageArea
from tests.gui.conftest import Window
from tests.gui.papers import extract
from tests.unit.documents.files import pdf_that_never_ends

NAME = "Cis Data sp. z o.o."
KIND = DocumentKind.REGISTRY_EXTRACT
ALT = Qt.KeyboardModifier.AltModifier


def test_the_next_page_is_there_when_it_is_turned_to(desk_window: Window) -> None:
    window, model, area = _opened(desk_window, extract(NAME, "9990000600", pages=5), pages=5)
    window.until(lambda: _is_sharp(window, 3), "the pages after the first are drawn")
    assert model.images.sharp(5) is None, "only those that are near"
    drawn: list[int] = []
    model.page_drawn.connect(drawn.append)
    window.press(Qt.Key.Key_PageDown, on="pageArea")
    assert area.page == 2
    assert _is_sharp(window, 2), "turning to it needs no drawing"
    window.until(lambda: _is_sharp(window, 4), "those beside the page now in front follow")
    assert 2 not in drawn, "and it was not drawn again"


def test_a_page_drawn_ahead_has_the_zoom_and_the_turn_of_those_in_view(desk_window: Window) -> None:
    window, model, _area = _opened(desk_window, extract(NAME, "9990000600", pages=3), pages=3)
    window.until(lambda: _is_sharp(window, 2), "the second page is drawn")
    before = model.images.sharp(2)
    window.click("tool_zoom_in")
    window.until(lambda: _is_sharp(window, 1) and _is_sharp(window, 2), "both are drawn for the new zoom")
    assert before is not None
    assert model.images.sharp(2) is not before


def test_a_page_that_never_ends_keeps_no_other_page_waiting(desk_window: Window) -> None:
    window, model, _area = _opened(desk_window, pdf_that_never_ends(at=2, pages=4), pages=4, words=False)
    window.until(lambda: model.ahead.is_drawing, "the second page is begun")
    window.press(Qt.Key.Key_End, on="pageArea")
    window.until(lambda: _is_sharp(window, 4), "the last page is drawn")
    assert model.images.sharp(2) is None


def test_a_page_that_ends_the_renderer_costs_one_message_and_the_rest_goes_on(desk_window: Window) -> None:
    window = desk_window
    window.server.send_as("c3", KIND, pdf_that_never_ends(), "application/pdf", 1, words=False)
    window.open_case()
    model = window.find("caseView", CaseView).viewer.model
    window.until(lambda: model.page_count == 1, "the document is open")

    def is_told() -> bool:
        _end_workers()
        return model.is_broken(1)

    window.until(is_told, "the page says that it cannot be shown")
    window.press(Qt.Key.Key_J, on="pageArea")
    window.until(lambda: model.page_count > 0 and _is_sharp(window, 1), "another document is shown")
    assert window.shown("caseHeader")
    assert not window.shown("documentNotice")


@pytest.mark.parametrize("window", [2.0], indirect=True)
def test_a_page_that_hangs_past_its_time_costs_one_message_and_the_rest_goes_on(desk_window: Window) -> None:
    window = desk_window
    window.server.send_as("c3", KIND, pdf_that_never_ends(at=1, pages=2), "application/pdf", 2, words=False)
    window.open_case()
    model = window.find("caseView", CaseView).viewer.model
    window.until(lambda: model.is_broken(1), "the page says that it cannot be shown")
    window.press(Qt.Key.Key_Return, on="pageArea")
    assert not model.is_broken(1), "it is tried again"
    window.until(lambda: model.is_broken(1), "and told again")
    window.press(Qt.Key.Key_End, on="pageArea")
    window.until(lambda: _is_sharp(window, 2), "the page after it is drawn")
    window.press(Qt.Key.Key_J, on="pageArea")
    window.until(lambda: model.page_count > 0 and not model.is_broken(1) and _is_sharp(window, 1), "another is shown")
    assert window.shown("caseHeader")
    window.press(Qt.Key.Key_Left, modifiers=Qt.KeyboardModifier.AltModifier)
    window.until(lambda: window.shown("queueTable"), "the window goes on")


def test_the_first_page_of_the_next_case_is_there_when_the_case_opens(desk_window: Window) -> None:
    window = desk_window
    window.open_case()
    model = window.find("caseView", CaseView).viewer.model
    following = window.ids()[1]
    ids = {document.id for document in window.server.companies[following].documents}
    window.until(lambda: ids & model.ready.ids, "the next case's document is ready")
    before = len(window.server.calls)
    at_opening: list[bool] = []
    model.opened.connect(lambda: at_opening.append(model.images.sharp(1) is not None))
    window.press(Qt.Key.Key_Down, modifiers=ALT)
    window.until(lambda: bool(at_opening), "the next case is open")
    assert at_opening == [True]
    assert model.document is not None
    assert model.document.id in ids
    assert window.find("pageOf", QLabel).text().startswith("Page 1 of ")
    window.until(lambda: _is_sharp(window, 1), "it fits the room it is shown in")
    asked = [call for call in window.server.calls[before:] if model.document.id in call and "content" in call]
    assert asked == [], "its file was here"


def test_a_case_that_was_read_ahead_is_shown_at_once_and_then_as_the_server_says_now(desk_window: Window) -> None:
    window = desk_window
    desk, following = _with_next_ready(window)
    window.server.companies[following].name = "Modrzew Nowy sp. z o.o."  # told by no change, as just before it is
    names: list[str] = []
    desk.case.changed.connect(lambda: names.append(desk.name))
    window.press(Qt.Key.Key_Down, modifiers=ALT)
    window.until(lambda: names[-1:] == ["Modrzew Nowy sp. z o.o."], "the case is shown as it is now")
    assert names[0] != names[-1], "and before that as it was read"


def test_a_case_that_changed_after_it_was_read_ahead_is_read_first(desk_window: Window) -> None:
    window = desk_window
    desk, following = _with_next_ready(window)
    window.server.other_decides(following, CompanyState.APPROVED)
    window.until(lambda: following not in window.ids(), "the change is told")
    shown: list[Case | None] = []
    desk.case.changed.connect(lambda: shown.append(desk.case.case))
    desk.case.open(following)
    window.until(lambda: shown, "the case is shown")
    assert shown[0] is not None
    assert shown[0].detail.state is CompanyState.APPROVED


def test_a_case_as_it_was_read_ahead_is_shown_once(desk_window: Window) -> None:
    window = desk_window
    window.server.stopped_clock = window.server.now()  # so that no wait grows by a minute meanwhile
    desk, following = _with_next_ready(window)
    before, shown = len(window.server.calls), []
    desk.case.changed.connect(lambda: shown.append(desk.case_id))
    ended: list[bool] = []
    desk.case.busy_changed.connect(ended.append)
    window.press(Qt.Key.Key_Down, modifiers=ALT)
    window.until(lambda: ended[-1:] == [False], "it is read")
    assert shown == [following]
    assert any(call.endswith(f"/companies/{following}") for call in window.server.calls[before:]), "it was read anew"


def test_what_is_still_read_ahead_ends_for_the_case_that_is_opened(desk_window: Window) -> None:
    window = desk_window
    longest_waiting = window.ids()[0]  # what "next case" would claim is read after the next of the list
    held = window.server.hold(f"/companies/{longest_waiting}")
    window.open_case(2)
    model = window.find("caseView", CaseView).viewer.model
    window.until(held.asked.is_set, "the next of the list is ready, and the one after it is read")
    window.press(Qt.Key.Key_Down, modifiers=ALT)
    window.until(lambda: window.find("placeInList", QLabel).text() == "4 / 10", "the next case is opened")
    window.until(lambda: _is_sharp(window, 1), "and shown")
    held.goes_on.set()
    paper = window.server.companies[longest_waiting].documents[0].id
    window.until(lambda: paper in model.ready.ids, "the one after it comes in its turn")
    calls = window.server.calls
    fetched = next(place for place, call in enumerate(calls) if paper in call and "content" in call)
    assert sum(call.endswith(f"/companies/{longest_waiting}") for call in calls[:fetched]) == 2, "it is read anew then"


def test_signing_out_leaves_nothing_that_was_made_ready(desk_window: Window) -> None:
    window = desk_window
    window.open_case()
    model = window.find("caseView", CaseView).viewer.model
    window.until(lambda: model.ready.ids, "the next case's document is ready")
    window.main.actions_registry[ActionId.SIGN_OUT].trigger()
    window.until(lambda: window.shown("password"), "the form is shown")
    assert not model.ready.ids


def _with_next_ready(window: Window) -> tuple[CaseDesk, str]:
    """Open the first case and wait until the one after it is ready; gives the case screen and that case's id."""
    window.open_case()
    desk = window.main.findChild(CaseDesk)
    assert isinstance(desk, CaseDesk)
    following = window.ids()[1]
    ids = {document.id for document in window.server.companies[following].documents}
    window.until(lambda: ids & desk.document.ready.ids, "the next case's document is ready")
    return desk, following


def _opened(
    window: Window, content: bytes, *, pages: int, words: bool = True
) -> tuple[Window, DocumentModel, PageArea]:
    window.server.send_as("c3", KIND, content, "application/pdf", pages, words=words)
    window.open_case()
    model = window.find("caseView", CaseView).viewer.model
    window.until(lambda: model.page_count == pages, "the document is open")
    window.until(lambda: _is_sharp(window, 1), "the first page is drawn")
    return window, model, window.find("pageArea", PageArea)


def _end_workers() -> None:
    """End the renderer's processes as a page does that brings them down."""
    for process in psutil.Process().children():
        with contextlib.suppress(psutil.Error):
            if any("documents.worker" in part for part in process.cmdline()):
                process.kill()


def _is_sharp(window: Window, page: int) -> bool:
    area = window.find("pageArea", PageArea)
    model = window.find("caseView", CaseView).viewer.model
    sharp = model.images.sharp(page)
    wanted = area.zoom * POINTS_TO_PIXELS * area.devicePixelRatioF()
    return sharp is not None and sharp.zoom == pytest.approx(wanted, abs=0.001)
