"""What is given back at a key moment: answers written by people, and the evaluation frozen as it stood."""

from django.db import models

from comptoir.evaluation.enums import Moment
from comptoir.evaluation.models.framing import Evaluation
from comptoir.evaluation.models.questions import EvaluativeQuestion
from comptoir.kit.ids import uuid7
from comptoir.spaces.models import OfSpace


class WrittenAnswer(models.Model):
    """The answer to a question, in a sentence that somebody wrote. Writing again adds a row: the last one stands."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    question = models.ForeignKey(EvaluativeQuestion, on_delete=models.PROTECT, related_name="answers")
    text = models.CharField("réponse", max_length=400, blank=True)
    author_id = models.UUIDField(null=True)
    author_organisation = models.CharField(max_length=120, blank=True)
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ("-id",)
        indexes = (models.Index(fields=("question", "-id"), name="written_answer_last"),)

    def __str__(self) -> str:
        return self.text


class Restitution(OfSpace):
    """An evaluation as it stood on a day. `content`: see `frozen.Content`, in plain JSON; `seal`: its fingerprint.

    Nothing changes it but an erasure of someone's words, which empties the quote and leaves the seal true.
    """

    evaluation = models.ForeignKey(Evaluation, on_delete=models.PROTECT, related_name="restitutions")
    number = models.PositiveSmallIntegerField()
    moment = models.CharField("moment", max_length=8, choices=Moment.choices)
    name = models.CharField("nom", max_length=160)
    frozen_on = models.DateField("figé le")
    frozen_at = models.DateTimeField(auto_now_add=True)
    content = models.JSONField()
    seal = models.CharField("empreinte", max_length=64)
    author_id = models.UUIDField(null=True)
    author_organisation = models.CharField(max_length=120, blank=True)

    class Meta(OfSpace.Meta):
        ordering = ("-number",)
        constraints = (
            *OfSpace.Meta.constraints,
            models.UniqueConstraint(fields=("evaluation", "number"), name="restitution_number"),
        )

    def __str__(self) -> str:
        return self.name
