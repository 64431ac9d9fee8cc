# SPDX-License-Identifier: AGPL-3.0-or-later
"""The list of cases as an item model."""
