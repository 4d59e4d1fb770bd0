"""Roles in a space (at most one a person), roles on the instance, kinds of organisations."""

from django.db import models


class Role(models.TextChoices):
    PROJECT_LEAD = "project_lead", "conduite du projet"
    FACILITATOR = "facilitator", "animation, médiation"
    REFERENT = "referent", "référent d'un signataire"
    ELECTED_OFFICIAL = "elected_official", "élu"
    COUNCIL_MEMBER = "council_member", "conseil citoyen"
    EVALUATOR = "evaluator", "évaluation"
    READER = "reader", "lecture"


SECURED = frozenset({Role.PROJECT_LEAD, Role.FACILITATOR, Role.EVALUATOR})
"""The roles that change or see personal data: a second factor is asked of them."""


class InstanceRoleKind(models.TextChoices):
    HOST = "host", "hébergeur"
    RESOURCE_CENTRE = "resource_centre", "centre de ressources"


class OrganisationKind(models.TextChoices):
    """What an organisation is, for a contrat de ville."""

    STATE = "state", "État"
    INTERCOMMUNALITY = "intercommunality", "Intercommunalité"
    METROPOLIS = "metropolis", "Métropole"
    TOWN = "town", "Ville"
    TOWNS_COUNCIL = "towns_council", "Conseil de communes"
    DEPARTMENT = "department", "Département"
    REGION = "region", "Région"
    LANDLORD = "landlord", "Bailleur social"
    FAMILY_FUND = "family_fund", "CAF"
    HEALTH_AGENCY = "health_agency", "ARS"
    HEALTH_FUND = "health_fund", "CPAM"
    PENSION_FUND = "pension_fund", "CARSAT"
    EDUCATION = "education", "Éducation nationale"
    EMPLOYMENT = "employment", "France Travail"
    CHAMBER = "chamber", "CCI"
    PROSECUTOR = "prosecutor", "Procureur"
    CULTURE = "culture", "DRAC"
    PUBLIC_BANK = "public_bank", "Banque des Territoires"
    CITIZENS_COUNCIL = "citizens_council", "Conseil citoyen"
    ASSOCIATION = "association", "Association"
    EVALUATOR = "evaluator", "Évaluation"
    OTHER = "other", "Autre organisme"
