# SPDX-License-Identifier: AGPL-3.0-or-later
"""The way to the server in a company's network: real TLS by an authority of the company's own, a real proxy between."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from pathlib import Path

import pytest

from reviewer_app.gateway.connection_errors import Distrust, NameUnknown, NotSecure, ProxyTrouble, Untrusted
from reviewer_app.gateway.gateway import Gateway
from reviewer_app.gateway.transport import Timeouts
from tests.fakes.company_network import HOST, CompanyAuthority, TunnelProxy
from tests.fakes.gateway_http import HttpFake
from tests.fakes.gateway_memory import PASSWORD
from tests.fakes.gateway_server import FakeServer

PROXY_SETTINGS = ("http_proxy", "https_proxy", "all_proxy", "no_proxy")
WAY = f"https://{HOST}"


@pytest.fixture(scope="module")
def authority() -> CompanyAuthority:
    return CompanyAuthority()


@pytest.fixture
def server() -> FakeServer:
    made = FakeServer()
    made.add_user("anna")
    return made


@pytest.fixture
def secure(server: FakeServer, authority: CompanyAuthority) -> Iterator[HttpFake]:
    with HttpFake(server, tls=authority.context(HOST, "127.0.0.1")) as made:
        yield made


@pytest.fixture(autouse=True)
def no_proxy_of_this_computer(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in PROXY_SETTINGS:
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(name.upper(), raising=False)


@pytest.fixture
def installed(authority: CompanyAuthority, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The company's certificate is among those that the system trusts."""
    monkeypatch.setenv("SSL_CERT_FILE", str(authority.write_to(tmp_path / "company.pem")))


def gateway_to(url: str) -> Gateway:
    return Gateway(url, language=lambda: "en", on_session=lambda _: None, timeouts=Timeouts(10, 10, 30))


def signs_in(url: str) -> str:
    gateway = gateway_to(url)
    try:
        return gateway.sessions.sign_in(username="anna", password=PASSWORD).user.username
    finally:
        gateway.close()


@pytest.mark.usefixtures("installed")
def test_a_server_with_a_certificate_of_the_companys_authority_is_trusted(secure: HttpFake) -> None:
    assert signs_in(secure.url) == "anna"


def test_without_the_authority_the_message_asks_for_its_certificate(secure: HttpFake, server: FakeServer) -> None:
    with pytest.raises(Untrusted) as raised:
        signs_in(secure.url)
    assert raised.value.why is Distrust.ISSUER
    assert "install the company's certificate" in raised.value.message.en
    assert server.calls == []


@pytest.mark.usefixtures("installed")
@pytest.mark.parametrize(
    ("names", "expired", "why"),
    [(("elsewhere.test",), False, Distrust.NAME), (("127.0.0.1",), True, Distrust.TIME)],
)
def test_each_reason_not_to_trust_a_certificate_is_said(
    server: FakeServer, authority: CompanyAuthority, names: tuple[str, ...], expired: bool, why: Distrust
) -> None:
    context = authority.context(*names, expired=expired)
    with HttpFake(server, tls=context) as http, pytest.raises(Untrusted) as raised:
        signs_in(http.url)
    assert raised.value.why is why
    assert server.calls == []


def test_a_server_without_tls_is_told_from_one_that_is_not_there(server: FakeServer) -> None:
    with HttpFake(server) as http, pytest.raises(NotSecure, match="encrypted"):
        signs_in(f"https://127.0.0.1:{http.address[1]}")


def test_a_name_that_the_network_does_not_know_is_said() -> None:
    with pytest.raises(NameUnknown, match="knows no address reviewer"):
        signs_in("https://reviewer.invalid")


@pytest.mark.usefixtures("installed")
@pytest.mark.parametrize("setting", ["https_proxy", "HTTPS_PROXY", "ALL_PROXY"])
def test_proxy_and_authority_together_let_the_desktop_work(
    secure: HttpFake, monkeypatch: pytest.MonkeyPatch, setting: str
) -> None:
    with TunnelProxy(secure.address, login="jan:ha slo") as proxy:
        monkeypatch.setenv(setting, f"http://jan:ha%20slo@{proxy.address}")
        assert signs_in(WAY) == "anna"
        assert [line.split()[:2] for line in proxy.tunnels] == [["CONNECT", f"{HOST}:443"]]


@pytest.mark.parametrize(
    ("login", "refusal", "words"),
    [("jan:haslo", None, "asks for a user name"), ("", 403, "refuses the connection to reviewer.test (answer 403)")],
)
def test_a_proxy_that_refuses_says_so_and_never_shows_a_password(
    secure: HttpFake, monkeypatch: pytest.MonkeyPatch, login: str, refusal: int | None, words: str
) -> None:
    with TunnelProxy(secure.address, login=login, refusal=refusal) as proxy:
        monkeypatch.setenv("https_proxy", f"http://piotr:tajne@{proxy.address}")
        with pytest.raises(ProxyTrouble) as raised:
            signs_in(WAY)
    message = raised.value.message
    assert words in message.en
    assert proxy.address in message.pl
    assert "tajne" not in f"{message}{raised.value}"


def test_a_proxy_that_is_gone_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    with socket.socket() as held:
        held.bind(("127.0.0.1", 0))  # nobody else gets the port meanwhile
        address = f"127.0.0.1:{held.getsockname()[1]}"
        monkeypatch.setenv("https_proxy", f"http://{address}")
        with pytest.raises(ProxyTrouble, match=f"{address} does not answer"):
            signs_in(WAY)


def test_a_proxy_for_plain_http_that_wants_a_login_says_so(server: FakeServer, monkeypatch: pytest.MonkeyPatch) -> None:
    with HttpFake(server) as http, TunnelProxy(http.address, login="jan:haslo") as proxy:
        monkeypatch.setenv("http_proxy", f"http://{proxy.address}")
        with pytest.raises(ProxyTrouble, match="asks for a user name"):
            signs_in(f"http://{HOST}")


@pytest.mark.usefixtures("installed")
@pytest.mark.parametrize("excepted", ["", "127.0.0.1"])
def test_this_computer_is_called_straight_whatever_the_proxy(
    secure: HttpFake, monkeypatch: pytest.MonkeyPatch, excepted: str
) -> None:
    monkeypatch.setenv("https_proxy", "http://127.0.0.1:9")
    monkeypatch.setenv("no_proxy", excepted)
    assert signs_in(secure.url) == "anna"


def test_what_is_excepted_from_the_proxy_is_called_straight(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("https_proxy", "http://127.0.0.1:9")
    monkeypatch.setenv("no_proxy", ".invalid")
    with pytest.raises(NameUnknown):
        signs_in("https://reviewer.invalid")
