# SPDX-License-Identifier: AGPL-3.0-or-later
"""The gateway on a bad line: what it tries again, what it must not, and what it says."""

from __future__ import annotations

import base64
import hashlib
import socket
import ssl
import threading
import uuid
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from reviewer_app.contract.messages import Problem
from reviewer_app.contract.printing import PrintRequest
from reviewer_app.contract.staff import NoteRequest
from reviewer_app.contract.states import DocumentKind
from reviewer_app.gateway.connection_errors import Untrusted
from reviewer_app.gateway.errors import (
    Interrupted,
    KeyInProgress,
    NotFound,
    Offline,
    ServerFailed,
    SessionExpired,
    TryLater,
    UnexpectedAnswer,
    WrongCredentials,
    refusal_of,
)
from reviewer_app.gateway.gateway import Gateway
from reviewer_app.gateway.plain import Session
from reviewer_app.gateway.transport import Timeouts
from tests.fakes.gateway_http import Cut, CuttingProxy, HttpFake
from tests.fakes.gateway_memory import PASSWORD
from tests.fakes.gateway_server import FakeServer
from tests.support.waiting import wait_until

CONTENT = b"skan umowy " * 60_000


@pytest.fixture
def server() -> FakeServer:
    made = FakeServer()
    made.add_user("anna")
    return made


@pytest.fixture
def proxy(server: FakeServer) -> Iterator[CuttingProxy]:
    with HttpFake(server) as http, CuttingProxy(http.address) as made:
        yield made


def gateway_to(url: str, heard: list[Session | None], timeouts: Timeouts | None = None) -> Gateway:
    quick = timeouts or Timeouts(connect=10, receive=10, total=30)
    return Gateway(url, language=lambda: "pl", on_session=heard.append, timeouts=quick)


@pytest.fixture
def heard() -> list[Session | None]:
    return []


@pytest.fixture
def gateway(proxy: CuttingProxy, heard: list[Session | None]) -> Iterator[Gateway]:
    made = gateway_to(proxy.url, heard)
    made.sessions.sign_in(username="anna", password=PASSWORD)
    yield made
    made.close()


def count(server: FakeServer, call: str) -> int:
    return server.calls.count(call)


@pytest.mark.parametrize("cut", [Cut.REFUSE, Cut.BEFORE_REQUEST, Cut.BEFORE_ANSWER, Cut.INSIDE_ANSWER])
def test_reading_goes_on_after_a_cut(proxy: CuttingProxy, gateway: Gateway, cut: Cut) -> None:
    proxy.cut([cut, cut])
    assert gateway.queue.companies().items == ()


def test_reading_gives_up_after_three_tries(proxy: CuttingProxy, gateway: Gateway) -> None:
    proxy.cut([Cut.REFUSE] * 3)
    with pytest.raises(Offline) as raised:
        gateway.queue.companies()
    assert proxy.left == 0
    assert "127.0.0.1" in raised.value.message.pl
    assert "HTTPConnection" not in raised.value.message.pl


def test_a_claim_is_tried_again_with_its_key_and_happens_once(
    server: FakeServer, proxy: CuttingProxy, gateway: Gateway
) -> None:
    company_id = server.add_company("Firma", "9990000184", {})
    proxy.cut([Cut.BEFORE_ANSWER])
    claim = gateway.claims.claim(company_id=company_id, key=str(uuid.uuid4()))
    held = server.companies[company_id].held
    assert held is not None
    assert held.token == claim.lease_token
    assert count(server, f"POST /api/v1/staff/companies/{company_id}/claim") == 2


def test_signing_in_is_not_tried_again(server: FakeServer, proxy: CuttingProxy, heard: list[Session | None]) -> None:
    gateway = gateway_to(proxy.url, heard)
    proxy.cut([Cut.BEFORE_ANSWER])
    with pytest.raises(Offline) as raised:
        gateway.sessions.sign_in(username="anna", password=PASSWORD)
    assert raised.value.reached
    assert count(server, "POST /api/v1/staff/sessions") == 1
    gateway.close()


def test_an_act_is_sent_once_and_left_to_the_outbox(server: FakeServer, proxy: CuttingProxy, gateway: Gateway) -> None:
    company_id = server.add_company("Firma", "9990000184", {})
    proxy.cut([Cut.BEFORE_ANSWER])
    with pytest.raises(Offline):
        gateway.acts.note(company_id=company_id, request=NoteRequest(text="raz"), key="k")
    assert server.notes == [(company_id, "raz")]


