"""The cooperative dashboard of a contract: one page for all, rights by field, in a fixed number of queries."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.urls import reverse

from comptoir.accounts.models import Actor
from comptoir.accounts.rules import is_team
from comptoir.commitments.capacity import Excess, excesses
from comptoir.commitments.models import Commitment
from comptoir.commitments.shape import Cross, cross, is_long, is_soon, never_filled
from comptoir.commitments.state import Label, Missing
from comptoir.commitments.table import totals, whole_table
from comptoir.commitments.told import Told, What, told_of
from comptoir.contracts.models import CityContract
from comptoir.contracts.slots import Ahead, Waiting, dates_ahead, waiting_for_me
from comptoir.portal.changes import Changed, Keeping, changes_since, keeping_of
from comptoir.portal.waiting import Line, waiting_for

Named = tuple[str, str]  # the code that filters the table, the words shown
NOWHERE: Named = ("", "Tous les quartiers")
NO_OBJECTIVE: Named = ("", "Sans objectif")
_GOING_ON = frozenset({Label.ONGOING, Label.AMENDED, Label.TO_SPECIFY})


@dataclass(frozen=True, slots=True)
class Soon:
    """What changes within three months in a neighbourhood. `silent`: long commitments that do not say it."""

    place: Named
    steps: list[Commitment]
    silent: int


@dataclass(frozen=True, slots=True)
class Empty:
    """How many cells of a signatory were never filled, nothing included."""

    signatory: Named
    counts: tuple[tuple[Missing, int], ...]


@dataclass(frozen=True, slots=True)
class Dashboard:
    """What the page draws; `lines` is every commitment with its state."""

    contract: CityContract
    seen_at: datetime | None
    lines: list[Line]
    totals: list[tuple[Label, int]]
    changed: list[Changed]
    waiting: list[Waiting]
    watched: list[Line]
    by_signatory: Cross[Named]
    by_place: Cross[Named]
    by_objective: Cross[Named]
    soon: list[Soon]
    ahead: list[Ahead]
    keeping: Keeping
    empty: list[Empty]
    excesses: list[Excess]


def read(actor: Actor, contract: CityContract, *, seen_at: datetime | None, on: date, shared: bool) -> Dashboard:
    """Everything at once: the commitments and their states are read once, and counted in memory.

    `shared`: for a wall or a sheet that others see; what is for this person alone is left out.
    """
    whole = whole_table(contract, on=on)
    lines = [Line(commitment, whole.states[commitment.pk]) for commitment in whole.commitments]
    by_pk = {commitment.pk: commitment for commitment in whole.commitments}
    told = told_of(contract, actor, on=on)
    places = _places(told)
    watched = {one.commitment for one in told if one.what == What.WATCH}
    promised = [one.extra for one in told if one.what == What.PROMISE]
    numbers = [(one.extra, one.text, int(one.code)) for one in told if one.what == What.CAPACITY]
    return Dashboard(
        contract=contract, seen_at=seen_at, lines=lines,
        totals=totals({line.commitment.pk: line.state.label for line in lines}),
        changed=changes_since(contract, by_pk, since=seen_at, but=actor.person_id),
        waiting=[] if shared else [*waiting_for(actor, lines, told, on=on), *waiting_for_me.values(actor, contract)],
        watched=[] if shared else [line for line in lines if line.commitment.pk in watched],
        by_signatory=cross([(_signatory(line), line.state.label) for line in lines], _signatories(lines)),
        by_place=_by_place(lines, places), by_objective=_by_objective(lines), soon=_soon(lines, places, on),
        ahead=sorted(
            [*_ahead(actor, contract, lines, told, on), *dates_ahead.values(actor, contract)],
            key=lambda one: (one.on, one.what, one.text),
        ),
        keeping=keeping_of(contract, on=on), empty=_empty(lines),
        excesses=excesses(numbers, promised) if is_team(actor) and not shared else [],
    )  # fmt: skip


def _places(told: Sequence[Told]) -> dict[UUID, list[Named]]:
    found: dict[UUID, list[Named]] = defaultdict(list)
    for one in told:
        if one.what == What.PLACE and one.commitment:
            found[one.commitment].append((one.code, one.text))
    return found


def _signatory(line: Line) -> Named:
    signatory = line.commitment.signatory
    return signatory.code, signatory.organisation.name


def _signatories(lines: Sequence[Line]) -> list[Named]:
    organisations = {_signatory(line): line.commitment.signatory.organisation.search for line in lines}
    return sorted(organisations, key=lambda one: (organisations[one], one))


def _by_place(lines: Sequence[Line], places: dict[UUID, list[Named]]) -> Cross[Named]:
    """A commitment for two neighbourhoods counts in both."""
    pairs = [(place, line.state.label) for line in lines for place in places.get(line.commitment.pk, [NOWHERE])]
    names = sorted({place for place, _ in pairs if place != NOWHERE}, key=lambda place: (place[1], place[0]))
    return cross(pairs, [*names, NOWHERE])


def _by_objective(lines: Sequence[Line]) -> Cross[Named]:
    found = {line.commitment.objective for line in lines if line.commitment.objective}
    keys = [(o.code, o.text) for o in sorted(found, key=lambda o: (o.position, o.pk))]
    pairs = [
        ((o.code, o.text) if (o := line.commitment.objective) else NO_OBJECTIVE, line.state.label) for line in lines
    ]
    return cross(pairs, [*keys, NO_OBJECTIVE])


def _soon(lines: Sequence[Line], places: dict[UUID, list[Named]], on: date) -> list[Soon]:
    """By neighbourhood that has commitments; what concerns them all comes last."""
    steps: dict[Named, list[Commitment]] = defaultdict(list)
    silent: dict[Named, int] = defaultdict(int)
    for line in lines:
        commitment = line.commitment
        told = bool(commitment.next_step) and is_soon(commitment.next_step_on, on=on)
        for place in places.get(commitment.pk, [NOWHERE]):
            if told:
                steps[place].append(commitment)
            elif is_long(commitment.due_on, line.state.label, on=on):
                silent[place] += 1
    names = sorted({*steps, *silent} - {NOWHERE}, key=lambda place: (place[1], place[0]))
    shown = [*names, *({NOWHERE} & {*steps, *silent})]
    return [Soon(place, sorted(steps[place], key=_step_day), silent[place]) for place in shown]


def _step_day(commitment: Commitment) -> tuple[date, UUID]:
    return commitment.next_step_on or date.max, commitment.pk


def _ahead(actor: Actor, contract: CityContract, lines: Sequence[Line], told: Sequence[Told], on: date) -> list[Ahead]:
    """Meetings, due dates and next steps, published promises: what may be projected on a wall."""
    slug, found = actor.space.slug, []
    bodies = reverse("bodies", args=(slug, contract.code))
    for one in told:
        if one.what == What.MEETING and one.day:
            found.append(Ahead(one.day, one.extra, one.text, bodies))
        elif one.what == What.PROMISE and one.done_on and one.day and one.day >= on:
            found.append(Ahead(one.day, "parole donnée", one.text, reverse("promise", args=(slug, one.code))))
    for line in lines:
        commitment = line.commitment
        days: list[tuple[date | None, str, str]] = []
        if commitment.next_step and is_soon(commitment.next_step_on, on=on):
            days.append((commitment.next_step_on, "étape", commitment.next_step))
        if line.state.label in _GOING_ON and is_soon(commitment.due_on, on=on):
            days.append((commitment.due_on, "échéance", commitment.text))
        url = reverse("commitment", args=(slug, commitment.code)) if days else ""  # few of them have one
        found += [Ahead(day, what, text, url) for day, what, text in days if day]
    return found


def _empty(lines: Sequence[Line]) -> list[Empty]:
    found = never_filled((_signatory(line), line.state.missing) for line in lines)
    return [Empty(key, tuple(found[key].items())) for key in _signatories(lines) if key in found]
