from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0004_name_organisations_of_members"),
    ]

    operations = [
        migrations.RemoveField("membership", "organisation_name"),
        migrations.AddConstraint(
            "membership", models.UniqueConstraint(fields=("space", "code"), name="accounts_membership_code")
        ),
    ]
