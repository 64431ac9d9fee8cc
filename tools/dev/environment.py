# SPDX-License-Identifier: AGPL-3.0-or-later
"""The checkout's own `.venv`: made, filled from the lock file, and trusted only when it was finished."""

from __future__ import annotations

import hashlib
import importlib.util
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
import tomllib
import venv
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tools.dev import explain, system
from tools.dev.explain import NEEDED_BYTES
from tools.dev.terminal import Problem, Step, run_quietly


class Environment:
    """The virtual environment of one checkout."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.folder = root / ".venv"
        self.lock_file = root / "requirements.lock"
        self.stamp_file = self.folder / "reviewer-ready"
        self._unfinished_mark = self.folder / "reviewer-unfinished"

    def program(self, name: str) -> Path:
        """Give the path of a command of the environment, such as `python`."""
        if sys.platform == "win32":
            return self.folder / "Scripts" / f"{name}.exe"
        return self.folder / "bin" / name

    def ensure(self) -> None:
        """Make the environment what the lock file says; at once when it already is. Raises `Problem`."""
        wanted = self._fingerprint()
        if self._is_ready(wanted):
            return
        with one_at_a_time(self.root / ".dev.lock"):
            if self._is_ready(wanted):  # the other dev.py did it
                return
            self._check_space()
            self._make()
            self._fill()
            pending = self.stamp_file.with_suffix(".new")
            pending.write_text(wanted, encoding="ascii")
            pending.replace(self.stamp_file)

    def _is_ready(self, wanted: str) -> bool:
        try:
            return self.stamp_file.read_text(encoding="ascii") == wanted and self.program("python").exists()
        except (OSError, UnicodeDecodeError):
            return False

    def _fingerprint(self) -> str:
        # the root is part of it: an environment that was moved points to where it was
        project = tomllib.loads((self.root / "pyproject.toml").read_text(encoding="utf-8"))
        parts = {
            "lock": self.lock_file.read_text(encoding="utf-8"),
            "project": [project["project"], project["build-system"], project["tool"]["setuptools"]],
            "python": sys.version,
            "root": str(self.root),
        }
        return hashlib.sha256(json.dumps(parts, sort_keys=True).encode()).hexdigest()

    def _check_space(self) -> None:
        if not self.folder.exists():
            free = shutil.disk_usage(self.root).free
            if free < NEEDED_BYTES:
                raise Problem(
                    f"{self.root} has {free / 1e9:.1f} GB of free space; setting up needs {NEEDED_BYTES / 1e9:.0f} GB. "
                    "Make room, then start again."
                )

    def _make(self) -> None:
        if self._is_whole():
            return
        if importlib.util.find_spec("ensurepip") is None:
            _bring_ensurepip()
        with Step("virtual environment") as step:
            step.show("making .venv")
            try:
                if self.folder.exists():
                    shutil.rmtree(self.folder)
                venv.EnvBuilder(symlinks=os.name == "posix").create(self.folder)
            except OSError as error:
                raise Problem(explain.os_failure(error, self.folder)) from error
            self._unfinished_mark.touch()
            code, printed = run_quietly(
                [str(self.program("python")), "-m", "ensurepip", "--default-pip"],
                on_line=lambda _: step.tick(),
                on_tick=step.tick,
            )
            if code:
                raise Problem(explain.pip_failure(printed))

    def _is_whole(self) -> bool:
        """Tell whether what lies there was not cut short and runs this very Python."""
        if not self.program("python").exists() or self._unfinished_mark.exists():
            return False
        probe = [str(self.program("python")), "-c", "import sys, pip; print(sys.version)"]
        answer = subprocess.run(probe, capture_output=True, text=True, check=False)
        return answer.returncode == 0 and answer.stdout.strip() == sys.version.strip()

    def _fill(self) -> None:
        # pip trusts a package whose files were half copied: what was cut short is made again (downloads are kept)
        self._unfinished_mark.touch()
        pip = [str(self.program("python")), "-m", "pip", "install", "--no-input", "--disable-pip-version-check"]
        total = len(re.findall(r"^[A-Za-z0-9][\w.-]*==", self.lock_file.read_text(encoding="utf-8"), re.MULTILINE))
        with Step("packages") as step:
            counter = _Counter(step, total, self.folder)
            code, printed = run_quietly(
                [*pip, "--progress-bar=off", "--require-hashes", "--requirement", str(self.lock_file)],
                on_line=counter.read,
                on_tick=counter.tick,
                env=_pip_environment(),
            )
            if code:
                raise Problem(explain.pip_failure(printed))
        with Step("reviewer itself") as step:
            code, printed = run_quietly(
                [*pip, "--no-deps", "--no-build-isolation", "--no-index", "--editable", str(self.root)],
                on_line=lambda _: step.tick(),
                on_tick=step.tick,
                env=_pip_environment(),
            )
            if code:
                raise Problem(explain.pip_failure(printed))
        self._unfinished_mark.unlink()


class _Counter:
    """Turns what pip prints into a count of packages."""

    def __init__(self, step: Step, total: int, folder: Path) -> None:
        self._step = step
        self._total = total
        self._seen = 0
        self._folder = folder
        self._installing = False

    def read(self, line: str) -> None:
        if line.startswith("Ignoring "):  # a package of another system or Python
            self._total -= 1
        elif found := re.match(r"(?:Collecting|Processing|Requirement already satisfied:)\s+(\S+?)(?:==|\s|$)", line):
            self._seen += 1
            self._step.show(f"{min(self._seen, self._total)} of {self._total}, {Path(found.group(1)).name}")
        elif line.startswith("Installing collected packages"):
            self._installing = True

    def tick(self) -> None:
        if self._installing:
            there = sum(1 for _ in self._folder.glob("**/site-packages/*.dist-info"))
            self._step.show(f"all fetched, {min(there, self._total)} of {self._total} unpacked")
        else:
            self._step.tick()


@contextmanager
def one_at_a_time(path: Path) -> Iterator[None]:
    """Hold the checkout's lock; a second dev.py waits and says so. The system frees it when a process dies."""
    with path.open("a+", encoding="ascii") as stream:
        if not _try_lock(stream.fileno()):
            with Step("waiting for another dev.py in this checkout") as step:
                while not _try_lock(stream.fileno()):
                    step.tick()
                    time.sleep(0.3)
        yield


