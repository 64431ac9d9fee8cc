# SPDX-License-Identifier: AGPL-3.0-or-later
"""The tables of the first schema, in parts."""
