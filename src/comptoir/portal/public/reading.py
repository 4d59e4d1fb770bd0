"""What the public reads of a space: published lines as their public copy, published answers, the last validated table.

Nothing else comes in here: no raw word, no draft, no state of today, no person (docs/concepts/page-publique.md).
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from uuid import UUID

from django.utils import timezone

from comptoir.commitments.enums import LABELS
from comptoir.commitments.models import Snapshot, SnapshotLine
from comptoir.commitments.public_table import in_neighbourhood, last_snapshot, lines_of, links_of
from comptoir.commitments.state import Label
from comptoir.commitments.views.shared import BADGES
from comptoir.portal.models import PublicPage
from comptoir.spaces.models import Space
from comptoir.voices import answers
from comptoir.voices.enums import AnswerKind
from comptoir.voices.models import Answer, FollowUp
from comptoir.workshops.models import SynthesisLine, Workshop
from comptoir.workshops.published import line_of_words, public_texts, published_lines

SHOWN = 12
WAITING = 6  # lines that nobody has answered yet: the page names the most said
SOON = timedelta(days=92)
REFUSED = (AnswerKind.NO, AnswerKind.NOT_NOW)


@dataclass(frozen=True, slots=True)
class Decided:
    """A commitment as the last validated table has it. `behind`: the published lines that it answers."""

    text: str
    who: str
    due_on: date | None
    yearly: bool
    word: str
    badge: str
    next_step: str
    next_step_on: date | None
    behind: tuple["Said", ...] = ()


@dataclass(frozen=True, slots=True)
class Said:
    """A published line as everybody reads it, with what was answered (the one in force first) and decided.

    `also`: the other lines that received the very same answer.
    """

    text: str
    occurrences: int
    column: str
    workshop: str
    day: date | None
    answers: tuple[Answer, ...] = ()
    decided: tuple[Decided, ...] = ()
    also: tuple["Said", ...] = ()


@dataclass(frozen=True, slots=True)
class Reading:
    """« Vous avez dit, voici la suite ». `said`: the lines that have an answer, but for the refusals; `waiting`: those
    that have none. `more_decided`: whether the whole table has more."""

    snapshot: Snapshot | None
    neighbourhoods: tuple[tuple[str, str], ...]
    said: tuple[Said, ...]
    waiting: tuple[Said, ...]
    refused: tuple[Said, ...]
    decided: tuple[Decided, ...]
    soon: tuple[Decided, ...]
    more_decided: bool


def read(space: Space, *, neighbourhood: str = "") -> Reading:
    """The public page of a space, in a number of queries that does not grow. `neighbourhood`: a code, or all."""
    snapshot = last_snapshot(space)
    frozen = list(lines_of(snapshot)) if snapshot else []
    links = links_of([line.commitment_id for line in frozen])
    lines = published_lines(space).order_by("-occurrences", "pk")
    told = lines.annotate(in_force=answers.in_force("statement__root"))
    kept = list(told.filter(in_force__isnull=False).exclude(in_force__in=REFUSED)[:SHOWN])
    refused = list(told.filter(in_force__in=REFUSED)[:SHOWN])
    waiting = list(told.filter(in_force=None)[:WAITING])
    main = [*kept, *refused, *waiting]
    behind = {root for roots in links.values() for root in roots} - {row.statement.root_id for row in main}
    others = list(published_lines(space).filter(statement__root__in=behind).order_by("pk")) if behind else []
    texts = public_texts([*main, *others])
    answered = answers.by_root({row.statement.root_id for row in [*main, *others]})
    plain = {
        row.statement.root_id: _said(row, texts, answered.get(row.statement.root_id, ()))
        for row in reversed([*main, *others])
    }
    decided = {
        line.pk: _decided(line, [plain[root] for root in links.get(line.commitment_id, ()) if root in plain])
        for line in frozen
    }
    answering = _answering(frozen, links, decided)

    def shown(rows: Iterable[SynthesisLine]) -> tuple[Said, ...]:
        found = ((row, row.statement.root_id) for row in rows)
        return tuple(_said(row, texts, answered.get(root, ()), answering.get(root, ())) for row, root in found)

    here = in_neighbourhood(frozen, neighbourhood)
    return Reading(
        snapshot=snapshot, neighbourhoods=_neighbourhoods(snapshot), said=_grouped(shown(kept)),
        waiting=shown(waiting), refused=_grouped(shown(refused)),
        decided=tuple(decided[line.pk] for line in here[:SHOWN]),
        soon=tuple(sorted((decided[line.pk] for line in here if _is_soon(line, snapshot)), key=_when)),
        more_decided=len(here) > SHOWN,
    )  # fmt: skip


def _said(
    row: SynthesisLine, texts: Mapping[UUID, str], told: Iterable[Answer], decided: Iterable[Decided] = ()
) -> Said:
    return Said(
        texts[row.pk], row.occurrences, row.heading.label, row.version.title, row.version.workshop.held_on,
        tuple(told), tuple(decided),
    )  # fmt: skip


def _grouped(lines: Iterable[Said]) -> tuple[Said, ...]:
    """One entry an answer: the first line that received it, with the others beside it."""
    groups: dict[tuple[str, str, str, date], list[Said]] = defaultdict(list)
    for line in lines:
        told = line.answers[0]
        groups[told.kind, told.reasons, told.decided_by, told.decided_on].append(line)
    found = []
    for first, *others in groups.values():
        decided = dict.fromkeys(one for line in (first, *others) for one in line.decided)
        found.append(replace(first, also=tuple(others), decided=tuple(decided)))
    return tuple(found)


def _decided(line: SnapshotLine, behind: Iterable[Said]) -> Decided:
    label = Label(line.label)
    return Decided(
        line.wording.text, line.commitment.signatory.organisation.name, line.due_on, line.first_year is not None,
        LABELS[label], BADGES[label], line.next_step, line.next_step_on, tuple(behind),
    )  # fmt: skip


def _answering(
    frozen: Iterable[SnapshotLine], links: Mapping[UUID, Collection[UUID]], decided: Mapping[UUID, Decided]
) -> Mapping[UUID, list[Decided]]:
    """The line that stands for what was said -> the commitments of the table that answer it."""
    found: dict[UUID, list[Decided]] = defaultdict(list)
    for line in frozen:
        for root in links.get(line.commitment_id, ()):
            found[root].append(decided[line.pk])
    return found


def _neighbourhoods(snapshot: Snapshot | None) -> tuple[tuple[str, str], ...]:
    if snapshot is None:
        return ()
    return tuple(snapshot.contract.neighbourhoods.order_by("search", "code").values_list("code", "name"))


def _is_soon(line: SnapshotLine, snapshot: Snapshot | None) -> bool:
    """A step that is dated within three months, or that a recent table announces without a date."""
    today = timezone.localdate()
    if not line.next_step or snapshot is None:
        return False
    if line.next_step_on is None:
        return snapshot.taken_on + SOON >= today
    return today <= line.next_step_on <= today + SOON


def _when(one: Decided) -> date:
    return one.next_step_on or date.max


@dataclass(frozen=True, slots=True)
class Place:
    """Where to say something: what the space wrote, and its next comptoir if it announces it."""

    text: str
    title: str = ""
    day: date | None = None
    where: str = ""

    @property
    def is_known(self) -> bool:
        return bool(self.text or self.title)


def where_to_speak(page: PublicPage) -> Place:
    if not page.announces:
        return Place(page.where_to_speak)
    planned = Workshop.objects.filter(space=page.space, withdrawn_at=None, held_on__gte=timezone.localdate())
    following = planned.order_by("held_on", "pk").first()
    if following is None:
        return Place(page.where_to_speak)
    return Place(page.where_to_speak, following.title, following.held_on, following.place)


@dataclass(frozen=True, slots=True)
class Followed:
    """What a code opens: one's own words, the published line that holds them, what was answered and decided."""

    words: str
    erased: bool
    day: date | None
    line: Said | None
    answers: tuple[Answer, ...]
    decided: tuple[Decided, ...]
    taken_on: date | None


def follow(follow_up: FollowUp) -> Followed:
    """Only the words of this code, and what is public; of an erasure, that they were erased."""
    verbatim = follow_up.verbatim
    space, statement = verbatim.space, verbatim.statement
    row = line_of_words(space, statement.pk, statement.root_id)
    roots = {statement.root_id} | ({row.statement.root_id} if row else set())
    told = answers.by_root(roots)
    found = sorted((one for many in told.values() for one in many), key=lambda one: (one.decided_on, one.pk))
    snapshot = last_snapshot(space)
    frozen = list(lines_of(snapshot)) if snapshot else []
    links = links_of([line.commitment_id for line in frozen])
    decided = [_decided(one, ()) for one in frozen if roots & set(links.get(one.commitment_id, ()))]
    erased = verbatim.erased_at is not None
    return Followed(
        "" if erased else verbatim.words, erased, verbatim.occasion.held_on or timezone.localdate(verbatim.said_at),
        _said(row, public_texts([row]), ()) if row else None, tuple(reversed(found)), tuple(decided),
        snapshot.taken_on if snapshot and decided else None,
    )  # fmt: skip
