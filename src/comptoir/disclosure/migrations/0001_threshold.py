import django.db.models.deletion
from django.db import migrations, models

import comptoir.kit.ids


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("spaces", "0004_unique_code_of_files"),
    ]

    operations = [
        migrations.CreateModel(
            name="SpaceRule",
            fields=[
                (
                    "id",
                    models.UUIDField(default=comptoir.kit.ids.uuid7, editable=False, primary_key=True, serialize=False),
                ),
                ("threshold", models.PositiveSmallIntegerField(default=11, verbose_name="seuil")),
                (
                    "space",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT, related_name="disclosure_rule", to="spaces.space"
                    ),
                ),
            ],
            options={
                "ordering": ("id",),
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("threshold__gte", 3)),
                        name="disclosure_threshold_least",
                        violation_error_message="Le seuil est d'au moins 3.",
                    )
                ],
            },
        ),
    ]
