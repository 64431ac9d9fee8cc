# SPDX-License-Identifier: AGPL-3.0-or-later
"""On Windows, a job object: its processes end with the program and may not take more memory than allowed."""

from __future__ import annotations

import sys

if sys.platform == "win32":
    import ctypes
    from ctypes import wintypes

    _KILL_ON_CLOSE = 0x2000
    _PROCESS_MEMORY = 0x0100
    _EXTENDED_LIMITS = 9
    _SET_QUOTA_AND_TERMINATE = 0x0100 | 0x0001

    class _BasicLimits(ctypes.Structure):
        _fields_ = (
            ("PerProcessUserTimeLimit", ctypes.c_int64),
            ("PerJobUserTimeLimit", ctypes.c_int64),
            ("LimitFlags", wintypes.DWORD),
            ("MinimumWorkingSetSize", ctypes.c_size_t),
            ("MaximumWorkingSetSize", ctypes.c_size_t),
            ("ActiveProcessLimit", wintypes.DWORD),
            ("Affinity", ctypes.c_size_t),
            ("PriorityClass", wintypes.DWORD),
            ("SchedulingClass", wintypes.DWORD),
        )

    class _ExtendedLimits(ctypes.Structure):
        _fields_ = (
            ("BasicLimitInformation", _BasicLimits),
            ("IoInfo", ctypes.c_uint64 * 6),
            ("ProcessMemoryLimit", ctypes.c_size_t),
            ("JobMemoryLimit", ctypes.c_size_t),
            ("PeakProcessMemoryUsed", ctypes.c_size_t),
            ("PeakJobMemoryUsed", ctypes.c_size_t),
        )

    class ProcessGroup:
        """A job object. Raises OSError when Windows refuses a step."""

        def __init__(self, memory_bytes: int) -> None:
            self._kernel = ctypes.WinDLL("kernel32", use_last_error=True)
            self._kernel.CreateJobObjectW.restype = wintypes.HANDLE
            self._kernel.OpenProcess.restype = wintypes.HANDLE
            self._job: int | None = self._kernel.CreateJobObjectW(None, None)
            limits = _ExtendedLimits()
            limits.BasicLimitInformation.LimitFlags = _KILL_ON_CLOSE | _PROCESS_MEMORY
            limits.ProcessMemoryLimit = memory_bytes
            self._check(
                self._kernel.SetInformationJobObject(
                    wintypes.HANDLE(self._job), _EXTENDED_LIMITS, ctypes.byref(limits), ctypes.sizeof(limits)
                )
            )

        def add(self, process_id: int) -> None:
            """Put a process into the group."""
            handle = self._kernel.OpenProcess(_SET_QUOTA_AND_TERMINATE, False, process_id)
            self._check(handle)
            try:
                self._check(self._kernel.AssignProcessToJobObject(wintypes.HANDLE(self._job), wintypes.HANDLE(handle)))
            finally:
                self._kernel.CloseHandle(wintypes.HANDLE(handle))

        def close(self) -> None:
            """End what is left in the group."""
            if self._job:
                self._kernel.CloseHandle(wintypes.HANDLE(self._job))
                self._job = None

        def _check(self, result: object) -> None:
            if not result:
                raise ctypes.WinError(ctypes.get_last_error())

else:

    class ProcessGroup:
        """Elsewhere workers limit themselves and end with their parent: nothing to do here."""

        def __init__(self, memory_bytes: int) -> None:
            self.memory_bytes = memory_bytes

        def add(self, process_id: int) -> None:
            """Take note of a process."""

        def close(self) -> None:
            """End what is left in the group."""
