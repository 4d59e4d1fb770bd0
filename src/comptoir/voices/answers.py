"""Reading what was answered. The answer of a line is the latest decision among those published and not withdrawn."""

from collections import defaultdict
from collections.abc import Collection
from uuid import UUID

from django.db.models import Exists, OuterRef, QuerySet, Subquery

from comptoir.accounts.models import Actor
from comptoir.voices.models import Answer
from comptoir.voices.rules import may_answer


def published() -> "QuerySet[Answer]":
    """Those that everybody may read."""
    return Answer.objects.filter(published_at__isnull=False, withdrawn_at=None)


def visible_to(actor: Actor) -> "QuerySet[Answer]":
    """Published answers for every member; drafts and withdrawn ones too for those who write answers."""
    return (Answer.objects.all() if may_answer(actor) else published()).filter(space=actor.space)


def answered(root: str = "root") -> Exists:
    """Whether a line has a published answer; `root`: where the query finds the line that stands for it.

    An answer holds for all that is gathered with the line it was given to, whenever that was done.
    """
    return Exists(published().filter(statement__root=OuterRef(root)))


def in_force(root: str = "root") -> Subquery:
    """The kind of the answer in force of a line, to filter and order by; nothing when it has none."""
    found = published().filter(statement__root=OuterRef(root)).order_by("-decided_on", "-pk")
    return Subquery(found.values("kind")[:1])


def by_root(roots: Collection[UUID], found: "QuerySet[Answer] | None" = None) -> dict[UUID, list[Answer]]:
    """The answers of each line, the one in force first, in one query. `found`: among those, else the published ones."""
    rows = published() if found is None else found
    told: dict[UUID, list[Answer]] = defaultdict(list)
    for answer in rows.filter(statement__root__in=roots).select_related("statement").order_by("-decided_on", "-pk"):
        told[answer.statement.root_id].append(answer)
    return dict(told)
