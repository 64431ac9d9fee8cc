# SPDX-License-Identifier: AGPL-3.0-or-later
"""The QA bench's messages and refusals: what its API says, and what the backend hands to it. Never part of production."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from enum import StrEnum
from fnmatch import fnmatchcase
from typing import Annotated, Any, NamedTuple

from pydantic import Field, field_validator

from reviewer_app.contract.messages import Message, Request, Utc
from reviewer_app.contract.permissions import StaffRole
from reviewer_app.contract.states import CompanyState
from reviewer_app.contract.text import Text

BENCH_PREFIX = "/qa"
"""Where the bench answers. Faults never touch what is below."""

BENCH_STATE_TABLE = "bench_state"
"""The table by which a database is known as that of a bench."""

LONGEST_SHIFT_YEARS = 10
LONGEST_SHIFT_SECONDS = LONGEST_SHIFT_YEARS * 366 * 24 * 3600
"""How far the clock may be ahead of the machine's: near the end of the calendar no date could be worked out any more."""

LARGEST_SEED = 2**31 - 1

BENCH_BANNER = Text(
    "Stanowisko testowe: firmy i dokumenty są wymyślone, żaden list nie wychodzi na zewnątrz",
    "Test bench: companies and documents are invented, no mail leaves this server",
)
"""Shown on every page of the portal and across the desktop while the server is a bench."""


class BenchProblemCode(StrEnum):
    """Why the bench refuses."""

    VALIDATION_FAILED = "validation_failed"
    MALFORMED_REQUEST = "malformed_request"
    NOT_FOUND = "not_found"
    METHOD_NOT_ALLOWED = "method_not_allowed"
    UNKNOWN_SCENARIO = "unknown_scenario"
    ACTION_NOT_POSSIBLE = "action_not_possible"
    CLOCK_BACKWARDS = "clock_backwards"
    CLOCK_TOO_FAR = "clock_too_far"
    FAULTS_LOCK_OUT = "faults_lock_out"
    EXPORT_DAMAGED = "export_damaged"
    EXPORT_FOREIGN = "export_foreign"
    CASE_PRESENT = "case_present"
    CROSS_SITE = "cross_site"
    INTERNAL_ERROR = "internal_error"


class BenchProblemKind(NamedTuple):
    """HTTP status and message of a refusal; placeholders are filled from its values."""

    status: int
    text: Text


