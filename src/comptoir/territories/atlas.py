"""What is known of territories, in memory, while official files are merged into it. Nothing is written here.

A row says what it knows: what it leaves empty stays as it was. Files may come in any order, and a file alone: an area
that is only named by another row is kept under its code until its own file comes.
"""

import hashlib
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from comptoir.analysis.territories import AreaRow, NeighbourhoodRow, area_m2, middle
from comptoir.analysis.territories.outlines import Shape
from comptoir.territories.enums import AreaKind
from comptoir.territories.models import Area, AreaOutline, NeighbourhoodOutline, PriorityNeighbourhood

_REFERENCES = (
    ("department", AreaKind.DEPARTMENT),
    ("region", AreaKind.REGION),
    ("epci", AreaKind.EPCI),
    ("ept", AreaKind.EPT),
    ("successor", AreaKind.COMMUNE),
)
Key = tuple[str, str]


@dataclass
class Changes:
    """Of one kind: what is new, what has changed, what was already so. Identities."""

    new: set[UUID] = field(default_factory=set)
    changed: set[UUID] = field(default_factory=set)
    same: set[UUID] = field(default_factory=set)

    def note(self, identity: UUID, *, new: bool, changed: bool) -> None:
        if new:
            self.new.add(identity)
        elif identity not in self.new and changed:
            self.changed.add(identity)
            self.same.discard(identity)
        elif identity not in self.new and identity not in self.changed:
            self.same.add(identity)


@dataclass
class Drawn:
    """An outline to write: the shape, and its digest."""

    shape: Shape
    digest: str


