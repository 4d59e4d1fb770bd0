"""What the public sees of commitments: the last table that a body validated, as it was that day, the same for all.

No person is in it: signatories are organisations, and who validated is said by the name of the body.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable
from uuid import UUID

from django.db.models import F, QuerySet, Subquery

from comptoir.commitments.models import Snapshot, SnapshotLine, StatementLink
from comptoir.contracts.models import CityContract
from comptoir.spaces.models import Space


def last_snapshot(space: Space) -> Snapshot | None:
    """The last snapshot of the contract in force; None as long as no body has validated a table."""
    in_force = Subquery(CityContract.objects.of(space).values("pk")[:1])
    found = Snapshot.objects.filter(space=space, contract=in_force).select_related("meeting__body", "contract", "space")
    return found.recent_first().first()


def lines_of(snapshot: Snapshot) -> "QuerySet[SnapshotLine]":
    """Its lines, ready to be shown."""
    return snapshot.lines.select_related("wording", "commitment__signatory__organisation").order_by("position", "pk")


def in_neighbourhood(lines: Iterable[SnapshotLine], code: str) -> list[SnapshotLine]:
    """Those of a neighbourhood, and those that name none: they are for the whole territory."""
    return [line for line in lines if not code or not line.neighbourhoods or code in line.neighbourhoods]


def links_of(commitments: Collection[UUID]) -> dict[UUID, list[UUID]]:
    """Commitment -> the lines (what stands for them now) that it answers."""
    links = StatementLink.objects.filter(commitment__in=commitments, withdrawn_at=None).annotate(
        root=F("statement__root")
    )
    found: dict[UUID, list[UUID]] = defaultdict(list)
    for commitment, root in links.order_by("pk").values_list("commitment_id", "root"):
        if root not in found[commitment]:
            found[commitment].append(root)
    return dict(found)
