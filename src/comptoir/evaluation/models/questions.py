"""Questions proposed by anyone allowed, chosen by college, each with the sources that will answer it."""

from typing import Self

from django.db import models
from django.db.models import Q

from comptoir.accounts.models import Person
from comptoir.evaluation.enums import College, Criterion, Leverage, Nature, QuestionStatus, Scope
from comptoir.evaluation.models.framing import Evaluation
from comptoir.kit.fields import FoldedField
from comptoir.kit.ids import uuid7
from comptoir.spaces.models import OfSpace


class QuestionQuerySet(models.QuerySet["EvaluativeQuestion"]):
    def shown(self) -> Self:
        return self.filter(withdrawn_at=None)

    def kept(self) -> Self:
        return self.shown().filter(status=QuestionStatus.KEPT)


class EvaluativeQuestion(OfSpace):
    """A question that the evaluation may answer. `college` and `proposed_by`: whose it is."""

    evaluation = models.ForeignKey(Evaluation, on_delete=models.PROTECT, related_name="questions")
    text = models.CharField("question", max_length=400)
    search = FoldedField(source="text")
    proposed_by = models.CharField("proposée par", max_length=160)
    college = models.CharField("collège", max_length=12, choices=College.choices)
    scope = models.CharField("porte sur", max_length=12, choices=Scope.choices, blank=True)
    criterion = models.CharField("critère", max_length=16, choices=Criterion.choices, blank=True)
    leverage = models.PositiveSmallIntegerField("prise", choices=Leverage.choices, null=True, blank=True)
    leverage_note = models.CharField("qui peut agir, d'ici quand", max_length=300, blank=True)
    status = models.CharField(max_length=10, choices=QuestionStatus.choices, default=QuestionStatus.PROPOSED)
    status_reason = models.CharField("pourquoi", max_length=300, blank=True)
    author_id = models.UUIDField(null=True)
    at = models.DateTimeField(auto_now_add=True)
    withdrawn_at = models.DateTimeField(null=True)

    objects = QuestionQuerySet.as_manager()

    class Meta(OfSpace.Meta):
        ordering = ("id",)
        indexes = (models.Index(fields=("evaluation", "status"), name="question_of_evaluation"),)

    def __str__(self) -> str:
        return self.text


class QuestionVoice(models.Model):
    """A member chose this question, in the college of their role that day. Taking it back deletes it."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    question = models.ForeignKey(EvaluativeQuestion, on_delete=models.CASCADE, related_name="voices")
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    college = models.CharField(max_length=12, choices=College.choices)

    class Meta:
        ordering = ("id",)
        constraints = (models.UniqueConstraint(fields=("question", "person"), name="question_voice_once"),)

    def __str__(self) -> str:
        return f"{self.question_id} {self.college}"


class RoomVoices(models.Model):
    """Hands raised for a question in a room, by college: nobody is named."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    question = models.ForeignKey(EvaluativeQuestion, on_delete=models.CASCADE, related_name="room_voices")
    college = models.CharField(max_length=12, choices=College.choices)
    number = models.PositiveIntegerField("mains levées")
    counted_on = models.DateField("comptées le")

    class Meta:
        ordering = ("id",)
        constraints = (models.UniqueConstraint(fields=("question", "college"), name="room_voices_once"),)

    def __str__(self) -> str:
        return f"{self.question_id} {self.college} {self.number}"


class PlannedSource(models.Model):
    """A figure or a voice that will answer a question: where from, who brings it, by when, at what cost in days.

    `indicator_code`: the figure is an indicator of the observatory, cited by its code; its values are read there.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    question = models.ForeignKey(EvaluativeQuestion, on_delete=models.CASCADE, related_name="sources")
    nature = models.CharField("nature", max_length=8, choices=Nature.choices)
    label = models.CharField("ce que l'on cherche", max_length=200)
    whence = models.CharField("d'où cela vient", max_length=200, blank=True)
    owner = models.CharField("qui le fournit", max_length=160)
    due_on = models.DateField("pour le")
    days = models.DecimalField("jours de travail", max_digits=5, decimal_places=1, default=0)
    planned_on = models.DateField("prévu le")
    indicator_code = models.CharField("indicateur de l'observatoire", max_length=80, blank=True)
    withdrawn_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ("nature", "due_on", "id")
        constraints = (
            models.CheckConstraint(
                condition=Q(indicator_code="") | Q(nature=Nature.FIGURE), name="planned_indicator_is_a_figure"
            ),
            models.UniqueConstraint(
                fields=("question", "indicator_code"), condition=~Q(indicator_code="") & Q(withdrawn_at=None),
                name="planned_indicator_once",
            ),
        )  # fmt: skip

    def __str__(self) -> str:
        return self.label
