"""`comptoir manage instance_role`: who is the host of the instance, who its resource centre."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from comptoir.accounts.actions import give_instance_role, organisation_named
from comptoir.accounts.enums import InstanceRoleKind
from comptoir.accounts.models import Person


class Command(BaseCommand):
    help = "Donne ou retire à une personne un rôle sur toute l'instance : hébergeur ou centre de ressources."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("email", help="adresse électronique de la personne")
        parser.add_argument("kind", choices=InstanceRoleKind.values, help="host (hébergeur) ou resource_centre")
        parser.add_argument("--person", default="", help="son nom, si elle n'a pas encore de compte")
        parser.add_argument("--organisation", default="", help="organisme pour lequel elle parle")
        parser.add_argument("--remove", action="store_true", help="retirer le rôle")

    def handle(self, *args: Any, **options: Any) -> None:
        email, kind = options["email"].strip().lower(), InstanceRoleKind(options["kind"])
        person = Person.objects.filter(email=email).first()
        if person is None and (options["remove"] or not options["person"]):
            raise CommandError(f"{email} n'a pas de compte : donnez aussi son nom avec --person.")
        if person is None:  # no password: a code is sent at each sign-in, until they choose one
            person = Person.objects.create_user(email=email, name=options["person"])
        give_instance_role(
            person=person, kind=kind, organisation=organisation_named(options["organisation"]), remove=options["remove"]
        )
        self.stdout.write(f"{person.name} {'n’est plus' if options['remove'] else 'est'} : {kind.label}.")
