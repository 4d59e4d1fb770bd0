"""Giving codes to those who spoke, so that they find what became of it. A code is of words, never of a person."""

from django.db import transaction

from comptoir.accounts import journal
from comptoir.accounts.models import Actor
from comptoir.kit.errors import Refused
from comptoir.spaces.models import Space
from comptoir.voices.actions.lines import hold
from comptoir.voices.enums import StatementState
from comptoir.voices.follow_ups import new_code
from comptoir.voices.models import FollowUp, Occasion, Statement, Verbatim
from comptoir.voices.rules import may_give_codes


@transaction.atomic
def give_codes(*, actor: Actor, occasion: Occasion, line: Statement | None = None) -> int:
    """A code for each of the words of an occasion (or of one line) that has none. Returns how many were given.

    Words that were withdrawn or erased get none. Two people who ask at once give one code, not two.
    """
    if not may_give_codes(actor) or occasion.space_id != actor.space.pk:
        raise Refused("Seule l'équipe du projet donne des codes de suivi.")
    hold([occasion.pk])
    words = Verbatim.objects.filter(
        occasion=occasion, follow_up=None, erased_at=None, statement__state=StatementState.LIVE
    )
    if line is not None:
        words = words.filter(statement=line)
    waiting = list(words.order_by("pk").values_list("pk", flat=True))
    codes = _free(actor.space, len(waiting))
    FollowUp.objects.bulk_create(
        [FollowUp(space=actor.space, verbatim_id=pk, code=code) for pk, code in zip(waiting, codes, strict=True)],
        batch_size=500,
    )
    if waiting:
        journal.write(
            actor, "voices.give_codes", "Codes de suivi donnés", occasion.pk, within_id=occasion.pk, count=len(waiting)
        )
    return len(waiting)


def _free(space: Space, wanted: int) -> list[str]:
    """So many codes that nobody has in this space: those drawn twice, or given already, are drawn again."""
    found: dict[str, None] = {}
    while len(found) < wanted:
        drawn = {new_code() for _ in range(min(500, wanted - len(found)))}
        taken = set(FollowUp.objects.filter(space=space, code__in=drawn).order_by().values_list("code", flat=True))
        found |= dict.fromkeys(sorted(drawn - taken))
    return list(found)[:wanted]
