# SPDX-License-Identifier: AGPL-3.0-or-later
"""How the window looks and what it does after a decision."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QWidget

from reviewer_app.desk.preferences import LONGEST_HOLD_SECONDS, NUMBERS, Preferences
from reviewer_app.models.texts import current_language
from reviewer_app.views.common.buttons import Button, CheckBox
from reviewer_app.views.common.fields import NumberField
from reviewer_app.views.common.focus import FocusEdge
from reviewer_app.views.settings.form import Line, Page

_LANGUAGES = {"pl": "Polski", "en": "English"}
FONT_STEP = 5


class GeneralPage(Page):
    """``language_chosen`` (pl, en), ``theme_chosen`` (system, light, dark), ``font_chosen``, ``reset_wanted``."""

    language_chosen = Signal(str)
    theme_chosen = Signal(str)
    font_chosen = Signal()
    reset_wanted = Signal()

    def __init__(self, preferences: Preferences, *, parent: QWidget | None = None) -> None:
        super().__init__("generalSettings", parent=parent)
        self._preferences = preferences
        self._language = self._box("settingLanguage")
        self._theme = self._box("settingTheme")
        self._font = NumberField()
        self._font.setObjectName("settingFont")
        self._font.setRange(NUMBERS["font_percent"].least, NUMBERS["font_percent"].most)
        self._font.setSingleStep(FONT_STEP)
        self._font.setSuffix(" %")
        self._font.setKeyboardTracking(False)
        self._hold = NumberField()
        self._hold.setObjectName("settingHold")
        self._hold.setRange(0, LONGEST_HOLD_SECONDS)
        self._hold.setSuffix(" s")
        self._next = CheckBox()
        self._next.setObjectName("settingNext")
        self._sound = CheckBox()
        self._sound.setObjectName("settingSound")
        self._reset = Button()
        self._reset.setObjectName("settingResetLayout")
        controls = (self._language, self._theme, self._font, self._hold, self._next, self._sound, self._reset)
        self._shown = [Line(control) for control in controls]
        for line in self._shown:
            self.lines.addWidget(line)
        self.lines.addStretch(1)
        self.retranslate()
        self._language.activated.connect(self._choose_language)
        self._theme.activated.connect(self._choose_theme)
        self._font.valueChanged.connect(self._choose_font)
        self._hold.valueChanged.connect(preferences.set_hold_seconds)
        self._next.toggled.connect(self._choose_next)
        self._sound.toggled.connect(self._choose_sound)
        self._reset.clicked.connect(self.reset_wanted)

    def retranslate(self) -> None:
        self.title.setText(self.tr("General"))
        themes = {"system": self.tr("As the system"), "light": self.tr("Light"), "dark": self.tr("Dark")}
        self._fill(self._language, _LANGUAGES, current_language().value)
        self._fill(self._theme, themes, self._preferences.theme)
        texts = (
            (self.tr("Language"), ""),
            (self.tr("Colours"), ""),
            (self.tr("Size of the text"), ""),
            (
                self.tr("Time to undo a decision"),
                self.tr("A decision leaves only after so many seconds; until then it can be taken back."),
            ),
            (self.tr("After a decision"), ""),
            (self.tr("Sound"), ""),
            (self.tr("Layout"), ""),
        )
        for line, (words, hint) in zip(self._shown, texts, strict=True):
            line.set_texts(words, hint)
        self._next.setText(self.tr("Claim and show the next case"))
        self._sound.setText(self.tr("When a customer of mine answers, a note names me, or I am given a case"))
        self._reset.setText(self.tr("Reset columns and panels"))
        self.show_values()

    def show_values(self) -> None:
        """Show what is set now."""
        for widget, value in (
            (self._font, self._preferences.number("font_percent")),
            (self._hold, self._preferences.hold_seconds),
        ):
            widget.blockSignals(True)
            widget.setValue(value)
            widget.blockSignals(False)
        self._next.setChecked(self._preferences.switch("next_after_decision"))
        self._sound.setChecked(self._preferences.switch("sound"))

    def _box(self, name: str) -> QComboBox:
        made = QComboBox()
        FocusEdge(made)
        made.setObjectName(name)
        return made

    def _fill(self, box: QComboBox, choices: dict[str, str], chosen: str) -> None:
        box.clear()
        for value, text in choices.items():
            box.addItem(text, value)
        box.setCurrentIndex(list(choices).index(chosen))

    def _choose_language(self, _place: int) -> None:
        self.language_chosen.emit(self._language.currentData())

    def _choose_theme(self, _place: int) -> None:
        self.theme_chosen.emit(self._theme.currentData())

    def _choose_font(self, percent: int) -> None:
        self._preferences.set_number("font_percent", percent)
        self.font_chosen.emit()

    def _choose_next(self, on: bool) -> None:
        self._preferences.set_switch("next_after_decision", on=on)

    def _choose_sound(self, on: bool) -> None:
        self._preferences.set_switch("sound", on=on)
