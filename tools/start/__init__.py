# SPDX-License-Identifier: AGPL-3.0-or-later
"""Where the installed programs begin: PyInstaller starts files, not functions of a package."""

from __future__ import annotations
