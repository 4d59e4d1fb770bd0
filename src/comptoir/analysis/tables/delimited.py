"""Text files and separated values: encodings, separators, quotes, with the line of every row."""

import codecs
import re
from collections.abc import Callable, Iterator, Sequence
from itertools import islice

from ..errors import InputError
from .model import MAX_COLUMNS, MAX_ROWS, Row

SEPARATORS = ("\t", ";", "|", ",")
_BOMS = (
    (codecs.BOM_UTF32_LE, "utf-32"),  # before UTF-16: its mark begins with the other's
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
    (codecs.BOM_UTF8, "utf-8-sig"),
)
_CONTROLS = re.compile("[\x00-\x08\x0e-\x1f\x7f]")
_NEWLINE = re.compile(r"\r\n|\r|\n")
_SEP_LINE = re.compile(r"sep=(.)[ \t;,]*(?:\r\n|\r|\n)")
_SAMPLE = 200
_NONE = "\x1f"  # never in a decoded text: one column


def decode(data: bytes, *, source: str = "", encoding: str | None = None) -> tuple[str, str]:
    """The text and the encoding used: the one asked for, else by mark, else UTF-8, else Windows-1252.

    No statistics: a short French file in Windows-1252 is taken for Big5 by the usual guessers.
    """
    marked = next((name for mark, name in _BOMS if data.startswith(mark)), None)
    for name in (encoding,) if encoding else (marked,) if marked else ("utf-8", "cp1252"):
        try:
            text = data.decode(name)
        except UnicodeError:
            continue
        except LookupError:
            raise InputError(f"l'encodage « {name} » n'existe pas.", source=source) from None
        _refuse_binary(text, source)
        return text, name
    raise InputError(
        "ce texte n'est pas lisible dans cet encodage. Enregistrez le fichier en UTF-8, puis recommencez.",
        source=source,
    )


def _refuse_binary(text: str, source: str) -> None:
    if found := _CONTROLS.search(text):
        line = text.count("\n", 0, found.start()) + 1
        message = "ce n'est pas un fichier de texte (il contient des caractères de commande)."
        raise InputError(f"{message} Enregistrez-le en CSV, XLSX ou ODS.", source=source, line=line)


def lines_of(text: str) -> list[str]:
    """Lines by \\n, \\r\\n or \\r only: the other separators that `splitlines` knows may stand inside a cell."""
    return _NEWLINE.split(text)


def parse(text: str, separator: str, *, literal_quotes: bool = False) -> Iterator[Row]:
    """Rows of separated values, blank ones left out.

    A quoted cell may hold separators, newlines and doubled quotes. Quotes that do not enclose a whole cell are part
    of its words (« "Garde-fous" de quartier » keeps them), and an opening quote that is never closed is a character.
    With `literal_quotes`, as spreadsheets do when one pastes, quotes enclose a cell only where it needs them.
    """
    quoted = re.compile(rf'"([^"]*+(?:""[^"]*+)*+)"(?={re.escape(separator)}|\r|\n|\Z)')
    bare = re.compile(rf"[^{re.escape(separator)}\r\n]*")
    newline = re.compile(r"\r\n|\r|\n|\Z")
    needs_quotes = re.compile(rf'["\r\n{re.escape(separator)}]')
    position, line, end = 0, 1, len(text)
    while position < end:
        stop = newline.search(text, position)
        assert stop, "the end of the text always matches"
        if '"' not in text[position : stop.start()]:
            cells = text[position : stop.start()].split(separator)
            start, line, position = line, line + 1, stop.end()
        else:
            start, cells = line, []
            while True:
                found = quoted.match(text, position)
                if found and not (literal_quotes and not needs_quotes.search(found[1])):
                    cells.append(found[1].replace('""', '"'))
                    line += len(_NEWLINE.findall(found[1]))
                else:
                    found = bare.match(text, position)
                    assert found, "an empty cell always matches"
                    cells.append(found.group())
                position = found.end()
                if text[position : position + 1] != separator:
                    break
                position += 1
            stop = newline.match(text, position)
            assert stop, "a cell ends at a separator, a newline or the end"
            line, position = line + 1, stop.end()
        if any(cell.strip() for cell in cells):
            yield Row(start, tuple(cell.strip() for cell in cells))


def sniff(text: str, known: Callable[[Sequence[str]], int]) -> str | None:
    """The separator of a text, None when it is one column.

    `known` counts the headers that it recognises in a row. With two of them rows may be shorter, with one or none they
    must agree on their width: sentences with commas are not a table.
    """
    best: tuple[int, float, str] | None = None
    for separator in SEPARATORS:
        if separator not in text:
            continue
        rows = [row.cells for row in islice(parse(text, separator), _SAMPLE)]
        if not rows:
            continue
        found, width = max((known(cells[:MAX_COLUMNS]), len(cells)) for cells in rows[:20] if cells)
        width = width if found else len(rows[0])
        alike = sum(len(cells) == width for cells in rows) / len(rows)
        within = sum(1 < len(cells) <= width for cells in rows) / len(rows)
        told = (found >= 2 and within >= 0.5) or (found == 1 and alike >= 0.5)
        if width < 2 or not (told or (alike >= 0.8 and len(rows) > 1)):
            continue
        if best is None or (found, alike) > best[:2]:
            best = (found, alike, separator)
    return best[2] if best else None


def read_delimited(
    text: str, known: Callable[[Sequence[str]], int], *, source: str = "", most: int = MAX_ROWS
) -> tuple[Row, ...]:
    """All rows of a CSV or TSV text, whatever its separator; one column when there is none.

    Raises InputError above `most` rows.
    """
    if announced := _SEP_LINE.match(text):
        # The line that Excel writes for itself; a newline is left in its place so that line numbers stay true.
        text, separator = "\n" + text[announced.end() :], announced[1]
    else:
        separator = sniff(text, known) or _NONE
    rows = tuple(islice(parse(text, separator), most + 1))
    if len(rows) > most:
        raise InputError(f"plus de {most} lignes. Découpez le fichier.", source=source, line=rows[-1].line)
    return rows
