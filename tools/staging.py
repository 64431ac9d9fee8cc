# SPDX-License-Identifier: AGPL-3.0-or-later
"""What is done at the server before pictures are taken: everything is read, and colleagues have left their traces."""

from __future__ import annotations

import time
import uuid
from collections.abc import Iterator
from contextlib import contextmanager

from reviewer_app.contract.desk_queue import BulkAct, BulkRequest
from reviewer_app.contract.history import HistoryKind
from reviewer_app.contract.staff import NoteRequest
from reviewer_app.gateway.gateway import Gateway
from tests.e2e.stack import STAFF_PASSWORD

SUPERVISOR, COLLEAGUE, OTHER = PEOPLE = (
    ("maria.kos", "Maria Kos"),
    ("piotr.sowa", "Piotr Sowa"),
    ("anna.lis", "Anna Lis"),
)
NOTED = 1
NOTES = {
    "pl": "@maria.kos Administratorki nie ma w odpisie. Wystarczy samo upoważnienie?",
    "en": "@maria.kos The administrator is not in the extract. Is the authorization enough?",
}
_MOST_SECONDS_OF_READING = 120


def wait_until_read(url: str, username: str) -> list[str]:
    """Wait until the documents of all cases that wait are read; gives the cases, longest first. Raises TimeoutError."""
    with _signed_in(username, url, "pl") as gateway:
        waiting = [entry.id for entry in gateway.queue.companies(open_only=True).items]
        deadline = time.monotonic() + _MOST_SECONDS_OF_READING
        while not all(_is_read(gateway, company_id) for company_id in waiting):
            if time.monotonic() > deadline:
                raise TimeoutError("the documents of the seeded cases are not read")
            time.sleep(1)
    return waiting


def leave_traces(url: str, waiting: list[str], language: str) -> None:
    """Have colleagues write a note, claim and assign, and the supervisor look at cases."""
    with _signed_in(COLLEAGUE[0], url, language) as piotr:
        piotr.acts.note(company_id=waiting[NOTED], request=NoteRequest(text=NOTES[language]), key=_key())
        piotr.claims.claim(company_id=waiting[4], key=_key())
    with _signed_in(SUPERVISOR[0], url, language) as maria:
        ids = {person.username: person.id for person in maria.desk_queue.people()}
        for (username, _name), place in ((OTHER, 5), (SUPERVISOR, 6)):
            company = maria.cases.company(company_id=waiting[place])
            wanted = BulkRequest(act=BulkAct.ASSIGN, companies={company.id: company.version}, assignee_id=ids[username])
            maria.desk_queue.bulk(request=wanted, key=_key())
        for place in (0, 7):
            maria.desk_queue.look(company_id=waiting[place])


@contextmanager
def _signed_in(username: str, url: str, language: str) -> Iterator[Gateway]:
    gateway = Gateway(url, language=lambda: language, on_session=lambda _session: None)
    try:
        gateway.sessions.sign_in(username=username, password=STAFF_PASSWORD)
        yield gateway
    finally:
        gateway.close()


def _is_read(gateway: Gateway, company_id: str) -> bool:
    history = gateway.cases.history(company_id=company_id)
    return any(entry.kind == HistoryKind.DOCUMENTS_CHECKED for entry in history)


def _key() -> str:
    return str(uuid.uuid4())
