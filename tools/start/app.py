# SPDX-License-Identifier: AGPL-3.0-or-later
"""The desktop as an installed program."""

from __future__ import annotations

import sys
from multiprocessing import freeze_support

from reviewer_app.documents.entry import run_if_worker

if __name__ == "__main__":
    freeze_support()
    run_if_worker(sys.argv)  # a worker loads neither window nor server

    from reviewer_app.app.__main__ import main

    sys.exit(main())
