"""What the state is read from: proofs and decisions."""

from django.db import models
from django.db.models import Q

from comptoir.commitments.enums import DecidedOutcome, ProofKind
from comptoir.commitments.models.commitment import Commitment
from comptoir.contracts.models import Meeting
from comptoir.kit.ids import uuid7
from comptoir.spaces.models import OfSpace, StoredFile


class Evidence(OfSpace):
    """A proof (« pièce à l'appui »). It counts from the day when the team confirmed it, until it is withdrawn."""

    commitment = models.ForeignKey(Commitment, on_delete=models.PROTECT, related_name="evidence")
    kind = models.CharField("nature", max_length=10, choices=ProofKind.choices)
    label = models.CharField("ce que cela montre", max_length=200)
    file = models.ForeignKey(StoredFile, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    url = models.URLField("adresse", max_length=500, blank=True)
    figure = models.DecimalField("chiffre", max_digits=16, decimal_places=2, null=True, blank=True)
    unit = models.CharField("unité", max_length=60, blank=True)
    whole = models.BooleanField("couvre tout l'engagement", default=True)
    year = models.PositiveSmallIntegerField("année", null=True, blank=True)
    given_on = models.DateField("jointe le")
    author_id = models.UUIDField(null=True)
    author_organisation = models.CharField(max_length=120, blank=True)
    confirmed_on = models.DateField("confirmée le", null=True, blank=True)
    confirmed_by_id = models.UUIDField(null=True)
    confirmed_in = models.ForeignKey(Meeting, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    withdrawn_at = models.DateTimeField(null=True)

    class Meta(OfSpace.Meta):
        ordering = ("-given_on", "-id")
        constraints = (
            *OfSpace.Meta.constraints,
            models.CheckConstraint(
                condition=Q(kind=ProofKind.FIGURE, figure__isnull=False)
                | Q(kind=ProofKind.LINK) & ~Q(url="")
                | Q(kind__in=(ProofKind.DOCUMENT, ProofKind.PHOTO), file__isnull=False),
                name="evidence_has_its_matter",
                violation_error_message="Une pièce à l'appui est un document, une photo, un chiffre ou un lien.",
            ),
        )

    def __str__(self) -> str:
        return self.label


class Decision(models.Model):
    """What a body decided of a commitment, on a day; the signatory's reply stands beside it."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    commitment = models.ForeignKey(Commitment, on_delete=models.PROTECT, related_name="decisions")
    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="commitment_decisions")
    outcome = models.CharField("décision", max_length=12, choices=DecidedOutcome.choices)
    decided_on = models.DateField("décidé le")
    year = models.PositiveSmallIntegerField("année", null=True, blank=True)
    reason = models.TextField("motif")
    reply = models.TextField("réponse du signataire", blank=True)
    replied_on = models.DateField(null=True, blank=True)
    author_id = models.UUIDField(null=True)
    withdrawn_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ("-decided_on", "-id")
        constraints = (
            models.CheckConstraint(condition=Q(outcome__in=DecidedOutcome.values), name="decision_outcome"),
            models.CheckConstraint(
                condition=~Q(reason=""), name="decision_reason",
                violation_error_message="Une décision a un motif.",
            ),
        )  # fmt: skip

    def __str__(self) -> str:
        return self.get_outcome_display()
