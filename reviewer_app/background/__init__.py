# SPDX-License-Identifier: AGPL-3.0-or-later
"""The only room that makes threads: work goes out through `background.runner.Runner`, answers come on the GUI thread."""
