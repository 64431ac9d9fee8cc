# SPDX-License-Identifier: AGPL-3.0-or-later
"""Qt widgets of the desktop, a folder per feature. Views show what models hold and pass on what the user does."""
