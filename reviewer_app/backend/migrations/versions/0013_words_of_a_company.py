# SPDX-License-Identifier: AGPL-3.0-or-later
"""Whether a company has a word is answered by an index alone: a search looks it up for row after row."""

from __future__ import annotations

from alembic import op

revision = "0013"
down_revision = "0012"


def upgrade() -> None:
    """Put the words into the index of a company's words."""
    op.drop_index("ix_company_search_tokens_company_id", "company_search_tokens")
    op.create_index("ix_company_search_tokens_words", "company_search_tokens", ["company_id", "token"])
