"""The reviews of past actions from a workbook: one line per action and year. What the machinery of imports needs."""

from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.urls import reverse
from django.utils import timezone

from comptoir.accounts.models import Actor
from comptoir.analysis.text import fold
from comptoir.evaluation.actions.bilans import add_reviews, change_reviews, remove_reviews
from comptoir.evaluation.models import ActionReview, Finding
from comptoir.evaluation.rules import may_keep_reviews
from comptoir.imports import parsers
from comptoir.imports.kinds import Existing, Field, Ground, Kind, ReadRow, Values
from comptoir.observatory.entry import kept, label_of, places_by_name
from comptoir.observatory.models import Place

EARLIEST = 1990
MOST = 10_000_000  # people, or tens of euros: beyond, a column was taken for another


def _year(cell: str) -> int:
    year = parsers.whole(cell)
    if not EARLIEST <= year <= timezone.localdate().year:
        raise ValueError(f"« {cell} » n'est pas une année possible : de {EARLIEST} à cette année.")
    return year


NOT_SAID = frozenset({"nd", "nc", "ns", "s", "?", "-", "–", "—", "/", "non disponible", "non connu", "inconnu"})
"""What people write where they have no number, dots aside. It is read as an empty cell: never a zero, never a fault."""


def _people(cell: str) -> int | None:
    if fold(cell).replace(".", "").strip() in NOT_SAID:
        return None
    number = parsers.whole(cell)
    if not 0 <= number <= MOST:
        raise ValueError(f"« {cell} » n'est pas un nombre de personnes.")
    return number


def _money(cell: str) -> Any:
    if fold(cell).replace(".", "").strip() in NOT_SAID:
        return None
    amount = parsers.amount(cell).quantize(Decimal("0.01"))
    if not 0 <= amount < 10**12:
        raise ValueError(f"« {cell} » n'est pas un montant.")
    return amount


def _existing(ground: Ground) -> Iterable[Existing]:
    rows = ActionReview.objects.shown().filter(space=ground.actor.space).select_related("place").order_by("pk")
    return [
        Existing(
            one.pk, str(one),
            {"action": one.action, "year": one.year, "place": label_of(one.place) if one.place else "",
             "bearer": one.bearer, "money": one.money, "reached": one.reached, "noted": one.noted, "code": one.code},
        )
        for one in rows
    ]  # fmt: skip


def _check(ground: Ground, rows: Sequence[ReadRow]) -> None:
    """A neighbourhood is named as the space names it."""
    places = places_by_name(ground.actor)
    for row in rows:
        if said := str(row.values.get("place", "")):
            if place := places.get(fold(said)):
                row.values["place"] = label_of(place)
            else:
                row.refuse("place", f"« {said} » n'est ni un quartier du contrat, ni un secteur de cet espace.")


def _read(actor: Actor, rows: Sequence[Values]) -> list[dict[str, Any]]:
    """The values of the rows with their territory, made where no file has named it yet."""
    places, made = places_by_name(actor), dict[str, Place]()
    found = []
    for row in rows:
        read = {name: value for name, value in row.items() if name != "code"}
        if "place" in read:
            key = fold(str(read["place"]))
            if key and key not in made:
                made[key] = kept(places[key])
            read["place"] = made.get(key)
        found.append(read)
    return found


def _create(ground: Ground, rows: Sequence[Values]) -> Sequence[UUID]:
    return [one.pk for one in add_reviews(actor=ground.actor, rows=_read(ground.actor, rows))]


def _change(ground: Ground, rows: Sequence[tuple[UUID, Values]]) -> None:
    read = _read(ground.actor, [values for _, values in rows])
    change_reviews(actor=ground.actor, changes={pk: values for (pk, _), values in zip(rows, read, strict=True)})


def _remove(ground: Ground, identities: Sequence[UUID]) -> None:
    remove_reviews(actor=ground.actor, identities=identities)


def _used(ground: Ground, identities: Sequence[UUID]) -> Mapping[UUID, str]:
    cited = Finding.objects.filter(review__in=list(identities), withdrawn_at=None).order_by("pk")
    counted = ActionReview.objects.filter(pk__in=list(identities), counted_in__isnull=False).order_by("pk")
    found = dict.fromkeys(counted.values_list("pk", flat=True), "un indicateur le compte")
    return found | {pk: "une question le cite" for pk in cited.values_list("review_id", flat=True) if pk}


REVIEWS = Kind(
    name="bilans",
    title="Bilans des actions",
    unit=("bilan", "bilans"),
    help="Une ligne par action et par année, telle que vous l'avez déjà. Une case vide n'est jamais un zéro.",
    rule=may_keep_reviews,
    fields=(
        Field("action", "Action", ("intitulé", "nom de l'action", "projet", "titre"), required=True,
              parse=parsers.text(200)),
        Field("year", "Année", ("an", "exercice", "millésime"), required=True, parse=_year, write=str),
        Field("place", "Quartier", ("territoire", "lieu", "secteur", "qpv", "code_qp"), parse=parsers.text(200)),
        Field("bearer", "Porteur", ("association", "structure", "opérateur", "organisme", "bénéficiaire"),
              parse=parsers.text(160)),
        Field("money", "Argent", ("montant", "subvention", "coût", "dépense", "montant versé", "budget"),
              parse=_money, empty=None),
        Field("reached", "Personnes touchées", ("public touché", "nombre de personnes", "participants",
              "bénéficiaires", "personnes"), parse=_people, empty=None),
        Field("noted", "Ce qui a été noté", ("bilan", "observations", "commentaire", "remarques", "résultats"),
              parse=parsers.long_text()),
        Field("code", "Code", ("code bilan", "identifiant"), only_key=True),
    ),
    keys=(("code",), ("action", "year", "place")),
    existing=_existing,
    check=_check,
    create=_create,
    change=_change,
    remove=_remove,
    used=_used,
    back_url=lambda ground: reverse("action_reviews", args=(ground.actor.space.slug,)),
)  # fmt: skip
