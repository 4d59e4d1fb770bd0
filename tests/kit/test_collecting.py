"""Static files are collected when they have changed, and only then."""

import json
from pathlib import Path

import pytest
from django.conf import LazySettings

from comptoir.kit.static_files import collect_when_changed


@pytest.fixture
def collected(settings: LazySettings, tmp_path: Path) -> Path:
    settings.STATIC_ROOT = tmp_path / "static"
    settings.STATIC_ROOT.mkdir()
    return settings.STATIC_ROOT


def test_collects_once_while_nothing_changes(collected: Path) -> None:
    assert collect_when_changed()
    assert (collected / "kit").is_dir()
    assert (collected / "vendor").is_dir()
    assert not collect_when_changed()


def test_collects_again_when_a_file_has_changed(collected: Path) -> None:
    collect_when_changed()
    (collected / ".collected").write_text("another state", encoding="ascii")
    assert collect_when_changed()


def test_serves_from_wheels_only_the_files_we_name(collected: Path) -> None:
    collect_when_changed()
    assert not list(collected.rglob("*fontawesome*"))
    names = {path.name.split(".")[0] for path in (collected / "vendor").iterdir()}
    assert names == {"bootstrap", "htmx", "leaflet"}
    assert not (collected / "django_htmx").exists()


def test_a_module_imports_the_very_file_that_pages_load(collected: Path, settings: LazySettings) -> None:
    settings.STORAGES = {**settings.STORAGES, "staticfiles": {"BACKEND": "comptoir.kit.static_files.Storage"}}
    collect_when_changed()
    names = json.loads((collected / "staticfiles.json").read_text(encoding="utf-8"))["paths"]
    board = (collected / names["workshops/board.js"]).read_text(encoding="utf-8")
    assert f'from "../{names["kit/kit.js"]}"' in board
