"""The framing as it stands: what is written under each point, how full it is."""

from dataclasses import dataclass
from typing import Any

from django.db.models import F

from comptoir.evaluation.enums import HINTS, POINTS, Heading, Kit, Point
from comptoir.evaluation.models import Evaluation, FramingNote, IntendedUse
from comptoir.evaluation.state import asked, completeness
from comptoir.evaluation.union import Line as Union
from comptoir.evaluation.union import lines_of, united
from comptoir.kit.french import NO_BREAK_SPACE, number


@dataclass(frozen=True, slots=True)
class Line:
    """A point of the framing. `lines`: what it holds, one short paragraph each."""

    point: Point
    lines: tuple[str, ...]
    asked: bool

    @property
    def question(self) -> str:
        return str(self.point.label)

    @property
    def hint(self) -> str:
        return HINTS.get(self.point, "")

    @property
    def writable(self) -> bool:
        return self.point not in {Point.SCOPE, Point.USES, Point.BUDGET}

    @property
    def text(self) -> str:
        return "\n".join(self.lines)


@dataclass(frozen=True, slots=True)
class Sheet:
    """The headings in order, each with its points; points filled and asked for."""

    headings: tuple[tuple[Heading, tuple[Line, ...]], ...]
    filled: int
    wanted: int
    uses: tuple[IntendedUse, ...]

    @property
    def why(self) -> str:
        """The purpose, which every page of the evaluation shows."""
        lines = (line for _, lines in self.headings for line in lines)
        return next((line.text for line in lines if line.point is Point.WHY), "")

    def as_content(self) -> list[dict[str, Any]]:
        """What a signed version keeps."""
        return [
            {
                "heading": str(heading.label),
                "points": [{"question": line.question, "lines": list(line.lines)} for line in lines if line.lines],
            }
            for heading, lines in self.headings
        ]


def sheet_of(evaluation: Evaluation) -> Sheet:
    """One query: the last note of each point, the uses."""
    notes = FramingNote.objects.filter(evaluation=evaluation)
    shown = IntendedUse.objects.filter(evaluation=evaluation, withdrawn_at=None)
    found = united((
        lines_of(notes, "note", F("point"), F("text")),
        lines_of(shown, "use", F("user"), F("use"), F("fate"), F("fate_note"), day=F("due_on")),
    ))  # fmt: skip
    texts = {line.first: line.second for line in found if line.kind == "note"}
    uses = tuple(sorted((_use(line) for line in found if line.kind == "use"), key=lambda use: use.due_on))
    wanted = set(asked(Kit(evaluation.kit)))
    held = {point: _lines(evaluation, point, texts, uses) for points in POINTS.values() for point in points}
    done, total = completeness(Kit(evaluation.kit), [point for point, lines in held.items() if lines])
    headings = tuple(
        (heading, tuple(Line(point, held[point], point in wanted) for point in points))
        for heading, points in POINTS.items()
    )
    return Sheet(headings, done, total, uses)


def _use(line: Union) -> IntendedUse:
    """As the sheet shows it; not to be saved."""
    return IntendedUse(
        id=line.key, user=line.first, use=line.second, fate=line.third, fate_note=line.fourth, due_on=line.dated
    )


def _lines(
    evaluation: Evaluation, point: Point, texts: dict[str, str], uses: tuple[IntendedUse, ...]
) -> tuple[str, ...]:
    if point is Point.SCOPE:
        return tuple(evaluation.scope_words)
    if point is Point.USES:
        return tuple(f"{use.user} : {use.use}, pour le {use.due_on:%d/%m/%Y}" for use in uses)
    if point is Point.BUDGET:
        return _means(evaluation)
    return tuple(part for part in texts.get(point, "").splitlines() if part.strip())


def _means(evaluation: Evaluation) -> tuple[str, ...]:
    said = []
    if evaluation.budget is not None:
        share = evaluation.money_share
        of = f", soit {share * 100:.1f} % de l'argent du contrat".replace(".", ",") if share else ""
        said.append(f"{number(evaluation.budget)}{NO_BREAK_SPACE}€{of}")
    if evaluation.days is not None:
        said.append(
            f"{evaluation.days} jours de travail" if evaluation.days > 1 else f"{evaluation.days} jour de travail"
        )
    return tuple(said)
