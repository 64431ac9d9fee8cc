# SPDX-License-Identifier: AGPL-3.0-or-later
"""Limits that a worker puts on itself before it opens anything."""

from __future__ import annotations

import contextlib
import os
import sys
from typing import Any

_PR_SET_PDEATHSIG = 1
_PR_SET_NO_NEW_PRIVS = 38
_SIGKILL = 9


def confine(configuration: dict[str, Any]) -> None:
    """Limit memory, open files, written files and core dumps, and end with the parent.

    On Windows the parent does this with a job object.
    """
    if sys.platform != "win32":
        import resource  # noqa: PLC0415 - not on every system

        limits = {
            resource.RLIMIT_AS: int(configuration["memory_bytes"]),
            resource.RLIMIT_NOFILE: int(configuration["open_files"]),
            resource.RLIMIT_FSIZE: 0,
            resource.RLIMIT_CORE: 0,
        }
        for which, limit in limits.items():
            _, hard = resource.getrlimit(which)
            wanted = limit if hard == resource.RLIM_INFINITY else min(limit, hard)
            with contextlib.suppress(ValueError, OSError):
                resource.setrlimit(which, (wanted, wanted))
    if sys.platform == "linux":
        _end_with_parent(int(configuration["parent"]))


def _end_with_parent(parent: int) -> None:
    import ctypes  # noqa: PLC0415 - only here

    libc = ctypes.CDLL(None, use_errno=True)
    libc.prctl(_PR_SET_PDEATHSIG, _SIGKILL, 0, 0, 0)
    libc.prctl(_PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0)
    if os.getppid() != parent:
        os._exit(1)
