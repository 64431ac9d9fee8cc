# SPDX-License-Identifier: AGPL-3.0-or-later
"""Reminder mails to those for whom a company, or an invitation, waits."""
