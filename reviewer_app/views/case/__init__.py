# SPDX-License-Identifier: AGPL-3.0-or-later
"""One case: what was declared, its documents, its header."""
