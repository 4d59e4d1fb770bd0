import django.db.models.deletion
from django.db import migrations, models

import comptoir.kit.ids


class Migration(migrations.Migration):
    dependencies = [
        ("spaces", "0004_unique_code_of_files"),
        ("workshops", "0003_templates"),
    ]

    operations = [
        migrations.CreateModel(
            name="Cycle",
            fields=[
                (
                    "id",
                    models.UUIDField(default=comptoir.kit.ids.uuid7, editable=False, primary_key=True, serialize=False),
                ),
                ("code", models.CharField(editable=False, max_length=10)),
                ("name", models.CharField(max_length=200, verbose_name="nom")),
                ("starts_on", models.DateField(verbose_name="du")),
                ("ends_on", models.DateField(verbose_name="au")),
                (
                    "space",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="spaces.space"),
                ),
            ],
            options={
                "ordering": ("-starts_on", "-id"),
                "abstract": False,
            },
        ),
        migrations.AddField(
            model_name="workshop",
            name="cycle",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="workshops",
                to="workshops.cycle",
            ),
        ),
        migrations.AddConstraint(
            model_name="cycle",
            constraint=models.UniqueConstraint(fields=("space", "code"), name="workshops_cycle_code"),
        ),
        migrations.AddConstraint(
            model_name="cycle",
            constraint=models.CheckConstraint(
                condition=models.Q(("ends_on__gte", models.F("starts_on"))),
                name="cycle_ends_after_it_starts",
                violation_error_message="La fin vient après le début.",
            ),
        ),
    ]
