# SPDX-License-Identifier: AGPL-3.0-or-later
"""The parts of `dev.py`; standard library only, since they run before anything is installed."""

from __future__ import annotations
