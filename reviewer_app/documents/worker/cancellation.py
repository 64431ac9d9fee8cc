# SPDX-License-Identifier: AGPL-3.0-or-later
"""Stops a render that runs, although PyMuPDF holds the interpreter's lock for as long as it draws."""

from __future__ import annotations

import os
import sys
import threading

from pymupdf import mupdf

from reviewer_app.documents.worker.errors import OperationCancelled

_ABORT_BYTES = 4
_ARRIVAL_SECONDS = 5.0


class Cancellation:
    """A cookie for MuPDF whose abort mark the operating system itself sets when the parent writes to a pipe.

    A thread waits in `read(2)` with the mark's own address as the buffer. No Python runs between the parent's write
    and the mark, so the lock held by the render does not matter. Each cancel is four bytes; both sides count them, so
    that a late one cannot end the next render.
    """

    def __init__(self, descriptor: int) -> None:
        self.cookie = mupdf.FzCookie()
        self._descriptor = descriptor
        self._received = 0
        self._changed = threading.Condition()
        if descriptor >= 0 and sys.platform != "win32":
            threading.Thread(target=self._receive, daemon=True, name="cancellation").start()

    def settle(self, sent: int) -> None:
        """Clear the mark once all `sent` cancels have arrived. The parent asks for it when it can send no other one."""
        with self._changed:
            self._changed.wait_for(lambda: self._received >= sent, timeout=_ARRIVAL_SECONDS)
        self.cookie.m_internal.abort = 0

    def begin(self, sent_before: int) -> None:
        """Get ready for a render. ``sent_before``: how many cancels the parent sent up to its request.

        Raises:
            OperationCancelled: another one has come for this render already.
        """
        if self._received > sent_before:
            raise OperationCancelled

    @property
    def aborted(self) -> bool:
        """Whether the render that ran last was cut short."""
        return bool(self.cookie.m_internal.abort)

    def _receive(self) -> None:
        import ctypes  # noqa: PLC0415 - not where cancels are not received

        libc = ctypes.CDLL(None, use_errno=True)
        mark = ctypes.c_void_p(int(self.cookie.m_internal.this))
        while libc.read(self._descriptor, mark, _ABORT_BYTES) == _ABORT_BYTES:
            with self._changed:
                self._received += 1
                self._changed.notify_all()
        os.close(self._descriptor)
