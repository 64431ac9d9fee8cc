#!/usr/bin/env python3
# SPDX-License-Identifier: AGPL-3.0-or-later
"""Writes the initial migration anew from the tables. Only until the first release: later schemas get migrations of their own."""

from __future__ import annotations

import re
import subprocess
import sys
import tempfile
from pathlib import Path

from alembic import command

import reviewer_app.backend.migrations
from reviewer_app.backend.kit.database import Database
from reviewer_app.backend.kit.schema import migrations_config

REVISION = "0001"
HEAD_AND_TRIGGERS = '''op.execute("INSERT INTO audit_head (id, seq, hash) VALUES (1, 0, '" + "0" * 64 + "')")
    for statement in triggers.statements(op.get_context().dialect.name):
        op.execute(statement)
'''


def main() -> None:
    """Write ``versions/0001_initial.py``."""
    versions = Path(reviewer_app.backend.migrations.__file__).parent / "versions"
    for old in versions.glob("0*.py"):
        old.unlink()
    with tempfile.TemporaryDirectory() as folder:
        database = Database(f"sqlite:///{folder}/empty.sqlite3")
        config = migrations_config()
        with database.connect() as connection:
            config.attributes["connection"] = connection
            command.revision(config, message="initial", autogenerate=True, rev_id=REVISION)
        database.dispose()
    path = versions / f"{REVISION}_initial.py"
    path.write_text(tidied(path.read_text(encoding="utf-8")), encoding="utf-8")
    for arguments in (("check", "--fix", "-q"), ("format", "-q")):
        subprocess.run([sys.executable, "-m", "ruff", *arguments, str(path)], check=True)


def tidied(text: str) -> str:
    """Give each table a function of its own, and leave out a way down from the first schema: there is none."""
    head, _, rest = text.partition("def upgrade")
    body = rest.partition("def downgrade")[0]
    blocks = re.split(r"(?=^    op\.create_table\()", body, flags=re.MULTILINE)[1:]
    names = [match.group(1) for block in blocks if (match := re.search(r"create_table\('(\w+)'", block))]
    functions = "".join(
        f"def _create_{name}() -> None:\n{_without_comments(block)}\n\n"
        for name, block in zip(names, blocks, strict=True)
    )
    calls = "\n    ".join(f"_create_{name}()" for name in names)
    upgrade = f'def upgrade() -> None:\n    """Make the schema."""\n    {calls}\n    {HEAD_AND_TRIGGERS}'
    text = head + upgrade + "\n\n" + functions
    text = text.replace("reviewer_app.backend.kit.database.UtcDateTime(timezone=True)", "UtcDateTime()")
    text = text.replace("reviewer_app.backend.kit.database.UtcDateTime()", "UtcDateTime()")
    return text.replace(
        "import reviewer_app.backend.kit.database\n",
        "from reviewer_app.backend.kit.database import UtcDateTime\n"
        "from reviewer_app.backend.migrations import triggers\n",
    )


def _without_comments(block: str) -> str:
    return "\n".join(line for line in block.splitlines() if not line.lstrip().startswith("#"))


if __name__ == "__main__":
    main()
