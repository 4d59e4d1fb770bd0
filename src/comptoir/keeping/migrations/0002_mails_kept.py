import django.core.validators
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("keeping", "0001_initial")]

    operations = [
        migrations.AddField(
            "retention",
            "mails_days",
            models.PositiveSmallIntegerField(
                default=90,
                help_text="À qui et à quel sujet. Ce qu'ils disaient est oublié dès qu'ils sont partis.",
                validators=[
                    django.core.validators.MinValueValidator(1),
                    django.core.validators.MaxValueValidator(3650),
                ],
                verbose_name="Courriels partis, en jours",
            ),
        )
    ]
