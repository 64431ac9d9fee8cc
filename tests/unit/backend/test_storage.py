# SPDX-License-Identifier: AGPL-3.0-or-later
"""Where documents are kept: the same promises in a folder and in a bucket, and what operators are told."""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import pytest

from reviewer_app.backend.documents.s3_storage import IN_USE_SECONDS, S3Storage
from reviewer_app.backend.documents.storage import Storage, StorageAwayError, StorageError, open_storage
from tests.support.s3 import S3Service
from tests.support.world import WorldMaker, expect, pdf
from tests.unit.backend.test_commands import Commands

ONE, OTHER = b"one content", b"another content" * 100_000
UPLOADS = "customer/company/documents"


@pytest.fixture
def service(monkeypatch: pytest.MonkeyPatch) -> Iterator[S3Service]:
    """An S3 service that the environment names."""
    with S3Service() as service:
        for name, value in service.environment.items():
            monkeypatch.setenv(name, value)
        yield service


@dataclass(frozen=True)
class Place:
    """An address of a storage; ``open`` opens it as another server on another machine would."""

    url: str
    open: Callable[[], Storage]
    put: Callable[[str, bytes], None]
    remove: Callable[[str], None]


@pytest.fixture(params=["file", "s3"])
def place(request: pytest.FixtureRequest, tmp_path: Path) -> Place:
    """An empty storage of each kind."""
    machines = iter(range(100))
    if request.param == "s3":
        service: S3Service = request.getfixturevalue("service")
        prefix = f"{tmp_path.name}/papers"
        url = f"s3://{service.bucket}/{prefix}"
        return Place(
            url,
            lambda: open_storage(url, copies=tmp_path / f"machine{next(machines)}"),
            lambda key, data: service.put(f"{prefix}/{key}", data),
            lambda key: service.remove(f"{prefix}/{key}"),
        )
    folder = tmp_path / "papers"
    return Place(
        folder.as_uri(),
        lambda: open_storage(folder.as_uri()),
        partial(_write, folder),
        lambda key: (folder / key).unlink(),
    )


def _write(folder: Path, key: str, data: bytes) -> None:
    (folder / key).write_bytes(data)


def keep(storage: Storage, data: bytes) -> str:
    sha256 = hashlib.sha256(data).hexdigest()
    incoming = storage.quarantine()
    incoming.write_bytes(data)
    storage.keep(incoming, sha256)
    assert not incoming.exists()
    return sha256


def key_of(sha256: str) -> str:
    return f"content/{sha256[:2]}/{sha256[2:4]}/{sha256}"


def test_what_is_kept_is_given_by_every_server(place: Place) -> None:
    here, there = place.open(), place.open()
    for data in (ONE, OTHER, b""):
        sha256 = keep(here, data)
        for storage in (here, there):
            assert storage.path_of(sha256).read_bytes() == data
            with storage.opened(sha256) as content:
                assert content.read() == data
    assert sorted(there.hashes()) == sorted(hashlib.sha256(data).hexdigest() for data in (ONE, OTHER, b""))
    here.check()


def test_what_was_never_kept_is_missing(place: Place) -> None:
    storage, absent = place.open(), "cd" * 32
    assert list(storage.hashes()) == []
    with pytest.raises(FileNotFoundError):
        storage.path_of(absent)
    with pytest.raises(FileNotFoundError), storage.opened(absent):
        pass
    assert storage.derived(absent, "words.json") is None


def test_a_content_that_several_bring_at_once_is_kept_once_and_whole(place: Place) -> None:
    storages = [place.open() for _ in range(4)]
    with ThreadPoolExecutor(8) as threads:
        kept = list(threads.map(lambda number: keep(storages[number % 4], OTHER), range(16)))
    assert list(storages[0].hashes()) == [kept[0]]
    assert place.open().path_of(kept[0]).read_bytes() == OTHER


def test_what_was_computed_is_remembered_for_all_and_may_be_computed_again(place: Place) -> None:
    here, there = place.open(), place.open()
    for data in (b"[1]", b"[1, 2]"):
        here.keep_derived("ab" * 32, "words.json", data)
        assert there.derived("ab" * 32, "words.json") == data
    assert there.derived("ab" * 32, "codes.json") is None
    assert list(there.hashes()) == []


def test_only_what_was_abandoned_leaves_the_quarantine(place: Place, tmp_path: Path) -> None:
    storage = place.open()
    young, old = storage.quarantine(), storage.quarantine()
    long_ago = time.time() - 2 * 24 * 3600
    os.utime(old, (long_ago, long_ago))
    open_storage(place.url, copies=old.parent.parent)
    assert young.exists()
    assert not old.exists()


def test_a_case_lives_in_the_storage_and_is_checked_and_backed_up(place: Place, tmp_path: Path) -> None:
    commands = Commands(tmp_path / "data")
    commands.settings["REVIEWER_STORAGE_URL"] = place.url
    assert commands.run("seed", "--companies", "2")[0] == 0
    whole = commands.run("verify")
    assert whole[0] == 0
    assert commands.run("backup", str(tmp_path / "copy.tar"))[0] == 0
    elsewhere = Commands(tmp_path / "elsewhere")
    assert elsewhere.run("restore", str(tmp_path / "copy.tar"))[0] == 0
    assert elsewhere.run("verify") == whole
    lost = min(place.open().hashes())
    place.put(key_of(lost), b"altered")
    assert commands.run("verify") == (1, "", f"document {lost}: the file was changed\n")
    place.remove(key_of(lost))
    assert commands.run("verify") == (1, "", f"document {lost}: the file is missing\n")
    status, _, errors = commands.run("backup", str(tmp_path / "second.tar"))
    assert (status, errors) == (1, f"document {lost}: the file is missing\n")
    assert commands.run("restore", str(tmp_path / "copy.tar"))[0] == 0
    assert commands.run("verify") == whole


