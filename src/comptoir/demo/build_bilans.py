"""What the evaluation of the demonstration takes from elsewhere: indicators that it follows, reviews of actions."""

from datetime import date
from decimal import Decimal

from comptoir.accounts.models import Actor
from comptoir.contracts.models import CityContract
from comptoir.demo.content import SPACE
from comptoir.demo.content import bilans as found
from comptoir.demo.content import evaluation as content
from comptoir.evaluation import actions
from comptoir.evaluation.enums import Item
from comptoir.evaluation.models import EvaluativeQuestion
from comptoir.observatory.actions import add_indicator
from comptoir.observatory.entry import WHOLE, place_for
from comptoir.observatory.enums import Direction, IndicatorKind, Territory
from comptoir.observatory.models import Indicator, Place

FOLLOWED_ON = date(2026, 11, 20)


def build_bilans(lead: Actor) -> None:
    """An indicator of the space and a public one, followed for a question; reviews of past actions, and their use."""
    questions = EvaluativeQuestion.objects.kept().filter(space=lead.space).order_by("pk")
    local = Indicator.objects.get(space=lead.space, name="Jeunes accompagnés vers l'emploi")
    poverty = Indicator.objects.get(space=None, code="revn.TP60")
    for indicator in (local, poverty):
        actions.follow(
            actor=lead, question=questions[2], indicator=indicator, due_on=content.ENDS_ON, on=FOLLOWED_ON
        )  # fmt: skip
    for told in found.FELT:
        actions.tell_perceived(actor=lead, question=questions[2], **told)
    _reviews(lead, list(questions))
    _signatories(lead, questions[0].evaluation.contract)


def _reviews(lead: Actor, questions: list[EvaluativeQuestion]) -> None:
    """Reviews of three years, one quoted; people reached summed into an indicator. A small number is among them."""
    rows = [
        {
            "action": one.action, "year": one.year, "place": _place(one.neighbourhood), "bearer": one.bearer,
            "money": Decimal(one.money) if one.money else None, "reached": one.reached, "noted": one.noted,
        }
        for one in found.REVIEWS
    ]  # fmt: skip
    made = actions.add_reviews(actor=lead, rows=rows)
    actions.quote_review(actor=lead, review=made[0], question=questions[2], on=FOLLOWED_ON)
    supplier = Indicator.objects.get(space=lead.space, name="Jeunes accompagnés vers l'emploi").supplier
    reached = add_indicator(
        actor=lead, supplier=supplier, name="Personnes touchées par les actions financées", kind=IndicatorKind.COUNT,
        definition="Somme des bilans : qui vient à deux actions est compté deux fois.", unit="personnes",
        direction=Direction.UP, summable=False, about_people=True,
    )  # fmt: skip
    actions.feed(actor=lead, indicator=reached)


def _place(at: int | None) -> Place:
    if at is None:
        return place_for(Territory.SPACE, WHOLE)
    one = SPACE.neighbourhoods[at]
    return place_for(Territory.NEIGHBOURHOOD, one.code, 2024, one.name)


def _signatories(lead: Actor, contract: CityContract) -> None:
    """Four signatories said how they see themselves, as the team wrote it down."""
    names = {one.key: one.name for one in SPACE.organisations}
    for key, day, steps, line in found.SELF_SEEN:
        actions.assess(
            actor=lead, signatory=contract.signatories.get(organisation__name=names[key]), on=day,
            answers={
                item: (step, line if at == 0 else "") for at, (item, step) in enumerate(zip(Item, steps, strict=True))
                if step is not None
            },
        )  # fmt: skip
