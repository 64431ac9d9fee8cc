# SPDX-License-Identifier: AGPL-3.0-or-later
"""The calls that show a customer pages of their documents: as uploaded, and with what staff marked."""

from __future__ import annotations

import hashlib
from typing import Any

from fastapi import APIRouter, Request
from starlette.responses import Response

from reviewer_app.backend.companies.service import responsible
from reviewer_app.backend.decisions.service import reasons_of_documents
from reviewer_app.backend.documents.service import Documents, document_by_id
from reviewer_app.backend.documents.serving import PRIVATE_HEADERS
from reviewer_app.backend.documents.tables import Document
from reviewer_app.backend.kit.callers import CurrentCustomer
from reviewer_app.backend.kit.database import Database
from reviewer_app.backend.kit.language import RequestLanguage
from reviewer_app.backend.kit.problems import ProblemError, problem_responses
from reviewer_app.contract.messages import Box
from reviewer_app.contract.problems import ProblemCode

_MEDIA_TYPE = "image/jpeg"
_ANSWERS: dict[int | str, dict[str, Any]] = {
    200: {"description": "The page.", "content": {_MEDIA_TYPE: {"schema": {"type": "string", "format": "binary"}}}},
    304: {"description": "The caller has it already."},
    **problem_responses(
        ProblemCode.UNAUTHENTICATED,
        ProblemCode.SESSION_EXPIRED,
        ProblemCode.NO_COMPANY,
        ProblemCode.NOT_ADMINISTRATOR,
        ProblemCode.NOT_FOUND,
        ProblemCode.INSPECTION_UNAVAILABLE,
    ),
}


class MarkedPageEndpoints:
    """Route of marked pages."""

    def __init__(self, database: Database, documents: Documents) -> None:
        self._database = database
        self._documents = documents

    def router(self) -> APIRouter:
        """List the routes."""
        router = APIRouter(prefix="/api/v1/customer", tags=["customer"])
        one = "/company/documents/{document_id}"
        router.get(one + "/marked-pages/{page}", response_class=Response, responses=_ANSWERS)(self.picture)
        router.get(one + "/pages/{page}", response_class=Response, responses=_ANSWERS)(self.preview)
        return router

    def picture(
        self, document_id: str, page: int, request: Request, customer: CurrentCustomer, language: RequestLanguage
    ) -> Response:
        """Give a page of one of the company's documents with the places framed that its last decision marked.

        Pages on which nothing is marked, and documents of others, are not found.
        """
        with self._database.read() as session:
            company = responsible(session, customer.user_id).company
            document = document_by_id(session, document_id)
            if document.company_id != company.id:
                raise ProblemError(ProblemCode.NOT_FOUND)
            reasons = reasons_of_documents(session, company.id, language).get(document.id, ())
            session.expunge(document)
        boxes = list(dict.fromkeys(reason.region for reason in reasons if reason.page == page and reason.region))
        if not boxes:
            raise ProblemError(ProblemCode.NOT_FOUND)
        return self._page(request, document, page, boxes)

    def preview(self, document_id: str, page: int, request: Request, customer: CurrentCustomer) -> Response:
        """Give a page of one of the company's documents as a picture, for its customer to see what they uploaded."""
        with self._database.read() as session:
            company = responsible(session, customer.user_id).company
            document = document_by_id(session, document_id)
            if document.company_id != company.id:
                raise ProblemError(ProblemCode.NOT_FOUND)
            session.expunge(document)
        return self._page(request, document, page, [])

    def _page(self, request: Request, document: Document, page: int, boxes: list[Box]) -> Response:
        if not 1 <= page <= document.pages:
            raise ProblemError(ProblemCode.NOT_FOUND)
        etag = f'"{hashlib.sha256(repr((document.sha256, page, boxes)).encode()).hexdigest()}"'
        headers = {**PRIVATE_HEADERS, "ETag": etag, "Content-Disposition": "inline"}
        known = (tag.strip().removeprefix("W/") for tag in request.headers.get("if-none-match", "").split(","))
        if etag in known:
            return Response(status_code=304, headers=headers)
        return Response(self._documents.marked_page(document, page, boxes), media_type=_MEDIA_TYPE, headers=headers)
