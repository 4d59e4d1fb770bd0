"""The public copy of a version: what is masked, what is silent, what is still to reread (docs/concepts/public-copy.md).

Words stay in their one row; a copy is made when it is read, so that a mask also holds for what is already published.
"""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Count, F, Q, Value
from django.db.models.functions import Coalesce

from comptoir.analysis.public_copy.origins import Origins, shown_origins
from comptoir.analysis.public_copy.quotes import Passage, masked, passages
from comptoir.disclosure.models import threshold_of
from comptoir.voices.enums import HeadingKind, SpeakerKind
from comptoir.voices.models import Heading
from comptoir.workshops.models import Mask, SynthesisLine, SynthesisVersion, SynthesisWord

MOST_WORDS = 500
EVERYTHING = Origins(kinds=True, tables=True)
NOTHING = Origins(kinds=False, tables=False)
UNKNOWN = frozenset({"", SpeakerKind.UNKNOWN.value})
Key = tuple[UUID, UUID | None]  # statement, and the rewording where it is the one shown


@dataclass(frozen=True, slots=True)
class Quote:
    """Words of a version that are read again before it is published. `mask` is the decision in force, if any."""

    key: Key
    text: str
    where: str
    passages: tuple[Passage, ...]
    mask: Mask | None

    @property
    def proposed(self) -> str:
        return (self.mask.text if self.mask else "") or masked(self.text)

    @property
    def identity(self) -> str:
        """What a form sends back to name these words."""
        statement, rewording = self.key
        return f"{statement}:{rewording or ''}"


@dataclass(frozen=True, slots=True)
class Surrounding:
    """A title, an introduction or a column that may name someone: it is corrected where it was written."""

    where: str
    passages: tuple[Passage, ...]


@dataclass(frozen=True, slots=True)
class Word:
    """Words under a line, as one may read them. `mask` is for those who hear raw notes: what the others read."""

    text: str
    occurrences: int
    is_reported: bool
    speaker: str = ""
    about: str = ""
    table: str = ""
    mask: Mask | None = None


@dataclass(frozen=True, slots=True)
class LineRead:
    title: str
    origins: Origins
    words: tuple[Word, ...]


def decisions_of(version: SynthesisVersion) -> dict[Key, Mask]:
    """The decision in force for each text of a version that somebody has reread."""
    under = Q(statement__in=SynthesisWord.objects.filter(line__version=version).values("statement"))
    rows = Mask.objects.filter(under | Q(statement__published_lines__version=version)).distinct().order_by("at", "pk")
    return {(mask.statement_id, mask.rewording_id): mask for mask in rows}


def masks_of(version: SynthesisVersion) -> dict[Key, str]:
    """The public wording of the texts that are masked."""
    return {key: mask.text for key, mask in decisions_of(version).items() if mask.text}


def origins_of(version: SynthesisVersion) -> dict[UUID, Origins]:
    """What may be said of who speaks in each comptoir of a version: occasion -> Origins."""
    cells: dict[UUID, dict[tuple[str, str], int]] = defaultdict(dict)
    rows = (
        SynthesisWord.objects.filter(line__version=version)
        .exclude(line__heading__kind__in=(HeadingKind.WHO, HeadingKind.OUTLINE))
        .annotate(
            occasion=F("line__heading__occasion"),
            kind=Coalesce("statement__verbatim__speaker_kind", "line__heading__occasion__speaker_kind"),
            table=Coalesce("statement__verbatim__table", Value("")),
        )
        .order_by("occasion", "kind", "table")
        .values_list("occasion", "kind", "table")
        .annotate(notes=Count("pk"))
    )
    for occasion, kind, table, notes in rows:
        cells[occasion][kind, table] = notes
    threshold = threshold_of(version.space)
    return {occasion: shown_origins(found, threshold, unknown=UNKNOWN) for occasion, found in cells.items()}


def reading(version: SynthesisVersion) -> list[Quote]:
    """The words of a version that may identify someone, in its order, and those that somebody has already masked."""
    decided = decisions_of(version)
    found: dict[Key, Quote] = {}
    for key, text, where in _texts(version):
        mask = decided.get(key)
        clues = passages(text)
        if key not in found and (clues or (mask and mask.text)):
            found[key] = Quote(key, text, where, clues, mask)
    return list(found.values())


def to_decide(version: SynthesisVersion) -> list[Quote]:
    """Those of the reading list that nobody has looked at."""
    return [quote for quote in reading(version) if quote.mask is None]


def surroundings(version: SynthesisVersion) -> list[Surrounding]:
    """What stands around the words of a version and may name someone."""
    cited = Heading.objects.filter(pk__in=SynthesisLine.objects.filter(version=version).values("heading"))
    texts = [("Le titre", version.title), ("L'introduction", version.introduction)]
    for heading in cited.select_related("occasion").order_by("occasion", "position", "pk"):
        texts += [("Un tableau", heading.occasion.title), ("Une colonne", heading.label)]
    found = [Surrounding(where, passages(text)) for where, text in dict.fromkeys(texts)]
    return [one for one in found if one.passages]


def _texts(version: SynthesisVersion) -> Iterator[tuple[Key, str, str]]:
    """All that a reader of a version can read: each line's rewording, then the words under it."""
    lines = SynthesisLine.objects.filter(version=version, rewording__isnull=False).order_by("position")
    for statement, rewording, text, where in lines.values_list(
        "statement_id", "rewording_id", "rewording__text", "heading__label"
    ):
        yield (statement, rewording), text, where
    words = SynthesisWord.objects.filter(line__version=version).order_by("line__position", "pk")
    original = Coalesce("statement__verbatim__words", "statement__reported_wording")
    for statement, text, where in words.values_list("statement_id", original, "line__heading__label"):
        yield (statement, None), text, where


def line_read(version: SynthesisVersion, line: SynthesisLine, *, public: bool) -> LineRead:
    """A line of a version and the words under it; `public`: as read by those who do not hear raw notes."""
    decided = decisions_of(version)
    origins = origins_of(version).get(line.heading.occasion_id, NOTHING) if public else EVERYTHING
    mask = decided.get((line.statement_id, line.rewording_id))
    found = SynthesisWord.objects.filter(line=line).select_related("statement__verbatim").order_by("pk")[:MOST_WORDS]
    title = mask.text if public and mask and mask.text else line.wording
    words = tuple(_word(word, decided.get((word.statement_id, None)), origins, public=public) for word in found)
    return LineRead(title, origins, words)


def _word(word: SynthesisWord, mask: Mask | None, origins: Origins, *, public: bool) -> Word:
    said, hidden = word.statement.own_words, mask if mask and mask.text else None
    text = hidden.text if public and hidden else word.statement.original
    beside = None if public else hidden
    if said is None:
        return Word(text, word.occurrences, True, mask=beside)
    return Word(
        text, word.occurrences, False, said.speaker if origins.kinds else "", said.about,
        said.table if origins.tables else "", beside,
    )  # fmt: skip