if sys.platform == "win32":
    import msvcrt

    def _try_lock(descriptor: int) -> bool:
        try:
            msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
        except OSError:
            return False
        return True

else:
    import fcntl

    def _try_lock(descriptor: int) -> bool:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        return True


def write_lock(root: Path, arguments: list[str]) -> None:
    """Resolve pyproject.toml anew into requirements.lock, keeping what still fits; `--upgrade` takes the newest."""
    with tempfile.TemporaryDirectory(prefix="reviewer-lock-") as name:
        folder = Path(name)
        with Step("the resolver") as step:
            venv.EnvBuilder(symlinks=os.name == "posix", with_pip=True).create(folder)
            scripts = folder / ("Scripts" if sys.platform == "win32" else "bin")
            install = [
                str(scripts / "python"),
                "-m",
                "pip",
                "install",
                "--no-input",
                "--progress-bar=off",
                "uv>=0.5,<1",
            ]
            code, printed = run_quietly(
                install, on_line=lambda _: step.tick(), on_tick=step.tick, env=_pip_environment()
            )
            if code:
                raise Problem(explain.pip_failure(printed))
        with Step("requirements.lock") as step:
            compile_lock = [str(scripts / "uv"), "pip", "compile", "--universal", "--generate-hashes", "--no-annotate"]
            compile_lock += ["--no-emit-index-url", "--python-version=3.11", "--extra=dev", *arguments]
            compile_lock += ["--custom-compile-command=python3 dev.py lock", "--output-file=requirements.lock"]
            code, printed = run_quietly(
                [*compile_lock, f"--directory={root}", "pyproject.toml"],
                on_line=lambda _: step.tick(),
                on_tick=step.tick,
            )
            if code:
                raise Problem(f"The dependencies could not be resolved.\n{explain.last_words(printed)}")


def _bring_ensurepip() -> None:
    if shutil.which("apt-get") is None:
        raise Problem("This Python has no 'ensurepip'. Install the complete Python 3.11 or newer, then start again.")
    system.install_with_apt([f"python3.{sys.version_info.minor}-venv"])
    importlib.invalidate_caches()
    if importlib.util.find_spec("ensurepip") is None:
        raise Problem("This Python has no 'ensurepip', and the system's package for it did not bring it.")


def _pip_environment() -> dict[str, str]:
    return {**os.environ, "PIP_USER": "0", "PYTHONUTF8": "1", "PIP_REQUIRE_VIRTUALENV": "0"}
