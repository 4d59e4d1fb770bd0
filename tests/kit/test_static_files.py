"""Static files: the few taken from wheels, and their names in production."""

import json
import re
from pathlib import Path

import pytest
from django.conf import LazySettings
from django.contrib.staticfiles import finders
from django.contrib.staticfiles.storage import staticfiles_storage
from django.core.management import call_command

from comptoir.kit.static_files import VENDOR, VendorFinder

SOURCE = Path(__file__).parents[2] / "src" / "comptoir"


def test_only_the_listed_files_of_wheels_are_found() -> None:
    finder = VendorFinder()
    assert [name for name, _ in finder.list(None)] == list(VENDOR)
    for name in VENDOR:
        (found,) = finder.find(name, find_all=True)
        assert Path(found).stat().st_size > 100
        assert finder.find(name) == found == finders.find(name)
    for other in ("vendor/bootstrap.js", "bootstrap/css/bootstrap.min.css", "django_htmx/htmx-2.min.js", "../kit.py"):
        assert not finder.find(other)
        assert finder.find(other, find_all=True) == []


@pytest.fixture
def collected(settings: LazySettings, tmp_path: Path) -> Path:
    """What `collectstatic` makes with the storage of production."""
    settings.STATIC_ROOT = tmp_path / "static"
    settings.STORAGES = settings.STORAGES | {"staticfiles": {"BACKEND": "comptoir.kit.static_files.Storage"}}
    call_command("collectstatic", interactive=False, verbosity=0)
    return settings.STATIC_ROOT


def test_in_production_every_name_carries_a_digest_and_is_there_compressed(collected: Path) -> None:
    names = json.loads((collected / "staticfiles.json").read_text("utf-8"))["paths"]
    assert set(VENDOR) | {"kit/theme.css", "kit/kit.js", "kit/icons.svg"} <= set(names)
    for name, hashed in names.items():
        assert re.search(r"\.[0-9a-f]{12}\.\w+$", hashed), name
        assert (collected / hashed).exists()
    for name in ("kit/theme.css", "vendor/bootstrap.min.css", "vendor/htmx.min.js"):
        assert (collected / f"{names[name]}.gz").stat().st_size < (collected / names[name]).stat().st_size
        assert (collected / f"{names[name]}.br").exists()
    assert staticfiles_storage.url("kit/theme.css") == f"/static/{names['kit/theme.css']}"


def test_what_stylesheets_and_scripts_ask_for_is_there(collected: Path) -> None:
    asked = 0
    for path in collected.rglob("*"):
        if path.suffix == ".css":
            found = re.findall(r"url\(\s*[\"']?(?!data:|#)([^)\"'\s]+)", path.read_text("utf-8"))
        elif path.suffix == ".js":
            found = re.findall(r"""(?:from|import)\s*["'](\.[^"']+)["']""", path.read_text("utf-8"))
        else:
            continue
        for name in found:
            assert (path.parent / name.split("#")[0].split("?")[0]).exists(), (path.name, name)
            asked += 1
    modules = [p for p in SOURCE.rglob("*.js") if re.search(r"""(?:from|import)\s*["']\.""", p.read_text("utf-8"))]
    assert asked >= len(modules)
