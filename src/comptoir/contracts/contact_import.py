"""Contacts from the team's own workbook, into the contract in force: what is new, what differs, shown before."""

from collections.abc import Iterable, Mapping, Sequence
from uuid import UUID

from django.urls import reverse
from django.utils import timezone

from comptoir.accounts.models import Actor
from comptoir.analysis.text import fold
from comptoir.contracts.actions import add_contact, add_unit, change_contact, withdraw_contact
from comptoir.contracts.models import CityContract, Contact, Signatory, SignatoryUnit
from comptoir.contracts.rules import may_edit_contract
from comptoir.imports import parsers
from comptoir.imports.kinds import Existing, Field, Ground, Kind, ReadRow, Values


def _line(cell: str) -> str:
    """A telephone number by twos, its first zero given back; anything else (« poste 4512 ») as it is written."""
    try:
        return parsers.phone(cell)
    except ValueError:
        line: str = parsers.text(40)(cell)
        return line


def _contract(actor: Actor) -> CityContract | None:
    """The contract in force: the workbook speaks of today's people."""
    return CityContract.objects.of(actor.space).first()


def _contacts(actor: Actor) -> list[Contact]:
    shown = Contact.objects.shown().filter(signatory__contract=_contract(actor), signatory__withdrawn_at=None)
    return list(shown.select_related("signatory__organisation", "signatory__contract", "unit__unit").order_by("pk"))


def _signatories(actor: Actor) -> dict[str, Signatory]:
    """The signatories by folded name, and by short name where it is that of one only."""
    contract = _contract(actor)
    rows = list(contract.signatories.shown().by_name()) if contract else []
    shorts: dict[str, list[Signatory]] = {}
    for one in rows:
        one.contract = contract or one.contract
        shorts.setdefault(fold(one.organisation.short_name), []).append(one)
    found = {name: many[0] for name, many in shorts.items() if name and len(many) == 1}
    return found | {fold(one.organisation.name): one for one in rows}


def _existing(ground: Ground) -> Iterable[Existing]:
    return [
        Existing(
            one.pk,
            f"{one.name}, {one.signatory.organisation.name}",
            {
                "organisation": one.signatory.organisation.name,
                "name": one.name,
                "unit": one.unit.unit.name if one.unit else "",
                "position": one.position,
                "email": one.email,
                "phone": one.phone,
            },
        )
        for one in _contacts(ground.actor)
    ]


def _check(ground: Ground, rows: Sequence[ReadRow]) -> None:
    """An organisation is named as the contract names it, whatever accents, case or short name the workbook uses."""
    known = _signatories(ground.actor)
    for row in rows:
        said = row.values.get("organisation", "")
        signatory = known.get(fold(said))
        if signatory is not None:
            row.values["organisation"] = signatory.organisation.name
        elif said:
            row.refuse("organisation", f"« {said} » n'est pas signataire du contrat : ajoutez-le d'abord.")
        else:
            row.refuse("organisation", "Dites de quel signataire est cette personne.")
        if "email" in row.values:
            row.values["email"] = row.values["email"].lower()


def _unit(actor: Actor, signatory: Signatory, name: str) -> SignatoryUnit | None:
    """The service of this name on the card, put there when it was not."""
    if not name:
        return None
    units = SignatoryUnit.objects.filter(signatory=signatory, withdrawn_at=None).select_related("unit").order_by("pk")
    known = next((unit for unit in units if fold(unit.unit.name) == fold(name)), None)
    return known or add_unit(actor=actor, signatory=signatory, name=name)


def _create(ground: Ground, rows: Sequence[Values]) -> Sequence[UUID]:
    actor, known, made = ground.actor, _signatories(ground.actor), []
    for row in rows:
        signatory = known[fold(row["organisation"])]
        contact = add_contact(
            actor=actor, signatory=signatory, name=row["name"], position=row.get("position", ""),
            email=row.get("email", ""), phone=row.get("phone", ""), unit=_unit(actor, signatory, row.get("unit", "")),
        )  # fmt: skip
        made.append(contact.pk)
    return made


def _change(ground: Ground, rows: Sequence[tuple[UUID, Values]]) -> None:
    there = {one.pk: one for one in _contacts(ground.actor)}
    for pk, values in rows:
        one = there[pk]
        unit = _unit(ground.actor, one.signatory, values["unit"]) if "unit" in values else one.unit
        change_contact(
            actor=ground.actor, contact=one, name=values.get("name", one.name),
            position=values.get("position", one.position), email=values.get("email", one.email),
            phone=values.get("phone", one.phone), unit=unit,
        )  # fmt: skip


def _remove(ground: Ground, identities: Sequence[UUID]) -> None:
    wanted = set(identities)
    for one in _contacts(ground.actor):
        if one.pk in wanted:
            withdraw_contact(actor=ground.actor, contact=one, day=timezone.localdate())


def _used(ground: Ground, identities: Sequence[UUID]) -> Mapping[UUID, str]:
    rows = Contact.objects.filter(pk__in=identities).order_by()
    found = dict.fromkeys(rows.filter(terms__isnull=False).values_list("pk", flat=True), "a été désignée référente")
    stands = rows.filter(stands_in__isnull=False).values_list("pk", flat=True)
    return dict.fromkeys(stands, "a été désignée suppléante") | found


def _back(ground: Ground) -> str:
    contract = _contract(ground.actor)
    slug = ground.actor.space.slug
    return reverse("contacts", args=(slug, contract.code)) if contract else reverse("contract_home", args=(slug,))


CONTACTS = Kind(
    name="contacts",
    title="Annuaire des signataires",
    unit=("contact", "contacts"),
    help="Une ligne par personne : son organisme (déjà signataire), son nom, sa fonction, comment la joindre.",
    rule=may_edit_contract,
    fields=(
        Field(
            "organisation", "Organisme", ("structure", "signataire", "partenaire", "institution", "organisation"),
            parse=parsers.text(120), required=True,
        ),
        Field("name", "Nom", ("nom prénom", "prénom nom", "contact", "référent", "personne", "nom et prénom"),
              parse=parsers.text(120), required=True),
        Field("unit", "Service", ("direction", "pôle", "unité"), parse=parsers.text(120)),
        Field("position", "Fonction", ("poste", "qualité", "titre", "rôle"), parse=parsers.text(160)),
        Field("email", "Adresse électronique", ("mail", "e-mail", "email", "courriel", "adresse mail", "mél"),
              parse=parsers.email),
        Field("phone", "Ligne directe", ("téléphone", "tél", "tel", "portable", "numéro", "mobile"),
              parse=_line),
    ),
    keys=(("organisation", "email"), ("organisation", "name")),
    existing=_existing,
    check=_check,
    create=_create,
    change=_change,
    remove=_remove,
    used=_used,
    back_url=_back,
)  # fmt: skip
