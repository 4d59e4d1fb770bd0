"""Who does what on which theme: the matrix of competences, and the search of « Qui fait quoi »."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from uuid import UUID

from comptoir.analysis.competences import Finding, Share, share
from comptoir.analysis.text import fold
from comptoir.contracts.enums import Part
from comptoir.contracts.kinds import usual_parts
from comptoir.contracts.models import Competence, Signatory
from comptoir.contracts.overview import Standing
from comptoir.contracts.themes import BY_CODE, SUB_THEMES, Theme

LETTERS = {Part.DECIDES: "D", Part.FUNDS: "F", Part.IMPLEMENTS: "M", Part.INFORMS: "I"}
SENTENCES = {
    Finding.NOBODY: "personne",
    Finding.NOBODY_DECIDES: "personne ne décide",
    Finding.NOBODY_IMPLEMENTS: "personne ne met en œuvre",
    Finding.SEVERAL_DECIDE: "plusieurs décident",
}
_SMALL_WORDS = (
    "a au aux avec ce de des du en et je la le les ma mes mon ou pour qui sur un une l d j ai besoin peut agir veux"
)
_EMPTY = frozenset(_SMALL_WORDS.split())


@dataclass(frozen=True, slots=True)
class Cell:
    """The parts of a signatory on a theme; `usual`: proposed after its kind, said by nobody yet."""

    parts: tuple[Part, ...] = ()
    usual: bool = False

    @property
    def letters(self) -> str:
        return " ".join(LETTERS[part] for part in self.parts)

    @property
    def words(self) -> str:
        return ", ".join(str(part.label) for part in self.parts) + (" (habituel, à confirmer)" if self.usual else "")


@dataclass(frozen=True, slots=True)
class Line:
    """A sub-theme: one cell for each signatory, in their order, and what calls for attention."""

    theme: Theme
    cells: tuple[Cell, ...]
    share: Share

    @property
    def findings(self) -> list[tuple[str, bool]]:
        """(sentence, is a gap) of each finding."""
        return [(SENTENCES[one], one is not Finding.SEVERAL_DECIDE) for one in self.share.findings]


@dataclass(frozen=True, slots=True)
class Block:
    """A theme and its sub-themes."""

    theme: Theme
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Holder:
    """A signatory that does something on a theme, and whom to ask there."""

    standing: Standing
    cell: Cell


@dataclass(frozen=True, slots=True)
class Answer:
    """A need in plain words, and who answers for it, those who decide first."""

    theme: Theme
    holders: tuple[Holder, ...]


def matrix(signatories: Sequence[Signatory], competences: Iterable[Competence]) -> list[Block]:
    """The matrix, theme by theme. Usual parts show where a signatory has said nothing at all, and are not counted."""
    said: dict[tuple[UUID, str], list[Part]] = defaultdict(list)
    told: set[UUID] = set()
    for one in competences:
        said[one.signatory_id, one.theme].append(Part(one.part))
        told.add(one.signatory_id)
    lines: dict[str, list[Line]] = defaultdict(list)
    for theme in SUB_THEMES:
        cells = tuple(_cell(signatory, theme, said, told) for signatory in signatories)
        counted = {at: cell.parts for at, cell in enumerate(cells) if not cell.usual}
        lines[theme.parent].append(Line(theme, cells, share(counted)))
    return [Block(BY_CODE[code], tuple(each)) for code, each in lines.items()]


def _cell(signatory: Signatory, theme: Theme, said: dict[tuple[UUID, str], list[Part]], told: set[UUID]) -> Cell:
    if signatory.pk in told:
        return Cell(_ordered(said.get((signatory.pk, theme.code), ())))
    usual = usual_parts(signatory.kind).get(theme.code, ())
    return Cell(_ordered(usual), usual=bool(usual))


def _ordered(parts: Iterable[Part]) -> tuple[Part, ...]:
    held = set(parts)
    return tuple(part for part in Part if part in held)


def answers(found: Sequence[Standing], blocks: Iterable[Block], asked: str = "") -> list[Answer]:
    """Theme by theme, who does something there; those that match what is asked, all when nothing is."""
    words = _words(asked)
    shown = []
    for block in blocks:
        for line in block.lines:
            holders = [Holder(one, cell) for one, cell in zip(found, line.cells, strict=True) if cell.parts]
            holders.sort(key=lambda holder: [list(Part).index(part) for part in holder.cell.parts])
            if not words or _matches(words, line.theme, block.theme, holders):
                shown.append(Answer(line.theme, tuple(holders)))
    return shown


def _matches(words: Sequence[str], theme: Theme, above: Theme, holders: Iterable[Holder]) -> bool:
    about = fold(f"{theme.label}, {theme.words}, {above.label}")
    if all(word in about for word in words):
        return True
    return any(all(word in _named(holder.standing.signatory) for word in words) for holder in holders)


def _named(signatory: Signatory) -> str:
    return fold(f"{signatory.organisation.name} {signatory.organisation.short_name} {signatory.get_kind_display()}")


def _words(asked: str) -> list[str]:
    """The words that count, without their plural mark: « les encombrants » looks for « encombrant »."""
    split = fold(asked).replace("'", " ").replace("?", " ").replace(",", " ").split()
    return [word[:-1] if len(word) > 4 and word[-1] in "sx" else word for word in split if word not in _EMPTY]
