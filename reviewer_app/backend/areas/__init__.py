# SPDX-License-Identifier: AGPL-3.0-or-later
"""The areas of the portal, each open to holders of its permission."""
