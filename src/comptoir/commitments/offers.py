"""What commitments show on the pages of the rooms below: a line, an objective, a signatory, a change of referent."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from uuid import UUID

from django.db.models import Count, F, OuterRef, Subquery, Window
from django.db.models.functions import RowNumber
from django.utils import timezone

from comptoir.accounts.models import Actor
from comptoir.commitments import lean
from comptoir.commitments.answer_offers import drafts_of
from comptoir.commitments.asking import is_settled
from comptoir.commitments.enums import LABELS, Delivery
from comptoir.commitments.models import CheckInRequest, Commitment, StatementLink
from comptoir.commitments.reading import referents_of, states_of
from comptoir.commitments.rules import may_link, may_write_commitments
from comptoir.commitments.state import State
from comptoir.commitments.views.shared import BADGES
from comptoir.contracts.models import Objective, Referent, Signatory
from comptoir.contracts.rules import may_edit_card
from comptoir.kit.slots import Piece
from comptoir.voices.models import Statement

Pieces = Mapping[UUID, Iterable[Piece]]


def may_see(actor: Actor, thing: Statement | Objective | Signatory) -> bool:
    """Every member of the space sees what became of its lines, objectives and signatories."""
    return thing.space_id == actor.space.pk


def of_lines(actor: Actor, lines: Sequence[Statement]) -> Pieces:
    """The commitments that answer each line, or one of those gathered under it; and the way to write one."""
    roots = {line.pk: line.root_id for line in lines}
    links = StatementLink.objects.filter(
        statement__root__in=set(roots.values()), withdrawn_at=None, commitment__withdrawn_at=None
    ).select_related(*(f"commitment__{part}" for part in ("wording", "signatory__organisation", "contact")))
    by_root: dict[UUID, set[UUID]] = defaultdict(set)
    commitments: dict[UUID, Commitment] = {}
    for link in links.annotate(root=F("statement__root")).order_by("commitment__position", "commitment"):
        by_root[vars(link)["root"]].add(link.commitment_id)
        commitments[link.commitment_id] = link.commitment
    found = _with_states(list(commitments.values()))
    writes = may_link(actor) and may_write_commitments(actor)
    return {
        line.pk: [_piece(actor, line, _rows(row for row in found if row[0].pk in by_root[roots[line.pk]]), writes)]
        for line in lines
    }


def _piece(actor: Actor, line: Statement, rows: list[tuple[Commitment, str, str]], writes: bool) -> Piece:
    drafts = drafts_of(actor, line, [commitment for commitment, _, _ in rows])
    context = {"rows": rows, "line": line, "writes": writes, "drafts": drafts}
    return Piece("commitments/parts/of_line.html", context)


def of_objectives(actor: Actor, objectives: Sequence[Objective]) -> Pieces:
    """The first commitments that carry each objective, and how many there are: the table has them all."""
    return _under("objective", "objectif", objectives, most=5)


def of_signatories(actor: Actor, signatories: Sequence[Signatory]) -> Pieces:
    """The first commitments of each signatory, and how many there are: the table has them all."""
    return _under("signatory", "qui", signatories, most=20)


def may_see_handover(actor: Actor, term: Referent) -> bool:
    """Those who change the card of the signatory: the project lead, and its own referents."""
    return may_edit_card(actor, term.signatory)


def of_terms(actor: Actor, terms: Sequence[Referent]) -> Pieces:
    """What each referent passes on: the commitments that they answer for and that go on, the answers still awaited."""
    on = timezone.localdate()
    rows = Commitment.objects.shown().filter(signatory__in={term.signatory_id for term in terms})
    commitments = list(rows.filter(wording__isnull=False).with_words().in_table_order())
    answering = referents_of(commitments, on=on)
    states = states_of(commitments, on=on, referents=answering)
    going_on = [(one, states[one.pk]) for one in commitments if not is_settled(states[one.pk], on=on)]
    people = {term.contact_id for term in terms}
    asked = CheckInRequest.objects.filter(contact__in=people, round__closed_on=None, answered_at=None)
    asked = asked.exclude(delivery__in=(Delivery.FORWARDED, Delivery.CANCELLED)).order_by("pk")
    awaited: dict[UUID, set[UUID]] = defaultdict(set)
    for contact, commitment in asked.values_list("contact_id", "commitment_id"):
        awaited[contact].add(commitment)
    found = {}
    for term in terms:
        held = {pk for pk, contact in answering.items() if contact.pk == term.contact_id} | awaited[term.contact_id]
        rows_shown = _rows(row for row in going_on if row[0].pk in held)
        shown = {one.pk for one, _, _ in rows_shown} & awaited[term.contact_id]
        found[term.pk] = [Piece("commitments/parts/handover.html", {"rows": rows_shown, "asked": shown})]
    return found


def _under(key: str, asked: str, things: Sequence[Objective] | Sequence[Signatory], *, most: int) -> Pieces:
    """`asked`: the filter of the table that shows those of one thing."""
    shown = Commitment.objects.shown().filter(**{f"{key}__in": [thing.pk for thing in things]})
    rank = Window(RowNumber(), partition_by=F(key), order_by=("position", "pk"))
    same = Commitment.objects.shown().filter(**{key: OuterRef(key)}).order_by().values(key)
    # Ranked in few columns, then read: SQLite carries whole rows through a window. Those of these things are asked for
    # twice, for PostgreSQL to begin by them.
    first = shown.filter(pk__in=shown.annotate(rank=rank).filter(rank__lte=most).values("pk"))
    found = _with_states(lean.read(first.annotate(whole=Subquery(same.annotate(n=Count("pk")).values("n"))), "whole"))
    by_thing: dict[UUID, list[tuple[Commitment, State]]] = defaultdict(list)
    whole: dict[UUID, int] = {}
    for commitment, state in found:
        thing = getattr(commitment, f"{key}_id")
        by_thing[thing].append((commitment, state))
        whole[thing] = vars(commitment)["whole"]
    return {
        thing.pk: [
            Piece(
                "commitments/parts/of_thing.html",
                {
                    "rows": _rows(by_thing[thing.pk]), "whole": whole[thing.pk], "asked": asked, "thing": thing,
                    "alone": len(things) == 1,
                },
            )
        ]
        for thing in things
        if by_thing[thing.pk]
    }  # fmt: skip


def _with_states(commitments: list[Commitment]) -> list[tuple[Commitment, State]]:
    states = states_of(commitments, on=timezone.localdate())
    return [(commitment, states[commitment.pk]) for commitment in commitments]


def _rows(found: Iterable[tuple[Commitment, State]]) -> list[tuple[Commitment, str, str]]:
    return [(c, LABELS[state.label], BADGES[state.label]) for c, state in found]
