"""`comptoir manage send_check_ins`: what the worker does on each day of the open rounds, by hand."""

from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from comptoir.commitments.models import CheckInRound
from comptoir.commitments.sending import send_due


class Command(BaseCommand):
    help = "Envoie les points d'étape qui sont dus aujourd'hui. Peut être lancé chaque jour : rien ne part deux fois."

    def handle(self, *args: Any, **options: Any) -> None:
        rounds = CheckInRound.objects.filter(closed_on=None, space__closed_at=None)
        for found in rounds.select_related("space", "contract").order_by("pk"):
            with timezone.override(found.space.time_zone):
                letters = send_due(found, on=timezone.localdate())
            self.stdout.write(f"{found.space.slug} : {letters} courriel(s)")
