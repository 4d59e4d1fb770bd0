"""The calendar of comptoirs as a table: a list to take away, and the import that takes it back with the differences."""

from collections.abc import Iterable, Mapping, Sequence
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.urls import reverse

from comptoir.accounts.models import Actor
from comptoir.imports import parsers
from comptoir.imports.kinds import Existing, Field, Ground, Kind, ReadRow, Values
from comptoir.kit.lists import Choice, Column, Listing, Period
from comptoir.voices.rules import may_hear_raw
from comptoir.workshops.actions import change_workshop, open_workshops, withdraw_workshops
from comptoir.workshops.days import check_day
from comptoir.workshops.models import Comptoir, Import, SynthesisVersion, Workshop
from comptoir.workshops.rules import may_import
from comptoir.workshops.summaries import Summary, summaries

_COUNTS = (
    Column[Summary]("lignes", "Lignes", lambda one: one.lines, number=True),
    Column[Summary]("paroles", "Paroles comptées", lambda one: one.occurrences, number=True),
)
PUBLISHED = (("oui", "Publiée"), ("non", "Pas encore publiée"))


def table_of(actor: Actor) -> Listing[Summary]:
    """The comptoirs that the actor may see, as a table. What it writes in files, `CALENDAR` reads again."""
    slug = actor.space.slug
    return Listing(
        name="comptoirs",
        title="Comptoirs",
        queryset=Workshop.objects.visible_to(actor),
        rows=summaries,
        columns=(
            Column(
                "titre", "Titre", lambda one: one.workshop.title, sort=("title", "id"),
                link=lambda one: reverse("workshop", args=(slug, one.workshop.code)),
            ),
            Column("date", "Date", lambda one: one.workshop.held_on, sort=("held_on", "id")),
            Column("lieu", "Lieu", lambda one: one.workshop.place, sort=("place", "id")),
            *(_COUNTS if may_hear_raw(actor) else ()),
            Column("synthese", "Synthèse publiée", lambda one: one.published),
            Column("code", "Code", lambda one: one.workshop.code, only_export=True),
        ),
        filters=(
            Period("tenu", "held_on", "Tenu"),
            Choice("synthese", "Synthèse", PUBLISHED, narrowed=_published),
        ),
        order="-date",
        unit=("comptoir", "comptoirs"),
    )  # fmt: skip


def _published(rows: "QuerySet[Workshop]", value: str) -> "QuerySet[Workshop]":
    published = SynthesisVersion.objects.published().values("workshop_id")
    return rows.filter(pk__in=published) if value == "oui" else rows.exclude(pk__in=published)


def _existing(ground: Ground) -> Iterable[Existing]:
    found = Workshop.objects.visible_to(ground.actor).order_by("pk")
    return [
        Existing(w.pk, w.title, {"code": w.code, "title": w.title, "held_on": w.held_on, "place": w.place})
        for w in found
    ]


def _check(ground: Ground, rows: Sequence[ReadRow]) -> None:
    for row in rows:
        if "held_on" in row.values:
            try:
                check_day(row.values["held_on"])
            except ValidationError as error:
                row.refuse("held_on", error.messages[0])


def _create(ground: Ground, rows: Sequence[Values]) -> Sequence[UUID]:
    planned = [(row["title"], row.get("held_on"), row.get("place", "")) for row in rows]
    return [workshop.pk for workshop in open_workshops(actor=ground.actor, planned=planned)]


def _change(ground: Ground, rows: Sequence[tuple[UUID, Values]]) -> None:
    there = Workshop.objects.visible_to(ground.actor).in_bulk([pk for pk, _ in rows])
    for pk, values in rows:
        one = there[pk]
        change_workshop(
            actor=ground.actor, workshop=one, title=values.get("title", one.title),
            held_on=values.get("held_on", one.held_on), place=values.get("place", one.place),
            introduction=one.introduction,
        )  # fmt: skip


def _remove(ground: Ground, identities: Sequence[UUID]) -> None:
    withdraw_workshops(actor=ground.actor, identities=identities)


def _used(ground: Ground, identities: Sequence[UUID]) -> Mapping[UUID, str]:
    boards = Comptoir.objects.filter(workshop__in=identities).order_by().values_list("workshop_id", flat=True)
    imports = Import.objects.filter(workshop__in=identities).order_by().values_list("workshop_id", flat=True)
    found = dict.fromkeys(boards.distinct(), "un tableau y est ouvert")
    return found | dict.fromkeys(imports.distinct(), "des notes y sont importées")


CALENDAR = Kind(
    name="calendrier",
    title="Calendrier des comptoirs",
    unit=("comptoir", "comptoirs"),
    help="Une ligne par comptoir prévu ou tenu : son titre, sa date, son lieu.",
    rule=may_import,
    fields=(
        Field("title", "Titre", ("intitulé", "nom", "comptoir", "atelier", "réunion", "objet"), required=True),
        Field("held_on", "Date", ("jour", "le", "date de la réunion"), parse=parsers.day, empty=None),
        Field("place", "Lieu", ("adresse", "salle", "où", "endroit")),
        Field("code", "Code", ("code comptoir", "identifiant"), only_key=True),
    ),
    keys=(("code",), ("title", "held_on")),
    existing=_existing,
    check=_check,
    create=_create,
    change=_change,
    remove=_remove,
    used=_used,
    back_url=lambda ground: reverse("workshops_table", args=(ground.actor.space.slug,)),
)
