"""The list of the imports made in a space."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Count
from django.urls import reverse

from comptoir.accounts.models import Person
from comptoir.imports.enums import BatchState
from comptoir.imports.kinds import Kind
from comptoir.imports.models import Batch, BatchRow
from comptoir.kit.lists import Choice, Column, Listing, Period
from comptoir.spaces.models import Space


@dataclass(frozen=True, slots=True)
class Past:
    batch: Batch
    title: str
    who: str
    rows: int


def batches_of(space: Space, kinds: Sequence[Kind]) -> Listing[Past]:
    """Those of these kinds, the latest first."""
    titles = {kind.name: kind.title for kind in kinds}

    def read(batches: list[Batch]) -> list[Past]:
        people = {batch.actor_id for batch in batches if batch.actor_id}
        names: dict[UUID | None, str] = dict(
            Person.objects.filter(pk__in=people).values_list("pk", "name").order_by("pk")
        )
        counted = BatchRow.objects.filter(batch__in=batches).values_list("batch").annotate(n=Count("pk"))
        rows = dict(counted.order_by("batch"))
        return [Past(one, titles[one.kind], names.get(one.actor_id, ""), rows.get(one.pk, 0)) for one in batches]

    return Listing(
        name="imports",
        title="Imports",
        queryset=Batch.objects.select_related("file").filter(space=space, kind__in=titles),
        rows=read,
        columns=(
            Column("fichier", "Fichier", lambda past: past.batch.file.name, sort=("file__name", "id"),
                   link=lambda past: reverse("batch", args=(space.slug, past.batch.code))),
            Column("quand", "Quand", lambda past: past.batch.created_at, sort="id"),
            Column("quoi", "Quoi", lambda past: past.title, sort=("kind", "id")),
            Column("lignes", "Lignes écrites", lambda past: past.rows, number=True),
            Column("etat", "État", lambda past: past.batch.get_state_display(), sort=("state", "id")),
            Column("qui", "Qui", lambda past: past.who),
        ),
        filters=(
            Choice("kind", "Quoi", list(titles.items())),
            Choice("state", "État", BatchState.choices),
            Period("jour", "created_at", moments=True),
        ),
        order="-quand",
        unit=("import", "imports"),
    )  # fmt: skip
