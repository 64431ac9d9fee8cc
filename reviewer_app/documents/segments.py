# SPDX-License-Identifier: AGPL-3.0-or-later
"""Shared memory in which a worker hands over pixels.

The parent makes each segment, so that the worker can neither choose its size nor change it later; nothing of it has a
name in the file system, so nothing is left behind when a program is killed.
"""

from __future__ import annotations

import itertools
import mmap
import os
import sys
import tempfile
import threading
import weakref
from typing import Any

_ROUNDING = 1 << 20


class Segment:
    """A piece of memory that a worker can map too. ``size`` in bytes."""

    def __init__(self, identifier: int, size: int) -> None:
        self.identifier = identifier
        self.size = size
        self.name = ""
        self.descriptor = -1
        if sys.platform == "win32":
            self.name = f"reviewer-{os.getpid()}-{os.urandom(8).hex()}"
            self.memory = mmap.mmap(-1, size, tagname=self.name)
        else:
            self.descriptor = _anonymous_file(size)
            self.memory = mmap.mmap(self.descriptor, size)
            weakref.finalize(self, os.close, self.descriptor)

    def describe(self, *, known: bool) -> dict[str, Any]:
        """Say in a request which segment to use; ``known``: the worker has mapped it before."""
        return {"id": self.identifier, "size": self.size, "name": self.name, "known": known}


def map_segment(description: dict[str, Any], descriptor: int) -> mmap.mmap:
    """Map, in the worker, the segment that a request describes. Closes the descriptor."""
    size = int(description["size"])
    if sys.platform == "win32":
        memory = mmap.mmap(-1, size, tagname=str(description["name"]))
    else:
        try:
            memory = mmap.mmap(descriptor, size)
        finally:
            os.close(descriptor)
    return memory


class SegmentStore:
    """Makes segments and keeps released ones for the next picture. Thread-safe."""

    def __init__(self, *, keep_bytes: int = 64 << 20) -> None:
        self._keep_bytes = keep_bytes
        self._free: list[Segment] = []
        self._identifiers = itertools.count(1)
        self._lock = threading.Lock()

    def acquire(self, size: int) -> Segment:
        """Give a segment of at least ``size`` bytes."""
        wanted = max(-(-size // _ROUNDING), 1) * _ROUNDING
        with self._lock:
            for at, segment in enumerate(self._free):
                if wanted <= segment.size <= 2 * wanted:
                    return self._free.pop(at)
            identifier = next(self._identifiers)
        return Segment(identifier, wanted)

    def release(self, segment: Segment) -> None:
        """Take a segment back that nobody reads any more."""
        with self._lock:
            self._free.append(segment)
            while sum(kept.size for kept in self._free) > self._keep_bytes:
                self._free.pop(0)

    def clear(self) -> None:
        """Let go of every kept segment."""
        with self._lock:
            self._free.clear()


if sys.platform == "linux":
    import fcntl

    def _anonymous_file(size: int) -> int:
        """Open a nameless file in memory; its size is sealed, or a worker could shrink it under a reader."""
        descriptor = os.memfd_create("pixels", os.MFD_CLOEXEC | os.MFD_ALLOW_SEALING)
        os.ftruncate(descriptor, size)
        fcntl.fcntl(descriptor, fcntl.F_ADD_SEALS, fcntl.F_SEAL_SHRINK | fcntl.F_SEAL_GROW | fcntl.F_SEAL_SEAL)
        return descriptor

elif sys.platform != "win32":

    def _anonymous_file(size: int) -> int:
        """Open a file that has lost its name."""
        with tempfile.TemporaryFile() as file:
            os.ftruncate(file.fileno(), size)
            return os.dup(file.fileno())
