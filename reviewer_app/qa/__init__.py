# SPDX-License-Identifier: AGPL-3.0-or-later
"""The test bench: invented companies, their documents as scans, and what makes a server behave badly on purpose."""
