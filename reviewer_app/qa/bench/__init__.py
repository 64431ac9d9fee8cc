# SPDX-License-Identifier: AGPL-3.0-or-later
"""The bench that the server carries with ``--qa``: its API and pages, faults, and stand-ins of the registers."""
