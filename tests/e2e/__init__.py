# SPDX-License-Identifier: AGPL-3.0-or-later
"""The whole product on real parts: server process, SMTP, browser, window."""
