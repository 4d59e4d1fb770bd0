"""How long a space keeps what it no longer needs."""

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models

from comptoir.spaces.models import Space


class Retention(models.Model):
    """The choices of a space; one that has made none has those of a new row."""

    space = models.OneToOneField(Space, primary_key=True, on_delete=models.PROTECT, related_name="+")
    files_months = models.PositiveSmallIntegerField(
        "Fichiers importés, en mois", default=12, validators=[MinValueValidator(1), MaxValueValidator(120)],
        help_text="Les fichiers d'origine des imports terminés. Ce qui en a été importé reste.",
    )  # fmt: skip
    jobs_days = models.PositiveSmallIntegerField(
        "Travaux terminés, en jours", default=90, validators=[MinValueValidator(1), MaxValueValidator(3650)],
        help_text="L'avancement des longs imports, une fois qu'ils sont finis.",
    )  # fmt: skip
    mails_days = models.PositiveSmallIntegerField(
        "Courriels partis, en jours", default=90, validators=[MinValueValidator(1), MaxValueValidator(3650)],
        help_text="À qui et à quel sujet. Ce qu'ils disaient est oublié dès qu'ils sont partis.",
    )  # fmt: skip
    answers_months = models.PositiveSmallIntegerField(
        "Réponses aux enquêtes, en mois", default=6, validators=[MinValueValidator(1), MaxValueValidator(120)],
        help_text="Les cases cochées et les mots libres non versés, une fois les comptes arrêtés. Les comptes restent.",
    )  # fmt: skip

    class Meta:
        constraints = (models.CheckConstraint(condition=models.Q(files_months__gte=1), name="retention_files"),)

    def __str__(self) -> str:
        return f"{self.space_id}"