def test_where_nothing_listens_the_call_had_no_effect(heard: list[Session | None]) -> None:
    with socket.socket() as held:
        held.bind(("127.0.0.1", 0))  # nobody else gets the port meanwhile
        gateway = gateway_to(f"http://127.0.0.1:{held.getsockname()[1]}", heard)
        with pytest.raises(Offline) as raised:
            gateway.sessions.sign_in(username="anna", password=PASSWORD)
    assert not raised.value.reached
    gateway.close()


def test_what_an_earlier_try_may_have_done_counts_where_the_last_found_nobody(
    server: FakeServer, proxy: CuttingProxy, gateway: Gateway
) -> None:
    company_id = server.add_company("Firma", "9990000184", {DocumentKind.AUTHORIZATION: CONTENT})
    document_id = server.companies[company_id].documents[0].id
    proxy.leave_unanswered("/prints")
    with ThreadPoolExecutor() as pool:
        asked = pool.submit(
            gateway.documents.record_print, document_id=document_id, request=PrintRequest(pages=(1,)), key="k"
        )
        wait_until(lambda: bool(server.print_outcomes), what="the print at the server")
        proxy.close()
    error = asked.exception()
    assert isinstance(error, Offline)
    assert error.reached


def test_an_address_that_is_none_is_said_in_words(heard: list[Session | None]) -> None:
    gateway = gateway_to("http://", heard)
    with pytest.raises(Offline):
        gateway.sessions.answers()
    gateway.close()


