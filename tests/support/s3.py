# SPDX-License-Identifier: AGPL-3.0-or-later
"""An S3 service on loopback, and the environment by which the server finds it."""

from __future__ import annotations

import json
import threading
from dataclasses import dataclass
from types import TracebackType
from typing import Self

import httpx
import obstore
from moto.moto_server.werkzeug_app import DomainDispatcherApplication, create_backend_app
from obstore.store import S3Store
from werkzeug.serving import make_server


@dataclass
class S3Service:
    """Answers while the block lasts, or until it is told to go away."""

    bucket: str = "documents"

    def __post_init__(self) -> None:
        application = DomainDispatcherApplication(create_backend_app)
        self._server = make_server("127.0.0.1", 0, application, threaded=True)
        self._thread = threading.Thread(target=self._server.serve_forever, name="s3", args=(0.05,))
        self.url = f"http://127.0.0.1:{self._server.port}"

    def __enter__(self) -> Self:
        self._thread.start()
        httpx.put(f"{self.url}/{self.bucket}").raise_for_status()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.go_away()

    @property
    def environment(self) -> dict[str, str]:
        """Give what the clients of S3 read."""
        return {
            "AWS_ENDPOINT_URL": self.url,
            "AWS_REGION": "us-east-1",
            "AWS_ACCESS_KEY_ID": "reviewer",
            "AWS_SECRET_ACCESS_KEY": "secret",
        }

    def go_away(self) -> None:
        """Stop answering."""
        if self._thread.is_alive():
            self._server.shutdown()
            self._thread.join()
            self._server.server_close()

    def put(self, key: str, data: bytes) -> None:
        """Write an object past the program, as an operator's mistake would."""
        obstore.put(self._store(), key, data)

    def remove(self, key: str) -> None:
        """Delete an object past the program."""
        obstore.delete(self._store(), key)

    def deny(self, action: str) -> None:
        """Forbid everybody an action such as ``s3:PutObject``."""
        rule = {"Effect": "Deny", "Principal": "*", "Action": action, "Resource": f"arn:aws:s3:::{self.bucket}/*"}
        policy = json.dumps({"Version": "2012-10-17", "Statement": [rule]})
        httpx.put(f"{self.url}/{self.bucket}?policy", content=policy).raise_for_status()

    def _store(self) -> S3Store:
        return S3Store(
            self.bucket,
            endpoint=self.url,
            region="us-east-1",
            access_key_id="operator",
            secret_access_key="secret",
            client_options={"allow_http": True},
        )
