"""The register of a space: its suppliers, its own indicators, targets, and values asked for by a day."""

from datetime import date
from typing import Any

from django.db import transaction
from django.utils import timezone

from comptoir.accounts import journal
from comptoir.accounts.models import Actor, Membership
from comptoir.kit.errors import Invalid, Refused
from comptoir.kit.ids import short_code
from comptoir.observatory.enums import IndicatorKind
from comptoir.observatory.models import Collection, Indicator, Place, Series, Supplier, Target
from comptoir.observatory.releases import protect
from comptoir.observatory.rules import may_keep_indicators

SUPPLIER_FIELDS = ("name", "purpose", "legal_basis", "retention", "contact", "licence", "threshold", "dominance")
INDICATOR_FIELDS = (
    "supplier", "name", "definition", "kind", "unit", "direction", "summable", "about_people", "family", "dimensions",
)  # fmt: skip


@transaction.atomic
def add_supplier(*, actor: Actor, name: str, **terms: Any) -> Supplier:
    """A new supplier of the space, with its terms (see `Supplier`)."""
    _must_keep(actor)
    supplier = Supplier(space=actor.space, name=name, **_only(terms, SUPPLIER_FIELDS))
    supplier.code = short_code(supplier.pk)
    supplier.save()
    journal.write(actor, "observatory.add_supplier", "Fournisseur de données ajouté", supplier.pk)
    return supplier


@transaction.atomic
def change_supplier(*, actor: Actor, supplier: Supplier, **terms: Any) -> Supplier:
    """Other terms. A threshold that changes hides and shows again at once, in what is published too."""
    _must_keep(actor)
    kept: Supplier | None = Supplier.objects.select_for_update().local_to(actor).filter(pk=supplier.pk).first()
    if kept is None:
        raise Refused("Ce fournisseur n'est pas de cet espace.")
    before = kept.threshold, kept.dominance
    for name, value in _only(terms, SUPPLIER_FIELDS).items():
        setattr(kept, name, value)
    kept.save()
    if (kept.threshold, kept.dominance) != before:
        protect(Series.objects.filter(indicator__supplier=kept).select_related("indicator__space"))
    journal.write(actor, "observatory.change_supplier", "Fournisseur de données corrigé", kept.pk)
    return kept


@transaction.atomic
def add_indicator(*, actor: Actor, supplier: Supplier, name: str, kind: str, **what: Any) -> Indicator:
    """A new indicator of the space, supplied by one of its suppliers."""
    _must_keep(actor)
    if supplier.space_id != actor.space.pk:
        raise Invalid("Choisissez un fournisseur de cet espace.", field="supplier")
    indicator = Indicator(space=actor.space, supplier=supplier, name=name, kind=kind, theme="local", **what)
    indicator.code = short_code(indicator.pk)
    _check(actor, indicator)
    indicator.save()
    journal.write(actor, "observatory.add_indicator", "Indicateur ajouté", indicator.pk)
    return indicator


@transaction.atomic
def change_indicator(*, actor: Actor, indicator: Indicator, **what: Any) -> Indicator:
    """Another definition; what may leave of its values is decided again."""
    _must_keep(actor)
    kept: Indicator | None = Indicator.objects.select_for_update().local_to(actor).filter(pk=indicator.pk).first()
    if kept is None:
        raise Refused("Cet indicateur n'est pas de cet espace.")
    for name, value in _only(what, INDICATOR_FIELDS).items():
        setattr(kept, name, value)
    _check(actor, kept)
    kept.save()
    protect(kept.series.select_related("indicator__space"))
    journal.write(actor, "observatory.change_indicator", "Indicateur corrigé", kept.pk)
    return kept


@transaction.atomic
def withdraw_indicator(*, actor: Actor, indicator: Indicator) -> None:
    """It is no longer shown, nor its values."""
    _must_keep(actor)
    done = Indicator.objects.local_to(actor).filter(pk=indicator.pk).update(withdrawn_at=timezone.now())
    if not done:
        raise Refused("Cet indicateur n'est pas de cet espace, ou il a déjà été retiré.")
    journal.write(actor, "observatory.withdraw_indicator", "Indicateur retiré", indicator.pk)


@transaction.atomic
def set_target(
    *, actor: Actor, indicator: Indicator, target: float, target_year: int, place: Place | None = None,
    baseline: float | None = None, baseline_year: int | None = None,
) -> Target:  # fmt: skip
    """Where the space wants to be, and where it starts from; the same again replaces."""
    _must_keep(actor)
    if baseline_year is not None and target_year <= baseline_year:
        raise Invalid("La cible vient après le départ.", field="target_year")
    row, _ = Target.objects.update_or_create(
        space=actor.space, indicator_code=indicator.code, place=place,
        defaults={
            "target": target, "target_year": target_year, "baseline": baseline, "baseline_year": baseline_year,
        },
    )  # fmt: skip
    journal.write(actor, "observatory.set_target", "Cible fixée", row.pk)
    return row


@transaction.atomic
def ask_for_values(*, actor: Actor, indicator: Indicator, owner: Membership, year: int, due_on: date) -> Collection:
    """Somebody of the space is to give the values of a local indicator for a year, by a day. Again replaces."""
    _must_keep(actor)
    if indicator.space_id != actor.space.pk or owner.space_id != actor.space.pk:
        raise Invalid("L'indicateur et la personne sont de cet espace.", field="owner")
    row, _ = Collection.objects.update_or_create(
        indicator=indicator, year=year,
        defaults={"space": actor.space, "owner": owner, "due_on": due_on, "closed_at": None},
    )  # fmt: skip
    journal.write(actor, "observatory.ask_for_values", "Saisie demandée", row.pk, indicator.pk)
    return row


@transaction.atomic
def close_collection(*, actor: Actor, collection: Collection) -> None:
    """Nothing more is waited for."""
    _must_keep(actor)
    Collection.objects.filter(pk=collection.pk, space=actor.space).update(closed_at=timezone.now())
    journal.write(actor, "observatory.close_collection", "Saisie close", collection.pk)


def _must_keep(actor: Actor) -> None:
    if not may_keep_indicators(actor):
        raise Refused("Les indicateurs de l'espace sont tenus par l'équipe du contrat.")


def _only(values: dict[str, Any], names: tuple[str, ...]) -> dict[str, Any]:
    unknown = values.keys() - set(names)
    if unknown:
        raise TypeError(f"unknown fields: {', '.join(sorted(unknown))}")
    return values


def _check(actor: Actor, indicator: Indicator) -> None:
    if indicator.summable and indicator.kind not in (IndicatorKind.COUNT, IndicatorKind.AMOUNT):
        raise Invalid("Seuls des nombres et des montants s'additionnent.", field="summable")
    same = Indicator.objects.local_to(actor).filter(name__iexact=indicator.name).exclude(pk=indicator.pk)
    if same.exists():
        raise Invalid("Un indicateur de cet espace porte déjà ce nom.", field="name")
