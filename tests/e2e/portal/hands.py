# SPDX-License-Identifier: AGPL-3.0-or-later
"""Ways to use a page: by mouse, or by keyboard alone. Both find things by role and label only."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Literal, Protocol

from playwright.sync_api import Download, FileChooser, Locator, Page

from reviewer_app.contract.text import Language
from reviewer_app.portal.catalogue import load_translations

Pressed = Literal["link", "button"]
Chosen = Literal["checkbox", "radio"]

_MOST_TABS = 150
_IS_FOCUSED = "(element) => element === document.activeElement"
_FOCUS_IS_SEEN = """(element) => {
  const drawn = (part) => {
    const style = getComputedStyle(part);
    return style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2;
  };
  const box = element.getBoundingClientRect();
  const inView = box.bottom > 0 && box.top < innerHeight;
  return inView && [element, element.parentElement].some(drawn);
}"""


def _leave_to_whoever_waits(_chooser: FileChooser) -> None:
    """Keep choosers caught; `expect_file_chooser` gets them as well."""


class Hands(Protocol):
    """What a person does on a page. ``name`` is what they read there, in English as the templates have it."""

    page: Page

    def say(self, text: str) -> str:
        """Give a text of the templates in the language of the page."""

    def press(self, role: Pressed, name: str, *, more: bool = False) -> None:
        """Press a link or a button. ``more``: it says more than its name, as tiles do."""

    def fill(self, label: str, text: str) -> None:
        """Write into a field."""

    def tick(self, role: Chosen, name: str) -> None:
        """Tick a box or choose a radio button."""

    def choose(self, label: str, option: str) -> None:
        """Choose an option of a list by its text."""

    def give(self, card: Locator, file: Path) -> None:
        """Choose a file in the card of its kind; a page without scripts also wants its button pressed."""

    def download(self, name: str) -> Download:
        """Press a button that gives a file."""


class _Reading:
    """Finds things by what stands on the page."""

    def __init__(self, page: Page, language: Language) -> None:
        self.page = page
        self._texts = load_translations(language)

    def say(self, text: str) -> str:
        return self._texts.gettext(text)

    def _main(self) -> Locator:
        return self.page.get_by_role("main")

    def _pressed(self, role: Pressed, name: str, more: bool) -> Locator:
        if more:
            return self._main().get_by_role(role, name=re.compile(rf"^{re.escape(self.say(name))}"))
        return self.page.get_by_role(role, name=self.say(name), exact=True).last

    def _field(self, label: str) -> Locator:
        optional = re.escape(self.say("optional"))
        pattern = re.compile(rf"^\s*{re.escape(self.say(label))}(\s+{optional})?\s*$")
        return self._main().get_by_label(pattern)

    def _chosen(self, role: Chosen, name: str) -> Locator:
        return self._main().get_by_role(role, name=self.say(name)).first


def option_of(name: str) -> re.Pattern[str]:
    """Give what an option says: a name, before it how deep it stands in the tree, behind it the person's e-mail."""
    return re.compile(rf"^\s*(– )*{re.escape(name)}( · \S+)?\s*$")


class Mouse(_Reading):
    """By mouse. ``scripts`` says whether the browser runs the page's scripts."""

    def __init__(self, page: Page, language: Language, *, scripts: bool = True) -> None:
        super().__init__(page, language)
        self._scripts = scripts

    def press(self, role: Pressed, name: str, *, more: bool = False) -> None:
        self._pressed(role, name, more).click()

    def fill(self, label: str, text: str) -> None:
        self._field(label).fill(text)

    def tick(self, role: Chosen, name: str) -> None:
        self._chosen(role, name).check()

    def choose(self, label: str, option: str) -> None:
        field = self._field(label)
        chosen = field.locator("option").filter(has_text=option_of(option)).get_attribute("value")
        field.select_option(value=chosen)

    def give(self, card: Locator, file: Path) -> None:
        card.get_by_label(
            re.compile(self.say("Choose files") + "|" + self.say("Upload the corrected document"))
        ).set_input_files(file)
        if not self._scripts:
            card.get_by_role("button", name=self.say("Upload"), exact=True).first.click()

    def download(self, name: str) -> Download:
        with self.page.expect_download() as downloading:
            self.press("button", name)
        return downloading.value


class Keyboard(_Reading):
    """By Tab, Enter, Space, arrows and letters. What has the focus must show it."""

    def __init__(self, page: Page, language: Language) -> None:
        super().__init__(page, language)
        # Browser and page learn by different ways that choosers are caught: told only just before the key that opens
        # one, the key can be quicker.
        page.on("filechooser", _leave_to_whoever_waits)

    def press(self, role: Pressed, name: str, *, more: bool = False) -> None:
        self._reach(self._pressed(role, name, more))
        self.page.keyboard.press("Enter")

    def fill(self, label: str, text: str) -> None:
        self._reach(self._field(label))
        self.page.keyboard.press("ControlOrMeta+a")
        self.page.keyboard.type(text)

    def tick(self, role: Chosen, name: str) -> None:
        target = self._chosen(role, name)
        if role == "checkbox":
            self._reach(target)
            self.page.keyboard.press("Space")
            return
        # One stop for the whole group: the arrows go from button to button.
        self._reach(self._main().get_by_role("radio"))
        self.page.keyboard.press("Space")
        for _ in range(10):
            if target.is_checked():
                return
            self.page.keyboard.press("ArrowDown")
        raise AssertionError(f"no arrow leads to “{name}”")

    def choose(self, label: str, option: str) -> None:
        field = self._field(label)
        self._reach(field)
        self.page.keyboard.press("Home")
        for _ in range(40):
            if option_of(option).match(field.evaluate("(list) => list.selectedOptions[0]?.text ?? ''")):
                return
            self.page.keyboard.press("ArrowDown")
        raise AssertionError(f"no arrow leads to “{option}”")

    def give(self, card: Locator, file: Path) -> None:
        self._reach(
            card.get_by_label(re.compile(self.say("Choose files") + "|" + self.say("Upload the corrected document")))
        )
        with self.page.expect_file_chooser() as choosing:
            self.page.keyboard.press("Space")
        choosing.value.set_files(file)

    def download(self, name: str) -> Download:
        with self.page.expect_download() as downloading:
            self.press("button", name)
        return downloading.value

    def _reach(self, target: Locator) -> None:
        target.first.wait_for()
        for _ in range(_MOST_TABS):
            self.page.keyboard.press("Tab")
            found = target.evaluate_all("(all) => all.indexOf(document.activeElement)")
            if found >= 0:
                shown = target.nth(found)
                assert shown.evaluate(_FOCUS_IS_SEEN), f"focus is not seen on {shown}"
                return
        raise AssertionError(f"Tab does not lead to {target}")
