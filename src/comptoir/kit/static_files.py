"""Static files: the few that we take from wheels, and a storage that does not trip over missing source maps."""

import hashlib
from collections.abc import Iterable, Iterator
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from django.apps import apps
from django.conf import settings
from django.contrib.staticfiles.finders import AppDirectoriesFinder, BaseFinder, get_finders
from django.core.files.storage import FileSystemStorage
from django.core.files.storage import Storage as FileStorage
from django.core.management import call_command
from whitenoise.storage import CompressedManifestStaticFilesStorage

# name under /static/ -> (package, path inside it). Only these files are served from wheels.
VENDOR = {
    "vendor/bootstrap.min.css": ("bootstrap", "static/bootstrap/css/bootstrap.min.css"),
    "vendor/htmx.min.js": ("django_htmx", "static/django_htmx/htmx-2.min.js"),
    "vendor/leaflet/leaflet.js": ("leaflet", "static/leaflet/leaflet.js"),
    "vendor/leaflet/leaflet.css": ("leaflet", "static/leaflet/leaflet.css"),
    "vendor/leaflet/draw/leaflet.draw.js": ("leaflet", "static/leaflet/draw/leaflet.draw.js"),
    "vendor/leaflet/draw/leaflet.draw.css": ("leaflet", "static/leaflet/draw/leaflet.draw.css"),
    # Named by the two stylesheets.
    "vendor/leaflet/images/layers.png": ("leaflet", "static/leaflet/images/layers.png"),
    "vendor/leaflet/images/layers-2x.png": ("leaflet", "static/leaflet/images/layers-2x.png"),
    "vendor/leaflet/images/marker-icon.png": ("leaflet", "static/leaflet/images/marker-icon.png"),
    "vendor/leaflet/draw/images/spritesheet.png": ("leaflet", "static/leaflet/draw/images/spritesheet.png"),
    "vendor/leaflet/draw/images/spritesheet-2x.png": ("leaflet", "static/leaflet/draw/images/spritesheet-2x.png"),
    "vendor/leaflet/draw/images/spritesheet.svg": ("leaflet", "static/leaflet/draw/images/spritesheet.svg"),
}


Checks = list[Any]  # inside the finder, `list` is its method


def _path(name: str) -> Path:
    package, inside = VENDOR[name]
    spec = find_spec(package)
    if spec is None or spec.origin is None:
        raise FileNotFoundError(f"{package}: {inside}")
    return Path(spec.origin).parent / inside


class _VendorStorage(FileSystemStorage):
    prefix = ""

    def path(self, name: str) -> str:
        return str(_path(name))


class VendorFinder(BaseFinder):
    """Finds the files of `VENDOR`, under names of our own."""

    def find(self, path: str, find_all: bool = False, **kwargs: Any) -> Any:
        found = [str(_path(path))] if path in VENDOR else []
        return found if find_all else (found[0] if found else [])

    def list(self, ignore_patterns: Iterable[str] | None) -> Iterator[tuple[str, FileStorage]]:
        storage = _VendorStorage()
        for name in VENDOR:
            yield name, storage

    def check(self, **kwargs: Any) -> Checks:
        return []


class OwnFinder(AppDirectoriesFinder):
    """Finds the static files of our rooms, and nothing that an installed wheel brings along."""

    def __init__(self, app_names: Iterable[str] | None = None, *args: Any, **kwargs: Any):
        ours = [config.name for config in apps.get_app_configs() if config.name.startswith("comptoir.")]
        super().__init__(app_names or ours, *args, **kwargs)


class Storage(CompressedManifestStaticFilesStorage):
    """Names carry a digest. Only `url()`, `@import` and the imports of modules are followed: wheels name source maps
    that they do not ship. A module imported under its bare name would run a second time beside the one of the page.
    """

    support_js_module_import_aggregation = True
    patterns = tuple(
        (glob, tuple(p for p in rules if "sourceMappingURL" not in (p if isinstance(p, str) else p[0])))
        for glob, rules in CompressedManifestStaticFilesStorage.patterns
        if glob == "*.css"
    )


def collect_when_changed() -> bool:
    """Collect and compress the static files, unless nothing has changed since the last time. True: it was done."""
    digest = hashlib.sha256()
    for finder in get_finders():
        for name, storage in finder.list([]):
            digest.update(f"{name} {storage.size(name)} {storage.get_modified_time(name)}\n".encode())
    mark = Path(settings.STATIC_ROOT) / ".collected"
    if mark.exists() and mark.read_text(encoding="ascii") == digest.hexdigest():
        return False
    call_command("collectstatic", interactive=False, verbosity=0)
    mark.write_text(digest.hexdigest(), encoding="ascii")
    return True
