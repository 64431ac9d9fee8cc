# SPDX-License-Identifier: AGPL-3.0-or-later
"""dev.py sets up a small checkout of its own: once, again, cut short, broken, and two at a time."""

from __future__ import annotations

import hashlib
import os
import shutil
import signal
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from tests.support.waiting import wait_until

ROOT = Path(__file__).resolve().parents[3]
PYPROJECT = """\
[build-system]
requires = []
build-backend = "backend"
backend-path = ["."]
[project]
name = "reviewer"
version = "0.1.0"
[tool.setuptools]
"""
BACKEND = """\
import zipfile
def build_editable(folder, config_settings=None, metadata_directory=None):
    name = "reviewer-0.1.0-py3-none-any.whl"
    with zipfile.ZipFile(f"{folder}/{name}", "w") as wheel:
        wheel.writestr("reviewer-0.1.0.dist-info/METADATA", "Metadata-Version: 2.1\\nName: reviewer\\nVersion: 0.1.0\\n")
        wheel.writestr("reviewer-0.1.0.dist-info/WHEEL", "Wheel-Version: 1.0\\nRoot-Is-Purelib: true\\nTag: py3-none-any\\n")
        wheel.writestr("reviewer-0.1.0.dist-info/RECORD", "")
    return name
"""
ENSURE = (
    "import signal, sys; signal.signal(signal.SIGINT, signal.default_int_handler); "  # whoever runs the tests may ignore it
    "from pathlib import Path; from tools.dev import commands; from tools.dev.environment import Environment; "
    "assert commands.ROOT == Path.cwd().resolve(), f'{commands.ROOT} is not the checkout of the test'; "
    "commands.COMMANDS['setup'] = lambda environment, arguments: environment.ensure() or 0; "
    "sys.exit(commands.main(['setup']))"
)


class Checkout:
    """A checkout with one small package in its lock, served from a folder."""

    def __init__(self, folder: Path) -> None:
        self.root = folder / "checkout"
        self.wheels = folder / "wheels"
        self.wheels.mkdir()
        shutil.copytree(
            ROOT / "tools" / "dev", self.root / "tools" / "dev", ignore=shutil.ignore_patterns("__pycache__")
        )
        shutil.copy(ROOT / "tools" / "__init__.py", self.root / "tools")  # else any other `tools` on the path is found
        shutil.copy(ROOT / "dev.py", self.root)
        (self.root / "pyproject.toml").write_text(PYPROJECT, encoding="utf-8")
        (self.root / "backend.py").write_text(BACKEND, encoding="utf-8")
        wheel = self.wheels / "tiny-1.0-py3-none-any.whl"
        with zipfile.ZipFile(wheel, "w") as archive:
            archive.writestr("tiny.py", "")
            archive.writestr("tiny-1.0.dist-info/METADATA", "Metadata-Version: 2.1\nName: tiny\nVersion: 1.0\n")
            archive.writestr(
                "tiny-1.0.dist-info/WHEEL", "Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: py3-none-any\n"
            )
            archive.writestr("tiny-1.0.dist-info/RECORD", "")
        self.lock(hashlib.sha256(wheel.read_bytes()).hexdigest())

    def lock(self, digest: str) -> None:
        (self.root / "requirements.lock").write_text(f"tiny==1.0 --hash=sha256:{digest}\n", encoding="utf-8")

    @property
    def stamp(self) -> Path:
        return self.root / ".venv" / "reviewer-ready"

    def start(self, **settings: str) -> subprocess.Popen[str]:
        settings = {"PIP_NO_INDEX": "1", "PIP_FIND_LINKS": str(self.wheels), **settings}
        inherited = {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}
        return subprocess.Popen(
            [sys.executable, "-c", ENSURE],
            cwd=self.root,
            env={
                **inherited,
                "PIP_CONFIG_FILE": os.devnull,
                "PIP_EXTRA_INDEX_URL": "",
                "PIP_RETRIES": "1",
                **settings,
            },
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            encoding="utf-8",
        )

    def set_up(self, **settings: str) -> tuple[int, str]:
        process = self.start(**settings)
        printed, _ = process.communicate(timeout=120)
        return process.returncode, printed

    def has_tiny(self) -> bool:
        python = self.root / ".venv" / ("Scripts/python.exe" if sys.platform == "win32" else "bin/python")
        return subprocess.run([python, "-c", "import tiny"], capture_output=True, check=False).returncode == 0


