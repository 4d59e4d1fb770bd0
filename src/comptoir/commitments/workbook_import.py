"""The workbook coming back: the team's own with its headings, or ours that a partner filled; differences first."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any
from uuid import UUID

from django.urls import reverse

from comptoir.accounts.models import Actor
from comptoir.analysis.text import fold
from comptoir.commitments import actions
from comptoir.commitments.actions import Written
from comptoir.commitments.models import Commitment
from comptoir.commitments.rules import may_write_commitments
from comptoir.commitments.workbook import (
    FIELDS,
    MEANS,
    NAME,
    Names,
    contract_of,
    existing_of,
    objective_text,
    places_text,
)
from comptoir.contracts.models import CityContract
from comptoir.imports.kinds import Existing, Ground, Kind, ReadRow, Values

REASON = "Classeur importé"
FIXED = "L'organisme qui s'engage ne change pas dans le classeur : retirez cette ligne et écrivez-en une autre."
NOT_YOURS = "Vous écrivez les engagements de votre organisme : « {} » écrit les siens."
_YEARLY = "Un engagement de chaque année n'a pas d'échéance à part : gardez l'une des deux."
_SERVED = {
    "evidence": "a une pièce à l'appui",
    "decisions": "une instance en a décidé",
    "sign_offs": "a été signé",
    "statement_links": "est relié à ce qui a été dit",
    "snapshot_lines": "est dans un tableau arrêté",
    "check_in_requests": "a eu un point d'étape",
    "check_in_replies": "a eu un point d'étape",
    "promises": "répond à une parole donnée",
    "flags": "a reçu une question",
}


def _contract(ground: Ground) -> CityContract:
    return contract_of(ground.actor, ground.within_id)


def _existing(ground: Ground) -> Iterable[Existing]:
    return existing_of(ground.actor, _contract(ground))


def _there(contract: CityContract) -> tuple[dict[str, Any], dict[tuple[str, str], Any]]:
    """What is needed of each commitment to check a row, by its code, and by its signatory and wording."""
    columns = ("signatory__organisation__name", "due_on", "first_year", "code", "wording__text")
    rows = list(Commitment.objects.shown().filter(contract=contract).values_list(*columns))
    return {row[3]: row for row in rows}, {(fold(row[0]), fold(row[4] or "")): row for row in rows}


def _check(ground: Ground, rows: Sequence[ReadRow]) -> None:
    """Names become those of the contract, whatever accents, case or short name the workbook uses."""
    contract = _contract(ground)
    names = Names(ground.actor, contract)
    own = {one.pk: one for one in Names.signatories_of(ground.actor, contract) if one.withdrawn_at is None}
    by_code, by_words = _there(contract)
    for row in rows:
        row.values = {name: value for name, value in row.values.items() if value not in ("", None)}
        there = by_code.get(row.values.get("code", ""))
        said = row.values.get("signatory", "")
        if not said and there:
            said = there[0]
        elif not said and len(own) == 1:  # a referent fills their own workbook: they need not name themselves
            said = next(iter(own.values())).organisation.name
        signatory = names.signatories.get(fold(said))
        if said and signatory is None:
            row.refuse("signatory", f"« {said} » n'est pas signataire du contrat : ajoutez-le d'abord.")
            continue
        if signatory is None:
            continue  # the plan says that the cell is empty
        row.values["signatory"] = name = signatory.organisation.name
        if there and fold(there[0]) != fold(name):
            row.refuse("signatory", FIXED)
        there = there or by_words.get((fold(name), fold(row.values.get("wording", ""))))
        if there is None and signatory.pk not in own:
            row.refuse("signatory", NOT_YOURS.format(name))
        _check_names(row, names, signatory.pk)
        _check_years(row, there)


def _check_names(row: ReadRow, names: Names, signatory: UUID) -> None:
    """A person, a service or an objective that nobody knows is told and left aside: the rest of the row can serve."""
    said = row.values
    if "contact" in said:
        contact = names.contacts.get((signatory, fold(said["contact"])))
        _named(row, "contact", contact.name if contact else "", "n'est pas dans l'annuaire de cet organisme")
    if "unit" in said:
        unit = names.units.get((signatory, fold(said["unit"])))
        _named(row, "unit", unit.unit.name if unit else "", "n'est pas un service de cet organisme")
    if "objective" in said:
        text = said["objective"]
        objective = names.objectives.get(fold(text)) or names.objectives.get(fold(text.split(" ")[0]))
        _named(row, "objective", objective_text(objective), "n'est pas un objectif du contrat")
    if "neighbourhoods" in said:
        places, unknown = names.places(said["neighbourhoods"])
        if unknown:
            listed = ", ".join(f"« {one} »" for one in unknown)
            row.refuse("neighbourhoods", f"{listed} : aucun quartier du contrat ne s'appelle ainsi.")
        said["neighbourhoods"] = places_text(places)


def _named(row: ReadRow, name: str, known: str, message: str) -> None:
    if known:
        row.values[name] = known
    else:
        said = row.values.pop(name)
        row.note(name, f"« {said[:80]} » {message} : case laissée de côté.")


def _check_years(row: ReadRow, there: Any) -> None:
    due = row.values.get("due_on") or (there and there[1])
    first = row.values.get("first_year") or (there and there[2])
    if due and first:
        row.refuse("due_on" if "due_on" in row.values else "first_year", _YEARLY)
    for name in ("first_year", "last_year"):
        if name in row.values and row.values[name] not in range(2000, 2100):
            row.refuse(name, f"« {row.values[name]} » : une année s'écrit avec quatre chiffres, par exemple 2027.")
    last = row.values.get("last_year")
    if last and not first:
        row.refuse("last_year", "Donnez aussi la première année.")
    elif last and first and last < first:
        row.refuse("last_year", "La dernière année ne peut pas venir avant la première.")


def _written(values: Values, names: Names, signatory: UUID) -> Written:
    """What a row says, with the objects that its names stand for."""
    said: dict[str, Any] = {}
    for name, value in values.items():
        if name in {"code", "signatory", "wording"} or name in MEANS:
            continue
        said[name] = value
    if "contact" in said:
        said["contact"] = names.contacts.get((signatory, fold(said["contact"])))
    if "unit" in said:
        said["unit"] = names.units.get((signatory, fold(said["unit"])))
    if "objective" in said:
        said["objective"] = names.objectives.get(fold(said["objective"]))
    if "neighbourhoods" in said:
        said["neighbourhoods"] = names.places(said["neighbourhoods"])[0]
    for name in ("due_on", "next_step_on", "first_year", "last_year"):
        if name in said:
            said[name] = said[name] or None
    means = {
        (kind.value, unit.value): values[name] or None for name, (kind, unit, _) in MEANS.items() if name in values
    }
    details: Any = said
    return Written(values.get("wording"), details, means)


def _create(ground: Ground, rows: Sequence[Values]) -> Sequence[UUID]:
    contract = _contract(ground)
    names = Names(ground.actor, contract)
    said = []
    for values in rows:
        signatory = names.signatories[fold(values["signatory"])]
        said.append((signatory, _written(values, names, signatory.pk)))
    return [one.pk for one in actions.write_many(actor=ground.actor, contract=contract, rows=said)]


def _change(ground: Ground, rows: Sequence[tuple[UUID, Values]]) -> None:
    contract = _contract(ground)
    names = Names(ground.actor, contract)
    found = Commitment.objects.filter(contract=contract, pk__in=[pk for pk, _ in rows])
    signatories = dict(found.order_by().values_list("pk", "signatory_id"))
    said = [(pk, _written(values, names, signatories[pk])) for pk, values in rows]
    actions.change_many(actor=ground.actor, contract=contract, rows=said, reason=REASON)


def _remove(ground: Ground, identities: Sequence[UUID]) -> None:
    actions.withdraw_many(actor=ground.actor, contract=_contract(ground), identities=identities)


def _used(ground: Ground, identities: Sequence[UUID]) -> Mapping[UUID, str]:
    rows = Commitment.objects.filter(contract=_contract(ground), pk__in=identities).order_by()
    found: dict[UUID, str] = {}
    for relation, why in _SERVED.items():
        for pk in rows.filter(**{f"{relation}__isnull": False}).values_list("pk", flat=True):
            found.setdefault(pk, why)
    return found


def _back(ground: Ground) -> str:
    contract = _contract(ground)
    return f"{reverse('workbook', args=(ground.actor.space.slug,))}?contrat={contract.code}"


def _within(actor: Actor, identity: UUID) -> str:
    return contract_of(actor, identity).name


def _usual(actor: Actor) -> UUID | None:
    """The contract in force."""
    return CityContract.objects.of(actor.space).values_list("pk", flat=True).first()


WORKBOOK = Kind(
    name=NAME,
    title="Classeur des engagements",
    unit=("engagement", "engagements"),
    help="Une ligne par engagement : qui s'engage, à quoi, et ce qui est déjà connu. Une case vide ne change rien.",
    rule=may_write_commitments,
    fields=FIELDS,
    keys=(("code",), ("signatory", "wording")),
    existing=_existing,
    check=_check,
    create=_create,
    change=_change,
    remove=_remove,
    used=_used,
    back_url=_back,
    within=_within,
    usual=_usual,
)