class Atlas:
    """Everything that is known, by code; `merge_area` and `merge_neighbourhood` bring in what files say."""

    def __init__(self) -> None:
        self.areas: dict[Key, Area] = {(area.kind, area.code): area for area in Area.objects.order_by()}
        self.neighbourhoods = {one.code: one for one in PriorityNeighbourhood.objects.order_by()}
        self.communes: dict[UUID, set[UUID]] = {one.pk: set() for one in self.neighbourhoods.values()}
        through = PriorityNeighbourhood.communes.through.objects
        for neighbourhood, area in through.values_list("priorityneighbourhood_id", "area_id").order_by():
            self.communes[neighbourhood].add(area)
        self._digests: dict[UUID, str] = dict(AreaOutline.objects.order_by().values_list("area_id", "digest"))
        self._digests |= dict(NeighbourhoodOutline.objects.order_by().values_list("neighbourhood_id", "digest"))
        self.changes: dict[str, Changes] = {}
        self.outlines: dict[UUID, Drawn] = {}
        self.moved: set[UUID] = set()  # neighbourhoods of which the communes have changed
        self.remarks: list[str] = []

    def merge_area(self, row: AreaRow) -> None:
        kind = AreaKind(row.level.value)
        area, new = self._area(kind, row.code)
        changed = [self._set(area, "name", row.name or (new and row.code) or "")]
        changed += [
            self._set(area, f"{name}_id", self._named(kind_of, code))
            for name, kind_of in _REFERENCES
            if (code := getattr(row, name))
        ]
        changed.append(self._set(area, "population", row.population))
        changed.append(self._place(area, row.point, row.outline))
        self._changes(kind).note(area.pk, new=new, changed=any(changed))

    def merge_neighbourhood(self, row: NeighbourhoodRow) -> None:
        found = self.neighbourhoods.get(row.code)
        new = found is None
        one = found or PriorityNeighbourhood(code=row.code, generation=row.generation)
        self.neighbourhoods[row.code] = one
        changed = [self._set(one, "name", row.name or (new and row.code) or "")]
        above = (
            ("epci", AreaKind.EPCI, row.epci),
            ("ept", AreaKind.EPT, row.ept),
            ("department", AreaKind.DEPARTMENT, row.department),
            ("region", AreaKind.REGION, row.region),
        )
        changed += [self._set(one, f"{name}_id", self._named(kind, *pair)) for name, kind, pair in above if pair[0]]
        changed.append(self._set(one, "published_contract", row.contract))
        surface = row.surface_km2 or (round(area_m2(row.outline) / 1e6, 4) if row.outline else None)
        changed.append(self._set(one, "surface_km2", surface))
        changed.append(self._place(one, row.point, row.outline))
        changed.append(self._attach(one, row))
        self._changes("neighbourhood").note(one.pk, new=new, changed=any(changed))

    def repair(self) -> None:
        """What only shows once all files are in: neighbourhoods of communes merged since, regions left unsaid."""
        gone = {}
        for (kind, code), former in list(self.areas.items()):
            own = self.areas.get((AreaKind.COMMUNE, code)) if kind == AreaKind.FORMER_COMMUNE else None
            if own and former.successor_id and former.successor_id != own.pk:
                gone[own.pk] = former.successor_id
        for identity, communes in self.communes.items():
            if stale := communes & gone.keys():
                self.communes[identity] = (communes - stale) | {gone[old] for old in stale}
                self.moved.add(identity)
        self._fill_in()

    def _fill_in(self) -> None:
        """EPCI, EPT, department and region of a neighbourhood that does not say them: those of its communes."""
        by_id = {area.pk: area for area in self.areas.values()}
        for one in self.neighbourhoods.values():
            communes = sorted((by_id[pk] for pk in self.communes.get(one.pk, ()) if pk in by_id), key=lambda a: a.code)
            department = by_id.get(one.department_id) if one.department_id else None
            for name in ("epci_id", "ept_id", "department_id", "region_id"):
                if getattr(one, name) is None:
                    sources = [*communes, *([department] if department else [])]
                    known = next((value for area in sources if (value := getattr(area, name))), None)
                    if known and self._set(one, name, known):
                        self._changes("neighbourhood").note(one.pk, new=False, changed=True)

    def _changes(self, kind: str) -> Changes:
        return self.changes.setdefault(kind, Changes())

    def _area(self, kind: AreaKind, code: str) -> tuple[Area, bool]:
        found = self.areas.get((kind, code))
        if found:
            return found, False
        area = self.areas[kind, code] = Area(kind=kind, code=code)
        return area, True

    def _named(self, kind: AreaKind, code: str, name: str = "") -> UUID:
        """An area that another row names: known, else made under the name given there, or its code."""
        area, new = self._area(kind, code)
        if new or (name and area.name == area.code):
            self._set(area, "name", name or code)
            self._changes(kind).note(area.pk, new=new, changed=True)
        return area.pk

    def _commune(self, code: str, name: str) -> UUID:
        """The commune of today for a code that may be of one merged since (93059 is in Saint-Denis)."""
        former = self.areas.get((AreaKind.FORMER_COMMUNE, code))
        own = self.areas.get((AreaKind.COMMUNE, code))
        if former and former.successor_id and (own is None or own.pk != former.successor_id):
            remark = (
                f"{code} ({former.name}) est une ancienne commune : ses quartiers vont à celle dont elle fait partie."
            )
            if remark not in self.remarks:
                self.remarks.append(remark)
            return former.successor_id
        return self._named(AreaKind.COMMUNE, code, name)

    def _attach(self, one: PriorityNeighbourhood, row: NeighbourhoodRow) -> bool:
        wanted = {self._commune(code, name) for code, name in row.communes}
        if not wanted or self.communes.get(one.pk) == wanted:
            self.communes.setdefault(one.pk, set())
            return False
        self.communes[one.pk] = wanted
        self.moved.add(one.pk)
        return True

    def _set(self, thing: Area | PriorityNeighbourhood, name: str, value: Any) -> bool:
        """Sets what is said; True when that is news."""
        if value in (None, "") or getattr(thing, name) == value:
            return False
        limit = 200 if name == "name" else None
        if limit and getattr(thing, name) == value[:limit]:
            return False
        setattr(thing, name, value[:limit] if limit else value)
        return True

    def _place(
        self, thing: Area | PriorityNeighbourhood, point: tuple[float, float] | None, shape: Shape | None
    ) -> bool:
        """The outline, and a point inside: the one that is published, else ours."""
        changed = False
        if shape is not None:
            digest = hashlib.sha256(shape.wkb).hexdigest()[:16]
            if self._digests.get(thing.pk) != digest:
                self._digests[thing.pk] = digest
                self.outlines[thing.pk] = Drawn(shape, digest)
                changed = True
        if point is None and shape is not None and (changed or thing.longitude is None):
            point = middle(shape)
        if point is not None:
            moved = [self._set(thing, "longitude", point[0]), self._set(thing, "latitude", point[1])]
            changed = any(moved) or changed
        return changed


def merge(atlas: Atlas, rows: Iterable[AreaRow | NeighbourhoodRow], tick: Callable[[], None]) -> None:
    for row in rows:
        if isinstance(row, AreaRow):
            atlas.merge_area(row)
        else:
            atlas.merge_neighbourhood(row)
        tick()
