# SPDX-License-Identifier: AGPL-3.0-or-later
"""Problem codes of the API (RFC 9457): each with its HTTP status and its message to the user."""

from __future__ import annotations

from enum import StrEnum
from typing import NamedTuple

from reviewer_app.contract.field_problems import FIELD_PROBLEMS, FieldCode
from reviewer_app.contract.text import Text

__all__ = ["FIELD_PROBLEMS", "PROBLEMS", "FieldCode", "ProblemCode", "ProblemKind"]


class ProblemCode(StrEnum):
    """Stable codes that clients act on."""

    VALIDATION_FAILED = "validation_failed"
    MALFORMED_REQUEST = "malformed_request"
    NOT_FOUND = "not_found"
    METHOD_NOT_ALLOWED = "method_not_allowed"
    UNAUTHENTICATED = "unauthenticated"
    SESSION_EXPIRED = "session_expired"
    INVALID_CREDENTIALS = "invalid_credentials"
    OTP_REQUIRED = "otp_required"
    NOT_ACTIVATED = "not_activated"
    ACCOUNT_DISABLED = "account_disabled"
    PERMISSION_MISSING = "permission_missing"
    COMPANY_BLOCKED = "company_blocked"
    TOO_MANY_ATTEMPTS = "too_many_attempts"
    LINK_EXPIRED = "link_expired"
    LINK_USED = "link_used"
    LINK_UNKNOWN = "link_unknown"
    EMAIL_TAKEN = "email_taken"
    REGISTERS_NOT_SET = "registers_not_set"
    COMPANY_EXISTS = "company_exists"
    NO_COMPANY = "no_company"
    INCOMPLETE = "incomplete"
    INVALID_TRANSITION = "invalid_transition"
    ADMINISTRATOR_MISSING = "administrator_missing"
    VERSION_REQUIRED = "version_required"
    STALE_VERSION = "stale_version"
    IDEMPOTENCY_KEY_MISSING = "idempotency_key_missing"
    IDEMPOTENCY_KEY_REUSED = "idempotency_key_reused"
    IDEMPOTENCY_IN_PROGRESS = "idempotency_in_progress"
    CLAIMED_BY_OTHER = "claimed_by_other"
    ASSIGNED_TO_OTHER = "assigned_to_other"
    CLAIM_REQUIRED = "claim_required"
    LEASE_LOST = "lease_lost"
    REASON_REQUIRED = "reason_required"
    REASON_NOT_APPLICABLE = "reason_not_applicable"
    NOTE_REQUIRED = "note_required"
    VERDICTS_MISSING = "verdicts_missing"
    DOCUMENT_NOT_CURRENT = "document_not_current"
    DUPLICATE_COMPANY = "duplicate_company"
    SECOND_REVIEWER_REQUIRED = "second_reviewer_required"
    FILE_TOO_LARGE = "file_too_large"
    UNSUPPORTED_TYPE = "unsupported_type"
    EMPTY_FILE = "empty_file"
    UNREADABLE = "unreadable"
    PASSWORD_PROTECTED = "password_protected"
    TOO_MANY_PAGES = "too_many_pages"
    TOO_LARGE_PAGE = "too_large_page"
    STORAGE_QUOTA = "storage_quota"
    RANGE_NOT_SATISFIABLE = "range_not_satisfiable"
    HIERARCHY_CYCLE = "hierarchy_cycle"
    HIERARCHY_TOO_DEEP = "hierarchy_too_deep"
    HAS_SUBORDINATES = "has_subordinates"
    NOT_ADMINISTRATOR = "not_administrator"
    ADMINISTRATOR_EXISTS = "administrator_exists"
    BLOCKS_COMPANY = "blocks_company"
    CHANGE_OPEN = "change_open"
    CANDIDATE_OF_CHANGE = "candidate_of_change"
    GRANT_NOT_ALLOWED = "grant_not_allowed"
    ACCOUNT_EXISTS = "account_exists"
    MEMBER_OF_OTHER_COMPANY = "member_of_other_company"
    INSPECTION_UNAVAILABLE = "inspection_unavailable"
    UNAVAILABLE = "unavailable"
    INTERNAL_ERROR = "internal_error"


class ProblemKind(NamedTuple):
    """HTTP status and message of a problem; placeholders are filled from the problem's extension members."""

    status: int
    text: Text


