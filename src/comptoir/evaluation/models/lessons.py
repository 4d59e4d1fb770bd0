"""What is kept for the next contract, and what those who took part have learnt."""

from typing import Self

from django.db import models

from comptoir.evaluation.enums import LearningStep, LessonKind
from comptoir.evaluation.models.framing import Evaluation
from comptoir.spaces.models import OfSpace, Space


class LessonQuerySet(models.QuerySet["Lesson"]):
    def shown(self) -> Self:
        return self.filter(withdrawn_at=None)

    def of_contracts_before(self, contract_id: object, space: Space) -> Self:
        """Those drawn from the contracts of a space that were opened before this one: identities follow time."""
        return self.shown().filter(space=space, evaluation__contract__pk__lt=contract_id)


class Lesson(OfSpace):
    """A lesson of an evaluation, for whoever writes the next contract."""

    evaluation = models.ForeignKey(Evaluation, on_delete=models.PROTECT, related_name="lessons")
    kind = models.CharField("c'est", max_length=8, choices=LessonKind.choices)
    text = models.CharField("leçon", max_length=400)
    kept_on = models.DateField("gardée le")
    author_id = models.UUIDField(null=True)
    author_organisation = models.CharField(max_length=120, blank=True)
    withdrawn_at = models.DateTimeField(null=True)

    objects = LessonQuerySet.as_manager()

    class Meta(OfSpace.Meta):
        ordering = ("kind", "id")

    def __str__(self) -> str:
        return self.text


class Skill(OfSpace):
    """What a group learnt at a step of an evaluation. `who`: a group or an organisation, never a person."""

    evaluation = models.ForeignKey(Evaluation, on_delete=models.PROTECT, related_name="skills")
    step = models.CharField("étape", max_length=10, choices=LearningStep.choices)
    who = models.CharField("qui", max_length=160)
    text = models.CharField("ce que l'on sait faire", max_length=300)
    gained_on = models.DateField("depuis le")
    author_id = models.UUIDField(null=True)
    author_organisation = models.CharField(max_length=120, blank=True)
    withdrawn_at = models.DateTimeField(null=True)

    class Meta(OfSpace.Meta):
        ordering = ("step", "id")

    def __str__(self) -> str:
        return self.text
