# SPDX-License-Identifier: AGPL-3.0-or-later
"""Settings that need the server or the local store."""
