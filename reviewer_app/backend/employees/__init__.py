# SPDX-License-Identifier: AGPL-3.0-or-later
"""People of companies: the list, invitations, permissions and the tree of superiors."""
