"""Suggestions that two lines may say the same, and what people decide of them."""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import Exists, F, OuterRef, Q, QuerySet, Subquery
from django.utils import timezone

from comptoir.accounts import journal
from comptoir.accounts.models import Actor
from comptoir.analysis.grouping import Constraints, Text
from comptoir.analysis.grouping.usefulness import most_useful_first, usefulness
from comptoir.audit.models import Entry
from comptoir.kit.errors import Conflict
from comptoir.voices.actions.lexicon import Method, method_of, teach
from comptoir.voices.actions.lines import check_may_note, hold, lock
from comptoir.voices.enums import ChangeKind, StatementState
from comptoir.voices.models import ChangeStep, Heading, Resemblance, SetAside, Statement, Verdict, counts

PER_COLUMN = 200


@transaction.atomic
def keep_apart(*, actor: Actor, first: Statement, second: Statement) -> Verdict:
    """Decide that two lines do not say the same: the suggestion goes, and does not come back."""
    check_may_note(actor)
    a, b = lock(actor, first.pk, second.pk)
    if a.root_id == b.root_id:
        raise Conflict("Ces deux notes sont sur la même ligne : séparez-les plutôt.")
    low, high = sorted((a.pk, b.pk))
    verdict, _ = Verdict.objects.update_or_create(first_id=low, second_id=high, defaults={"actor_id": actor.person_id})
    Resemblance.objects.filter(first__in=(a, b), second__in=(a, b)).delete()
    journal.write(
        actor, "voices.keep_apart", "Notes gardées séparées", a.pk, within_id=a.heading.occasion_id, other=b.pk
    )
    return verdict


@transaction.atomic
def set_aside(*, actor: Actor, first: Statement, second: Statement) -> None:
    """« Pas maintenant » : this person is not asked this again until they ask for it. It decides nothing."""
    check_may_note(actor)
    a, b = lock(actor, first.pk, second.pk)
    if a.pk == b.pk or actor.person_id is None:
        raise Conflict("Il n'y a rien à mettre de côté ici. Rechargez la page.")
    low, high = sorted((a.pk, b.pk))
    _, new = SetAside.objects.get_or_create(first_id=low, second_id=high, actor_id=actor.person_id)
    if new:
        journal.write(actor, "voices.set_aside", "Question mise de côté", a.pk, other=b.pk)


@transaction.atomic
def take_up_again(*, actor: Actor, headings: "QuerySet[Heading]") -> int:
    """Ask again what this person had put aside in these columns. Returns how many questions."""
    check_may_note(actor)
    taken, _ = _aside(actor).filter(first__heading__in=headings).delete()
    if taken:
        journal.write(actor, "voices.take_up_again", "Questions reprises", actor.space.pk, questions=taken)
    return taken


def open_resemblances() -> QuerySet[Resemblance]:
    """Suggestions of which both lines still stand for themselves: those that wait for a decision."""
    return Resemblance.objects.filter(
        first__state=StatementState.LIVE,
        second__state=StatementState.LIVE,
        first__root_id=F("first_id"),
        second__root_id=F("second_id"),
    )


def put_aside_by(actor: Actor) -> Exists:
    """Whether a suggestion is one that this person put aside."""
    as_asked = Q(first=OuterRef("first"), second=OuterRef("second"))
    turned = Q(first=OuterRef("second"), second=OuterRef("first"))
    return Exists(_aside(actor).filter(as_asked | turned))


def _aside(actor: Actor) -> QuerySet[SetAside]:
    mine = SetAside.objects.filter(first__space=actor.space)
    return mine.filter(actor_id=actor.person_id) if actor.person_id else mine.none()


def apart_pairs(headings: Iterable[Heading]) -> frozenset[tuple[str, str]]:
    """The pairs that people keep apart, as the analysis takes them, between the roots they now stand under.

    They kept them apart when the pair was suggested, or separated them after they had been gathered. Two lines
    gathered since are one line: the older decision waits until that is undone.
    """
    headings = list(headings)
    kept = Verdict.objects.filter(Q(first__heading__in=headings) | Q(second__heading__in=headings))
    separated = ChangeStep.objects.filter(
        change__kind=ChangeKind.SEPARATE, change__undone_at=None, statement__heading__in=headings
    )
    rows = [
        *kept.values_list("first__root_id", "second__root_id"),
        *separated.values_list("root_before__root_id", "root_after__root_id"),
    ]
    return frozenset((str(a), str(b)) for a, b in rows if a != b)


def stale(headings: "QuerySet[Heading]", method: Method) -> list[Heading]:
    """The columns of which the suggestions are older than their notes, or were found with other words."""
    return [heading for heading in with_last(headings) if is_stale(heading, method)]


def with_last(headings: "QuerySet[Heading]") -> list[Heading]:
    """The columns of which the lines are counted, each with `last`: when something was last done on its board."""
    done = Entry.objects.filter(within_id=OuterRef("occasion_id")).order_by("-id").values("at")[:1]
    return [heading for heading in headings.annotate(last=Subquery(done)) if heading.counted]


def is_stale(heading: Heading, method: Method) -> bool:
    """Of a heading that carries its `last`."""
    if heading.searched_at is None or heading.searched_with != method.digest:
        return True
    last: datetime | None = vars(heading)["last"]
    return last is not None and last > heading.searched_at


def refresh_resemblances(heading: Heading, method: Method | None = None) -> int:
    """Rebuild the suggestions of a column from its lines, whole. Returns how many there are.

    `method`: that of the space when it is already known; else what its decisions teach is looked at first.
    """
    if not heading.counted:
        Resemblance.objects.filter(heading=heading).delete()
        return 0
    method = method or method_of(teach(heading.occasion.space))
    begun = timezone.now()
    roots = Statement.objects.roots().filter(heading=heading)
    lines = list(roots.with_words().in_reading_order())
    said = {str(pk): max(1, times) for pk, (times, _) in counts(roots).items()}
    texts = [Text(id=str(line.pk), text=line.wording, tally=said.get(str(line.pk), 1)) for line in lines]
    # Outside the transaction: thousands of lines take seconds, during which others may write.
    pairs = method.grouping.suggest(texts, Constraints(apart=apart_pairs([heading])), limit=PER_COLUMN)
    with transaction.atomic():
        hold([heading.occasion_id])
        apart = {frozenset(pair) for pair in apart_pairs([heading])}  # decided meanwhile
        Resemblance.objects.filter(heading=heading).delete()
        found = Resemblance.objects.bulk_create(
            Resemblance(
                heading=heading, first_id=UUID(pair.a), second_id=UUID(pair.b),
                score=pair.score, use=usefulness(pair, said), reason=pair.reason.sentence[:300],
            )
            for pair in most_useful_first(pairs, said)
            if frozenset((pair.a, pair.b)) not in apart
        )  # fmt: skip
        Heading.objects.filter(pk=heading.pk).update(searched_at=begun, searched_with=method.digest)
    return len(found)
