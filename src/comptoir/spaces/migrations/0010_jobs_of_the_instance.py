import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("spaces", "0009_fill_search_of_spaces")]

    operations = [
        migrations.AlterField(
            "job",
            "space",
            models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="spaces.space"
            ),
        )
    ]
