# SPDX-License-Identifier: AGPL-3.0-or-later
"""Item models and state of the desktop's views, a folder per feature. They call use-cases through background operations."""
