# SPDX-License-Identifier: AGPL-3.0-or-later
"""Values as the user reads them: in their language, with dates and numbers by locale. Times are Poland's, wherever the computer is."""

from __future__ import annotations

from datetime import date, datetime
from html import escape

from PySide6.QtCore import QCoreApplication, QDate, QDateTime, QLocale, QTime

from reviewer_app.contract.text import Language, Text
from reviewer_app.contract.working_time import DAY_SECONDS, polish_zone

translate = QCoreApplication.translate

_MINUTE = 60
_HOUR = 3600
_DAY = 24 * 3600

NOTHING = "—"


def current_language() -> Language:
    """Give the language that the user reads now, as the application's locale says."""
    polish = QLocale().language() == QLocale.Language.Polish
    return Language.POLISH if polish else Language.ENGLISH


def localized(text: Text) -> str:
    """Give a text of the contract in the language that the user reads now."""
    return text.in_language(current_language())


def plain_hint(text: str) -> str:
    """Write a text for a tooltip, where Qt obeys what looks like markup: what others wrote is to be read, never carried out.

    A company's name with an ``<img>`` would have the program fetch a file.
    """
    return text if "<" not in text else f'<span style="white-space: pre-wrap">{escape(text)}</span>'


def quoted(text: str) -> str:
    """Put a text between the quotation marks of the language."""
    return translate("texts", "“{text}”").format(text=text)


def duration_text(seconds: int) -> str:
    """Write a length of time in its two largest units, such as ``2 d 4 h``; a dash for none."""
    if seconds <= 0:
        return NOTHING
    if seconds >= _DAY:
        days, rest = divmod(seconds, _DAY)
        return translate("texts", "{days} d {hours} h").format(days=days, hours=rest // _HOUR)
    if seconds >= _HOUR:
        hours, rest = divmod(seconds, _HOUR)
        return translate("texts", "{hours} h {minutes} min").format(hours=hours, minutes=rest // _MINUTE)
    return translate("texts", "{minutes} min").format(minutes=max(1, seconds // _MINUTE))


def working_time_text(seconds: int) -> str:
    """Write a length of working time, such as ``1 d 4 h``: a day has eight hours; a dash for none."""
    if seconds <= 0:
        return NOTHING
    days, rest = divmod(seconds, DAY_SECONDS)
    if days:
        return translate("texts", "{days} d {hours} h").format(days=days, hours=rest // _HOUR)
    return duration_text(seconds)


def waiting_text(working_seconds: int, *, waits: bool, waiting_seconds: int) -> str:
    """Write how much working time a case waits: a case that came after hours waits ``0 h``, a fresh one ``just now``."""
    if waits and max(waiting_seconds, working_seconds) < _MINUTE:
        return translate("texts", "just now")
    if working_seconds > 0:
        return working_time_text(working_seconds)
    return translate("texts", "0 h") if waits else NOTHING


def moment_text(moment: datetime | None) -> str:
    """Write a date and time of Poland, such as ``24.11.2026 14:05``; a dash for none."""
    if moment is None:
        return NOTHING
    pattern = "dd.MM.yyyy HH:mm" if current_language() is Language.POLISH else "d MMM yyyy HH:mm"
    return QLocale().toString(polish_date_time(moment), pattern)


def day_text(day: date) -> str:
    """Write a day of this year shortly, such as ``24.11`` or ``24 Nov``."""
    pattern = "dd.MM" if current_language() is Language.POLISH else "d MMM"
    return QLocale().toString(QDate(day.year, day.month, day.day), pattern)


def polish_time(moment: datetime) -> datetime:
    """Give a moment by Poland's clocks."""
    return moment.astimezone(polish_zone())


def polish_date_time(moment: datetime) -> QDateTime:
    """Give what Poland's clocks show at a moment, to the minute, for what Qt shows."""
    there = polish_time(moment)
    return QDateTime(QDate(there.year, there.month, there.day), QTime(there.hour, there.minute))


def zone_hint(moment: datetime) -> str:
    """Say that times are Poland's where the computer's clocks show another one at a moment; else nothing."""
    here, there = moment.astimezone(), polish_time(moment)
    if here.utcoffset() == there.utcoffset():
        return ""
    words = translate("texts", "Polish time (Europe/Warsaw). On this computer it is {time}.")
    return words.format(time=here.strftime("%H:%M"))


def moment_hint(moment: datetime | None) -> str:
    """Write the whole moment with its zone, for a tooltip where the computer's zone is another one; else nothing."""
    hint = "" if moment is None else zone_hint(moment)
    return f"{moment_text(moment)}\n{hint}" if hint else ""
