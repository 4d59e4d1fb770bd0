"""`comptoir manage open_space`: a new space with its first project lead."""

import getpass
from typing import Any

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError, CommandParser

from comptoir.accounts.actions import open_space, organisation_named
from comptoir.accounts.models import Person


class Command(BaseCommand):
    help = "Ouvre un espace et le compte de la personne qui conduit le projet (mot de passe demandé)."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("slug", help="adresse de l'espace : minuscules, chiffres, tirets")
        parser.add_argument("--name", required=True, help="nom de l'espace")
        parser.add_argument("--email", required=True, help="adresse de la personne qui conduit le projet")
        parser.add_argument("--person", required=True, help="son nom")
        parser.add_argument("--organisation", default="", help="organisme pour lequel elle parle")
        parser.add_argument("--time-zone", default="Europe/Paris", help="fuseau horaire, par exemple Indian/Reunion")

    def handle(self, *args: Any, **options: Any) -> None:
        email = options["email"].strip().lower()
        person = Person.objects.filter(email=email).first()
        try:
            if person is None:
                password = getpass.getpass("Mot de passe (12 caractères au moins) : ")
                validate_password(password, Person(email=email, name=options["person"]))
                person = Person.objects.create_user(email=email, name=options["person"], password=password)
            open_space(
                slug=options["slug"], name=options["name"], lead=person,
                organisation=organisation_named(options["organisation"]), time_zone=options["time_zone"],
            )  # fmt: skip
        except ValidationError as error:
            raise CommandError(" ".join(error.messages)) from error
        self.stdout.write(f"L'espace « {options['name']} » est ouvert : /{options['slug']}/")
