import django.db.models.deletion
from django.db import migrations, models

import comptoir.kit.ids


class Migration(migrations.Migration):
    dependencies = [
        ("commitments", "0001_commitments_and_their_facts"),
        ("contracts", "0001_contract_and_those_who_carry_it"),
        ("spaces", "0007_closing_and_resource_centre"),
        ("territories", "0001_areas_and_neighbourhoods"),
    ]

    operations = [
        migrations.AddField(
            model_name="promise",
            name="elected",
            field=models.BooleanField(default=False, verbose_name="son auteur est une personne élue"),
        ),
        migrations.CreateModel(
            name="PromiseCapacity",
            fields=[
                (
                    "id",
                    models.UUIDField(default=comptoir.kit.ids.uuid7, editable=False, primary_key=True, serialize=False),
                ),
                ("code", models.CharField(editable=False, max_length=10)),
                ("most", models.PositiveSmallIntegerField(verbose_name="paroles données ouvertes, au plus")),
                (
                    "contract",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="promise_capacities",
                        to="contracts.citycontract",
                    ),
                ),
                (
                    "neighbourhood",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="territories.priorityneighbourhood",
                    ),
                ),
                (
                    "space",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="spaces.space"),
                ),
            ],
            options={
                "ordering": ("neighbourhood__search", "id"),
                "abstract": False,
                "constraints": [
                    models.UniqueConstraint(fields=("space", "code"), name="commitments_promisecapacity_code"),
                    models.UniqueConstraint(
                        condition=models.Q(("neighbourhood", None)),
                        fields=("contract",),
                        name="promise_capacity_of_contract",
                    ),
                    models.UniqueConstraint(fields=("contract", "neighbourhood"), name="promise_capacity_once"),
                ],
            },
        ),
        migrations.CreateModel(
            name="TableReview",
            fields=[
                (
                    "id",
                    models.UUIDField(default=comptoir.kit.ids.uuid7, editable=False, primary_key=True, serialize=False),
                ),
                ("code", models.CharField(editable=False, max_length=10)),
                ("held_on", models.DateField(verbose_name="date")),
                ("decided", models.TextField(blank=True, verbose_name="ce qui en est sorti")),
                ("author_id", models.UUIDField(null=True)),
                (
                    "contract",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="table_reviews",
                        to="contracts.citycontract",
                    ),
                ),
                (
                    "presenter",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="table_reviews",
                        to="contracts.signatory",
                        verbose_name="présentée par",
                    ),
                ),
                (
                    "space",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="spaces.space"),
                ),
            ],
            options={
                "ordering": ("-held_on", "-id"),
                "abstract": False,
                "constraints": [models.UniqueConstraint(fields=("space", "code"), name="commitments_tablereview_code")],
            },
        ),
    ]
