"""The two doors: a pasted text, a file."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import PurePath

from ..errors import InputError
from ..tables import MAX_BYTES, Format, Notice, Row, Sheet, announced, encoding_notice, format_of, read_sheets
from ..tables.delimited import decode, parse, read_delimited
from .assembly import understand
from .blocks import Block
from .docx import blocks_of_docx
from .labels import (
    LONGEST_LABEL,
    is_header_of_one_column,
    is_records_header,
    is_typed_header,
    kind_of,
    names_a_role,
    roles_of,
    subject_of,
)
from .model import ColumnKind, Level, Notes, Reading, Remark, Subject
from .odt import blocks_of_odt
from .records import unprotected
from .sheets import blocks_of_rows
from .text_reading import blocks_of

MAX_ITEM = 20_000
MAX_REMARKS = 200
_CONTROLS = re.compile("[\x00-\x08\x0e-\x1f\x7f\ufeff]")
_GIVEN_NAME = re.compile(r"(?:feuil(?:le)?|sheet|tabelle|table|hoja)\s?[0-9]*", re.IGNORECASE)


def known_headers(cells: Sequence[str]) -> int:
    """How many cells of a row are headers that we know."""
    return len(roles_of(cells)) + sum(kind_of(c) is not ColumnKind.OTHER for c in cells if len(c) <= LONGEST_LABEL)


def read_text(text: str, *, source: str = "") -> Reading:
    """What was pasted: a synthesis, an outline, or notes, one a line. The rule: docs/concepts/synthesis.md.

    Raises InputError when there is nothing to read or when a line is too long to be something that was said.
    """
    if len(text) > MAX_BYTES:
        raise InputError("ce texte est trop long. Découpez-le.", source=source)
    remarks = []
    if _CONTROLS.search(text):
        text = _CONTROLS.sub("", text)
        remarks.append(Remark("Des caractères invisibles ont été enlevés du texte.", Level.INFO))
    return _checked(understand(_blocks_of_text(text, source), source=source), remarks, source)


def read_file(
    data: bytes, name: str, *, mapping: Mapping[str, str] | None = None, encoding: str | None = None
) -> Reading:
    """What a file holds: CSV, TSV, TXT, MD, XLSX, XLS, ODS, DOCX, ODT, told by its content, not by its name.

    `mapping` (role -> header) says which column of notes is what, roles being text, column, subject, table, tally;
    "" says that no column plays a role. With a mapping the file is read as notes. `encoding` is for text files, where
    the one found by itself is wrong. Formulas are never executed: their last saved result is read.

    Raises InputError, one French sentence, when the file as a whole cannot be read.
    """
    found = format_of(data, name)
    remarks = _remarks_on_name(name, found)
    blocks: list[Block]
    if found is Format.DOCX:
        blocks, told = blocks_of_docx(data, source=name)
        remarks += told
    elif found is Format.ODT:
        blocks, told = blocks_of_odt(data, source=name)
        remarks += told
    elif found is Format.TEXT:
        text, used = decode(data, source=name, encoding=encoding)
        remarks += [_remark(encoding_notice())] if used == "cp1252" and not encoding else []
        blocks = _blocks_of_text_file(text, name)
    else:
        blocks = _blocks_of_sheets(read_sheets(data, name), remarks)
    return _checked(understand(blocks, source=name, mapping=mapping), remarks, name)


def _remarks_on_name(name: str, found: Format) -> list[Remark]:
    told = announced(name)
    if told in (None, found):
        return []
    suffix = PurePath(name).suffix
    return [Remark(f"Ce fichier s'appelle « {suffix} » mais son contenu est du {found} : il est lu ainsi.", Level.INFO)]


def _remark(notice: Notice) -> Remark:
    return Remark(notice.message, Level.WARNING if notice.warning else Level.INFO, notice.line, notice.column)


def _blocks_of_text(text: str, source: str) -> list[Block]:
    """A pasted table of separated values is told from sentences by its first line."""
    start = text.lstrip()[:2000].split("\n", 1)
    typed = len(start) > 1 and any(is_typed_header(start[0].strip().split(sign)) for sign in ";,")
    if typed or _is_typed_table(text, start[0].strip().split(";")):
        return _blocks_of_rows(read_delimited(text, known_headers, source=source))
    return blocks_of(text)


def _is_typed_table(text: str, first: list[str]) -> bool:
    """Lines cut by semicolons: one known name among short ones on the first, as many cells on all the others."""
    if len(first) < 2 or not any(map(names_a_role, first)) or any(len(cell.split()) > 5 for cell in first):
        return False
    widths = [len(row.cells) for row in parse(text, ";")]
    return len(widths) > 1 and set(widths) == {len(first)}


def _blocks_of_text_file(text: str, name: str) -> list[Block]:
    if PurePath(name).suffix.lower() in ("", ".txt", ".md", ".markdown"):
        return _blocks_of_text(text, name)
    rows = read_delimited(text, known_headers, source=name)
    if rows and (max(len(row.cells) for row in rows) > 1 or is_header_of_one_column(rows[0].cells[0])):
        return _blocks_of_rows(rows)
    return _blocks_of_text(text, name)


def _blocks_of_rows(rows: Sequence[Row]) -> list[Block]:
    return blocks_of_rows(unprotected(rows) if rows and is_records_header(rows[0].cells) else rows)


def _blocks_of_sheets(sheets: Sequence[Sheet], remarks: list[Remark]) -> list[Block]:
    """The blocks of every sheet, or of the sheet of records alone: the others say the same in another form."""
    records = [sheet for sheet in sheets if sheet.rows and is_records_header(sheet.rows[0].cells)]
    if records and len(sheets) > 1:
        message = f"Seule la feuille « {records[0].name} » est lue : elle contient toutes les lignes."
        remarks.append(Remark(message, Level.INFO))
        sheets = records[:1]
    blocks: list[Block] = []
    for sheet in sheets:
        remarks += map(_remark, sheet.notices)
        named = len(sheets) > 1 or subject_of(sheet.name) is not Subject.OTHER
        title = "" if _GIVEN_NAME.fullmatch(sheet.name) or not named else sheet.name
        blocks += blocks_of_rows(sheet.rows, sheet=title, spans=sheet.spans)
    return blocks


def _checked(reading: Reading, remarks: list[Remark], source: str) -> Reading:
    if isinstance(reading, Notes):
        texts: list[tuple[str, int | None]] = [(note.text, note.line) for note in reading.notes]
        empty = not reading.notes
    else:
        texts = [(item.text, item.line) for _, _, item in reading.lines()]
        empty = not texts and not reading.outlines
        texts += [(text, None) for text in reading.introduction]
    if empty:
        raise InputError("rien à lire : ni note, ni ligne de synthèse.", source=source)
    for text, line in texts:
        if len(text) > MAX_ITEM:
            message = f"ce texte fait {len(text)} caractères ({MAX_ITEM} au plus). Mettez une parole par ligne."
            raise InputError(message, source=source, line=line)
    every = [*remarks, *reading.remarks]
    if len(every) > MAX_REMARKS:
        every = [*every[:MAX_REMARKS], Remark(f"Et {len(every) - MAX_REMARKS} autres remarques de ce genre.")]
    return replace(reading, remarks=tuple(every))
