# SPDX-License-Identifier: AGPL-3.0-or-later
"""Verdicts, reasons, the mail's preview and the decision."""
