# SPDX-License-Identifier: AGPL-3.0-or-later
"""Why no connection to the server came about, each reason in words of its own. Imports no HTTP library."""

from __future__ import annotations

from enum import StrEnum

from reviewer_app.contract.text import Text
from reviewer_app.gateway.errors import Offline


class NameUnknown(Offline):
    """No computer is known by the server's name."""

    def __init__(self, host: str) -> None:
        words = Text(
            f"W tej sieci nie ma adresu {host}. Sprawdź pisownię adresu i połączenie z siecią firmy, na przykład VPN.",
            f"This network knows no address {host}. Check its spelling and the connection to your company's network, such as a VPN.",
        )
        super().__init__(host, "name unknown", reached=False, message=words)


class NotSecure(Offline):
    """Something answers at the address, but not by TLS."""

    def __init__(self, host: str) -> None:
        title = Text("Brak bezpiecznego połączenia", "No safe connection")
        words = Text(
            f"Pod adresem {host} coś odpowiada, ale nie przez szyfrowane połączenie. Sprawdź port oraz czy adres ma się zaczynać od http://.",
            f"Something answers at {host}, but not over an encrypted connection. Check the port, and whether the address begins with http://.",
        )
        super().__init__(host, "no TLS", reached=False, title=title, message=words)


class ProxyTrouble(Offline):
    """The proxy on the way to the server cannot be reached or does not let the call through. ``proxy``: host and port."""

    def __init__(self, host: str, proxy: str, cause: str) -> None:
        title = Text("Serwer pośredniczący nie przepuszcza połączenia", "The proxy does not let the connection through")
        super().__init__(host, cause, reached=False, title=title, message=_proxy_message(host, proxy, cause))
        self.proxy = proxy


def _proxy_message(host: str, proxy: str, cause: str) -> Text:
    if "407" in cause:
        return Text(
            f"Serwer pośredniczący {proxy} żąda nazwy użytkownika i hasła. Podaj je w adresie w ustawieniu HTTPS_PROXY albo zgłoś to działowi IT.",
            f"The proxy {proxy} asks for a user name and a password. Put them into the address in HTTPS_PROXY, or tell your IT department.",
        )
    if cause.isdigit():
        return Text(
            f"Serwer pośredniczący {proxy} odmawia połączenia z {host} (odpowiedź {cause}). Zgłoś to działowi IT.",
            f"The proxy {proxy} refuses the connection to {host} (answer {cause}). Tell your IT department.",
        )
    return Text(
        f"Serwer pośredniczący {proxy} nie odpowiada. Sprawdź ustawienia sieci albo zgłoś to działowi IT.",
        f"The proxy {proxy} does not answer. Check the network's settings, or tell your IT department.",
    )


class Distrust(StrEnum):
    """Why a certificate is not trusted."""

    ISSUER = "issuer"
    NAME = "name"
    TIME = "time"
    OTHER = "other"


class Untrusted(Offline):
    """The server's certificate is not trusted by this computer; ``why`` tells for what reason."""

    def __init__(self, host: str, why: Distrust = Distrust.OTHER) -> None:
        title = Text("Certyfikat serwera nie jest zaufany", "The server's certificate is not trusted")
        pl, en = _DISTRUST[why]
        words = Text(
            f"Połączenie z {host} nie jest bezpieczne i zostało przerwane. {pl}",
            f"The connection to {host} is not safe and was ended. {en}",
        )
        super().__init__(host, why.value, reached=False, title=title, message=words)
        self.why = why


_DISTRUST = {
    Distrust.ISSUER: Text(
        "Wystawcy certyfikatu nie ma wśród zaufanych w tym systemie: niech dział IT zainstaluje certyfikat firmy.",
        "Its issuer is not among those that this system trusts: let your IT department install the company's certificate.",
    ),
    Distrust.NAME: Text(
        "Certyfikat wystawiono dla innego adresu. Sprawdź adres albo zgłoś to działowi IT.",
        "The certificate is for another address. Check the address, or tell your IT department.",
    ),
    Distrust.TIME: Text(
        "Certyfikat stracił ważność lub jeszcze jej nie ma. Sprawdź datę w komputerze i zgłoś to działowi IT.",
        "The certificate has expired or does not hold yet. Check this computer's date, and tell your IT department.",
    ),
    Distrust.OTHER: Text("Sprawdź adres albo zgłoś to działowi IT.", "Check the address or tell your IT department."),
}
