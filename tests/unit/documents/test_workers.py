# SPDX-License-Identifier: AGPL-3.0-or-later
"""Worker processes are small, confined, and never outlive the program."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import psutil
import pytest

from reviewer_app.documents.entry import WORKER_ARGUMENT
from reviewer_app.documents.errors import DocumentRefused, RefusalCode
from reviewer_app.documents.limits import WorkerLimits
from reviewer_app.documents.service import DocumentService
from reviewer_app.documents.workers import Call, WorkerPool
from tests.support.waiting import wait_until
from tests.unit.documents import files

ROOT = Path(__file__).resolve().parents[3]
LINUX = pytest.mark.skipif(sys.platform != "linux", reason="reads /proc")


def modules_after(code: str) -> set[str]:
    script = f"{code}\nimport sys, json\nprint(json.dumps(sorted(sys.modules)))"
    answer = subprocess.run([sys.executable, "-c", script], cwd=ROOT, capture_output=True, check=True)
    return set(json.loads(answer.stdout))


def test_worker_loads_neither_window_nor_server_nor_network() -> None:
    loaded = modules_after("import reviewer_app.documents.worker.main, reviewer_app.documents.worker.operations")
    assert "pymupdf" in loaded
    assert not loaded & {"PySide6", "fastapi", "sqlalchemy", "pydantic", "urllib3", "numpy", "http.client"}


def test_program_does_not_load_pymupdf() -> None:
    loaded = modules_after("import reviewer_app.documents.service, reviewer_app.documents.renderer")
    assert not loaded & {"pymupdf", "PySide6", "fastapi", "pydantic", "multiprocessing"}


def test_workers_end_when_the_program_is_killed() -> None:
    script = (
        "from reviewer_app.documents.workers import WorkerPool, Call\n"
        "pool = WorkerPool()\n"
        "pool.run(Call(operation='settle', arguments={}))\n"
        "print(*pool.process_ids(), flush=True)\n"
        "input()\n"
    )
    command = [sys.executable, "-c", script]
    with subprocess.Popen(command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as program:
        assert program.stdout is not None
        workers = [psutil.Process(int(identifier)) for identifier in program.stdout.readline().split()]
        program.kill()
        program.wait(30)
        assert workers
        wait_until(lambda: not any(worker.is_running() for worker in workers), what="the end of the workers")


def test_frozen_program_becomes_a_worker_by_its_argument() -> None:
    configuration = {"parent": 0, "memory_bytes": 1 << 30, "open_files": 64, "cancel_descriptor": -1}
    script = (
        "import os, sys\n"
        "import json\n"
        "from reviewer_app.documents.entry import run_if_worker\n"
        "run_if_worker(['reviewer-app'])\n"
        "configuration = json.loads(sys.argv[1]) | {'parent': os.getppid()}\n"
        f"run_if_worker(['reviewer-app', {WORKER_ARGUMENT!r}, json.dumps(configuration)])\n"
        "sys.exit('went on as a program')\n"
    )
    command = [sys.executable, "-c", script, json.dumps(configuration)]
    answer = subprocess.run(command, cwd=ROOT, stdin=subprocess.DEVNULL, capture_output=True, timeout=60, check=False)
    assert (answer.returncode, answer.stderr) == (0, b"")


@LINUX
def test_worker_gets_no_settings_and_no_open_files_of_the_program(pool: WorkerPool, tmp_path: Path) -> None:
    with (tmp_path / "secret").open("w"):
        pool.run(Call(operation="settle", arguments={}))
        for identifier in pool.process_ids():
            worker = psutil.Process(identifier)
            assert not {name for name in worker.environ() if name.startswith("REVIEWER") or name == "HOME"}
            assert not worker.open_files()


def test_file_that_takes_too_much_memory_is_refused_and_the_next_is_taken(tmp_path: Path) -> None:
    path = tmp_path / "quarantined"
    limits = WorkerLimits(memory_bytes=300 << 20)
    with WorkerPool(limits=limits, size=1) as pool:
        service = DocumentService(pool)
        path.write_bytes(files.png_of_200_megabytes())
        with pytest.raises(DocumentRefused) as refused:
            service.inspect(path, file_name="odpis.pdf")
        assert refused.value.code is RefusalCode.UNREADABLE
        path.write_bytes(files.pdf())
        assert service.inspect(path, file_name="odpis.pdf").pages


def test_worn_out_worker_is_replaced() -> None:
    with WorkerPool(limits=WorkerLimits(calls_per_worker=2), size=1) as pool:
        seen: set[int] = set()
        for _ in range(4):
            wait_until(lambda: len(pool.process_ids()) == 1, what="the start of a worker")
            seen.update(pool.process_ids())
            pool.run(Call(operation="settle", arguments={}))
        assert len(seen) == 2
