# SPDX-License-Identifier: AGPL-3.0-or-later
"""Pages drawn in a worker are the pages that PyMuPDF draws, and no page can hold up the viewer for good."""

from __future__ import annotations

import os
import signal
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path

import psutil
import pymupdf
import pytest

from reviewer_app.documents.errors import (
    DocumentRefused,
    DocumentUnreadable,
    RefusalCode,
    RenderCancelled,
    RenderSuperseded,
    RenderTooLarge,
    WorkerPoolClosed,
    WorkerTimeout,
)
from reviewer_app.documents.renderer import OpenDocument, Pixels, Renderer
from reviewer_app.documents.workers import WorkerPool
from tests.support.waiting import wait_until
from tests.unit.documents import files


def drawn_here(data: bytes, *, zoom: float, rotation: int = 0, page: int = 1) -> tuple[int, int, bytes]:
    document = pymupdf.open(stream=data, filetype="pdf")
    matrix = pymupdf.Matrix(zoom, zoom).prerotate(rotation)
    pixmap = document.load_page(page - 1).get_pixmap(matrix=matrix, alpha=False)
    return pixmap.width, pixmap.height, bytes(pixmap.samples)


def pixel(pixels: Pixels, x: int, y: int) -> tuple[int, ...]:
    at = y * pixels.stride + 3 * x
    return tuple(pixels.data[at : at + 3])


def ended(identifier: int) -> bool:
    return not psutil.pid_exists(identifier) or psutil.Process(identifier).status() == psutil.STATUS_ZOMBIE


@pytest.mark.parametrize("rotation", [0, 90, 180, 270])
@pytest.mark.parametrize("turned", [0, 90])
def test_page_is_drawn_as_pymupdf_draws_it(renderer: Renderer, rotation: int, turned: int) -> None:
    data = files.pdf(2, rotation=turned)
    document = renderer.open(data)
    pixels = renderer.render(document, page=2, zoom=1.5, rotation=rotation)
    width, height, samples = drawn_here(data, zoom=1.5, rotation=rotation, page=2)
    assert (pixels.width, pixels.height, pixels.dpi) == (width, height, 108)
    assert bytes(pixels.data) == samples


def test_clip_is_a_part_of_the_whole(renderer: Renderer) -> None:
    document = renderer.open(files.pdf(width=600, height=800))
    whole = renderer.render(document, page=1, zoom=2)
    part = renderer.render(document, page=1, zoom=2, clip=(0.1, 0.2, 0.6, 0.4))
    left, top = 120, 320
    rows = [
        bytes(whole.data[y * whole.stride + left * 3 : y * whole.stride + (left + part.width) * 3])
        for y in range(top, top + part.height)
    ]
    assert part.width == 600
    assert b"".join(rows) == bytes(part.data)


def test_photograph_held_upright_is_shown_upright(renderer: Renderer) -> None:
    document = renderer.open(files.picture("JPEG", orientation=6))
    pixels = renderer.render(document, page=1, zoom=1)
    assert pixels.height > pixels.width
    red, green, _ = pixel(pixels, pixels.width - 3, 3)
    assert red > 200
    assert green < 60
    assert pixel(pixels, 3, pixels.height - 3) == files.WHITE


def test_every_page_of_a_tiff_is_shown(renderer: Renderer, tmp_path: Path) -> None:
    path = tmp_path / "fax"
    path.write_bytes(files.tiff(3))
    document = renderer.open(path)
    assert document.media_type == "image/tiff"
    assert [renderer.render(document, page=page, zoom=1).width for page in (1, 2, 3)] == [100, 200, 300]


def test_words_have_their_place_on_the_unrotated_page(renderer: Renderer) -> None:
    document = renderer.open(files.pdf(2, rotation=270))
    found = renderer.words(document, page=2)
    assert found.page == 2
    assert [word.text for word in found.words] == ["Zażółć", "gęślą", "jaźń", "2"]
    x0, y0, x1, y1 = found.words[0].box
    assert x0 == pytest.approx(72 / 595, abs=0.01)
    assert y0 < 100 / 842 < y1
    assert x0 < x1 < 0.4


def test_released_memory_serves_the_next_picture(renderer: Renderer) -> None:
    document = renderer.open(files.pdf())
    first = renderer.render(document, page=1, zoom=1)
    kept = bytes(first.data)
    first.release()
    first.release()
    pictures = [renderer.render(document, page=1, zoom=1) for _ in range(12)]
    assert all(bytes(picture.data) == kept for picture in pictures)


