# SPDX-License-Identifier: AGPL-3.0-or-later
"""PDF and images: inspect, render, read the words of, and make documents.

This package holds no names of its own: import from the module named. All calls are synchronous, may be
made from any thread, and block the calling thread until they are done or their time is over. Whatever a customer
sent is opened in a worker process only; of the modules below only `documents.authorization` loads PyMuPDF.

Worker processes (`documents.workers`)::

    pool = WorkerPool(limits=WorkerLimits(), size=2)       # starts `size` warm processes; a context manager
    pool.close()                                           # ends processes and threads; idempotent

A frozen or installed program calls `run_if_worker(sys.argv)` (`documents.entry`) before anything else it does,
because the worker processes of a frozen program are that same program with another argument.

Server side (`documents.service`)::

    service = DocumentService(pool, limits=InspectionLimits())
    service.inspect(path, file_name="odpis.pdf") -> Inspection      # raises DocumentRefused(code, detail)
    service.words(path, pages=None) -> tuple[PageWords, ...]        # boxes (x0, y0, x1, y1) as fractions
    service.codes(path) -> tuple[PageCode, ...]                     # QR codes, in scans too
    WordIndex(pages).find(text) -> list[Hit]                        # documents.word_index: folded search, boxes by line
    service.make_authorization(sheet) -> bytes                      # a one-page PDF

    Inspection(media_type, extension, pages, repaired, name_matches, size_bytes)
    pages: tuple[InspectedPage(number, width_points, height_points, pixel_width, pixel_height), ...]
    RefusalCode: file_too_large unsupported_type empty_file unreadable password_protected too_many_pages too_large_page

Desktop side (`documents.renderer`)::

    renderer = Renderer(pool)
    document = renderer.open(path_or_bytes) -> OpenDocument(id, media_type, repaired, pages)
    pixels = renderer.render(document, page=1, zoom=1.5, rotation=0, clip=None, lane="page", priority=0)
    pixels.width, .height, .stride, .dpi, .data (memoryview, RGB888; keep `pixels` beside a QImage made of it)
    pixels.release()                                       # optional: gives the shared memory back at once
    renderer.cancel(document, page=None, lane=None)        # ends queued and running renders
    renderer.pending(document) -> int                      # renders that wait or run
    renderer.words(document, page=1) -> PageWords
    renderer.close(document); renderer.shut_down()         # a renderer is a context manager

Zoom 1.0 is 72 dpi. Pages count from 1. A clip is (x0, y0, x1, y1) in fractions of the page as shown (rotated). A newer
render of the same document, page and lane ends the older one with `RenderSuperseded`.

The authorization::

    authorization_sheet: AuthorizationSheet(number, version, variant, company, administrator, distributor="Dystrybutor")
                         Variant.REGISTERED | NOT_REGISTERED; SheetCompany(id, name, legal_form, nip, regon, krs, seat)
                         SheetAdministrator(id, first_name, last_name, position, email)
                         authorization_number(year, sequence) -> "UP-2026-000123-K7"; is_authorization_number(text)
    binding:             binding_of(sheet) -> Binding(number, version, digest)
                         binding_payload(binding) -> str; parse_binding_payload(text) -> Binding
    authorization_layout: AUTHORIZATION_FIELDS, REGISTRATION_MARKS, QR_BOX   # boxes as fractions of the page
    authorization:       make_authorization(sheet) -> bytes                  # loads PyMuPDF; servers ask the service

Errors (`documents.errors`): everything derives from `DocumentError`: `DocumentRefused(code)`, `DocumentUnreadable`,
`RenderCancelled` (and its `RenderSuperseded`), `WorkerTimeout`, `WorkerDied`, `WorkerPoolClosed`. After any of them
the next call works.
"""
