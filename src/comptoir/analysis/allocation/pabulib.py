"""Reads a participatory budget written in the Pabulib format: META, PROJECTS, VOTES, cells separated by « ; »."""

import csv
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from fractions import Fraction
from itertools import chain
from math import lcm

import numpy as np

from comptoir.analysis.allocation.model import Ballots, Election, Ints, Project, VoteType
from comptoir.analysis.errors import InputError
from comptoir.analysis.tables.delimited import decode

_SECTIONS = ("META", "PROJECTS", "VOTES")
_LONGEST = 100_000
_NUMBER = re.compile(r"(\d{1,15})(?:[.,](\d{1,6}))?(?:[.,]?0*)")
_MOST = 10**15
_Row = tuple[int, list[str]]


class _Reader:
    """The rows of each section, with their line in the file."""

    def __init__(self, data: bytes, source: str):
        self.source = source
        text = decode(data, source=source)[0].removeprefix("\ufeff")
        if not text.strip():
            raise InputError("ce fichier est vide. Donnez un fichier Pabulib (.pb).", source=source)
        self.sections: dict[str, list[_Row]] = {}
        section: list[_Row] | None = None
        for line, row in self._rows(text):
            name = row[0].strip().upper()
            if name in _SECTIONS and not any(cell.strip() for cell in row[1:]):
                if name in self.sections:
                    raise self.error(f"la section {name} est écrite deux fois. Gardez-en une.", line)
                section = self.sections[name] = []
            elif section is None:
                message = "ce n'est pas un fichier Pabulib : la première ligne doit être META."
                raise self.error(message, line)
            else:
                section.append((line, row))
        for name in _SECTIONS:
            if len(self.sections.get(name, ())) < 1:
                raise self.error(f"la section {name} manque, ou n'a pas de ligne d'en-têtes.")

    def _rows(self, text: str) -> Iterator[_Row]:
        lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
        widest = max(range(len(lines)), key=lambda at: len(lines[at]))
        if len(lines[widest]) > _LONGEST:
            message = f"cette ligne fait {len(lines[widest])} caractères ({_LONGEST} au plus)."
            raise self.error(message, widest + 1)
        if '"' not in text:
            yield from ((at, line.split(";")) for at, line in enumerate(lines, 1) if line and not line.isspace())
            return
        rows = csv.reader(lines, delimiter=";")
        before = 0
        for row in rows:
            if rows.line_num != before + 1:
                raise self.error("un guillemet ouvert n'est pas fermé.", before + 1)
            before = rows.line_num
            if len(row) > 1 or (row and row[0].strip()):
                yield before, row

    def error(self, message: str, line: int | None = None, column: str | None = None) -> InputError:
        return InputError(message, source=self.source, line=line, column=column)

    def header(self, section: str, *needed: str) -> tuple[str, ...]:
        line, row = self.sections[section][0]
        names = tuple(cell.strip() for cell in row)
        for name in needed:
            if name not in names:
                raise self.error(f"la section {section} n'a pas de colonne « {name} ».", line)
        twice = [name for name, count in Counter(names).items() if count > 1 and name]
        if twice:
            raise self.error(f"la colonne « {twice[0]} » de {section} est écrite deux fois.", line)
        return names

    def number(self, said: str, line: int, column: str) -> Fraction:
        """A number that is not negative; « , » or « . » before the decimals."""
        found = _NUMBER.fullmatch(said.strip())
        value = Fraction(f"{found[1]}.{found[2] or 0}") if found else Fraction(-1)
        if not 0 <= value <= _MOST:
            wrong = "est négatif" if re.match(r"\s*-\s*\d", said) else "n'est pas un nombre"
            raise self.error(f"« {said[:40]} » {wrong}. Écrivez un nombre positif, sans espace.", line, column)
        return value


