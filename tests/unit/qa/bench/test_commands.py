# SPDX-License-Identifier: AGPL-3.0-or-later
"""The bench by command: what it refuses, and cases that are made, seeded and walked without a page."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from reviewer_app.backend.bench.tables import prepare
from reviewer_app.backend.kit.database import Database
from reviewer_app.backend.kit.schema import upgrade
from reviewer_app.backend.kit.settings import Settings
from reviewer_app.qa.scenarios import SCENARIOS

SCENARIO, OTHER = "sole_trader_owner_signs", "civil_partnership"


def command(folder: Path, *arguments: str, environment: str = "test") -> tuple[int, list[str], str]:
    """Run ``reviewer-server``; gives its status, the lines it printed, and its errors."""
    inherited = {name: value for name, value in os.environ.items() if not name.startswith("REVIEWER_")}
    own = {"REVIEWER_DATA_DIR": str(folder / "data"), "REVIEWER_ENVIRONMENT": environment, "LC_ALL": "C.UTF-8"}
    done = subprocess.run(
        [sys.executable, "-m", "reviewer_app.serve", *arguments],
        env=inherited | own,
        capture_output=True,
        encoding="utf-8",
        check=False,
        timeout=170,
    )
    return done.returncode, done.stdout.splitlines(), done.stderr


@pytest.mark.parametrize(
    "arguments",
    [
        ("serve", "--qa", "--port", "0"),
        ("scenario", "make", SCENARIO),
        ("seed", "--companies", "3", "--scenario", SCENARIO),
    ],
)
def test_nothing_of_the_bench_runs_in_production(tmp_path: Path, arguments: tuple[str, ...]) -> None:
    status, printed, errors = command(tmp_path, *arguments, environment="production")
    assert (status, printed) == (1, [])
    assert "REVIEWER_ENVIRONMENT=test" in errors
    assert "Traceback" not in errors
    assert not (tmp_path / "data").exists()


def test_the_database_of_a_bench_is_refused_in_production(tmp_path: Path) -> None:
    environment = {"REVIEWER_DATA_DIR": str(tmp_path / "data"), "REVIEWER_ENVIRONMENT": "test"}
    database = Database(Settings.load(environment, None).database_url)
    upgrade(database)
    prepare(database)
    database.dispose()
    status, printed, errors = command(tmp_path, "serve", "--port", "0", environment="production")
    assert (status, printed) == (1, [])
    assert "REVIEWER_DATABASE_URL" in errors
    assert "Traceback" not in errors


def test_the_list_names_every_scenario(tmp_path: Path) -> None:
    status, printed, _ = command(tmp_path, "scenario", "list", environment="production")
    assert status == 0
    assert [line.split("\t")[0] for line in printed] == list(SCENARIOS)
    assert all(len(line.split("\t")) == 4 for line in printed)


def test_a_case_is_made_once_by_command(tmp_path: Path) -> None:
    first = command(tmp_path, "scenario", "make", SCENARIO, "--seed", "5")
    again = command(tmp_path, "scenario", "make", SCENARIO, "--seed", "5")
    assert first[0] == again[0] == 0, first[2] + again[2]
    assert first[1] == again[1]
    name, company_id, *_, login, password = first[1][0].split("\t")
    assert (name, len(company_id), login) == (SCENARIO, 32, f"{SCENARIO.replace('_', '-')}-5@qa.test")
    assert password
    status, _, errors = command(tmp_path, "scenario", "make", SCENARIO, "nonsense")
    assert (status, "nonsense" in errors, "Traceback" in errors) == (1, True, False)


def test_cases_of_scenarios_are_seeded_with_whole_histories(tmp_path: Path) -> None:
    status, printed, errors = command(
        tmp_path, "seed", "--companies", "40", "--scenario", SCENARIO, OTHER, "--seed", "2"
    )
    assert (status, printed) == (0, ["40 companies"]), errors
    status, printed, _ = command(tmp_path, "verify")
    assert (status, printed[0].startswith("whole: ")) == (0, True)


@pytest.mark.parametrize("wrong", ["-1", "many", "75001"])
def test_a_wrong_number_of_companies_is_refused(tmp_path: Path, wrong: str) -> None:
    status, _, errors = command(tmp_path, "seed", "--companies", wrong)
    assert status == 2
    assert "Traceback" not in errors


@pytest.mark.parametrize("wrong", ["-1", "many", "2147483648"])
def test_a_wrong_seed_is_refused(tmp_path: Path, wrong: str) -> None:
    for arguments in (("scenario", "make", SCENARIO), ("seed", "--companies", "1")):
        status, _, errors = command(tmp_path, *arguments, "--seed", wrong)
        assert status == 2
        assert "from 0 to 2147483647" in errors


def test_scenarios_are_walked_on_a_bench_of_their_own(tmp_path: Path) -> None:
    status, printed, errors = command(tmp_path, "scenario", "run", SCENARIO, environment="production")
    assert status == 0, errors
    assert printed[-1] == "1 of 1 scenarios came to their expected end"
    assert not (tmp_path / "data").exists()
