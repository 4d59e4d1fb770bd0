from django.db import migrations, models


class Migration(migrations.Migration):
    """The lines that a person chose to leave aside."""

    dependencies = [("imports", "0001_initial")]

    operations = [
        migrations.AddField("batch", "left_out", models.JSONField(default=list)),
        migrations.AlterField(
            "batchrow",
            "outcome",
            models.CharField(
                choices=[
                    ("created", "créée"),
                    ("changed", "modifiée"),
                    ("same", "inchangée"),
                    ("refused", "refusée"),
                    ("left", "laissée de côté"),
                ],
                max_length=8,
            ),
        ),
    ]
