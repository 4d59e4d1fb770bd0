"""Opening a bet, betting, counting hands, closing: the figure is shown after, not before."""

from collections.abc import Mapping, Sequence
from datetime import date
from itertools import pairwise
from math import isfinite

from django.db import transaction
from django.utils import timezone

from comptoir.accounts import journal
from comptoir.accounts.enums import Role
from comptoir.accounts.models import Actor
from comptoir.contracts.models import ContractNeighbourhood
from comptoir.evaluation.bets import last_given, latest_for
from comptoir.evaluation.enums import College
from comptoir.evaluation.models import Bet, BetRound, Evaluation, RoomBets
from comptoir.evaluation.rules import COLLEGES, may_count_hands, may_vote
from comptoir.kit.errors import Conflict, Invalid, Refused
from comptoir.observatory.models import Indicator
from comptoir.territories.models import PriorityNeighbourhood

MOST_BOUNDS, MOST_HANDS = 5, 100_000


@transaction.atomic
def open_bets(
    *, actor: Actor, evaluation: Evaluation, indicator: Indicator, bounds: Sequence[float], on: date,
    place_code: str = "",
) -> BetRound:  # fmt: skip
    """Ask what an indicator has become, somewhere or as a whole, by answers that `bounds` cut."""
    _check_team(actor, evaluation)
    if indicator.withdrawn_at is not None or indicator.space_id not in {None, actor.space.pk}:
        raise Refused("Cet indicateur n'est pas dans votre observatoire.")
    rising = all(low < high for low, high in pairwise(bounds))
    if not 1 <= len(bounds) <= MOST_BOUNDS or not rising or not all(isfinite(one) for one in bounds):
        raise Invalid(f"Écrivez de 1 à {MOST_BOUNDS} limites, de la plus petite à la plus grande.", field="bounds")
    perimeter = ContractNeighbourhood.objects.filter(contract=evaluation.contract_id, code=place_code)
    if place_code and not perimeter.exists():
        raise Invalid("Choisissez un quartier du contrat.", field="place_code")
    place = PriorityNeighbourhood.objects.filter(code=place_code).order_by("code").first() if place_code else None
    made = BetRound.objects.create(
        space=actor.space, evaluation=evaluation, indicator_code=indicator.code, name=indicator.name[:200],
        unit=indicator.unit[:60], place_code=place_code, place_name=(place.name if place else place_code)[:160],
        bounds=[float(one) for one in bounds], opened_on=on, author_id=actor.person_id,
    )  # fmt: skip
    _note(actor, "evaluation.open_bets", "Pari ouvert", made, bets=made.pk)
    return made


@transaction.atomic
def bet(*, actor: Actor, round: BetRound, bracket: int) -> Bet:
    """Bet, or change one's bet, in the college of one's role, as long as bets are open."""
    who = actor.person_id
    if who is None or not may_vote(actor) or round.space_id != actor.space.pk:
        raise Refused("Vous ne pariez pas dans cette évaluation.")
    _open(round)
    _check_bracket(round, bracket)
    made, _ = Bet.objects.update_or_create(
        round=round, person_id=who, defaults={"college": COLLEGES[Role(actor.role)], "bracket": bracket}
    )
    # The journal says that somebody bet, not what, nor on which round: a bet stays between a person and the count.
    _note(actor, "evaluation.bet", "Pari fait", round)
    return made


@transaction.atomic
def count_bets(*, actor: Actor, round: BetRound, college: str, hands: Mapping[int, int]) -> None:
    """Hands raised in a room for each answer, by a college: a new count takes the place of the old one."""
    _check_team(actor, round.evaluation)
    if college not in College.values:
        raise Invalid("Choisissez le collège.", field="college")
    _open(round)
    for bracket, number in hands.items():
        _check_bracket(round, bracket)
        if not 0 <= number <= MOST_HANDS:
            raise Invalid("Écrivez combien de mains se sont levées.")
    RoomBets.objects.filter(round=round, college=college).delete()
    RoomBets.objects.bulk_create(
        RoomBets(round=round, college=college, bracket=bracket, number=number)
        for bracket, number in sorted(hands.items())
        if number
    )
    _note(actor, "evaluation.count_bets", "Paris comptés dans une salle", round, bets=round.pk, college=college)


@transaction.atomic
def close_bets(*, actor: Actor, round: BetRound, on: date) -> None:
    """No more bets: from now on the figure stands beside them. It is not undone, since the figure was seen."""
    _check_team(actor, round.evaluation)
    _open(round)
    series = last_given(latest_for(actor, round)[1])
    round.closed_on, round.vintage = on, series.vintage if series else ""
    round.save(update_fields=["closed_on", "vintage"])
    _note(actor, "evaluation.close_bets", "Pari clos", round, bets=round.pk)


@transaction.atomic
def withdraw_bets(*, actor: Actor, round: BetRound) -> None:
    """Take a bet off the list, open or closed."""
    _check_team(actor, round.evaluation)
    if round.withdrawn_at is None:
        round.withdrawn_at = timezone.now()
        round.save(update_fields=["withdrawn_at"])
        _note(actor, "evaluation.withdraw_bets", "Pari retiré", round, bets=round.pk)


def _check_team(actor: Actor, evaluation: Evaluation) -> None:
    if not may_count_hands(actor) or evaluation.space_id != actor.space.pk:
        raise Refused("Seule l'équipe ouvre, compte et clôt les paris.")


def _check_bracket(round: BetRound, bracket: int) -> None:
    if not 0 <= bracket <= len(round.bounds):
        raise Invalid("Choisissez une des réponses.", field="bracket")


def _open(round: BetRound) -> None:
    """Under a lock: a bet and the closing must not cross. The row read is the one that stands."""
    held = BetRound.objects.select_for_update(of=("self",)).get(pk=round.pk)
    if held.closed_on is not None or held.withdrawn_at is not None:
        raise Conflict("Les paris sont clos : rechargez la page.")


def _note(actor: Actor, action: str, label: str, round: BetRound, **details: object) -> None:
    journal.write(actor, action, label, round.evaluation_id, within_id=round.evaluation_id, **details)
