# SPDX-License-Identifier: AGPL-3.0-or-later
"""The backend's side of the QA bench: its clock, caught mails, cases made by the services. Never loaded in production."""
