# SPDX-License-Identifier: AGPL-3.0-or-later
"""Lets the system hand links such as ``reviewer://company/ID`` to this program, for the person who asked for it."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

SCHEME = "reviewer"
_DESKTOP_FILE = "reviewer-app-links.desktop"


def register_links(command: str, *, data_home: Path) -> Path | None:
    """Make this program the one that opens the links; gives the file that says so, None on Windows (the registry does).

    ``command`` starts the program. ``data_home`` is the user's folder of XDG data on Linux. Raises OSError.
    """
    if sys.platform == "win32":
        _register_in_windows(command)
        return None
    folder = data_home / "applications"
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / _DESKTOP_FILE
    lines = (
        "[Desktop Entry]",
        "Type=Application",
        "Name=Reviewer",
        f'Exec="{command}" %u',
        "Terminal=false",
        "NoDisplay=true",
        f"MimeType=x-scheme-handler/{SCHEME};",
    )
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    tool = shutil.which("xdg-mime")
    if tool is not None:
        subprocess.run([tool, "default", _DESKTOP_FILE, f"x-scheme-handler/{SCHEME}"], check=False)
    return path


def _register_in_windows(command: str) -> None:
    if sys.platform == "win32":
        import winreg  # noqa: PLC0415 -- only there

        root = rf"Software\Classes\{SCHEME}"
        with winreg.CreateKey(winreg.HKEY_CURRENT_USER, root) as key:
            winreg.SetValueEx(key, "", 0, winreg.REG_SZ, "URL:Reviewer")
            winreg.SetValueEx(key, "URL Protocol", 0, winreg.REG_SZ, "")
        with winreg.CreateKey(winreg.HKEY_CURRENT_USER, rf"{root}\shell\open\command") as key:
            winreg.SetValueEx(key, "", 0, winreg.REG_SZ, f'"{command}" "%1"')
