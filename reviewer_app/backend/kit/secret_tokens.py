# SPDX-License-Identifier: AGPL-3.0-or-later
"""Secrets that a caller shows again: made at random, kept only as digests."""

from __future__ import annotations

import hashlib
import secrets

_TOKEN_BYTES = 32


def new_token() -> str:
    """Make a token of 256 random bits, safe in a URL."""
    return secrets.token_urlsafe(_TOKEN_BYTES)


def token_digest(token: str) -> str:
    """Give what is stored of a token. Its randomness makes a plain SHA-256 enough."""
    return hashlib.sha256(token.encode()).hexdigest()
