"""Raw notes in a table: one row, one note."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from ..errors import InputError
from ..tables.model import Row
from ..text import fold
from .blocks import PARTED, Grid
from .boards import read_count, too_many
from .labels import ROLES, roles_of
from .model import Level, Note, Notes, Remark
from .notation import parse_item

MOST_SAID = 100_000  # times that one note may have been said
_SHOWN_HEADERS = 20
_FILLED_WHEN_MERGED = ("column", "subject", "table")


def notes_of_grid(grid: Grid, mapping: Mapping[str, str] | None, *, source: str = "") -> Notes:
    """The notes of a table whose first row holds the headers.

    `mapping` (role -> header) wins over what is detected; a role mapped to "" is not read.
    Raises InputError when `mapping` names a header that is not there.
    """
    if not grid.data:
        grid = replace(grid, rows=tuple(Row(row.line, tuple(map(_plain, row.cells))) for row in grid.rows))
    headers = _unique(_headers(grid))
    remarks: list[Remark] = []
    roles = roles_of(grid.rows[0].cells)
    if mapping is not None:
        roles = _apply(mapping, roles, headers, source)
    if "text" not in roles:
        roles["text"] = _text_position(grid, roles)
        text_header = headers[roles["text"]]
        message = f"Aucune colonne ne s'appelle « texte » ou « note » : « {text_header} » est lue comme le texte."
        if mapping is not None:
            message = f"La colonne de la parole est nécessaire : « {text_header} » est gardée."
        remarks.append(Remark(message, line=grid.rows[0].line, column=text_header))
    elif all(len(headers[at].split()) > 1 for at in roles.values()) and mapping is None:
        remarks.append(Remark("Cette ligne est lue comme les titres des colonnes.", Level.INFO, grid.rows[0].line))
    remarks += _unused(grid, headers, roles)
    filled = _merged_values(grid, roles)
    notes = []
    for row in grid.rows[1:]:
        width = len(row.cells)
        cells = {role: row.cells[at] if at < width else "" for role, at in roles.items()}
        for role, value in filled.get(row.line, {}).items():
            cells[role] = cells[role] or value
        text, tally = cells["text"], 1
        if "tally" in roles:
            tally, remark = read_count(cells["tally"], row.line, headers[roles["tally"]], most=MOST_SAID)
        else:
            text, tally, remark = said(text, row.line)
        remarks += [remark] if remark else []
        if text.strip():
            column, subject, table = cells.get("column", ""), cells.get("subject", ""), cells.get("table", "")
            notes.append(Note(text.strip(), column, subject, table, tally, row.line))
        elif any(row.cells):
            message = "Cette ligne n'a pas de texte : elle est laissée."
            remarks.append(Remark(message, line=row.line, column=headers[roles["text"]]))
    shown = {role: headers[roles[role]] for role in ROLES if role in roles}
    return Notes(tuple(notes), shown, headers, tuple(remarks))


def said(text: str, line: int | None) -> tuple[str, int, Remark | None]:
    """The words, their count, and what to tell: a count above the most stays in the words, which count for one."""
    words, tally = parse_item(text)
    if tally <= MOST_SAID:
        return words, tally, None
    return text, 1, Remark(too_many(text[len(words) :].strip(), MOST_SAID), line=line)


def _headers(grid: Grid) -> tuple[str, ...]:
    """The cells of the first row, and an empty one for each further column that holds something."""
    first = grid.rows[0].cells
    width = max((at for row in grid.rows for at, cell in enumerate(row.cells, 1) if cell), default=0)
    return first + ("",) * (width - len(first))


def _unused(grid: Grid, headers: Sequence[str], roles: Mapping[str, int]) -> list[Remark]:
    """One remark that names the columns of which nothing is read; those that are empty need no word."""
    free = sorted(set(range(len(headers))) - set(roles.values()))
    named = [headers[at] for at in free if any(at < len(row.cells) and row.cells[at] for row in grid.rows[1:])]
    if not named:
        return []
    listed = ", ".join(f"« {name[:40]} »" for name in named[:_SHOWN_HEADERS])
    if len(named) > _SHOWN_HEADERS:
        listed += f" et {len(named) - _SHOWN_HEADERS} autres"
    title = "Colonne non utilisée" if len(named) == 1 else "Colonnes non utilisées"
    return [Remark(f"{title} : {listed}.", Level.INFO, grid.rows[0].line)]


def _plain(cell: str) -> str:
    return cell.replace(PARTED, "\n").strip() if PARTED in cell else cell


def _unique(cells: Sequence[str]) -> tuple[str, ...]:
    """Every header with a name of its own, so that a mapping can point at it."""
    headers: list[str] = []
    for position, cell in enumerate(cells, 1):
        name = " ".join(cell.split()) or f"Colonne {position}"
        count = sum(header == name or header.startswith(f"{name} (") for header in headers)
        headers.append(f"{name} ({count + 1})" if count else name)
    return tuple(headers)


def _apply(mapping: Mapping[str, str], roles: dict[str, int], headers: tuple[str, ...], source: str) -> dict[str, int]:
    chosen: dict[str, int] = {}
    for role, header in mapping.items():
        if role not in ROLES:
            raise ValueError(f"unknown role: {role}")
        if not header:
            continue
        same = [at for at, name in enumerate(headers) if name == header] or [
            at for at, name in enumerate(headers) if fold(name) == fold(header)
        ]
        if not same:
            known = ", ".join(f"« {name} »" for name in headers[:20])
            raise InputError(f"la colonne « {header} » n'existe pas. Colonnes trouvées : {known}.", source=source)
        chosen[role] = same[0]
    detected = {r: at for r, at in roles.items() if r not in mapping and at not in chosen.values()}
    return detected | chosen


def _text_position(grid: Grid, roles: Mapping[str, int]) -> int:
    """The column to read the text from when nobody says which: the one whose header says text, else the longest."""
    taken = set(roles.values())
    detected = roles_of(grid.rows[0].cells).get("text")
    return detected if detected is not None and detected not in taken else _longest(grid, taken=taken)


def _longest(grid: Grid, *, taken: set[int]) -> int:
    """The column with the most words, for want of a header that says where the text is."""
    width = len(grid.rows[0].cells)
    lengths = [0] * width
    for row in grid.rows[1:201]:
        for at, cell in enumerate(row.cells[:width]):
            lengths[at] += len(cell)
    free = [at for at in range(width) if at not in taken] or list(range(width))
    return max(free, key=lambda at: lengths[at])


def _merged_values(grid: Grid, roles: Mapping[str, int]) -> dict[int, dict[str, str]]:
    """Line -> role -> value, for the column, subject and table cells that are merged over several rows."""
    values: dict[int, dict[str, str]] = {}
    cells = {row.line: row.cells for row in grid.rows}
    for span in grid.spans:
        for role in _FILLED_WHEN_MERGED:
            at = roles.get(role, -2)
            first = cells.get(span.first_line, ())
            if span.first_column <= at + 1 <= span.last_column and span.first_column <= len(first):
                for line in range(span.first_line + 1, span.last_line + 1):
                    values.setdefault(line, {})[role] = first[span.first_column - 1]
    return values
