# SPDX-License-Identifier: AGPL-3.0-or-later
"""Tries the installed program without a server and without a screen: window, worker process, local store, texts."""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

from PySide6.QtCore import QEventLoop, Qt, QTimer
from PySide6.QtGui import QPainter, QPdfWriter
from PySide6.QtWidgets import QApplication

from reviewer_app.app.bootstrap import Options, build
from reviewer_app.app.languages import Languages
from reviewer_app.app.paths import AppPaths

WINDOW_MILLISECONDS = 30_000
SCOPE = "self-test"
TEXT = "zażółć gęślą jaźń"

Say = Callable[[str], None]
Check = Callable[[QApplication, Path], str]


def self_test(qt: QApplication, say: Say) -> int:
    """Run every check and say how each went, one line each; 0 when all went well, else 1."""
    failed = 0
    with tempfile.TemporaryDirectory(prefix="reviewer-ąę-", ignore_cleanup_errors=True) as folder:
        for number, (name, check) in enumerate(CHECKS.items()):
            try:
                result = check(qt, Path(folder, str(number)))
            except Exception as error:  # noqa: BLE001 -- a check that fails in any way is a line of the result
                failed += 1
                say(f"FAILED {name}: {type(error).__name__}: {error}")
            else:
                say(f"ok {name}: {result}")
    say(f"self-test: {'failed' if failed else 'passed'}")
    return 1 if failed else 0


def _window(qt: QApplication, folder: Path) -> str:
    from reviewer_app.store.vault import MemoryVault  # noqa: PLC0415 -- loaded by what it checks

    application = build(qt, Options(paths=AppPaths(folder), vault=MemoryVault()))
    loop = QEventLoop()
    application.ready.connect(loop.quit)
    limit = QTimer()
    limit.setSingleShot(True)
    limit.timeout.connect(loop.quit)
    limit.start(WINDOW_MILLISECONDS)
    application.show()
    loop.exec()
    attached = application.desk is not None
    size = application.main_window.size()
    left = application.close()
    limit.stop()
    if not attached:
        raise RuntimeError("the window did not come to life")
    if left:
        raise RuntimeError(f"threads did not end: {', '.join(left)}")
    return f"{size.width()} x {size.height()}, closed cleanly"


def _page(_qt: QApplication, folder: Path) -> str:
    from reviewer_app.documents.renderer import Renderer  # noqa: PLC0415 -- as above
    from reviewer_app.documents.workers import WorkerPool  # noqa: PLC0415

    folder.mkdir()
    path = folder / "próba.pdf"
    writer = QPdfWriter(str(path))
    painter = QPainter(writer)
    painter.fillRect(1000, 1000, 2000, 2000, Qt.GlobalColor.black)
    painter.end()
    with WorkerPool(size=1) as pool, Renderer(pool) as renderer:
        document = renderer.open(path)
        pixels = renderer.render(document, page=1, zoom=1.0)
        dark = any(value < 128 for value in pixels.data)
        size = f"{pixels.width} x {pixels.height} px"
        pixels.release()
        renderer.close(document)
    path.unlink()
    if not dark:
        raise RuntimeError("the page came out blank")
    return f"{size}, drawn by a worker process"


def _store(_qt: QApplication, folder: Path) -> str:
    from reviewer_app.store.store import Store  # noqa: PLC0415 -- as above

    for wanted in (None, TEXT):
        store = Store(folder)
        try:
            if store.drafts.get(scope=SCOPE, company_id="1") != wanted:
                raise RuntimeError("what was written was not read again")
            store.drafts.put(scope=SCOPE, company_id="1", body=TEXT, now=datetime.now(UTC))
        finally:
            store.close()
    return "written and read again"


def _texts(qt: QApplication, _folder: Path) -> str:
    languages = Languages(qt)
    found = languages.use("pl")
    if "reviewer_pl" not in found or "qtbase_pl" not in found:
        raise RuntimeError(f"only found: {', '.join(found) or 'nothing'}")
    if qt.translate("QPlatformTheme", "Cancel") == "Cancel":
        raise RuntimeError("Qt's own texts are not Polish")
    return ", ".join(found)


CHECKS: dict[str, Check] = {"window": _window, "page": _page, "store": _store, "translations": _texts}
