"""The text of a contract being read: what it proposes, and what a person made of each proposal."""

from django.db import models
from django.db.models import Q

from comptoir.commitments.enums import CommitmentLevel, ProposalState
from comptoir.commitments.models.commitment import Commitment
from comptoir.contracts.models import CityContract, Signatory
from comptoir.kit.ids import uuid7
from comptoir.spaces.models import OfSpace, StoredFile


class TextReading(OfSpace):
    """A contract's text, read once by the machine (`read_at`), then by a person, one proposal at a time."""

    contract = models.ForeignKey(CityContract, on_delete=models.PROTECT, related_name="readings")
    file = models.ForeignKey(StoredFile, on_delete=models.PROTECT, related_name="+")
    actor_id = models.UUIDField(null=True)
    created_at = models.DateTimeField(auto_now_add=True)
    read_at = models.DateTimeField(null=True)
    passages = models.PositiveIntegerField("passages lus", default=0)

    class Meta(OfSpace.Meta):
        ordering = ("-id",)

    def __str__(self) -> str:
        return self.file.name


class TextProposal(models.Model):
    """What a passage would commit whom to. `sentence` is the text word for word, `place` where it stands.

    Amounts are texts: [unit, value]. Accepted, it cites the commitment that was written from it.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    reading = models.ForeignKey(TextReading, on_delete=models.CASCADE, related_name="proposals")
    number = models.PositiveIntegerField()
    sentence = models.TextField("passage")
    wording = models.TextField("engagement")
    page = models.PositiveIntegerField(null=True)
    place = models.CharField("place", max_length=80)
    section = models.CharField("titre", max_length=200, blank=True)
    reasons = models.JSONField(default=list)
    signatory = models.ForeignKey(Signatory, null=True, on_delete=models.PROTECT, related_name="+")
    subject = models.CharField(max_length=120, blank=True)
    due_on = models.DateField("échéance", null=True)
    amounts = models.JSONField(default=list)
    neighbourhoods = models.JSONField(default=list)
    level = models.CharField(max_length=12, choices=CommitmentLevel.choices, blank=True)
    state = models.CharField(max_length=5, choices=ProposalState.choices, default=ProposalState.WAITING)
    commitment = models.ForeignKey(Commitment, null=True, on_delete=models.PROTECT, related_name="read_from")
    decided_by_id = models.UUIDField(null=True)
    decided_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ("number",)
        constraints = (
            models.UniqueConstraint(fields=("reading", "number"), name="text_proposal_number"),
            models.CheckConstraint(
                condition=Q(state=ProposalState.TAKEN, commitment__isnull=False)
                | ~Q(state=ProposalState.TAKEN) & Q(commitment=None),
                name="text_proposal_taken_has_its_commitment",
            ),
        )

    def __str__(self) -> str:
        return f"{self.reading_id} {self.number}"