@pytest.fixture
def checkout(tmp_path: Path) -> Checkout:
    return Checkout(tmp_path)


def test_second_set_up_has_nothing_to_do_and_a_broken_one_is_mended(checkout: Checkout) -> None:
    assert checkout.set_up()[0] == 0
    assert checkout.has_tiny()
    assert checkout.set_up() == (0, "")

    checkout.stamp.unlink()  # as a set-up that was killed leaves it
    (checkout.stamp.parent / "reviewer-unfinished").touch()
    shutil.rmtree(next(checkout.stamp.parent.glob("**/site-packages/pip")))
    assert checkout.set_up()[0] == 0
    assert checkout.has_tiny()


def test_changed_package_is_refused_and_nothing_counts_as_ready(checkout: Checkout) -> None:
    checkout.lock("0" * 64)
    code, printed = checkout.set_up()
    assert code == 2
    assert "not the one that requirements.lock names" in printed
    assert "Traceback" not in printed
    assert not checkout.stamp.exists()


def test_missing_network_is_explained(checkout: Checkout) -> None:
    code, printed = checkout.set_up(
        PIP_NO_INDEX="0", PIP_INDEX_URL="http://127.0.0.1:1/simple", PIP_FIND_LINKS="", PIP_PROXY=""
    )
    assert code == 2
    assert "could not be reached" in printed
    assert "Traceback" not in printed


@pytest.mark.skipif(
    sys.platform == "win32", reason="Windows has no signal that one process can send as Ctrl-C to another"
)
def test_interrupted_set_up_says_how_to_go_on_and_does(checkout: Checkout) -> None:
    process = checkout.start()
    wait_until((checkout.stamp.parent / "reviewer-unfinished").exists, what="the first half of the set-up")
    process.send_signal(signal.SIGINT)
    printed, _ = process.communicate(timeout=60)
    assert process.returncode == 130
    assert "To go on: python3 dev.py setup" in printed
    assert not checkout.stamp.exists()
    assert checkout.set_up()[0] == 0
    assert checkout.has_tiny()


def test_two_at_once_wait_for_each_other(checkout: Checkout) -> None:
    first = checkout.start()
    wait_until((checkout.stamp.parent / "reviewer-unfinished").exists, what="the first half of the set-up")
    second = checkout.start()
    told_first, _ = first.communicate(timeout=120)
    told_second, _ = second.communicate(timeout=120)
    assert (first.returncode, second.returncode) == (0, 0), told_first + told_second
    assert "waiting for another dev.py" in told_second
    assert "packages" not in told_second


@pytest.mark.parametrize("version", [(3, 10, 4), (3, 15, 0)])
def test_other_pythons_are_refused_with_the_way_out(version: tuple[int, int, int]) -> None:
    code = f"import sys, runpy; sys.version_info = {version}; runpy.run_path('dev.py', run_name='__main__')"
    answer = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, encoding="utf-8", check=False)
    assert answer.returncode == 1
    assert f"this is Python {version[0]}.{version[1]}; Reviewer needs Python 3.11 to 3.14" in answer.stderr


def test_unknown_command_shows_the_known_ones() -> None:
    answer = subprocess.run(
        [sys.executable, "dev.py", "fly"], cwd=ROOT, capture_output=True, encoding="utf-8", check=False
    )
    assert answer.returncode == 2
    assert "demo" in answer.stderr
