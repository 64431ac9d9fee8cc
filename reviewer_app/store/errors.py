# SPDX-License-Identifier: AGPL-3.0-or-later
"""What can go wrong with the data kept on this computer, in words for a person."""

from __future__ import annotations

from pathlib import Path

from reviewer_app.contract.text import Text


class StoreError(Exception):
    """Base of all errors of this room. ``title`` says what happened, ``message`` what to do."""

    def __init__(self, title: Text, message: Text) -> None:
        super().__init__(f"{title.en}: {message.en}")
        self.title = title
        self.message = message


class StoreUnwritable(StoreError):
    """The data folder cannot be written: no space, no rights, or a file in use."""

    def __init__(self, path: Path, cause: str) -> None:
        super().__init__(
            Text("Nie można zapisać danych na tym komputerze", "Data cannot be saved on this computer"),
            Text(
                f"Folder {path} nie przyjmuje zapisu ({cause}). Zwolnij miejsce na dysku lub sprawdź uprawnienia i spróbuj ponownie.",
                f"The folder {path} cannot be written ({cause}). Free some space or check the rights, then try again.",
            ),
        )
        self.path = path


class StoreNewer(StoreError):
    """The local database was written by a newer version of the program."""

    def __init__(self, path: Path, found: int, known: int) -> None:
        super().__init__(
            Text("Dane zapisała nowsza wersja programu", "The data was written by a newer version"),
            Text(
                f"Plik {path} ma schemat {found}, a ten program zna {known}. Zainstaluj nowszą wersję programu.",
                f"The file {path} has schema {found}, this program knows {known}. Install the newer version.",
            ),
        )


class StoreDamaged(StoreError):
    """The local database cannot be read. It is kept aside, never deleted."""

    def __init__(self, path: Path) -> None:
        super().__init__(
            Text("Dane na tym komputerze są uszkodzone", "The data on this computer is damaged"),
            Text(
                f"Plik {path} nie daje się odczytać. Zachowaj jego kopię dla działu IT, przenieś go i uruchom program ponownie.",
                f"The file {path} cannot be read. Keep a copy for your IT department, move it away and start again.",
            ),
        )
        self.path = path


class WrongState(Exception):
    """An act was not in a state from which it may move so; it has stayed as it was."""

    def __init__(self, found: str | None, wanted: str) -> None:
        super().__init__(f"an act that is {found or 'unknown'} cannot become {wanted}")
        self.found = found
