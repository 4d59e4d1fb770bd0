"""The examples of the concept pages are run as they are written: files, commands, and what they print."""

import re
from pathlib import Path

import pytest

from comptoir.cli import main

PAGES = Path(__file__).parents[2] / "docs" / "concepts"
FILE = re.compile(r"^```csv (\S+)\n(.*?)^```$", re.M | re.S)
COMMAND = re.compile(r"^```console\n\$ comptoir ([^\n]+)\n(.*?)^```$", re.M | re.S)


@pytest.mark.parametrize("name", ["disclosure", "comparison", "turnout", "opinions", "overlaps"])
def test_examples_print_what_the_page_shows(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsysbinary: pytest.CaptureFixture[bytes]
) -> None:
    page = (PAGES / f"{name}.md").read_text(encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    for file, content in FILE.findall(page):
        Path(file).write_text(content, encoding="utf-8")
    commands = COMMAND.findall(page)
    assert commands
    for command, shown in commands:
        assert main(command.split()) in (0, 1)
        out = capsysbinary.readouterr().out.decode().replace("\r\n", "\n")
        assert out == shown
