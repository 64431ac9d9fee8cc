# SPDX-License-Identifier: AGPL-3.0-or-later
"""Tries the packaged programs as on a computer without Python."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import threading
from pathlib import Path

from tools.dev.terminal import Problem, run_visible

KEPT = ("SYSTEMROOT", "TEMP", "TMP")
START_SECONDS = 60.0


def try_package(folder: Path) -> None:
    """Run the desktop's self-test and start the server, with nothing on the PATH; raises `Problem`."""
    suffix = ".exe" if sys.platform == "win32" else ""
    with tempfile.TemporaryDirectory(prefix="reviewer-package-") as home:
        bare = _bare_environment(home)
        if code := run_visible([str(folder / f"reviewer-app{suffix}"), "--self-test"], env=bare):
            raise Problem(f"the packaged reviewer-app failed its self-test (exit code {code})")
        _start_server([str(folder / f"reviewer-server{suffix}"), "serve", "--port", "0", "--portal"], bare)
    size = sum(path.stat().st_size for path in folder.rglob("*") if path.is_file() and not path.is_symlink())
    print(f"package: {folder} ({size / 1e6:.0f} MB): self-test passed, server started")


def _bare_environment(home: str) -> dict[str, str]:
    homes = ("HOME", "USERPROFILE", "APPDATA", "LOCALAPPDATA", "REVIEWER_DATA_DIR")
    bare = {name: os.environ[name] for name in KEPT if name in os.environ}
    return bare | dict.fromkeys(homes, home) | {"PATH": "", "QT_QPA_PLATFORM": "offscreen", "LC_ALL": "C.UTF-8"}


def _start_server(command: list[str], environment: dict[str, str]) -> None:
    printed: list[str] = []
    with subprocess.Popen(
        command, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, encoding="utf-8"
    ) as server:
        too_late = threading.Timer(START_SECONDS, server.kill)
        too_late.start()
        try:
            for line in server.stdout or ():  # ends with the server
                printed.append(line)
                if line.startswith("listening on "):
                    return
        finally:
            too_late.cancel()
            server.terminate()
    raise Problem(f"the packaged reviewer-server did not start:\n{''.join(printed[-12:])}")
