# SPDX-License-Identifier: AGPL-3.0-or-later
"""The server's settings: environment, else ``reviewer-server.toml``, else the default."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Any, TypeVar
from urllib.parse import urlsplit

import platformdirs
from sqlalchemy import make_url
from sqlalchemy.exc import ArgumentError

from reviewer_app.contract.text import Text

PREFIX = "REVIEWER_"
FILE_NAME = "reviewer-server.toml"

Value = TypeVar("Value")


class Environment(StrEnum):
    """Where the server runs; ``test`` accepts mail addresses of reserved domains such as ``.test``."""

    PRODUCTION = "production"
    TEST = "test"


class SecondReview(StrEnum):
    """When an approval needs a second person."""

    NEVER = "never"
    FLAGGED = "flagged"
    ALWAYS = "always"


class StaffOtp(StrEnum):
    """Whether staff need a one-time code."""

    OPTIONAL = "optional"
    REQUIRED = "required"


class SettingsError(Exception):
    """A setting with a wrong value. ``text`` names the setting and what it takes."""

    def __init__(self, text: Text) -> None:
        super().__init__(text.en)
        self.text = text


@dataclass(frozen=True, slots=True)
class Settings:
    """All settings of the server. Addresses of registers are empty when they are not asked.

    ``public_url`` is the address in mails, without a slash at the end; empty means the server's own address.
    """

    data_dir: Path
    database_url: str
    storage_url: str
    smtp_url: str
    mail_from: str
    public_url: str
    environment: Environment
    extract_max_age_days: int
    second_review: SecondReview
    staff_otp: StaffOtp
    claim_lease_seconds: int
    upload_max_mb: int
    upload_max_pages: int
    upload_max_megapixels: int
    company_max_mb: int
    krs_url: str
    vat_url: str
    ceidg_url: str
    ceidg_token: str
    vies_url: str
    clamd_url: str

    @classmethod
    def load(cls, environ: Mapping[str, str], toml_path: Path | None) -> Settings:
        """Read the settings. A missing file is as good as an empty one.

        In the file a setting has its name without the prefix, in lower case. Raises SettingsError.
        """
        source = _Source(environ, _read_file(toml_path))
        data_dir = source.get("data_dir", _path, platformdirs.user_data_path("reviewer-server", appauthor=False))
        _require_token(source)
        return cls(
            data_dir=data_dir,
            database_url=source.get("database_url", _database_url, f"sqlite:///{data_dir / 'reviewer.sqlite3'}"),
            storage_url=source.get("storage_url", _one_of_schemes("file", "s3"), (data_dir / "documents").as_uri()),
            smtp_url=source.get("smtp_url", _one_of_schemes("smtp", "smtps"), ""),
            mail_from=source.get("mail_from", _mail_from, "Reviewer <no-reply@localhost>"),
            public_url=source.get("public_url", _one_of_schemes("http", "https"), "").rstrip("/"),
            environment=source.get("environment", _choice(Environment), Environment.PRODUCTION),
            extract_max_age_days=source.get("extract_max_age_days", _number(1, 3650), 90),
            second_review=source.get("second_review", _choice(SecondReview), SecondReview.NEVER),
            staff_otp=source.get("staff_otp", _choice(StaffOtp), StaffOtp.OPTIONAL),
            claim_lease_seconds=source.get("claim_lease_seconds", _number(1, 43_200), 900),
            upload_max_mb=source.get("upload_max_mb", _number(1, 500), 20),
            upload_max_pages=source.get("upload_max_pages", _number(1, 10_000), 200),
            upload_max_megapixels=source.get("upload_max_megapixels", _number(1, 1000), 50),
            company_max_mb=source.get("company_max_mb", _number(1, 100_000), 200),
            krs_url=source.get("krs_url", _one_of_schemes("http", "https"), ""),
            vat_url=source.get("vat_url", _one_of_schemes("http", "https"), ""),
            ceidg_url=source.get("ceidg_url", _one_of_schemes("http", "https"), ""),
            ceidg_token=source.get("ceidg_token", str, ""),
            vies_url=source.get("vies_url", _one_of_schemes("http", "https"), ""),
            clamd_url=source.get("clamd_url", _one_of_schemes("tcp", "unix"), ""),
        )


class _WrongValueError(Exception):
    def __init__(self, pl: str, en: str) -> None:
        super().__init__(en)
        self.takes = Text(pl, en)


class _Source:
    def __init__(self, environ: Mapping[str, str], file: Mapping[str, Any]) -> None:
        self._environ = environ
        self._file = file

    def get(self, name: str, parse: Callable[[str], Value], default: Value) -> Value:
        """Give a setting; an empty value means the default."""
        variable = PREFIX + name.upper()
        typed = self._environ.get(variable)
        if typed is None:
            typed = str(self._file.get(name, ""))
        typed = typed.strip()
        if not typed:
            return default
        try:
            return parse(typed)
        except _WrongValueError as error:
            raise SettingsError(
                Text(
                    f"Ustawienie {variable} ma błędną wartość. Dozwolone: {error.takes.pl}.",
                    f"The setting {variable} has a wrong value. It takes {error.takes.en}.",
                )
            ) from error


def _require_token(source: _Source) -> None:
    """Refuse an address of CEIDG without the token that it asks for: every question would be refused."""
    if source.get("ceidg_url", str, "") and not source.get("ceidg_token", str, ""):
        raise SettingsError(
            Text(
                "Ustawienie REVIEWER_CEIDG_URL wymaga REVIEWER_CEIDG_TOKEN: tokenu, który wydaje CEIDG.",
                "The setting REVIEWER_CEIDG_URL needs REVIEWER_CEIDG_TOKEN: the token that CEIDG gives.",
            )
        )


def _read_file(path: Path | None) -> dict[str, Any]:
    if path is None or not path.is_file():
        return {}
    try:
        content = tomllib.loads(path.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, OSError) as error:
        raise SettingsError(
            Text(f"Nie można odczytać pliku {path}: {error}", f"The file {path} cannot be read: {error}")
        ) from error
    unknown = sorted(set(content) - set(Settings.__dataclass_fields__))
    if unknown:
        names = ", ".join(unknown)
        raise SettingsError(
            Text(f"Plik {path} zawiera nieznane ustawienia: {names}", f"The file {path} has unknown settings: {names}")
        )
    return content


def _path(typed: str) -> Path:
    return Path(typed).expanduser().absolute()


def _database_url(typed: str) -> str:
    try:
        drivername = make_url(typed).drivername
    except ArgumentError:
        drivername = ""
    if drivername not in {"sqlite", "postgresql+psycopg"} or not make_url(typed).database:
        raise _WrongValueError(
            "sqlite:///PLIK lub postgresql+psycopg://UŻYTKOWNIK:HASŁO@SERWER/BAZA",
            "sqlite:///FILE or postgresql+psycopg://USER:PASSWORD@HOST/DATABASE",
        )
    return typed


def _one_of_schemes(*schemes: str) -> Callable[[str], str]:
    def parse(typed: str) -> str:
        try:
            parts = urlsplit(typed)
            valid = parts.scheme in schemes and bool(parts.netloc or parts.path.strip("/"))
            valid = valid and (parts.port is None or parts.port > 0)
        except ValueError:
            valid = False
        if not valid:
            wanted = " / ".join(f"{scheme}://…" for scheme in schemes)
            raise _WrongValueError(wanted, wanted)
        return typed

    return parse


def _mail_from(typed: str) -> str:
    if not re.fullmatch(r"[^<>\r\n]*<[^<>@\s]+@[^<>@\s]+>|[^<>@\s]+@[^<>@\s]+", typed):
        raise _WrongValueError("adres@domena lub Nazwa <adres@domena>", "address@domain or Name <address@domain>")
    return typed


def _choice(kind: type[Value]) -> Callable[[str], Value]:
    def parse(typed: str) -> Value:
        values = {str(value): value for value in kind}  # type: ignore[attr-defined]  # an enum's members
        if typed not in values:
            names = " | ".join(values)
            raise _WrongValueError(names, names)
        found: Value = values[typed]
        return found

    return parse


def _number(least: int, most: int) -> Callable[[str], int]:
    def parse(typed: str) -> int:
        if not re.fullmatch(r"\d{1,9}", typed, re.ASCII) or not least <= int(typed) <= most:
            raise _WrongValueError(f"liczbę od {least} do {most}", f"a number from {least} to {most}")
        return int(typed)

    return parse
