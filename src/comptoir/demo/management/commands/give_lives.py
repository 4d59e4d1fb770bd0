"""`comptoir manage give_lives`: invented lives for contracts of the national list, on an instance of demonstration."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from comptoir.accounts.models import Membership
from comptoir.contracts.models import CityContract
from comptoir.demo.lives import give_lives
from comptoir.kit.french import plural


class Command(BaseCommand):
    help = "Donne une vie inventée à des contrats chargés par « load-contracts » : démonstration seulement."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--contracts", type=int, default=10, help="combien de contrats (10)")
        parser.add_argument("--seed", type=int, default=2030, help="la graine du tirage (2030)")

    def handle(self, *args: Any, **options: Any) -> None:
        if not settings.DEMO:
            raise CommandError("Cette commande invente des engagements : seulement avec COMPTOIR_DEMO=1.")
        lived = Membership.objects.values("space")
        waiting = CityContract.objects.exclude(published_code="").exclude(space__in=lived).select_related("space")
        contracts = list(waiting.order_by("published_code")[: options["contracts"]])
        if not contracts:
            raise CommandError("Aucun contrat n'attend de vie : chargez la liste avec « comptoir load-contracts ».")
        lives = give_lives(contracts, seed=options["seed"])
        written = sum(len(life.commitments) for life in lives)
        living = plural(len(lives), "contrat vit", "contrats vivent")
        self.stdout.write(f"{living}, avec {plural(written, 'engagement', 'engagements')}.")
