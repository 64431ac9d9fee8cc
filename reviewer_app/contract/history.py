# SPDX-License-Identifier: AGPL-3.0-or-later
"""Kinds of acts in the history and the change feed, each with the sentence that tells it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from enum import StrEnum

from reviewer_app.contract.companies import FIELD_TEXTS
from reviewer_app.contract.reasons import REASONS, ReasonCode
from reviewer_app.contract.states import DOCUMENT_KIND_TEXTS, VERDICT_TEXTS, DocumentKind, Verdict
from reviewer_app.contract.text import Text


class HistoryKind(StrEnum):
    """What happened. Stable codes; clients pass over those they do not know."""

    ACCOUNT_REGISTERED = "account_registered"
    ACCOUNT_ACTIVATED = "account_activated"
    PASSWORD_CHANGED = "password_changed"
    STAFF_ACCOUNT_ADDED = "staff_account_added"
    STAFF_ACCOUNT_DISABLED = "staff_account_disabled"
    STAFF_PASSWORD_RESET = "staff_password_reset"
    STAFF_OTP_RESET = "staff_otp_reset"
    STAFF_PASSWORD_CHANGED = "staff_password_changed"

    COMPANY_CREATED = "company_created"
    COMPANY_CHANGED = "company_changed"
    COMPANY_REGISTERED = "company_registered"
    DUPLICATE_FLAGGED = "duplicate_flagged"
    DOCUMENT_UPLOADED = "document_uploaded"
    DOCUMENT_REPLACED = "document_replaced"
    AUTHORIZATION_ISSUED = "authorization_issued"
    SHEET_OUTDATED = "sheet_outdated"
    SUBMITTED = "submitted"
    WITHDRAWN = "withdrawn"

    CLAIMED = "claimed"
    CLAIM_RELEASED = "claim_released"
    CLAIM_TAKEN_OVER = "claim_taken_over"
    CLAIM_ENDED = "claim_ended"
    ASSIGNED = "assigned"
    UNASSIGNED = "unassigned"
    CLAIMED_THOUGH_ASSIGNED = "claimed_though_assigned"
    CHECKS_REFRESHED = "checks_refreshed"
    DOCUMENTS_CHECKED = "documents_checked"
    DOCUMENT_PRINT_BEGUN = "document_print_begun"
    DOCUMENT_PRINTED = "document_printed"
    DOCUMENT_PRINT_FAILED = "document_print_failed"
    PAGE_ROTATED = "page_rotated"
    NOTE_ADDED = "note_added"
    HELD = "held"
    HOLD_ENDED = "hold_ended"
    ESCALATED = "escalated"
    ESCALATION_ENDED = "escalation_ended"
    VERDICT_GIVEN = "verdict_given"
    FIRST_APPROVAL = "first_approval"
    APPROVED = "approved"
    CORRECTION_REQUESTED = "correction_requested"
    REJECTED = "rejected"
    REOPENED = "reopened"

    COMPLETION_LINK_SENT = "completion_link_sent"
    COMPLETED = "completed"
    CLEARED = "cleared"
    SUSPENDED = "suspended"
    RESTORED = "restored"
    REMINDER_SENT = "reminder_sent"

    EMPLOYEE_INVITED = "employee_invited"
    INVITATION_SENT_AGAIN = "invitation_sent_again"
    INVITATION_REVOKED = "invitation_revoked"
    EMPLOYEE_JOINED = "employee_joined"
    EMPLOYEE_CHANGED = "employee_changed"
    EMPLOYEE_BLOCKED = "employee_blocked"
    EMPLOYEE_UNBLOCKED = "employee_unblocked"
    EMPLOYEE_REMOVED = "employee_removed"
    EMPLOYEE_LEFT = "employee_left"
    PERMISSIONS_CHANGED = "permissions_changed"
    SUPERIOR_CHANGED = "superior_changed"
    ADDRESS_ADDED = "address_added"
    ADDRESS_CHANGED = "address_changed"
    ADDRESS_REMOVED = "address_removed"
    ADMINISTRATOR_CHANGE_REQUESTED = "administrator_change_requested"
    ADMINISTRATOR_CHANGE_WITHDRAWN = "administrator_change_withdrawn"
    ADMINISTRATOR_CHANGE_SUBMITTED = "administrator_change_submitted"
    ADMINISTRATOR_CHANGED = "administrator_changed"
    ADMINISTRATOR_CHANGE_REFUSED = "administrator_change_refused"
    ADMINISTRATOR_LEFT = "administrator_left"
    REGISTERS_CHECKED = "registers_checked"
    EMAIL_CHANGE_REQUESTED = "email_change_requested"
    EMAIL_CHANGE_CANCELLED = "email_change_cancelled"
    EMAIL_CHANGED = "email_changed"


HISTORY_TEXTS: dict[HistoryKind, Text] = {
    HistoryKind.ACCOUNT_REGISTERED: Text("Zarejestrowano konto klienta.", "Customer account registered."),
    HistoryKind.ACCOUNT_ACTIVATED: Text("Aktywowano konto klienta.", "Customer account activated."),
    HistoryKind.PASSWORD_CHANGED: Text("Zmieniono hasło.", "Password changed."),
    HistoryKind.STAFF_ACCOUNT_ADDED: Text("Dodano konto pracownika {username}.", "Staff account {username} added."),
    HistoryKind.STAFF_ACCOUNT_DISABLED: Text(
        "Wyłączono konto pracownika {username}.", "Staff account {username} disabled."
    ),
    HistoryKind.STAFF_PASSWORD_RESET: Text(
        "Ustawiono nowe hasło pracownika {username}.", "New password set for staff account {username}."
    ),
    HistoryKind.STAFF_OTP_RESET: Text(
        "Ustawiono nowy kod jednorazowy pracownika {username}.", "New one-time codes set for staff account {username}."
    ),
    HistoryKind.STAFF_PASSWORD_CHANGED: Text(
        "Pracownik {username} zmienił swoje hasło.", "{username} changed their own password."
    ),
    HistoryKind.COMPANY_CREATED: Text("Dodano firmę.", "Company added."),
    HistoryKind.COMPANY_CHANGED: Text("Zmieniono dane: {fields}.", "Data changed: {fields}."),
    HistoryKind.COMPANY_REGISTERED: Text("Firmę zarejestrowano.", "Company registered."),
    HistoryKind.DUPLICATE_FLAGGED: Text("Inna firma ma ten sam NIP.", "Another company has the same NIP."),
    HistoryKind.DOCUMENT_UPLOADED: Text(
        "Przesłano dokument: {document_kind} ({file_name}).", "Document uploaded: {document_kind} ({file_name})."
    ),
    HistoryKind.DOCUMENT_REPLACED: Text(
        "Przesłano nową wersję dokumentu: {document_kind} ({file_name}).",
        "New version of a document uploaded: {document_kind} ({file_name}).",
    ),
    HistoryKind.AUTHORIZATION_ISSUED: Text(
        "Pobrano upoważnienie nr {number}.", "Authorization no. {number} downloaded."
    ),
    HistoryKind.SHEET_OUTDATED: Text(
        "Dane upoważnienia zmieniły się: potrzebne jest nowe.", "The authorization's data changed: a new one is needed."
    ),
    HistoryKind.SUBMITTED: Text("Przekazano do weryfikacji (runda {round}).", "Submitted for review (round {round})."),
    HistoryKind.WITHDRAWN: Text("Wycofano zgłoszenie.", "Submission withdrawn."),
    HistoryKind.CLAIMED: Text("Wzięto sprawę.", "Case claimed."),
    HistoryKind.CLAIM_RELEASED: Text("Zwolniono sprawę.", "Case released."),
    HistoryKind.CLAIM_TAKEN_OVER: Text("Przejęto sprawę od: {previous}.", "Case taken over from {previous}."),
    HistoryKind.CLAIM_ENDED: Text("Prowadzenie sprawy zakończone.", "The claim ended."),
    HistoryKind.ASSIGNED: Text("Przydzielono sprawę osobie: {person}.", "Case assigned to {person}."),
    HistoryKind.UNASSIGNED: Text(
        "Zakończono przydział sprawy osobie: {person}.", "Case no longer assigned to {person}."
    ),
    HistoryKind.CLAIMED_THOUGH_ASSIGNED: Text(
        "Wzięto sprawę przydzieloną osobie: {person}.", "Case claimed although it is assigned to {person}."
    ),
    HistoryKind.CHECKS_REFRESHED: Text("Powtórzono sprawdzenia.", "Checks run again."),
    HistoryKind.DOCUMENTS_CHECKED: Text(
        "Odczytano dokumenty i sprawdzono je: {ok} zgodnych, {warn} do sprawdzenia, {fail} błędnych, {unknown} niewiadomych.",
        "The documents were read and checked: {ok} right, {warn} to look at, {fail} wrong, {unknown} unknown.",
    ),
    HistoryKind.DOCUMENT_PRINT_BEGUN: Text(
        "Rozpoczęto druk dokumentu: {document_kind} ({file_name}, wersja {version}), strony: {pages}.",
        "Print of a document begun: {document_kind} ({file_name}, version {version}), pages: {pages}.",
    ),
    HistoryKind.DOCUMENT_PRINT_FAILED: Text(
        "Druk dokumentu przerwany: {document_kind} ({file_name}, wersja {version}). Przekazane drukarce strony: {pages}.",
        "Print of a document broken off: {document_kind} ({file_name}, version {version}). Pages given to the printer: {pages}.",
    ),
    HistoryKind.DOCUMENT_PRINTED: Text(
        "Wydrukowano dokument: {document_kind} ({file_name}, wersja {version}), strony: {pages}.",
        "Document printed: {document_kind} ({file_name}, version {version}), pages: {pages}.",
    ),
    HistoryKind.PAGE_ROTATED: Text(
        "Obrócono stronę {page} dokumentu {document_kind} ({file_name}): {degrees}°.",
        "Page {page} turned to {degrees}°: {document_kind} ({file_name}).",
    ),
    HistoryKind.NOTE_ADDED: Text("Notatka: {note}", "Note: {note}"),
    HistoryKind.HELD: Text("Wstrzymano sprawę: {reason}", "Case put on hold: {reason}"),
    HistoryKind.HOLD_ENDED: Text("Wznowiono sprawę.", "Case taken off hold."),
    HistoryKind.ESCALATED: Text("Przekazano kierownikowi: {reason}", "Escalated to a supervisor: {reason}"),
    HistoryKind.ESCALATION_ENDED: Text("Kierownik zakończył eskalację.", "A supervisor ended the escalation."),
    HistoryKind.VERDICT_GIVEN: Text(
        "Oceniono dokument: {document_kind}: {verdict}. {reasons}",
        "Document reviewed: {document_kind}: {verdict}. {reasons}",
    ),
    HistoryKind.FIRST_APPROVAL: Text(
        "Zaakceptowano po raz pierwszy: potrzebna druga weryfikacja.", "Approved once: a second review is due."
    ),
    HistoryKind.APPROVED: Text("Zaakceptowano firmę.", "Company approved."),
    HistoryKind.CORRECTION_REQUESTED: Text("Poproszono o poprawę. {reasons}", "Correction requested. {reasons}"),
    HistoryKind.REJECTED: Text("Odmówiono. {reasons}", "Refused. {reasons}"),
    HistoryKind.REOPENED: Text("Otwarto sprawę ponownie: {reason}", "Case opened again: {reason}"),
    HistoryKind.COMPLETION_LINK_SENT: Text(
        "Wysłano link do zakończenia rejestracji.", "Link to finish the registration sent."
    ),
    HistoryKind.COMPLETED: Text("Klient zakończył rejestrację.", "The customer finished the registration."),
    HistoryKind.CLEARED: Text("Klient wyczyścił konto firmy.", "The customer cleared the company's account."),
    HistoryKind.SUSPENDED: Text("Zawieszono firmę: {reason}", "Company suspended: {reason}"),
    HistoryKind.RESTORED: Text("Przywrócono firmę: {reason}", "Company restored: {reason}"),
    HistoryKind.REMINDER_SENT: Text(
        "Wysłano przypomnienie po {days} dniach: {person}.", "Reminder sent after {days} days to {person}."
    ),
    HistoryKind.EMPLOYEE_INVITED: Text("Zaproszono pracownika: {person}.", "Employee invited: {person}."),
    HistoryKind.INVITATION_SENT_AGAIN: Text(
        "Ponownie wysłano zaproszenie: {person}.", "Invitation sent again: {person}."
    ),
    HistoryKind.INVITATION_REVOKED: Text("Cofnięto zaproszenie: {person}.", "Invitation revoked: {person}."),
    HistoryKind.EMPLOYEE_JOINED: Text("Pracownik dołączył do firmy: {person}.", "Employee joined: {person}."),
    HistoryKind.EMPLOYEE_CHANGED: Text(
        "Zmieniono dane pracownika {person}: {fields}.", "Data of the employee {person} changed: {fields}."
    ),
    HistoryKind.EMPLOYEE_BLOCKED: Text("Zablokowano pracownika: {person}.", "Employee blocked: {person}."),
    HistoryKind.EMPLOYEE_UNBLOCKED: Text("Odblokowano pracownika: {person}.", "Employee unblocked: {person}."),
    HistoryKind.EMPLOYEE_REMOVED: Text("Usunięto pracownika: {person}.", "Employee removed: {person}."),
    HistoryKind.EMPLOYEE_LEFT: Text("Pracownik opuścił firmę: {person}.", "Employee left: {person}."),
    HistoryKind.PERMISSIONS_CHANGED: Text(
        "Zmieniono uprawnienia pracownika {person}: było {before}, jest {after}.",
        "Permissions of {person} changed from {before} to {after}.",
    ),
    HistoryKind.SUPERIOR_CHANGED: Text(
        "Zmieniono przełożonego pracownika {person} na: {superior}.", "Superior of {person} changed to: {superior}."
    ),
    HistoryKind.ADDRESS_ADDED: Text("Dodano adres: {address}.", "Address added: {address}."),
    HistoryKind.ADDRESS_CHANGED: Text("Zmieniono adres: {address}.", "Address changed: {address}."),
    HistoryKind.ADDRESS_REMOVED: Text("Usunięto adres: {address}.", "Address removed: {address}."),
    HistoryKind.ADMINISTRATOR_CHANGE_REQUESTED: Text(
        "Zgłoszono zmianę administratora na: {person}.", "A change of the administrator to {person} was asked for."
    ),
    HistoryKind.ADMINISTRATOR_CHANGE_WITHDRAWN: Text(
        "Wycofano zmianę administratora na: {person}.", "The change of the administrator to {person} was withdrawn."
    ),
    HistoryKind.ADMINISTRATOR_CHANGE_SUBMITTED: Text(
        "Przekazano do weryfikacji zmianę administratora na: {person}.",
        "The change of the administrator to {person} was submitted for review.",
    ),
    HistoryKind.ADMINISTRATOR_CHANGED: Text(
        "Administratorem firmy jest teraz {person}.", "The company's administrator is now {person}."
    ),
    HistoryKind.ADMINISTRATOR_CHANGE_REFUSED: Text(
        "Odmówiono zmiany administratora na: {person}.", "The change of the administrator to {person} was refused."
    ),
    HistoryKind.ADMINISTRATOR_LEFT: Text(
        "Administrator {person} opuścił firmę.", "The administrator {person} left the company."
    ),
    HistoryKind.REGISTERS_CHECKED: Text(
        "Odpytano rejestry: zgodne {ok}, do sprawdzenia {warn}, niezgodne {fail}, niesprawdzone {unknown}.",
        "Registers asked: {ok} in order, {warn} to be looked at, {fail} not in order, {unknown} not checked.",
    ),
    HistoryKind.EMAIL_CHANGE_REQUESTED: Text(
        "Poproszono o zmianę adresu e-mail konta.", "A change of the account's e-mail address was asked for."
    ),
    HistoryKind.EMAIL_CHANGE_CANCELLED: Text(
        "Anulowano zmianę adresu e-mail konta.", "The change of the account's e-mail address was cancelled."
    ),
    HistoryKind.EMAIL_CHANGED: Text(
        "Zmieniono adres e-mail konta: {person}.", "E-mail address of the account of {person} changed."
    ),
}


def _names(codes: str, name: Callable[[str], Text]) -> Text:
    texts = [name(code) for code in codes.split(",") if code]
    return Text(", ".join(text.pl for text in texts), ", ".join(text.en for text in texts))


_NAMED: dict[str, Callable[[str], Text]] = {
    "document_kind": lambda code: DOCUMENT_KIND_TEXTS[DocumentKind(code)],
    "verdict": lambda code: VERDICT_TEXTS[Verdict(code)],
    "fields": lambda codes: _names(codes, lambda code: FIELD_TEXTS.get(code, Text(code, code))),
    "reasons": lambda codes: _names(codes, lambda code: REASONS[ReasonCode(code)].label),
}
"""Details that hold codes (comma-separated where there are several) and how each is named to a reader."""


class _Known(dict[str, str]):
    def __missing__(self, key: str) -> str:
        return "–"


def history_text(kind: HistoryKind, details: Mapping[str, str]) -> Text:
    """Tell an act in a sentence. Details that are codes are named; one that was erased is a dash."""
    named = {key: _NAMED[key](value) if key in _NAMED else Text(value, value) for key, value in details.items()}
    text = HISTORY_TEXTS[kind]
    return Text(
        text.pl.format_map(_Known({key: value.pl for key, value in named.items()})).strip(),
        text.en.format_map(_Known({key: value.en for key, value in named.items()})).strip(),
    )
