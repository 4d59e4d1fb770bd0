"""A room knows those below it: here the addresses, templates and files it names; import-linter watches its imports."""

import re
import tomllib
from collections.abc import Iterator
from pathlib import Path

from django.contrib.staticfiles import finders
from django.template.loader import get_template
from django.urls import URLPattern, URLResolver, get_resolver

ROOT = Path(__file__).parents[2]
SOURCE = ROOT / "src" / "comptoir"
CONTRACTS = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["tool"]["importlinter"]["contracts"]
# Highest first, as import-linter has them; siblings share a line.
LAYERS = [layer.replace("comptoir.", "").split(" | ") for layer in CONTRACTS[0]["layers"]]
HEIGHT = {room.strip(): -i for i, layer in enumerate(LAYERS) for room in layer}
URL_TAG = re.compile(r"""{%\s*url\s+["']([\w:]+)["']""")
URL_CALL = re.compile(r"""\b(?:reverse|redirect|reverse_lazy|Entry)\(\s*(?:["'][^"']*["'],\s*)?["']([a-z_]+)["']""")
TEMPLATE_TAG = re.compile(r"""{%\s*(?:include|extends)\s+["']([\w/.-]+)["']""")
TEMPLATE_CALL = re.compile(r"""["']([a-z]+/(?:[a-z_]+/)*[a-z_]+\.html)["']""")
STATIC_TAG = re.compile(r"""{%\s*static\s+["']([\w/.-]+)["']""")


def addresses(patterns: list[URLPattern | URLResolver] | None = None) -> Iterator[URLPattern]:
    for entry in get_resolver().url_patterns if patterns is None else patterns:
        if isinstance(entry, URLResolver):
            yield from addresses(entry.url_patterns)
        else:
            yield entry


def room_of(path: Path) -> str:
    return path.relative_to(SOURCE).parts[0].removesuffix(".py")


def sources() -> Iterator[tuple[str, str, str]]:
    """(room, file, content) of the templates and modules of the rooms."""
    for path in (*SOURCE.rglob("*.html"), *SOURCE.rglob("*.py")):
        room = room_of(path)
        if room in HEIGHT:
            yield room, str(path.relative_to(SOURCE)), path.read_text("utf-8")


URL_ROOMS = {str(entry.name): entry.callback.__module__.split(".")[1] for entry in addresses()}


def test_every_room_has_its_place() -> None:
    rooms = {path.name for path in SOURCE.iterdir() if path.is_dir() and path.name != "__pycache__"}
    assert rooms <= set(HEIGHT), "name the new room in the layers of pyproject.toml"
    assert set(URL_ROOMS.values()) <= set(HEIGHT)


def test_a_room_names_no_address_of_a_higher_room() -> None:
    named = [
        (room, name, file)
        for room, file, text in sources()
        for name in URL_TAG.findall(text) + (URL_CALL.findall(text) if file.endswith(".py") else [])
    ]
    assert len(named) > 50, "the addresses named in templates and modules are no longer found"
    assert [n for n in named if n[1] not in URL_ROOMS] == [], "an address that does not exist"
    assert [n for n in named if HEIGHT[URL_ROOMS[n[1]]] > HEIGHT[n[0]]] == []


def test_a_room_names_no_template_of_a_higher_room() -> None:
    named = [
        (room, name, file)
        for room, file, text in sources()
        for name in TEMPLATE_TAG.findall(text) + (TEMPLATE_CALL.findall(text) if file.endswith(".py") else [])
    ]
    assert len(named) > 30, "the templates named are no longer found"
    for _, name, _ in named:
        get_template(name)
    assert [n for n in named if HEIGHT[n[1].split("/")[0]] > HEIGHT[n[0]]] == []


def test_a_template_asks_for_files_that_exist_in_its_room_or_below() -> None:
    named = [(room, name, file) for room, file, text in sources() for name in STATIC_TAG.findall(text)]
    assert [n for n in named if not finders.find(n[1])] == []
    assert [n for n in named if HEIGHT.get(n[1].split("/")[0], HEIGHT["kit"]) > HEIGHT[n[0]]] == []


def test_every_template_is_used() -> None:
    everything = "\n".join(text for _, _, text in sources())
    orphans = [
        name
        for path in SOURCE.rglob("templates/**/*.html")
        if (name := str(path).split("/templates/")[1]) not in everything and not name.startswith("kit/ui/")
    ]
    assert orphans == []
