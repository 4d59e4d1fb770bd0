"""The shapes of the demonstration's content."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from comptoir.analysis.synthesis.model import ColumnKind, Subject


class Speaker(StrEnum):
    """Who was speaking at a table. Never whom the comptoir is about."""

    PROFESSIONAL = "professional"
    RESIDENT = "resident"


@dataclass(frozen=True, slots=True)
class DemoNote:
    """One sticky note, word for word, typos kept. `tally` is how many people said it, from 1."""

    key: str
    text: str
    column: ColumnKind
    table: str
    speaker: Speaker
    tally: int = 1


@dataclass(frozen=True, slots=True)
class DemoGroup:
    """Notes of one column that were judged to say the same. `wording` is a professional rewording, empty if none."""

    keys: tuple[str, ...]
    wording: str = ""


@dataclass(frozen=True, slots=True)
class DemoComptoir:
    """One comptoir: its subject, its notes in the order of the tables, and what was decided about them so far.

    `apart` holds pairs of keys that look alike and say the contrary: their nearness was refused by a person.
    `labels` gives the title of each column as the participants saw it.
    """

    key: str
    subject: Subject
    title: str
    held_on: date
    place: str
    question: str
    labels: dict[ColumnKind, str]
    notes: tuple[DemoNote, ...]
    groups: tuple[DemoGroup, ...] = ()
    apart: tuple[tuple[str, str], ...] = ()

    @property
    def occurrences(self) -> int:
        return sum(note.tally for note in self.notes)


@dataclass(frozen=True, slots=True)
class DemoOrganisation:
    """A body. `kind` is an English code; no landlord or association is a real one."""

    key: str
    name: str
    short_name: str
    kind: str


@dataclass(frozen=True, slots=True)
class DemoPlace:
    """A real priority neighbourhood of the 2024 list: its code, the short name people use, its town."""

    code: str
    name: str
    town: str


@dataclass(frozen=True, slots=True)
class DemoSpace:
    """The tenant. Colours are CSS hexadecimal values that carry white text; `initials` make the generated logo."""

    name: str
    slug: str
    contract: str
    initials: str
    logo_alt: str
    colour: str
    accent: str
    time_zone: str
    footer: str
    organisations: tuple[DemoOrganisation, ...]
    neighbourhoods: tuple[DemoPlace, ...]


@dataclass(frozen=True, slots=True)
class DemoPerson:
    """One account. `role` is the code of a role in a space; `organisation` a key, empty for a resident."""

    first_name: str
    last_name: str
    email: str
    role: str
    function: str
    organisation: str = ""

    @property
    def name(self) -> str:
        return f"{self.first_name} {self.last_name}"


LABELS: dict[ColumnKind, str] = {
    ColumnKind.INTEREST: "Intérêt",
    ColumnKind.TRY: "Essai à transformer",
    ColumnKind.PITFALL: "Pièges à éviter",
    ColumnKind.INVENTION: "Invention à tester",
}
DAY_2026 = date(2026, 10, 6)
PLACE_2026 = "La Filature, salle du rez-de-chaussée"

Line = tuple[str, ColumnKind, int, str]


def table(label: str, speaker: Speaker, lines: Iterable[Line]) -> tuple[DemoNote, ...]:
    """The notes of one table; each line is key, column, tally, words."""
    return tuple(DemoNote(key, text, column, label, speaker, tally) for key, column, tally, text in lines)
