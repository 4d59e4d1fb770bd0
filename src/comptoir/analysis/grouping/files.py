"""The body of `comptoir group`: a table of notes read, grouped, and given back with the group of every row."""

import csv
import io
import json
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import islice

from comptoir.analysis.errors import InputError
from comptoir.analysis.grouping.domain import DomainGrouping
from comptoir.analysis.grouping.lexicon import neighbourhood
from comptoir.analysis.grouping.model import Group, Grouping, Text
from comptoir.analysis.grouping.taught import read_lexicon
from comptoir.analysis.tables.delimited import decode
from comptoir.analysis.tables.headed import HeadedTable, read_headed
from comptoir.analysis.tables.model import Row
from comptoir.analysis.text import fold

GROUP_ID = "group_id"
MAX_BYTES = 256 * 1024 * 1024
MAX_NOTES = 2_000_000
"""What is read of a table of notes, in a text file: far more than of a synthesis, since it is read word by word."""
_LONGEST = 20_000
_REASONS = 10
_REMARKS = 20


@dataclass(frozen=True, slots=True)
class Columns:
    """The headers, as the person writes them, of what is read: the note, its place, how many times it was said."""

    text: str
    within: tuple[str, ...] = ()
    tally: str = ""

    @property
    def asked(self) -> tuple[str, ...]:
        return (self.text, *self.within, *((self.tally,) if self.tally else ()))


@dataclass(frozen=True, slots=True)
class Grouped:
    """`ids[i]` is the group of row i, empty for a row without text; `groups` in order of first appearance.

    Members of a group are numbers of rows, the first under the header being 1.
    """

    table: HeadedTable
    ids: tuple[str, ...]
    groups: tuple[tuple[str, Group], ...]
    remarks: tuple[str, ...]

    def csv(self) -> bytes:
        """Every row and column of the table, and `group_id`, with the separator of the file that was read."""
        out = io.StringIO(newline="")
        writer = csv.writer(out, delimiter=self.table.separator)
        writer.writerow([*self.table.header, GROUP_ID])
        for row, group in zip(self.table.rows, self.ids, strict=True):
            writer.writerow([*row.cells, group])
        return out.getvalue().encode("utf-8-sig" if self.table.marked else "utf-8")

    def json(self) -> bytes:
        """{"groups": [{"id", "label", "occurrences", "members", "reasons"}]}"""
        groups = [
            {
                "id": name,
                "label": group.label,
                "occurrences": group.occurrences,
                "members": [int(member) for member in group.members],
                "reasons": _reasons(group),
            }
            for name, group in self.groups
        ]
        return (json.dumps({"groups": groups}, ensure_ascii=False, indent=1) + "\n").encode()


def _reasons(group: Group) -> list[str]:
    """The distinct reasons of the first links: what one reads. Hundreds more would say no more."""
    return list(dict.fromkeys(link.reason.sentence for link in islice(group.links, _REASONS)))


def method_with(data: bytes, source: str) -> DomainGrouping:
    """The method of the house with the words of a lexicon file. Raises InputError with the line that is wrong."""
    text, _ = decode(data, source=source)
    lexicon, learned = read_lexicon(text, source)
    return DomainGrouping(lexicon=neighbourhood().extended(lexicon), learned=learned)


def read_notes_table(data: bytes, source: str, asked: Sequence[str] = ()) -> HeadedTable:
    """The table of notes of a CSV, TSV, XLSX, XLS or ODS file. Raises InputError as `read_headed` does."""
    return read_headed(data, source, asked, holding="note", most_bytes=MAX_BYTES, most_rows=MAX_NOTES)


def group_table(table: HeadedTable, columns: Columns, method: Grouping | None = None) -> Grouped:
    """The groups of a table's notes. Raises InputError for a column that is not there or a tally that is no number."""
    text_at = table.position(columns.text)
    within_at = [table.position(column) for column in columns.within]
    tally_at = table.position(columns.tally) if columns.tally else None
    texts = []
    remarks = []
    silent = 0
    for number, row in enumerate(table.rows, 1):
        text = row.cells[text_at]
        tally = 1 if tally_at is None else _tally(table, row, tally_at)
        if not text.strip():
            silent += 1
            if silent <= _REMARKS:
                remarks.append(f"{table.source}, ligne {row.line} : pas de texte, cette ligne n'a pas de groupe.")
            continue
        if len(text) > _LONGEST:
            message = f"cette note fait {len(text)} caractères ({_LONGEST} au plus) : une ligne, une parole."
            raise InputError(message, source=table.source, line=row.line, column=columns.text)
        texts.append(Text(str(number), text, tuple(fold(row.cells[at]) for at in within_at), tally))
    if silent > _REMARKS:
        remarks.append(f"{table.source} : {silent - _REMARKS} autres lignes sans texte n'ont pas de groupe.")
    if not texts:
        raise InputError("aucune note dans cette colonne.", source=table.source, column=columns.text)
    found = (method or DomainGrouping()).group(texts)
    found.sort(key=lambda group: int(group.members[0]))
    groups = tuple((f"g{number:04d}", group) for number, group in enumerate(found, 1))
    ids = {int(member): name for name, group in groups for member in group.members}
    every = tuple(ids.get(number, "") for number in range(1, len(table.rows) + 1))
    return Grouped(table, every, groups, tuple(remarks))


def _tally(table: HeadedTable, row: Row, at: int) -> int:
    said = row.cells[at].strip()
    if not said:
        return 1
    if not (said.isascii() and said.isdigit() and len(said) < 10):
        message = f"« {said[:40]} » n'est pas un nombre entier. Écrivez combien de fois c'est dit : 1, 2, 3…"
        raise InputError(message, source=table.source, line=row.line, column=table.header[at])
    return int(said)
