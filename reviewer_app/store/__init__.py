# SPDX-License-Identifier: AGPL-3.0-or-later
"""What the desktop keeps on this computer: cache, drafts, outbox, documents. Plain records go in and out, never rows."""
