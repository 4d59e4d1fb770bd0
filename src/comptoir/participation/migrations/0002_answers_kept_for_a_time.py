from typing import Any

from django.db import migrations, models


def count(apps: Any, schema_editor: Any) -> None:
    """The total of counts that are published already: their answers are still there."""
    for survey in apps.get_model("participation", "Survey").objects.filter(published_at__isnull=False):
        survey.total = survey.responses.count()
        survey.save(update_fields=["total"])


class Migration(migrations.Migration):
    dependencies = [("participation", "0001_surveys")]

    operations = [
        migrations.AddField("survey", "total", models.PositiveIntegerField(null=True)),
        migrations.RunPython(count, migrations.RunPython.noop),
    ]
