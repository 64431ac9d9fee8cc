# SPDX-License-Identifier: AGPL-3.0-or-later
"""Which proxy leads to a server: that of the environment, on Windows and macOS that of the system's settings."""

from __future__ import annotations

import os
import sys
from urllib.parse import urlsplit


def proxy_to(base_url: str) -> str | None:
    """Give the address of the proxy to a server, None to call it straight. This computer itself is always called so."""
    if sys.platform == "linux" and not any(name.lower().endswith("_proxy") for name in os.environ):
        return None  # there is no other place to look, and looking takes a library
    from urllib.request import getproxies, proxy_bypass  # noqa: PLC0415 -- as above

    parts = urlsplit(base_url)
    if not parts.hostname or _is_this_computer(parts.hostname) or proxy_bypass(parts.netloc.rpartition("@")[2]):
        return None
    named = getproxies()
    proxy: str | None = named.get(parts.scheme) or named.get("all")
    return proxy if not proxy or "://" in proxy else f"http://{proxy}"


def shown(proxy: str) -> str:
    """Write a proxy's address for a person: host and port, never the login."""
    return proxy.rpartition("@")[2].rpartition("//")[2].rstrip("/")


def _is_this_computer(host: str) -> bool:
    return host in {"localhost", "::1"} or host.startswith("127.")
