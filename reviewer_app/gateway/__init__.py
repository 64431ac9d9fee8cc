# SPDX-License-Identifier: AGPL-3.0-or-later
"""The desktop's side of the HTTP API: one typed method per operation, its own errors, safe retries. No Qt."""
