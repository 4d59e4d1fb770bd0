"""The thread of one thing: all that came before and all that came after, in a number of queries that does not grow."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from uuid import UUID

from comptoir.accounts.models import Actor
from comptoir.kit.french import number, plural
from comptoir.spaces.models import Space
from comptoir.thread.declared import HOUSE
from comptoir.thread.kinds import Column, LinkKind, Piece, Plan, Row, ThingKind

DRAWN = 6  # of a kind; the others are counted together
TOLD = 300  # of a kind whose state is read, to say how the others stand
Place = tuple[str, UUID]  # kind, identity


@dataclass(frozen=True, slots=True)
class Edge:
    """One link: what comes before, what comes after, how many times the former was said."""

    before: Place
    after: Place
    weight: int = 1


@dataclass(slots=True)
class Trace:
    """What a page shows. `pieces`: by column, in order; `links`: pairs of keys of pieces. `here`: the key of the thing
    itself. Pieces that stand for several have no address and say how many.
    `missing`: where the thread stops, in words."""

    here: str
    pieces: dict[Column, list[Piece]] = field(default_factory=dict)
    links: list[tuple[str, str]] = field(default_factory=list)
    missing: dict[Column, str] = field(default_factory=dict)

    @property
    def itself(self) -> Piece:
        return next(piece for found in self.pieces.values() for piece in found if piece.key == self.here)

    @property
    def is_alone(self) -> bool:
        return sum(len(found) for found in self.pieces.values()) == 1


def find(actor: Actor, kind: str, code: str, plan: Plan = HOUSE) -> Place | None:
    """The thing of this kind at this address, if the actor may see it."""
    thing = plan.things.get(kind)
    if thing is None:
        return None
    if thing.found_by == "pk":
        try:
            code = str(UUID(code))
        except ValueError:
            return None
    pk = thing.rows(actor).filter(**{thing.found_by: code}).order_by("pk").values_list("pk", flat=True).first()
    return (kind, pk) if pk else None


def edges_of(space: Space, place: Place, plan: Plan = HOUSE) -> list[Edge]:
    """The links on all ways that lead to a thing and that leave it: one query for each depth."""
    found = [edge for on in (False, True) for edge in _walk(space, [place], plan, on=on)]
    return list({(edge.before, edge.after): edge for edge in found}.values())


def _walk(space: Space, places: Iterable[Place], plan: Plan, *, on: bool) -> list[Edge]:
    reached: dict[str, set[UUID]] = defaultdict(set)
    for kind, pk in places:
        reached[kind].add(pk)
    found: dict[tuple[Place, Place], int] = {}
    for links in plan.stages(on=on):
        asked = [(link, on) for link in links]
        if not on:
            kinds = {link.after.name for link in links}
            asked += [(link, True) for link in plan.links if link.told_back and link.before.name in kinds]
        for edge in _read(space, asked, reached):
            found.setdefault((edge.before, edge.after), edge.weight)
            kind, pk = edge.after if on else edge.before
            reached[kind].add(pk)
    return [Edge(before, after, weight) for (before, after), weight in found.items()]


def _read(space: Space, asked: Sequence[tuple[LinkKind, bool]], reached: Mapping[str, set[UUID]]) -> list[Edge]:
    """The links that leave what was reached, or come to it, in one query."""
    by_name = {link.name: link for link, _ in asked}
    near = [(link, on, reached[(link.before if on else link.after).name]) for link, on in asked]
    queries = [link.read(space, sorted(ids), on=on) for link, on, ids in near if ids]
    if not queries:
        return []
    first, *others = queries
    rows = first.union(*others, all=True).order_by("_start", "_end") if others else first.order_by("_start", "_end")
    return [
        Edge((by_name[name].before.name, start), (by_name[name].after.name, end), weight)
        for name, start, end, weight in rows
    ]


def read_rows(actor: Actor, places: Iterable[Place], plan: Plan = HOUSE) -> dict[Place, Row]:
    """What the actor may see of these things, whatever their kinds, in one query."""
    ids: dict[str, set[UUID]] = defaultdict(set)
    for kind, pk in places:
        ids[kind].add(pk)
    queries = [plan.things[kind].read(actor, sorted(found)) for kind, found in sorted(ids.items()) if found]
    if not queries:
        return {}
    first, *others = queries
    rows = first.union(*others, all=True).order_by("_pk") if others else first.order_by("_pk")
    return {(row.kind, row.pk): row for row in map(Row.of, rows)}


def trace(actor: Actor, place: Place, plan: Plan = HOUSE) -> Trace:
    """The thread of a thing as this actor may read it. The thing itself is one that `find` gave."""
    edges = edges_of(actor.space, place, plan)
    weights = {place: 1}
    for edge in edges:
        weights.setdefault(edge.after, 1)
        weights[edge.before] = edge.weight
    by_kind: dict[str, list[Place]] = defaultdict(list)
    for one in weights:
        by_kind[one[0]].append(one)
    for kind, places in by_kind.items():
        way = -1 if plan.things[kind].news else 1
        places.sort(key=lambda one: (one != place, -weights[one], way * one[1].int))
    most = {kind: len(places) if plan.things[kind].private else DRAWN for kind, places in by_kind.items()}
    rows = read_rows(actor, [one for kind, places in by_kind.items() for one in places[: most[kind]]], plan)
    found = Trace(_key(place))
    stands: dict[Place, str] = {}  # where each thing is in the picture: its own piece, or that of the others
    for kind in sorted(by_kind, key=lambda kind: (plan.things[kind].column, kind)):
        thing, places = plan.things[kind], by_kind[kind]
        if thing.private:
            places = [one for one in places if one in rows]
        drawn = [one for one in places[:DRAWN] if one in rows and (rows[one].text or one == place)]
        others = [one for one in places if one not in drawn]
        told = thing.told([one[1] for one in places[:TOLD]]) if thing.told else {}
        pieces = [_piece(actor, thing, rows[one], told) for one in drawn]
        stands |= {one: piece.key for one, piece in zip(drawn, pieces, strict=True)}
        if others:
            unread = any(one in rows for one in others if one in places[:DRAWN])
            pieces.append(_others(thing, others, weights, told, alone=not drawn, unread=unread))
            stands |= dict.fromkeys(others, pieces[-1].key)
        if pieces:
            found.pieces.setdefault(thing.column, []).extend(pieces)
    pairs = [(stands.get(edge.before), stands.get(edge.after)) for edge in edges]
    found.links = list(dict.fromkeys((a, b) for a, b in pairs if a and b))
    found.missing = _missing(found, plan.things[place[0]], plan)
    return found


def _key(place: Place) -> str:
    return f"{place[0]}-{place[1].hex}"


def _piece(actor: Actor, thing: ThingKind, row: Row, told: Mapping[UUID, tuple[str, str]]) -> Piece:
    piece = replace(thing.shown(actor, row), key=_key((row.kind, row.pk)))
    state, tone = told.get(row.pk, (piece.state, piece.tone))
    return replace(piece, state=state, tone=tone)


def _others(
    thing: ThingKind, others: Sequence[Place], weights: Mapping[Place, int], told: Mapping[UUID, tuple[str, str]],
    *, alone: bool, unread: bool,
) -> Piece:  # fmt: skip
    """Those that are not drawn one by one: how many, how many times said, how they stand.

    `alone`: none is drawn; `unread`: words among them are not for this actor.
    """
    said = sum(weights[one] for one in others)
    times = f", {number(said)} fois en tout" if thing.origin and said > len(others) else ""
    states = Counter(told[one[1]][0] for one in others if one[1] in told)
    stand = ", ".join(f"{n} {word}" for word, n in states.most_common())
    one, many = (thing.one, thing.many) if alone else (f"autre {thing.one}", f"autres {thing.many}")
    label = stand or (thing.hidden if unread else "")
    return Piece(thing.name, f"{thing.name}-autres", f"{plural(len(others), one, many)}{times}", label)


def _missing(found: Trace, here: ThingKind, plan: Plan) -> dict[Column, str]:
    """Where the thread stops: what is still to be linked, done or answered. News are not what is done."""
    there = {column for column, pieces in found.pieces.items() if any(not plan.things[one.kind].news for one in pieces)}
    open_ends = {}
    if here.column in (Column.OBJECTIVE, Column.COMMITMENT, Column.DONE) and not there & {Column.SAID, Column.LINE}:
        open_ends[Column.LINE] = "À relier : aucune parole n'est encore derrière."
    if Column.COMMITMENT not in there and there & {Column.LINE, Column.OBJECTIVE}:
        open_ends[Column.COMMITMENT] = "À relier : aucun engagement n'y répond encore."
    if Column.COMMITMENT in there and Column.DONE not in there:
        open_ends[Column.DONE] = "Rien n'est encore confirmé."
    if Column.LINE in there and Column.ANSWER not in there:
        open_ends[Column.ANSWER] = "Pas encore de réponse."
    return open_ends
