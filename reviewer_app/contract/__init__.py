# SPDX-License-Identifier: AGPL-3.0-or-later
"""What the desktop, the server and the portal must say alike: states, codes, identifiers and the shapes of messages.

Pure: standard library, pydantic and python-stdnum only. Everything here is data or a function without side effects.
"""
