"""Blocks to a reading: is it a synthesis, an outline or notes? The rule is in docs/concepts/synthesis.md."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from ..errors import InputError
from ..tables.model import MAX_COLUMNS, Row
from ..text import fold
from .blocks import PARTED, Block, Grid, Heading, Loose, Paragraph, Point, paragraphs, parted
from .boards import board_of, joined, untitled
from .dates import read_dates
from .labels import (
    LONGEST_LABEL,
    is_board_header,
    is_column_title,
    is_legend,
    is_records_header,
    is_subject_title,
    kind_of,
    roles_of,
    subject_of,
    table_and_subject,
)
from .lines import notes_of_lines
from .listed import Listed, column_of, with_listed
from .model import Board, ColumnKind, Level, Note, Notes, Outline, Reading, Remark, Section, Subject, Synthesis
from .notation import parse_item
from .notes import notes_of_grid
from .records import read_records


def understand(blocks: Sequence[Block], *, source: str = "", mapping: Mapping[str, str] | None = None) -> Reading:
    """The reading of a document brought to blocks. Raises InputError when there is nothing to read."""
    blocks = [unfolded for block in blocks for unfolded in _unfolded(block)]
    grids = [block for block in blocks if isinstance(block, Grid)]
    for grid in grids:
        widest = max(grid.rows, key=lambda row: len(row.cells))
        if len(widest.cells) > MAX_COLUMNS:
            message = f"plus de {MAX_COLUMNS} colonnes. Gardez celles qui servent, ou vérifiez le séparateur."
            raise InputError(message, source=source, line=widest.line)
    if mapping is not None:
        if not grids:
            raise InputError("ce fichier n'a pas de colonnes à faire correspondre.", source=source)
        return _notes(blocks, mapping, source)
    if grids and any(_is_board(grid) or is_records_header(grid.rows[0].cells) for grid in grids):
        return _synthesis(blocks)
    if grids:
        return _notes(blocks, None, source)
    if _is_outline([block for block in blocks if not isinstance(block, Grid)]):
        return _synthesis(blocks)
    return notes_of_lines(blocks)


def _unfolded(block: Block) -> Sequence[Block]:
    """A table of one row has no header: each cell is a label over its lines, or plain text."""
    if not isinstance(block, Grid) or len(block.rows) > 1 or block.data:
        return [block]
    row = block.rows[0]
    cells = [paragraphs(cell) for cell in row.cells]
    if len(cells) > 1 and sum(len(cell) > 1 for cell in cells) > len(cells) // 2:
        labels = tuple(cell[0] if cell else "" for cell in cells)
        lines = tuple(parted(cell[1:]) for cell in cells)
        return [replace(block, rows=(Row(row.line, labels), Row(row.line, lines)))]
    if not any(PARTED in cell for cell in row.cells) and max(map(len, cells), default=0) <= 1:
        return [Paragraph("\t".join(row.cells), row.line)]  # a pasted line that has a tab in it
    return [Paragraph(line, row.line) for cell in cells for line in cell if not is_legend(line)]


def _is_board(grid: Grid) -> bool:
    """A table of lists: known column names; else, in a document, a table that has no column of notes."""
    header = grid.rows[0].cells
    roles = roles_of(header)
    if is_board_header(header):
        return True
    if "text" in roles or (len(header) < 2 and grid.data):
        return False
    if is_board_header(header, fewest=1) or not grid.data:
        return True
    cells = [cell for row in grid.rows[1:101] for cell in row.cells if cell]
    return any(parse_item(cell)[1] > 1 for cell in cells)


def _is_outline(loose: Sequence[Loose]) -> bool:
    """Two headings or more with points, no name of a column among them, and no counts."""
    headings = [block for block in loose if isinstance(block, Heading)]
    points = [block for block in loose if isinstance(block, Point)]
    if any(is_column_title(block.text) for block in loose if not isinstance(block, Point)):
        return False
    if any(kind_of(heading.text) not in (ColumnKind.OTHER, ColumnKind.WHO) for heading in headings):
        return False
    if any(is_subject_title(heading.text) or table_and_subject(heading.text) for heading in headings):
        return False
    if any(parse_item(point.text)[1] > 1 for point in points):
        return False
    return sum(len(section.points) > 0 for section in _sections(loose)) >= 2


def _notes(blocks: Sequence[Block], mapping: Mapping[str, str] | None, source: str) -> Notes:
    """The notes of the tables and of the points around them; the first line above a table is the title."""
    notes: list[Note] = []
    remarks: list[Remark] = []
    read: Notes | None = None
    beside = [block for block in blocks if not isinstance(block, Grid)]
    listed = any(isinstance(block, Point) for block in beside)
    around = notes_of_lines([b for b in beside if not isinstance(b, Paragraph) or is_column_title(b.text)])
    title = around.title if listed else ""
    for block in blocks:
        if isinstance(block, Grid):
            found = notes_of_grid(block, mapping, source=source)
            subject = block.sheet if subject_of(block.sheet) is not Subject.OTHER else ""
            notes += [replace(n, subject=n.subject or subject) for n in found.notes] if subject else found.notes
            remarks += _placed(found.remarks, block)
            read = read or found
        elif not listed or (isinstance(block, Paragraph) and not is_column_title(block.text)):
            what = "est hors du tableau : cette ligne est laissée."
            if read is None and not title and len(block.text) <= 2 * LONGEST_LABEL:
                title, what = block.text, "est lu comme le titre : cette ligne n'est pas comptée."
            remarks.append(Remark(f"« {block.text[:80]} » {what}", Level.INFO, block.line))
    dates, contradictions = read_dates((block.text, block.line) for block in beside if not isinstance(block, Point))
    if listed:
        notes = [*around.notes, *notes]
        remarks = [*(remark for remark in around.remarks if remark not in contradictions), *remarks]
    mapped, headers = (read.mapping, read.headers) if read else ({}, ())
    return Notes(tuple(notes), mapped, headers, tuple(contradictions + remarks), title, dates)


def _placed(remarks: Iterable[Remark], grid: Grid) -> list[Remark]:
    """Remarks that also say the sheet, where a workbook has several."""
    if not grid.sheet:
        return list(remarks)
    return [replace(remark, message=f"Feuille « {grid.sheet} » : {remark.message}") for remark in remarks]


@dataclass(slots=True)
class _Parts:
    title: str = ""
    introduction: list[str] = field(default_factory=list)
    boards: list[Board] = field(default_factory=list)
    outlines: list[Outline] = field(default_factory=list)
    remarks: list[Remark] = field(default_factory=list)
    owner: Heading | Paragraph | None = None  # the title of the last board
    listing: bool = False  # the last board was made of points, up to now

    @property
    def started(self) -> bool:
        return bool(self.boards or self.outlines)


def _synthesis(blocks: Sequence[Block]) -> Synthesis:
    parts = _Parts()
    loose: list[Loose] = []
    for block in with_listed(blocks):
        if isinstance(block, Listed):
            _add_listed(block, loose, parts)
            loose = []
        elif not isinstance(block, Grid):
            loose.append(block)
        elif is_records_header(block.rows[0].cells):
            _digest(loose, parts)
            records = read_records(block)
            parts.boards += records.boards
            parts.outlines += records.outlines
            parts.remarks += records.remarks
            parts.owner, parts.listing = None, False
            loose = []
        else:
            _add_grid(block, loose, parts)
            loose = []
    _digest(loose, parts, strict=any(isinstance(block, Grid) for block in blocks) and not parts.started)
    titles = [(b.text, b.line) for b in blocks if isinstance(b, Heading | Paragraph)]
    dates, contradictions = read_dates(titles)
    return Synthesis(
        title=parts.title,
        boards=tuple(parts.boards),
        outlines=tuple(parts.outlines),
        dates=dates,
        introduction=tuple(parts.introduction),
        remarks=tuple(contradictions + parts.remarks),
    )


def _add_grid(grid: Grid, loose: list[Loose], parts: _Parts) -> None:
    """A board, or the rest of the one that points have just begun under the same heading."""
    owner = _take_title(loose, parts)
    title = owner.text if owner else grid.sheet
    _digest(loose, parts)
    board, remarks = board_of(grid, title.removesuffix(":").strip() if isinstance(owner, Paragraph) else title)
    if parts.listing and not title:
        parts.boards[-1] = joined(parts.boards[-1], board.columns, remarks)
    else:
        parts.boards.append(board)
        parts.owner = owner
        remarks += [] if title else [untitled(grid.rows[0].line)]
    parts.listing = False
    parts.remarks += _placed(remarks, grid)


def _add_listed(listed: Listed, loose: list[Loose], parts: _Parts) -> None:
    """A column of the board that its higher heading titles, which may have begun before."""
    owner = listed.owner
    begun = bool(parts.boards) and (parts.listing if owner is None else owner is parts.owner)
    if owner and not begun and owner.level > 0:
        loose[:] = [block for block in loose if block is not owner]
        if not parts.started:
            parts.title = parts.title or owner.text
    _digest(loose, parts)
    column, remarks = column_of(listed)
    if begun:
        parts.boards[-1] = joined(parts.boards[-1], [column], remarks)
    else:
        title = owner.text if owner else ""
        parts.boards.append(Board(title, subject_of(title), (column,)))
        parts.owner = owner
        parts.listing = True
        remarks += [] if title else [untitled(listed.heading.line)]
    parts.remarks += remarks


def _take_title(loose: list[Loose], parts: _Parts) -> Heading | Paragraph | None:
    """Takes out of `loose` the title of the table that follows: the nearest line that looks like one.

    A heading that has points under it is theirs; the title is then a higher one, which titles the document as well.
    """
    has_points = False
    theirs = 10
    for at in range(len(loose) - 1, -1, -1):
        block = loose[at]
        if isinstance(block, Point):
            has_points = True
        elif isinstance(block, Paragraph):
            if _looks_like_title(block.text, at == len(loose) - 1):
                del loose[at]
                return block
        elif block.level == 0:
            return None
        elif has_points and not (_is_named(block.text) or subject_of(block.text) is not Subject.OTHER):
            has_points, theirs = False, min(theirs, block.level)
        elif block.level < theirs:
            del loose[at]
            if theirs < 10 and not parts.started:
                parts.title = parts.title or block.text
            return block
    return None


def _is_named(text: str) -> bool:
    return fold(text).startswith(("atelier", "comptoir", "table ", "groupe"))


def _looks_like_title(text: str, nearest: bool) -> bool:
    if len(text) > LONGEST_LABEL:
        return False
    return _is_named(text) or (nearest and not text.endswith((".", "!", "?", ";", ",")))


@dataclass(slots=True)
class _Group:
    """A heading and what stands under it, up to the next heading."""

    heading: Heading | None
    body: list[Point | Paragraph] = field(default_factory=list)

    @property
    def points(self) -> tuple[str, ...]:
        return tuple(block.text for block in self.body if isinstance(block, Point))


def _sections(loose: Sequence[Loose]) -> list[_Group]:
    groups = [_Group(None)]
    for block in loose:
        if isinstance(block, Heading):
            groups.append(_Group(block))
        else:
            groups[-1].body.append(block)
    return groups[1:] if not groups[0].body else groups


def _digest(loose: Sequence[Loose], parts: _Parts, *, strict: bool | None = None) -> None:
    """Puts what stands around the tables into outlines, title and introduction.

    Before the first table (`strict`), headings with points are an outline only when there are two in a row whose
    points come at once: an introduction has its list of questions too.
    """
    strict = not parts.started if strict is None else strict
    groups = _sections(loose)
    at = 0
    while at < len(groups):
        run = _run_of_sections(groups, at, strict)
        if run:
            parts.outlines.append(_outline("", run, parts))
            at += len(run)
            continue
        group = groups[at]
        run = _run_of_sections(groups, at + 1, strict)
        heading = group.heading
        if run and heading and not group.points and run[0].heading and heading.level < run[0].heading.level:
            _introduce(group.body, parts)
            parts.outlines.append(_outline(heading.text, run, parts))
            at += 1 + len(run)
            continue
        if heading and not parts.title and not parts.started:
            parts.title = heading.text
        elif heading:
            _introduce([Paragraph(heading.text, heading.line)], parts)
        _introduce(group.body, parts)
        at += 1


def _run_of_sections(groups: Sequence[_Group], at: int, strict: bool) -> list[_Group]:
    run: list[_Group] = []
    for group in groups[at:]:
        empty_section = bool(run) and not strict and not group.body
        if not group.heading or not (group.points or empty_section):
            break
        if strict and not isinstance(group.body[0], Point):
            break
        if run and run[0].heading and group.heading.level != run[0].heading.level:
            break
        run.append(group)
    return [] if strict and len(run) < 2 else run


def _outline(title: str, run: Sequence[_Group], parts: _Parts) -> Outline:
    for group in run:
        _introduce([block for block in group.body if isinstance(block, Paragraph)], parts)
        for point in group.body:
            if isinstance(point, Point) and parse_item(point.text)[1] > 1:
                message = f"« {point.text[:80]} » est un point d'un plan : son compte n'est pas lu."
                parts.remarks.append(Remark(message, line=point.line))
    return Outline(title, tuple(Section(g.heading.text, g.points) for g in run if g.heading))


def _introduce(body: Sequence[Point | Paragraph], parts: _Parts) -> None:
    for block in body:
        parts.introduction.append(block.text)
        if parts.started:
            where = "est hors des tableaux"
        elif isinstance(block, Point) or parse_item(block.text)[1] > 1:
            where = "est avant les tableaux"
        else:
            continue
        message = f"« {block.text[:80]} » {where} : cette ligne est gardée dans l'introduction, sans être comptée."
        parts.remarks.append(Remark(message, Level.INFO, block.line))