def test_however_many_calls_find_the_session_over_it_is_renewed_once(
    server: FakeServer, gateway: Gateway, heard: list[Session | None]
) -> None:
    server.end_access_tokens()
    start = threading.Barrier(8)
    results: list[int] = []

    def read() -> None:
        start.wait()
        results.append(len(gateway.queue.companies().items))

    threads = [threading.Thread(target=read) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert results == [0] * 8
    assert count(server, "POST /api/v1/staff/sessions/refresh") == 1
    assert len(heard) == 2


def test_a_session_that_the_server_ended_is_over(
    server: FakeServer, gateway: Gateway, heard: list[Session | None]
) -> None:
    server.end_sessions()
    with pytest.raises(SessionExpired) as raised:
        gateway.queue.companies()
    assert raised.value.message.pl == "Sesja wygasła. Prosimy zalogować się ponownie."
    assert heard[-1] is None


def test_a_renewal_that_does_not_get_through_keeps_the_session(
    server: FakeServer, proxy: CuttingProxy, gateway: Gateway, heard: list[Session | None]
) -> None:
    server.end_access_tokens()
    proxy.cut([Cut.NOTHING, Cut.REFUSE])
    with pytest.raises(Offline):
        gateway.queue.companies()
    assert heard[-1] is not None
    assert gateway.queue.companies().items == ()


def test_a_download_goes_on_where_the_line_was_cut(
    server: FakeServer, proxy: CuttingProxy, gateway: Gateway, tmp_path: Path
) -> None:
    company_id = server.add_company("Firma", "9990000184", {DocumentKind.OTHER: CONTENT})
    document = server.companies[company_id].documents[0]
    proxy.cut([Cut.INSIDE_ANSWER, Cut.INSIDE_ANSWER])
    target, seen = tmp_path / "part", list[int]()
    gateway.documents.content(
        document_id=document.id,
        sha256=hashlib.sha256(CONTENT).hexdigest(),
        size=len(CONTENT),
        target=target,
        progress=lambda done, _size: seen.append(done),
        stopped=lambda: False,
    )
    assert target.read_bytes() == CONTENT
    assert seen == sorted(seen), "nothing was fetched twice"


def test_a_download_that_is_not_wanted_any_more_stops_and_keeps_its_part(
    server: FakeServer, gateway: Gateway, tmp_path: Path
) -> None:
    company_id = server.add_company("Firma", "9990000184", {DocumentKind.OTHER: CONTENT})
    document = server.companies[company_id].documents[0]
    target, seen = tmp_path / "part", list[int]()
    with pytest.raises(Interrupted):
        gateway.documents.content(
            document_id=document.id,
            sha256=document.sha256,
            size=document.size,
            target=target,
            progress=lambda done, _size: seen.append(done),
            stopped=lambda: len(seen) >= 2,
        )
    assert 0 < target.stat().st_size < len(CONTENT)


def test_closing_ends_a_call_that_is_waiting_in_another_thread(server: FakeServer, heard: list[Session | None]) -> None:
    with socket.create_server(("127.0.0.1", 0)) as silent:
        gateway = gateway_to(f"http://127.0.0.1:{silent.getsockname()[1]}", heard, Timeouts(receive=60))
        ended: list[BaseException] = []

        def ask() -> None:
            try:
                gateway.sessions.answers()
            except Interrupted as error:
                ended.append(error)

        thread = threading.Thread(target=ask)
        thread.start()
        connected, _ = silent.accept()
        with connected:
            connected.recv(100)
            gateway.close()
            thread.join(30)
    assert [type(error) for error in ended] == [Interrupted]
    with pytest.raises(Interrupted):
        gateway.sessions.answers()


def serve_once(listener: socket.socket, answer: bytes) -> None:
    connected, _ = listener.accept()
    with connected:
        connected.recv(65536)
        connected.sendall(answer)


@pytest.mark.parametrize(
    ("answer", "error"),
    [
        (b"HTTP/1.1 200 OK\r\ncontent-type: text/html\r\ncontent-length: 4\r\n\r\nhej!", UnexpectedAnswer),
        (b"HTTP/1.1 302 Found\r\nlocation: http://elsewhere.test/\r\ncontent-length: 0\r\n\r\n", UnexpectedAnswer),
        (b"HTTP/1.1 503 Busy\r\nretry-after: 60\r\ncontent-length: 0\r\n\r\n", TryLater),
        (b"HTTP/1.1 418 Teapot\r\ncontent-length: 0\r\n\r\n", UnexpectedAnswer),
        (
            b"HTTP/1.1 500 X\r\ncontent-type: application/problem+json\r\ncontent-length: 2\r\n\r\n{}",
            UnexpectedAnswer,
        ),
        (b"this is not HTTP at all\r\n\r\n", Offline),
    ],
)
def test_a_strange_answer_is_an_error_in_words(
    heard: list[Session | None], answer: bytes, error: type[Exception]
) -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        thread = threading.Thread(target=serve_once, args=(listener, answer))
        thread.start()
        gateway = gateway_to(f"http://127.0.0.1:{listener.getsockname()[1]}", heard)
        with pytest.raises(error):
            gateway.sessions.sign_in(username="anna", password=PASSWORD)
        gateway.close()
        thread.join()


def test_an_answer_that_trickles_in_for_ever_is_given_up(heard: list[Session | None]) -> None:
    stop = threading.Event()

    def trickle(listener: socket.socket) -> None:
        connected, _ = listener.accept()
        with connected:
            connected.recv(65536)
            connected.sendall(b"HTTP/1.1 200 OK\r\ncontent-length: 1000000\r\n\r\n")
            while not stop.wait(0.02):
                try:
                    connected.sendall(b"x" * 70_000)
                except OSError:
                    return

    with socket.create_server(("127.0.0.1", 0)) as listener:
        thread = threading.Thread(target=trickle, args=(listener,))
        thread.start()
        gateway = gateway_to(f"http://127.0.0.1:{listener.getsockname()[1]}", heard, Timeouts(total=0.05))
        with pytest.raises(Offline, match="cannot be reached"):
            gateway.sessions.sign_in(username="anna", password=PASSWORD)
        stop.set()
        gateway.close()
        thread.join()


def test_a_certificate_that_nobody_trusts_is_not_just_offline(heard: list[Session | None]) -> None:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(Path(__file__).resolve().parents[2] / "fakes" / "tls" / "self-signed.pem")
    received: list[bytes] = []

    def greet(listener: socket.socket) -> None:
        connected, _ = listener.accept()
        try:
            with context.wrap_socket(connected, server_side=True) as secured:
                received.append(secured.recv(1000))
        except OSError:
            return

    with socket.create_server(("127.0.0.1", 0)) as listener:
        thread = threading.Thread(target=greet, args=(listener,))
        thread.start()
        gateway = gateway_to(f"https://127.0.0.1:{listener.getsockname()[1]}", heard)
        with pytest.raises(Untrusted) as raised:
            gateway.sessions.sign_in(username="anna", password=PASSWORD)
        gateway.close()
        thread.join()
    assert "127.0.0.1" in raised.value.message.pl
    assert not raised.value.reached
    assert PASSWORD.encode() not in b"".join(received)


@pytest.mark.parametrize(
    ("code", "status", "error"),
    [
        ("not_found", 404, NotFound),
        ("invalid_credentials", 401, WrongCredentials),
        ("idempotency_in_progress", 409, KeyInProgress),
        ("too_many_attempts", 429, TryLater),
        ("unavailable", 503, TryLater),
        ("internal_error", 500, ServerFailed),
        ("a_code_of_tomorrow", 500, ServerFailed),
    ],
)
def test_each_problem_has_its_error(code: str, status: int, error: type[Exception]) -> None:
    refused = refusal_of(Problem(title="Tytuł", status=status, code=code))
    assert type(refused) is error
    assert refused.code == code
    assert refused.message.pl == "Tytuł"


def test_a_line_and_the_other_calls_share_the_session(server: FakeServer, gateway: Gateway) -> None:
    line = gateway.open_line()
    assert line.changes(since=None, wait_seconds=0).next == 0
    server.end_access_tokens()
    assert line.changes(since=0, wait_seconds=0).items == ()
    line.close()
    assert gateway.queue.companies().items == ()
    wait_until(lambda: count(server, "POST /api/v1/staff/sessions/refresh") == 1, what="the renewal")


def test_a_password_file_for_the_host_never_takes_the_place_of_the_token(
    server: FakeServer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    passwords = tmp_path / "netrc"
    passwords.write_text("machine 127.0.0.1 login somebody password else\n", encoding="ascii")
    passwords.chmod(0o600)
    monkeypatch.setenv("NETRC", str(passwords))
    with HttpFake(server) as http:
        gateway = gateway_to(http.url, [])
        try:
            gateway.sessions.sign_in(username="anna", password=PASSWORD)
            assert gateway.cases.catalogue().terms_version == "1"
        finally:
            gateway.close()


class HttpProxy:
    """Takes calls as a proxy does, answers each itself, and keeps the first line and the login it was sent."""

    def __init__(self) -> None:
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.address = f"127.0.0.1:{self._listener.getsockname()[1]}"
        self.heard: list[str] = []
        self._thread = threading.Thread(target=self._serve)
        self._thread.start()

    def _serve(self) -> None:
        connected, _ = self._listener.accept()
        with connected:
            self.heard += connected.recv(65536).decode("ascii").splitlines()
            connected.sendall(b"HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\n{}")

    def close(self) -> None:
        self._thread.join()
        self._listener.close()


def test_calls_go_through_the_proxy_that_the_environment_names(
    heard: list[Session | None], monkeypatch: pytest.MonkeyPatch
) -> None:
    proxy = HttpProxy()
    monkeypatch.setenv("http_proxy", f"http://jan:ha%20slo@{proxy.address}")
    monkeypatch.delenv("no_proxy", raising=False)
    gateway = gateway_to("http://reviewer.test", heard)
    assert gateway.sessions.answers() is None  # the proxy itself answered
    gateway.close()
    proxy.close()
    assert proxy.heard[0] == "GET http://reviewer.test/healthz HTTP/1.1"
    login = base64.b64encode(b"jan:ha slo").decode("ascii")
    assert f"proxy-authorization: basic {login}".lower() in [line.lower() for line in proxy.heard]


def test_what_the_environment_keeps_from_the_proxy_is_called_straight(
    server: FakeServer, heard: list[Session | None], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("http_proxy", "http://127.0.0.1:9")
    monkeypatch.setenv("no_proxy", "localhost,127.0.0.1")
    with HttpFake(server) as http:
        gateway = gateway_to(http.url, heard)
        assert gateway.sessions.answers()
        gateway.close()


@pytest.mark.parametrize("named", ["ftp://127.0.0.1:9", "127.0.0.1:9", "http://["])
def test_a_proxy_that_is_not_there_is_said_as_no_connection(
    heard: list[Session | None], monkeypatch: pytest.MonkeyPatch, named: str
) -> None:
    monkeypatch.setenv("http_proxy", named)
    monkeypatch.delenv("no_proxy", raising=False)
    gateway = gateway_to("http://reviewer.test", heard)
    with pytest.raises(Offline) as raised:
        gateway.sessions.answers()
    assert not raised.value.reached
    gateway.close()


def test_an_answer_that_cannot_be_unpacked_is_an_error_in_words(heard: list[Session | None]) -> None:
    answer = b"HTTP/1.1 200 OK\r\ncontent-encoding: gzip\r\ncontent-length: 9\r\n\r\nnot gzip!"
    with socket.create_server(("127.0.0.1", 0)) as listener:
        thread = threading.Thread(target=serve_once, args=(listener, answer))
        thread.start()
        gateway = gateway_to(f"http://127.0.0.1:{listener.getsockname()[1]}", heard)
        with pytest.raises(UnexpectedAnswer):
            gateway.sessions.sign_in(username="anna", password=PASSWORD)
        gateway.close()
        thread.join()
