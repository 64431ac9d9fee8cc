# SPDX-License-Identifier: AGPL-3.0-or-later
"""Errors of the desk, and the one place where any error becomes a title and a message for a person. Light."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple

from reviewer_app.contract.text import Text
from reviewer_app.documents.errors import DocumentError, RenderCancelled
from reviewer_app.gateway.errors import (
    AssignedToOther,
    ClaimedByOther,
    DamagedDownload,
    GatewayError,
    Interrupted,
    InvalidRequest,
    KeyInProgress,
    LeaseLost,
    NotFound,
    NotPossible,
    Offline,
    OtpRequired,
    PermissionMissing,
    Refused,
    ServerFailed,
    SessionExpired,
    StaleVersion,
    TryLater,
    UnexpectedAnswer,
    WrongCredentials,
)
from reviewer_app.store.errors import StoreError

__all__ = [
    "AssignedToOther",
    "Blame",
    "ClaimedByOther",
    "DamagedDownload",
    "DecisionUnderWay",
    "DeskError",
    "DocumentError",
    "DraftProblem",
    "Explanation",
    "GatewayError",
    "Interrupted",
    "InvalidDraft",
    "InvalidRequest",
    "LeaseLost",
    "NotFound",
    "NotPossible",
    "NotSignedIn",
    "NothingAnswers",
    "Offline",
    "OtpRequired",
    "PermissionMissing",
    "ProgramTooOld",
    "Refused",
    "RenderCancelled",
    "ServerTooOld",
    "ServerUnknown",
    "SessionExpired",
    "StaleVersion",
    "StoreError",
    "TooLateToUndo",
    "TryLater",
    "UnexpectedAnswer",
    "WrongCredentials",
    "explain",
    "is_final",
    "is_silent",
]


class Blame(StrEnum):
    """Who can do something about an error: the surroundings (network, disk), the person, or the makers (a bug)."""

    ENVIRONMENT = "environment"
    PERSON = "person"
    BUG = "bug"


@dataclass(frozen=True, slots=True)
class Explanation:
    """An error in words: what happened, what to do, a stable code, whose turn it is."""

    title: Text
    message: Text
    code: str
    blame: Blame


class DeskError(Exception):
    """Base of the desk's own errors."""

    def __init__(self, title: Text, message: Text) -> None:
        super().__init__(f"{title.en}: {message.en}")
        self.title = title
        self.message = message


class NotSignedIn(DeskError):
    """Nobody is signed in."""

    def __init__(self) -> None:
        super().__init__(
            Text("Nikt nie jest zalogowany", "Nobody is signed in"),
            Text("Zaloguj się, aby kontynuować.", "Sign in to go on."),
        )


class ServerUnknown(DeskError):
    """No server's address is set, or nothing that answers like Reviewer is found there."""

    def __init__(self, address: str) -> None:
        where = address or "—"
        super().__init__(
            Text("Nie znaleziono serwera", "No server found"),
            Text(
                f"Pod adresem {where} nie odpowiada serwer Reviewera. Sprawdź adres, na przykład https://reviewer.firma.pl.",
                f"No Reviewer server answers at {where}. Check the address, for example https://reviewer.example.com.",
            ),
        )


class NothingAnswers(DeskError):
    """No program answers at the address at all."""

    def __init__(self, address: str) -> None:
        super().__init__(
            Text("Nic nie odpowiada", "Nothing answers"),
            Text(
                f"Pod adresem {address} nic nie odpowiada. Sprawdź adres i port oraz czy komputer jest w sieci firmy.",
                f"Nothing answers at {address}. Check address and port, and whether this computer is in the company's network.",
            ),
        )


class ServerTooOld(DeskError):
    """The server speaks an edition that this program does not know any more."""

    def __init__(self, version: str) -> None:
        super().__init__(
            Text("Serwer jest za stary", "The server is too old"),
            Text(
                f"Serwer ma wersję {version}, starszą niż wymaga ten program. Poproś dział IT o aktualizację serwera.",
                f"The server's version {version} is older than this program needs. Ask your IT department to update the server.",
            ),
        )


