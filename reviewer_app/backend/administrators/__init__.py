# SPDX-License-Identifier: AGPL-3.0-or-later
"""Changes of a company's administrator, and companies that are left without one."""
