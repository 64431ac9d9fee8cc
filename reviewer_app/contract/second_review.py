# SPDX-License-Identifier: AGPL-3.0-or-later
"""Why an approval needs a second reviewer, and what that says to staff."""

from __future__ import annotations

from enum import StrEnum

from reviewer_app.contract.messages import Message
from reviewer_app.contract.text import Text


class SecondReviewReason(StrEnum):
    """What asks for a second pair of eyes. Stable codes."""

    ALWAYS = "always"
    POSSIBLE_DUPLICATE = "possible_duplicate"
    ESCALATED = "escalated"
    CHECKS_FAILED = "checks_failed"
    CHECKS_WAITING = "checks_waiting"
    CHECKS_FAILED_SINCE = "checks_failed_since"


class SecondReview(Message):
    """Says that an approval given now has another person approve as well, and why, in the language of the request."""

    code: SecondReviewReason
    message: str


SECOND_REVIEW_TEXTS: dict[SecondReviewReason, Text] = {
    SecondReviewReason.ALWAYS: Text(
        "Każdą akceptację potwierdza druga osoba.", "Every approval is confirmed by a second person."
    ),
    SecondReviewReason.POSSIBLE_DUPLICATE: Text(
        "Akceptację potwierdzi druga osoba: inna firma ma ten sam NIP.",
        "A second person has to confirm an approval: another company has the same NIP.",
    ),
    SecondReviewReason.ESCALATED: Text(
        "Akceptację potwierdzi druga osoba: sprawę przekazano kierownikowi.",
        "A second person has to confirm an approval: the case was escalated.",
    ),
    SecondReviewReason.CHECKS_FAILED: Text(
        "Akceptację potwierdzi druga osoba: sprawdzenia znalazły błędy.",
        "A second person has to confirm an approval: the checks found something wrong.",
    ),
    SecondReviewReason.CHECKS_WAITING: Text(
        "Akceptację potwierdzi druga osoba: sprawdzenia dokumentów lub rejestrów jeszcze trwają.",
        "A second person has to confirm an approval: checks of documents or registers have not ended yet.",
    ),
    SecondReviewReason.CHECKS_FAILED_SINCE: Text(
        "Pierwsza akceptacja nie obejmuje błędów, które sprawdzenia znalazły po niej. Akceptację potwierdzi jeszcze jedna "
        "osoba.",
        "The first approval did not know of what the checks found wrong after it. Another person has to confirm an approval.",
    ),
}
