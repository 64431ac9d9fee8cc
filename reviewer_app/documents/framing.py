# SPDX-License-Identifier: AGPL-3.0-or-later
"""Messages between a program and its worker: a JSON header and bytes, each with its length before it.

JSON and not pickle, because a worker that a hostile file took over must not be able to run code in its parent.
"""

from __future__ import annotations

import contextlib
import json
import os
import socket
import struct
import sys
from collections.abc import Mapping
from typing import Any, NamedTuple

_LENGTHS = struct.Struct(">II")
_CHUNK = 1 << 20
HEADER_LIMIT = 32 << 20
"""Largest header taken, in bytes. The words of 200 dense pages need about a tenth of it."""
BODY_LIMIT = 64 << 20
"""Largest body taken, in bytes."""


class Message(NamedTuple):
    """One message: a header of JSON values and bytes, which may be empty."""

    header: dict[str, Any]
    body: bytes


class ProtocolError(Exception):
    """What arrived is not a message."""


class Channel:
    """Sends and receives messages over two file descriptors, which may be the same socket. Owns them.

    One thread at a time; both directions block. Raises EOFError when the other side is gone, OSError when it
    went in the middle, :class:`ProtocolError` when what it sent is no message.
    """

    def __init__(self, read_descriptor: int, write_descriptor: int) -> None:
        self._read_descriptor = read_descriptor
        self._write_descriptor = write_descriptor

    def send(self, header: Mapping[str, Any], body: bytes = b"") -> None:
        """Send one message."""
        encoded = json.dumps(header, separators=(",", ":")).encode()
        self._write(_LENGTHS.pack(len(encoded), len(body)) + encoded)
        if body:
            self._write(body)

    def receive(self) -> Message:
        """Wait for one message."""
        header_length, body_length = _LENGTHS.unpack(self._read(_LENGTHS.size))
        if header_length > HEADER_LIMIT or body_length > BODY_LIMIT:
            raise ProtocolError(f"message of {header_length} + {body_length} bytes")
        try:
            header = json.loads(self._read(header_length))
        except ValueError as error:
            raise ProtocolError("header is not JSON") from error
        if not isinstance(header, dict):
            raise ProtocolError("header is not an object")
        return Message(header, self._read(body_length))

    def send_descriptor(self, descriptor: int) -> None:
        """Hand an open file to the other side (sockets of POSIX systems only)."""
        if sys.platform != "win32":
            with socket.socket(fileno=os.dup(self._write_descriptor)) as duplicate:
                socket.send_fds(duplicate, [b"d"], [descriptor])

    def receive_descriptor(self) -> int:
        """Take an open file that the other side handed over (sockets of POSIX systems only)."""
        descriptors: list[int] = []
        if sys.platform != "win32":
            with socket.socket(fileno=os.dup(self._read_descriptor)) as duplicate:
                _, descriptors, _, _ = socket.recv_fds(duplicate, 1, 1)
        if len(descriptors) != 1:
            raise ProtocolError("no descriptor arrived")
        return descriptors[0]

    def close(self) -> None:
        """Close both ends; a second call does nothing."""
        for descriptor in {self._read_descriptor, self._write_descriptor} - {-1}:
            with contextlib.suppress(OSError):
                os.close(descriptor)
        self._read_descriptor = self._write_descriptor = -1

    def _write(self, data: bytes) -> None:
        rest = memoryview(data)
        while rest:
            rest = rest[os.write(self._write_descriptor, rest[:_CHUNK]) :]

    def _read(self, length: int) -> bytes:
        parts = []
        while length:
            part = os.read(self._read_descriptor, min(length, _CHUNK))
            if not part:
                raise EOFError
            parts.append(part)
            length -= len(part)
        return b"".join(parts)
