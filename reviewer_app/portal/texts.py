# SPDX-License-Identifier: AGPL-3.0-or-later
"""Messages that come from the portal itself and not from a template or the API."""

from __future__ import annotations

from reviewer_app.contract.messages import Box
from reviewer_app.contract.text import Text

UNREACHABLE = Text(
    "Serwer chwilowo nie odpowiada. Wpisane dane zostały zachowane — prosimy wysłać je ponownie za chwilę.",
    "The server is not answering just now. What you entered has been kept — please send it again in a moment.",
)
FORM_OUTDATED = Text(
    "Ta strona była otwarta w innej sesji przeglądarki. Dane zostały zachowane — prosimy wysłać je jeszcze raz.",
    "This page was opened in another browser session. Your data has been kept — please send it once more.",
)
SESSION_ENDED = Text(
    "Sesja wygasła. Wpisane dane zostały zachowane: zaloguj się w nowej karcie, a potem wyślij formularz ponownie.",
    "Your session has ended. Your data has been kept: sign in in a new tab, then send the form again.",
)
ALREADY_SENT = Text(
    "Ten formularz został już wysłany z innymi danymi. Sprawdź dane i wyślij ponownie, jeśli chcesz je zmienić.",
    "This form has been sent already with other data. Check the data and send it again if you want to change it.",
)
ACCEPTANCE_REQUIRED = Text("Ta akceptacja jest wymagana.", "This acceptance is required.")
CHOICE_REQUIRED = Text("Wybierz jedną z możliwości.", "Choose one of the options.")
NAME_DIFFERS = Text("To nie jest nazwa tej firmy.", "This is not the company's name.")
CHOOSE_FILE = Text("Wybierz plik do przesłania.", "Choose a file to upload.")
CHOOSE_PEOPLE = Text("Najpierw zaznacz osoby na liście.", "Tick people on the list first.")
CHOOSE_TABLE = Text("Wybierz plik CSV albo wklej tabelę.", "Choose a CSV file, or paste the table.")
FORM_TOO_LARGE = Text(
    "Przesłano jednocześnie za dużo danych. Prosimy przesłać pliki pojedynczo.",
    "Too much was sent at once. Please upload the files one by one.",
)
BLOCKED_TEXTS = {
    "no_administrator": Text(
        "Firma nie ma administratora, a bez niego nikt nie może w niej działać. Dostęp wróci, gdy tylko nowy "
        "administrator zostanie zaakceptowany.",
        "The company has no administrator, and without one nobody may act for it. Access comes back as soon as a new "
        "administrator has been accepted.",
    ),
    "company_suspended": Text(
        "Firma jest zawieszona. Jej administrator może zapytać nas o powód.",
        "The company is suspended. Its administrator can ask us about the reason.",
    ),
    "person_blocked": Text(
        "Administrator firmy zablokował Twój dostęp. Prosimy zwrócić się do niego.",
        "The company's administrator has blocked your access. Please ask them.",
    ),
    "not_active": Text(
        "Firma nie jest jeszcze aktywna: obszary portalu otworzą się po weryfikacji i dokończeniu rejestracji.",
        "The company is not active yet: the portal's areas open after verification and the finishing link.",
    ),
}
"""Why the API answers that a company is blocked, by the problem's ``reason``."""
IDENTIFIER_OK = Text("Numer jest poprawny.", "The number is valid.")
PASSWORD_OK = Text(
    "Hasło jest dobre. Dłuższe byłoby jeszcze lepsze.", "A good password. A longer one would be better still."
)
PASSWORD_STRONG = Text("Silne hasło.", "A strong password.")
POSTAL_CODE_OK = Text("Kod jest poprawny.", "The code is valid.")

_ROWS = (Text("u góry", "at the top"), Text("pośrodku", "in the middle"), Text("na dole", "at the bottom"))
_COLUMNS = (Text("po lewej", "on the left"), Text("", ""), Text("po prawej", "on the right"))


def place_on_page(page: int | None, region: Box | None) -> Text | None:
    """Say in words where on a document a reason points; None when it points nowhere."""
    if page is None:
        return None
    place = Text(f"strona {page}", f"page {page}")
    if region is None:
        return place
    x0, y0, x1, y1 = region
    row = _ROWS[min(int((y0 + y1) / 2 * 3), 2)]
    # A region that spans most of the width is on no side of it.
    column = _COLUMNS[1] if x1 - x0 > 0.6 else _COLUMNS[min(int((x0 + x1) / 2 * 3), 2)]
    return Text(
        f"{place.pl}, {row.pl} {column.pl}".strip(),
        f"{place.en}, {row.en} {column.en}".strip(),
    )
