# SPDX-License-Identifier: AGPL-3.0-or-later
"""What runs inside a worker process: the only modules that open what a customer sent. Loads no Qt and no HTTP."""
