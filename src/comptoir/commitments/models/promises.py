"""Promises (« paroles données »), watch-keepers among residents, and the flags that they raise."""

from django.db import models
from django.db.models import Q

from comptoir.accounts.models import Person
from comptoir.commitments.enums import PromiseFate
from comptoir.commitments.models.commitment import Commitment
from comptoir.contracts.models import CityContract
from comptoir.kit.ids import uuid7
from comptoir.spaces.models import OfSpace
from comptoir.territories.models import PriorityNeighbourhood


class Promise(OfSpace):
    """Something said publicly. Private to its author and the team until its author publishes it."""

    contract = models.ForeignKey(CityContract, on_delete=models.PROTECT, related_name="promises")
    text = models.TextField("parole donnée")
    author = models.ForeignKey(
        Person, verbose_name="qui l'a donnée", null=True, on_delete=models.SET_NULL, related_name="+"
    )
    author_name = models.CharField("qui l'a donnée", max_length=160)
    made_on = models.DateField("donnée le")
    occasion = models.CharField("où", max_length=200, blank=True)
    due_on = models.DateField("pour le", null=True, blank=True)
    neighbourhood = models.ForeignKey(
        PriorityNeighbourhood, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    commitment = models.ForeignKey(
        Commitment, verbose_name="devenue l'engagement", null=True, blank=True, on_delete=models.PROTECT,
        related_name="promises",
    )  # fmt: skip
    fate = models.CharField("suite", max_length=20, choices=PromiseFate.choices, default=PromiseFate.OPEN)
    fate_on = models.DateField(null=True, blank=True)
    explanation = models.TextField("ce qu'il en est, et pourquoi", blank=True)
    elected = models.BooleanField("son auteur est une personne élue", default=False)
    consented = models.BooleanField("son auteur est d'accord pour qu'elle soit notée", default=False)
    published_at = models.DateTimeField(null=True)
    created_by_id = models.UUIDField(null=True)
    withdrawn_at = models.DateTimeField(null=True)

    class Meta(OfSpace.Meta):
        ordering = ("-made_on", "-id")

    def __str__(self) -> str:
        return self.text

    @property
    def followed(self) -> bool:
        """Nothing is awaited any more: kept, become a commitment, or told to be without follow-up."""
        return self.fate != PromiseFate.OPEN or self.commitment_id is not None


class PromiseCapacity(OfSpace):
    """How many open promises the partnership says that it can keep at once: in all, or in one neighbourhood."""

    contract = models.ForeignKey(CityContract, on_delete=models.CASCADE, related_name="promise_capacities")
    neighbourhood = models.ForeignKey(
        PriorityNeighbourhood, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    most = models.PositiveSmallIntegerField("paroles données ouvertes, au plus")

    class Meta(OfSpace.Meta):
        ordering = ("neighbourhood__search", "id")
        constraints = (
            *OfSpace.Meta.constraints,
            models.UniqueConstraint(
                fields=("contract",), condition=Q(neighbourhood=None), name="promise_capacity_of_contract"
            ),
            models.UniqueConstraint(fields=("contract", "neighbourhood"), name="promise_capacity_once"),
        )

    def __str__(self) -> str:
        return f"{self.most}"


class WatchKeeper(models.Model):
    """A member who watches over a commitment (« vigie »): gets its news, may raise a flag."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    commitment = models.ForeignKey(Commitment, on_delete=models.CASCADE, related_name="watch_keepers")
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    since = models.DateField("depuis le")

    class Meta:
        ordering = ("since", "id")
        constraints = (models.UniqueConstraint(fields=("commitment", "person"), name="watch_keeper_once"),)

    def __str__(self) -> str:
        return f"{self.commitment_id} {self.person_id}"


class Flag(OfSpace):
    """A watch-keeper's question on a commitment, which needs an answer."""

    commitment = models.ForeignKey(Commitment, on_delete=models.PROTECT, related_name="flags")
    text = models.TextField("question")
    raised_by = models.ForeignKey(Person, null=True, on_delete=models.SET_NULL, related_name="+")
    raised_on = models.DateField("posée le")
    answer = models.TextField("réponse", blank=True)
    answered_on = models.DateField("répondu le", null=True, blank=True)
    answered_by = models.CharField("par", max_length=160, blank=True)
    withdrawn_at = models.DateTimeField(null=True)

    class Meta(OfSpace.Meta):
        ordering = ("-raised_on", "-id")
        constraints = (
            *OfSpace.Meta.constraints,
            models.CheckConstraint(
                condition=Q(answer="", answered_on=None) | Q(answered_on__isnull=False), name="flag_answer_has_its_day"
            ),
        )

    def __str__(self) -> str:
        return self.text
