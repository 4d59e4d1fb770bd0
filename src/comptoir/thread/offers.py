"""What the thread shows on the pages of the rooms below: the way to the whole thread, and what an objective cites."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from uuid import UUID

from comptoir.accounts.models import Actor
from comptoir.commitments.models import Commitment
from comptoir.contracts.models import ObjectiveWording
from comptoir.kit.slots import Piece
from comptoir.thread.kinds import Piece as Shown
from comptoir.thread.models import Citation
from comptoir.thread.reading import read_rows
from comptoir.thread.rules import may_cite
from comptoir.thread.said import LINE
from comptoir.voices.models import Statement

Pieces = Mapping[UUID, Iterable[Piece]]
WAY = "thread/parts/way.html"


def may_see(actor: Actor, thing: Statement | Commitment) -> bool:
    """Every member of the space: the thread shows each piece by its own rule."""
    return thing.space_id == actor.space.pk


def may_see_wording(actor: Actor, wording: ObjectiveWording) -> bool:
    """Every member of the space of the objective."""
    return wording.objective.space_id == actor.space.pk


def of_lines(actor: Actor, lines: Sequence[Statement]) -> Pieces:
    """The way from a line to its thread; the thread is that of the line under which it stands."""
    roots = Statement.objects.filter(pk__in={line.root_id for line in lines if not line.is_root})
    codes = dict(roots.order_by("pk").values_list("pk", "code")) if any(not line.is_root for line in lines) else {}
    return {line.pk: [Piece(WAY, {"kind": "ligne", "code": codes.get(line.root_id, line.code)})] for line in lines}


def of_commitments(actor: Actor, commitments: Sequence[Commitment]) -> Pieces:
    """The way from a commitment to its thread."""
    return {one.pk: [Piece(WAY, {"kind": "engagement", "code": one.code})] for one in commitments}


def of_wordings(actor: Actor, wordings: Sequence[ObjectiveWording]) -> Pieces:
    """The lines that a wording cites, as this actor may read them; the thread, from the wording in force."""
    cited = Citation.objects.filter(wording__in=wordings, withdrawn_at=None).order_by("pk")
    by_wording: dict[UUID, list[UUID]] = defaultdict(list)
    for wording, root in cited.values_list("wording_id", "statement__root_id"):
        by_wording[wording].append(root)
    rows = read_rows(actor, [(LINE.name, root) for roots in by_wording.values() for root in roots])
    found: dict[UUID, list[Piece]] = {}
    for one in wordings:
        lines: list[Shown] = [
            LINE.shown(actor, rows[LINE.name, root])
            for root in dict.fromkeys(by_wording[one.pk])
            if (LINE.name, root) in rows
        ]
        in_force = one.objective.wording_id == one.pk
        if lines or in_force:
            context = {"lines": lines, "objective": one.objective, "in_force": in_force, "may_cite": may_cite(actor)}
            found[one.pk] = [Piece("thread/parts/sources.html", context)]
    return found
