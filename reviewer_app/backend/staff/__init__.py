# SPDX-License-Identifier: AGPL-3.0-or-later
"""Accounts of the distributor's staff, their sign-in with one-time codes, and their sessions."""
