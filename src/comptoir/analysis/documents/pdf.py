"""PDF by Typst: tagged, PDF/UA-1, from the template document.typ beside this module."""

import json
import re
from collections.abc import Callable, Mapping
from dataclasses import replace
from importlib.resources import files

import typst

from comptoir.analysis.documents.layout import (
    accent,
    caption_repeats,
    ink_on,
    logo_size,
    longest_word,
    right_to_left,
    sections,
    split_last,
    widths,
)
from comptoir.analysis.documents.model import Block, BulletList, Cell, Document, Heading, Look, Paragraph, Table

_TEMPLATES = files("comptoir.analysis.documents")
_UNDRAWN = re.compile(r'the text `"((?:[^"\\]|\\.)+)"` could not be displayed')
_ESCAPE = re.compile(r"\\u\{([0-9a-f]+)\}|\\(.)")
_FEW = 60  # paragraphs one under the other; more never hold on one page, and measuring them takes longer than all else
STAND_IN = "▯"
NOTE = f"Le signe {STAND_IN} remplace un signe que ce PDF ne peut pas dessiner ; il est intact dans les autres formats."


def pdf(document: Document) -> bytes:
    """The document on A4 pages, with a note at the end where a sign could not be drawn."""
    note = Paragraph(NOTE, small=True)
    noted = replace(document, blocks=(*document.blocks, note))
    return typeset("document.typ", lambda missing: _data(noted if missing else document))


def typeset(template: str, data: Callable[[bool], Mapping[str, object]]) -> bytes:
    """A PDF/UA-1 from a template beside this module. `data(True)` is asked where a sign is missing: it says `NOTE`.

    The fonts are those of Typst; those of the machine help only where Typst's lack a sign. A sign that no font has is
    shown by a stand-in.
    """
    try:
        return _compiled(template, data(False), own_fonts=True)
    except typst.TypstError as error:
        if not _UNDRAWN.search(error.diagnostic):
            raise
    try:
        return _compiled(template, data(False), own_fonts=False)
    except typst.TypstError as error:
        missing = {sign for text in _UNDRAWN.findall(error.diagnostic) for sign in _ESCAPE.sub(_unescaped, text)}
        if not missing:
            raise
    return _compiled(template, data(True), own_fonts=False, stand_ins=dict.fromkeys(missing, STAND_IN))


def _unescaped(match: re.Match[str]) -> str:
    code, sign = match.groups()
    return chr(int(code, 16)) if code else str(sign)


def _compiled(
    template: str, data: Mapping[str, object], *, own_fonts: bool, stand_ins: dict[str, str] | None = None
) -> bytes:
    words = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
    for sign, stand_in in (stand_ins or {}).items():
        words = words.replace(sign, stand_in)
    result = typst.compile(
        _TEMPLATES.joinpath(template).read_bytes(),
        format="pdf",
        sys_inputs={"data": words},
        pdf_standards=["ua-1"],
        ignore_system_fonts=own_fonts,
        timestamp=0,
    )
    if not isinstance(result, bytes):
        raise TypeError("typst gave no PDF")
    return result


def _data(document: Document) -> dict[str, object]:
    before: Block | None = None
    parts = []
    for section in sections(document.blocks):
        blocks = []
        for block in section.blocks:
            blocks.append(_block(block, before))
            before = block
        parts.append({"wide": section.wide, "blocks": blocks})
    return {
        "title": document.title,
        "subtitle": document.subtitle,
        "language": document.language,
        **dressed(document.look),
        "sections": parts,
    }


def dressed(look: Look) -> dict[str, object]:
    """What templates know of a look."""
    return {
        "name": look.name,
        "footer": look.footer,
        "logos": [
            {"png": list(logo.png), "alt": logo.alt or look.name or "Logo", "width": logo_size(logo)[0]}
            for logo in look.logos
        ],
        "colour": look.colour,
        "ink": ink_on(look.colour),
        "accent": accent(look.colour),
    }


def _block(block: Block, before: Block | None) -> dict[str, object]:
    match block:
        case Heading():
            return {"kind": "heading", "level": block.level, "text": _said(block.text)}
        case Paragraph():
            return {"kind": "paragraph", "text": _said(block.text), "small": block.small}
        case BulletList():
            return {"kind": "list", "items": [_said(item) for item in block.items]}
        case Table():
            return {
                "kind": "table",
                "caption": "" if caption_repeats(before, block) else block.caption,
                "header": [_said(label) for label in block.header],
                "short": sum(max(len(cell.paragraphs) for cell in row) for row in block.rows) <= _FEW,
                "longest": longest_word(block) + 1,
                "widths": widths(block),
                "rows": [[_cell(cell) for cell in row] for row in block.rows],
            }


def _said(text: str) -> tuple[str, bool]:
    return text, right_to_left(text)


def _cell(cell: Cell) -> list[tuple[str, str, str, bool]]:
    return [(*split_last(paragraph), right_to_left(paragraph)) for paragraph in cell.paragraphs]