PROBLEMS: dict[ProblemCode, ProblemKind] = {
    ProblemCode.VALIDATION_FAILED: ProblemKind(
        422,
        Text(
            "Niektóre dane są błędne. Prosimy poprawić wskazane pola.",
            "Some data is wrong. Please correct the fields named below.",
        ),
    ),
    ProblemCode.MALFORMED_REQUEST: ProblemKind(400, Text("Nie można odczytać żądania.", "The request cannot be read.")),
    ProblemCode.NOT_FOUND: ProblemKind(404, Text("Nie znaleziono.", "Not found.")),
    ProblemCode.METHOD_NOT_ALLOWED: ProblemKind(
        405, Text("Ta operacja nie jest dostępna pod tym adresem.", "This address does not take this method.")
    ),
    ProblemCode.UNAUTHENTICATED: ProblemKind(401, Text("Prosimy się zalogować.", "Please sign in.")),
    ProblemCode.SESSION_EXPIRED: ProblemKind(
        401, Text("Sesja wygasła. Prosimy zalogować się ponownie.", "The session has expired. Please sign in again.")
    ),
    ProblemCode.INVALID_CREDENTIALS: ProblemKind(
        401, Text("Nieprawidłowy login lub hasło.", "Wrong user name or password.")
    ),
    ProblemCode.OTP_REQUIRED: ProblemKind(
        401, Text("Prosimy podać kod jednorazowy.", "Please give the one-time code.")
    ),
    ProblemCode.NOT_ACTIVATED: ProblemKind(
        403,
        Text(
            "Konto nie jest jeszcze aktywne. Prosimy użyć linku z wiadomości e-mail.",
            "The account is not active yet. Please use the link in the e-mail.",
        ),
    ),
    ProblemCode.ACCOUNT_DISABLED: ProblemKind(403, Text("Konto jest wyłączone.", "The account is disabled.")),
    ProblemCode.PERMISSION_MISSING: ProblemKind(
        403, Text("Brak uprawnienia do tej czynności.", "You do not have the permission for this.")
    ),
    ProblemCode.COMPANY_BLOCKED: ProblemKind(
        403,
        Text(
            "Firma jest zablokowana. Skontaktuj się z administratorem firmy.",
            "The company is blocked. Please contact its administrator.",
        ),
    ),
    ProblemCode.TOO_MANY_ATTEMPTS: ProblemKind(
        429,
        Text(
            "Zbyt wiele prób. Prosimy spróbować ponownie za {seconds} s.",
            "Too many attempts. Please try again in {seconds} s.",
        ),
    ),
    ProblemCode.LINK_EXPIRED: ProblemKind(
        410, Text("Link wygasł. Prosimy poprosić o nowy.", "The link has expired. Please ask for a new one.")
    ),
    ProblemCode.LINK_USED: ProblemKind(
        410, Text("Ten link został już wykorzystany.", "This link has been used already.")
    ),
    ProblemCode.LINK_UNKNOWN: ProblemKind(
        404,
        Text(
            "Ten link jest nieprawidłowy. Prosimy skopiować cały adres z wiadomości.",
            "This link is not valid. Please copy the whole address from the e-mail.",
        ),
    ),
    ProblemCode.REGISTERS_NOT_SET: ProblemKind(
        404,
        Text(
            "Pobieranie danych z rejestrów nie jest włączone. Prosimy wpisać dane ręcznie.",
            "Data cannot be fetched from the registers here. Please type it by hand.",
        ),
    ),
    ProblemCode.EMAIL_TAKEN: ProblemKind(
        409,
        Text(
            "Ten adres należy już do innego konta albo do osoby z listy firmy. Adres konta się nie zmienił.",
            "This address belongs to another account or to someone on the company's list by now. "
            "The account's address has not changed.",
        ),
    ),
    ProblemCode.COMPANY_EXISTS: ProblemKind(409, Text("To konto ma już firmę.", "This account has a company already.")),
    ProblemCode.NO_COMPANY: ProblemKind(
        404, Text("To konto nie ma jeszcze firmy.", "This account has no company yet.")
    ),
    ProblemCode.INCOMPLETE: ProblemKind(
        409, Text("Zgłoszenie nie jest jeszcze kompletne.", "The submission is not complete yet.")
    ),
    ProblemCode.INVALID_TRANSITION: ProblemKind(
        409,
        Text("W obecnym stanie sprawy nie można tego zrobić.", "This cannot be done in the present state of the case."),
    ),
    ProblemCode.ADMINISTRATOR_MISSING: ProblemKind(
        409,
        Text(
            "Firma nie ma administratora. Można ją przywrócić dopiero, gdy nowy zostanie zaakceptowany.",
            "The company has no administrator. It can be restored only when a new one has been accepted.",
        ),
    ),
    ProblemCode.VERSION_REQUIRED: ProblemKind(
        428, Text("Brak nagłówka If-Match z wersją danych.", "The If-Match header with the version is missing.")
    ),
    ProblemCode.STALE_VERSION: ProblemKind(
        412,
        Text(
            "Dane zmieniły się w międzyczasie. Prosimy obejrzeć nową wersję i powtórzyć.",
            "The data has changed meanwhile. Please look at the new version and do it again.",
        ),
    ),
    ProblemCode.IDEMPOTENCY_KEY_MISSING: ProblemKind(
        400, Text("Brak nagłówka Idempotency-Key.", "The Idempotency-Key header is missing.")
    ),
    ProblemCode.IDEMPOTENCY_KEY_REUSED: ProblemKind(
        422,
        Text("Ten sam Idempotency-Key przyszedł z inną treścią.", "The same Idempotency-Key came with another body."),
    ),
    ProblemCode.IDEMPOTENCY_IN_PROGRESS: ProblemKind(
        409, Text("To samo żądanie jest jeszcze wykonywane.", "The same request is still running.")
    ),
    ProblemCode.CLAIMED_BY_OTHER: ProblemKind(
        409, Text("Sprawę prowadzi teraz {holder}.", "The case is held by {holder} now.")
    ),
    ProblemCode.ASSIGNED_TO_OTHER: ProblemKind(
        409, Text("Sprawa jest przydzielona osobie: {person}.", "The case is assigned to {person}.")
    ),
    ProblemCode.CLAIM_REQUIRED: ProblemKind(409, Text("Najpierw weź sprawę.", "Take the case first.")),
    ProblemCode.LEASE_LOST: ProblemKind(
        409,
        Text(
            "Sprawa nie jest już przypisana do tej sesji. Weź ją ponownie.",
            "The case is no longer held by this session. Take it again.",
        ),
    ),
    ProblemCode.REASON_REQUIRED: ProblemKind(422, Text("Podaj co najmniej jeden powód.", "Give at least one reason.")),
    ProblemCode.REASON_NOT_APPLICABLE: ProblemKind(
        422,
        Text(
            "Ten powód nie dotyczy tego dokumentu lub decyzji.",
            "This reason does not apply to this document or decision.",
        ),
    ),
    ProblemCode.NOTE_REQUIRED: ProblemKind(422, Text("Ten powód wymaga opisu.", "This reason needs a text.")),
    ProblemCode.VERDICTS_MISSING: ProblemKind(
        422, Text("Nie wszystkie bieżące dokumenty zostały ocenione.", "Not every current document has a verdict.")
    ),
    ProblemCode.DOCUMENT_NOT_CURRENT: ProblemKind(
        409,
        Text("Ten dokument został zastąpiony nowszą wersją.", "This document has been replaced by a newer version."),
    ),
    ProblemCode.DUPLICATE_COMPANY: ProblemKind(
        409,
        Text(
            "Inna firma z tym numerem NIP jest już zaakceptowana.", "Another company with this NIP is approved already."
        ),
    ),
    ProblemCode.SECOND_REVIEWER_REQUIRED: ProblemKind(
        409, Text("Drugą weryfikację musi wykonać inna osoba.", "The second review has to be done by another person.")
    ),
    ProblemCode.FILE_TOO_LARGE: ProblemKind(
        413,
        Text(
            "Plik jest za duży. Dozwolone jest najwyżej {limit} MB.",
            "The file is too large. At most {limit} MB are allowed.",
        ),
    ),
    ProblemCode.UNSUPPORTED_TYPE: ProblemKind(
        415,
        Text(
            "Tego rodzaju pliku nie przyjmujemy. Prosimy o PDF, JPG, PNG lub TIFF.",
            "Files of this type are not accepted. Please use PDF, JPG, PNG or TIFF.",
        ),
    ),
    ProblemCode.EMPTY_FILE: ProblemKind(422, Text("Plik jest pusty.", "The file is empty.")),
    ProblemCode.UNREADABLE: ProblemKind(
        422,
        Text(
            "Pliku nie można odczytać: jest uszkodzony lub niekompletny.",
            "The file cannot be read: it is damaged or incomplete.",
        ),
    ),
    ProblemCode.PASSWORD_PROTECTED: ProblemKind(
        422,
        Text(
            "Plik jest chroniony hasłem. Prosimy o plik bez hasła.",
            "The file is password-protected. Please upload it without a password.",
        ),
    ),
    ProblemCode.TOO_MANY_PAGES: ProblemKind(
        422,
        Text(
            "Plik ma zbyt wiele stron. Dozwolone jest najwyżej {limit}.",
            "The file has too many pages. At most {limit} are allowed.",
        ),
    ),
    ProblemCode.TOO_LARGE_PAGE: ProblemKind(
        422, Text("Strona lub obraz ma zbyt duże wymiary.", "A page or picture is too large in its dimensions.")
    ),
    ProblemCode.RANGE_NOT_SATISFIABLE: ProblemKind(
        416, Text("Plik jest krótszy niż żądany fragment.", "The file is shorter than the part that was asked for.")
    ),
    ProblemCode.STORAGE_QUOTA: ProblemKind(
        413, Text("Firma przekroczyła limit miejsca na dokumenty.", "The company has used up its space for documents.")
    ),
    ProblemCode.HIERARCHY_CYCLE: ProblemKind(
        409, Text("Tak powstałoby koło przełożonych.", "This would make a circle of superiors.")
    ),
    ProblemCode.HIERARCHY_TOO_DEEP: ProblemKind(
        409, Text("Struktura może mieć najwyżej {limit} szczebli.", "The structure may have at most {limit} levels.")
    ),
    ProblemCode.HAS_SUBORDINATES: ProblemKind(
        409,
        Text(
            "Ta osoba jest przełożonym. Wskaż, komu mają podlegać jej podwładni.",
            "This person is a superior. Say to whom their people go.",
        ),
    ),
    ProblemCode.NOT_ADMINISTRATOR: ProblemKind(
        403, Text("Tę czynność wykonuje tylko administrator firmy.", "Only the company's administrator can do this.")
    ),
    ProblemCode.ADMINISTRATOR_EXISTS: ProblemKind(
        409,
        Text(
            "Administrator firmy może być tylko jeden, a firma już go ma. Zmianę zgłasza obecny administrator.",
            "A company has exactly one administrator, and this one has one. The present administrator asks for a change.",
        ),
    ),
    ProblemCode.BLOCKS_COMPANY: ProblemKind(
        409,
        Text(
            "Bez administratora firma zostanie zablokowana. Prosimy to potwierdzić.",
            "Without an administrator the company will be blocked. Please confirm this.",
        ),
    ),
    ProblemCode.CHANGE_OPEN: ProblemKind(
        409, Text("Zmiana administratora jest już w toku.", "A change of the administrator is under way already.")
    ),
    ProblemCode.CANDIDATE_OF_CHANGE: ProblemKind(
        409,
        Text(
            "Ta osoba ma zostać administratorem. Najpierw wycofaj zmianę administratora.",
            "This person is to become the administrator. Withdraw the change of the administrator first.",
        ),
    ),
    ProblemCode.GRANT_NOT_ALLOWED: ProblemKind(
        403,
        Text(
            "Nie można nadać ani odebrać tych uprawnień tej osobie.",
            "You may not give or take these permissions of this person.",
        ),
    ),
    ProblemCode.ACCOUNT_EXISTS: ProblemKind(
        409,
        Text(
            "Konto z tym adresem e-mail już istnieje. Zaloguj się i przyjmij zaproszenie.",
            "There is an account with this e-mail address already. Sign in and accept the invitation.",
        ),
    ),
    ProblemCode.MEMBER_OF_OTHER_COMPANY: ProblemKind(
        409,
        Text(
            "To konto należy już do firmy. Można należeć tylko do jednej: poproś o zaproszenie na inny adres e-mail.",
            "This account belongs to a company already, and may belong to one only: ask to be invited under another address.",
        ),
    ),
    ProblemCode.INSPECTION_UNAVAILABLE: ProblemKind(
        503,
        Text(
            "Nie udało się teraz sprawdzić pliku. Prosimy spróbować ponownie.",
            "The file could not be checked just now. Please try again.",
        ),
    ),
    ProblemCode.UNAVAILABLE: ProblemKind(
        503,
        Text(
            "Serwer jest chwilowo niedostępny. Prosimy spróbować ponownie.",
            "The server is not available just now. Please try again.",
        ),
    ),
    ProblemCode.INTERNAL_ERROR: ProblemKind(
        500,
        Text(
            "Coś poszło nie tak po naszej stronie. Nic nie zostało zapisane. Numer zdarzenia: {incident}.",
            "Something went wrong on our side. Nothing was saved. Incident number: {incident}.",
        ),
    ),
}
