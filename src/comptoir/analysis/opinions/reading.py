"""Files of votes and of statements, as Polis writes them or nearly (docs/concepts/opinions.md, « Lire des votes »)."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import BinaryIO

import numpy as np

from comptoir.analysis.errors import InputError
from comptoir.analysis.opinions.quick import whole_numbers
from comptoir.analysis.opinions.votes import Votes, votes_of
from comptoir.analysis.tables.delimited import SEPARATORS, decode
from comptoir.analysis.tables.streamed import fitted, rows_of
from comptoir.analysis.text import fold

_PERSON = ("voter-id", "participant", "participant-id", "voter", "votant", "personne")
_STATEMENT = ("comment-id", "statement", "statement-id", "affirmation", "proposition")
_VOTE = ("vote", "avis")
_MOMENT = ("timestamp", "modified", "horodatage")
_REFERENCE = "group-id"
_ABOUT = {"xid", _REFERENCE, "n-comments", "n-votes", "n-agree", "n-disagree"}
_SAID = {
    **dict.fromkeys(("1", "+1", "1.0", "agree", "accord", "d'accord", "oui", "pour"), 1),
    **dict.fromkeys(("0", "0.0", "-0.0", "pass", "passe", "je passe"), 0),
    **dict.fromkeys(("-1", "−1", "-1.0", "disagree", "desaccord", "pas d'accord", "non", "contre"), -1),
}
_FIRST_LINE = 4 << 20
_LOOK = "Colonnes attendues : participant, affirmation et vote (ou voter-id, comment-id, vote) ; ou un tableau avec "
_LOOK += "« participant » et une colonne par affirmation."


@dataclass(frozen=True, slots=True)
class Statement:
    text: str
    moderated: int


@dataclass(frozen=True, slots=True)
class Read:
    """`reference`: the group that the file already gives to each participant, if it does."""

    votes: Votes
    reference: Mapping[str, str] = field(default_factory=dict)


def read_votes(stream: BinaryIO, source: str) -> Read:
    """The votes of a CSV file: one a line, or one person a line. Raises InputError with the line and the column.

    `stream` can be read twice: quickly, then row by row where the file is not plain numbers.
    """
    line = stream.readline(_FIRST_LINE + 1)
    if not line.strip():
        if not stream.read(1):
            raise InputError("ce fichier est vide. Donnez un fichier de votes.", source=source)
    elif len(line) <= _FIRST_LINE and (found := _quickly(stream, line)):
        return found
    stream.seek(0)
    return _row_by_row(stream.read(), source)


def _quickly(stream: BinaryIO, line: bytes) -> Read | None:
    try:
        text = line.decode("utf-8-sig").rstrip("\r\n")
    except UnicodeDecodeError:
        return None
    if '"' in text:
        return None
    separator = max(SEPARATORS, key=text.count)
    header = text.split(separator)
    person, statement, vote, moment = (_place(header, names) for names in (_PERSON, _STATEMENT, _VOTE, _MOMENT))
    if person is None or statement is None or vote is None or len(set(map(_plain, header))) < len(header):
        return None
    wanted = [person, statement, vote, *([] if moment is None else [moment])]
    columns = whole_numbers(stream, separator, len(header), wanted)
    if columns is None or not len(columns[0]) or np.abs(columns[2]).max() > 1:
        return None
    return Read(votes_of(*columns))


def _row_by_row(data: bytes, source: str) -> Read:
    rows = rows_of(decode(data, source=source)[0], source)
    try:
        start, header = next(rows)
    except StopIteration:
        raise InputError("ce fichier est vide. Donnez un fichier de votes.", source=source) from None
    names = [_plain(name) for name in header]
    for at, name in enumerate(names):
        if name and name in names[:at]:
            message = "cette colonne est deux fois dans les en-têtes. Gardez-en une."
            raise InputError(message, source=source, line=start, column=header[at])
    person, statement, vote, moment = (_place(header, known) for known in (_PERSON, _STATEMENT, _VOTE, _MOMENT))
    if person is not None and statement is not None and vote is not None:
        return _long(rows, header, (person, statement, vote, moment), source)
    if person is not None and statement is None and vote is None:
        return _matrix(rows, header, person, source)
    raise InputError(f"ces en-têtes ne sont pas ceux d'un fichier de votes. {_LOOK}", source=source, line=start)


def _long(
    rows: Iterator[tuple[int, list[str]]], header: list[str], places: tuple[int, int, int, int | None], source: str
) -> Read:
    at_person, at_statement, at_vote, at_moment = places
    people: dict[str, int] = {}
    asked: dict[str, int] = {}
    person, statement, value, moments = [], [], [], []
    for line, row in rows:
        row = fitted(row, header, source, line)
        for at in (at_person, at_statement):
            if not row[at]:
                message = "cette cellule est vide : dites qui vote, et sur quoi."
                raise InputError(message, source=source, line=line, column=header[at])
        person.append(people.setdefault(row[at_person], len(people)))
        statement.append(asked.setdefault(row[at_statement], len(asked)))
        value.append(_vote(row[at_vote], source, line, header[at_vote]))
        if at_moment is not None:
            moments.append(_moment(row[at_moment], source, line, header[at_moment]))
    if not person:
        raise InputError("aucun vote sous les en-têtes.", source=source)
    when = np.array(moments) if moments else None
    ids = np.array(person), np.array(statement), np.array(value)
    return Read(votes_of(*ids, when, participants=list(people), asked=list(asked)))


def _matrix(rows: Iterator[tuple[int, list[str]]], header: list[str], at_person: int, source: str) -> Read:
    columns = [at for at, name in enumerate(header) if at != at_person and name and _plain(name) not in _ABOUT]
    at_group = _place(header, (_REFERENCE,))
    people: dict[str, int] = {}
    reference: dict[str, str] = {}
    person, statement, value = [], [], []
    for line, row in rows:
        row = fitted(row, header, source, line)
        name = row[at_person]
        if not name:
            message = "cette cellule est vide : dites qui vote."
            raise InputError(message, source=source, line=line, column=header[at_person])
        who = people.setdefault(name, len(people))
        if at_group is not None and row[at_group]:
            reference[name] = row[at_group]
        for place, at in enumerate(columns):
            if row[at]:
                person.append(who)
                statement.append(place)
                value.append(_vote(row[at], source, line, header[at]))
    if not person:
        raise InputError("aucun vote dans ce tableau.", source=source)
    names = [header[at] for at in columns]
    votes = votes_of(np.array(person), np.array(statement), np.array(value), participants=list(people), asked=names)
    return Read(votes, reference)


def _vote(said: str, source: str, line: int, column: str) -> int:
    found = _SAID.get(said)
    if found is None:
        found = _SAID.get(fold(said))
    if found is None:
        message = f"« {said[:40]} » n'est pas un vote. Écrivez 1 (d'accord), -1 (pas d'accord) ou 0 (passe)."
        raise InputError(message, source=source, line=line, column=column)
    return found


def _moment(said: str, source: str, line: int, column: str) -> int:
    """Milliseconds, or microseconds for a date: only compared with each other."""
    try:
        return int(said)
    except ValueError:
        pass
    try:
        date = datetime.fromisoformat(said)
    except ValueError:
        message = f"« {said[:40]} » n'est ni un nombre ni une date (2026-03-31T14:00)."
        raise InputError(message, source=source, line=line, column=column) from None
    return (
        date.toordinal() * 86_400 + date.hour * 3600 + date.minute * 60 + date.second
    ) * 1_000_000 + date.microsecond


def read_statements(data: bytes, source: str) -> dict[str, Statement]:
    """Texts and moderation (-1 set aside, 0, 1 kept) of a comments.csv. Raises InputError."""
    rows = rows_of(decode(data, source=source)[0], source)
    start, header = next(rows, (1, []))
    at_id, at_text, at_kept = (_place(header, k) for k in (_STATEMENT, ("comment-body", "texte"), ("moderated",)))
    if at_id is None or at_text is None:
        message = "il manque la colonne « comment-id » ou « comment-body » (ou affirmation, texte)."
        raise InputError(message, source=source, line=start)
    found: dict[str, Statement] = {}
    for line, row in rows:
        row = fitted(row, header, source, line)
        kept = row[at_kept] if at_kept is not None else ""
        if kept not in ("", "-1", "0", "1"):
            message = f"« {kept[:40]} » : écrivez 1 (gardée), 0 (pas encore relue) ou -1 (écartée)."
            raise InputError(message, source=source, line=line, column="moderated")
        if row[at_id] in found:
            message = f"l'affirmation « {row[at_id][:40]} » est déjà plus haut."
            raise InputError(message, source=source, line=line, column=header[at_id])
        found[row[at_id]] = Statement(row[at_text], int(kept or 0))
    return found


def _plain(name: str) -> str:
    return fold(name).replace("_", "-").replace(" ", "-")


def _place(header: Sequence[str], known: Sequence[str]) -> int | None:
    """Where the first of the known names stands."""
    names = [_plain(name) for name in header]
    return next((names.index(name) for name in known if name in names), None)
