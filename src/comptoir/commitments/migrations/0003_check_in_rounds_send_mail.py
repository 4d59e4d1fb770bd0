"""A round knows how it asks, a question cites its letter, a contract has a rhythm."""

from typing import Any

import django.db.models.deletion
from django.db import migrations, models

DELIVERIES = [
    ("by_hand", "sur papier ou au téléphone"),
    ("queued", "à envoyer"),
    ("sent", "envoyée"),
    ("failed", "non joint"),
    ("forwarded", "transmise à un collègue"),
    ("cancelled", "annulée"),
]


def number(default: int, label: str) -> "models.PositiveSmallIntegerField[Any, Any]":
    return models.PositiveSmallIntegerField(default=default, verbose_name=label)


class Migration(migrations.Migration):
    dependencies = [
        ("commitments", "0002_promises_capacity_and_reviews"),
        ("contracts", "0001_contract_and_those_who_carry_it"),
        ("spaces", "0007_closing_and_resource_centre"),
    ]

    operations = [
        migrations.CreateModel(
            name="CheckInRhythm",
            fields=[
                (
                    "contract",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="check_in_rhythm",
                        serialize=False,
                        to="contracts.citycontract",
                    ),
                ),
                ("every_months", number(3, "un point d'étape tous les (mois)")),
                ("spread_days", number(5, "courriels étalés sur (jours ouvrés)")),
                ("per_person", number(5, "questions par personne, au plus")),
                ("substitute_after", number(10, "demander au suppléant après (jours sans réponse)")),
            ],
        ),
        migrations.RemoveField(model_name="checkinrequest", name="message_id"),
        migrations.AddField("checkinreply", "changed_at", models.DateTimeField(null=True)),
        migrations.AddField(
            "checkinrequest",
            "mail",
            models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.SET_NULL, related_name="+", to="spaces.mail"
            ),
        ),
        migrations.AddField("checkinround", "substitute_after", number(10, "suppléant après (jours)")),
        migrations.AlterField(
            "checkinrequest", "delivery", models.CharField(choices=DELIVERIES, default="queued", max_length=10)
        ),
        migrations.AddConstraint(
            "checkinrequest",
            models.UniqueConstraint(
                condition=models.Q(forwarded_from__isnull=False),
                fields=("forwarded_from",),
                name="check_in_forwarded_once",
            ),
        ),
        migrations.AddConstraint(
            "checkinround",
            models.UniqueConstraint(
                condition=models.Q(closed_on=None),
                fields=("contract",),
                name="one_open_round",
                violation_error_message="Un point d'étape est déjà ouvert pour ce contrat.",
            ),
        ),
        migrations.AddConstraint(
            "checkinrhythm",
            models.CheckConstraint(
                condition=models.Q(every_months__gte=1, spread_days__gte=1, per_person__gte=1),
                name="check_in_rhythm_positive",
            ),
        ),
    ]
