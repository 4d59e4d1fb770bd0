"""The contract, what it covers, who signs it, its local conventions."""

from typing import Self

from django.db import models
from django.db.models import F, Q

from comptoir.accounts.enums import OrganisationKind
from comptoir.accounts.models import Organisation, OrganisationUnit
from comptoir.kit.ids import uuid7
from comptoir.spaces.models import OfSpace, Space
from comptoir.territories.enums import AreaKind, Generation
from comptoir.territories.models import Area, LocalArea, PriorityNeighbourhood

ENDS_BEFORE = "La fin ne peut pas venir avant le début."


def in_order(name: str, first: str = "starts_on", last: str = "ends_on") -> models.CheckConstraint:
    """Dates that follow each other; an unknown one is no fault."""
    within = Q(**{f"{first}__isnull": True}) | Q(**{f"{last}__isnull": True}) | Q(**{f"{last}__gte": F(first)})
    return models.CheckConstraint(condition=within, name=name, violation_error_message=ENDS_BEFORE)


class ContractQuerySet(models.QuerySet["CityContract"]):
    def of(self, space: Space) -> Self:
        """The contracts of a space, the one in force first: the latest generation, then the latest start."""
        started = F("starts_on").desc(nulls_last=True)
        return self.filter(space=space).order_by("-generation", started, "-pk")


class CityContract(OfSpace):
    """A contrat de ville. `published_code` is its code in the national file (CN…, CV… before 2024)."""

    name = models.CharField("nom du contrat", max_length=200)
    published_code = models.CharField("code national", max_length=12, blank=True)
    generation = models.PositiveSmallIntegerField("génération", choices=Generation.choices, default=Generation.G2024)
    starts_on = models.DateField("début", null=True, blank=True)
    ends_on = models.DateField("fin", null=True, blank=True)
    introduction = models.TextField("en quelques mots", blank=True)
    predecessor = models.ForeignKey(
        "self", verbose_name="contrat précédent", null=True, blank=True, on_delete=models.PROTECT,
        related_name="successors",
    )  # fmt: skip
    neighbourhoods = models.ManyToManyField(
        PriorityNeighbourhood, through="ContractNeighbourhood", related_name="contracts"
    )
    local_areas = models.ManyToManyField(LocalArea, related_name="contracts", blank=True)
    created_at = models.DateTimeField(auto_now_add=True)

    objects = ContractQuerySet.as_manager()

    class Meta(OfSpace.Meta):
        ordering = ("-generation", "-id")
        constraints = (
            *OfSpace.Meta.constraints,
            models.UniqueConstraint(
                fields=("published_code",),
                condition=~Q(published_code=""),
                name="contract_published_code",
                violation_error_message="Ce code national est déjà celui d'un autre contrat.",
            ),
            in_order("contract_dates"),
        )

    def __str__(self) -> str:
        return self.name

    @property
    def period(self) -> str:
        """The years, as people say them: « 2024-2030 »; « génération 2024 » where the dates are not known."""
        if self.starts_on and self.ends_on:
            return f"{self.starts_on.year}-{self.ends_on.year}"
        return f"depuis {self.starts_on.year}" if self.starts_on else f"génération {self.generation}"


