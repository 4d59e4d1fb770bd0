"""Reviews of actions: imported, quoted for a question, their people summed into an indicator of the observatory."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from comptoir.accounts import journal
from comptoir.accounts.models import Actor
from comptoir.evaluation.actions.answers import bring
from comptoir.evaluation.enums import FindingKind
from comptoir.evaluation.models import ActionReview, EvaluativeQuestion, Finding
from comptoir.evaluation.reviews import Sum, Told, sums
from comptoir.evaluation.rules import may_keep_reviews
from comptoir.kit.errors import Conflict, Invalid, Refused
from comptoir.observatory.actions import give_values, remove_values
from comptoir.observatory.actions.figures import Given
from comptoir.observatory.entry import WHOLE, kept
from comptoir.observatory.enums import IndicatorKind, Territory
from comptoir.observatory.models import Indicator, Place, Value

FIELDS = ("action", "year", "place", "bearer", "money", "reached", "noted")
COUNTED = ("year", "place_id", "reached")  # what a sum depends upon
QUOTED = 400  # signs of a piece of evidence


def _must_keep(actor: Actor) -> None:
    if not may_keep_reviews(actor):
        raise Refused("Les bilans sont importés par l'équipe du contrat.")


@transaction.atomic
def add_reviews(*, actor: Actor, rows: Sequence[Mapping[str, Any]]) -> list[ActionReview]:
    """New reviews, in order; each row has values by name of FIELDS."""
    _must_keep(actor)
    made = [
        ActionReview(space=actor.space, author_id=actor.person_id, **{n: row[n] for n in FIELDS if n in row})
        for row in rows
    ]
    for one in made:
        one.save()
    journal.write_many(actor, "evaluation.add_reviews", "Bilan d'action ajouté", [one.pk for one in made])
    return made


@transaction.atomic
def change_reviews(*, actor: Actor, changes: Mapping[UUID, Mapping[str, Any]]) -> None:
    """Other values. What an indicator was summed from is to be summed again: the review is no longer counted in it."""
    _must_keep(actor)
    found = ActionReview.objects.shown().select_for_update(of=("self",)).filter(space=actor.space)
    there = found.in_bulk(list(changes))
    for pk, values in changes.items():
        one = there[pk]
        before = [getattr(one, name) for name in COUNTED]
        for name in FIELDS:
            if name in values:
                setattr(one, name, values[name])
        if [getattr(one, name) for name in COUNTED] != before:
            one.counted_in = None
        one.save()
    journal.write_many(actor, "evaluation.change_reviews", "Bilan d'action corrigé", list(there))


@transaction.atomic
def remove_reviews(*, actor: Actor, identities: Sequence[UUID]) -> None:
    """They are no longer shown: an import that is undone."""
    _must_keep(actor)
    found = list(ActionReview.objects.shown().filter(space=actor.space, pk__in=list(identities)).order_by("pk"))
    ActionReview.objects.filter(pk__in=[one.pk for one in found]).update(withdrawn_at=timezone.now())
    journal.write_many(actor, "evaluation.remove_reviews", "Bilan d'action retiré", [one.pk for one in found])


@transaction.atomic
def quote_review(*, actor: Actor, review: ActionReview, question: EvaluativeQuestion, on: date) -> Finding:
    """The words of a review become a piece of evidence of the question, with where they come from."""
    if review.space_id != actor.space.pk or review.withdrawn_at is not None:
        raise Refused("Ce bilan n'est pas dans votre espace, ou il a été retiré.")
    if not review.noted:
        raise Invalid("Ce bilan ne dit rien en mots : il n'y a rien à verser.", field="question")
    if question.findings.filter(review=review, withdrawn_at=None).exists():
        raise Conflict("Ce bilan est déjà versé à cette question.")
    words = " ".join(review.noted.split())
    made = bring(
        actor=actor, question=question, kind=FindingKind.NOTE, on=on, period=str(review.year),
        text=words if len(words) <= QUOTED else f"{words[: QUOTED - 2].rsplit(' ', 1)[0]} …",
        whence=f"Bilan : {review.action}"[:200],
    )  # fmt: skip
    made.review = review
    made.save(update_fields=["review"])
    journal.write(
        actor, "evaluation.quote_review", "Bilan versé à une question", review.pk, within_id=question.evaluation_id,
        finding=made.pk,
    )  # fmt: skip
    return made


@dataclass(frozen=True, slots=True)
class Line:
    """A value of the indicator to come. `now`: the one there, as typed; `new` None: it is taken away."""

    year: int
    place: Place
    now: float | None
    new: int | None
    sum: Sum[UUID] | None


def feeding(actor: Actor, indicator: Indicator) -> list[Line]:
    """What an indicator holds, and what it will hold once it is summed from the reviews. For the team alone."""
    _must_keep(actor)
    _check_fed(actor, indicator)
    reviews = list(ActionReview.objects.shown().filter(space=actor.space).select_related("place").order_by("pk"))
    known = Place.objects.filter(kind=Territory.SPACE, code=WHOLE).first()
    whole = known or Place(kind=Territory.SPACE, code=WHOLE)  # read only: `feed` makes it
    places = {one.place_id: one.place for one in reviews if one.place is not None}
    told = [
        Told(one.year, None if one.place is None or one.place.kind == Territory.SPACE else one.place_id, one.reached)
        for one in reviews
    ]
    there = {
        (value.series.reference, value.place_id): value
        for value in Value.objects.filter(series__indicator=indicator).select_related("series", "place").order_by("pk")
    }
    lines = []
    for one in sums(told):
        place = places[one.place] if one.place is not None else whole
        now = there.pop((one.year, place.pk), None)
        lines.append(Line(one.year, place, now.value if now else None, one.reached, one))
    lines += [Line(year, value.place, value.value, None, None) for (year, _), value in there.items()]
    return sorted(lines, key=lambda line: (-line.year, line.place.kind == Territory.SPACE, line.place.search))


def _check_fed(actor: Actor, indicator: Indicator) -> None:
    if indicator.space_id != actor.space.pk or indicator.withdrawn_at is not None:
        raise Refused("Cet indicateur n'est pas de cet espace.")
    if indicator.kind != IndicatorKind.COUNT or indicator.family:
        raise Invalid("Choisissez un nombre qui n'est pas une partie d'un autre.", field="indicator")


@transaction.atomic
def feed(*, actor: Actor, indicator: Indicator) -> int:
    """Sum people reached into a local indicator: its values become those sums, and nothing else. How many.

    They go through the entry of the observatory: its supplier's threshold decides what may leave of them.
    """
    lines = feeding(actor, indicator)
    by_year: dict[int, list[Given]] = {}
    for line in lines:
        if line.new is not None:
            by_year.setdefault(line.year, []).append(Given(kept(line.place), float(line.new)))
    if not by_year:
        raise Invalid("Aucun bilan ne dit combien de personnes ont été touchées.", field="indicator")
    gone = Value.objects.filter(series__indicator=indicator)
    for year, given in by_year.items():
        gone = gone.exclude(series__reference=year, place__in=[one.place.pk for one in given])
    if unwanted := list(gone.values_list("pk", flat=True)):
        remove_values(actor=actor, values=unwanted)
    for year, given in by_year.items():
        give_values(actor=actor, indicator=indicator, year=year, given=given)
    mine = ActionReview.objects.shown().filter(space=actor.space)
    mine.filter(counted_in=indicator).update(counted_in=None)
    mine.filter(reached__isnull=False).update(counted_in=indicator)
    number = sum(len(given) for given in by_year.values())
    journal.write(actor, "evaluation.feed", "Indicateur compté depuis les bilans", indicator.pk, values=number)
    return number
