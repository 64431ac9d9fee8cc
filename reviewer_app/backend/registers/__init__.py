# SPDX-License-Identifier: AGPL-3.0-or-later
"""Official registers: asked within their limits, their answers kept as evidence, never taken for a decision."""
