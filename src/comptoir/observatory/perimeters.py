"""Which figures speak of a neighbourhood: its own, and those of the 2015 perimeter it comes from, where that is fair.

See docs/concepts/comparison.md (« Filiation ») for what the quality of a lineage means.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from uuid import UUID

from comptoir.analysis.comparison import Perimeter, Quality
from comptoir.observatory.enums import Territory
from comptoir.observatory.models import Place
from comptoir.territories.enums import Generation
from comptoir.territories.models import PerimeterLineage, PriorityNeighbourhood

PERIMETERS = {
    (Territory.NEIGHBOURHOOD, 2015): Perimeter.QPV_2015,
    (Territory.NEIGHBOURHOOD, 2024): Perimeter.QPV_2024,
    (Territory.COMMUNE, 0): Perimeter.COMMUNE,
    (Territory.EPCI, 0): Perimeter.EPCI,
    (Territory.FRANCE, 0): Perimeter.FRANCE,
    (Territory.ALL_NEIGHBOURHOODS, 2015): Perimeter.QPV_2015,
}


def perimeter_of(place: Place) -> Perimeter:
    return PERIMETERS.get((Territory(place.kind), place.generation), Perimeter.OTHER)


@dataclass
class Ground:
    """A neighbourhood and the places whose figures may be read for it, the surest first. `note`: what has to be said
    about them; `refusal`: why those of 2015 are not read, and
    `former` the perimeter that they are of: it is shown as another territory."""

    neighbourhood: PriorityNeighbourhood
    places: list[Place] = field(default_factory=list)
    note: str = ""
    refusal: str = ""
    former: Place | None = None

    @property
    def identities(self) -> set[UUID]:
        return {one.pk for one in self.places}


Level = tuple[str, str]  # kind and code of a larger territory


def grounds_of(
    neighbourhoods: Sequence[PriorityNeighbourhood], around: Sequence[Level] = ()
) -> tuple[list[Ground], list[Place]]:
    """For each neighbourhood, in order; and those of the larger territories asked for that figures are known of.

    Two queries, whatever their number.
    """
    best: dict[UUID, PerimeterLineage] = {}
    links = PerimeterLineage.objects.filter(latter__in=neighbourhoods).select_related("former")
    for link in links.order_by("-share_of_latter", "pk"):
        best.setdefault(link.latter_id, link)
    codes = {one.code for one in neighbourhoods} | {link.former.code for link in best.values()}
    known = list(Place.objects.filter(code__in=codes | {code for _, code in around}))
    places = {(one.code, one.generation): one for one in known if one.kind == Territory.NEIGHBOURHOOD}
    larger = {(one.kind, one.code): one for one in known}
    found = []
    for one in neighbourhoods:
        ground = Ground(one)
        own = places.get((one.code, one.generation))
        if own:
            ground.places.append(own)
        _former(ground, best.get(one.pk), places)
        found.append(ground)
    return found, [larger[level] for level in dict.fromkeys(around) if level in larger]


def _former(ground: Ground, link: PerimeterLineage | None, places: dict[tuple[str, int], Place]) -> None:
    if ground.neighbourhood.generation == Generation.G2015:
        ground.note = "Périmètre de 2015."
        return
    if link is None:
        ground.refusal = "Aucun quartier de 2015 n'est connu sous ce périmètre : ses chiffres ne sont pas lus."
        return
    former = f"{link.former.name} ({link.former.code})"
    if link.quality == Quality.POOR:
        ground.refusal = (
            f"Le périmètre de 2015, {former}, est trop différent de celui de 2024 "
            f"({round(100 * link.share_of_latter)} % du sol en commun) : ses chiffres ne sont pas lus pour celui-ci."
        )
        ground.former = places.get((link.former.code, Generation.G2015))
        return
    place = places.get((link.former.code, Generation.G2015))
    if place is None:
        return
    ground.places.append(place)
    if link.quality == Quality.GOOD:
        how = "le même que celui de 2024 à la précision des contours."
    else:
        share = round(100 * link.share_of_latter)
        how = f"proche de celui de 2024 sans lui être égal ({share} % du sol en commun) : à lire avec prudence."
    ground.note = f"Périmètre de 2015, {former}, {how}"


def levels_around(neighbourhoods: Sequence[PriorityNeighbourhood], *, region: bool = False) -> list[Level]:
    """The larger territories around: communes, EPCI, departments, France, all neighbourhoods; each once."""
    found: list[Level] = []
    for one in neighbourhoods:
        found += [(str(Territory.COMMUNE), commune.code) for commune in one.communes.all()]
    for kind, areas in (
        (Territory.EPCI, [one.epci for one in neighbourhoods]),
        (Territory.DEPARTMENT, [one.department for one in neighbourhoods]),
        (Territory.REGION, [one.region for one in neighbourhoods] if region else []),
    ):
        found += [(str(kind), area.code) for area in areas if area is not None]
    found += [(str(Territory.FRANCE), "FR"), (str(Territory.ALL_NEIGHBOURHOODS), "ENSEMBLE")]
    return list(dict.fromkeys(found))


def names_of(places: Iterable[Place], space_name: str) -> dict[UUID, str]:
    """What each place is called on a page; the whole of a space has the name of the space."""
    return {one.pk: space_name if one.kind == Territory.SPACE else str(one) for one in places}
