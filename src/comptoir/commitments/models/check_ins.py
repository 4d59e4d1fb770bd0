"""« Où en est-on ? »: rounds, requests to people, what they answered."""

from django.db import models
from django.db.models import Q

from comptoir.commitments.enums import Channel, CheckInAnswer, Delivery
from comptoir.commitments.models.commitment import Commitment
from comptoir.commitments.models.facts import Evidence
from comptoir.contracts.models import CityContract, Contact
from comptoir.kit.ids import uuid7
from comptoir.spaces.models import Mail, OfSpace

PER_PERSON = 5
SPREAD_DAYS = 5
SUBSTITUTE_AFTER = 10
MONTHS = 3


class CheckInRhythm(models.Model):
    """How often a contract asks, and how. A contract without one has these values."""

    contract = models.OneToOneField(
        CityContract, primary_key=True, on_delete=models.CASCADE, related_name="check_in_rhythm"
    )
    every_months = models.PositiveSmallIntegerField("un point d'étape tous les (mois)", default=MONTHS)
    spread_days = models.PositiveSmallIntegerField("courriels étalés sur (jours ouvrés)", default=SPREAD_DAYS)
    per_person = models.PositiveSmallIntegerField("questions par personne, au plus", default=PER_PERSON)
    substitute_after = models.PositiveSmallIntegerField(
        "demander au suppléant après (jours sans réponse)", default=SUBSTITUTE_AFTER
    )

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=Q(every_months__gte=1, spread_days__gte=1, per_person__gte=1),
                name="check_in_rhythm_positive",
            ),
        )

    def __str__(self) -> str:
        return f"{self.contract_id}"


class CheckInRound(OfSpace):
    """A wave of questions: opened by the project lead, spread over working days, capped per person.

    `substitute_after`: days without an answer after which the substitute is asked; 0, never.
    """

    contract = models.ForeignKey(CityContract, on_delete=models.PROTECT, related_name="check_in_rounds")
    opened_on = models.DateField("ouvert le")
    spread_days = models.PositiveSmallIntegerField("étalé sur (jours)", default=SPREAD_DAYS)
    per_person = models.PositiveSmallIntegerField("questions par personne, au plus", default=PER_PERSON)
    substitute_after = models.PositiveSmallIntegerField("suppléant après (jours)", default=SUBSTITUTE_AFTER)
    closed_on = models.DateField("clos le", null=True, blank=True)
    author_id = models.UUIDField(null=True)

    class Meta(OfSpace.Meta):
        ordering = ("-opened_on", "-id")
        constraints = (
            *OfSpace.Meta.constraints,
            models.UniqueConstraint(
                fields=("contract",), condition=Q(closed_on=None), name="one_open_round",
                violation_error_message="Un point d'étape est déjà ouvert pour ce contrat.",
            ),
        )  # fmt: skip

    def __str__(self) -> str:
        return f"{self.opened_on}"


class CheckInRequest(OfSpace):
    """One question to one person about one commitment.

    `step` counts the askings: 1 the referent, 2 the substitute; what comes after is a proposal to the project lead, and
    no row. `mail` is the letter that asks, one for all the questions of a person that day; what became of it is told by
    spaces.mail (commitments.sending). `forwarded_from` is the request that a colleague passed on.
    """

    round = models.ForeignKey(CheckInRound, null=True, on_delete=models.PROTECT, related_name="requests")
    commitment = models.ForeignKey(Commitment, on_delete=models.PROTECT, related_name="check_in_requests")
    contact = models.ForeignKey(Contact, on_delete=models.PROTECT, related_name="check_in_requests")
    step = models.PositiveSmallIntegerField(default=1)
    send_on = models.DateField("à envoyer le")
    delivery = models.CharField(max_length=10, choices=Delivery.choices, default=Delivery.QUEUED)
    mail = models.ForeignKey(Mail, null=True, on_delete=models.SET_NULL, related_name="+")
    sent_at = models.DateTimeField(null=True)
    failure = models.CharField(max_length=200, blank=True)
    answered_at = models.DateTimeField(null=True)
    forwarded_from = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="forwards")

    class Meta(OfSpace.Meta):
        ordering = ("send_on", "id")
        indexes = (
            models.Index(fields=("commitment", "-send_on"), name="check_in_of_commitment"),
            models.Index(fields=("delivery", "send_on"), name="check_in_to_send"),
        )
        constraints = (
            *OfSpace.Meta.constraints,
            models.UniqueConstraint(
                fields=("round", "commitment", "step"), condition=Q(forwarded_from=None), name="check_in_once_a_step"
            ),
            models.UniqueConstraint(
                fields=("forwarded_from",), condition=Q(forwarded_from__isnull=False), name="check_in_forwarded_once"
            ),
        )

    def __str__(self) -> str:
        return f"{self.commitment_id} {self.send_on}"


class CheckInReply(models.Model):
    """What was answered: a button, one line, a piece. `contact` answers; `author_id` typed it for them, if so.

    It may be corrected until its round is closed: `changed_at` says when it last was, the journal what it said before.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    commitment = models.ForeignKey(Commitment, on_delete=models.PROTECT, related_name="check_in_replies")
    request = models.OneToOneField(CheckInRequest, null=True, on_delete=models.PROTECT, related_name="reply")
    contact = models.ForeignKey(Contact, null=True, on_delete=models.PROTECT, related_name="+")
    answer = models.CharField("où en est-on", max_length=10, choices=CheckInAnswer.choices)
    line = models.CharField("une phrase", max_length=500, blank=True)
    evidence = models.ForeignKey(Evidence, null=True, on_delete=models.PROTECT, related_name="+")
    channel = models.CharField(max_length=8, choices=Channel.choices)
    answered_on = models.DateField("répondu le")
    author_id = models.UUIDField(null=True)
    author_organisation = models.CharField(max_length=120, blank=True)
    at = models.DateTimeField(auto_now_add=True)
    changed_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ("-answered_on", "-id")
        indexes = (models.Index(fields=("commitment", "-answered_on"), name="reply_of_commitment"),)

    def __str__(self) -> str:
        return self.get_answer_display()
