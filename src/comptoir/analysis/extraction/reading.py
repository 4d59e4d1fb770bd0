"""The text of a contract, passage by passage, each with its place: ODT, DOCX, PDF that holds text, plain text.

docs/concepts/extraction.md, « Le texte et ses places ».
"""

import json
import re
import subprocess
import sys
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from ..errors import InputError
from ..synthesis.blocks import PARTED, Block, Grid, Heading, Point, point_in
from ..synthesis.docx import blocks_of_docx
from ..synthesis.odt import blocks_of_odt
from ..tables import Format, format_of
from ..tables.delimited import decode
from . import isolated_pdf

_SECONDS = 120
_MOST = 50 * 1024 * 1024
_SENTENCES = {
    "password": "ce PDF est protégé par un mot de passe. Enregistrez-le sans mot de passe.",
    "pages": "ce PDF est trop long. Découpez-le.",
    "damaged": "ce PDF est abîmé. Enregistrez-le à nouveau, ou demandez le fichier d'origine.",
}
_SCAN = "ce PDF ne contient pas de texte : c'est sans doute un scan. Demandez le fichier d'origine (DOCX, ODT)."
_ENDS = (".", ";", ":", "!", "?", "»")
_PAGE_NUMBER = re.compile(r"(?:page\s+)?\d{1,4}(?:\s*(?:/|sur)\s*\d{1,4})?", re.IGNORECASE)
_BULLET = re.compile(r"\s*(?:[-–—•·▪◦‣*]|[0-9]{1,2}[.)]|[a-z]\))\s+(?=\S)")


@dataclass(frozen=True, slots=True)
class Place:
    """Where a passage stands. `page` is that of a PDF; a table has its number, and its line with the headings.
    `paragraph` counts those with words, in the whole document. `section`: the last heading above."""

    paragraph: int
    page: int | None = None
    table: int | None = None
    line: int | None = None
    section: str = ""

    def __str__(self) -> str:
        parts = [f"page {self.page}"] if self.page else []
        if self.table:
            parts.append(f"tableau {self.table}, ligne {self.line}")
        else:
            parts.append(f"paragraphe {self.paragraph}")
        return ", ".join(parts)


@dataclass(frozen=True, slots=True)
class Passage:
    """A paragraph, an item of a list, or the row of a table: then `cells` by heading, in their order."""

    text: str
    place: Place
    item: bool = False
    cells: tuple[tuple[str, str], ...] = ()


def read_passages(data: bytes, name: str) -> list[Passage]:
    """The passages in reading order. Raises InputError, one French sentence, for what cannot be read."""
    if data.startswith(b"%PDF"):
        return list(_of_pdf(data, name))
    found = format_of(data, name)
    if found is Format.DOCX:
        return list(_of_blocks(blocks_of_docx(data, source=name)[0]))
    if found is Format.ODT:
        return list(_of_blocks(blocks_of_odt(data, source=name)[0]))
    if found is Format.TEXT:
        text, _ = decode(data, source=name)
        return list(_numbered((None, line) for line in _joined(text.splitlines())))
    raise InputError(
        f"ce fichier est un classeur {found} : donnez le texte du contrat en DOCX, ODT ou PDF.", source=name
    )


def _of_blocks(blocks: list[Block]) -> Iterator[Passage]:
    paragraph = tables = 0
    section = ""
    for block in blocks:
        if isinstance(block, Grid):
            tables += 1
            yield from _of_grid(block, tables, paragraph, section)
            continue
        paragraph += 1
        if isinstance(block, Heading):
            section = block.text
        text = _one_line(block.text)
        bulleted = point_in(text)
        item = isinstance(block, Point) or bulleted is not None
        yield Passage(bulleted or text, Place(paragraph, section=section), item)


def _of_grid(grid: Grid, number: int, paragraph: int, section: str) -> Iterator[Passage]:
    """Each row, its cells under the headings of the first row; a cell that runs down is repeated on each row."""
    header = [_one_line(cell) for cell in grid.rows[0].cells]
    above: list[str] = []
    for row in grid.rows[1:]:
        cells = [_one_line(cell) for cell in row.cells] + [""] * (len(header) - len(row.cells))
        if above and not cells[0]:
            cells[0] = above[0]
        above = cells
        named = tuple((title, cell) for title, cell in zip(header, cells, strict=False) if cell)
        text = " · ".join(cell for _, cell in named)
        if text:
            yield Passage(text, Place(paragraph, table=number, line=row.line, section=section), cells=named)


def _of_pdf(data: bytes, source: str) -> Iterator[Passage]:
    if len(data) > _MOST:
        raise InputError(f"ce fichier dépasse {_MOST // 1024 // 1024} Mo. Découpez-le.", source=source)
    command = [sys.executable, "-P", isolated_pdf.__file__]
    try:
        done = subprocess.run(command, input=data, capture_output=True, timeout=_SECONDS, check=False)
    except subprocess.TimeoutExpired:
        raise InputError("ce PDF est trop long à lire. Découpez-le.", source=source) from None
    answer = json.loads(done.stdout) if not done.returncode else {"error": "damaged"}
    if error := answer.get("error"):
        raise InputError(_SENTENCES[error], source=source)
    pages = [[line.strip() for line in page.splitlines() if line.strip()] for page in answer["pages"]]
    if not any(pages):
        raise InputError(_SCAN, source=source)
    repeated = _repeated(pages)
    width = max(len(line) for lines in pages for line in lines)
    yield from _numbered(
        (number, line)
        for number, lines in enumerate(pages, 1)
        for line in _joined(
            [one for one in lines if one not in repeated and not _PAGE_NUMBER.fullmatch(one)], short=width * 0.6
        )
    )


def _repeated(pages: list[list[str]]) -> set[str]:
    """Lines at the head or foot of half of the pages: they say nothing of what is between them."""
    if len(pages) < 3:
        return set()
    counted = Counter(line for lines in pages for line in {*lines[:2], *lines[-2:]})
    return {line for line, count in counted.items() if count * 2 >= len(pages)}


def _joined(lines: list[str], short: float = 0) -> Iterator[str]:
    """Paragraphs out of lines cut by the width of a page: a line goes on unless it ends a sentence, or the next one
    begins an item, or is empty; or unless it is `short` (a heading, a cell) and the next one begins with a capital."""
    text = last = ""
    for raw in lines:
        line, before, last = raw.strip(), last, raw.strip()
        begins = len(before) < short and line[:1].isupper()
        if text and (not line or _BULLET.match(line) or text.endswith(_ENDS) or begins):
            yield text
            text = ""
        cut = text.endswith("-") and line[:1].islower()
        text = f"{text[:-1]}{line}" if cut else f"{text} {line}".strip()
    if text:
        yield text


def _numbered(lines: Iterable[tuple[int | None, str]]) -> Iterator[Passage]:
    for number, (page, line) in enumerate(lines, 1):
        text = _one_line(line)
        found = _BULLET.match(text)
        yield Passage(text[found.end() :] if found else text, Place(number, page=page), item=found is not None)


def _one_line(text: str) -> str:
    return " ".join(text.replace(PARTED, " ").split())
