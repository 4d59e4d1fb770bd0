import django.core.validators
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("keeping", "0002_mails_kept")]

    operations = [
        migrations.AddField(
            "retention",
            "answers_months",
            models.PositiveSmallIntegerField(
                default=6,
                help_text="Les cases cochées et les mots libres non versés, une fois les comptes arrêtés. Les comptes "
                "restent.",
                validators=[django.core.validators.MinValueValidator(1), django.core.validators.MaxValueValidator(120)],
                verbose_name="Réponses aux enquêtes, en mois",
            ),
        )
    ]
