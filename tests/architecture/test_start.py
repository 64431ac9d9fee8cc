# SPDX-License-Identifier: AGPL-3.0-or-later
"""Each program starts without what belongs to the other."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

BLOCK = "import sys; sys.modules.update(dict.fromkeys({blocked!r})); sys.argv[:] = {arguments!r}; "
SERVE = "from reviewer_app.serve import main; sys.exit(main())"
DESKTOP = "from reviewer_app.app.__main__ import main; sys.exit(main())"
QT = ["PySide6", "shiboken6"]
BENCH = ["reviewer_app.qa", "reviewer_app.backend.bench", "reviewer_app.serve_bench"]
PRODUCTION = {"REVIEWER_ENVIRONMENT": "production", "LC_ALL": "C.UTF-8"}
SERVER_LIBRARIES = ["fastapi", "starlette", "uvicorn", "alembic", "jinja2"]


def test_server_starts_without_qt(tmp_path: Path) -> None:
    assert_serves(QT, _environment(tmp_path), tmp_path)


def test_a_server_in_production_starts_without_the_bench(tmp_path: Path) -> None:
    """Nothing of the bench can be imported; the server does not even try."""
    assert_serves(BENCH, _environment(tmp_path) | PRODUCTION, tmp_path)


def test_a_bench_is_refused_in_production_before_any_of_it_is_loaded(tmp_path: Path) -> None:
    arguments = ["reviewer-server", "serve", "--port", "0", "--qa"]
    answer = subprocess.run(
        [sys.executable, "-c", BLOCK.format(blocked=BENCH, arguments=arguments) + SERVE],
        env=_environment(tmp_path) | PRODUCTION,
        cwd=tmp_path,
        capture_output=True,
        encoding="utf-8",
        check=False,
        timeout=120,
    )
    assert (answer.returncode, answer.stdout) == (1, "")
    assert "REVIEWER_ENVIRONMENT=test" in answer.stderr
    assert "Traceback" not in answer.stderr
    assert not (tmp_path / "data").exists()


def assert_serves(blocked: list[str], environment: dict[str, str], folder: Path) -> None:
    """Start the server with the portal while some modules cannot be imported."""
    code = BLOCK.format(blocked=blocked, arguments=["reviewer-server", "serve", "--port", "0", "--portal"]) + SERVE
    with subprocess.Popen(
        [sys.executable, "-c", code],
        env=environment,
        cwd=folder,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
    ) as server:
        assert server.stdout is not None
        printed = []
        try:
            for line in server.stdout:  # ends with the server, should it not come up
                printed.append(line)
                if line.startswith("listening on "):
                    break
        finally:
            server.terminate()
    assert printed, "the server printed nothing"
    assert printed[-1].startswith("listening on "), "".join(printed)


def test_desktop_starts_without_the_servers_libraries(tmp_path: Path) -> None:
    code = BLOCK.format(blocked=SERVER_LIBRARIES, arguments=["reviewer-app", "--self-test"]) + DESKTOP
    answer = subprocess.run(
        [sys.executable, "-c", code],
        env=_environment(tmp_path) | {"QT_QPA_PLATFORM": "offscreen"},
        cwd=tmp_path,
        capture_output=True,
        encoding="utf-8",
        check=False,
        timeout=120,
    )
    assert answer.returncode == 0, answer.stdout + answer.stderr


def _environment(folder: Path) -> dict[str, str]:
    homes = ("HOME", "USERPROFILE", "APPDATA", "LOCALAPPDATA", "XDG_DATA_HOME", "XDG_CONFIG_HOME", "XDG_CACHE_HOME")
    return {
        **os.environ,
        **dict.fromkeys(homes, str(folder)),
        "REVIEWER_DATA_DIR": str(folder / "data"),
        "REVIEWER_ENVIRONMENT": "test",
        "PYTHON_KEYRING_BACKEND": "keyring.backends.null.Keyring",
    }
