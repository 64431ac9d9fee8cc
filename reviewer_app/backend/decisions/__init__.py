# SPDX-License-Identifier: AGPL-3.0-or-later
"""What staff decide about a case, and the mail that tells the customer."""
