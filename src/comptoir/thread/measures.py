"""The measures of the thread, for a space, one of its contracts, or one neighbourhood: docs/concepts/thread.md."""

from collections import Counter, defaultdict
from collections.abc import Hashable, Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import BooleanField, Case, Count, F, Q, Sum, Value, When
from django.db.models.functions import Coalesce
from django.utils import timezone

from comptoir.analysis.threads import Reached, Said, Ways, account
from comptoir.commitments.models import Commitment
from comptoir.commitments.reading import states_of
from comptoir.commitments.state import Label
from comptoir.contracts.models import CityContract
from comptoir.spaces.models import Space
from comptoir.territories.models import PriorityNeighbourhood
from comptoir.thread.declared import HOUSE
from comptoir.thread.done import ANSWER, COMMITMENT, OBJECTIVE
from comptoir.thread.kinds import LinkKind, Plan
from comptoir.thread.linking import UNCOUNTED, comes_from
from comptoir.thread.said import LINE
from comptoir.voices.models import Statement, StatementQuerySet
from comptoir.workshops.sheets import SAID

KEPT = frozenset({Label.KEPT, Label.PARTLY_KEPT})
_SPEAKER = Coalesce("verbatim__speaker_kind", "heading__occasion__speaker_kind")
_SUBJECT = Coalesce("verbatim__subject", "heading__occasion__subject")
_READ = (
    "code", "contact__withdrawn_at", "signatory_id", "unit_id", "due_on", "measure", "expected_proof", "first_year",
    "last_year",
)  # fmt: skip  # what a state is read from


@dataclass(frozen=True, slots=True)
class Measures:
    """What became of what was said. Occurrences, never people, never supports.

    `lines` counts the lines of synthesis; `lines_linked` those of them that lead to a commitment of the scope,
    `lines_answered` those with a published answer. `commitments` are those of the scope, `without_origin` those of them
    with no voice and no figure behind. `by_speaker` (SpeakerKind) and `by_subject` (Subject) are never crossed.
    `shared` is False for a neighbourhood: what was said is not of one neighbourhood, so a share of it means nothing.
    """

    whole: Reached
    by_speaker: dict[str, Reached]
    by_subject: dict[str, Reached]
    lines: int
    lines_linked: int
    lines_answered: int
    commitments: int
    without_origin: int
    shared: bool = True

    @property
    def lines_unanswered(self) -> int:
        return self.lines - self.lines_answered


def measures_of(
    scope: Space | CityContract, *, neighbourhood: PriorityNeighbourhood | None = None, on: date | None = None,
    plan: Plan = HOUSE,
) -> Measures:  # fmt: skip
    """The measures of a space or of one contract on a day (today), in six queries whatever there is."""
    space = scope.space if isinstance(scope, CityContract) else scope
    rows = Commitment.objects.shown().filter(space=space)
    if isinstance(scope, CityContract):
        rows = rows.filter(contract=scope)
    if neighbourhood is not None:
        rows = rows.filter(neighbourhoods=neighbourhood)
    has_origin = Case(
        When(comes_from(space, COMMITMENT, plan), then=Value(True)), default=Value(False), output_field=BooleanField()
    )
    rows = rows.annotate(has_origin=has_origin).select_related("contact").only(*_READ)
    commitments = list(rows.order_by("pk"))
    labels = {pk: state.label for pk, state in states_of(commitments, on=on or timezone.localdate()).items()}
    ways = _ways(space, labels, plan)
    lines, totals = _totals(space)
    linked = ways.direct.keys() | ways.through.keys()
    reached = _said(space, linked | ways.answered)
    found = account([*reached, *_others(totals, reached)], ways)
    there = {one.line for one in reached}
    return Measures(
        whole=found.whole, by_speaker=dict(found.by_speaker), by_subject=dict(found.by_subject), lines=lines,
        lines_linked=len(there & linked), lines_answered=len(there & ways.answered), commitments=len(commitments),
        without_origin=sum(not vars(one)["has_origin"] for one in commitments), shared=neighbourhood is None,
    )  # fmt: skip


