# SPDX-License-Identifier: AGPL-3.0-or-later
"""The arrows between the rooms: import-linter's contracts, and what they cannot say."""

from __future__ import annotations

import subprocess
import sys

from tests.architecture import project

ROOMS = {
    "app", "background", "backend", "contract", "desk", "documents", "gateway", "models", "portal", "qa", "resources",
    "serve", "serve_bench", "store", "views",
}  # fmt: skip
# besides the standard library
CONTRACT_MAY_IMPORT = {"holidays", "pydantic", "pydantic_core", "stdnum", "annotated_types", "reviewer_app"}
# what features say to each other is written in these, beside the services
SHARED_WORDS = {"mail.content", "companies.presentation"}
# it counts over what the other features have written, and writes nothing
READS_ALL_TABLES = "reviewer_app.backend.statistics.repository"

# no features: they stand above all of them
ABOVE_THE_FEATURES = {"migrations", "bench"}


def test_import_contracts_hold() -> None:
    command = [sys.executable, "-c", "from importlinter.cli import lint_imports_command as run; run()"]
    answer = subprocess.run(command, cwd=project.ROOT, capture_output=True, encoding="utf-8", check=False)
    assert answer.returncode == 0, answer.stdout + answer.stderr


def test_every_module_lives_in_a_room() -> None:
    package = project.ROOT / "reviewer_app"
    top = {path.relative_to(package).parts[0].removesuffix(".py") for path in project.files("reviewer_app/*.py")} - {
        "__init__"
    }
    assert top <= ROOMS


def test_contract_is_pure() -> None:
    allowed = CONTRACT_MAY_IMPORT | sys.stdlib_module_names
    foreign = {
        f"{project.name(path)}: {imported}"
        for path in project.files("reviewer_app/contract/*.py")
        for imported in project.imported(path)
        if imported.partition(".")[0] not in allowed
        or (imported.startswith("reviewer_app.") and not imported.startswith("reviewer_app.contract"))
    }
    assert not foreign


def test_nothing_reaches_into_tests_or_tools() -> None:
    reaching = {
        f"{project.name(path)}: {imported}"
        for path in project.files("reviewer_app/*.py")
        for imported in project.imported(path)
        if imported.partition(".")[0] in {"tests", "tools", "pytest"}
    }
    assert not reaching


def test_backend_features_meet_only_at_their_services() -> None:
    crossing = {
        f"{project.name(path)}: {imported}"
        for path in project.files("reviewer_app/backend/*/*.py")
        for imported in project.imported(path)
        if _crosses(project.module_name(path).split("."), imported.split("."))
    }
    assert not crossing


def _crosses(importing: list[str], imported: list[str]) -> bool:
    if imported[:2] != ["reviewer_app", "backend"] or len(imported) < 4 or importing[2] in ABOVE_THE_FEATURES:
        return False
    feature, module = imported[2], imported[3]
    if ".".join(importing) == READS_ALL_TABLES and module == "tables":
        return False
    return feature not in {importing[2], "kit"} and module != "service" and f"{feature}.{module}" not in SHARED_WORDS
