# SPDX-License-Identifier: AGPL-3.0-or-later
"""Brightness, contrast and inversion by key, for scans that are hard to read."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import QObject

from reviewer_app.models.document.document_model import DocumentModel
from reviewer_app.models.document.looks import LIMIT, PLAIN, STEP
from reviewer_app.views.common.actions import ActionId, Actions


class LookTools(QObject):
    """Changes how pixels of documents are shown, of all that are in view alike."""

    def __init__(self, models: tuple[DocumentModel, ...], actions: Actions, parent: QObject) -> None:
        super().__init__(parent)
        self._models = models
        slots = {
            ActionId.BRIGHTER: self._brighter,
            ActionId.DARKER: self._darker,
            ActionId.MORE_CONTRAST: self._more_contrast,
            ActionId.LESS_CONTRAST: self._less_contrast,
            ActionId.INVERT: self._invert,
            ActionId.PLAIN_LOOK: self._plain,
        }
        for action, slot in slots.items():
            actions.on(action, slot)

    def _brighter(self) -> None:
        self._change(brightness=STEP)

    def _darker(self) -> None:
        self._change(brightness=-STEP)

    def _more_contrast(self) -> None:
        self._change(contrast=STEP)

    def _less_contrast(self) -> None:
        self._change(contrast=-STEP)

    def _invert(self) -> None:
        for model in self._models:
            model.looking.choose(replace(model.looking.look, inverted=not model.looking.look.inverted))

    def _plain(self) -> None:
        for model in self._models:
            model.looking.choose(PLAIN)

    def _change(self, *, brightness: int = 0, contrast: int = 0) -> None:
        for model in self._models:
            look = model.looking.look
            changed = replace(
                look, brightness=_within(look.brightness + brightness), contrast=_within(look.contrast + contrast)
            )
            model.looking.choose(changed)


def _within(value: int) -> int:
    return max(-LIMIT, min(LIMIT, value))