class ContractNeighbourhood(models.Model):
    """A neighbourhood of the perimeter, by its published code: kept even while its outline is not loaded yet.

    One neighbourhood may be in two contracts.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    contract = models.ForeignKey(CityContract, on_delete=models.CASCADE, related_name="perimeter")
    code = models.CharField("code", max_length=12)
    neighbourhood = models.ForeignKey(PriorityNeighbourhood, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ("code",)
        constraints = (models.UniqueConstraint(fields=("contract", "code"), name="contract_neighbourhood_once"),)

    def __str__(self) -> str:
        return self.code


class ContractArea(models.Model):
    """A commune, EPCI or EPT that the contract covers, as the national file names it; `area` once it is loaded."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    contract = models.ForeignKey(CityContract, on_delete=models.CASCADE, related_name="areas")
    kind = models.CharField("nature", max_length=16, choices=AreaKind.choices)
    code = models.CharField("code", max_length=9)
    name = models.CharField("nom", max_length=200)
    area = models.ForeignKey(Area, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ("name", "code")
        constraints = (models.UniqueConstraint(fields=("contract", "code"), name="contract_area_once"),)
        indexes = (models.Index(fields=("code",), name="contract_area_code"),)

    def __str__(self) -> str:
        return self.name


class SignatoryQuerySet(models.QuerySet["Signatory"]):
    def shown(self) -> Self:
        return self.filter(withdrawn_at=None)

    def by_name(self) -> Self:
        return self.select_related("organisation").order_by("organisation__search", "pk")


class Signatory(OfSpace):
    """An organisation that signs a contract, and as what. `signed_on` is empty while its signature is awaited."""

    contract = models.ForeignKey(CityContract, on_delete=models.PROTECT, related_name="signatories")
    organisation = models.ForeignKey(
        Organisation, verbose_name="organisme", on_delete=models.PROTECT, related_name="signatures"
    )
    kind = models.CharField("nature", max_length=20, choices=OrganisationKind.choices)
    signed_on = models.DateField("signé le", null=True, blank=True)
    missions = models.TextField("missions", blank=True)
    reached_at = models.CharField("accueil", max_length=200, blank=True)  # the desk everybody may call, not a person
    withdrawn_at = models.DateTimeField(null=True)

    objects = SignatoryQuerySet.as_manager()

    class Meta(OfSpace.Meta):
        ordering = ("id",)
        constraints = (
            *OfSpace.Meta.constraints,
            models.UniqueConstraint(
                fields=("contract", "organisation"), condition=Q(withdrawn_at=None), name="signatory_once",
                violation_error_message="Cet organisme est déjà signataire de ce contrat.",
            ),
            models.CheckConstraint(condition=Q(kind__in=OrganisationKind.values), name="signatory_kind"),
        )  # fmt: skip

    def __str__(self) -> str:
        return self.organisation.name


class SignatoryUnit(OfSpace):
    """A service of a signatory that this contract works with; it may have a referent of its own."""

    signatory = models.ForeignKey(Signatory, on_delete=models.PROTECT, related_name="units")
    unit = models.ForeignKey(OrganisationUnit, verbose_name="service", on_delete=models.PROTECT, related_name="+")
    missions = models.TextField("missions", blank=True)
    withdrawn_at = models.DateTimeField(null=True)

    class Meta(OfSpace.Meta):
        ordering = ("id",)
        constraints = (
            *OfSpace.Meta.constraints,
            models.UniqueConstraint(
                fields=("signatory", "unit"), condition=Q(withdrawn_at=None), name="signatory_unit_once"
            ),
        )

    def __str__(self) -> str:
        return self.unit.name


class LocalConvention(OfSpace):
    """A child convention of a contract (« convention territoriale »), with a perimeter and signatories of its own."""

    contract = models.ForeignKey(CityContract, on_delete=models.PROTECT, related_name="conventions")
    name = models.CharField("nom", max_length=200)
    starts_on = models.DateField("début", null=True, blank=True)
    ends_on = models.DateField("fin", null=True, blank=True)
    introduction = models.TextField("ce qu'elle prévoit", blank=True)
    neighbourhoods = models.ManyToManyField(PriorityNeighbourhood, related_name="+", blank=True)
    local_areas = models.ManyToManyField(LocalArea, related_name="+", blank=True)
    signatories = models.ManyToManyField(Signatory, related_name="conventions", blank=True)
    withdrawn_at = models.DateTimeField(null=True)

    class Meta(OfSpace.Meta):
        ordering = ("name", "id")
        constraints = (*OfSpace.Meta.constraints, in_order("convention_dates"))

    def __str__(self) -> str:
        return self.name
