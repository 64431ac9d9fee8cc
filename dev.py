# SPDX-License-Identifier: AGPL-3.0-or-later
"""Everything a developer runs, with nothing but Python: `python3 dev.py --help`."""

from __future__ import annotations

import sys

OLDEST, TOO_NEW = (3, 11), (3, 15)  # the same bounds as requires-python in pyproject.toml

if not OLDEST <= sys.version_info[:2] < TOO_NEW:
    sys.exit(
        "dev.py: this is Python {}.{}; Reviewer needs Python 3.11 to 3.14.\n"
        "Install one of these (Debian, Ubuntu: apt-get install python3.11 python3.11-venv) and start dev.py with it,\n"
        "for example: python3.11 dev.py test".format(*sys.version_info[:2])
    )

from tools.dev.commands import main

if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
