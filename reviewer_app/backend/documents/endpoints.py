# SPDX-License-Identifier: AGPL-3.0-or-later
"""Calls about documents, of customers and of staff."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Depends, Request
from sqlalchemy.orm import Session
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import FormData, UploadFile
from starlette.formparsers import MultiPartException
from starlette.requests import ClientDisconnect
from starlette.responses import Response

from reviewer_app.backend.accounts.service import Accounts
from reviewer_app.backend.companies.presentation import CustomerView, shown_document
from reviewer_app.backend.companies.service import Companies, responsible
from reviewer_app.backend.documents.service import Document, Documents, Incoming, Received, document_by_id
from reviewer_app.backend.documents.serving import file_response, safe_file_name
from reviewer_app.backend.kit.callers import CurrentCustomer, Customer, Staff, require
from reviewer_app.backend.kit.database import Database
from reviewer_app.backend.kit.problems import FieldProblem, ProblemError, field_problem, problem_responses
from reviewer_app.backend.kit.requests import Answer, UnitOfWork, Work
from reviewer_app.contract.customer import CustomerDocument, CustomerDocuments
from reviewer_app.contract.permissions import StaffAct
from reviewer_app.contract.problems import FieldCode, ProblemCode
from reviewer_app.contract.staff import DocumentWords
from reviewer_app.contract.states import DocumentKind

_SIGNED_IN = problem_responses(ProblemCode.UNAUTHENTICATED, ProblemCode.SESSION_EXPIRED)
_FOUND = problem_responses(ProblemCode.NOT_FOUND)
_REFUSALS = problem_responses(
    ProblemCode.FILE_TOO_LARGE,
    ProblemCode.STORAGE_QUOTA,
    ProblemCode.UNSUPPORTED_TYPE,
    ProblemCode.EMPTY_FILE,
    ProblemCode.UNREADABLE,
    ProblemCode.PASSWORD_PROTECTED,
    ProblemCode.TOO_MANY_PAGES,
    ProblemCode.TOO_LARGE_PAGE,
    ProblemCode.VALIDATION_FAILED,
    ProblemCode.MALFORMED_REQUEST,
    ProblemCode.NO_COMPANY,
    ProblemCode.NOT_ADMINISTRATOR,
    ProblemCode.INVALID_TRANSITION,
    ProblemCode.DOCUMENT_NOT_CURRENT,
    ProblemCode.INSPECTION_UNAVAILABLE,
)
_UPLOAD: dict[str, Any] = {
    "requestBody": {
        "required": True,
        "content": {
            "multipart/form-data": {
                "schema": {
                    "type": "object",
                    "required": ["kind", "file"],
                    "properties": {
                        "kind": {"type": "string", "enum": [kind.value for kind in DocumentKind]},
                        "file": {"type": "string", "format": "binary"},
                        "replaces": {"type": "string", "description": "Id of the version whose place it takes."},
                    },
                }
            }
        },
    }
}
_BINARY = {
    media: {"schema": {"type": "string", "format": "binary"}}
    for media in ("application/pdf", "image/jpeg", "image/png", "image/tiff")
}
_BYTES: dict[int | str, dict[str, Any]] = {
    200: {"description": "The bytes as uploaded.", "content": _BINARY},
    206: {"description": "The part asked for by `Range`.", "content": _BINARY | {"multipart/byteranges": {}}},
    304: {"description": "The caller has it already."},
    **problem_responses(ProblemCode.RANGE_NOT_SATISFIABLE),
}
_Reader = Annotated[Staff, Depends(require(StaffAct.READ_CASES))]


class DocumentEndpoints:
    """Routes of documents."""

    def __init__(
        self, database: Database, documents: Documents, companies: Companies, view: CustomerView, accounts: Accounts
    ) -> None:
        self._database = database
        self._documents = documents
        self._companies = companies
        self._view = view
        self._accounts = accounts

    def router(self) -> APIRouter:
        """List the routes."""
        router = APIRouter(prefix="/api/v1")
        customer = "/customer/company/documents"
        router.post(
            customer,
            status_code=201,
            response_model=CustomerDocument,
            responses=_SIGNED_IN | _REFUSALS,
            openapi_extra=_UPLOAD,
            tags=["customer"],
        )(self.upload)
        router.get(customer, response_model=CustomerDocuments, responses=_SIGNED_IN, tags=["customer"])(self.list)
        router.get(
            customer + "/{document_id}/content",
            response_class=Response,
            responses=_SIGNED_IN | _FOUND | _BYTES,
            tags=["customer"],
        )(self.own_content)
        router.get(
            "/staff/documents/{document_id}/content",
            response_class=Response,
            responses=_SIGNED_IN | _FOUND | _BYTES,
            tags=["staff"],
        )(self.content)
        router.get(
            "/staff/documents/{document_id}/words",
            response_model=DocumentWords,
            responses=_SIGNED_IN | _FOUND | problem_responses(ProblemCode.INSPECTION_UNAVAILABLE),
            tags=["staff"],
        )(self.words)
        return router

    async def upload(self, request: Request, customer: CurrentCustomer, work: Work) -> Response:
        """Upload a document. The answer comes after its inspection; a refused file is not kept."""
        try:
            async with request.form(max_files=1, max_fields=10) as form:
                incoming = _incoming(form)
                return await run_in_threadpool(self._take, customer, work, incoming)
        except (MultiPartException, ClientDisconnect) as error:
            raise ProblemError(ProblemCode.MALFORMED_REQUEST) from error

    def list(self, customer: CurrentCustomer, work: Work) -> Response:
        """Give all versions of the company's documents."""
        return work.read(
            lambda session: self._view.documents(session, responsible(session, customer.user_id).company, work.language)
        )

    def own_content(self, document_id: str, request: Request, customer: CurrentCustomer) -> Response:
        """Give the bytes of one of the company's documents."""
        document = self._found(document_id)
        with self._database.read() as session:
            if document.company_id != responsible(session, customer.user_id).company.id:
                raise ProblemError(ProblemCode.NOT_FOUND)
        return self._served(request, document)

    def content(self, document_id: str, request: Request, staff: _Reader) -> Response:  # noqa: ARG002  # its refusal
        """Give the bytes of a document as the customer sent them."""
        return self._served(request, self._found(document_id))

    def words(self, document_id: str, staff: _Reader) -> DocumentWords:  # noqa: ARG002  # asked for its refusal
        """Give the words of a document's text layer with their boxes, by page."""
        return self._documents.words(self._found(document_id))

    def _found(self, document_id: str) -> Document:
        """Give a version apart from its session, which is not kept while bytes are read."""
        with self._database.read() as session:
            document = document_by_id(session, document_id)
            session.expunge(document)
            return document

    def _take(self, customer: Customer, work: UnitOfWork, incoming: Incoming) -> Response:
        """Inspect before the transaction begins: the inspection takes its time and no writer should wait for it."""

        def allow(size: int) -> None:
            with self._database.read() as session:
                company = self._companies.receiving(session, customer.user_id, incoming.kind, lock=False)
                self._documents.check_quota(session, company.id, size)

        content = f"{incoming.kind}\n{incoming.replaces}\n{self._documents.digest(incoming)}"
        replayed = work.replay(content=content)
        if replayed is not None:
            return replayed
        received = self._documents.receive(incoming, allow=allow)
        return work.write(lambda session: self._added(session, customer, work, incoming, received), content=content)

    def _added(
        self, session: Session, customer: Customer, work: UnitOfWork, incoming: Incoming, received: Received
    ) -> Answer:
        company = self._companies.receiving(session, customer.user_id, incoming.kind)
        document = self._documents.add(
            session, company=company, user_id=customer.user_id, incoming=incoming, received=received
        )
        user = self._accounts.user(session, customer.user_id)
        self._companies.document_added(session, company, user, document)
        return Answer(shown_document(document, {}, work.language), status=201)

    def _served(self, request: Request, document: Document) -> Response:
        return file_response(
            request,
            path=self._documents.content(document),
            sha256=document.sha256,
            media_type=document.media_type,
            name=document.file_name,
        )


def _incoming(form: FormData) -> Incoming:
    problems: list[FieldProblem] = []
    file, kind, replaces = form.get("file"), form.get("kind"), form.get("replaces")
    known = kind if isinstance(kind, str) and kind in set(DocumentKind) else None
    if known is None:
        problems.append(field_problem("kind", FieldCode.INVALID if kind else FieldCode.REQUIRED))
    if not isinstance(file, UploadFile):
        problems.append(field_problem("file", FieldCode.REQUIRED))
    if replaces is not None and (not isinstance(replaces, str) or "\x00" in replaces):
        problems.append(field_problem("replaces", FieldCode.INVALID))
    if problems or known is None or not isinstance(file, UploadFile):
        raise ProblemError(ProblemCode.VALIDATION_FAILED, errors=problems)
    return Incoming(
        stream=file.file,
        file_name=safe_file_name(file.filename or ""),
        kind=DocumentKind(known),
        replaces=replaces if isinstance(replaces, str) and replaces else None,
    )