BENCH_PROBLEMS: dict[BenchProblemCode, BenchProblemKind] = {
    BenchProblemCode.VALIDATION_FAILED: BenchProblemKind(
        422,
        Text("Niektóre wartości są błędne. Popraw wskazane pola.", "Some values are wrong. Correct the fields named."),
    ),
    BenchProblemCode.MALFORMED_REQUEST: BenchProblemKind(
        400, Text("Nie można odczytać żądania.", "The request cannot be read.")
    ),
    BenchProblemCode.NOT_FOUND: BenchProblemKind(404, Text("Nie znaleziono.", "Not found.")),
    BenchProblemCode.METHOD_NOT_ALLOWED: BenchProblemKind(
        405, Text("Ten adres nie przyjmuje tej metody.", "This address does not take this method.")
    ),
    BenchProblemCode.UNKNOWN_SCENARIO: BenchProblemKind(
        404,
        Text(
            "Nie ma scenariusza „{scenario}”. Nazwy podaje GET /qa/v1/scenarios.",
            "There is no scenario “{scenario}”. GET /qa/v1/scenarios lists the names.",
        ),
    ),
    BenchProblemCode.ACTION_NOT_POSSIBLE: BenchProblemKind(
        409,
        Text(
            "Akcja „{action}” nie jest teraz możliwa: {reason}",
            "The action “{action}” is not possible now: {reason}",
        ),
    ),
    BenchProblemCode.CLOCK_BACKWARDS: BenchProblemKind(
        409,
        Text(
            "Zegara nie można cofnąć: historia, dzierżawy i tokeny liczą czas naprzód. Na stanowisku jest teraz {now} czasu polskiego. "
            "Do czasu maszyny wraca reset.",
            "The clock cannot be moved backwards: history, leases and tokens count forwards. It is {now} in Poland on the bench. "
            "A reset brings it back to the machine's time.",
        ),
    ),
    BenchProblemCode.CLOCK_TOO_FAR: BenchProblemKind(
        422,
        Text(
            "Zegar stanowiska może wyprzedzać zegar maszyny najwyżej o {years} lat. Do czasu maszyny wraca reset.",
            "The bench's clock may be at most {years} years ahead of the machine's. A reset brings it back.",
        ),
    ),
    BenchProblemCode.FAULTS_LOCK_OUT: BenchProblemKind(
        422,
        Text(
            "Ścieżka „{path}” należy do stanowiska testowego, a ono nigdy nie ulega awariom: inaczej nie dałoby się ich wyłączyć.",
            "The path “{path}” is the bench's own, and that never fails: else the faults could not be switched off.",
        ),
    ),
    BenchProblemCode.EXPORT_DAMAGED: BenchProblemKind(
        422,
        Text(
            "Plik jest uszkodzony ({reason}). Pobierz eksport jeszcze raz.",
            "The file is damaged ({reason}). Download the export again.",
        ),
    ),
    BenchProblemCode.EXPORT_FOREIGN: BenchProblemKind(
        422,
        Text(
            "To nie jest eksport sprawy, który ta wersja umie wczytać: {reason}.",
            "This is no export of a case that this version can read: {reason}.",
        ),
    ),
    BenchProblemCode.CASE_PRESENT: BenchProblemKind(
        409,
        Text(
            "Tej sprawy nie można wczytać, bo na stanowisku jest już {what}. Zrób reset albo użyj innego stanowiska.",
            "This case cannot be imported because the bench has {what} already. Reset it, or use another bench.",
        ),
    ),
    BenchProblemCode.CROSS_SITE: BenchProblemKind(
        403, Text("Żądanie przyszło z innej strony.", "The request came from another site.")
    ),
    BenchProblemCode.INTERNAL_ERROR: BenchProblemKind(
        500,
        Text(
            "Coś poszło nie tak. Szczegóły są w dzienniku serwera.", "Something went wrong. The server's log says more."
        ),
    ),
}


class BenchRefusal(Exception):
    """The bench does not do what was asked.

    ``values`` fill the message's placeholders, a :class:`Text` among them in the language of the request. ``field``
    names what is wrong in a request, ``problem`` is the code with which a service refused.
    """

    def __init__(self, code: BenchProblemCode, *, field: str = "", **values: str | Text) -> None:
        super().__init__(code.value)
        self.code = code
        self.field = field
        self.values = values
        self.problem = ""

    @property
    def status(self) -> int:
        """Give the HTTP status of the answer."""
        return BENCH_PROBLEMS[self.code].status

    def in_language(self, language: str) -> str:
        """Say it in a language."""
        told = {
            name: value.in_language(language) if isinstance(value, Text) else value
            for name, value in self.values.items()
        }
        return BENCH_PROBLEMS[self.code].text.in_language(language).format(**told)


class BenchClockRequest(Request):
    """Move the clock: to a moment, or on by seconds. Exactly one is given."""

    now: Utc | None = None
    shift_seconds: Annotated[float, Field(allow_inf_nan=False)] | None = None


class BenchClockState(Message):
    """The bench's time and how far it is ahead of the machine's."""

    now: Utc
    shifted_seconds: float


class FaultStatus(StrEnum):
    """Statuses with which a request may be failed."""

    UNAUTHENTICATED = "401"
    CONFLICT = "409"
    TOO_LARGE = "413"
    TOO_MANY = "429"
    BROKEN = "500"
    UNAVAILABLE = "503"


class FaultRule(Request):
    """What goes wrong under which paths.

    ``paths`` are patterns with ``*`` (any characters). ``error_rate`` is the share of requests that are failed with
    ``status`` or cut off; each of them waits ``latency_ms`` first, and answers come at ``bytes_per_second``.
    ``cut``: ``before`` drops the connection without doing anything, ``after`` does what was asked and loses the answer.
    """

    paths: Annotated[
        tuple[Annotated[str, Field(pattern="^[/*]", max_length=200)], ...], Field(min_length=1, max_length=50)
    ] = ("/*",)
    latency_ms: Annotated[int, Field(ge=0, le=60_000)] = 0
    error_rate: Annotated[float, Field(ge=0, le=1, allow_inf_nan=False)] = 1.0
    status: int | None = None
    cut: Annotated[str, Field(pattern="^(before|after)$")] | None = None
    bytes_per_second: Annotated[int, Field(ge=1, le=1_000_000_000)] | None = None

    @field_validator("status")
    @classmethod
    def _known_status(cls, status: int | None) -> int | None:
        if status is not None and str(status) not in set(FaultStatus):
            raise ValueError("one of " + ", ".join(FaultStatus))
        return status

    def touches(self, path: str) -> bool:
        """Say whether a path is one of those that the rule is about."""
        return any(fnmatchcase(path, pattern) for pattern in self.paths)


