"""No page and no comment leads to a file that is not there."""

import re
from pathlib import Path

ROOT = Path(__file__).parents[2]
SOURCE = ROOT / "src" / "comptoir"
PAGES = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")])


def test_pages_lead_to_files_that_exist() -> None:
    broken = [
        (path.name, target)
        for path in PAGES
        for target in re.findall(r"\]\((?!https?:|mailto:|#)([^)#\s]+)", path.read_text("utf-8"))
        if not (path.parent / target).exists()
    ]
    assert broken == []


def test_pages_that_the_code_cites_exist() -> None:
    cited = {
        (path.name, name)
        for path in (*SOURCE.rglob("*.py"), *(ROOT / "tests").rglob("*.py"))
        for name in re.findall(r"docs/(?:[\w-]+/)+[\w-]+\.md", path.read_text("utf-8"))
    }
    assert [one for one in sorted(cited) if not (ROOT / one[1]).exists()] == []
