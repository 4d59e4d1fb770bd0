"""A value before it is a row: light enough to make a million of, and written by the database's own batches."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Protocol
from uuid import UUID

from django.db import connection

from comptoir.kit.ids import uuid7
from comptoir.observatory.enums import Release
from comptoir.observatory.models import Value

WRITTEN = 5000


class Figure(Protocol):
    """What `releases.settle` decides upon: a row, or a draft of one."""

    series_id: UUID
    place_id: UUID
    value: float | None
    units: int | None
    top: float | None
    released: float | None
    release: str
    threshold: int


@dataclass(slots=True)
class Draft:
    """The columns of a `Value` of a published file."""

    series_id: UUID
    place_id: UUID
    value: float | None
    mark: str
    units: int | None = None
    top: float | None = None
    released: float | None = None
    release: str = Release.NEW
    threshold: int = 0


COLUMNS = (
    "id", "series_id", "place_id", "batch_id", "value", "mark", "units", "top", "released", "release", "threshold",
)  # fmt: skip


def insert(drafts: Sequence[Draft], batch: UUID) -> None:
    """Writes drafts as rows. `bulk_create` builds a model and compiles a statement for each: twice as slow."""
    pk = Value._meta.pk
    known: dict[UUID, Any] = {}

    def plain(identity: UUID) -> Any:
        found = known.get(identity)
        if found is None:
            found = known[identity] = pk.get_db_prep_value(identity, connection)
        return found

    table = connection.ops.quote_name(Value._meta.db_table)
    names = ", ".join(connection.ops.quote_name(one) for one in COLUMNS)
    marks = ", ".join(["%s"] * len(COLUMNS))
    whole = plain(batch)
    rows = [
        (
            pk.get_db_prep_value(uuid7(), connection), plain(one.series_id), plain(one.place_id), whole, one.value,
            str(one.mark), one.units, one.top, one.released, str(one.release), one.threshold,
        )
        for one in drafts
    ]  # fmt: skip
    with connection.cursor() as cursor:
        cursor.executemany(f"INSERT INTO {table} ({names}) VALUES ({marks})", rows)  # noqa: S608  # our own names