def read_pabulib(data: bytes, source: str = "") -> tuple[Election, tuple[str, ...]]:
    """The election and remarks on what was put right. Raises InputError with line and column on what cannot be."""
    reader = _Reader(data, source)
    remarks: list[str] = []
    meta, meta_lines = _meta(reader)
    budget = reader.number(meta["budget"], meta_lines["budget"], "budget")
    known = {kind.value: kind for kind in VoteType}
    vote_type = known.get(meta["vote_type"].lower())
    if vote_type is None:
        message = f"« {meta['vote_type'][:40]} » n'est pas un type de vote. Types connus : {', '.join(known)}."
        raise reader.error(message, meta_lines["vote_type"], "vote_type")
    costs, fields = _projects(reader)
    scale = lcm(budget.denominator, *(cost.denominator for cost in costs.values()))
    projects = tuple(
        Project(name, int(costs[name] * scale), fields[name].get("name", ""), fields[name]) for name in costs
    )
    header, rows, ballots, points_scale = _votes(
        reader, vote_type, {p.id: at for at, p in enumerate(projects)}, remarks
    )
    for key, count, what in (("num_projects", len(projects), "projets"), ("num_votes", ballots.voters, "votes")):
        if key in meta and meta[key] != str(count):
            remarks.append(f"{source}, ligne {meta_lines[key]} : {meta[key]} {what} annoncés, {count} lus.")
    election = Election(
        projects, ballots, int(budget * scale), scale, points_scale, vote_type, meta, header, rows, source
    )  # fmt: skip
    return election, tuple(remarks)


def _meta(reader: _Reader) -> tuple[dict[str, str], dict[str, int]]:
    meta: dict[str, str] = {}
    lines: dict[str, int] = {}
    rows = reader.sections["META"]
    for line, row in rows[1:] if rows[0][1][0].strip().lower() == "key" else rows:
        key = row[0].strip()
        if key in meta:
            raise reader.error(f"« {key} » est écrit deux fois dans META.", line)
        meta[key], lines[key] = ";".join(row[1:]).strip(), line
    for key in ("budget", "vote_type"):
        if not meta.get(key):
            raise reader.error(f"META ne dit pas « {key} ».", lines.get(key, rows[0][0]))
    return meta, lines


def _projects(reader: _Reader) -> tuple[dict[str, Fraction], dict[str, dict[str, str]]]:
    header = reader.header("PROJECTS", "project_id", "cost")
    costs: dict[str, Fraction] = {}
    fields: dict[str, dict[str, str]] = {}
    for line, row in reader.sections["PROJECTS"][1:]:
        if len(row) > len(header) and any(cell.strip() for cell in row[len(header) :]):
            raise reader.error(f"{len(row)} cellules sous {len(header)} en-têtes de PROJECTS.", line)
        cells = dict(zip(header, (cell.strip() for cell in row), strict=False))
        name = cells["project_id"]
        if not name or "," in name:
            raise reader.error("un projet doit avoir un identifiant, sans virgule.", line, "project_id")
        if name in costs:
            raise reader.error(f"le projet « {name[:40]} » est écrit deux fois.", line, "project_id")
        costs[name] = reader.number(cells.get("cost", ""), line, "cost")
        fields[name] = cells
    if not costs:
        raise reader.error("aucun projet dans la section PROJECTS.", reader.sections["PROJECTS"][0][0])
    return costs, fields


def _votes(
    reader: _Reader, kind: VoteType, position: dict[str, int], remarks: list[str]
) -> tuple[tuple[str, ...], tuple[tuple[str, ...], ...], Ballots, int]:
    header = reader.header("VOTES", "voter_id", "vote")
    pointed = kind in (VoteType.CUMULATIVE, VoteType.SCORING)
    if pointed:
        reader.header("VOTES", "points")
    rows = reader.sections["VOTES"][1:]
    if not rows:
        raise reader.error("aucun vote dans la section VOTES.", reader.sections["VOTES"][0][0])
    _check_voters(reader, header, rows)
    votes = _column(header, rows, "vote")
    lengths = np.fromiter((vote.count(",") + 1 if vote else 0 for vote in votes), np.int64, len(votes))
    tokens = ",".join(filter(None, votes)).split(",") if lengths.any() else []
    found = [position.get(token) for token in tokens]
    if None in found:
        found = [position.get(token.strip()) for token in tokens]
        if None in found:
            at = found.index(None)
            line = rows[int(np.searchsorted(np.cumsum(lengths), at, side="right"))][0]
            raise reader.error(f"le projet « {tokens[at][:40]} » n'est pas dans PROJECTS.", line, "vote")
    project = np.array(found, dtype=np.int64)
    points, scale = _points(reader, header, rows, lengths) if pointed else (None, 1)
    if kind is VoteType.ORDINAL:
        points = _ranks(lengths)
    kept = tuple(tuple(row) for _, row in rows)
    start = np.concatenate(([0], np.cumsum(lengths)))
    ballots = _sorted(reader, Ballots(start, project, points), len(position), [line for line, _ in rows], remarks)
    return header, kept, ballots, scale


