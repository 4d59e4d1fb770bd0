"""What the pages of the contract show, gathered in a few queries whatever the number of rows."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import OuterRef, Q, QuerySet, Subquery

from comptoir.contracts.kinds import SHEETS, KindSheet
from comptoir.contracts.models import (
    CityContract,
    ContractNeighbourhood,
    Objective,
    Referent,
    Signatory,
)
from comptoir.kit.french import plural
from comptoir.territories.models import PriorityNeighbourhood


@dataclass(frozen=True, slots=True)
class Standing:
    """A signatory and those who answer for it that day: `term` for the whole, `units` service by service."""

    signatory: Signatory
    term: Referent | None = None
    units: tuple[Referent, ...] = ()

    @property
    def provided(self) -> bool:
        """Somebody can be called: see docs/concepts/qui-fait-quoi.md, « La complétude des référents »."""
        return self.term is not None or bool(self.units)

    @property
    def first(self) -> Referent | None:
        return self.term or (self.units[0] if self.units else None)


@dataclass(frozen=True, slots=True)
class Completeness:
    """How many signatories have a referent, and which have none."""

    provided: int
    total: int
    lacking: tuple[Signatory, ...]


@dataclass(slots=True)
class Node:
    """An objective and what hangs under it."""

    objective: Objective
    children: list["Node"] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Place:
    """A neighbourhood of the perimeter as it can be shown: by its code alone until its list is loaded."""

    code: str
    name: str
    communes: str


def standings(contract: CityContract, day: date) -> list[Standing]:
    """The signatories in the order of their names, with the terms that hold that day. Two queries."""
    terms: dict[UUID, list[Referent]] = defaultdict(list)
    open_terms = Referent.objects.on(day).with_people().filter(signatory__contract=contract, contact__withdrawn_at=None)
    for term in open_terms.order_by("starts_on", "pk"):
        terms[term.signatory_id].append(term)
    return [
        Standing(
            signatory,
            next((term for term in terms[signatory.pk] if term.unit_id is None), None),
            tuple(term for term in terms[signatory.pk] if term.unit_id is not None),
        )
        for signatory in contract.signatories.shown().by_name()
    ]


def completeness(found: Sequence[Standing]) -> Completeness:
    lacking = tuple(one.signatory for one in found if not one.provided)
    return Completeness(len(found) - len(lacking), len(found), lacking)


def missing_kinds(found: Iterable[Standing]) -> list[KindSheet]:
    """Kinds of the list « Qui ? » and its complement that nobody signs as yet. An EPCI is either kind of it."""
    held = {one.signatory.kind for one in found}
    pilots = {"metropolis", "intercommunality", "towns_council"}
    return [sheet for sheet in SHEETS if sheet.kind not in held and not (sheet.kind in pilots and held & pilots)]


def places(contract: CityContract) -> list[Place]:
    """The neighbourhoods of the perimeter, by name, then those known by their code alone. Two queries."""
    known = PriorityNeighbourhood.objects.filter(code=OuterRef("code")).values("name")[:1]
    names = dict(
        ContractNeighbourhood.objects.filter(contract=contract).order_by("code")
        .annotate(known=Subquery(known)).values_list("code", "known")
    )  # fmt: skip
    communes: dict[str, list[str]] = defaultdict(list)
    links = PriorityNeighbourhood.communes.through.objects.filter(priorityneighbourhood__code__in=names)
    for code, name in links.order_by("area__name", "area__code").values_list(
        "priorityneighbourhood__code", "area__name"
    ):
        communes[code].append(name)
    shown = [Place(code, name or "", ", ".join(communes[code])) for code, name in names.items()]
    return sorted(shown, key=lambda place: (not place.name, place.name, place.code))


def tree(objectives: Iterable[Objective]) -> list[Node]:
    """Orientations with their strategic and operational objectives, each row in its order. No query."""
    nodes = {one.pk: Node(one) for one in sorted(objectives, key=lambda one: (one.position, one.pk))}
    roots: list[Node] = []
    for node in nodes.values():
        parent = nodes.get(node.objective.parent_id) if node.objective.parent_id else None
        if parent is not None:
            parent.children.append(node)
        elif node.objective.parent_id is None:
            roots.append(node)
    return roots


def orientations(contract: CityContract) -> QuerySet[Objective]:
    """Those on which nothing hangs above, in their order."""
    return contract.objectives.shown().filter(parent=None).order_by("position", "pk")


def objectives_of(contract: CityContract, roots: Collection[UUID] | QuerySet[Any] | None = None) -> list[Objective]:
    """These orientations (all of them by default) and what hangs under them, in their order. One query."""
    shown = contract.objectives.shown().with_words()
    if roots is not None:
        shown = shown.filter(Q(pk__in=roots) | Q(parent__in=roots) | Q(parent__parent__in=roots))
    return list(shown.order_by("position", "pk"))


@dataclass(frozen=True, slots=True)
class Step:
    """Something worth doing now: what, why, where."""

    label: str
    why: str
    url_name: str


def next_steps(
    *, places: Sequence[Place], found: Sequence[Standing], objectives: Sequence[Objective], has_meeting: bool
) -> list[Step]:
    """At most three, the most useful first."""
    lacking = completeness(found).lacking
    names = ", ".join(signatory.organisation.name for signatory in lacking[:3])
    more = f" et {plural(len(lacking) - 3, 'autre', 'autres')}" if len(lacking) > 3 else ""
    wanted: Mapping[Step, bool] = {
        Step("Dire quels quartiers il couvre", "Le périmètre est vide.", "contract_perimeter"): not places,
        Step("Ajouter les signataires", "Personne n'a encore signé ici.", "signatory_new"): not found,
        Step("Trouver les référents qui manquent", f"Sans référent : {names}{more}.", "signatories"): bool(lacking),
        Step("Écrire les objectifs", "Aucun objectif n'est écrit.", "objectives"): not objectives,
        Step("Noter la prochaine réunion", "Aucune réunion à venir n'est notée.", "bodies"): not has_meeting,
    }
    return [step for step, needed in wanted.items() if needed][:3]
