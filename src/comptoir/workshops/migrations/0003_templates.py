import django.db.models.deletion
from django.db import migrations, models

import comptoir.kit.ids


class Migration(migrations.Migration):
    dependencies = [
        ("spaces", "0004_unique_code_of_files"),
        ("workshops", "0002_masks"),
    ]

    operations = [
        migrations.CreateModel(
            name="ComptoirTemplate",
            fields=[
                (
                    "id",
                    models.UUIDField(default=comptoir.kit.ids.uuid7, editable=False, primary_key=True, serialize=False),
                ),
                ("code", models.CharField(editable=False, max_length=10)),
                ("title", models.CharField(max_length=200, verbose_name="nom du modèle")),
                ("questions", models.TextField(blank=True, verbose_name="questions")),
                ("columns", models.JSONField(default=dict)),
                ("withdrawn_at", models.DateTimeField(null=True)),
                (
                    "space",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="spaces.space"),
                ),
            ],
            options={
                "ordering": ("title", "id"),
                "abstract": False,
                "constraints": [
                    models.UniqueConstraint(fields=("space", "code"), name="workshops_comptoirtemplate_code")
                ],
            },
        ),
    ]
