# SPDX-License-Identifier: AGPL-3.0-or-later
"""Settings come from the environment, then the file; a wrong one says its name and what it takes."""

from __future__ import annotations

from pathlib import Path

import pytest

from reviewer_app.backend.kit.settings import Environment, Settings, SettingsError


def test_defaults_need_nothing(tmp_path: Path) -> None:
    settings = Settings.load({"REVIEWER_DATA_DIR": str(tmp_path)}, tmp_path / "absent.toml")
    assert settings.database_url == f"sqlite:///{tmp_path / 'reviewer.sqlite3'}"
    assert settings.storage_url == (tmp_path / "documents").as_uri()
    assert settings.environment is Environment.PRODUCTION
    assert settings.claim_lease_seconds == 900


def test_the_environment_wins_over_the_file(tmp_path: Path) -> None:
    file = tmp_path / "reviewer-server.toml"
    file.write_text('environment = "test"\nclaim_lease_seconds = 60\n', encoding="utf-8")
    settings = Settings.load({"REVIEWER_CLAIM_LEASE_SECONDS": "120"}, file)
    assert (settings.environment, settings.claim_lease_seconds) == (Environment.TEST, 120)


@pytest.mark.parametrize(
    ("name", "value", "takes"),
    [
        ("DATABASE_URL", "mysql://x/y", "postgresql+psycopg://"),
        ("DATABASE_URL", "sqlite://", "sqlite:///FILE"),
        ("STORAGE_URL", "ftp://x", "file://"),
        ("SMTP_URL", "localhost:25", "smtp://"),
        ("SMTP_URL", "smtp://host:99999", "smtp://"),
        ("PUBLIC_URL", "portal", "https://"),
        ("MAIL_FROM", "nobody", "address@domain"),
        ("MAIL_FROM", "A <a@b.pl>\nBcc: x@y.pl", "address@domain"),
        ("ENVIRONMENT", "staging", "production | test"),
        ("EXTRACT_MAX_AGE_DAYS", "-1", "a number from 1 to 3650"),
        ("CLAIM_LEASE_SECONDS", "soon", "a number from 1"),
        ("SECOND_REVIEW", "yes", "never | flagged | always"),
        ("STAFF_OTP", "1", "optional | required"),
    ],
)
def test_a_wrong_value_names_the_setting_and_what_it_takes(name: str, value: str, takes: str) -> None:
    with pytest.raises(SettingsError) as caught:
        Settings.load({f"REVIEWER_{name}": value}, None)
    for text in (caught.value.text.pl, caught.value.text.en):
        assert f"REVIEWER_{name}" in text
    assert takes in caught.value.text.en


@pytest.mark.parametrize(("content", "told"), [("a = ", "cannot be read"), ("colour = 1", "unknown settings: colour")])
def test_a_wrong_file_is_refused(tmp_path: Path, content: str, told: str) -> None:
    file = tmp_path / "reviewer-server.toml"
    file.write_text(content, encoding="utf-8")
    with pytest.raises(SettingsError, match=told):
        Settings.load({}, file)


def test_ceidg_is_not_asked_without_its_token() -> None:
    address = {"REVIEWER_CEIDG_URL": "https://dane.biznes.gov.pl"}
    with pytest.raises(SettingsError, match="REVIEWER_CEIDG_TOKEN"):
        Settings.load(address, None)
    assert Settings.load(address | {"REVIEWER_CEIDG_TOKEN": "x"}, None).ceidg_token == "x"
