# SPDX-License-Identifier: AGPL-3.0-or-later
"""Pages of one document as pixels, and what was looked at."""
