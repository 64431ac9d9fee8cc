# SPDX-License-Identifier: AGPL-3.0-or-later
"""The worker's main loop: one request after another until the parent is gone."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from typing import Any, NoReturn

from reviewer_app.documents.framing import Channel, Message, ProtocolError
from reviewer_app.documents.worker.confinement import confine
from reviewer_app.documents.worker.errors import OperationError, Refused

_DETAIL_LENGTH = 300


def main(configuration: dict[str, Any]) -> NoReturn:
    """Serve requests on the descriptors that the parent prepared; ends the process when the parent is gone."""
    confine(configuration)
    channel = _open_channel()
    # Imported after the limits are set, and here so that a program that only asks `run_if_worker` does not load it.
    from reviewer_app.documents.worker.operations import Operations  # noqa: PLC0415

    operations = Operations(channel, cancel_descriptor=int(configuration["cancel_descriptor"]))
    try:
        channel.send({"ready": True})
        while True:
            request = channel.receive()
            answer = _answer(operations.run, request)
            channel.send(answer.header, answer.body)
    except (EOFError, OSError, ProtocolError):
        pass
    finally:
        # Threads may be inside MuPDF or waiting for a cancel: nothing of theirs is worth a slow end.
        os._exit(0)


def _answer(run: Callable[[Message], Message], request: Message) -> Message:
    try:
        return run(request)
    except Refused as refused:
        return Message(
            {"error": refused.kind, "code": refused.code.value, "detail": str(refused)[:_DETAIL_LENGTH]}, b""
        )
    except OperationError as error:
        return Message({"error": error.kind, "detail": str(error)[:_DETAIL_LENGTH]}, b"")
    except Exception as error:  # noqa: BLE001 - MuPDF raises many kinds; the parent gets a clear answer for all
        detail = f"{type(error).__name__}: {error}"
        return Message({"error": "unreadable", "detail": detail[:_DETAIL_LENGTH]}, b"")


def _open_channel() -> Channel:
    """Take over standard input and output, so that nothing a library prints can get between messages."""
    if sys.platform == "win32":
        import msvcrt  # noqa: PLC0415 - only here

        for descriptor in (0, 1):
            msvcrt.setmode(descriptor, os.O_BINARY)
        read_descriptor, write_descriptor = os.dup(0), os.dup(1)
    else:
        read_descriptor = write_descriptor = os.dup(0)
    nothing = os.open(os.devnull, os.O_RDWR)
    for descriptor in (0, 1):
        os.dup2(nothing, descriptor)
    os.close(nothing)
    return Channel(read_descriptor, write_descriptor)
