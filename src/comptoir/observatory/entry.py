"""The territories that a local indicator is given for, and the values already there, as typed."""

from typing import Any
from uuid import UUID

from comptoir.accounts.models import Actor
from comptoir.analysis.text import fold
from comptoir.observatory.enums import Territory
from comptoir.observatory.models import Collection, Indicator, Place, Value
from comptoir.observatory.rules import may_keep_indicators
from comptoir.territories.models import LocalArea
from comptoir.territories.slots import neighbourhoods_of

WHOLE = "ESPACE"
EVERYWHERE = ("Ensemble", "total", "ensemble du territoire", "tous les quartiers", "tous quartiers")


def place_for(kind: str, code: str, generation: int = 0, name: str = "") -> Place:
    """The territory of this code, made where no file has named it yet. To be called while writing."""
    row, _ = Place.objects.get_or_create(
        kind=kind, code=code, generation=generation, defaults={"name": name[:200]}
    )  # fmt: skip
    return row


def territories_of(actor: Actor) -> list[Place]:
    """Neighbourhoods of the contract, local areas, and the whole of the space: those known, and those still to make."""
    wanted = [
        Place(kind=Territory.NEIGHBOURHOOD, code=one.code, generation=one.generation, name=one.name)
        for one in neighbourhoods_of(actor.space).order_by("search", "code")
    ]
    areas = LocalArea.objects.visible_to(actor).defer("geometry", "sketch")
    wanted += [Place(kind=Territory.LOCAL_AREA, code=one.code, name=one.name) for one in areas]
    wanted.append(Place(kind=Territory.SPACE, code=WHOLE))
    known = {
        (one.kind, one.code, one.generation): one
        for one in Place.objects.filter(code__in=[one.code for one in wanted])
    }  # fmt: skip
    return [known.get((one.kind, one.code, one.generation), one) for one in wanted]


def places_by_name(actor: Actor) -> dict[str, Place]:
    """The territories of `territories_of` by what a file may call them, folded: name, code, words for the whole."""
    found: dict[str, Place] = {}
    for one in territories_of(actor):
        if one.kind == Territory.SPACE:
            for word in (*EVERYWHERE, actor.space.name):
                found[fold(word)] = one
        else:
            found.setdefault(fold(one.name), one)
            found[fold(one.code)] = one
    return found


def label_of(place: Place) -> str:
    """How a territory is written in a file that is read again."""
    return EVERYWHERE[0] if place.kind == Territory.SPACE else place.code


def kept(place: Place) -> Place:
    """A territory that is in the database: given back, or made."""
    return place_for(place.kind, place.code, place.generation, place.name)


def names_for(places: list[Place], space_name: str) -> dict[UUID, str]:
    return {
        one.pk: f"Ensemble du territoire ({space_name})" if one.kind == Territory.SPACE else str(one) for one in places
    }


def given_before(indicator: Indicator, year: int) -> dict[Any, Value]:
    """The values as typed: for those who may give them only."""
    rows = Value.objects.filter(series__indicator=indicator, series__reference=year, series__published=0)
    return {one.place_id: one for one in rows}


def waiting_for(actor: Actor) -> Any:
    """The collections still open, the first due first: on the page of the observatory, and in « Ma semaine »."""
    return Collection.objects.filter(space=actor.space, closed_at=None, indicator__withdrawn_at=None).select_related(
        "indicator", "owner__person"
    )


def asked_of(actor: Actor) -> Any:
    """Those of `waiting_for` that this person may type: all of them for the team, their own for anyone else."""
    rows = waiting_for(actor)
    return rows if may_keep_indicators(actor) else rows.filter(owner__person=actor.person_id, owner__isnull=False)
