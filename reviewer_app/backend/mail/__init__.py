# SPDX-License-Identifier: AGPL-3.0-or-later
"""Mail to customers: rendered from one set of templates, queued in the transaction of the act, sent by its own thread."""
