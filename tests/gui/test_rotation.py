# SPDX-License-Identifier: AGPL-3.0-or-later
"""A page that one desk turns is turned on the others, while they look at it and when they open it later."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPointF, Qt

from reviewer_app.models.document.document_model import DocumentModel
from reviewer_app.views.case.case_view import CaseView
from reviewer_app.views.document.page_area import PageArea
from tests.gui.conftest import WAIT_MS, Window
from tests.gui.real_desk import OpenWindow, RealWindow, engine, make_world, open_window, world, world_pool
from tests.support.world import PASSWORD, World

__all__ = ["engine", "make_world", "open_window", "world", "world_pool"]


def desk_of(open_window: OpenWindow, username: str, folder: str = "") -> tuple[RealWindow, DocumentModel]:
    window = open_window(folder or username)
    window.sign_in(username, PASSWORD)
    window.open_case(0)
    model = window.find("caseView", CaseView).viewer.model
    window.until(lambda: model.images.sharp(1) is not None, "the first page is drawn")
    return window, model


def opened(window: Window) -> tuple[Window, DocumentModel]:
    window.open_case()
    model = window.find("caseView", CaseView).viewer.model
    window.until(lambda: model.images.sharp(1) is not None, "the first page is drawn")
    return window, model


def drawn_at(model: DocumentModel) -> int | None:
    """Give by how many degrees the first page is turned on the screen; None while it is drawn anew."""
    image = model.images.sharp(1)
    return image.rotation if image is not None and image.rotation == model.rotation(1) else None


def test_a_colleague_who_turns_another_page_leaves_what_is_read_where_it_is(desk_window: Window) -> None:
    window, model = opened(desk_window)
    area = window.find("pageArea", PageArea)
    area.scroll_by(QPointF(0, -area.viewport().height()))
    before = area.view_point()
    assert (before.page, before.inside > 0.2) == (1, True)
    assert model.document is not None
    window.server.colleague_turns(model.document.id, 3, 90)
    window.until(lambda: model.rotation(3) == 90, "the colleague's page turns")
    after = area.view_point()
    assert after.page == before.page
    assert after.inside == pytest.approx(before.inside, abs=0.01)


def test_a_turn_is_not_taken_back_by_what_was_read_before_it(desk_window: Window) -> None:
    window, model = opened(desk_window)
    assert model.document is not None
    model.follow(model.document)
    runner = window.application.runner
    for lane in ("calls", "turns"):  # by now it is read, and the window has not heard of it
        assert runner.run(list, owner=model, lane=lane).wait_left(WAIT_MS / 1000)
    window.press(Qt.Key.Key_R, on="pageArea")
    window.until(lambda: drawn_at(model) == 90, "the page is drawn as it was turned")
    assert model.rotation(1) == 90


def test_a_page_turns_on_every_desk(open_window: OpenWindow, world: World) -> None:
    world.staff("anna")
    world.staff("piotr")
    world.customer().submitted()
    hers, at_anna = desk_of(open_window, "anna")
    his, at_piotr = desk_of(open_window, "piotr")
    hers.press(Qt.Key.Key_R, on="pageArea")
    his.until(lambda: drawn_at(at_piotr) == 90, "the colleague's page turns")
    his.press(Qt.Key.Key_R, on="pageArea")
    hers.until(lambda: drawn_at(at_anna) == 180, "and turns back at the first desk")
    _later, elsewhere = desk_of(open_window, "anna", "another computer")
    assert drawn_at(elsewhere) == 180
    assert elsewhere.rotation(1) == 180
