"""The national list of contracts, taken in by the instance: each partnership has its space, contract and perimeter."""

from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Count
from django.utils.text import slugify

from comptoir.analysis.national_contracts import PublishedContract
from comptoir.audit.models import record
from comptoir.contracts.models import CityContract, ContractArea, ContractNeighbourhood
from comptoir.spaces.models import RESERVED_SLUGS, Space
from comptoir.territories.enums import AreaKind
from comptoir.territories.models import Area, PriorityNeighbourhood

TIME_ZONES = {
    "971": "America/Guadeloupe", "972": "America/Martinique", "973": "America/Cayenne", "974": "Indian/Reunion",
    "975": "America/Miquelon", "976": "Indian/Mayotte", "977": "America/St_Barthelemy", "978": "America/Marigot",
    "986": "Pacific/Wallis", "987": "Pacific/Tahiti", "988": "Pacific/Noumea",
}  # fmt: skip
KINDS = {"commune": AreaKind.COMMUNE, "epci": AreaKind.EPCI, "ept": AreaKind.EPT}


@dataclass
class Loaded:
    """What a load did. `waiting`: neighbourhood codes that no loaded list knows yet. `bare`: codes of the contracts
    whose space has no neighbourhood, because the file names none."""

    opened: int = 0
    spaces: int = 0
    known: int = 0
    linked: int = 0
    waiting: set[str] = field(default_factory=set)
    bare: list[str] = field(default_factory=list)


def load_contracts(
    published: Sequence[PublishedContract], *, tell: Callable[[int, int], None] = lambda done, total: None
) -> Loaded:
    """Every contract of the list gets its space with its neighbourhoods. Run twice, the second changes nothing.

    A contract that is there, by its code, is not renamed and loses nothing: codes that it lacks are added. Contracts of
    two generations on the same perimeter succeed each other in one space, and a space has one of each generation
    (ADR 18), whichever file comes first. Stopped halfway, what was done is kept, and running again does the rest.
    """
    loaded, known = Loaded(linked=link_perimeters()), _known(published)
    for at, one in enumerate(sorted(published, key=_claim), start=1):
        with transaction.atomic():
            _load(one, known, loaded)
        tell(at, len(published))
    held = ContractNeighbourhood.objects.values("contract__space")
    ours = CityContract.objects.filter(published_code__in=[one.code for one in published])
    loaded.bare = list(ours.exclude(space__in=held).order_by("published_code").values_list("published_code", flat=True))
    return loaded


def _claim(one: PublishedContract) -> tuple[bool, int, str]:
    """Who comes first to succeed a contract of the same perimeter, where several could.

    A code that ends with N is that of a new contract: last. Then the one that has most neighbourhoods, then the code.
    """
    return one.code.endswith("N"), -len(one.neighbourhoods), one.code


@dataclass
class _Known:
    """What is there already, read once: the file may name thousands of codes."""

    contracts: dict[str, CityContract]
    perimeters: dict[frozenset[str], list[CityContract]]
    generations: dict[UUID, set[int]]
    areas: dict[str, UUID]
    neighbourhoods: dict[str, UUID]


def _known(published: Sequence[PublishedContract]) -> _Known:
    contracts: list[Any] = list(
        CityContract.objects.select_related("space").prefetch_related("areas").annotate(size=Count("perimeter"))
    )
    contracts.sort(key=lambda one: (one.published_code.endswith("N"), -one.size, one.published_code, one.pk))
    perimeters: dict[frozenset[str], list[CityContract]] = defaultdict(list)
    generations: dict[UUID, set[int]] = defaultdict(set)
    for contract in contracts:
        perimeters[frozenset(area.code for area in contract.areas.all())].append(contract)
        generations[contract.space_id].add(contract.generation)
    codes = {code for one in published for code in one.neighbourhoods}
    areas = Area.objects.filter(kind__in=KINDS.values(), code__in={code for one in published for code in one.perimeter})
    neighbourhoods = PriorityNeighbourhood.objects.filter(code__in=codes).order_by("code")
    return _Known(
        {contract.published_code: contract for contract in contracts if contract.published_code},
        perimeters,
        generations,
        dict(areas.order_by("code").values_list("code", "pk")),
        dict(neighbourhoods.values_list("code", "pk")),
    )


