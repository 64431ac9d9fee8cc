# SPDX-License-Identifier: AGPL-3.0-or-later
"""How a server and a desktop know each other. Light: read before anybody is signed in."""

PRODUCT = "reviewer"
"""Stands in the server's sign of life, so that no other program that answers there is taken for one."""

API_EDITION = 1
"""Edition of the HTTP surface for staff. It grows when a desktop of the edition before could not work with it any more;
what is only added, does not change it."""
