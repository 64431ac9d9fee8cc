# SPDX-License-Identifier: AGPL-3.0-or-later
"""The mail in the preview: the real template as Qt draws it, with the words of the customer's mail and no others."""

from __future__ import annotations

import pytest
from PySide6.QtGui import QTextDocument, QTextFrame, QTextTable
from pytestqt.qtbot import QtBot

from reviewer_app.backend.mail.content import MailFacts, MailKind
from reviewer_app.backend.mail.rendering import MailRenderer, RenderedMail
from reviewer_app.contract.text import Language
from reviewer_app.models.decision.mail_paper import paper_html

LARGEST_TEXT = 20
DECISIONS = (MailKind.APPROVED, MailKind.CORRECTION_REQUESTED, MailKind.REJECTED)


@pytest.mark.parametrize("kind", DECISIONS)
def test_the_words_are_those_of_the_mail_and_none_that_the_mail_hides(qtbot: QtBot, kind: MailKind) -> None:
    mail, shown = _shown(kind)
    words = _one_line(shown.toPlainText())
    assert words.startswith(_one_line(mail.subject))
    lead = _one_line(mail.text.split("\n\n")[1])
    assert words.count(lead) == 1
    assert "Proszę <podpisać> & ostemplować" in words


@pytest.mark.parametrize("kind", DECISIONS)
def test_no_text_is_blown_up_and_no_box_has_a_frame_of_its_own(qtbot: QtBot, kind: MailKind) -> None:
    _mail, shown = _shown(kind)
    sizes = set()
    block = shown.begin()
    while block.isValid():
        for part in block.textFormats():
            sizes.add(part.format.font().pixelSize())
        block = block.next()
    assert max(sizes) <= LARGEST_TEXT
    assert all(table.format().border() == 0 for table in _tables(shown.rootFrame()))


def test_hidden_parts_styles_and_scripts_are_left_out() -> None:
    given = (
        '<style>p{}</style><p>a</p><div style="display: none">b<br><p>c</p></div><script>d</script><p>e &lt;f&gt;</p>'
    )
    assert paper_html(given) == "<p>a</p><p>e &lt;f&gt;</p>"


def test_a_link_drawn_as_a_button_has_its_room_in_the_cell() -> None:
    given = '<table><tr><td><a style="display:inline-block;padding:16px 32px;">Go</a></td></tr></table>'
    assert 'padding: 16px 32px 16px 32px">' in paper_html(given, scale=1)


def _shown(kind: MailKind) -> tuple[RenderedMail, QTextDocument]:
    facts = MailFacts(
        recipient="zaneta@firma.test",
        language=Language.POLISH,
        first_name="Żaneta",
        company_name="Cis Data sp. z o.o.",
        token="a" * 43,
        customer_note="Proszę <podpisać> & ostemplować",
    )
    mail = MailRenderer("https://portal.example.com").render(kind, facts)
    shown = QTextDocument()
    shown.setHtml(paper_html(mail.html))
    return mail, shown


def _tables(frame: QTextFrame) -> list[QTextTable]:
    found = []
    for child in frame.childFrames():
        if isinstance(child, QTextTable):
            found.append(child)
        found += _tables(child)
    return found


def _one_line(text: str) -> str:
    return " ".join(text.split())
