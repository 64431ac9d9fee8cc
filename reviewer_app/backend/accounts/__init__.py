# SPDX-License-Identifier: AGPL-3.0-or-later
"""Customers' accounts: registration, activation, sessions, passwords, own data, consents, terms."""
