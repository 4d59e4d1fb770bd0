"""The contract's workbook: the table of commitments as a spreadsheet that leaves, is filled, and comes back.

Its columns are those of one import (`imports.kinds.Kind`), so that what is exported is what is read again. The texts
of names (unit, person, objective, neighbourhoods) are made canonical when they are read: two ways to write the same
place are no difference.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from functools import partial
from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.http import Http404

from comptoir.accounts.models import Actor
from comptoir.analysis.extraction.amounts import Unit, in_figures, read_amount, told_amount
from comptoir.analysis.extraction.dates import read_day, told_day
from comptoir.analysis.text import fold
from comptoir.commitments.enums import CommitmentLevel, MeansKind, MeansUnit
from comptoir.commitments.models import Commitment, Means
from comptoir.commitments.rules import may_edit
from comptoir.contracts.models import CityContract, Contact, Objective, Signatory, SignatoryUnit
from comptoir.imports import parsers
from comptoir.imports.kinds import Existing, Field, Values
from comptoir.territories.models import PriorityNeighbourhood

NAME = "engagements"
LOCKED = "Cette ligne est d'un autre organisme : seuls la conduite du projet et son référent la changent."
DAUPHIN = "Dauphin reste la référence : le numéro déjà noté est gardé. Pour le corriger, ouvrez l'engagement."
MEANS = {
    f"{kind.value}_{unit.value}": (kind, unit, f"{kind.label} ({unit.label})")
    for kind in MeansKind
    for unit in MeansUnit
}
JOINT = " ; "  # between two neighbourhoods of a cell
_EVERYWHERE = {"tous", "toutes", "tous les quartiers", "tous les qpv", "tout le territoire"}


def _due(cell: str) -> Any:
    if "chaque annee" in fold(cell):
        raise ValueError(f"« {cell} » : mettez la première année dans « Chaque année, à partir de ».")
    return read_day(cell)


def _amount_field(name: str) -> Field:
    kind, unit, label = MEANS[name]
    synonyms: tuple[str, ...] = (f"{kind.label} {unit.label}", f"{kind.label} en {unit.label}")
    if (kind, unit) == (MeansKind.MAINSTREAM, MeansUnit.EURO):
        synonyms += ("droit commun", "budget droit commun", "montant droit commun")
    if (kind, unit) == (MeansKind.SPECIFIC, MeansUnit.EURO):
        synonyms += ("crédits spécifiques", "crédits politique de la ville", "bop 147", "montant", "budget")
    if (kind, unit) == (MeansKind.MAINSTREAM, MeansUnit.FTE):
        synonyms += ("etp", "équivalents temps plein", "temps agent")
    return Field(
        name, label, synonyms, parse=partial(read_amount, unit=Unit(unit.value)), write=in_figures, empty=None,
        told=told_amount,
    )  # fmt: skip


FIELDS = (
    Field("code", "Identifiant (ne pas changer)", ("identifiant", "code"), parse=parsers.text(10), only_key=True),
    Field("signatory", "Qui s'engage", (
        "qui", "signataire", "organisme", "structure", "partenaire", "porteur", "pilote", "institution", "organisation",
    ), parse=parsers.text(120), required=True),
    Field("wording", "Engagement", (
        "engagements", "intitulé", "libellé", "action", "quoi", "engagement du signataire", "engagement pris",
    ), parse=parsers.long_text(3_000), required=True),
    Field("unit", "Service", ("direction", "pôle", "unité"), parse=parsers.text(120)),
    Field("contact", "Référent", ("référent·e", "personne", "contact", "nom", "interlocuteur"),
          parse=parsers.text(120)),
    Field("objective", "Objectif", ("objectifs", "axe", "orientation", "code objectif"), parse=parsers.text(400)),
    Field("level", "Niveau d'engagement", ("niveau",), parse=parsers.choice(CommitmentLevel.choices),
          write=parsers.labelled(CommitmentLevel.choices)),
    *(_amount_field(name) for name in MEANS),
    Field("neighbourhoods", "Quartiers", ("quartier", "qpv", "territoire", "lieu"), parse=parsers.long_text(2_000)),
    Field("due_on", "Échéance", ("date", "pour quand", "calendrier", "délai", "date butoir", "échéances"), parse=_due,
          empty=None, told=told_day),
    Field("first_year", "Chaque année, à partir de", ("chaque année", "première année"), parse=parsers.whole,
          write=str, empty=None),
    Field("last_year", "Jusqu'en", ("dernière année",), parse=parsers.whole, write=str, empty=None),
    Field("measure", "Mesure", ("indicateur", "indicateurs", "mesuré comment"), parse=parsers.text(300)),
    Field("expected_proof", "Pièce attendue", ("preuve attendue", "preuve", "justificatif", "livrable"),
          parse=parsers.text(300)),
    Field("next_step", "D'ici trois mois", ("prochaine étape", "étape suivante"), parse=parsers.text(300)),
    Field("next_step_on", "Prochaine étape, pour le", ("pour le", "date de la prochaine étape"), parse=_due, empty=None,
          told=told_day),
    Field("dauphin_number", "Numéro Dauphin", ("dauphin", "n° dauphin", "numéro de dossier dauphin"),
          parse=parsers.text(40), kept=DAUPHIN),
)  # fmt: skip
STATE = "État (calculé, lecture seule)"
HEADERS = (*(one.label for one in FIELDS), STATE)


def contract_of(actor: Actor, identity: UUID | None) -> CityContract:
    """The contract imported into. 404 when it is not of this space."""
    found = CityContract.objects.filter(space=actor.space, pk=identity).first() if identity else None
    if found is None:
        raise Http404
    return found


@dataclass
class Names:
    """What the words of a workbook may name in one contract, each found by its folded text: seven queries."""

    actor: Actor
    contract: CityContract
    signatories: dict[str, Signatory] = field(default_factory=dict)
    contacts: dict[tuple[UUID, str], Contact] = field(default_factory=dict)
    units: dict[tuple[UUID, str], SignatoryUnit] = field(default_factory=dict)
    objectives: dict[str, Objective] = field(default_factory=dict)
    neighbourhoods: dict[str, PriorityNeighbourhood] = field(default_factory=dict)

    def __post_init__(self) -> None:
        rows = list(self.contract.signatories.shown().by_name())
        shorts: dict[str, list[Signatory]] = {}
        for one in rows:
            one.contract = self.contract
            shorts.setdefault(fold(one.organisation.short_name), []).append(one)
        self.signatories = {name: many[0] for name, many in shorts.items() if name and len(many) == 1}
        self.signatories |= {fold(one.organisation.name): one for one in rows}
        for contact in Contact.objects.shown().filter(signatory__in=rows).order_by("-pk"):
            self.contacts[contact.signatory_id, fold(contact.name)] = contact
        units = SignatoryUnit.objects.filter(signatory__in=rows, withdrawn_at=None).select_related("unit")
        self.units = {(unit.signatory_id, fold(unit.unit.name)): unit for unit in units.order_by("-pk")}
        objectives = self.contract.objectives.shown().with_words().order_by("-position", "-pk")
        for objective in objectives:
            for name in (objective.text, objective.code, objective_text(objective)):
                self.objectives[fold(name)] = objective
        for place in self.contract.neighbourhoods.order_by("-code"):
            for name in (place.name, place.code, place_text(place)):
                self.neighbourhoods[fold(name)] = place

    @staticmethod
    def signatories_of(actor: Actor, contract: CityContract) -> list[Signatory]:
        """Those that the actor writes for, those who left included: their lines stay on the table."""
        rows = contract.signatories.select_related("organisation").order_by("pk")
        return [one for one in rows if may_edit(actor, Commitment(space=actor.space, signatory=one))]

    def places(self, text: str) -> tuple[list[PriorityNeighbourhood], list[str]]:
        """The neighbourhoods named, parted by semicolons, commas, slashes or lines; and what names none."""
        if fold(text) in _EVERYWHERE:
            return sorted({p.pk: p for p in self.neighbourhoods.values()}.values(), key=lambda p: p.code), []
        whole = self.neighbourhoods.get(fold(text))
        parts = [text] if whole else [part for part in text.replace("\n", ";").split(";") if part.strip()]
        found: list[PriorityNeighbourhood] = []
        unknown: list[str] = []
        for part in parts:
            place = self.neighbourhoods.get(fold(part))
            smaller = [part] if place else [one for one in part.replace("/", ",").split(",") if one.strip()]
            for one in smaller:
                known = self.neighbourhoods.get(fold(one))
                found += [known] if known else []
                unknown += [] if known else [one.strip()]
        return sorted({place.pk: place for place in found}.values(), key=lambda place: place.code), unknown


def objective_text(objective: Objective | None) -> str:
    return _objective_text(objective.code, objective.text) if objective else ""


def _objective_text(code: str, text: str) -> str:
    return f"{code} · {' '.join(text.split())}"[:400]


def place_text(place: PriorityNeighbourhood) -> str:
    return f"{place.code} {place.name}"


def places_text(places: Iterable[PriorityNeighbourhood]) -> str:
    return JOINT.join(place_text(place) for place in sorted(places, key=lambda place: place.code))


_PLAIN = (
    "level", "due_on", "first_year", "last_year", "measure", "expected_proof", "next_step", "next_step_on",
    "dauphin_number",
)  # fmt: skip
_JOINED = {
    "code": "code",
    "signatory": "signatory__organisation__name",
    "wording": "wording__text",
    "unit": "unit__unit__name",
    "contact": "contact__name",
}


def for_workbook(contract: CityContract) -> "QuerySet[Commitment]":
    """The commitments that the workbook holds, in the order of the table."""
    return Commitment.objects.shown().filter(contract=contract, wording__isnull=False).in_table_order()


def values_of(commitments: "QuerySet[Commitment]") -> dict[UUID, dict[str, Any]]:
    """What the workbook says of each commitment, in their order: three queries, and no object made for each."""
    ids = commitments.order_by().values("pk")
    means: dict[UUID, dict[str, Decimal]] = {}
    amounts = Means.objects.filter(commitment__in=ids).order_by()
    for pk, kind, unit, amount in amounts.values_list("commitment_id", "kind", "unit", "amount"):
        one = means.setdefault(pk, {})
        one[f"{kind}_{unit}"] = one.get(f"{kind}_{unit}", Decimal(0)) + amount
    through: Any = Commitment.neighbourhoods.through
    names: dict[UUID, list[str]] = {}
    joins = through.objects.filter(commitment__in=ids).order_by("priorityneighbourhood__code")
    columns = ("commitment_id", "priorityneighbourhood__code", "priorityneighbourhood__name")
    for pk, code, name in joins.values_list(*columns):
        names.setdefault(pk, []).append(f"{code} {name}")
    found: dict[UUID, dict[str, Any]] = {}
    told = commitments.values_list("pk", "objective__code", "objective__wording__text", *_JOINED.values(), *_PLAIN)
    for pk, code, text, *rest in told:
        values = dict(zip((*_JOINED, *_PLAIN), rest, strict=True))
        values |= {name: "" for name in ("unit", "contact") if values[name] is None}
        values["objective"] = _objective_text(code, text or "") if code else ""
        values["neighbourhoods"] = JOINT.join(names.get(pk, ()))
        values |= dict.fromkeys(MEANS) | means.get(pk, {})
        found[pk] = values
    return found


def existing_of(actor: Actor, contract: CityContract) -> list[Existing]:
    """What is there, as the import compares it."""
    own = {one.organisation.name for one in Names.signatories_of(actor, contract)}
    return [
        Existing(pk, values["wording"][:200], values, "" if values["signatory"] in own else LOCKED)
        for pk, values in values_of(for_workbook(contract)).items()
    ]


def cells_of(values: Values, state: str) -> Sequence[Any]:
    """One row of the workbook, under HEADERS: days, numbers and texts as a spreadsheet holds them."""
    cells: list[Any] = []
    for one in FIELDS:
        value = values.get(one.name)
        cells.append(one.write(value) if value and isinstance(value, str) else value)
    return [*cells, state]
