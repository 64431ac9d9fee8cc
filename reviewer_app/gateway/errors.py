# SPDX-License-Identifier: AGPL-3.0-or-later
"""What can go wrong between the desktop and the server, in words for a person. Imports no HTTP library."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reviewer_app.contract.problems import ProblemCode
from reviewer_app.contract.text import Text

if TYPE_CHECKING:
    from reviewer_app.contract.messages import Problem


class GatewayError(Exception):
    """Base of all errors of this room. ``title`` says what happened, ``message`` what to do."""

    def __init__(self, title: Text, message: Text) -> None:
        super().__init__(f"{title.en}: {message.en}")
        self.title = title
        self.message = message


class Offline(GatewayError):
    """The server did not answer: no network, refused, cut off, or too slow.

    ``reached`` is False when no connection came about, so the call had no effect; else that is unknown.
    """

    def __init__(
        self, host: str, cause: str, *, reached: bool = True, title: Text | None = None, message: Text | None = None
    ) -> None:
        super().__init__(
            title or Text("Brak połączenia z serwerem", "The server cannot be reached"),
            message
            or Text(
                f"Serwer {host} nie odpowiada. Zapisana praca czeka i zostanie wysłana po odzyskaniu połączenia.",
                f"The server {host} does not answer. Saved work waits and is sent when the connection is back.",
            ),
        )
        self.host = host
        self.cause = cause
        self.reached = reached


class Interrupted(GatewayError):
    """The call was ended on purpose, by a cancellation or because the program closes. Nothing to show."""

    def __init__(self) -> None:
        super().__init__(
            Text("Przerwano", "Interrupted"),
            Text("Czynność została przerwana.", "The action was interrupted."),
        )


class UnexpectedAnswer(GatewayError):
    """The server's answer is not what this version of the program understands, or came damaged."""

    def __init__(self, operation: str, cause: str) -> None:
        super().__init__(
            Text("Niezrozumiała odpowiedź serwera", "An answer that cannot be understood"),
            Text(
                "Serwer odpowiedział inaczej, niż oczekuje ta wersja programu. Zaktualizuj program albo sprawdź adres serwera.",
                "The server did not answer as this version expects. Update the program or check the server's address.",
            ),
        )
        self.operation = operation
        self.cause = cause


class DamagedDownload(GatewayError):
    """A document arrived with another SHA-256 than the server announced; nothing was kept."""

    def __init__(self) -> None:
        super().__init__(
            Text("Dokument dotarł uszkodzony", "The document arrived damaged"),
            Text(
                "Suma kontrolna pliku nie zgadza się. Otwórz dokument ponownie; jeśli to się powtarza, zgłoś to.",
                "The file's checksum does not match. Open the document again; if this repeats, report it.",
            ),
        )


class Refused(GatewayError):
    """The server understood and said no. ``problem`` is its answer, whole."""

    title_text = Text("Serwer odmówił", "The server refused")

    def __init__(self, problem: Problem) -> None:
        detail = problem.detail or problem.title
        super().__init__(self.title_text, Text(detail, detail))
        self.problem = problem

    @property
    def code(self) -> str:
        """The stable code of the problem."""
        return self.problem.code


class StaleVersion(Refused):
    """The case changed on the server since it was read."""

    title_text = Text("Sprawa zmieniła się w międzyczasie", "The case has changed meanwhile")


class ClaimedByOther(Refused):
    """Another person holds the case."""

    title_text = Text("Sprawę prowadzi ktoś inny", "Another person holds the case")

    @property
    def holder(self) -> str:
        """The display name of the person who holds the case; empty when the server does not say."""
        holder = self.problem.extension("holder")
        if isinstance(holder, dict):
            return str(holder.get("display_name", ""))
        return str(holder or "")


class AssignedToOther(Refused):
    """The case is a colleague's to do, and the caller did not say that they know."""

    title_text = Text("Sprawa jest przydzielona komuś innemu", "The case is assigned to somebody else")


