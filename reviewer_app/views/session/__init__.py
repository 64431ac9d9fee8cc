# SPDX-License-Identifier: AGPL-3.0-or-later
"""First start and sign-in."""
