"""The journal as people read it: the thing that was touched has its words and its address. A few queries a page."""

from dataclasses import dataclass
from uuid import UUID

from django.db.models import QuerySet
from django.urls import reverse

from comptoir.accounts.models import Person
from comptoir.analysis.text import fold
from comptoir.audit.models import Entry
from comptoir.contracts.models import CityContract
from comptoir.kit.lists import Choice, Column, Listing, Period
from comptoir.spaces.models import Space
from comptoir.voices.models import Statement
from comptoir.workshops.models import Workshop

LONGEST = 70  # signs of a line's words in the table; files write them whole


@dataclass(frozen=True, slots=True)
class Row:
    """`what` is the line or the comptoir that the entry is about, as it is called now; empty when it has no page."""

    entry: Entry
    who: str
    what: str
    url: str


def journal_of(space: Space) -> Listing[Row]:
    """Who did what, when, on what: narrowed by action, organisation and day."""
    return Listing(
        name="journal",
        title="Journal",
        queryset=Entry.objects.of(space),
        rows=lambda entries: read_entries(space, entries),
        columns=(
            Column("quand", "Quand", lambda row: row.entry.at, sort="id"),
            Column("quoi", "Quoi", lambda row: row.entry.label, sort=("label", "id")),
            Column("objet", "Sur quoi", lambda row: shortened(row.what), link=lambda row: row.url, export=_what),
            Column("qui", "Qui", lambda row: row.who or "Instance"),
            Column("organisme", "Organisme", lambda row: row.entry.organisation, sort=("organisation", "id")),
        ),
        filters=(
            Choice("action", "Quoi", _actions),
            Choice("organisation", "Organisme", _organisations),
            Period("jour", "at", moments=True),
        ),
        order="-quand",
        unit=("action", "actions"),
    )


def _what(row: Row) -> str:
    return row.what


def _actions(entries: QuerySet[Entry]) -> list[tuple[str, str]]:
    """The actions met in this journal."""
    met = dict(entries.order_by("action", "label").values_list("action", "label").distinct())
    return sorted(met.items(), key=lambda pair: fold(pair[1]))


def _organisations(entries: QuerySet[Entry]) -> list[tuple[str, str]]:
    names = entries.exclude(organisation="").order_by("organisation").values_list("organisation", flat=True).distinct()
    return [(name, name) for name in names]


def shortened(text: str) -> str:
    return text if len(text) <= LONGEST else f"{text[: LONGEST - 1].rstrip()}…"


def read_entries(space: Space, entries: list[Entry]) -> list[Row]:
    """One row per entry, in their order."""
    touched = {identity for entry in entries for identity in (entry.object_id, entry.within_id) if identity}
    things: dict[UUID, tuple[str, str]] = {}
    workshops = Workshop.objects.filter(space=space, withdrawn_at=None)
    for workshop in workshops.filter(pk__in=touched).order_by("pk"):
        things[workshop.pk] = (workshop.title, reverse("workshop", args=(space.slug, workshop.code)))
    of_contracts = {e.within_id for e in entries if e.within_id and e.action.startswith("contracts.")}
    for contract in CityContract.objects.filter(space=space, pk__in=of_contracts).order_by("pk"):
        things[contract.pk] = (contract.name, reverse("contract", args=(space.slug, contract.code)))
    lines = (
        Statement.objects.live()
        .filter(pk__in=touched)
        .with_words()
        .select_related("heading__occasion__comptoir__workshop")
        .order_by("pk")
    )
    for line in lines:
        if line.space_id != space.pk:
            continue  # asked here, not in the query: an index on the space would be the wrong one to follow
        address = (space.slug, line.heading.occasion.comptoir.workshop.code, line.code)
        things[line.pk] = (line.wording, reverse("line", args=address))
    people = {entry.actor_id for entry in entries if entry.actor_id}
    names = dict(Person.objects.filter(pk__in=people).values_list("pk", "name").order_by("pk"))
    rows = []
    for entry in entries:
        what, url = things.get(entry.object_id) or things.get(entry.within_id or entry.object_id) or ("", "")
        rows.append(Row(entry, names.get(entry.actor_id, "") if entry.actor_id else "", what, url))
    return rows
