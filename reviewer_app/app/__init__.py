# SPDX-License-Identifier: AGPL-3.0-or-later
"""The desktop's wiring: what `reviewer-app` starts, and nothing that another room could do."""
