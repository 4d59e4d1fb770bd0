"""How the invented evaluation gathers answers, the bets that open its meetings, and whom it thanks."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from comptoir.accounts.enums import Role
from comptoir.accounts.models import Actor, Membership
from comptoir.demo.content import SPACE
from comptoir.evaluation import actions
from comptoir.evaluation.enums import College
from comptoir.evaluation.models import BetRound, Evaluation, EvaluativeQuestion
from comptoir.observatory.models import Indicator

CHOSEN_ON = date(2026, 9, 17)
BET_ON = date(2026, 11, 19)


def build_methods(lead: Actor, questions: Sequence[EvaluativeQuestion]) -> None:
    """Three methods, one with less effort than its page says: the team already has the papers."""
    first, second = questions[:2]
    actions.choose_method(actor=lead, question=first, method="court-questionnaire", hours=16, on=CHOSEN_ON)
    actions.choose_method(actor=lead, question=first, method="groupe-d-habitants", on=CHOSEN_ON)
    actions.choose_method(actor=lead, question=second, method="lire-les-chiffres", on=CHOSEN_ON)


def build_bets(lead: Actor) -> None:
    """One bet closed after a meeting, its officials too few to be shown; one still open."""
    evaluation = Evaluation.objects.get(space=lead.space)
    young = Indicator.objects.get(space=lead.space, name="Jeunes accompagnés vers l'emploi")
    closed = actions.open_bets(
        actor=lead, evaluation=evaluation, indicator=young, bounds=[90, 110, 130], on=BET_ON,
        place_code=SPACE.neighbourhoods[0].code,
    )  # fmt: skip
    actions.count_bets(actor=lead, round=closed, college=College.RESIDENTS, hands={0: 3, 1: 11, 2: 6, 3: 2})
    actions.count_bets(actor=lead, round=closed, college=College.SIGNATORIES, hands={0: 7, 1: 5, 2: 2})
    actions.count_bets(actor=lead, round=closed, college=College.OFFICIALS, hands={0: 2, 1: 1})
    _member_bets(lead, closed, Role.COUNCIL_MEMBER, 1)
    actions.close_bets(actor=lead, round=closed, on=BET_ON)
    girls = Indicator.objects.get(space=lead.space, name="Jeunes accompagnés vers l'emploi : filles")
    still = actions.open_bets(actor=lead, evaluation=evaluation, indicator=girls, bounds=[150, 200, 250], on=BET_ON)
    _member_bets(lead, still, Role.ELECTED_OFFICIAL, 2)


def _member_bets(lead: Actor, bets: BetRound, role: Role, bracket: int) -> None:
    rows = Membership.objects.select_related("person", "space", "organisation").filter(space=lead.space, role=role)
    member = rows.order_by("pk").first()
    if member is not None:
        actions.bet(actor=Actor.of(member), round=bets, bracket=bracket)


THANKED: tuple[dict[str, Any], ...] = (
    {
        "group": "Conseil citoyen", "name": "Solange Ferrandi", "agreed_on": date(2026, 11, 12),
        "text": "avoir tracé la boucle de la marche et relu chaque constat",
        "changed": "Deux halls de plus sont dans la visite mensuelle du bailleur.",
    },
    {
        "group": "Habitants des tours", "number": 22, "text": "avoir dit quelles pannes durent",
        "changed": "La première question de l'évaluation est la leur.",
    },
    {"group": "Élèves du collège", "number": 6, "text": "avoir compté les passages devant l'accueil"},
)  # fmt: skip


def build_thanks(lead: Actor, evaluation: Evaluation) -> None:
    """One person who agreed to be named, a group that is counted, one too small to be."""
    for line in THANKED:
        actions.thank(actor=lead, evaluation=evaluation, on=BET_ON, **line)
