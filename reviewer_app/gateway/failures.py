# SPDX-License-Identifier: AGPL-3.0-or-later
"""Turns what the HTTP library raises into this room's errors."""

from __future__ import annotations

import re
import ssl

import urllib3

from reviewer_app.gateway.connection_errors import Distrust, NameUnknown, NotSecure, ProxyTrouble, Untrusted
from reviewer_app.gateway.errors import GatewayError, Offline, UnexpectedAnswer

_NEVER_CONNECTED = (
    urllib3.exceptions.NewConnectionError,
    urllib3.exceptions.ConnectTimeoutError,
    urllib3.exceptions.ProxyError,
    urllib3.exceptions.ProxySchemeUnknown,
)
_REFUSED_TUNNEL = re.compile(r"Tunnel connection failed: (\d{3})")
# Of OpenSSL's X.509 results: not yet valid, expired; the issuer's certificate in four ways; host name, address.
_REASONS = {
    9: Distrust.TIME,
    10: Distrust.TIME,
    2: Distrust.ISSUER,
    18: Distrust.ISSUER,
    19: Distrust.ISSUER,
    20: Distrust.ISSUER,
    62: Distrust.NAME,
    64: Distrust.NAME,
}
# The same of Windows (winerror.h: CERT_E_EXPIRED, CERT_E_UNTRUSTEDROOT, CERT_E_CHAINING, CERT_E_CN_NO_MATCH).
_WINDOWS_REASONS = {
    0x800B0101: Distrust.TIME,
    0x800B0109: Distrust.ISSUER,
    0x800B010A: Distrust.ISSUER,
    0x800B010F: Distrust.NAME,
}


def error_of(error: Exception, *, host: str, proxy: str | None) -> GatewayError:
    """Give the error that a failed call becomes. ``host`` and ``proxy`` are named in it, the proxy without its login."""
    trouble = _of_proxy(error, host, proxy) if proxy is not None else None
    if trouble is not None:
        return trouble
    if isinstance(error, urllib3.exceptions.SSLError):
        return _of_tls(error, host)
    if isinstance(error, urllib3.exceptions.NameResolutionError):
        return NameUnknown(host)
    if isinstance(error, ValueError):
        return Offline(host, "not an address of a server", reached=False)
    if isinstance(error, urllib3.exceptions.DecodeError):
        return UnexpectedAnswer(host, "the answer cannot be decoded")
    return Offline(host, type(error).__name__, reached=not isinstance(error, _NEVER_CONNECTED))


def _of_proxy(error: Exception, host: str, proxy: str) -> ProxyTrouble | None:
    refused = _REFUSED_TUNNEL.search(str(error))
    if refused is not None:
        return ProxyTrouble(host, proxy, refused[1])
    if isinstance(error, urllib3.exceptions.ProxyError):
        return ProxyTrouble(host, proxy, type(error.original_error).__name__)
    return None


def _of_tls(error: urllib3.exceptions.SSLError, host: str) -> GatewayError:
    cause = error.args[0] if error.args else None
    if isinstance(cause, ssl.SSLCertVerificationError):
        return Untrusted(host, _reason(cause))
    words = str(error).upper()
    if "CERTIFICATE" in words:
        return Untrusted(host)
    if "WRONG_VERSION_NUMBER" in words or "RECORD_LAYER_FAILURE" in words or "UNKNOWN_PROTOCOL" in words:
        return NotSecure(host)
    return Offline(host, type(error).__name__)


def _reason(error: ssl.SSLCertVerificationError) -> Distrust:
    code = getattr(error, "verify_code", 0) or 0
    return _REASONS.get(code) or _WINDOWS_REASONS.get(code & 0xFFFFFFFF) or Distrust.OTHER
