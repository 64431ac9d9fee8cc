# SPDX-License-Identifier: AGPL-3.0-or-later
"""What the bench needs of the backend, as protocols: the server's start hands in what fulfils them."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Protocol

from reviewer_app.contract.bench import (
    BenchClockState,
    BenchEvent,
    BenchMail,
    BenchNews,
    BenchPaper,
    BenchTruth,
    CaseStart,
    KnownCase,
)
from reviewer_app.contract.customer import CompanyRequest, RegistrationRequest
from reviewer_app.contract.reasons import ReasonCode
from reviewer_app.contract.states import DocumentKind, Outcome, Verdict
from reviewer_app.contract.text import Language
from reviewer_app.documents.authorization_sheet import Variant

Judged = Mapping[DocumentKind, tuple[Verdict, Sequence[ReasonCode]]]


class ClockControl(Protocol):
    """The backend's clock. It goes forwards only: BenchRefusal ``clock_backwards``."""

    def now(self) -> datetime:
        """Give the bench's moment."""
        ...

    def state(self) -> BenchClockState:
        """Say what time it is."""
        ...

    def move_to(self, moment: datetime) -> BenchClockState:
        """Move to a moment."""
        ...

    def shift(self, seconds: float) -> BenchClockState:
        """Move on."""
        ...


class MailCatcher(Protocol):
    """The mails that were caught."""

    def list(self, *, recipient: str = "", company_id: str = "") -> tuple[BenchMail, ...]:
        """Give the newest mails."""
        ...

    def one(self, mail_id: str) -> BenchMail | None:
        """Give one mail."""
        ...

    def drop(self) -> None:
        """Forget them all."""
        ...


class Desk(Protocol):
    """Acts of a customer and of staff on one company; BenchRefusal ``action_not_possible`` when the server refuses."""

    def pass_time(self, span: timedelta) -> None:
        """Let time pass for a case that is being made."""
        ...

    def register(self, request: RegistrationRequest, password_hash: str) -> None:
        """Make the customer's account."""
        ...

    def declare(self, request: CompanyRequest, noted: Callable[[Any, str], None]) -> str:
        """Add the company; gives its id."""
        ...

    def change_company(self, **fields: object) -> None:
        """Change declared data."""
        ...

    def upload(self, kind: DocumentKind, file_name: str, data: bytes, truth: BenchTruth, *, anew: bool = False) -> None:
        """Upload a file and keep its truth; ``anew``: in place of the one of its kind that is there."""
        ...

    def sheet(self, variant: Variant) -> bytes:
        """Download the authorization (PDF)."""
        ...

    def submit(self) -> None:
        """Hand the case to staff."""
        ...

    def withdraw(self) -> None:
        """Take it back."""
        ...

    def new_link(self) -> None:
        """Order a new finishing link."""
        ...

    def finish(self, choice: str) -> None:
        """Follow the finishing link: ``proceed`` or ``clear``."""
        ...

    def invite(self, request: RegistrationRequest, password_hash: str) -> None:
        """Enter an employee, who joins."""
        ...

    def propose_administrator(self, email: str) -> None:
        """Ask for another administrator."""
        ...

    def leave(self) -> None:
        """Have the administrator leave."""
        ...

    def claim(self, company_id: str) -> None:
        """Have the second reviewer take the case."""
        ...

    def release(self, company_id: str) -> None:
        """Have the second reviewer release it."""
        ...

    def decide(self, company_id: str, outcome: Outcome, judged: Judged, reasons: Sequence[ReasonCode] = ()) -> None:
        """Have the second reviewer take and decide it."""
        ...

    def expire_lease(self, company_id: str) -> None:
        """Let the lease run out."""
        ...

    def expire_link(self, company_id: str) -> None:
        """Let the finishing link run out."""
        ...


class Floor(Protocol):
    """The companies of the bench."""

    @property
    def password_hash(self) -> str:
        """Give the hash of everybody's password."""
        ...

    def forget_limits(self) -> None:
        """Let the registers be asked as if no question had been asked today."""
        ...

    def begin(self, start: CaseStart) -> Desk:
        """Give a desk for a new case."""
        ...

    def noting(self, start: CaseStart, email: str, numbers: Sequence[str]) -> Callable[[Any, str], None]:
        """Give what notes a new case as it is made."""
        ...

    def desk_of(self, company_id: str) -> Desk:
        """Give a desk for a company that is there."""
        ...

    def made(self, scenario: str, seed: int) -> KnownCase | None:
        """Give the case of a scenario and seed if it is there."""
        ...

    def case(self, company_id: str) -> KnownCase:
        """Give a company. Raises BenchRefusal ``not_found``."""
        ...

    def cases(self, *, limit: int, text: str = "") -> tuple[Sequence[KnownCase], int]:
        """Give the newest companies, and how many there are."""
        ...

    def scenarios(self) -> Sequence[str]:
        """Name the scenarios of which there are cases."""
        ...

    def by_number(self, number: str) -> KnownCase | None:
        """Give the newest made case that registers know under a number."""
        ...

    def declared(self, *, company_id: str = "", number: str = "") -> CompanyRequest | None:
        """Give a company as declared."""
        ...

    def wanted(self, company_id: str) -> Sequence[DocumentKind]:
        """Name the kinds of documents that are missing or wait for a replacement."""
        ...

    def papers(self, company_id: str) -> Sequence[BenchPaper]:
        """Give the documents of a company whose truth is known."""
        ...

    def events(self, company_id: str, language: Language) -> Sequence[BenchEvent]:
        """Tell what happened to a company."""
        ...


class Porter(Protocol):
    """Takes cases out of the bench and brings them in, and empties it."""

    def export(self, company_id: str) -> bytes:
        """Pack a case with everything (ZIP). Raises BenchRefusal ``not_found``."""
        ...

    def bring(self, packed: bytes) -> BenchNews:
        """Bring in a packed case. Raises BenchRefusal ``export_damaged``, ``export_foreign``, ``case_present``."""
        ...

    def empty(self) -> None:
        """Take away everything but the accounts of staff, and set the clock back to the machine's."""
        ...


@dataclass(frozen=True, slots=True)
class BenchParts:
    """Everything of the backend that a bench uses. ``public_url`` is where browsers find portal and bench."""

    clock: ClockControl
    mails: MailCatcher
    floor: Floor
    porter: Porter
    public_url: str
