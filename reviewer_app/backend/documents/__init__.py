# SPDX-License-Identifier: AGPL-3.0-or-later
"""Uploaded documents: received, inspected, kept by their SHA-256, served."""
