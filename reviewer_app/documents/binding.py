# SPDX-License-Identifier: AGPL-3.0-or-later
"""The short text in the sheet's QR code, which ties the paper to a company, an administrator and a data version."""

from __future__ import annotations

import base64
import hashlib
import json
import re
from typing import NamedTuple

from reviewer_app.documents.authorization_sheet import AuthorizationSheet

_PREFIX = "RV1"
_DIGEST_LENGTH = 16
# Only characters of the QR code's alphanumeric mode, so that the code stays coarse and survives bad scans.
_PAYLOAD = re.compile(r"RV1:([0-9A-Z-]{4,32}):([1-9][0-9]{0,8}):([A-Z2-7]{16})")


class Binding(NamedTuple):
    """What a sheet is tied to. ``digest`` covers every datum that the sheet shows, 80 bits in base 32."""

    number: str
    version: int
    digest: str


def binding_of(sheet: AuthorizationSheet) -> Binding:
    """Give the binding of a sheet: the same data give the same binding, any change another digest."""
    canonical = json.dumps(sheet.to_json(), ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    digest = base64.b32encode(hashlib.sha256(canonical.encode()).digest()).decode()[:_DIGEST_LENGTH]
    return Binding(sheet.number, sheet.version, digest)


def binding_payload(binding: Binding) -> str:
    """Write a binding as the text of the QR code, for example ``RV1:UP-2026-000123-K7:4:ABCDEFGHIJKLMNOP``."""
    payload = f"{_PREFIX}:{binding.number}:{binding.version}:{binding.digest}"
    if not _PAYLOAD.fullmatch(payload):
        raise ValueError(f"not a binding: {binding}")
    return payload


def parse_binding_payload(text: str) -> Binding:
    """Read what `binding_payload` wrote. Raises ValueError for any other text, so for any other QR code."""
    found = _PAYLOAD.fullmatch(text.strip())
    if found is None:
        raise ValueError("not the code of an authorization")
    return Binding(found[1], int(found[2]), found[3])
