"""XLSX and XLS: the values as last computed. No formula is ever run."""

import json
import re
import subprocess
import sys
import zipfile
from collections import defaultdict
from posixpath import normpath
from typing import Any

from ..errors import InputError
from . import isolated
from .containers import Format, damaged, open_archive, read_xml
from .model import MAX_ROWS, Notice, Row, Sheet, Span

_SECONDS = 60
_SENTENCES = {
    "password": "ce fichier est protégé par un mot de passe. Enregistrez-le sans mot de passe.",
    "rows": f"plus de {MAX_ROWS} lignes. Découpez le fichier.",
    "size": "ce classeur contient trop de texte. Découpez-le.",
}
_REFERENCE = re.compile(rb"\br\s*=\s*[\"']([A-Z]{1,3})([0-9]{1,7})[\"']")
_RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"


def read_workbook(data: bytes, format_: Format, *, source: str) -> tuple[Sheet, ...]:
    """The sheets in their order, hidden ones empty with a notice. Raises InputError when it cannot be read."""
    command = [sys.executable, "-P", isolated.__file__, str(MAX_ROWS)]
    try:
        done = subprocess.run(command, input=data, capture_output=True, timeout=_SECONDS, check=False)
    except subprocess.TimeoutExpired:
        raise InputError("ce classeur est trop long à lire. Découpez-le.", source=source) from None
    if done.returncode:
        message = "ce classeur est trop grand ou abîmé. Copiez les cellules utiles dans un nouveau fichier."
        raise InputError(message, source=source)
    answer: dict[str, Any] = json.loads(done.stdout)
    if error := answer.get("error"):
        raise InputError(_SENTENCES[error], source=source) if error in _SENTENCES else damaged(source)
    notices = _formula_notices(data, source) if format_ is Format.XLSX else {}
    sheets = []
    for sheet in answer["sheets"]:
        rows = tuple(Row(line, tuple(cells)) for line, cells in sheet["rows"])
        spans = tuple(Span(a + 1, c + 1, b + 1, d + 1) for (a, b), (c, d) in sheet["merged"])
        found = tuple(notices.get(sheet["name"], ()))
        if sheet["hidden"]:
            found = (Notice(f"La feuille masquée « {sheet['name']} » n'est pas lue.", warning=False),)
        sheets.append(Sheet(sheet["name"], rows, spans, found))
    return tuple(sheets)


def _formula_notices(data: bytes, source: str) -> dict[str, list[Notice]]:
    """Sheet name -> the cells whose formula has no saved result, or an error for result: both are read as empty."""
    notices: dict[str, list[Notice]] = defaultdict(list)
    with open_archive(data, source) as archive:
        for name, part in _parts(archive, source).items():
            xml = archive.read(part) if part in archive.namelist() else b""
            if b"<f" not in xml and b":f" not in xml and b't="e"' not in xml:
                continue
            for cell in xml.split(b"</c>"):
                _read_cell(cell, name, notices)
    return notices


def _read_cell(cell: bytes, sheet: str, notices: dict[str, list[Notice]]) -> None:
    start = cell.rfind(b"<c ")
    found = _REFERENCE.search(cell, max(start, 0))
    if start < 0 or not found:
        return
    column, line = found[1].decode(), int(found[2])
    tag = cell[start : cell.find(b">", start)]
    if b't="e"' in tag:
        what = "contient une erreur de calcul"
    elif b"<f" in cell[start:] and b't="str"' not in tag and not re.search(rb"<v>[^<]", cell[start:]):
        what = "contient une formule sans résultat enregistré"
    else:
        return
    message = f"Feuille « {sheet} », cellule {column}{line} : elle {what}, elle est lue comme vide."
    notices[sheet].append(Notice(message, line, column))


def _parts(archive: zipfile.ZipFile, source: str) -> dict[str, str]:
    """Sheet name -> the part of the archive that holds it."""
    if "xl/_rels/workbook.xml.rels" not in archive.namelist():
        return {}
    targets = {
        relation.get("Id", ""): normpath(f"xl/{target}" if not target.startswith("/") else target[1:])
        for relation in read_xml(archive, "xl/_rels/workbook.xml.rels", source)
        if (target := relation.get("Target", ""))
    }
    book = read_xml(archive, "xl/workbook.xml", source)
    sheets = (element for element in book.iter() if element.tag.endswith("}sheet"))
    return {sheet.get("name", ""): targets.get(sheet.get(_RELATION, ""), "") for sheet in sheets}
