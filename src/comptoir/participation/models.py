"""Surveys, what was answered, and what may be said of it.

Nothing here tells who answered, nor when within a day: identities of answers are drawn at random (`uuid4`), where the
rest of the house uses identities that carry their time.
"""

from datetime import date, datetime
from typing import Any, Self
from uuid import uuid4

from django.db import models
from django.db.models import Q

from comptoir.accounts.models import Actor
from comptoir.analysis.surveys import Asked, Asks
from comptoir.kit.ids import uuid7
from comptoir.participation.enums import Channel, QuestionKind, SurveyState
from comptoir.participation.rules import may_write_surveys
from comptoir.spaces.models import OfSpace, Space
from comptoir.voices.models import Heading, Statement


class SurveyQuerySet(models.QuerySet["Survey"]):
    def visible_to(self, actor: Actor) -> Self:
        """Those of the actor's space; to members outside the team, those that were opened."""
        shown = self.filter(space=actor.space, withdrawn_at=None)
        return shown if may_write_surveys(actor) else shown.filter(opened_on__isnull=False)

    def past_use(self, before: datetime) -> Self:
        """Those whose counts were published, or that were withdrawn, before this moment."""
        return self.filter(Q(published_at__lt=before) | Q(withdrawn_at__lt=before))


class Survey(OfSpace):
    """A short questionnaire. `threshold`: that of the space on the day the counts were stopped, kept from then on.

    `total`: how many answers the published counts are made of. The answers themselves go some months later.
    """

    title = models.CharField("titre", max_length=120)
    introduction = models.TextField("introduction", blank=True)
    opened_on = models.DateField(null=True)
    closes_on = models.DateField("ouverte jusqu'au", null=True)
    stopped_on = models.DateField(null=True)
    threshold = models.PositiveSmallIntegerField(null=True)
    published_at = models.DateTimeField(null=True)
    total = models.PositiveIntegerField(null=True)
    withdrawn_at = models.DateTimeField(null=True)

    objects = SurveyQuerySet.as_manager()

    class Meta(OfSpace.Meta):
        ordering = ("-id",)
        constraints = (
            *OfSpace.Meta.constraints,
            models.CheckConstraint(
                condition=Q(opened_on=None, stopped_on=None) | Q(opened_on__isnull=False, closes_on__isnull=False),
                name="survey_opens_until_a_day",
            ),
        )

    def __str__(self) -> str:
        return self.title

    @property
    def came(self) -> int:
        """How many answers have come."""
        return self.responses.count() if self.total is None else self.total

    def state(self, day: date) -> SurveyState:
        if self.opened_on is None:
            return SurveyState.DRAFT
        if self.stopped_on is not None:
            return SurveyState.STOPPED
        return SurveyState.OPEN if self.closes_on is not None and day <= self.closes_on else SurveyState.OVER


class SurveyQuestion(OfSpace):
    """A question. `options`: the answers to choose from, by rank. `heading`: where its words were poured."""

    survey = models.ForeignKey(Survey, on_delete=models.PROTECT, related_name="questions")
    kind = models.CharField(max_length=8, choices=QuestionKind.choices)
    text = models.CharField("question", max_length=200)
    options = models.JSONField(default=list)
    position = models.PositiveSmallIntegerField(default=0)
    only_if = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="depending")
    only_if_option = models.PositiveSmallIntegerField(null=True)
    heading = models.ForeignKey(Heading, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta(OfSpace.Meta):
        ordering = ("position", "id")
        constraints = (
            *OfSpace.Meta.constraints,
            models.CheckConstraint(
                condition=Q(only_if=None, only_if_option=None) | Q(only_if__isnull=False, only_if_option__isnull=False),
                name="survey_question_condition",
            ),
        )

    def __str__(self) -> str:
        return self.text

    def asked(self, codes: dict[Any, str]) -> Asked:
        """As the analysis library reads it; `codes`: the codes of the questions of the survey, by identity."""
        condition = None
        if self.only_if_id is not None and self.only_if_option is not None:
            condition = (codes.get(self.only_if_id, ""), self.only_if_option)
        return Asked(self.code, Asks(self.kind), tuple(self.options), condition)


class SurveyResponse(models.Model):
    """The boxes that one person ticked: code of a question → ranks. No name, no address, no hour.

    `sending` is made on the device: the same answer sent again is the same row.
    """

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    space = models.ForeignKey(Space, on_delete=models.PROTECT, related_name="+")
    survey = models.ForeignKey(Survey, on_delete=models.PROTECT, related_name="responses")
    sending = models.UUIDField()
    channel = models.CharField(max_length=5, choices=Channel.choices)
    day = models.DateField()
    answers = models.JSONField(default=dict)

    class Meta:
        ordering = ("id",)
        constraints = (models.UniqueConstraint(fields=("survey", "sending"), name="survey_response_once"),)

    def __str__(self) -> str:
        return f"{self.survey_id} {self.day}"


class SurveyWord(models.Model):
    """Free words, apart from the boxes ticked with them: nothing ties the two.

    Poured into the comptoirs, the words are those of the verbatim (`statement`) and no longer here: they live in one
    row.
    """

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    question = models.ForeignKey(SurveyQuestion, on_delete=models.PROTECT, related_name="words")
    text = models.TextField(blank=True)
    statement = models.OneToOneField(Statement, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ("id",)
        constraints = (models.CheckConstraint(condition=Q(text="") | Q(statement=None), name="survey_word_in_one_row"),)

    def __str__(self) -> str:
        return self.text


class SurveyCount(models.Model):
    """One published number, or the reason why it is not. Written once, when counts are stopped, from one function.

    `question` None: a channel. `option`: a rank, -1 for « sans réponse », None for everybody who lives there.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    survey = models.ForeignKey(Survey, on_delete=models.PROTECT, related_name="counts")
    question = models.ForeignKey(SurveyQuestion, null=True, on_delete=models.PROTECT, related_name="counts")
    option = models.SmallIntegerField(null=True)
    place = models.SmallIntegerField(null=True)
    channel = models.CharField(max_length=5, blank=True)
    number = models.PositiveIntegerField(null=True)
    reason = models.CharField(max_length=160, blank=True)
    position = models.PositiveIntegerField()

    class Meta:
        ordering = ("survey", "position")
        constraints = (models.UniqueConstraint(fields=("survey", "position"), name="survey_count_position"),)

    def __str__(self) -> str:
        return f"{self.survey_id} {self.position}"
