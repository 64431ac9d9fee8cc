# SPDX-License-Identifier: AGPL-3.0-or-later
"""Automatic checks of a case. The program reports; a person decides."""
