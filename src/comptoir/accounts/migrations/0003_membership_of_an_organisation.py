import django.db.models.deletion
import django.utils.timezone
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0002_organisations"),
    ]

    operations = [
        migrations.RenameField("membership", "organisation", "organisation_name"),
        migrations.AddField(
            "membership",
            "organisation",
            models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="members",
                to="accounts.organisation",
                verbose_name="organisme",
            ),
        ),
        migrations.AddField(
            "membership",
            "unit",
            models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="accounts.organisationunit",
                verbose_name="service",
            ),
        ),
        migrations.AddField(
            "membership", "until", models.DateField(blank=True, null=True, verbose_name="dernier jour d'accès")
        ),
        migrations.AddField("membership", "role_since", models.DateTimeField(default=django.utils.timezone.now)),
        migrations.AddField(
            "membership", "code", models.CharField(default="", editable=False, max_length=10), preserve_default=False
        ),
    ]
