"""The methods chosen to answer a question, with the effort that the team plans for each."""

from typing import Self

from django.db import models
from django.db.models import Q

from comptoir.evaluation.enums import QuestionStatus
from comptoir.evaluation.models.framing import Evaluation
from comptoir.evaluation.models.questions import EvaluativeQuestion
from comptoir.spaces.models import OfSpace


class ChosenMethodQuerySet(models.QuerySet["ChosenMethod"]):
    def shown(self) -> Self:
        return self.filter(withdrawn_at=None)

    def counted(self, evaluation: Evaluation) -> Self:
        """Those of the questions that are still in the evaluation: neither parked nor withdrawn."""
        there = self.shown().filter(question__evaluation=evaluation, question__withdrawn_at=None)
        return there.exclude(question__status=QuestionStatus.PARKED)


class ChosenMethod(OfSpace):
    """A method of the library (`method`: its key) for a question. Hours of the team; money in euros."""

    question = models.ForeignKey(EvaluativeQuestion, on_delete=models.PROTECT, related_name="methods")
    method = models.CharField("méthode", max_length=40)
    hours = models.PositiveSmallIntegerField("heures de l'équipe")
    euros = models.PositiveIntegerField("euros")
    chosen_on = models.DateField("choisie le")
    author_id = models.UUIDField(null=True)
    withdrawn_at = models.DateTimeField(null=True)

    objects = ChosenMethodQuerySet.as_manager()

    class Meta(OfSpace.Meta):
        ordering = ("id",)
        constraints = (
            *OfSpace.Meta.constraints,
            models.UniqueConstraint(
                fields=("question", "method"), condition=Q(withdrawn_at=None), name="method_once_by_question"
            ),
        )

    def __str__(self) -> str:
        return self.method
