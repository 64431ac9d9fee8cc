# SPDX-License-Identifier: AGPL-3.0-or-later
"""The sheet by which a company authorises its administrator: its number and its PDF."""