class Faults(Message):
    """The faults in force; the first rule that touches a path counts."""

    items: tuple[FaultRule, ...]


class BenchMail(Message):
    """A caught mail. ``due`` is False while it would not have been sent yet; ``links`` are its addresses to follow."""

    id: str
    kind: str
    company_id: str | None
    recipient: str
    language: str
    subject: str
    text: str
    html: str
    links: tuple[str, ...]
    created_at: Utc
    due_at: Utc
    due: bool


class BenchMails(Message):
    """Caught mails, newest first."""

    items: tuple[BenchMail, ...]


class MakeCaseRequest(Request):
    """Make the case of a scenario. The same seed gives the same case with the same ids."""

    scenario: str
    seed: Annotated[int, Field(ge=0, le=LARGEST_SEED)] = 1


class BenchLogin(Message):
    """How to sign in as somebody of the bench."""

    name: str
    password: str


class BenchCase(Message):
    """A case that the bench made. ``actions`` are those that are possible now; ``made`` says whether this call made it."""

    company_id: str
    scenario: str
    seed: int
    name: str
    nip: str
    state: CompanyState
    made_at: Utc
    customer: BenchLogin
    desktop: str
    actions: tuple[str, ...]
    made: bool = False


class BenchCases(Message):
    """Cases on the bench, newest first. ``total`` counts those that were not listed too."""

    items: tuple[BenchCase, ...]
    total: int


class BenchEvent(Message):
    """One thing that happened to a company: an act of its history, or a mail."""

    at: Utc
    actor: str
    actor_name: str
    kind: str
    text: str


class BenchEvents(Message):
    """What happened to a company, oldest first."""

    items: tuple[BenchEvent, ...]


class BenchTruthField(Message):
    """One thing on a page: ``box`` is ``(x0, y0, x1, y1)`` as fractions of the unrotated page, origin top left."""

    name: str
    text: str
    page: int
    box: tuple[float, float, float, float]


class BenchTruth(Message):
    """A paper as it really is: what it is whatever it claims to be, what is wrong with it, and what stands where."""

    document: str
    pages: int
    defects: tuple[str, ...]
    fields: tuple[BenchTruthField, ...]


class BenchPaper(Message):
    """A document that the bench uploaded, with its truth, by which the reading of it can be scored."""

    document_id: str
    kind: str
    version: int
    file_name: str
    sha256: str
    truth: BenchTruth


class BenchPapers(Message):
    """The documents of a company whose truth is known, oldest first; those that somebody else uploaded are not among them."""

    items: tuple[BenchPaper, ...]


class ActionRequest(Request):
    """Do something as the customer or as another member of staff. ``action`` is a code of `BenchAction`."""

    action: str


class ResetRequest(Request):
    """Empty the bench and make cases anew.

    ``scenarios`` are those to make; without them the ones that are there now are made again.
    """

    seed: Annotated[int, Field(ge=0, le=LARGEST_SEED)] = 1
    scenarios: Annotated[tuple[str, ...], Field(max_length=200)] | None = None


class ExpectedFinding(Message):
    """What an automatic check ought to say."""

    check: str
    status: str


class Expectation(Message):
    """What is right in a scenario: its decision, the reasons that belong to it, and the findings that checks ought to give."""

    scenario: str
    group: str
    title_pl: str
    title_en: str
    explanation_pl: str
    explanation_en: str
    decision: str
    decision_pl: str
    decision_en: str
    reasons: tuple[str, ...]
    findings: tuple[ExpectedFinding, ...]
    state: CompanyState
    end_state: CompanyState


class Expectations(Message):
    """The catalogue of scenarios."""

    items: tuple[Expectation, ...]


