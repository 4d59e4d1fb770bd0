from django.db import migrations, models


class Migration(migrations.Migration):
    """Files get an address of their own in their space, as other rows have."""

    dependencies = [("spaces", "0001_initial")]

    operations = [
        migrations.AddField(
            model_name="storedfile",
            name="code",
            field=models.CharField(default="", editable=False, max_length=10),
            preserve_default=False,
        ),
    ]
