"""The reviews of past actions that a team already has, and what each signatory says of itself."""

from django.db import models

from comptoir.contracts.models import Signatory
from comptoir.evaluation.enums import Item, Step
from comptoir.kit.fields import FoldedField
from comptoir.observatory.models import Indicator, Place
from comptoir.spaces.models import OfSpace


class ReviewQuerySet(models.QuerySet["ActionReview"]):
    def shown(self) -> "ReviewQuerySet":
        return self.filter(withdrawn_at=None)


class ActionReview(OfSpace):
    """The review of an action for a year, as its file gives it. `money` in euros; `reached`: people, as counted by
    whoever bears the action; None is not zero. `place` empty: the file does not say where.

    `counted_in`: the local indicator that its people were last summed into.
    """

    action = models.CharField("action", max_length=200)
    search = FoldedField(source="action")
    year = models.PositiveSmallIntegerField("année")
    place = models.ForeignKey(
        Place, verbose_name="quartier", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    bearer = models.CharField("porteur", max_length=160, blank=True)
    money = models.DecimalField("argent, en euros", max_digits=14, decimal_places=2, null=True, blank=True)
    reached = models.PositiveIntegerField("personnes touchées", null=True, blank=True)
    noted = models.TextField("ce qui a été noté", blank=True)
    counted_in = models.ForeignKey(Indicator, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    author_id = models.UUIDField(null=True)
    at = models.DateTimeField(auto_now_add=True)
    withdrawn_at = models.DateTimeField(null=True)

    objects = ReviewQuerySet.as_manager()

    class Meta(OfSpace.Meta):
        ordering = ("-year", "search", "id")
        indexes = (models.Index(fields=("space", "-year"), name="review_of_space"),)

    def __str__(self) -> str:
        return f"{self.action}, {self.year}"


class SelfAnswer(OfSpace):
    """What a signatory says of itself, to one question, for a year. Answering again that year replaces.

    `by_team`: the team wrote down what the signatory told it.
    """

    signatory = models.ForeignKey(Signatory, on_delete=models.PROTECT, related_name="self_answers")
    year = models.PositiveSmallIntegerField("année")
    item = models.CharField("question", max_length=10, choices=Item.choices)
    step = models.PositiveSmallIntegerField("réponse", choices=Step.choices)
    line = models.CharField("en une ligne", max_length=200, blank=True)
    by_team = models.BooleanField(default=False)
    author_id = models.UUIDField(null=True)
    given_on = models.DateField("répondu le")

    class Meta(OfSpace.Meta):
        ordering = ("-year", "signatory", "item", "id")
        constraints = (
            *OfSpace.Meta.constraints,
            models.UniqueConstraint(fields=("signatory", "year", "item"), name="self_answer_once"),
            models.CheckConstraint(condition=models.Q(step__in=Step.values), name="self_answer_step"),
            models.CheckConstraint(condition=models.Q(item__in=Item.values), name="self_answer_item"),
        )

    def __str__(self) -> str:
        return f"{self.item} {self.get_step_display()}"


class PerceivedChange(OfSpace):
    """What residents say has changed since a year: how many answered better, the same, worse. Nobody is named.

    `place_code`: of a neighbourhood of the contract; empty, all of them.
    """

    question = models.ForeignKey("evaluation.EvaluativeQuestion", on_delete=models.PROTECT, related_name="perceived")
    better = models.PositiveIntegerField("c'est mieux")
    same = models.PositiveIntegerField("c'est pareil")
    worse = models.PositiveIntegerField("c'est pire")
    since = models.PositiveSmallIntegerField("depuis")
    place_code = models.CharField("quartier", max_length=10, blank=True)
    whence = models.CharField("source", max_length=200)
    gathered_on = models.DateField("recueilli le")
    author_id = models.UUIDField(null=True)
    withdrawn_at = models.DateTimeField(null=True)

    class Meta(OfSpace.Meta):
        ordering = ("-gathered_on", "-id")

    def __str__(self) -> str:
        return self.whence

    @property
    def answers(self) -> int:
        return self.better + self.same + self.worse
