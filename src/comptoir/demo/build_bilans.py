"""What the evaluation of the demonstration takes from elsewhere: indicators that it follows."""

from datetime import date

from comptoir.accounts.models import Actor
from comptoir.demo.content import evaluation as content
from comptoir.evaluation import actions
from comptoir.evaluation.models import EvaluativeQuestion
from comptoir.observatory.models import Indicator

FOLLOWED_ON = date(2026, 11, 20)


def build_bilans(lead: Actor) -> None:
    """An indicator of the space and a public one, followed for two questions."""
    questions = EvaluativeQuestion.objects.kept().filter(space=lead.space).order_by("pk")
    local = Indicator.objects.get(space=lead.space, name="Jeunes accompagnés vers l'emploi")
    poverty = Indicator.objects.get(space=None, code="revn.TP60")
    for indicator in (local, poverty):
        actions.follow(
            actor=lead, question=questions[2], indicator=indicator, due_on=content.ENDS_ON, on=FOLLOWED_ON
        )  # fmt: skip
