"""What is still to be linked, as querysets built from the declared links: nothing here names a link."""

from django.db.models import Q

from comptoir.commitments.models import Commitment
from comptoir.commitments.models.commitment import CommitmentQuerySet
from comptoir.contracts.models import Objective
from comptoir.contracts.models.objectives import ObjectiveQuerySet
from comptoir.spaces.models import Space
from comptoir.thread.declared import HOUSE
from comptoir.thread.done import COMMITMENT, OBJECTIVE
from comptoir.thread.kinds import Plan, ThingKind
from comptoir.thread.said import LINE, OCCURRENCES
from comptoir.voices.enums import HeadingKind
from comptoir.voices.models import Statement, StatementQuerySet

UNCOUNTED = (HeadingKind.WHO, HeadingKind.OUTLINE)


def comes_from(space: Space, thing: ThingKind, plan: Plan = HOUSE) -> Q:
    """The things of this kind behind which a thread begins, by any way: somebody said it, promised it, measured it."""
    found = Q(pk__in=())
    for link in plan.links:
        if link.after is not thing:
            continue
        rows = link.rows(space).order_by()
        if not link.before.origin:
            before = link.before.rows_of(space).filter(comes_from(space, link.before, plan))
            rows = rows.filter(**{f"{link.start}__in": before.values("pk")})
        found |= Q(pk__in=rows.values(link.end))
    return found


def leads_to(space: Space, thing: ThingKind, goal: ThingKind, plan: Plan = HOUSE) -> Q:
    """The things of this kind from which the thread goes on, by any way, to one of that kind."""
    found = Q(pk__in=())
    for link in plan.links:
        if link.before is not thing or plan.depth[link.after.name] > plan.depth[goal.name]:
            continue
        rows = link.rows(space).order_by()
        if link.after is not goal:
            after = link.after.rows_of(space).filter(leads_to(space, link.after, goal, plan))
            rows = rows.filter(**{f"{link.end}__in": after.values("pk")})
        found |= Q(pk__in=rows.values(link.start))
    return found


def commitments_without_origin(space: Space) -> CommitmentQuerySet:
    """Commitments with no voice and no figure behind them: pieces to be linked, not faults."""
    return Commitment.objects.shown().filter(space=space).exclude(comes_from(space, COMMITMENT))


def lines_without_commitment(space: Space) -> StatementQuerySet:
    """The lines of what was said that lead to no commitment, with how many times each was said (`said`)."""
    rows = Statement.objects.roots().filter(space=space).exclude(heading__kind__in=UNCOUNTED)
    return rows.exclude(leads_to(space, LINE, COMMITMENT)).annotate(said=OCCURRENCES)


def objectives_without_commitment(space: Space) -> ObjectiveQuerySet:
    """Objectives that nobody committed to, of those under which no other stands."""
    rows = Objective.objects.shown().filter(space=space, wording__isnull=False)
    parents = Objective.objects.shown().filter(space=space, parent__isnull=False).order_by().values("parent")
    return rows.exclude(pk__in=parents).exclude(leads_to(space, OBJECTIVE, COMMITMENT))
