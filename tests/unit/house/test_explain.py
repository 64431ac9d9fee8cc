# SPDX-License-Identifier: AGPL-3.0-or-later
"""What dev.py tells a person when a tool it ran has failed."""

from __future__ import annotations

import errno
from pathlib import Path

import pytest

from tools.dev import explain, system
from tools.dev.system import Component


@pytest.mark.parametrize(
    ("printed", "said"),
    [
        ("ERROR: Could not install packages due to an OSError: [Errno 28] No space left on device", "No space is left"),
        (
            "ERROR: THESE PACKAGES DO NOT MATCH THE HASHES FROM THE REQUIREMENTS FILE.",
            "not the one that requirements.lock names",
        ),
        (
            (
                "WARNING: Retrying: NewConnectionError('[Errno 111] Connection refused')\n"
                "ERROR: No matching distribution found for alembic==1.20.1"
            ),
            "could not be reached",
        ),
        ("SSLError(SSLCertVerificationError(1, 'certificate verify failed'))", "PIP_CERT"),
        ("PermissionError: [Errno 13] Permission denied: '/srv/checkout/.venv/x'", "No rights to write"),
        ("ERROR: No matching distribution found for alembic==1.20.1", "no build for this Python or system"),
        ("something nobody has seen", "something nobody has seen"),
    ],
)
def test_failure_of_pip_says_what_to_do(printed: str, said: str) -> None:
    assert said in explain.pip_failure(printed)


@pytest.mark.parametrize(
    ("printed", "said"),
    [
        ("E: You don't have enough free space in /var/cache/apt/archives/.", "No space is left"),
        ("E: Could not get lock /var/lib/dpkg/lock-frontend", "Another package installation"),
        ("E: Failed to fetch http://mirror.example/xvfb.deb  Temporary failure resolving", "no network"),
        ("E: Unable to locate package xvfb", "Unable to locate package xvfb"),
    ],
)
def test_failure_of_apt_says_what_to_do_and_the_line_to_run(printed: str, said: str) -> None:
    told = explain.apt_failure(printed, ["openbox", "xvfb"])
    assert said in told
    assert "apt-get install -y --no-install-recommends openbox xvfb" in told


def test_full_disk_and_missing_rights_are_told_with_their_place() -> None:
    place = Path("checkout", ".venv")
    assert str(place) in explain.os_failure(OSError(errno.ENOSPC, "No space left on device"), place)
    assert "who owns" in explain.os_failure(PermissionError(errno.EACCES, "Permission denied"), place)


def test_component_is_seen_by_its_library_or_program() -> None:
    absent = Component(apt="a", dnf="b", pacman="c", library="libreviewer-has-no-such.so.0")
    assert not absent.is_present()
    assert not Component(apt="a", dnf="b", pacman="c", program="reviewer-has-no-such").is_present()
    assert Component(apt="a", dnf="b", pacman="c", program="python3").is_present()


def test_missing_component_stops_with_the_line_that_installs_it() -> None:
    told = system.explain_missing([Component(apt="a", dnf="b", pacman="c", library="libnowhere.so.0")])
    assert "libnowhere.so.0" in told or "install" in told.lower()
