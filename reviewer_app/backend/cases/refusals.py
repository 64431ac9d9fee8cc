# SPDX-License-Identifier: AGPL-3.0-or-later
"""What every act of staff on cases may be refused with."""

from __future__ import annotations

from reviewer_app.backend.kit.problems import problem_responses
from reviewer_app.contract.problems import ProblemCode

ACT_REFUSALS = problem_responses(
    ProblemCode.UNAUTHENTICATED,
    ProblemCode.SESSION_EXPIRED,
    ProblemCode.PERMISSION_MISSING,
    ProblemCode.NOT_FOUND,
    ProblemCode.MALFORMED_REQUEST,
    ProblemCode.IDEMPOTENCY_KEY_MISSING,
    ProblemCode.VALIDATION_FAILED,
)
