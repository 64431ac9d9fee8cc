# SPDX-License-Identifier: AGPL-3.0-or-later
"""Whatever people type is text: markup, right-to-left marks, letters of four bytes, 10 000 characters.

The forms are taken from the pages, so that none is left out. Names with all of it are stored too, and every page that
shows them is looked at on a phone: nothing injected, nothing beside the screen, no answer of a broken server.
"""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser

from reviewer_app.contract.text import Language
from tests.e2e.portal.cast import Cast
from tests.e2e.portal.looks import PHONE, Looker, looking
from tests.e2e.portal.stage import Stage
from tests.e2e.portal.tour import Stop, links, stops

UNBROKEN = "Zażółćgęśląjaźń" * 4
MARK = f" <b data-injected>x</b> \"'&amp; אבג 𝔉🏴 {{{{ x }}}} {UNBROKEN}"
PERSON_MARK = f" o'אבג 𝔉' {UNBROKEN}"
TEXTS = {
    "markup": '"><img data-injected src=x onerror="document.body.dataset.injected=1"><script data-injected>1</script>',
    "right to left": "abc\u202efed\u2066\u200f אבג",
    "four bytes": "𝔉𝔦𝔯𝔪𝔞 🏴‍☠️ 𓀀",
    "long": "Wż" * 5000,
    "no text": "a\u0000b\u0007c",
}
_FORMS = """() => [...document.querySelectorAll("main form")].flatMap((form, at) => {
  const typed = [...form.querySelectorAll("input:not([type=hidden], [type=checkbox], [type=radio], [type=file]), textarea")];
  return typed.length ? [[at, document.body.dataset.page + " " + typed.map((field) => field.name)]] : [];
})"""
_FILL_AND_SEND = """([at, text]) => {
  const form = document.querySelectorAll("main form")[at];
  for (const field of form.querySelectorAll("input:not([type=hidden], [type=file]), textarea")) {
    if (field.type === "checkbox" || field.type === "radio") field.checked = true;
    else if (field.type === "email") field.type = "text", field.value = text;
    else field.value = text;
  }
  form.requestSubmit(form.querySelector("button:not([type=button])"));
}"""


@pytest.mark.timeout(600)
def test_no_page_takes_a_text_for_more(portal: Stage, browser: Browser) -> None:
    cast = Cast(portal.world, name="wrogie" + "x" * 50, mark=MARK, person_mark=PERSON_MARK)
    tried: set[str] = set()
    with looking(browser, portal.url) as looker:
        looker.page.set_viewport_size({"width": 360, "height": 740})
        for stop in stops(cast, links(portal.world, cast)):
            looker.become(stop.who, Language.POLISH)
            looker.open(stop.path)
            if stop.act:
                stop.act(looker.page)
            _look(looker, stop.name)
            if not stop.act:
                _type_into_forms(looker, stop, tried)
    assert not looker.faults, "\n".join(looker.faults)
    assert looker.failed == []
    assert len(tried) > 15


def _type_into_forms(looker: Looker, stop: Stop, tried: set[str]) -> None:
    for at, form in looker.page.evaluate(_FORMS):
        if form in tried:
            continue
        tried.add(form)
        for kind, text in TEXTS.items():
            looker.open(stop.path)
            with looker.page.expect_navigation():
                looker.page.evaluate(_FILL_AND_SEND, [at, text])
            _look(looker, f"{stop.name}, form {at} with {kind}")


def _look(looker: Looker, told: str) -> None:
    looker.judge(told, full=False, sizes=[PHONE])
    if looker.page.locator("[data-injected], body[data-injected]").count():
        looker.faults.append(f"{told}: an element was injected")
