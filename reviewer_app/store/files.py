# SPDX-License-Identifier: AGPL-3.0-or-later
"""Files that only the user's account may read, written so that a crash leaves the old or the new, never a half. Light."""

from __future__ import annotations

import contextlib
import os
from pathlib import Path

from reviewer_app.store.errors import StoreUnwritable

_OWNER_ONLY_FOLDER = 0o700


def private_folder(path: Path) -> Path:
    """Make a folder that only the user's account may enter; on Windows the profile's own rights do that.

    Raises StoreUnwritable.
    """
    try:
        path.mkdir(mode=_OWNER_ONLY_FOLDER, parents=True, exist_ok=True)
        if os.name == "posix":
            path.chmod(_OWNER_ONLY_FOLDER)
    except OSError as error:
        raise StoreUnwritable(path, error.strerror or type(error).__name__) from error
    return path


def write_private(path: Path, content: bytes) -> None:
    """Replace a file's content in one step, readable by the user's account only. Raises StoreUnwritable."""
    import tempfile  # noqa: PLC0415 -- slow to import, and the first frame writes nothing

    private_folder(path.parent)
    temporary: str | None = None
    try:
        descriptor, temporary = tempfile.mkstemp(prefix=f".{path.name}.", dir=path.parent)
        with os.fdopen(descriptor, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        os.replace(temporary, path)  # noqa: PTH105 -- the temporary name is a plain string until here
    except OSError as error:
        if temporary is not None:
            with contextlib.suppress(OSError):
                Path(temporary).unlink(missing_ok=True)
        raise StoreUnwritable(path.parent, error.strerror or type(error).__name__) from error


def told_path(folder: Path) -> Path:
    """Say where in the store's folder it is kept up to where people were told what is meant for them."""
    return folder / "told.json"


def snapshot_path(folder: Path) -> Path:
    """Say where in the store's folder the last queue is kept."""
    return folder / "queue.json"
