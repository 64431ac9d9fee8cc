# SPDX-License-Identifier: AGPL-3.0-or-later
"""Who is signed in, and to which server."""
