# SPDX-License-Identifier: AGPL-3.0-or-later
"""The product's server as users start it: a process of its own, with an empty data folder."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
from collections import deque
from pathlib import Path
from types import TracebackType
from typing import Self

STAFF_PASSWORD = "sosna-i-buk-nad-jeziorem"


def program(name: str) -> str:
    """Give the path of one of the product's commands, beside the running Python."""
    return str(Path(sys.executable).parent / (f"{name}.exe" if os.name == "nt" else name))


class Server:
    """``reviewer-server serve --portal`` on a free port. Use as a context manager; then ``url`` is set.

    With ``bench`` it is a test bench as well, which catches its mails.
    """

    def __init__(self, data: Path, smtp_url: str, *, bench: bool = False, **settings: str) -> None:
        self.url = ""
        self._modes = ("--portal", "--qa") if bench else ("--portal",)
        self._environment = {
            **{name: value for name, value in os.environ.items() if not name.startswith("REVIEWER_")},
            "REVIEWER_DATA_DIR": str(data),
            "REVIEWER_ENVIRONMENT": "test",
            "REVIEWER_SMTP_URL": smtp_url,
            **settings,
        }
        self._process: subprocess.Popen[str] | None = None
        self._output: deque[str] = deque(maxlen=200)
        self._reader: threading.Thread | None = None

    def command(self, *arguments: str, given: str = "") -> str:
        """Run another command of the server on the same data; gives what it printed. Raises when it fails."""
        done = subprocess.run(
            [program("reviewer-server"), *arguments],
            env=self._environment,
            input=given,
            capture_output=True,
            text=True,
            encoding="utf-8",
            timeout=300,
            check=False,
        )
        if done.returncode:
            raise RuntimeError(f"reviewer-server {' '.join(arguments)} failed:\n{done.stdout}{done.stderr}")
        return done.stdout

    def add_staff(self, username: str, role: str, display_name: str) -> None:
        """Make a staff account with :data:`STAFF_PASSWORD`."""
        self.command(
            *("user", "add", username, "--role", role, "--display-name", display_name, "--password-stdin"),
            given=STAFF_PASSWORD + "\n",
        )

    def __enter__(self) -> Self:
        self._process = subprocess.Popen(
            [program("reviewer-server"), "serve", *self._modes, "--port", "0"],
            env=self._environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            encoding="utf-8",
        )
        assert self._process.stdout is not None
        for line in self._process.stdout:
            self._output.append(line)
            if line.startswith("listening on "):
                self.url = line.removeprefix("listening on ").strip()
                break
        else:
            self._process.wait(10)
            raise RuntimeError("the server did not start:\n" + "".join(self._output))
        self._reader = threading.Thread(target=self._keep_output, name="server output")
        self._reader.start()
        return self

    def _keep_output(self) -> None:
        assert self._process is not None
        assert self._process.stdout is not None
        with self._process.stdout as lines:
            self._output.extend(lines)

    @property
    def output(self) -> str:
        """The last lines that the server printed."""
        return "".join(self._output)

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        assert self._process is not None
        self._process.terminate()
        try:
            self._process.wait(30)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
            raise
        finally:
            if self._reader is not None:
                self._reader.join()
