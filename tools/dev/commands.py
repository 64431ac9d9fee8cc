# SPDX-License-Identifier: AGPL-3.0-or-later
"""The commands of `dev.py`."""

from __future__ import annotations

import argparse
import os
import signal
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from types import FrameType

from tools.dev import explain, system
from tools.dev.environment import Environment, write_lock
from tools.dev.packaging import try_package
from tools.dev.terminal import Problem, run_visible

ROOT = Path(__file__).resolve().parents[2]
INTERRUPTED = 130
MOST_PROCESSES = 4  # each has a server, a browser and a PostgreSQL of its own, about 1.5 GB together
DESCRIPTION = """\
demo [--headless]   set up, then show the main job: in windows, or (without a display) walked by itself
test [ARGS]         set up, then every test; ARGS go to pytest
lint                style, types and import rules
bench [ARGS]        the benchmarks, as a table of ratios
package             the program as a folder in dist/, tried without Python
lock [--upgrade]    resolve the dependencies of pyproject.toml into requirements.lock
setup               only set up: .venv, the locked packages, and what the system lacks
"""


def main(arguments: Sequence[str]) -> int:
    """Run one command; gives the exit code: the command's own, 2 for what a person has to mend, 130 after Ctrl-C."""
    parser = argparse.ArgumentParser(
        prog="dev.py", description=DESCRIPTION, formatter_class=argparse.RawDescriptionHelpFormatter, add_help=True
    )
    parser.add_argument("command", choices=COMMANDS, metavar="COMMAND")
    parser.add_argument("args", nargs=argparse.REMAINDER, metavar="ARGS")
    chosen = parser.parse_args(arguments)
    signal.signal(signal.SIGTERM, _interrupt)
    try:
        _check_system()
        return COMMANDS[chosen.command](Environment(ROOT), chosen.args)
    except Problem as problem:
        print(f"\ndev.py {chosen.command}: {problem}", file=sys.stderr)
        return 2
    except OSError as error:
        print(f"\ndev.py {chosen.command}: {explain.os_failure(error, Path(error.filename or ROOT))}", file=sys.stderr)
        return 2
    except KeyboardInterrupt:
        again = " ".join(["python3 dev.py", chosen.command, *chosen.args])
        print(f"\nInterrupted; nothing is broken. To go on: {again}", file=sys.stderr)
        return INTERRUPTED


def demo(environment: Environment, arguments: list[str]) -> int:
    headless = "--headless" in arguments or not system.has_display()
    passed_on = [argument for argument in arguments if argument != "--headless"]
    system.ensure(system.WINDOW + (system.SCREEN + system.BROWSER if headless else ()))
    environment.ensure()
    return _python(environment, "-m", "tests.e2e.walk" if headless else "tests.e2e.demo", *passed_on)


def test(environment: Environment, arguments: list[str]) -> int:
    _everything(environment)
    return _python(environment, "-m", "pytest", *(arguments or _beside_each_other()))


def _beside_each_other() -> list[str]:
    """Give what has pytest share out all tests, a file as a whole so that its fixtures are made once.

    To one process more than there are processors: each waits a sixth of its time for servers, browsers and windows.
    """
    processes = min((os.cpu_count() or 1) + 1, MOST_PROCESSES)
    return ["--numprocesses", str(processes), "--dist", "loadfile"]


def bench(environment: Environment, arguments: list[str]) -> int:
    _everything(environment)
    return _python(environment, "-m", "tests.bench", *arguments)


def lint(environment: Environment, arguments: list[str]) -> int:
    _refuse(arguments)
    environment.ensure()
    checks = (
        ("ruff", "check", "."),
        ("ruff", "format", "--check", "."),
        ("mypy", "--strict"),
        ("lint-imports",),
    )
    failed = [" ".join(check) for check in checks if _command(environment, *check)]
    print(f"lint: failed: {', '.join(failed)}" if failed else "lint: all clean")
    return 1 if failed else 0


def package(environment: Environment, arguments: list[str]) -> int:
    _refuse(arguments)
    system.ensure(system.WINDOW + system.PACKAGING)
    environment.ensure()
    code = _python(
        environment, "-m", "PyInstaller", "--noconfirm", "--clean", "--log-level=WARN", "build_installer.spec"
    )
    if not code:
        try_package(ROOT / "dist" / "reviewer")
    return code


def lock(_environment: Environment, arguments: list[str]) -> int:
    if arguments not in ([], ["--upgrade"]):
        raise Problem(f"lock takes --upgrade and nothing else, not: {' '.join(arguments)}")
    write_lock(ROOT, arguments)
    return 0


def setup(environment: Environment, arguments: list[str]) -> int:
    _refuse(arguments)
    _everything(environment)
    print(f"Ready: {environment.folder}")
    return 0


COMMANDS: dict[str, Callable[[Environment, list[str]], int]] = {
    "demo": demo,
    "test": test,
    "lint": lint,
    "bench": bench,
    "package": package,
    "lock": lock,
    "setup": setup,
}


def _everything(environment: Environment) -> None:
    system.ensure(system.WINDOW + system.SCREEN + system.BROWSER)
    environment.ensure()


def _refuse(arguments: list[str]) -> None:
    if arguments:
        raise Problem(f"takes no arguments, not: {' '.join(arguments)}")


def _python(environment: Environment, *arguments: str) -> int:
    return _command(environment, "python", *arguments)


def _command(environment: Environment, name: str, *arguments: str) -> int:
    os.chdir(ROOT)
    return run_visible([str(environment.program(name)), *arguments])


def _check_system() -> None:
    if sys.platform not in ("linux", "win32"):
        raise Problem(f"Reviewer is made for Linux and Windows; the locked packages are not those of {sys.platform}.")


def _interrupt(_number: int, _frame: FrameType | None) -> None:
    raise KeyboardInterrupt
