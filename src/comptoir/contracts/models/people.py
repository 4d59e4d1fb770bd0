"""Who carries a signatory's part: contacts, referents and substitutes with their terms, competences, meet-ups.

What a person is reached at (e-mail, telephone) stands in one row, `Contact`: who may read it is decided there once, and
an erasure reaches everything. Being referent or substitute is a term, with a beginning and an end, that cites that row.
"""

from datetime import date
from typing import Self

from django.db import models
from django.db.models import Q

from comptoir.accounts.models import Person
from comptoir.contracts.enums import Part
from comptoir.contracts.models.contract import CityContract, Signatory, SignatoryUnit, in_order
from comptoir.contracts.themes import THEME_CHOICES
from comptoir.kit.fields import FoldedField
from comptoir.kit.ids import uuid7
from comptoir.spaces.models import OfSpace


class ContactQuerySet(models.QuerySet["Contact"]):
    def shown(self) -> Self:
        return self.filter(withdrawn_at=None)


class Contact(OfSpace):
    """Someone at a signatory, with or without an account. Details are read by few: rules.may_see_details."""

    signatory = models.ForeignKey(Signatory, on_delete=models.PROTECT, related_name="contacts")
    unit = models.ForeignKey(
        SignatoryUnit, verbose_name="service", null=True, blank=True, on_delete=models.PROTECT, related_name="contacts"
    )
    person = models.ForeignKey(
        Person, verbose_name="compte", null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    name = models.CharField("nom", max_length=120)
    position = models.CharField("fonction", max_length=160, blank=True)
    email = models.EmailField("adresse électronique", blank=True)
    phone = models.CharField("ligne directe", max_length=40, blank=True)
    search = FoldedField(source="name")
    withdrawn_at = models.DateTimeField(null=True)

    objects = ContactQuerySet.as_manager()

    class Meta(OfSpace.Meta):
        ordering = ("search", "id")
        indexes = (models.Index(fields=("space", "search"), name="contact_search"),)

    def __str__(self) -> str:
        return self.name


class TermQuerySet(models.QuerySet["Referent"]):
    def on(self, day: date) -> Self:
        """Those whose term holds that day, both ends included."""
        return self.filter(Q(ends_on__isnull=True) | Q(ends_on__gte=day), starts_on__lte=day)

    def with_people(self) -> Self:
        return self.select_related("contact", "unit__unit")


class Referent(OfSpace):
    """The operational contact of a signatory, or of one of its services (`unit`), from a day to a day."""

    signatory = models.ForeignKey(Signatory, on_delete=models.PROTECT, related_name="referents")
    unit = models.ForeignKey(
        SignatoryUnit, verbose_name="service", null=True, blank=True, on_delete=models.PROTECT, related_name="referents"
    )
    contact = models.ForeignKey(Contact, verbose_name="personne", on_delete=models.PROTECT, related_name="terms")
    starts_on = models.DateField("depuis le")
    ends_on = models.DateField("jusqu'au", null=True, blank=True)

    objects = TermQuerySet.as_manager()

    class Meta(OfSpace.Meta):
        ordering = ("-starts_on", "-id")
        constraints = (
            *OfSpace.Meta.constraints,
            in_order("referent_dates"),
            models.UniqueConstraint(
                fields=("signatory",), condition=Q(unit=None, ends_on=None), name="one_referent_for_a_signatory"
            ),
            models.UniqueConstraint(fields=("unit",), condition=Q(ends_on=None), name="one_referent_for_a_unit"),
        )

    def __str__(self) -> str:
        return self.contact.name

    def holds_on(self, day: date) -> bool:
        return self.starts_on <= day and (self.ends_on is None or self.ends_on >= day)


class Substitute(models.Model):
    """Who answers while the referent is away: of one referent's term, with dates of their own."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    referent = models.ForeignKey(Referent, on_delete=models.PROTECT, related_name="substitutes")
    contact = models.ForeignKey(Contact, verbose_name="personne", on_delete=models.PROTECT, related_name="stands_in")
    starts_on = models.DateField("depuis le")
    ends_on = models.DateField("jusqu'au", null=True, blank=True)

    class Meta:
        ordering = ("-starts_on", "-id")
        constraints = (in_order("substitute_dates"),)

    def __str__(self) -> str:
        return self.contact.name

    def holds_on(self, day: date) -> bool:
        return self.starts_on <= day and (self.ends_on is None or self.ends_on >= day)


class Handover(models.Model):
    """One term ends, another begins: what the successor has to know, and what is passed on (files, access, dates)."""

    former = models.OneToOneField(Referent, primary_key=True, on_delete=models.PROTECT, related_name="handover")
    successor = models.OneToOneField(Referent, on_delete=models.PROTECT, related_name="received")
    note = models.TextField("à savoir", blank=True)
    passed_on = models.TextField("ce qui est transmis", blank=True)
    author_id = models.UUIDField(null=True)
    made_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ("-made_at",)

    def __str__(self) -> str:
        return f"{self.former_id} {self.successor_id}"


class Competence(models.Model):
    """What a signatory says that it does on a theme of the national list. Two parts on one theme are two rows."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    signatory = models.ForeignKey(Signatory, on_delete=models.CASCADE, related_name="competences")
    theme = models.CharField("thème", max_length=4, choices=THEME_CHOICES)
    part = models.CharField("part", max_length=10, choices=Part.choices)

    class Meta:
        ordering = ("theme", "id")
        constraints = (
            models.UniqueConstraint(fields=("signatory", "theme", "part"), name="competence_once"),
            models.CheckConstraint(condition=Q(part__in=Part.values), name="competence_part"),
        )

    def __str__(self) -> str:
        return f"{self.theme} {self.part}"


class MeetUp(OfSpace):
    """Signatories met to know each other better: when, where, what each learnt."""

    contract = models.ForeignKey(CityContract, on_delete=models.PROTECT, related_name="meet_ups")
    signatories = models.ManyToManyField(Signatory, related_name="meet_ups")
    held_on = models.DateField("date")
    place = models.CharField("lieu", max_length=200, blank=True)
    note = models.TextField("ce qu'on a appris", blank=True)
    author_id = models.UUIDField(null=True)
    withdrawn_at = models.DateTimeField(null=True)

    class Meta(OfSpace.Meta):
        ordering = ("-held_on", "-id")

    def __str__(self) -> str:
        return f"{self.held_on}"
