# SPDX-License-Identifier: AGPL-3.0-or-later
"""Turns what a failed tool printed into what a person can do about it."""

from __future__ import annotations

import errno
import re
from collections.abc import Sequence
from pathlib import Path

NEEDED_BYTES = 2_000_000_000  # the environment takes 1.0 GB, pip unpacks beside it
NO_SPACE = f"No space is left on the disk. Setting up needs {NEEDED_BYTES / 1e9:.0f} GB; make room, then start again."

# the first that is found explains the failure: pip also prints "No matching distribution" when the network is away
PIP = (
    (r"No space left on device|Errno 28\b|WinError 112\b", NO_SPACE, False),
    (
        r"DO NOT MATCH THE HASHES|BadZipFile|invalid wheel|IncompleteRead|bad magic",
        (
            "A package that came over the network is not the one that requirements.lock names: the download was cut or "
            "changed on its way.\nStart again; if it stays so, empty pip's cache (python3 -m pip cache purge) and look "
            "at the package index that pip is set to use."
        ),
        True,
    ),
    (
        r"CERTIFICATE_VERIFY_FAILED|SSLError|SSLCertVerificationError",
        (
            "The package index showed a certificate that is not trusted here, often that of a company proxy. "
            "Point PIP_CERT to its certificate, then start again."
        ),
        False,
    ),
    (
        (
            r"NewConnectionError|ConnectTimeout|ReadTimeout|Max retries|name resolution|getaddrinfo failed|ProxyError"
            r"|Connection (?:refused|reset|aborted)|Network is unreachable|Could not fetch URL"
        ),
        (
            "The package index could not be reached: no network, or a proxy that pip does not know (HTTPS_PROXY, "
            "PIP_INDEX_URL). Start again when it is there; what was fetched is kept."
        ),
        False,
    ),
    (
        r"Permission denied|Errno 13\b|WinError 5\b",
        "No rights to write a file. Look who owns .venv, then start again.",
        True,
    ),
    (
        r"No matching distribution",
        "pip found no such package: the package index could not be asked, or has no build for this Python or system.",
        True,
    ),
    (r"", "pip failed.", True),
)

APT = (
    (r"No space left|not enough free space|You don't have enough", "No space is left for the system packages.", False),
    (r"Could not get lock|Unable to acquire", "Another package installation is running. Let it end.", False),
    (
        r"Could not resolve|Temporary failure|Unable to connect|Failed to fetch|Connection (?:failed|timed)",
        "The system packages could not be fetched: no network, or a wrong package source.",
        False,
    ),
    (r"", "apt-get failed.", True),
)


def pip_failure(printed: str) -> str:
    """Explain a pip that ended with an error."""
    return _first(PIP, printed)


def apt_failure(printed: str, packages: Sequence[str]) -> str:
    """Explain an apt-get that ended with an error, with the line to run by hand."""
    line = f"apt-get update && apt-get install -y --no-install-recommends {' '.join(packages)}"
    return f"{_first(APT, printed)}\nMend it and start again, or run this as root:\n\n  {line}"


def os_failure(error: OSError, place: Path) -> str:
    """Explain a file operation that failed."""
    if error.errno == errno.ENOSPC:
        return f"{place}: {NO_SPACE}"
    if isinstance(error, PermissionError):
        return f"No rights to write {place}. Look who owns the checkout, then start again."
    return f"{place}: {error.strerror or error}"


def last_words(printed: str) -> str:
    """Give the end of what a tool printed, set off from the explanation."""
    return "\n".join("  " + line for line in printed.strip().splitlines()[-12:])


def _first(table: Sequence[tuple[str, str, bool]], printed: str) -> str:
    message, with_tail = next(
        (message, with_tail) for pattern, message, with_tail in table if re.search(pattern, printed, re.IGNORECASE)
    )
    return f"{message}\nIts last words:\n{last_words(printed)}" if with_tail else message
