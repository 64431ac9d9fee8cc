# SPDX-License-Identifier: AGPL-3.0-or-later
"""All codes with their texts, for clients."""
