import django.utils.timezone
from django.db import migrations, models

import comptoir.kit.ids


class Migration(migrations.Migration):
    dependencies = [("territories", "0001_areas_and_neighbourhoods")]

    operations = [
        migrations.CreateModel(
            name="ReceivedFile",
            fields=[
                (
                    "id",
                    models.UUIDField(default=comptoir.kit.ids.uuid7, editable=False, primary_key=True, serialize=False),
                ),
                ("name", models.CharField(max_length=200, verbose_name="fichier")),
                ("digest", models.CharField(max_length=64)),
                ("person_id", models.UUIDField()),
                ("sent_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("outcome", models.CharField(blank=True, max_length=200, verbose_name="résultat")),
            ],
            options={"ordering": ("-sent_at", "id")},
        )
    ]
