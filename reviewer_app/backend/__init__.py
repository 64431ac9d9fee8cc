# SPDX-License-Identifier: AGPL-3.0-or-later
"""The shared API: a folder per feature (endpoints, service, repository, tables) and ``kit`` for what they share."""
