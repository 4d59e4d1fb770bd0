"""Short questionnaires: which question is asked, which answers count, what may be published of them.

Pure: no clock, no database. The rules, their guarantees and their table of cases: docs/concepts/enquetes.md.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from comptoir.analysis.disclosure import Cell, Dimension, ReleasedCell, Rule, Table, protect
from comptoir.analysis.errors import InputError

MOST_QUESTIONS = 12
MOST_OPTIONS = 12
NO_ANSWER = -1
"""The option of a cell that counts those who were asked a question and left it empty."""
Answers = Mapping[str, Sequence[int]]
"""Key of a question → the ranks of the options chosen."""


class Asks(StrEnum):
    """How a question is answered. Of PLACE there is one at most: results are also told by its answers."""

    ONE = "one"
    SEVERAL = "several"
    SCALE = "scale"
    CHANGE = "change"
    PLACE = "place"
    WORDS = "words"

    @property
    def is_one(self) -> bool:
        """Whether it takes one answer of a list: others may depend on it."""
        return self in {Asks.ONE, Asks.SCALE, Asks.CHANGE, Asks.PLACE}


@dataclass(frozen=True, slots=True)
class Asked:
    """A question. `only_if`: the key of an earlier one and the rank of the answer for which this one is asked."""

    key: str
    asks: Asks
    options: tuple[str, ...] = ()
    only_if: tuple[str, int] | None = None


@dataclass(frozen=True, slots=True)
class Count:
    """What is published of one answer. `question` empty: the total, or a channel; `option` None: everybody there.

    `place`: the rank of a neighbourhood, None for all of them. `number` None: hidden, and `reason` says why.
    """

    question: str
    option: int | None
    place: int | None
    channel: str
    number: int | None
    reason: str


@dataclass(frozen=True, slots=True)
class Published:
    """`total` answers came. `counts` is empty when they are fewer than the threshold."""

    total: int
    counts: tuple[Count, ...]


def check_form(questions: Sequence[Asked]) -> None:
    """Raises InputError where a form cannot be asked: too long, no choice, a condition that nothing can meet."""
    if len(questions) > MOST_QUESTIONS:
        raise InputError(f"Une enquête a {MOST_QUESTIONS} questions au plus : on ne va pas au bout des longues.")
    earlier: dict[str, Asked] = {}
    for rank, one in enumerate(questions, 1):
        if one.asks is not Asks.WORDS and not 2 <= len(one.options) <= MOST_OPTIONS:
            raise InputError(f"La question {rank} a de 2 à {MOST_OPTIONS} réponses possibles.")
        if one.asks is Asks.PLACE and (one.only_if or any(other.asks is Asks.PLACE for other in earlier.values())):
            raise InputError("Le quartier se demande une fois, et à tout le monde.")
        if one.only_if:
            parent = earlier.get(one.only_if[0])
            if parent is None or not parent.asks.is_one or not 0 <= one.only_if[1] < len(parent.options):
                raise InputError(
                    f"La question {rank} dépend d'une réponse qui n'est plus avant elle : changez sa condition."
                )
        earlier[one.key] = one


def shown(questions: Sequence[Asked], answers: Answers) -> list[str]:
    """The keys of the questions that are asked to whoever gives these answers, in order.

    A question is asked when it has no condition, or when the question that it depends on is asked itself and has this
    one answer.
    """
    found: dict[str, None] = {}
    for one in questions:
        parent, rank = one.only_if or ("", 0)
        if not parent or (parent in found and tuple(answers.get(parent, ())) == (rank,)):
            found[one.key] = None
    return list(found)


def kept(questions: Sequence[Asked], answers: Answers) -> dict[str, list[int]]:
    """The answers that count: to questions asked, options that exist, one alone where one is asked. Others are left."""
    asked = set(shown(questions, answers))
    found = {}
    for one in questions:
        chosen = sorted({rank for rank in answers.get(one.key, ()) if 0 <= rank < len(one.options)})
        if one.key in asked and chosen and not (one.asks.is_one and len(chosen) > 1):
            found[one.key] = chosen
    return found


_ALL = "Ensemble"
_ANSWER, _PLACE, _CHANNEL = "réponse", "quartier", "canal"


@dataclass
class _Crossed:
    """The counts of a survey: (modality of an answer, modality of a place) → how many."""

    cells: Counter[tuple[str, str]] = field(default_factory=Counter)
    channels: Counter[str] = field(default_factory=Counter)


def publish(
    questions: Sequence[Asked], responses: Iterable[tuple[str, Answers]], rule: Rule, *, secondary: bool = True
) -> Published:
    """What may leave of these responses (channel, answers): all the tables together, protected once.

    `secondary=False` hides small cells only: for tests that show what would then leak, never otherwise.
    """
    place = next((one for one in questions if one.asks is Asks.PLACE), None)
    counted = _Crossed()
    total = 0
    for channel, answers in responses:
        total += 1
        counted.channels[channel] += 1
        here = f"{answers[place.key][0]}" if place and answers.get(place.key) else f"{NO_ANSWER}"
        for modality in (_ALL, *_modalities(questions, answers)):
            counted.cells[modality, _ALL] += 1
            if place:
                counted.cells[modality, here] += 1
    if total < rule.threshold:
        return Published(total, ())
    places = [_ALL, *(f"{at}" for at in (*range(len(place.options)), NO_ANSWER))] if place else [_ALL]
    sums = tuple(_sums(questions))
    names = [_ALL, *(part for _, parts in sums for part in parts)]
    tables = _tables(names, places, counted, total, rule)
    found = protect(tables, [Dimension(_ANSWER, _ALL, sums)], secondary=secondary, most_work=0)
    counts = [_of_answer(cell) for cell in found.releases[0].cells]
    counts += [_of_channel(cell) for cell in found.releases[1].cells if cell.modalities != (_ALL,)]
    return Published(total, tuple(one for one in counts if one is not None))


def _tables(
    names: Sequence[str], places: Sequence[str], counted: _Crossed, total: int, rule: Rule
) -> tuple[Table, Table]:
    """The answers by place, and the channels. Both have the same total, that is known already: it stays shown."""
    crossed: dict[tuple[str, ...], Cell] = {
        (name, place) if len(places) > 1 else (name,): Cell(counted.cells[name, place], kept=name == place == _ALL)
        for name in names
        for place in places
    }
    dimensions = (_ANSWER, _PLACE) if len(places) > 1 else (_ANSWER,)
    by_channel: dict[tuple[str, ...], Cell] = {
        (name,): Cell(number) for name, number in sorted(counted.channels.items())
    }
    by_channel[_ALL,] = Cell(total, kept=True)
    return Table("réponses", dimensions, crossed, rule), Table("canaux", (_CHANNEL,), by_channel, rule)


def _base(one: Asked) -> str:
    """Who is asked: everybody, or those who gave the answer that the question depends on."""
    return _ALL if one.only_if is None else f"{one.only_if[0]}/{one.only_if[1]}"


def _sums(questions: Sequence[Asked]) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Which modality is the sum of which. A question asked after an answer breaks down that answer: the same cell.

    Where several answers may be ticked each one is a table of its own: ticked, not ticked.
    """
    for one in questions:
        options = [f"{one.key}/{at}" for at in range(len(one.options))]
        if one.asks.is_one and one.asks is not Asks.PLACE:
            yield _base(one), (*options, f"{one.key}/{NO_ANSWER}")
        elif one.asks is Asks.SEVERAL:
            for option in options:
                yield _base(one), (option, f"{option}/non")


def _modalities(questions: Sequence[Asked], answers: Answers) -> Iterator[str]:
    """The cells in which one response counts, its place apart."""
    asked = set(shown(questions, answers))
    for one in questions:
        if one.key not in asked:
            continue
        chosen = answers.get(one.key, ())
        if one.asks.is_one and one.asks is not Asks.PLACE:
            yield f"{one.key}/{chosen[0] if chosen else NO_ANSWER}"
        elif one.asks is Asks.SEVERAL:
            for at in range(len(one.options)):
                yield f"{one.key}/{at}" if at in chosen else f"{one.key}/{at}/non"


def _of_answer(cell: ReleasedCell) -> Count | None:
    name, *where = cell.modalities
    question, _, option = name.partition("/")
    if option.endswith("non"):  # those who did not tick: worked out from the others, and protected with them
        return None
    place = int(where[0]) if where and where[0] != _ALL else None
    number = None if cell.value is None else int(cell.value)
    return Count("" if name == _ALL else question, int(option) if option else None, place, "", number, cell.reason)


def _of_channel(cell: ReleasedCell) -> Count:
    number = None if cell.value is None else int(cell.value)
    return Count("", None, None, cell.modalities[0], number, cell.reason)
