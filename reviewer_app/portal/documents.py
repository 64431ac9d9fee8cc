# SPDX-License-Identifier: AGPL-3.0-or-later
"""Pages of the documents: upload, versions, what staff said about them, the authorization (S8, S10–S12)."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterable, Mapping
from contextlib import AsyncExitStack
from functools import partial
from typing import NamedTuple
from urllib.parse import quote

from starlette.datastructures import UploadFile
from starlette.requests import ClientDisconnect, Request
from starlette.responses import JSONResponse, Response, StreamingResponse
from starlette.routing import Route
from starlette.types import Receive, Scope, Send

from reviewer_app.contract.customer import CustomerDocument
from reviewer_app.contract.customer_overview import CompanyCase
from reviewer_app.contract.states import (
    CURRENT_DOCUMENT_STATES,
    EDITABLE_STATES,
    CompanyState,
    DocumentKind,
    DocumentState,
)
from reviewer_app.portal.api import ApiProblem, ApiUnreachable, Caller, CustomerApi
from reviewer_app.portal.forms import UPLOAD_BYTES, FormState, FormTooLarge, attempt, new_key, read_form, text_values
from reviewer_app.portal.pages import Pages
from reviewer_app.portal.road import Wanted, wanted
from reviewer_app.portal.texts import CHOOSE_FILE, FORM_OUTDATED, FORM_TOO_LARGE, UNREACHABLE
from reviewer_app.portal.visits import Flash, Visit, header_safe

_VARIANTS = frozenset({"registered", "not_registered"})
_PASSED_ON = ("Content-Type", "Content-Length", "Content-Disposition")
_FILE_HEADERS = {"Content-Security-Policy": "sandbox; frame-ancestors 'none'", "Cache-Control": "no-store"}


class _PassedOn(StreamingResponse):
    """An answer of the API on its way to the browser. It is closed however the sending ends, even before it began."""

    def __init__(self, pieces: AsyncIterator[bytes], *, headers: Mapping[str, str], answer: AsyncExitStack) -> None:
        super().__init__(pieces, headers=headers)
        self._answer = answer

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        async with self._answer:
            await super().__call__(scope, receive, send)


class DocumentGroup(NamedTuple):
    """The documents of one kind: versions in force or being checked, and older ones."""

    kind: DocumentKind
    current: tuple[CustomerDocument, ...]
    older: tuple[CustomerDocument, ...]
    missing: bool


class DocumentPages:
    """What the customer uploads and downloads."""

    def __init__(self, *, api: CustomerApi, pages: Pages) -> None:
        self._api = api
        self._pages = pages

    def routes(self) -> list[Route]:
        """Give the addresses of these pages."""
        return [
            Route("/company/documents", self.documents, methods=["GET"]),
            Route("/company/documents", self.upload, methods=["POST"]),
            Route("/company/documents/relay", self.relay, methods=["POST"]),
            Route("/company/documents/{id}/content", self.content),
            Route("/company/documents/{id}/pages/{page:int}", self.page),
            Route("/company/documents/{id}/marked-pages/{page:int}", self.marked_page),
            Route("/company/authorization", self.authorization),
            Route("/company/authorization/sheet", self.sheet),
        ]

    async def documents(self, request: Request) -> Response:
        """All kinds with their versions, each with a place to drop files."""
        return await self._shown(Visit.of(request), "documents.html")

    async def authorization(self, request: Request) -> Response:
        """S10–S12: the two variants to download, and the signed scan to upload."""
        return await self._shown(Visit.of(request), "authorization.html")

    async def upload(self, request: Request) -> Response:
        """Upload from a plain form: one or more files of one kind."""
        visit = Visit.of(request)
        files: list[UploadFile] = []
        try:
            async with read_form(request, UPLOAD_BYTES) as form:
                values = text_values(form)
                files = [part for part in form.getlist("file") if isinstance(part, UploadFile) and part.filename]
                refused = await self._upload_each(visit, values, files)
        except FormTooLarge:
            values, refused = {}, FormState(message=FORM_TOO_LARGE.in_language(visit.language), status=413)
        sheet = values.get("kind") == DocumentKind.AUTHORIZATION and values.get("from") == "authorization"
        if refused:
            return await self._shown(visit, "authorization.html" if sheet else "documents.html", refused)
        return self._pages.redirect(
            "/company/authorization" if sheet else "/company/documents", Flash("uploaded", str(len(files)))
        )

    async def relay(self, request: Request) -> Response:
        """Upload one file from the page's script: the body passes through piece by piece.

        Answers JSON: ``{}`` with 201, else ``message`` in the visitor's language, and ``code``.
        """
        visit = Visit.of(request)
        if not visit.accepts(request.headers.get("X-Form-Token", "")):
            return JSONResponse({"message": FORM_OUTDATED.in_language(visit.language), "code": "form"}, 403)
        headers = {
            name: request.headers[name] for name in ("Content-Type", "Content-Length") if name in request.headers
        }
        try:
            await self._api.relay_upload(
                visit.caller,
                body=_limited(request),
                headers=headers,
                key=header_safe(request.headers.get("X-Request-Key", "")) or new_key(),
            )
            return JSONResponse({}, 201)
        except ApiProblem as error:
            await _drain(request)
            problem = error.problem
            return JSONResponse({"message": problem.detail or problem.title, "code": problem.code}, problem.status)
        except ApiUnreachable:
            await _drain(request)
            return JSONResponse({"message": UNREACHABLE.in_language(visit.language), "code": "unreachable"}, 503)
        except FormTooLarge:
            return JSONResponse({"message": FORM_TOO_LARGE.in_language(visit.language), "code": "file_too_large"}, 413)
        except ClientDisconnect:
            return Response(status_code=400)

    async def content(self, request: Request) -> Response:
        """The customer's own file back."""
        return await self._download(
            request, f"company/documents/{quote(request.path_params['id'], safe='')}/content", ""
        )

    async def page(self, request: Request) -> Response:
        """A page of the customer's own document as a picture."""
        document = quote(request.path_params["id"], safe="")
        return await self._download(request, f"company/documents/{document}/pages/{request.path_params['page']}", "")

    async def marked_page(self, request: Request) -> Response:
        """A page of the customer's own document, with the places framed that staff marked."""
        document = quote(request.path_params["id"], safe="")
        return await self._download(
            request, f"company/documents/{document}/marked-pages/{request.path_params['page']}", ""
        )

    async def sheet(self, request: Request) -> Response:
        """S10: the authorization as PDF for this company and administrator."""
        variant = request.query_params.get("variant", "")
        if variant not in _VARIANTS:
            return self._pages.redirect("/company/authorization")
        return await self._download(request, f"company/authorization?variant={variant}", "upowaznienie.pdf")

    async def _download(self, request: Request, path: str, name: str) -> Response:
        visit = Visit.of(request)
        if visit.session is None:
            return self._pages.to_sign_in(visit, "/company/documents")
        answer = AsyncExitStack()
        source = await answer.enter_async_context(self._api.stream(visit.caller, path))
        headers = {name: source.headers[name] for name in _PASSED_ON if name in source.headers}
        headers.setdefault("Content-Disposition", f'attachment; filename="{name}"' if name else "attachment")
        return _PassedOn(source.aiter_bytes(), headers={**headers, **_FILE_HEADERS}, answer=answer)

    async def _upload_each(self, visit: Visit, values: Mapping[str, str], files: list[UploadFile]) -> FormState | None:
        if not files:
            message = CHOOSE_FILE.in_language(visit.language)
            return FormState(values=values, errors={values.get("kind", ""): message}, message=message, status=422)
        fields = {name: values[name] for name in ("kind", "replaces") if values.get(name)}
        outcome: FormState | None = None
        for at, file in enumerate(files):
            # A document replaces one version: the other files of the same form are added beside it.
            chosen = fields if at == 0 else {"kind": fields.get("kind", "")}
            send = partial(self._send, visit.caller, values, file, chosen, at)
            refused = await attempt(visit, values, send)
            if refused:
                message = f"{file.filename}: {refused.message}"
                known = (outcome.errors if outcome else {}).get(values.get("kind", ""), "")
                errors = {values.get("kind", ""): f"{known}\n{message}".strip()}
                outcome = FormState(
                    values=values, errors=errors, message=refused.message, code=refused.code, status=refused.status
                )
        return outcome

    async def _send(
        self, caller: Caller, values: Mapping[str, str], file: UploadFile, fields: Mapping[str, str], at: int
    ) -> None:
        part = (file.filename or "", file.file, file.content_type or "application/octet-stream")
        await self._api.upload(caller, fields=fields, file=part, key=f"{values.get('request_key') or new_key()}-{at}")

    async def _shown(self, visit: Visit, template: str, form: FormState | None = None) -> Response:
        if visit.session is None:
            return self._pages.to_sign_in(visit, visit.path)
        case = await self._api.get(visit.caller, "company/case", CompanyCase)
        company, documents = case.company, case.documents
        missing = wanted(company)
        groups = group_documents(documents.items, missing)
        if company.state is CompanyState.COLLECTING and template == "documents.html":
            groups = tuple(group for group in groups if group.kind is not DocumentKind.AUTHORIZATION)
        return self._pages.render(
            visit,
            template,
            form=form,
            company=company,
            missing=missing,
            groups=groups,
            sheet=next(group for group in group_documents(documents.items, missing) if group.kind == "authorization"),
            editable=company.state in EDITABLE_STATES,
            checking=any(item.state is DocumentState.CHECKING for item in documents.items),
        )


def group_documents(documents: Iterable[CustomerDocument], missing: Wanted) -> tuple[DocumentGroup, ...]:
    """Sort documents by kind, versions in force before older ones."""
    known = tuple(documents)
    in_force = CURRENT_DOCUMENT_STATES | {DocumentState.CHECKING}
    return tuple(
        DocumentGroup(
            kind=kind,
            current=tuple(item for item in known if item.kind is kind and item.state in in_force),
            older=tuple(item for item in known if item.kind is kind and item.state not in in_force),
            missing=kind in missing.kinds,
        )
        for kind in DocumentKind
    )


async def _limited(request: Request) -> AsyncIterator[bytes]:
    seen = 0
    async for piece in request.stream():
        seen += len(piece)
        if seen > UPLOAD_BYTES:
            raise FormTooLarge
        yield piece


async def _drain(request: Request) -> None:
    # A browser reads the answer only after it has sent everything.
    try:
        async for _ in _limited(request):
            pass
    except (RuntimeError, FormTooLarge, ClientDisconnect):
        return