class ProgramTooOld(DeskError):
    """The server speaks an edition that this program does not know yet."""

    def __init__(self, version: str) -> None:
        super().__init__(
            Text("Program jest za stary", "This program is too old"),
            Text(
                f"Serwer ma wersję {version}, nowszą niż zna ten program. Zaktualizuj program na tym komputerze.",
                f"The server's version {version} is newer than this program knows. Update the program on this computer.",
            ),
        )


class TooLateToUndo(DeskError):
    """The act has been sent, or is being sent."""

    def __init__(self) -> None:
        super().__init__(
            Text("Za późno na cofnięcie", "Too late to undo"),
            Text(
                "Ta czynność została już wysłana. Obejrzyj sprawę, aby zobaczyć jej obecny stan.",
                "This act has been sent already. Open the case to see where it stands.",
            ),
        )


class DecisionUnderWay(DeskError):
    """A decision on this case is on its way already."""

    def __init__(self) -> None:
        super().__init__(
            Text("Decyzja jest już w drodze", "A decision is on its way already"),
            Text(
                "Cofnij poprzednią decyzję w tej sprawie albo poczekaj, aż zostanie wysłana.",
                "Undo the earlier decision on this case, or wait until it has been sent.",
            ),
        )


class DraftProblem(NamedTuple):
    """One thing that a draft lacks. ``document_id`` or ``field`` say where, ``code`` is stable."""

    code: str
    text: Text
    document_id: str | None = None
    field: str | None = None


class InvalidDraft(DeskError):
    """A draft cannot be sent as a decision yet; ``problems`` says why, one by one."""

    def __init__(self, problems: tuple[DraftProblem, ...]) -> None:
        super().__init__(
            Text("Decyzja jest niekompletna", "The decision is not complete"),
            Text(
                "\n".join(problem.text.pl for problem in problems), "\n".join(problem.text.en for problem in problems)
            ),
        )
        self.problems = problems


_NOT_FINAL = (KeyInProgress, OtpRequired, ServerFailed, SessionExpired, TryLater, WrongCredentials)
_DOCUMENT_TITLE = Text("Nie można pokazać dokumentu", "The document cannot be shown")
_DOCUMENT_MESSAGE = Text(
    "Plik jest uszkodzony lub zbyt złożony, aby go wyświetlić. Spróbuj ponownie albo poproś klienta o nowy plik.",
    "The file is damaged or too complex to be shown. Try again, or ask the customer for a new file.",
)
_BUG_TITLE = Text("Błąd programu", "An error in the program")
_BUG_MESSAGE = Text(
    "Coś poszło nie tak w programie. Twoja praca jest zapisana. Raport o błędzie leży w folderze dziennika programu.",
    "Something went wrong in the program. Your work is saved. The error report is in the folder of the program's log.",
)


def is_final(error: BaseException) -> bool:
    """Say whether an error is the server's last word on what it was told: told again it would be refused again.

    That it is busy, failed or wants the person to sign in says nothing about what it was told.
    """
    return isinstance(error, Refused) and not isinstance(error, _NOT_FINAL)


def is_silent(error: BaseException) -> bool:
    """Say whether an error only means that something was ended on purpose, so that nothing is to be shown."""
    return isinstance(error, Interrupted | RenderCancelled)


def explain(error: BaseException) -> Explanation:
    """Say in words what an error means. Never shows a traceback; an error that nobody expected is a bug."""
    if isinstance(error, Refused):
        return Explanation(error.title, _refusal_message(error), error.code, Blame.PERSON)
    if isinstance(error, GatewayError | StoreError):
        return Explanation(error.title, error.message, type(error).__name__, Blame.ENVIRONMENT)
    if isinstance(error, DeskError):
        return Explanation(error.title, error.message, type(error).__name__, Blame.PERSON)
    if isinstance(error, DocumentError):
        return Explanation(_DOCUMENT_TITLE, _DOCUMENT_MESSAGE, type(error).__name__, Blame.ENVIRONMENT)
    return Explanation(_BUG_TITLE, _BUG_MESSAGE, type(error).__name__, Blame.BUG)


def _refusal_message(error: Refused) -> Text:
    lines = [error.problem.detail or error.problem.title, *(item.message for item in error.problem.errors)]
    text = "\n".join(dict.fromkeys(lines))
    return Text(text, text)
