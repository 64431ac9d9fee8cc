# SPDX-License-Identifier: AGPL-3.0-or-later
"""The desktop as an installed program."""

from __future__ import annotations

from reviewer_app.app.__main__ import main

if __name__ == "__main__":
    main()
