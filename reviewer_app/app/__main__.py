# SPDX-License-Identifier: AGPL-3.0-or-later
"""`reviewer-app`: the desktop."""

from __future__ import annotations

import gc
import sys


def main() -> None:
    """Start the desktop, or become what the arguments ask for; ends the process with its exit code."""
    if getattr(sys, "frozen", False):
        import multiprocessing  # noqa: PLC0415 -- takes time, and only the frozen program can be its own child

        multiprocessing.freeze_support()
    gc.disable()  # collecting while modules load finds nothing; the window collects by a timer of its own
    from reviewer_app.documents.entry import run_if_worker  # noqa: PLC0415 -- after freeze_support, before anything else

    run_if_worker(sys.argv)
    from reviewer_app.app.qt_start import load_qt  # noqa: PLC0415 -- a worker process needs no Qt

    load_qt()
    from reviewer_app.app.command import run  # noqa: PLC0415 -- a worker process needs none of it

    sys.exit(run(sys.argv[1:]))


if __name__ == "__main__":
    main()