class LeaseLost(Refused):
    """The claim that the call was made with has ended, or there is none."""

    title_text = Text("Sprawa nie jest już u Ciebie", "The case is no longer yours")


class SessionExpired(Refused):
    """The session has ended: sign in again."""

    title_text = Text("Sesja wygasła", "The session has ended")


class WrongCredentials(Refused):
    """User name, password or one-time code are wrong, or the account is disabled."""

    title_text = Text("Nie udało się zalogować", "Signing in failed")


class OtpRequired(Refused):
    """The account needs a one-time code as well."""

    title_text = Text("Potrzebny kod jednorazowy", "A one-time code is needed")


class PermissionMissing(Refused):
    """The person may not do this."""

    title_text = Text("Brak uprawnienia", "No permission")


class NotFound(Refused):
    """There is no such thing, or not any more."""

    title_text = Text("Nie znaleziono", "Not found")


class NotPossible(Refused):
    """The state of the case does not allow this now."""

    title_text = Text("Tego nie można teraz zrobić", "This cannot be done now")


class InvalidRequest(Refused):
    """The content of the request is wrong; ``problem.errors`` names the fields."""

    title_text = Text("Dane wymagają poprawy", "The data needs correcting")


class KeyInProgress(Refused):
    """The same act is still being carried out by the server: ask again with the same key."""

    title_text = Text("Czynność jeszcze trwa", "The act is still being carried out")


class TryLater(Refused):
    """Too many calls, or the server is busy. ``retry_after`` is in seconds."""

    title_text = Text("Serwer jest teraz zajęty", "The server is busy just now")

    def __init__(self, problem: Problem, retry_after: float | None = None) -> None:
        super().__init__(problem)
        self.retry_after = retry_after


class ServerFailed(Refused):
    """The server failed; by its word nothing was saved."""

    title_text = Text("Błąd serwera", "The server failed")


_KINDS: dict[str, type[Refused]] = {
    ProblemCode.STALE_VERSION: StaleVersion,
    ProblemCode.CLAIMED_BY_OTHER: ClaimedByOther,
    ProblemCode.ASSIGNED_TO_OTHER: AssignedToOther,
    ProblemCode.CLAIM_REQUIRED: LeaseLost,
    ProblemCode.LEASE_LOST: LeaseLost,
    ProblemCode.UNAUTHENTICATED: SessionExpired,
    ProblemCode.SESSION_EXPIRED: SessionExpired,
    ProblemCode.INVALID_CREDENTIALS: WrongCredentials,
    ProblemCode.ACCOUNT_DISABLED: WrongCredentials,
    ProblemCode.OTP_REQUIRED: OtpRequired,
    ProblemCode.PERMISSION_MISSING: PermissionMissing,
    ProblemCode.NOT_FOUND: NotFound,
    ProblemCode.INVALID_TRANSITION: NotPossible,
    ProblemCode.DOCUMENT_NOT_CURRENT: StaleVersion,
    ProblemCode.DUPLICATE_COMPANY: NotPossible,
    ProblemCode.SECOND_REVIEWER_REQUIRED: NotPossible,
    ProblemCode.VALIDATION_FAILED: InvalidRequest,
    ProblemCode.REASON_REQUIRED: InvalidRequest,
    ProblemCode.REASON_NOT_APPLICABLE: InvalidRequest,
    ProblemCode.NOTE_REQUIRED: InvalidRequest,
    ProblemCode.VERDICTS_MISSING: InvalidRequest,
    ProblemCode.IDEMPOTENCY_IN_PROGRESS: KeyInProgress,
}


def refusal_of(problem: Problem, retry_after: float | None = None) -> Refused:
    """Choose the error for a problem: by its code where that matters, else by its status."""
    kind = _KINDS.get(problem.code)
    if kind is not None:
        return kind(problem)
    if problem.status in {429, 503}:
        return TryLater(problem, retry_after)
    if problem.status >= 500:
        return ServerFailed(problem)
    return Refused(problem)
