"""What is written for people is true: settings, commands, links, decisions."""

import argparse
import re
import shlex
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.core.management import get_commands, load_command_class

from comptoir import cli

ROOT = Path(__file__).parents[2]
SOURCE = ROOT / "src" / "comptoir"
PAGES = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")])
OURS = [name for name, app in get_commands().items() if str(app).startswith("comptoir.")]


def test_every_setting_is_explained_and_no_other() -> None:
    read = {
        name
        for path in SOURCE.rglob("*.py")
        for name in re.findall(r"""env\.[a-z]+\(\s*["'](COMPTOIR_\w+)["']""", path.read_text("utf-8"))
    }
    page = (ROOT / "docs/deploy/settings.md").read_text("utf-8")
    explained = set(re.findall(r"^\| `(COMPTOIR_\w+)` \|", page, re.M))
    assert len(read) > 5
    assert read == explained
    cited = {name.removesuffix("_FILE") for path in PAGES for name in re.findall(r"COMPTOIR_\w+", path.read_text())}
    assert cited <= explained | {"COMPTOIR_TEST_WORKERS"}


def test_settings_are_read_in_one_place() -> None:
    """`env` reads them for settings.py; a command may give its children an environment, never take its own from it."""
    asked = re.compile(r"""environ(?:\.get\(|\[)\s*["'](COMPTOIR_\w+)["'](?!\]\s*=)""")
    assert [p.name for p in SOURCE.rglob("*.py") if asked.search(p.read_text("utf-8"))] == []


@pytest.mark.parametrize("name", OURS)
def test_every_command_of_the_house_explains_itself(name: str) -> None:
    command = load_command_class(get_commands()[name], name)
    assert command.help.strip()
    common = {a.dest for a in load_command_class("django.core", "check").create_parser("comptoir", "check")._actions}
    mute = [a.dest for a in command.create_parser("comptoir", name)._actions if a.dest not in common and not a.help]
    assert mute == []


def subcommands() -> Iterator[tuple[str, argparse.ArgumentParser]]:
    for action in cli._parser()._actions:
        if isinstance(action, argparse._SubParsersAction):
            yield from action.choices.items()


def test_every_command_on_files_explains_itself() -> None:
    found = dict(subcommands())
    analysing = {"extract", "protect", "compare", "turnout", "opinions", "overlaps", "allocate"}
    assert set(found) == {"synthesise", "group"} | analysing
    for parser in found.values():
        assert (parser.description or "").strip()
        assert [action.dest for action in parser._actions if not action.help] == []


def test_every_command_that_pages_cite_exists() -> None:
    boot = dict(re.findall(r"^python3 boot\.py (\w+) +(\S.*)$", (ROOT / "boot.py").read_text("utf-8"), re.M))
    known = set(get_commands()) | set(dict(subcommands())) | set(cli._HOUSE)
    assert {name.replace("-", "_") for name in cli._HOUSE} - {"manage"} <= set(get_commands())
    cited = 0
    for path in PAGES:
        for line in commands_in(path.read_text("utf-8")):
            words = shlex.split(line.replace("…", " ").replace("\\", ""), comments=True)
            program, rest = Path(words[0]).name, words[1:]
            if program in {"python3", "python"} and rest and rest[0] == "boot.py":
                assert len(rest) == 1 or rest[1] in boot, (path.name, line)
            elif program == "comptoir" and rest:
                name = rest[1] if rest[0] == "manage" and len(rest) > 1 else rest[0]
                assert name in known or name.startswith("-"), (path.name, line)
            else:
                continue
            cited += 1
    assert cited >= 5
    assert {name for name in boot if f"boot.py {name}" in (ROOT / "README.md").read_text("utf-8")} >= {"demo", "test"}


def commands_in(page: str) -> Iterator[str]:
    """What is written as code and begins like a command of ours: indented or fenced lines, and `spans`."""
    for line in (*re.findall(r"^ {4,}(.+)$", page, re.M), *re.findall(r"`([^`\n]+)`", page)):
        command = re.sub(r"^(?:\$ |ExecStart=|[A-Z_]+=\S+ )+", "", line.strip())
        if re.match(r"(?:\S*/)?comptoir [a-z-]|python3? boot\.py", command):
            yield command


def test_decisions_are_numbered_without_a_gap() -> None:
    """docs/adr/0001-….md and so on: each says when, what was decided and why."""
    found = sorted(path.name for path in (ROOT / "docs/adr").glob("*.md"))
    assert [name[:5] for name in found] == [f"{n:04}-" for n in range(1, len(found) + 1)]
    for path in (ROOT / "docs/adr").glob("*.md"):
        assert re.search(r"20\d\d-\d\d-\d\d", path.read_text("utf-8")), f"{path.name} has no date"
