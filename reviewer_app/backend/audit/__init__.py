# SPDX-License-Identifier: AGPL-3.0-or-later
"""History of every act, chained by hashes, and the change feed that is read from the same rows."""