class BenchAction(StrEnum):
    """What a company's page offers."""

    UPLOAD_AGAIN = "upload_again"
    SUBMIT = "submit"
    WITHDRAW = "withdraw"
    CHANGE_PHONE = "change_phone"
    CHANGE_NAME = "change_name"
    EXPIRE_LINK = "expire_link"
    NEW_LINK = "new_link"
    FINISH = "finish"
    CLEAR = "clear"
    LEAVE = "leave"
    SECOND_CLAIMS = "second_reviewer_claims"
    SECOND_RELEASES = "second_reviewer_releases"
    SECOND_APPROVES = "second_reviewer_approves"
    SECOND_ASKS_CORRECTION = "second_reviewer_asks_correction"
    EXPIRE_LEASE = "expire_lease"


BENCH_ACTION_TEXTS: dict[BenchAction, Text] = {
    BenchAction.UPLOAD_AGAIN: Text("Klient przesyła dokumenty ponownie", "Customer uploads the documents again"),
    BenchAction.SUBMIT: Text("Klient przekazuje do weryfikacji", "Customer submits"),
    BenchAction.WITHDRAW: Text("Klient wycofuje zgłoszenie", "Customer withdraws the submission"),
    BenchAction.CHANGE_PHONE: Text(
        "Klient zmienia telefon (drobna zmiana)", "Customer changes the phone (a small change)"
    ),
    BenchAction.CHANGE_NAME: Text(
        "Klient zmienia nazwę (nowe upoważnienie)", "Customer changes the name (new authorization)"
    ),
    BenchAction.EXPIRE_LINK: Text("Link do dokończenia wygasa", "The finishing link expires"),
    BenchAction.NEW_LINK: Text("Klient zamawia nowy link", "Customer orders a new link"),
    BenchAction.FINISH: Text("Klient kończy rejestrację linkiem", "Customer finishes by the link"),
    BenchAction.CLEAR: Text("Klient czyści konto firmy", "Customer clears the company's account"),
    BenchAction.LEAVE: Text("Administrator odchodzi z firmy", "The administrator leaves the company"),
    BenchAction.SECOND_CLAIMS: Text("Druga osoba bierze sprawę", "A second reviewer takes the case"),
    BenchAction.SECOND_RELEASES: Text("Druga osoba zwalnia sprawę", "The second reviewer releases the case"),
    BenchAction.SECOND_APPROVES: Text("Druga osoba akceptuje", "The second reviewer approves"),
    BenchAction.SECOND_ASKS_CORRECTION: Text(
        "Druga osoba prosi o poprawę", "The second reviewer asks for a correction"
    ),
    BenchAction.EXPIRE_LEASE: Text("Dzierżawa sprawy wygasa", "The lease on the case expires"),
}


BENCH_PASSWORD = "Specimen-do-prób-26"
"""Of everybody on the bench. It is shown on its page: nothing here is worth protecting."""


class BenchStaff(NamedTuple):
    """An account of staff that a bench has."""

    username: str
    display_name: str
    role: StaffRole


BENCH_STAFF = (
    BenchStaff("qa.reviewer", "QA Reviewer", StaffRole.REVIEWER),
    BenchStaff("qa.second", "QA Second Reviewer", StaffRole.SUPERVISOR),
    BenchStaff("qa.supervisor", "QA Supervisor", StaffRole.SUPERVISOR),
    BenchStaff("qa.auditor", "QA Auditor", StaffRole.AUDITOR),
)
SECOND_REVIEWER = "qa.second"


class CaseStart(NamedTuple):
    """A case about to be made. ``part`` is 0 for the case itself, ``ago`` how far back its first act lies."""

    scenario: str
    seed: int
    part: int
    day: date
    ago: timedelta


class KnownCase(NamedTuple):
    """A company on the bench. ``scenario`` is empty for one that somebody made by hand."""

    company_id: str
    scenario: str
    seed: int
    part: int
    day: date | None
    email: str
    made_at: datetime
    name: str
    nip: str
    state: CompanyState
    holder: str


class BenchNews(NamedTuple):
    """What an import brought: the company, and what had to be left out."""

    company_id: str
    left_out: tuple[Text, ...] = ()


JsonObject = dict[str, Any]
