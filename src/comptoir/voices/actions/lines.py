"""Operations on lines. On one board they go one after the other: two tabs cannot contradict each other silently."""

from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import F, Max, QuerySet

from comptoir.accounts import journal
from comptoir.accounts.models import Actor
from comptoir.kit.errors import Conflict, Invalid, Refused
from comptoir.voices.enums import ChangeKind, SpeakerKind, StatementState
from comptoir.voices.models import Change, ChangeStep, Heading, Occasion, Rewording, Statement, Verbatim
from comptoir.voices.rules import may_note

MAX_WORDS = 5_000
MAX_TALLY = 100_000


def check_may_note(actor: Actor) -> None:
    if not may_note(actor):
        raise Refused("Seule l'équipe du projet peut modifier les notes.")


def hold(occasions: "QuerySet[Any, Any] | list[UUID]") -> None:
    """Until the end of the transaction nobody else changes the lines of these occasions.

    A line depends on others (its root, those under it): locking the lines alone would let two changes cross, each
    right by itself, and leave a line under one that no longer stands for itself. Their headings and notes can still
    be read, and an import goes on writing.
    """
    rows = Occasion.objects.select_for_update(of=("self",), no_key=True).filter(pk__in=occasions).order_by("pk")
    list(rows.values_list("pk", flat=True))


def lock(actor: Actor, *identities: UUID) -> list[Statement]:
    """The live statements of the actor's space, their boards held, returned in the order asked."""
    hold(Heading.objects.filter(statements__in=identities, occasion__space=actor.space).values("occasion"))
    found = {
        s.pk: s
        for s in Statement.objects.select_for_update(of=("self",))
        .select_related("heading__occasion")
        .filter(space=actor.space, pk__in=identities)
        .order_by("pk")
    }
    lines = [found[pk] for pk in identities if pk in found]
    if len(lines) != len(identities) or any(line.state != StatementState.LIVE for line in lines):
        raise Conflict("Cette ligne n'est plus là : quelqu'un l'a retirée entre-temps. Rechargez la page.")
    return lines


def record(actor: Actor, kind: ChangeKind, line: Statement, *steps: ChangeStep) -> Change:
    """The change with its steps, and its line in the journal."""
    change = Change.objects.create(occasion=line.heading.occasion, kind=kind, actor_id=actor.person_id)
    for step in steps:
        step.change = change
    ChangeStep.objects.bulk_create(steps)
    journal.write(
        actor, f"voices.{kind}", kind.label.capitalize(), line.pk,
        within_id=line.heading.occasion_id, change=change.pk,
    )  # fmt: skip
    return change


def clean_words(words: str) -> str:
    """The words without the blanks around them. Empty or endless words are refused."""
    words = words.strip().replace("\x00", "")
    if not words:
        raise Invalid("La note est vide : écrivez ce qui a été dit.", field="words")
    if len(words) > MAX_WORDS:
        raise Invalid(f"Cette note dépasse {MAX_WORDS} caractères : coupez-la en plusieurs notes.", field="words")
    return words


@transaction.atomic
def add_note(
    *, actor: Actor, heading: Heading, words: str, tally: int = 1, table: str = "", speaker_kind: str = ""
) -> Statement:
    """A new note at the end of a column. Who speaks is the occasion's unless said otherwise."""
    check_may_note(actor)
    words = clean_words(words)
    if not 1 <= tally <= MAX_TALLY:
        raise Invalid("Le nombre de fois doit être un nombre entier à partir de 1.", field="tally")
    occasion = heading.occasion
    if occasion.space_id != actor.space.pk:
        raise Refused("Cette colonne n'est pas dans votre espace.")
    if not heading.counted:
        raise Invalid(f"La colonne « {heading.label} » ne contient pas de paroles : choisissez-en une autre.")
    hold([occasion.pk])
    last = Statement.objects.filter(heading=heading).aggregate(last=Max("position"))["last"]
    line = Statement(space=actor.space, heading=heading, position=(last or 0) + 1)
    line.root = line
    line.save(force_insert=True)
    Verbatim.objects.create(
        space=actor.space, occasion=occasion, statement=line, words=words, tally=tally, table=table[:60],
        speaker_kind=speaker_kind or occasion.speaker_kind or SpeakerKind.UNKNOWN, subject=occasion.subject,
    )  # fmt: skip
    step = ChangeStep(statement=line, state_before=StatementState.VOID, state_after=StatementState.LIVE)
    record(actor, ChangeKind.ADD, line, step)
    return line


@transaction.atomic
def tally(*, actor: Actor, line: Statement) -> Change:
    """Somebody said it once more. A reported line without words cannot be said « once more »: it has no words."""
    check_may_note(actor)
    (line,) = lock(actor, line.pk)
    words = Verbatim.objects.filter(statement__root=line.root_id, statement__state=StatementState.LIVE)
    target = words.order_by("id").first() if not hasattr(line, "verbatim") else line.verbatim
    if target is None:
        raise Invalid("Cette ligne vient d'une synthèse, sans ses paroles : ajoutez plutôt une note et rapprochez-la.")
    if target.tally >= MAX_TALLY:
        raise Invalid(f"Le compte s'arrête à {MAX_TALLY}.")
    Verbatim.objects.filter(pk=target.pk).update(tally=F("tally") + 1)
    return record(actor, ChangeKind.TALLY, line, ChangeStep(statement_id=target.statement_id, tally_added=1))


