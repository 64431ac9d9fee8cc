# SPDX-License-Identifier: AGPL-3.0-or-later
"""The finishing link: its token, what it shows, and what it does once."""
