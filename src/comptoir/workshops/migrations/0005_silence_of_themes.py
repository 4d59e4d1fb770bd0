import django.core.validators
import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("spaces", "0004_unique_code_of_files"), ("workshops", "0004_cycles")]

    operations = [
        migrations.CreateModel(
            name="SilenceRule",
            fields=[
                (
                    "space",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        primary_key=True,
                        related_name="+",
                        serialize=False,
                        to="spaces.space",
                    ),
                ),
                (
                    "months",
                    models.PositiveSmallIntegerField(
                        default=6,
                        help_text="Au-delà, un thème est dit « sans voix nouvelle » dans "
                        "« Ce qui revient, ce qui se tait ».",
                        validators=[
                            django.core.validators.MinValueValidator(1),
                            django.core.validators.MaxValueValidator(120),
                        ],
                        verbose_name="Sans voix nouvelle depuis, en mois",
                    ),
                ),
            ],
            options={
                "constraints": [models.CheckConstraint(condition=models.Q(("months__gte", 1)), name="silence_months")],
            },
        )
    ]
