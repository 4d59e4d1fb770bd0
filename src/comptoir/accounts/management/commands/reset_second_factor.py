"""`comptoir manage reset_second_factor`: for someone who has lost telephone and recovery codes."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from comptoir.accounts.actions.own import reset_second_factor
from comptoir.accounts.models import Person


class Command(BaseCommand):
    help = "Retire les seconds facteurs d'une personne qui les a perdus. Vérifiez d'abord que c'est bien elle."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("email", help="adresse électronique de la personne")

    def handle(self, *args: Any, **options: Any) -> None:
        person = Person.objects.filter(email=options["email"].strip().lower()).first()
        if person is None:
            raise CommandError(f"{options['email']} n'a pas de compte.")
        reset_second_factor(person=person)
        self.stdout.write(f"{person.name} n'a plus de second facteur ; ses sessions sont fermées.")
