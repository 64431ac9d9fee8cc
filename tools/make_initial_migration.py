#!/usr/bin/env python3
# SPDX-License-Identifier: AGPL-3.0-or-later
"""Writes the initial migration anew from the tables. Only until the first release: later schemas get migrations of their own."""

from __future__ import annotations

import re
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

from alembic import command

import reviewer_app.backend.migrations
from reviewer_app.backend.kit.database import Database
from reviewer_app.backend.kit.schema import migrations_config

REVISION = "0001"
TABLES_A_FILE = 10
LINE = 118
PART_HEAD = '''# SPDX-License-Identifier: AGPL-3.0-or-later
"""Tables of the first schema."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from reviewer_app.backend.kit.database import UtcDateTime

'''
HEAD_AND_TRIGGERS = """op.execute("INSERT INTO audit_head (id, seq, hash) VALUES (1, 0, '" + "0" * 64 + "')")
    for statement in triggers.statements(op.get_context().dialect.name):
        op.execute(statement)
"""


def main() -> None:
    """Write ``versions/0001_initial.py`` and the modules of tables that it calls, split to keep files short."""
    migrations = Path(reviewer_app.backend.migrations.__file__).parent
    for old in (*migrations.glob("versions/0*.py"), *migrations.glob("initial/tables_*.py")):
        old.unlink()
    with tempfile.TemporaryDirectory() as folder:
        database = Database(f"sqlite:///{folder}/empty.sqlite3")
        config = migrations_config()
        with database.connect() as connection:
            config.attributes.update(connection=connection, initial=True)
            command.revision(config, message="initial", autogenerate=True, rev_id=REVISION)
        database.dispose()
    path = migrations / "versions" / f"{REVISION}_initial.py"
    head, _, rest = path.read_text(encoding="utf-8").partition("def upgrade")
    blocks = re.split(r"(?=^    op\.create_table\()", rest.partition("def downgrade")[0], flags=re.MULTILINE)[1:]
    parts = [blocks[start : start + TABLES_A_FILE] for start in range(0, len(blocks), TABLES_A_FILE)]
    for number, part in enumerate(parts, start=1):
        _write(migrations / "initial" / f"tables_{number}.py", _tables(part))
    _write(path, _upgrade(head, len(parts)))


def _tables(blocks: Sequence[str]) -> str:
    names = [match.group(1) for block in blocks if (match := re.search(r"create_table\('(\w+)'", block))]
    functions = ""
    for name, block in zip(names, blocks, strict=True):
        table, index, indexes = _packed(block).partition("    op.create_index(")
        functions += f"def _create_{name}() -> None:\n{table}\n"
        functions += f"    _index_{name}()\n\ndef _index_{name}() -> None:\n{index}{indexes}\n\n" if index else "\n"
    calls = "\n    ".join(f"_create_{name}()" for name in names)
    text = (
        PART_HEAD
        + f'# fmt: off\ndef create() -> None:\n    """Make the tables of this part."""\n    {calls}\n\n'
        + functions
    )
    for written in ("UtcDateTime(timezone=True)", "UtcDateTime()"):
        text = text.replace(f"reviewer_app.backend.kit.database.{written}", "UtcDateTime()")
    return text


def _upgrade(head: str, parts: int) -> str:
    names = [f"tables_{number}" for number in range(1, parts + 1)]
    imports = f"from reviewer_app.backend.migrations import triggers\nfrom reviewer_app.backend.migrations.initial import {', '.join(names)}\n"
    head = head.replace("import reviewer_app.backend.kit.database\n", imports)
    calls = "\n    ".join(f"{name}.create()" for name in names)
    return (
        head
        + f'def upgrade() -> None:\n    """Make the schema; there is none below it."""\n    {calls}\n    {HEAD_AND_TRIGGERS}'
    )


def _packed(block: str) -> str:
    """Put as many columns on a line as fit, so that a table of many stays a short function."""
    lines: list[str] = []
    for line in block.splitlines():
        text = line.strip()
        if not text or text.startswith("#"):
            continue
        column = text.startswith("sa.")
        if column and lines and lines[-1].lstrip().startswith("sa.") and len(lines[-1]) + len(text) < LINE:
            lines[-1] += f" {text}"
        else:
            lines.append(f"{'        ' if column else '    '}{text}")
    return "\n".join(lines)


def _write(path: Path, text: str) -> None:
    path.write_text(text, encoding="utf-8")
    for arguments in (("check", "--fix", "-q"), ("format", "-q")):
        subprocess.run([sys.executable, "-m", "ruff", *arguments, str(path)], check=True)


if __name__ == "__main__":
    main()