def _column(header: Sequence[str], rows: list[_Row], name: str) -> list[str]:
    at = header.index(name)
    return [row[at].strip() if at < len(row) else "" for _, row in rows]


def _check_voters(reader: _Reader, header: Sequence[str], rows: list[_Row]) -> None:
    width = len(header)
    for line, row in rows:
        if len(row) > width and any(cell.strip() for cell in row[width:]):
            raise reader.error(f"{len(row)} cellules sous {width} en-têtes de VOTES.", line)
    voters = _column(header, rows, "voter_id")
    if len(set(voters)) == len(voters):
        return
    seen: set[str] = set()
    for (line, _), voter in zip(rows, voters, strict=True):
        if voter in seen:
            raise reader.error(
                f"le votant « {voter[:40]} » est écrit deux fois : un votant, une ligne.", line, "voter_id"
            )
        seen.add(voter)


def _points(reader: _Reader, header: Sequence[str], rows: list[_Row], lengths: Ints) -> tuple[Ints, int]:
    """The points of every support in order, as whole numbers of 1 / scale."""
    said = [cell.split(",") if cell else [] for cell in _column(header, rows, "points")]
    for (line, _), cells, length in zip(rows, said, lengths.tolist(), strict=True):
        if len(cells) != length:
            raise reader.error(f"{len(cells)} notes pour {length} projets.", line, "points")
    known: dict[str, Fraction] = {}
    for (line, _), cells in zip(rows, said, strict=True):
        for cell in cells:
            if cell not in known:
                known[cell] = reader.number(cell, line, "points")
    scale = lcm(*(value.denominator for value in known.values())) if known else 1
    whole = {cell: int(value * scale) for cell, value in known.items()}
    if max(whole.values(), default=0) > 10**6:
        raise reader.error("des points dépassent un million : vérifiez la colonne.", rows[0][0], "points")
    return np.fromiter((whole[cell] for cell in chain.from_iterable(said)), np.int64), scale


def _ranks(lengths: Ints) -> Ints:
    """Borda points of a ranking of r projects: r for the first, 1 for the last."""
    ends = np.cumsum(lengths)
    return np.repeat(ends, lengths) - np.arange(ends[-1] if len(ends) else 0)


def _sorted(reader: _Reader, ballots: Ballots, projects: int, lines: list[int], remarks: list[str]) -> Ballots:
    """Each ballot in order of projects; a project named twice counts once; a project with no point is not supported."""
    owner, project, points = ballots.owner, ballots.project, ballots.points
    if points is not None:
        given = points > 0
        owner, project, points = owner[given], project[given], points[given]
    key = owner * projects + project
    if np.all(key[1:] > key[:-1]):
        order: Ints = np.arange(len(key))
    else:
        order = np.argsort(key, kind="stable")
        key = key[order]
    again = np.zeros(len(key), dtype=bool)
    again[1:] = key[1:] == key[:-1]
    if again.any():
        line = lines[int(owner[order][again].min())]
        if points is not None:
            raise reader.error("ce bulletin nomme deux fois le même projet.", line, "vote")
        remarks.append(
            f"{reader.source}, ligne {line} : un projet nommé deux fois compte une fois ({int(again.sum())} en tout)."
        )
        order = order[~again]
    start = np.concatenate(([0], np.cumsum(np.bincount(owner[order], minlength=ballots.voters))))
    return Ballots(start, project[order], None if points is None else points[order])
