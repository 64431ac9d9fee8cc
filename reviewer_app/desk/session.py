# SPDX-License-Identifier: AGPL-3.0-or-later
"""Signing in and out, and which server the desk works with."""

from __future__ import annotations

import contextlib
import json
from collections.abc import Callable
from dataclasses import asdict, dataclass
from urllib.parse import urlsplit

from reviewer_app.contract.edition import API_EDITION
from reviewer_app.desk.clock import Clock
from reviewer_app.desk.errors import (
    DeskError,
    GatewayError,
    NothingAnswers,
    NotSignedIn,
    Offline,
    ProgramTooOld,
    ServerTooOld,
    ServerUnknown,
    SessionExpired,
)
from reviewer_app.desk.preferences import Preferences
from reviewer_app.desk.rows import SignedIn
from reviewer_app.gateway.gateway import Gateway
from reviewer_app.gateway.plain import Misread, Session, User, fields_of, user_in
from reviewer_app.gateway.tokens import Listener
from reviewer_app.store.store import Store
from reviewer_app.store.vault import Vault

GatewayFactory = Callable[[str, Listener], Gateway]
"""Makes the gateway to an address; the listener hears of each new session and of its end."""


@dataclass(frozen=True, slots=True)
class _Kept:
    """What is kept in the vault between two starts."""

    user: User
    refresh_token: str
    bench: bool = False


class Sessions:
    """One session with one server at a time. Any thread; not two of these calls at once."""

    def __init__(
        self, *, store: Store, vault: Vault, preferences: Preferences, clock: Clock, connect: GatewayFactory
    ) -> None:
        self._store = store
        self._vault = vault
        self._preferences = preferences
        self._clock = clock
        self._connect = connect
        self._remember = True
        self._current: SignedIn | None = None
        url = preferences.server_url
        self._gateway: Gateway | None = connect(url, self._session_changed) if url else None

    @property
    def current(self) -> SignedIn | None:
        """Who is signed in."""
        return self._current

    @property
    def server_url(self) -> str | None:
        """The address of the server, or None when none was chosen yet."""
        return self._gateway.base_url if self._gateway else None

    @property
    def gateway(self) -> Gateway:
        """The gateway to the server. Raises ServerUnknown."""
        if self._gateway is None:
            raise ServerUnknown("")
        return self._gateway

    @property
    def scope(self) -> str:
        """The scope of who is signed in. Raises NotSignedIn."""
        current = self._current
        if current is None:
            raise NotSignedIn
        return current.scope

    def is_still(self, scope: str) -> bool:
        """Say whether work is done in a scope now, as it was when the scope was read."""
        current = self._current
        return current is not None and current.scope == scope

    def use_server(self, *, url: str) -> str:
        """Choose the server; gives its address as kept. ``https://`` is put before an address without a scheme.

        Raises NothingAnswers, ServerUnknown when what answers is something else, ServerTooOld, ProgramTooOld, and the
        kinds of Offline that say what is in the way: a name, a certificate, a proxy.
        """
        address = _normal(url)
        gateway = self._connect(address, self._session_changed)
        try:
            _require_fitting(gateway, address)
        except (GatewayError, DeskError):
            gateway.close()
            raise
        before, self._gateway, self._current = self._gateway, gateway, None
        if before is not None:
            before.close()
        self._preferences.set_server_url(address)
        return address

    def sign_in(self, *, username: str, password: str, otp: str | None = None, remember: bool = True) -> SignedIn:
        """Sign in; with ``remember`` the next start goes on without a password.

        Raises WrongCredentials, OtpRequired, TryLater, Offline, ServerUnknown.
        """
        self._remember = remember
        session = self.gateway.sessions.sign_in(username=username, password=password, otp=otp)
        self._preferences.set_last_username(session.user.username)
        return self._begin(session.user, bench=session.bench)

    def resume(self) -> SignedIn | None:
        """Go on with the session of the last start; None when there is none or the server has ended it.

        Without a connection the person is let in to what this computer keeps; the first call that gets through
        renews the session, or ends it.
        """
        if self._gateway is None:
            return None
        kept = self._kept(self._gateway.base_url)
        if kept is None:
            return None
        self._gateway.sessions.adopt(user=kept.user, refresh_token=kept.refresh_token)
        try:
            self._gateway.sessions.refresh()
        except SessionExpired:
            return None
        except Offline:
            return self._begin(kept.user, bench=kept.bench)
        return self._begin(self._gateway.sessions.user or kept.user, bench=self._gateway.sessions.bench)

    def change_password(self, *, current: str, new: str) -> None:
        """Change the person's own password; their sessions on other computers end. Raises InvalidRequest, TryLater."""
        self.gateway.sessions.change_password(current=current, new=new)

    def sign_out(self) -> None:
        """End the session: cases are let go of, copies of customers' data removed; drafts and the outbox stay."""
        if self._current is not None and self._gateway is not None:
            self._release_all(self._gateway, self.scope)
            self._gateway.sessions.sign_out()
            self._vault.forget(self._gateway.base_url)
        self._current = None
        self._store.forget_customers(now=self._clock.now())

    def close(self) -> None:
        """End running calls; the session itself goes on at the next start."""
        if self._gateway is not None:
            self._gateway.close()

    def _begin(self, user: User, *, bench: bool) -> SignedIn:
        self._current = SignedIn(
            user_id=user.id,
            username=user.username,
            display_name=user.display_name,
            role=user.role,
            server_url=self.gateway.base_url,
            bench=bench,
        )
        return self._current

    def _release_all(self, gateway: Gateway, scope: str) -> None:
        busy = {record.company_id for record in self._store.outbox.open(scope=scope)}
        for lease in self._store.leases.all(scope=scope):
            if lease.company_id in busy:
                continue
            with contextlib.suppress(GatewayError):
                gateway.claims.release(company_id=lease.company_id, lease_token=lease.token)
            self._store.leases.remove(scope=scope, company_id=lease.company_id)

    def _kept(self, account: str) -> _Kept | None:
        secret = self._vault.load(account)
        if secret is None:
            return None
        try:
            at = fields_of(secret)
            return _Kept(user_in(at.inside("user")), at.text("refresh_token"), at.flag("bench"))
        except Misread:
            self._vault.forget(account)
            return None

    def _session_changed(self, session: Session | None) -> None:
        if self._gateway is None:
            return
        if session is None:
            self._vault.forget(self._gateway.base_url)
        elif self._remember:
            kept = _Kept(user=session.user, refresh_token=session.refresh_token, bench=session.bench)
            self._vault.save(self._gateway.base_url, json.dumps(asdict(kept), ensure_ascii=False))


def _require_fitting(gateway: Gateway, address: str) -> None:
    try:
        sign = gateway.sessions.answers()
    except Offline as error:
        if type(error) is Offline:  # the others say more
            raise NothingAnswers(address) from error
        raise
    if sign is None:
        raise ServerUnknown(address)
    if sign.edition < API_EDITION:
        raise ServerTooOld(sign.version)
    if sign.edition > API_EDITION:
        raise ProgramTooOld(sign.version)


def _normal(url: str) -> str:
    address = url.strip()
    if "://" not in address:
        address = f"https://{address}"
    try:
        parts = urlsplit(address)
        usable = parts.scheme in {"http", "https"} and bool(parts.hostname) and parts.port != 0
    except ValueError:
        raise ServerUnknown(url.strip()) from None
    if not usable:
        raise ServerUnknown(url.strip())
    return f"{parts.scheme}://{parts.netloc}{parts.path.rstrip('/')}"
