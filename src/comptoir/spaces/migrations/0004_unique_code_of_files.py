from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("spaces", "0003_fill_code_of_files")]

    operations = [
        migrations.AddConstraint(
            model_name="storedfile",
            constraint=models.UniqueConstraint(fields=("space", "code"), name="spaces_storedfile_code"),
        ),
    ]
