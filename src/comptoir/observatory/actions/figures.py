"""Values of local indicators: typed by their owner, or brought by an import."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from comptoir.accounts import journal
from comptoir.accounts.models import Actor
from comptoir.kit.errors import Invalid, Refused
from comptoir.observatory.enums import IndicatorKind, Said
from comptoir.observatory.models import Collection, Indicator, Place, Series, Value
from comptoir.observatory.releases import protect
from comptoir.observatory.rules import may_give, may_keep_indicators

EARLIEST = 1990


@dataclass(frozen=True, slots=True)
class Given:
    """A value as somebody gives it. `value` None: it is taken away, or marked (`mark`)."""

    place: Place
    value: float | None
    units: int | None = None
    top: float | None = None
    mark: str = Said.NONE


@transaction.atomic
def give_values(
    *, actor: Actor, indicator: Indicator, year: int, given: Sequence[Given], collection: Collection | None = None
) -> list[UUID]:
    """Writes the values of a local indicator for a year, and decides again what may leave. Their identities, in order.

    What may leave of values given before may change: a total that comes later can hide what was shown.
    """
    if not (may_keep_indicators(actor) or (collection is not None and may_give(actor, collection))):
        raise Refused("Ces valeurs sont saisies par l'équipe, ou par la personne à qui elles ont été demandées.")
    if indicator.space_id != actor.space.pk or (collection and collection.indicator_id != indicator.pk):
        raise Refused("Cet indicateur n'est pas de cet espace.")
    if not EARLIEST <= year <= timezone.localdate().year:
        raise Invalid(f"{year} n'est pas une année possible : de {EARLIEST} à cette année.", field="year")
    for one in given:
        _fits(indicator, one)
    series, _ = Series.objects.get_or_create(indicator=indicator, published=0, reference=year, period="")
    found = []
    for one in given:
        row, _ = Value.objects.update_or_create(
            series=series, place=one.place,
            defaults={"value": one.value, "units": one.units, "top": one.top, "mark": one.mark},
            create_defaults={"value": one.value, "units": one.units, "top": one.top, "mark": one.mark},
        )  # fmt: skip
        found.append(row.pk)
    protect([series])
    journal.write(
        actor, "observatory.give_values", "Valeurs saisies", series.pk, indicator.pk, year=year, values=len(found)
    )
    return found


@transaction.atomic
def remove_values(*, actor: Actor, values: Sequence[UUID]) -> int:
    """Takes local values away: an import that is undone."""
    if not may_keep_indicators(actor):
        raise Refused("Les indicateurs de l'espace sont tenus par l'équipe du contrat.")
    mine = Value.objects.filter(pk__in=list(values), series__indicator__space=actor.space)
    touched = list(Series.objects.filter(values__in=mine).distinct().select_related("indicator"))
    count, _ = mine.delete()
    protect(touched)
    journal.write_many(actor, "observatory.remove_values", "Valeurs retirées", [one.pk for one in touched])
    return count


def _fits(indicator: Indicator, one: Given) -> None:
    if one.value is None:
        return
    where = f"{one.place} : "
    if indicator.kind == IndicatorKind.COUNT and (one.value < 0 or one.value != int(one.value)):
        raise Invalid(f"{where}un nombre est entier et positif, {one.value:g} ne l'est pas.", field="value")
    if indicator.kind == IndicatorKind.RATIO and not -100 <= one.value <= 1000:
        raise Invalid(f"{where}une part se donne en %, {one.value:g} n'en est pas une.", field="value")
    if indicator.kind == IndicatorKind.AMOUNT and one.value < 0:
        raise Invalid(f"{where}un montant est positif.", field="value")
    if one.top is not None and (one.value is None or one.top > one.value):
        raise Invalid(f"{where}la plus grosse contribution ne dépasse pas le montant.", field="top")
