"""`comptoir manage add_member`: a person's role in a space, with an account when they have none."""

import getpass
from typing import Any

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError, CommandParser

from comptoir.accounts.actions import give_role, organisation_named
from comptoir.accounts.enums import Role
from comptoir.accounts.models import Actor, Membership, Person
from comptoir.kit.errors import ComptoirError


class Command(BaseCommand):
    help = "Donne un rôle à une personne dans un espace, au nom de celle qui conduit le projet."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("slug", help="adresse de l'espace")
        parser.add_argument("--email", required=True, help="adresse électronique de la personne")
        parser.add_argument("--person", default="", help="son nom, si elle n'a pas encore de compte")
        parser.add_argument("--role", required=True, choices=Role.values, help="son rôle dans cet espace")
        parser.add_argument("--organisation", default="", help="organisme pour lequel elle parle")

    def handle(self, *args: Any, **options: Any) -> None:
        lead = (
            Membership.objects.current()
            .select_related("space", "person", "organisation")
            .filter(space__slug=options["slug"], role=Role.PROJECT_LEAD)
            .order_by("pk")
            .first()
        )
        if lead is None:
            raise CommandError(f"Aucun espace « {options['slug']} » avec une conduite de projet : ouvrez-le d'abord.")
        email = options["email"].strip().lower()
        try:
            person = Person.objects.filter(email=email).first() or self._account(email, options["person"])
            role = Role(options["role"])
            give_role(
                actor=Actor.of(lead), person=person, role=role, organisation=organisation_named(options["organisation"])
            )
        except ValidationError as error:
            raise CommandError(" ".join(error.messages)) from error
        except ComptoirError as error:
            raise CommandError(str(error)) from error
        self.stdout.write(f"{person.name} : {role.label} dans « {lead.space.name} ».")

    def _account(self, email: str, name: str) -> Person:
        if not name:
            raise CommandError(f"{email} n'a pas de compte : donnez aussi son nom avec --person.")
        password = getpass.getpass("Mot de passe (12 caractères au moins) : ")
        validate_password(password, Person(email=email, name=name))
        return Person.objects.create_user(email=email, name=name, password=password)
