# SPDX-License-Identifier: AGPL-3.0-or-later
"""A second start hands over to the running program what it was to show, and ends. Loads Qt's network library."""

from __future__ import annotations

import getpass
import time
from pathlib import Path

from PySide6.QtCore import QCryptographicHash, QObject, Signal, Slot
from PySide6.QtNetwork import QLocalServer, QLocalSocket

WAIT_MILLISECONDS = 1000
MOST_BYTES = 4096
_RETRY_SECONDS = 0.05


def instance_name(folder: Path) -> str:
    """Name the meeting point of the starts that share a data folder."""
    # Qt's own digest: loading Python's takes as long as the whole hand-over.
    meant = f"{getpass.getuser()}\n{folder.resolve()}".encode()
    digest = bytes(QCryptographicHash.hash(meant, QCryptographicHash.Algorithm.Sha256).toHex().data()).decode("ascii")
    return f"reviewer-{digest[:24]}"


def hand_over(name: str, company_id: str = "", *, seconds: float) -> bool:
    """Tell the running program to come to the front and show a case; False when none listens within ``seconds``."""
    end = time.monotonic() + seconds
    while (socket := _connected(name)) is None:
        if time.monotonic() >= end:
            return False
        time.sleep(_RETRY_SECONDS)
    socket.write(company_id.encode()[:MOST_BYTES] + b"\n")
    told = socket.waitForBytesWritten(WAIT_MILLISECONDS)
    socket.disconnectFromServer()
    if socket.state() != QLocalSocket.LocalSocketState.UnconnectedState:
        socket.waitForDisconnected(WAIT_MILLISECONDS)
    return told


def _connected(name: str) -> QLocalSocket | None:
    socket = QLocalSocket()
    socket.connectToServer(name)
    return socket if socket.waitForConnected(WAIT_MILLISECONDS) else None


class Listener(QObject):
    """Listens for later starts. ``called`` brings the company id of a deep link, or an empty text."""

    called = Signal(object)

    def __init__(self, name: str, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._server = QLocalServer(self)
        self._server.setSocketOptions(QLocalServer.SocketOption.UserAccessOption)
        self._server.newConnection.connect(self._greet)
        # A program that was killed leaves its socket's file behind; whoever has the folder's lock may take it away.
        QLocalServer.removeServer(name)
        self.listening = self._server.listen(name)

    def close(self) -> None:
        """Stop listening."""
        self._server.close()

    @Slot()
    def _greet(self) -> None:
        while (socket := self._server.nextPendingConnection()) is not None:
            socket.readyRead.connect(self._hear)
            socket.disconnected.connect(socket.deleteLater)
            if socket.canReadLine():
                self._read(socket)

    @Slot()
    def _hear(self) -> None:
        socket = self.sender()
        if isinstance(socket, QLocalSocket) and socket.canReadLine():
            self._read(socket)

    def _read(self, socket: QLocalSocket) -> None:
        line = bytes(socket.readLine(MOST_BYTES).data())
        self.called.emit(line.decode("utf-8", "replace").strip())