@pytest.mark.parametrize(
    ("make", "code"),
    [
        (files.archive, RefusalCode.UNSUPPORTED_TYPE),
        (lambda: files.protected_pdf(user_password="tajne"), RefusalCode.PASSWORD_PROTECTED),
        (files.png_of_900_megapixels, RefusalCode.TOO_LARGE_PAGE),
    ],
)
def test_what_cannot_be_shown_is_refused(renderer: Renderer, make: object, code: RefusalCode) -> None:
    assert callable(make)
    with pytest.raises(DocumentRefused) as refused:
        renderer.open(make())
    assert refused.value.code is code


def test_wrong_requests_are_told(renderer: Renderer) -> None:
    document = renderer.open(files.pdf())
    with pytest.raises(DocumentUnreadable):
        renderer.render(document, page=2, zoom=1)
    with pytest.raises(RenderTooLarge):
        renderer.render(document, page=1, zoom=30)
    with pytest.raises(ValueError, match="clip"):
        renderer.render(document, page=1, zoom=1, clip=(0.5, 0, 0.2, 1))
    renderer.close(document)
    renderer.close(document)
    with pytest.raises(DocumentUnreadable):
        renderer.render(document, page=1, zoom=1)


def test_file_that_is_gone_is_told(renderer: Renderer, tmp_path: Path) -> None:
    with pytest.raises(DocumentUnreadable):
        renderer.open(tmp_path / "nothing.pdf")


def test_page_that_never_ends_times_out_and_the_next_is_drawn(own_renderer: Renderer) -> None:
    document = own_renderer.open(files.pdf_that_never_ends())
    with pytest.raises(WorkerTimeout):
        own_renderer.render(document, page=1, zoom=1, seconds=0.3)
    good = own_renderer.open(files.pdf())
    assert own_renderer.render(good, page=1, zoom=1).width == 595


def endless(
    renderer: Renderer, executor: ThreadPoolExecutor, document: OpenDocument, *, zoom: float = 1
) -> Future[Pixels]:
    before = renderer.pending(document)
    future = executor.submit(renderer.render, document, page=1, zoom=zoom, lane=f"lane {zoom}")
    wait_until(lambda: renderer.pending(document) > before or future.done(), what="the start of the render")
    return future


def test_running_render_is_cancelled_without_losing_the_worker(own_renderer: Renderer, own_pool: WorkerPool) -> None:
    document = own_renderer.open(files.pdf_that_never_ends())
    good = own_renderer.open(files.pdf())
    wait_until(lambda: len(own_pool.process_ids()) == 2, what="the start of the workers")
    workers = own_pool.process_ids()
    with ThreadPoolExecutor() as executor:
        for _ in range(5):
            future = endless(own_renderer, executor, document)
            wait_until(lambda: own_pool.busy() == 1, what="the worker's start on it")
            own_renderer.cancel(document)
            with pytest.raises(RenderCancelled):
                future.result(30)
    assert sorted(own_pool.process_ids()) == sorted(workers)
    assert own_renderer.render(good, page=1, zoom=1).width == 595


def test_cancel_that_comes_too_late_harms_no_later_render(own_renderer: Renderer, own_pool: WorkerPool) -> None:
    good, endless_one = own_renderer.open(files.pdf()), own_renderer.open(files.pdf_that_never_ends())
    wait_until(lambda: len(own_pool.process_ids()) == 2, what="the start of the workers")
    workers = own_pool.process_ids()
    for _ in range(60):
        with ThreadPoolExecutor() as executor:
            quick = executor.submit(own_renderer.render, good, page=1, zoom=0.3)
            slow = executor.submit(own_renderer.render, endless_one, page=1, zoom=1)
            own_renderer.cancel(good)
            wait_until(lambda: slow.done() or own_renderer.pending(endless_one) > 0, what="the slow render")  # noqa: B023
            own_renderer.cancel(endless_one)
            assert isinstance(slow.exception(30), RenderCancelled)
            assert quick.exception(30) is None or isinstance(quick.exception(), RenderCancelled)
        assert own_renderer.render(good, page=1, zoom=0.3).width == 179
    assert sorted(own_pool.process_ids()) == sorted(workers)


