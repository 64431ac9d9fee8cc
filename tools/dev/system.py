# SPDX-License-Identifier: AGPL-3.0-or-later
"""System packages and programs that Python's own installer cannot bring: Qt's libraries, a screen, a browser."""

from __future__ import annotations

import ctypes
import os
import platform
import shutil
import subprocess
import sys
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from tools.dev import explain
from tools.dev.terminal import Problem, Step, run_quietly

BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "microsoft-edge", "msedge")
WINDOWS_BROWSERS = (
    "Google/Chrome/Application/chrome.exe",
    "Chromium/Application/chrome.exe",
    "Microsoft/Edge/Application/msedge.exe",
)


@dataclass(frozen=True, kw_only=True)
class Component:
    """A thing the system must have, how to see that it is there, and what packages carry it.

    `library` is a shared object to load, `program` a command to find; one of them is set, or neither for the browser.
    """

    apt: str
    dnf: str
    pacman: str
    library: str = ""
    program: str = ""

    def is_present(self) -> bool:
        if self.library:
            return _loads(self.library)
        if self.program:
            return shutil.which(self.program) is not None
        return find_browser() is not None


def _library(library: str, apt: str, dnf: str, pacman: str) -> Component:
    return Component(library=library, apt=apt, dnf=dnf, pacman=pacman)


def _program(program: str, apt: str, dnf: str, pacman: str) -> Component:
    return Component(program=program, apt=apt, dnf=dnf, pacman=pacman)


WINDOW = (
    _library("libEGL.so.1", "libegl1", "libglvnd-egl", "libglvnd"),
    _library("libGL.so.1", "libgl1", "libglvnd-glx", "libglvnd"),
    _library("libxkbcommon.so.0", "libxkbcommon0", "libxkbcommon", "libxkbcommon"),
    _library("libdbus-1.so.3", "libdbus-1-3", "dbus-libs", "dbus"),
    _library("libfontconfig.so.1", "libfontconfig1", "fontconfig", "fontconfig"),
    _library("libglib-2.0.so.0", "libglib2.0-0", "glib2", "glib2"),
    _library("libxcb-cursor.so.0", "libxcb-cursor0", "xcb-util-cursor", "xcb-util-cursor"),
    _library("libxcb-icccm.so.4", "libxcb-icccm4", "xcb-util-wm", "xcb-util-wm"),
    _library("libxcb-keysyms.so.1", "libxcb-keysyms1", "xcb-util-keysyms", "xcb-util-keysyms"),
    _library("libxcb-shape.so.0", "libxcb-shape0", "libxcb", "libxcb"),
    _library("libxcb-image.so.0", "libxcb-image0", "xcb-util-image", "xcb-util-image"),
    _library("libxcb-render-util.so.0", "libxcb-render-util0", "xcb-util-renderutil", "xcb-util-renderutil"),
    _library("libxcb-xinerama.so.0", "libxcb-xinerama0", "libxcb", "libxcb"),
    _library("libxkbcommon-x11.so.0", "libxkbcommon-x11-0", "libxkbcommon-x11", "libxkbcommon-x11"),
)
SCREEN = (
    _program("Xvfb", "xvfb", "xorg-x11-server-Xvfb", "xorg-server-xvfb"),
    _program("xauth", "xauth", "xorg-x11-xauth", "xorg-xauth"),
    _program("openbox", "openbox", "openbox", "openbox"),
)
BROWSER = (Component(apt="chromium", dnf="chromium", pacman="chromium"),)
PACKAGING = (_program("objdump", "binutils", "binutils", "binutils"),)


def find_browser() -> Path | None:
    """Find a Chromium, Chrome or Edge that playwright can drive; None where there is none."""
    for name in BROWSERS:
        if found := shutil.which(name):
            return Path(found)
    for variable in ("PROGRAMFILES", "PROGRAMFILES(X86)", "LOCALAPPDATA"):
        for relative in WINDOWS_BROWSERS:
            candidate = Path(os.environ.get(variable, ""), relative)
            if candidate.is_absolute() and candidate.is_file():
                return candidate
    return None


def has_display() -> bool:
    """Tell whether a window opened now would be seen by somebody."""
    return sys.platform != "linux" or bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))


def ensure(components: Iterable[Component]) -> None:
    """Install what is missing, as root or with sudo on Debian and Ubuntu; raise `Problem` with the exact line elsewhere."""
    missing = [component for component in components if not component.is_present()]
    if sys.platform != "linux":  # Qt brings its libraries along there, and windows need no virtual screen
        missing = [component for component in missing if component in BROWSER]
    if not missing:
        return
    if shutil.which("apt-get") and shutil.which("dpkg"):
        install_with_apt(_apt_name(component) for component in missing)
        missing = [component for component in missing if not component.is_present()]
        if not missing:
            return
    raise Problem(explain_missing(missing))


def install_with_apt(names: Iterable[str]) -> None:
    """Install Debian packages; raises `Problem` where the rights are missing or apt fails."""
    packages = sorted(set(names))
    prefix = _rights()
    if prefix is None:
        raise Problem(
            "Some system packages are missing and dev.py may not install them. Run this, then start again:\n\n"
            f"  sudo apt-get update && sudo apt-get install -y --no-install-recommends {' '.join(packages)}"
        )
    apt = [*prefix, "env", "DEBIAN_FRONTEND=noninteractive", "apt-get", "-o", "DPkg::Lock::Timeout=120"]
    commands = (
        [*prefix, "dpkg", "--configure", "-a"],  # an interrupted installation is completed first
        [*apt, "update"],
        [*apt, "install", "-y", "--no-install-recommends", *packages],
    )
    with Step("system packages") as step:
        for command in commands:
            step.show(" ".join(packages))
            code, printed = run_quietly(command, on_line=step.show, on_tick=step.tick)
            if code:
                raise Problem(explain.apt_failure(printed, packages))


def explain_missing(missing: Sequence[Component]) -> str:
    """Say what to install, with the system's own package manager where it is known."""
    if sys.platform != "linux":
        return "No browser was found. Install Microsoft Edge, Google Chrome or Chromium, then start again."
    if shutil.which("dnf"):
        return _with_line("sudo dnf install -y", (component.dnf for component in missing))
    if shutil.which("pacman"):
        return _with_line("sudo pacman -S --needed", (component.pacman for component in missing))
    if shutil.which("apt-get"):
        names = ", ".join(component.library or component.program or "a Chromium or Chrome" for component in missing)
        return f"These are still missing although their packages are installed: {names}. Install them by hand."
    wanted = ", ".join(component.library or component.program or "Chromium, Chrome or Edge" for component in missing)
    return f"Install these with the system's package manager, then start again: {wanted}"


def _with_line(command: str, names: Iterable[str]) -> str:
    return (
        f"Some system packages are missing. Run this, then start again:\n\n  {command} {' '.join(sorted(set(names)))}"
    )


def _apt_name(component: Component) -> str:
    if component in BROWSER and platform.freedesktop_os_release().get("ID") == "ubuntu":
        return "chromium-browser"
    return component.apt


def _rights() -> list[str] | None:
    if sys.platform != "win32" and os.geteuid() == 0:
        return []
    if shutil.which("sudo") is None:
        return None
    allowed = subprocess.run(["sudo", "-n", "true"], capture_output=True, check=False).returncode == 0
    return ["sudo", "-n"] if allowed else None


def _loads(library: str) -> bool:
    try:
        ctypes.CDLL(library)
    except OSError:
        return False
    return True
