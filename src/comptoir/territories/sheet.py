"""What the page of a neighbourhood shows, in a fixed number of queries."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Q

from comptoir.territories.drawing import Drawing, draw
from comptoir.territories.enums import Generation
from comptoir.territories.models import Area, NeighbourhoodOutline, PerimeterLineage, PriorityNeighbourhood


@dataclass(frozen=True, slots=True)
class Kin:
    """A neighbourhood of the other list, and what it has in common with this one: percentages."""

    code: str
    name: str
    relation: str
    share_here: int
    share_there: int
    margin: int
    quality: str


@dataclass(frozen=True, slots=True)
class Sheet:
    """A neighbourhood, its communes and their EPCI, its kin of the other list, its picture."""

    neighbourhood: PriorityNeighbourhood
    communes: tuple[Area, ...]
    epcis: tuple[str, ...]
    kin: tuple[Kin, ...]
    drawing: Drawing | None
    other: int

    @property
    def is_former(self) -> bool:
        return self.neighbourhood.generation == Generation.G2015


def sheet_of(neighbourhood: PriorityNeighbourhood) -> Sheet:
    communes = tuple(neighbourhood.communes.select_related("epci").order_by("search"))
    epcis = dict.fromkeys(one.epci.name for one in communes if one.epci)
    if neighbourhood.epci and neighbourhood.epci.name not in epcis:
        epcis[neighbourhood.epci.name] = None
    links = list(
        PerimeterLineage.objects.filter(Q(former=neighbourhood) | Q(latter=neighbourhood))
        .select_related("former", "latter")
        .order_by("-share_of_latter", "pk")
    )
    others = {link.former_id if link.latter_id == neighbourhood.pk else link.latter_id for link in links}
    return Sheet(
        neighbourhood, communes, tuple(epcis), tuple(_kin(neighbourhood, link) for link in links),
        _picture(neighbourhood, others),
        Generation.G2024 if neighbourhood.generation == Generation.G2015 else Generation.G2015,
    )  # fmt: skip


def _kin(here: PriorityNeighbourhood, link: PerimeterLineage) -> Kin:
    later = link.latter_id == here.pk
    there = link.former if later else link.latter
    shares = (link.share_of_latter, link.share_of_former)
    mine, theirs = shares if later else shares[::-1]
    return Kin(
        there.code,
        there.name,
        link.relation.label,
        _percent(mine),
        _percent(theirs),
        _percent(link.margin),
        link.quality,
    )


def _percent(share: float) -> int:
    return round(100 * share)


def _picture(here: PriorityNeighbourhood, others: set[Any]) -> Drawing | None:
    """This outline over those of the other list that share something with it."""
    rows = NeighbourhoodOutline.objects.filter(pk__in={here.pk, *others}).select_related("neighbourhood")
    found = sorted(rows.order_by("pk"), key=lambda row: (row.pk == here.pk, row.neighbourhood.code))
    if not any(row.pk == here.pk for row in found):
        return None
    return draw(
        [
            (row.geometry, f"{row.neighbourhood.name} ({row.neighbourhood.generation})", _style(row, here))
            for row in found
            if row.geometry
        ]
    )


def _style(row: NeighbourhoodOutline, here: PriorityNeighbourhood) -> str:
    return "here" if row.pk == here.pk else "other"
