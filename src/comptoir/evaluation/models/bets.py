"""Bets on what an indicator has become, placed before its figure is shown."""

from typing import Self

from django.db import models

from comptoir.accounts.models import Person
from comptoir.evaluation.enums import College
from comptoir.evaluation.models.framing import Evaluation
from comptoir.kit.ids import uuid7
from comptoir.spaces.models import OfSpace


class BetRoundQuerySet(models.QuerySet["BetRound"]):
    def shown(self) -> Self:
        return self.filter(withdrawn_at=None)


class BetRound(OfSpace):
    """A bet that is open, then closed. `bounds`: rising numbers that cut the answers into one more than they are.

    The indicator is cited by its code, its figure is never kept here. `vintage`: the last one that could be read the
    day when bets were closed; empty, none could. `place_code`: of a neighbourhood; empty, the whole of the space.
    """

    evaluation = models.ForeignKey(Evaluation, on_delete=models.PROTECT, related_name="bet_rounds")
    indicator_code = models.CharField("indicateur", max_length=80)
    name = models.CharField("ce que l'on parie", max_length=200)
    unit = models.CharField("unité", max_length=60, blank=True)
    place_code = models.CharField("quartier", max_length=10, blank=True)
    place_name = models.CharField(max_length=160, blank=True)
    bounds = models.JSONField("limites")
    opened_on = models.DateField("ouvert le")
    closed_on = models.DateField("clos le", null=True)
    vintage = models.CharField(max_length=60, blank=True)
    author_id = models.UUIDField(null=True)
    withdrawn_at = models.DateTimeField(null=True)

    objects = BetRoundQuerySet.as_manager()

    class Meta(OfSpace.Meta):
        ordering = ("-opened_on", "-id")

    def __str__(self) -> str:
        return self.name


class Bet(models.Model):
    """The bet of a member, in the college of their role that day. `bracket`: the rank of the answer, from 0."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    round = models.ForeignKey(BetRound, on_delete=models.CASCADE, related_name="bets")
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    college = models.CharField(max_length=12, choices=College.choices)
    bracket = models.PositiveSmallIntegerField()

    class Meta:
        ordering = ("id",)
        constraints = (models.UniqueConstraint(fields=("round", "person"), name="bet_once"),)

    def __str__(self) -> str:
        return f"{self.round_id} {self.college}"


class RoomBets(models.Model):
    """Hands raised in a room for an answer, by college: nobody is named."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    round = models.ForeignKey(BetRound, on_delete=models.CASCADE, related_name="room_bets")
    college = models.CharField(max_length=12, choices=College.choices)
    bracket = models.PositiveSmallIntegerField()
    number = models.PositiveIntegerField("mains levées")

    class Meta:
        ordering = ("id",)
        constraints = (models.UniqueConstraint(fields=("round", "college", "bracket"), name="room_bets_once"),)

    def __str__(self) -> str:
        return f"{self.round_id} {self.college} {self.number}"