def link_perimeters() -> int:
    """Give their outline to the codes that were waiting for it; how many."""
    waiting = ContractNeighbourhood.objects.filter(neighbourhood=None).order_by("pk")
    codes = set(waiting.values_list("code", flat=True))
    known = {one.code: one for one in PriorityNeighbourhood.objects.filter(code__in=codes).only("code")}
    rows = [row for row in waiting if row.code in known]
    for row in rows:
        row.neighbourhood = known[row.code]
    ContractNeighbourhood.objects.bulk_update(rows, ["neighbourhood"], batch_size=500)
    return len(rows)


def _load(one: PublishedContract, known: _Known, loaded: Loaded) -> None:
    contract = known.contracts.get(one.code)
    if contract is None:
        contract = known.contracts[one.code] = _open(one, known, loaded)
        loaded.opened += 1
    else:
        loaded.known += 1
    wanted = set(one.neighbourhoods)
    loaded.waiting |= wanted - set(known.neighbourhoods)
    held = set(contract.perimeter.values_list("code", flat=True)) if wanted else set()
    ContractNeighbourhood.objects.bulk_create(
        ContractNeighbourhood(contract=contract, code=code, neighbourhood_id=known.neighbourhoods.get(code))
        for code in sorted(wanted - held)
    )


def _open(one: PublishedContract, known: _Known, loaded: Loaded) -> CityContract:
    """In the space of a contract of another generation that covers the same communes or EPCI, and no other, if it
    has none of this generation; in a space of its own otherwise."""
    there = known.perimeters[one.perimeter]
    kin = next((c for c in there if one.generation not in known.generations[c.space_id]), None)
    space = kin.space if kin else _space(one)
    loaded.spaces += kin is None
    known.generations[space.pk].add(one.generation)
    others = [contract for contract in there if contract.space_id == space.pk]
    before = max((c for c in others if c.generation < one.generation), key=lambda c: c.generation, default=None)
    contract = CityContract.objects.create(
        space=space, name=f"Contrat de ville – {one.name}"[:200], published_code=one.code, generation=one.generation,
        predecessor=before,
    )  # fmt: skip
    for after in others:
        if after.generation > one.generation and after.predecessor_id is None:
            after.predecessor = contract
            after.save(update_fields=["predecessor"])
    ContractArea.objects.bulk_create(
        ContractArea(
            contract=contract, kind=KINDS[area.kind], code=area.code, name=area.name, area_id=known.areas.get(area.code)
        )
        for area in one.areas
    )  # fmt: skip
    there.append(contract)
    record(
        space=space, actor_id=None, action="contracts.load_contract", label="Contrat chargé de la liste nationale",
        object_id=contract.pk, within_id=contract.pk,
    )  # fmt: skip
    return contract


def _space(one: PublishedContract) -> Space:
    """A space without anybody yet: the instance gives it its first project lead."""
    name = one.name[:120]
    plain = slugify(name)[:40].strip("-") or one.code.lower()
    wanted = [
        plain,
        *(f"{plain[: 39 - len(end)].strip('-')}-{end}" for end in (one.department.lower(), one.code.lower())),
    ]
    taken = set(Space.objects.filter(slug__in=wanted).values_list("slug", flat=True)) | RESERVED_SLUGS
    slug = next(slug for slug in wanted if slug not in taken)
    space = Space(slug=slug, name=name, time_zone=TIME_ZONES.get(one.department, "Europe/Paris"))
    space.full_clean()
    space.save()
    record(
        space=space, actor_id=None, action="contracts.open_space", label="Espace ouvert par la liste nationale",
        object_id=space.pk,
    )  # fmt: skip
    return space
