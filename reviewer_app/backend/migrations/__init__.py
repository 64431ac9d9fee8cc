# SPDX-License-Identifier: AGPL-3.0-or-later
"""The database's schema, as Alembic migrations that the program brings along and runs by itself."""
