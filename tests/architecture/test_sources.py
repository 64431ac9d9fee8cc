# SPDX-License-Identifier: AGPL-3.0-or-later
"""What every file of the project keeps: its size, its licence, and silence about the machine it was written on."""

from __future__ import annotations

import ast
import re

from tests.architecture import project

MOST_LINES_OF_A_FILE = 500
MOST_LINES_OF_A_FUNCTION = 50
MOST_PUBLIC_METHODS = 20
LICENCE = "SPDX-License-Identifier: AGPL-3.0-or-later"

# in pieces, since this file is looked at too
REGISTRY_HOSTS = [
    ".".join(parts) for parts in (("pypi", "org"), ("pythonhosted", "org"), ("npmjs", "org"), ("npmjs", "com"))
]
MACHINE_PATHS = [f"/{folder}/" for folder in ("work", "root")]
BINARY = {".ttf", ".woff2", ".png", ".jpg", ".jpeg", ".tiff", ".tif", ".ico", ".pdf", ".qm", ".mo", ".gz", ".zip"}


def test_files_are_short() -> None:
    long = [
        f"{project.name(path)}: {lines} lines"
        for path in project.files("*.py")
        if (lines := len(path.read_text(encoding="utf-8").splitlines())) > MOST_LINES_OF_A_FILE
    ]
    assert not long


def test_functions_are_short() -> None:
    long = [
        f"{project.name(path)}:{node.lineno} {node.name}: {lines} lines"
        for path in project.files("*.py")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        and (lines := (node.end_lineno or node.lineno) - node.lineno + 1) > MOST_LINES_OF_A_FUNCTION
    ]
    assert not long


def test_classes_have_few_public_methods() -> None:
    crowded = [
        f"{project.name(path)}:{node.lineno} {node.name}: {methods} public methods"
        for path in project.files("*.py")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.ClassDef) and (methods := _public_methods(node)) > MOST_PUBLIC_METHODS
    ]
    assert not crowded


def test_every_source_names_its_licence() -> None:
    sources = project.files("*.py", "*.spec", "*.toml", "*.sh", ".ci/*")
    assert sources
    silent = [
        project.name(path)
        for path in sources
        if LICENCE not in "".join(path.read_text(encoding="utf-8").splitlines()[:3])
    ]
    assert not silent


def test_no_file_names_a_registry_or_a_machine() -> None:
    unwanted = re.compile(
        "|".join([rf"\b{re.escape(host)}\b" for host in REGISTRY_HOSTS])
        + "|"
        + "|".join(rf"(?<![\w./>)}}]){re.escape(folder)}" for folder in MACHINE_PATHS)
    )
    found = [
        f"{project.name(path)}:{number}: {line.strip()[:120]}"
        for path in project.files()
        if path.suffix.lower() not in BINARY
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1)
        if unwanted.search(line)
    ]
    assert not found


def _public_methods(node: ast.ClassDef) -> int:
    return sum(
        isinstance(member, ast.FunctionDef | ast.AsyncFunctionDef) and not member.name.startswith("_")
        for member in node.body
    )