def test_uploads_are_taken_and_served(place: Place, make_world: WorldMaker) -> None:
    world = make_world(storage_url=place.url)
    jan, sent = world.customer(), pdf("kept elsewhere")
    jan.submitted()
    document = expect(jan.upload("other", sent), 201)
    content = f"{UPLOADS}/{document['id']}/content"
    assert jan.call("GET", content).content == sent
    part = jan.call("GET", content, headers={"Range": "bytes=5-9"})
    assert (part.status_code, part.content) == (206, sent[5:10])
    words = expect(world.staff().call("GET", f"staff/documents/{document['id']}/words"), 200)
    assert words["pages"]
    assert world.client.get("/readyz").status_code == 200


def test_a_bucket_never_gives_another_content_and_never_overwrites(service: S3Service, tmp_path: Path) -> None:
    first = open_storage(f"s3://{service.bucket}/altered", copies=tmp_path / "first")
    sha256 = keep(first, ONE)
    service.put(f"altered/{key_of(sha256)}", b"something else")
    keep(first, ONE)
    second = open_storage(f"s3://{service.bucket}/altered", copies=tmp_path / "second")
    with second.opened(sha256) as content:
        assert content.read() == b"something else"
    with pytest.raises(StorageAwayError, match=r"gave another content for .* Run reviewer-server verify"):
        second.path_of(sha256)
    assert list((tmp_path / "second" / "quarantine").iterdir()) == []


def test_copies_take_a_share_of_the_disk_and_are_fetched_again(service: S3Service, tmp_path: Path) -> None:
    storage = S3Storage(service.bucket, "share", tmp_path, copies_bytes=2500)
    kept = []
    for number in range(3):
        sha256 = keep(storage, bytes([number]) * 1000)
        long_ago = time.time() - 2 * IN_USE_SECONDS + number
        os.utime(storage.path_of(sha256), (long_ago, long_ago))
        kept.append(sha256)
    keep(storage, b"x" * 1000)
    present = {file.name for file in (tmp_path / "content").rglob("*/*/*")}
    assert kept[0] not in present
    assert kept[2] in present
    assert storage.path_of(kept[0]).read_bytes() == bytes(1000)


def test_what_an_operator_is_told_of_a_bucket(
    service: S3Service, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with pytest.raises(StorageAwayError, match="there is no bucket nowhere"):
        open_storage("s3://nowhere/papers", copies=tmp_path)
    with S3Service("private") as denied:
        monkeypatch.setenv("AWS_ENDPOINT_URL", denied.url)
        denied.deny("s3:PutObject")
        with pytest.raises(StorageAwayError, match="denies access to the bucket private"):
            open_storage("s3://private/papers", copies=tmp_path)
    with pytest.raises(StorageAwayError, match="The bucket private does not answer") as raised:
        open_storage("s3://private/papers", copies=tmp_path)
    assert "secret" not in str(raised.value)
    with pytest.raises(StorageError, match="s3://bucket/prefix"):
        open_storage("s3:///papers", copies=tmp_path)
    monkeypatch.setenv("AWS_ENDPOINT_URL", "not an address")
    with pytest.raises(StorageError, match="AWS_ENDPOINT_URL: it takes the address"):
        open_storage("s3://private/papers", copies=tmp_path)


def test_a_server_whose_bucket_goes_away_is_not_ready_and_says_so(
    make_world: WorldMaker, monkeypatch: pytest.MonkeyPatch
) -> None:
    with S3Service("leaving") as service:
        for name, value in service.environment.items():
            monkeypatch.setenv(name, value)
        world = make_world(storage_url="s3://leaving/papers")
        jan = world.customer()
        jan.create()
        assert world.client.get("/readyz").status_code == 200
        service.go_away()
    expect(world.client.get("/readyz"), 503, "unavailable")
    expect(jan.upload("other"), 503, "unavailable")
    assert jan.documents() == []


def test_a_folder_that_goes_away_is_told(tmp_path: Path) -> None:
    storage = open_storage((tmp_path / "papers").as_uri())
    (tmp_path / "papers" / "content").rmdir()
    with pytest.raises(StorageAwayError, match="cannot be written"):
        storage.check()


def test_a_missing_client_is_named_with_what_to_install(tmp_path: Path) -> None:
    program = (
        "import sys; sys.modules['obstore'] = None; from reviewer_app.serve import main; sys.exit(main(['verify']))"
    )
    settings = {"REVIEWER_DATA_DIR": str(tmp_path), "REVIEWER_STORAGE_URL": "s3://documents/x", "LC_ALL": "C.UTF-8"}
    done = subprocess.run(
        [sys.executable, "-c", program],
        env=os.environ | settings,
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )
    assert done.returncode == 1
    assert done.stderr == (
        "REVIEWER_STORAGE_URL: s3://… needs an extra package. Install it: pip install 'reviewer[s3]'\n"
    )
