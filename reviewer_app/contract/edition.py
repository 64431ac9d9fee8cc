# SPDX-License-Identifier: AGPL-3.0-or-later
"""How a server and its clients know each other. Light: read before anybody is signed in."""

API_PREFIX = "/api/"
"""All addresses that answer programs begin so."""

PRODUCT = "reviewer"
"""Stands in the server's sign of life, so that no other program that answers there is taken for one."""

SERVER_TIME = "Reviewer-Time"
"""Header of every answer: the server's moment (RFC 3339, UTC), by which a desktop knows that its own clock is wrong. A test
bench's clock may be moved, so that `Date`, which is the machine's, does not tell."""

API_EDITION = 1
"""Edition of the HTTP surface for staff. It grows when a desktop of the edition before could not work with it any more;
what is only added, does not change it."""