def _ways(space: Space, labels: dict[UUID, Label], plan: Plan) -> Ways:
    """Where each line leads: the commitments of the scope, directly or through an objective; a published answer."""
    pairs = _pairs(space, [link for link in plan.links if _read_here(link)])
    carried: dict[UUID, set[UUID]] = defaultdict(set)
    direct: dict[Hashable, set[Hashable]] = defaultdict(set)
    through: dict[Hashable, set[Hashable]] = defaultdict(set)
    for objective, commitment in pairs[OBJECTIVE.name, COMMITMENT.name]:
        if commitment in labels:
            carried[objective].add(commitment)
    for line, commitment in pairs[LINE.name, COMMITMENT.name]:
        if commitment in labels:
            direct[line].add(commitment)
    for line, objective in pairs[LINE.name, OBJECTIVE.name]:
        if carried.get(objective):
            through[line] |= carried[objective]
    return Ways(
        direct=direct, through=through, kept={pk for pk, label in labels.items() if label in KEPT},
        wholly={pk for pk, label in labels.items() if label == Label.KEPT},
        answered={line for line, _ in pairs[LINE.name, ANSWER.name]},
    )  # fmt: skip


def _read_here(link: LinkKind) -> bool:
    return link.before in (LINE, OBJECTIVE) and link.after in (OBJECTIVE, COMMITMENT, ANSWER)


def _pairs(space: Space, links: Iterable[LinkKind]) -> dict[tuple[str, str], list[tuple[UUID, UUID]]]:
    """The links of these kinds, by the kinds that they join, in one query. An answer counts once published."""
    by_name, queries = {}, []
    for link in links:
        by_name[link.name] = (link.before.name, link.after.name)
        rows = link.read(space, None, on=True)
        queries.append(rows.filter(published_at__isnull=False) if link.after is ANSWER else rows)
    found: dict[tuple[str, str], list[tuple[UUID, UUID]]] = defaultdict(list)
    for name, start, end, _ in queries[0].union(*queries[1:], all=True).order_by("_start", "_end"):
        found[by_name[name]].append((start, end))
    return found


def _counted(space: Space) -> StatementQuerySet:
    """All that stands under the lines of what was said: not the names of a column « Qui ? », nor a plan's points."""
    return Statement.objects.live().filter(space=space).exclude(heading__kind__in=UNCOUNTED)


def _totals(space: Space) -> tuple[int, dict[tuple[str, str], int]]:
    """How many lines there are, and the occurrences of all of them by who speaks and about whom."""
    rows = _counted(space).annotate(speaker=_SPEAKER, about=_SUBJECT).order_by("speaker", "about")
    found = rows.values_list("speaker", "about").annotate(said=Sum(SAID), lines=Count("pk", filter=Q(root_id=F("pk"))))
    lines, totals = 0, {}
    for speaker, about, said, count in found:
        totals[speaker, about] = said or 0
        lines += count
    return lines, totals


def _said(space: Space, lines: Iterable[object]) -> list[Said]:
    """The occurrences of these lines, by who speaks and about whom."""
    rows = _counted(space).filter(root__in=list(lines)).annotate(speaker=_SPEAKER, about=_SUBJECT)
    found = rows.order_by("root_id", "speaker", "about").values_list("root_id", "speaker", "about")
    return [Said(root, said or 0, speaker, about) for root, speaker, about, said in found.annotate(said=Sum(SAID))]


def _others(totals: dict[tuple[str, str], int], reached: Iterable[Said]) -> list[Said]:
    """What was said on lines that lead nowhere: the rest."""
    known: Counter[tuple[str, str]] = Counter()
    for one in reached:
        known[one.speaker, one.subject] += one.occurrences
    return [Said(None, total - known[key], *key) for key, total in totals.items()]
