# SPDX-License-Identifier: AGPL-3.0-or-later
"""A company at a glance: one call for the administration menu, put together of the other features."""
