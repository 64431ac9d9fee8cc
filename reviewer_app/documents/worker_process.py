# SPDX-License-Identifier: AGPL-3.0-or-later
"""One worker process as its parent sees it."""

from __future__ import annotations

import contextlib
import os
import socket
import subprocess
import sys
from collections import OrderedDict
from collections.abc import Mapping
from typing import Any

from reviewer_app.documents.entry import worker_command
from reviewer_app.documents.framing import Channel, Message
from reviewer_app.documents.limits import WorkerLimits
from reviewer_app.documents.segments import Segment

_CANCEL = (1).to_bytes(4, sys.byteorder)
_MOST_SEGMENTS = 8
_END_SECONDS = 10.0
# A worker opens hostile files: it gets no settings, and so no passwords, from the environment.
_ENVIRONMENT = ("SYSTEMROOT", "TEMP", "TMP", "TMPDIR", "LD_LIBRARY_PATH", "LANG", "LC_ALL")


class WorkerProcess:
    """A child process that serves one request at a time. Not thread-safe but for `cancel` and `kill`."""

    def __init__(self, limits: WorkerLimits) -> None:
        self.calls = 0
        self.started = False
        self.keys: set[str] = set()
        """Keys of the documents that it may have open."""
        self.closed_keys: set[str] = set()
        """Keys of documents that the next request tells it to close."""
        self._cancels_sent = 0
        self._cancel_descriptor = -1
        self._known_segments: OrderedDict[int, None] = OrderedDict()
        configuration = {
            "parent": os.getpid(),
            "memory_bytes": limits.memory_bytes,
            "open_files": limits.open_files,
            "cancel_descriptor": -1,
        }
        if sys.platform == "win32":
            self._start_with_pipes(configuration)
        else:
            self._start_with_socket(configuration)

    @property
    def identifier(self) -> int:
        """The process id."""
        return self._process.pid

    @property
    def alive(self) -> bool:
        """Whether the process still runs."""
        return self._process.poll() is None

    @property
    def cancels_sent(self) -> int:
        """How many cancels were sent so far; a request says how many came before it."""
        return self._cancels_sent

    def wait_for_start(self) -> None:
        """Wait until it is ready for its first request. Raises like `exchange`."""
        self._channel.receive()
        self.started = True

    def exchange(
        self, operation: str, arguments: Mapping[str, Any], body: bytes, *, segment: Segment | None, cancels_before: int
    ) -> Message:
        """Send a request and wait for its answer.

        Raises:
            EOFError, OSError, ProtocolError: the process ended, or sent what is no answer; it must be ended.
        """
        request = {**arguments, "cancels": cancels_before}
        if segment is not None:
            request["segment"] = self._describe(segment)
        closed, self.closed_keys = sorted(self.closed_keys), set()
        self._channel.send({"operation": operation, "arguments": request, "closed": closed}, body)
        if segment is not None and segment.descriptor >= 0 and not request["segment"]["known"]:
            self._channel.send_descriptor(segment.descriptor)
        answer = self._channel.receive()
        self.calls += 1
        return answer

    def settle(self) -> None:
        """Have it forget the cancels that came too late for what it did. Raises like `exchange`."""
        self.exchange("settle", {}, b"", segment=None, cancels_before=self._cancels_sent)

    def cancel(self) -> None:
        """Ask a running render to stop. Only while an exchange runs: each cancel is counted on both sides."""
        if self._cancel_descriptor >= 0:
            self._cancels_sent += 1
            with contextlib.suppress(OSError):
                os.write(self._cancel_descriptor, _CANCEL)

    def kill(self) -> None:
        """End the process at once; an exchange that waits gets EOFError."""
        with contextlib.suppress(OSError):
            self._process.kill()

    def dispose(self) -> None:
        """End the process, wait for it, and close what leads to it."""
        self.kill()
        self._channel.close()
        if self._cancel_descriptor >= 0:
            os.close(self._cancel_descriptor)
            self._cancel_descriptor = -1
        self._process.wait(_END_SECONDS)

    def _describe(self, segment: Segment) -> dict[str, Any]:
        known = segment.identifier in self._known_segments
        self._known_segments[segment.identifier] = None
        self._known_segments.move_to_end(segment.identifier)
        forget = []
        while len(self._known_segments) > _MOST_SEGMENTS:
            forget.append(self._known_segments.popitem(last=False)[0])
        return {**segment.describe(known=known), "forget": forget}

    def _start_with_socket(self, configuration: dict[str, Any]) -> None:
        ours, theirs = socket.socketpair()
        cancel_read, cancel_write = os.pipe()
        try:
            command = worker_command({**configuration, "cancel_descriptor": cancel_read})
            self._process = _start(command, stdin=theirs.fileno(), stdout=subprocess.DEVNULL, pass_fds=(cancel_read,))
        except BaseException:
            os.close(cancel_write)
            ours.close()
            raise
        finally:
            theirs.close()
            os.close(cancel_read)
        self._cancel_descriptor = cancel_write
        descriptor = ours.detach()
        self._channel = Channel(descriptor, descriptor)

    def _start_with_pipes(self, configuration: dict[str, Any]) -> None:
        self._process = _start(
            worker_command(configuration), stdin=subprocess.PIPE, stdout=subprocess.PIPE, pass_fds=()
        )
        assert self._process.stdin is not None  # noqa: S101 - both were asked for as pipes
        assert self._process.stdout is not None  # noqa: S101
        self._channel = Channel(os.dup(self._process.stdout.fileno()), os.dup(self._process.stdin.fileno()))
        self._process.stdin.close()
        self._process.stdout.close()


def _start(command: list[str], *, stdin: int, stdout: int, pass_fds: tuple[int, ...]) -> subprocess.Popen[bytes]:
    environment = {name: os.environ[name] for name in _ENVIRONMENT if name in os.environ}
    environment["OMP_THREAD_LIMIT"] = "1"
    return subprocess.Popen(
        command,
        stdin=stdin,
        stdout=stdout,
        stderr=subprocess.DEVNULL,
        env=environment,
        pass_fds=pass_fds,
        close_fds=True,
        creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
    )
