# SPDX-License-Identifier: AGPL-3.0-or-later
"""What the features share: settings, clock, database, problems, one transaction a request, callers, paging.

A feature's endpoint takes a caller (:mod:`.callers`) and a :class:`~reviewer_app.backend.kit.requests.Work`::

    def change(self, body: CompanyChange, customer: CurrentCustomer, work: Work) -> Response:
        return work.write(
            lambda session: self._companies.change(session, customer.user_id, work.expected_version(), body)
        )

where the service gives an :class:`~reviewer_app.backend.kit.requests.Answer`. Services never commit: ``work`` does,
before the answer is sent. Refusals are raised as :class:`~reviewer_app.backend.kit.problems.ProblemError`.
"""
