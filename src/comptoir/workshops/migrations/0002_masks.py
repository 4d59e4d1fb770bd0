import django.db.models.deletion
from django.db import migrations, models

import comptoir.kit.ids


class Migration(migrations.Migration):
    dependencies = [
        ("voices", "0001_initial"),
        ("workshops", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="Mask",
            fields=[
                (
                    "id",
                    models.UUIDField(default=comptoir.kit.ids.uuid7, editable=False, primary_key=True, serialize=False),
                ),
                ("text", models.TextField(blank=True, verbose_name="copie publique")),
                ("author_id", models.UUIDField(null=True)),
                ("author_organisation", models.CharField(blank=True, max_length=120)),
                ("at", models.DateTimeField(auto_now_add=True)),
                (
                    "rewording",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="voices.rewording"
                    ),
                ),
                (
                    "statement",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="masks", to="voices.statement"
                    ),
                ),
            ],
            options={
                "ordering": ("id",),
            },
        ),
    ]
