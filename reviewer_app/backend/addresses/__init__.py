# SPDX-License-Identifier: AGPL-3.0-or-later
"""The address books of companies."""
