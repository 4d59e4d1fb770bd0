"""The file store: by content, once, whole or not at all."""

import hashlib
import os
from pathlib import Path

import pytest
from django.conf import LazySettings

from comptoir.kit import files


@pytest.fixture
def store(settings: LazySettings, tmp_path: Path) -> Path:
    settings.FILES = tmp_path / "files"
    return settings.FILES


def kept(store: Path) -> list[Path]:
    return sorted(path for path in store.rglob("*") if path.is_file())


def test_a_content_is_found_again_by_its_digest(store: Path) -> None:
    digest = files.put(b"des bancs")
    assert digest == hashlib.sha256(b"des bancs").hexdigest()
    assert files.get(digest) == b"des bancs"
    assert kept(store) == [store / digest[:2] / digest]


def test_the_same_content_is_kept_once(store: Path) -> None:
    first = files.put(b"des bancs")
    before = kept(store)[0].stat().st_mtime_ns
    assert files.put(b"des bancs") == first
    assert files.put(b"des arbres") != first
    assert len(kept(store)) == 2
    assert (store / first[:2] / first).stat().st_mtime_ns == before


def test_an_empty_content_and_any_bytes_are_contents(store: Path) -> None:
    for content in (b"", bytes(range(256)) * 1000):
        assert files.get(files.put(content)) == content


@pytest.mark.parametrize("step", ["fsync", "replace"])
def test_a_failure_while_writing_leaves_nothing_behind(store: Path, monkeypatch: pytest.MonkeyPatch, step: str) -> None:
    """A full disk, for instance: neither half a file under the digest, nor a left-over beside it."""

    def fail(*given: object) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr(os, step, fail)
        with pytest.raises(OSError, match="No space"):
            files.put(b"des bancs")
    assert kept(store) == []
    assert files.get(files.put(b"des bancs")) == b"des bancs"


def test_what_was_never_put_is_not_found(store: Path) -> None:
    with pytest.raises(FileNotFoundError):
        files.get(hashlib.sha256(b"jamais").hexdigest())
