# SPDX-License-Identifier: AGPL-3.0-or-later
"""Whether an approval is enough by itself, or another person has to approve as well.

An approval speaks for what its giver saw. While checks are under way nobody has seen what they will find, and a first
approval says nothing about a failure that came after it.
"""

from __future__ import annotations

from sqlalchemy.orm import Session

from reviewer_app.backend.checks import service as checks
from reviewer_app.backend.companies.service import Company
from reviewer_app.backend.decisions import repository
from reviewer_app.backend.kit.clock import Clock
from reviewer_app.backend.kit.settings import SecondReview as Setting
from reviewer_app.backend.registers import service as registers
from reviewer_app.contract.second_review import SECOND_REVIEW_TEXTS, SecondReview, SecondReviewReason
from reviewer_app.contract.text import Language


class SecondReviews:
    """The rule of the setting ``REVIEWER_SECOND_REVIEW``."""

    def __init__(self, clock: Clock, setting: Setting) -> None:
        self._clock = clock
        self._setting = setting

    def reason(self, session: Session, company: Company) -> SecondReviewReason | None:
        """Say why an approval given now is only a first one; None when it is the last."""
        if self._setting is Setting.NEVER:
            return None
        if company.first_approver_id is not None:
            return SecondReviewReason.CHECKS_FAILED_SINCE if _failed_since(session, company) else None
        if self._setting is Setting.ALWAYS:
            return SecondReviewReason.ALWAYS
        asked = {
            SecondReviewReason.POSSIBLE_DUPLICATE: company.possible_duplicate,
            SecondReviewReason.ESCALATED: company.escalated,
            SecondReviewReason.CHECKS_FAILED: company.checks_fail > 0,
            SecondReviewReason.CHECKS_WAITING: self._checks_wait(session, company),
        }
        return next((reason for reason, holds in asked.items() if holds), None)

    def _checks_wait(self, session: Session, company: Company) -> bool:
        return checks.waiting(session, company.id, self._clock.now()) or registers.waiting(session, company.id)

    def told(self, session: Session, company: Company, language: Language) -> SecondReview | None:
        """Tell why an approval given now is only a first one."""
        reason = self.reason(session, company)
        return told(reason, language) if reason is not None else None


def told(reason: SecondReviewReason, language: Language) -> SecondReview:
    """Say a reason in a language."""
    return SecondReview(code=reason, message=SECOND_REVIEW_TEXTS[reason].in_language(language))


def _failed_since(session: Session, company: Company) -> bool:
    """Say whether a check fails now that did not when the case was approved for the first time."""
    known = repository.failures_at_first_approval(session, company.id)
    return not set(checks.failures(session, company.id)) <= set(known)
