# SPDX-License-Identifier: AGPL-3.0-or-later
"""Writes a mail as text and as HTML. Pure: the same facts give the same mail, so a preview is what will be sent."""

from __future__ import annotations

import re
from typing import Any, NamedTuple

from jinja2 import Environment, FileSystemLoader, StrictUndefined, select_autoescape

from reviewer_app.backend.mail import content
from reviewer_app.backend.mail.content import MAIL_WORDS, MailFacts, MailKind
from reviewer_app.contract.text import Text
from reviewer_app.resources import resource_path

_LONGEST_SUBJECT = 200
_WORD_JOINER = "\u2060"
_LINKED = re.compile(r"(?<=\w)[.@](?=\w{2})|:(?=/)")


class RenderedMail(NamedTuple):
    """A mail as the customer gets it."""

    subject: str
    text: str
    html: str


class MailRenderer:
    """Renders mails from the templates; links lead to the portal at ``public_url`` and nowhere else."""

    def __init__(self, public_url: str) -> None:
        self._public_url = public_url.rstrip("/")
        self._templates = Environment(
            loader=FileSystemLoader(resource_path("templates", "mail")),
            autoescape=select_autoescape(enabled_extensions=("html",), default=False),
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
            keep_trailing_newline=True,
        )

    def render(self, kind: MailKind, facts: MailFacts) -> RenderedMail:
        """Write a mail in the language of its facts."""
        values = self._values(kind, facts)
        return RenderedMail(
            subject=values["subject"],
            text=self._templates.get_template("mail.txt").render(values),
            html=self._templates.get_template("mail.html").render(values),
        )

    def _values(self, kind: MailKind, facts: MailFacts) -> dict[str, Any]:
        words, name, person = MAIL_WORDS[kind], unlinked(facts.company_name), unlinked(facts.person)

        def say(text: Text, **values: str) -> str:
            said = text.in_language(facts.language).format(**values)
            # a name that ends with a full stop ("sp. z o.o.") ends its sentence too
            company = values.get("company", "")
            return said.replace(f"{company}.", company) if company.endswith(".") else said

        company_reasons = content.REASONS_HEADING if kind is MailKind.REJECTED else content.COMPANY_HEADING
        sections = [
            {"heading": say(content.DOCUMENT_HEADING, name=document.name), "reasons": document.reasons}
            for document in facts.documents
        ]
        if facts.reasons:
            sections.append({"heading": say(company_reasons), "reasons": facts.reasons})
        subject = say(words.subject, company=facts.company_name, person=facts.person)
        return {
            "language": facts.language.value,
            "subject": _one_line(subject),
            "heading": _one_line(unlinked(subject)),
            "greeting": say(content.GREETING, name=unlinked(facts.first_name)),
            "lead": say(words.lead, company=name, person=person),
            "link": self._link(words.path, facts.token),
            "action": say(words.action) if words.action else "",
            "sections": sections,
            "note": facts.customer_note,
            "note_heading": say(content.NOTE_HEADING),
            "after": say(words.after),
            "closing": say(content.CLOSING).splitlines(),
            "footer": say(content.FOOTER),
            "copy_link": say(content.COPY_LINK),
        }

    def _link(self, path: str, token: str) -> str:
        if not path:
            return ""
        return f"{self._public_url}{path}/{token}" if token else f"{self._public_url}{path}"


def unlinked(name: str) -> str:
    """Write a name that a customer chose so that a mail program makes no link of it.

    Anybody may register as `www.example.com`, with the address of somebody else: what reaches them leads only to the
    portal. Between what reads as parts of an address stands a word joiner, which is not seen.
    """
    return _LINKED.sub(f"\\g<0>{_WORD_JOINER}", name)


def _one_line(subject: str) -> str:
    line = " ".join(subject.split())
    return line if len(line) <= _LONGEST_SUBJECT else f"{line[: _LONGEST_SUBJECT - 1]}…"