def test_newer_render_of_a_page_ends_the_older(own_renderer: Renderer) -> None:
    document = own_renderer.open(files.pdf_that_never_ends())
    with ThreadPoolExecutor() as executor:
        older = endless(own_renderer, executor, document)
        newer = executor.submit(own_renderer.render, document, page=1, zoom=2, lane="lane 1")
        with pytest.raises(RenderSuperseded):
            older.result(30)
        own_renderer.cancel(document)
        with pytest.raises(RenderCancelled):
            newer.result(30)


def test_waiting_render_is_dropped_and_the_important_one_goes_first(own_renderer: Renderer) -> None:
    document = own_renderer.open(files.pdf_that_never_ends())
    good = own_renderer.open(files.pdf())
    with ThreadPoolExecutor() as executor:
        running = [endless(own_renderer, executor, document, zoom=zoom) for zoom in (1, 2)]
        prefetch = executor.submit(own_renderer.render, good, page=1, zoom=1, lane="prefetch", priority=10)
        visible = executor.submit(own_renderer.render, good, page=1, zoom=1, priority=0)
        wait_until(lambda: own_renderer.pending(good) == 2, what="both renders")
        own_renderer.cancel(good, lane="prefetch")
        with pytest.raises(RenderCancelled):
            prefetch.result(30)
        assert not visible.done()
        own_renderer.cancel(document)
        assert visible.result(30).width == 595
        for future in running:
            with pytest.raises(RenderCancelled):
                future.result(30)


def test_what_is_drawn_ahead_leaves_a_worker_to_whoever_waits(
    own_renderer: Renderer, own_pool: WorkerPool, tmp_path: Path
) -> None:
    path = tmp_path / "endless.pdf"
    path.write_bytes(files.pdf_that_never_ends())
    document = own_renderer.open(path)  # from a path each worker opens it at once, without asking for its bytes
    good = own_renderer.open(files.pdf())
    wait_until(lambda: len(own_pool.process_ids()) == 2, what="the start of the workers")
    with ThreadPoolExecutor() as executor:
        ahead = executor.submit(own_renderer.render, document, page=1, zoom=1, lane="ahead", ahead=True)
        wait_until(lambda: own_pool.busy() == 1, what="the worker's start on it")
        more = executor.submit(own_renderer.render, good, page=1, zoom=2, lane="ahead", ahead=True)
        wait_until(lambda: own_renderer.pending(good) == 1, what="the second one")
        for _ in range(5):  # whoever waits is served, although the second one came earlier
            assert own_renderer.render(good, page=1, zoom=1).width == 595
        assert not ahead.done()
        assert not more.done()
        own_renderer.cancel(document, lane="ahead")
        with pytest.raises(RenderCancelled):
            ahead.result(30)
        assert more.result(30).width == 1190


def test_documents_survive_the_loss_of_every_worker(own_renderer: Renderer, own_pool: WorkerPool) -> None:
    document = own_renderer.open(files.pdf())
    own_renderer.render(document, page=1, zoom=1)
    for identifier in own_pool.process_ids():
        os.kill(identifier, signal.SIGKILL)
    workers = own_pool.process_ids()
    wait_until(lambda: all(ended(identifier) for identifier in workers), what="the end of the workers")
    assert own_renderer.render(document, page=1, zoom=1).width == 595
    wait_until(lambda: not set(workers) & set(own_pool.process_ids()), what="the replacement of the workers")


def test_many_threads_share_a_renderer(renderer: Renderer) -> None:
    documents = [renderer.open(files.pdf(text=f"Dokument {number}")) for number in range(9)]
    with ThreadPoolExecutor(8) as executor:
        futures = [
            executor.submit(renderer.render, document, page=1, zoom=0.5 + turn / 10)
            for turn in range(4)
            for document in documents
        ]
    done = [future for future in futures if future.exception() is None]
    others = [future.exception() for future in futures if future.exception() is not None]
    assert all(isinstance(error, RenderSuperseded) for error in others)
    assert len(done) >= len(documents)


def test_closed_pool_says_so() -> None:
    with WorkerPool(size=1) as pool, Renderer(pool) as renderer, ThreadPoolExecutor() as executor:
        document = renderer.open(files.pdf_that_never_ends())
        future = endless(renderer, executor, document)
        pool.close()
        with pytest.raises(WorkerPoolClosed):
            future.result(30)
        with pytest.raises(WorkerPoolClosed):
            renderer.open(files.pdf())