@transaction.atomic
def move(*, actor: Actor, line: Statement, heading: Heading) -> Change | None:
    """Put a line, with all that is gathered under it, in another column of the same workshop. None: it was there."""
    check_may_note(actor)
    (line,) = lock(actor, line.pk)
    if line.heading_id == heading.pk:
        return None
    if line.heading.occasion_id != heading.occasion_id:
        raise Invalid("On change une note de colonne à l'intérieur d'un même tableau.")
    _check_same_nature(line.heading, heading)
    members = list(Statement.objects.select_for_update(of=("self",)).filter(root=line.root_id).order_by("pk"))
    steps = [ChangeStep(statement=m, heading_before_id=m.heading_id, heading_after=heading) for m in members]
    Statement.objects.filter(pk__in=[m.pk for m in members]).update(heading=heading)
    return record(actor, ChangeKind.MOVE, line, *steps)


def _check_same_nature(one: Heading, other: Heading) -> None:
    if one.counted != other.counted:
        raise Invalid("Des noms ou des points ne se mêlent pas à des paroles : seules les paroles se comptent.")


@transaction.atomic
def gather(*, actor: Actor, kept: Statement, absorbed: Statement) -> Change | None:
    """Say that two lines say the same: `absorbed`, and all under it, now stand under `kept`. None: they already did.

    No word, count or author moves; only the root does. Two lines of different occasions are not gathered here.
    """
    check_may_note(actor)
    kept, absorbed = lock(actor, kept.pk, absorbed.pk) if kept.pk != absorbed.pk else (kept, kept)
    if kept.root_id == absorbed.root_id:
        return None
    if kept.heading.occasion_id != absorbed.heading.occasion_id:
        raise Invalid("On rapproche des notes d'un même tableau.")
    _check_same_nature(kept.heading, absorbed.heading)
    root = Statement.objects.select_related("heading").get(pk=kept.root_id)
    members = list(Statement.objects.select_for_update(of=("self",)).filter(root=absorbed.root_id).order_by("pk"))
    steps = [
        ChangeStep(
            statement=m, root_before_id=absorbed.root_id, root_after=root,
            heading_before_id=m.heading_id, heading_after_id=root.heading_id,
        )
        for m in members
    ]  # fmt: skip
    Statement.objects.filter(pk__in=[m.pk for m in members]).update(root=root, heading_id=root.heading_id)
    return record(actor, ChangeKind.GATHER, kept, *steps)


@transaction.atomic
def separate(*, actor: Actor, line: Statement) -> Change:
    """Take one line out of those it was gathered with. When it gave them their title, the next one does.

    It is also a decision: as long as it is not undone, the two are not suggested again (suggestions.apart_pairs).
    """
    check_may_note(actor)
    (line,) = lock(actor, line.pk)
    members = list(
        Statement.objects.select_for_update(of=("self",)).live().filter(root=line.root_id).order_by("position", "pk")
    )
    if len(members) < 2:
        raise Conflict("Cette note est déjà seule sur sa ligne.")
    if line.is_root:
        others = [m for m in members if m.pk != line.pk]
        steps = [ChangeStep(statement=m, root_before=line, root_after=others[0]) for m in others]
        Statement.objects.filter(pk__in=[m.pk for m in others]).update(root=others[0])
    else:
        steps = [ChangeStep(statement=line, root_before_id=line.root_id, root_after=line)]
        Statement.objects.filter(pk=line.pk).update(root=line)
    return record(actor, ChangeKind.SEPARATE, line, *steps)


@transaction.atomic
def reword(*, actor: Actor, line: Statement, text: str) -> Change | None:
    """Write a wording beside the words; an empty text goes back to the words. None: nothing changed."""
    check_may_note(actor)
    (line,) = lock(actor, line.pk)
    text = text.strip()
    if text == line.wording or (not text and line.rewording_id is None):
        return None
    after = None
    if text and text != line.original:
        after = Rewording.objects.create(
            statement=line, text=clean_words(text), author_id=actor.person_id, author_organisation=actor.organisation
        )
    before_id = line.rewording_id
    Statement.objects.filter(pk=line.pk).update(rewording=after)
    step = ChangeStep(statement=line, rewording_before_id=before_id, rewording_after=after)
    return record(actor, ChangeKind.REWORD, line, step)


@transaction.atomic
def withdraw(*, actor: Actor, line: Statement) -> Change:
    """Take a line off the board (typed by mistake). It is kept, and can be put back."""
    check_may_note(actor)
    (line,) = lock(actor, line.pk)
    if Statement.objects.live().filter(root=line.root_id).count() > 1:
        raise Conflict("D'autres notes sont rapprochées de celle-ci : séparez-les d'abord.")
    Statement.objects.filter(pk=line.pk).update(state=StatementState.VOID)
    step = ChangeStep(statement=line, state_before=StatementState.LIVE, state_after=StatementState.VOID)
    return record(actor, ChangeKind.WITHDRAW, line, step)
