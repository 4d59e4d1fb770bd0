"""One real instance for each process of tests: the demonstration, the server that people run, and its worker."""

import os
import subprocess
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

import pytest
from django.utils.text import slugify
from pages import addresses
from playwright.sync_api import Browser, StorageState
from visits import KEYLESS_EMAIL, NEWCOMER_EMAIL, PROTECTED_EMAIL, Visits

from browser import chromium
from comptoir.demo.content import SPACE
from served import COMPTOIR, PASSWORD, Place, demonstration, free_port, running, sign_in, wait_until_served

__all__ = ["chromium"]


@dataclass(frozen=True)
class Instance:
    """Its address, and those of the pages of its demonstration that tests come back to."""

    url: str
    book: dict[str, str]
    letters: Path


@pytest.fixture(scope="session")
def instance(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Instance]:
    """The demonstration, and two empty spaces of somebody new.

    What the server reports as its own failure (a traceback in its log) fails the run.
    """
    log = tmp_path_factory.mktemp("instance") / "log"
    name = os.environ.get("PYTEST_XDIST_WORKER", "one")
    with ExitStack() as stack:
        place = stack.enter_context(demonstration(tmp_path_factory, name))
        for title in ("Rive neuve", "Rive haute"):
            open_space(place, title)
        doors = prepare_doors(place)
        environment = {
            **place.environment, "COMPTOIR_DEMO": "1", "COMPTOIR_SECOND_FACTOR": "offered", "COMPTOIR_MAIL": "file",
        }  # fmt: skip
        port = free_port()
        url = f"http://127.0.0.1:{port}"
        server = stack.enter_context(running([*COMPTOIR, "serve", "--port", str(port)], environment, log))
        stack.enter_context(running([*COMPTOIR, "worker", "--name", name], environment, log))
        wait_until_served(url, server, log)
        visitor, _ = sign_in(url)
        book = addresses(lambda path: visitor.open(f"{url}{path}", timeout=30).read().decode())
        yield Instance(url, book | doors, place.data / "mail")
    assert "Traceback" not in log.read_text(), log.read_text()[-5000:]


def open_space(place: Place, title: str) -> None:
    """As the person who installs does, who types the password of the first project lead."""
    command = [*COMPTOIR, "manage", "open_space", slugify(title), "--name", title]
    subprocess.run(
        [*command, "--email", NEWCOMER_EMAIL, "--person", "Noé"], env=place.environment, input=f"{PASSWORD}\n",
        text=True, capture_output=True, check=True, start_new_session=True,  # no terminal: the password comes from here
    )  # fmt: skip


DOOR = """
from comptoir.accounts.actions import give_instance_role, invite
from comptoir.accounts.actions.people import INVITATION
from comptoir.accounts.links import make
from comptoir.accounts.models import Actor, Membership, Person, Totp
protected = Person.objects.create_user(email="{protected}", name="Dominique", password="{password}")
Totp.objects.create(person=protected, secret="A" * 32)
Person.objects.create_user(email="{keyless}", name="Claude", password="{password}")
for kind in ("host", "resource_centre"):
    give_instance_role(person=Person.objects.get(email="{newcomer}"), kind=kind)
lead = Actor.of(Membership.objects.get(space__slug="{slug}", role="project_lead"))
print(make(INVITATION, invite(actor=lead, email="invitee@exemple.fr", role="referent").pk, days=1))
from comptoir.commitments.models import CheckInRequest
from comptoir.commitments.sending import LINK
asked = CheckInRequest.objects.filter(round__closed_on=None, space__slug="{slug}", delivery="sent").order_by("pk")
for answered_at__isnull in (True, False):
    print(make(LINK, asked.filter(answered_at__isnull=answered_at__isnull).last().pk, days=1))
closed = CheckInRequest.objects.filter(space__slug="{slug}").exclude(round__closed_on=None).order_by("pk")[0]
print(make(LINK, closed.pk, days=1))
from comptoir.accounts.actions import organisation_named
from comptoir.commitments.actions import write
from comptoir.contracts.actions import add_contact, add_signatory, assign_referent, open_contract
from datetime import date
other = Actor.of(Membership.objects.get(space__slug="rive-haute", role="project_lead"))
contract = open_contract(actor=other, name="Contrat de Rive haute")
signatory = add_signatory(actor=other, contract=contract, organisation=organisation_named("Régie de Rive haute"))
someone = add_contact(actor=other, signatory=signatory, name="Zélie Armand", email="zelie@rive-haute.example")
assign_referent(actor=other, signatory=signatory, contact=someone, starts_on=date(2024, 1, 1))
for wording in ("Rouvrir le local de la tour 4", "Réparer l'ascenseur de la tour 2"):
    write(actor=other, signatory=signatory, wording=wording)
"""


def prepare_doors(place: Place) -> dict[str, str]:
    """Accounts with a second factor and without, a host; the addresses of an invitation and of check-ins that wait.

    In « Rive haute », a contract of which two commitments can be asked about.
    """
    names = {"protected": PROTECTED_EMAIL, "keyless": KEYLESS_EMAIL, "newcomer": NEWCOMER_EMAIL, "slug": SPACE.slug}
    done = subprocess.run(
        [*COMPTOIR, "manage", "shell", "-v", "0", "-c", DOOR.format(password=PASSWORD, **names)],
        env=place.environment, text=True, capture_output=True, check=True,
    )  # fmt: skip
    invitation, *asked = done.stdout.split()
    links = {f"check_in_{name}": f"/{SPACE.slug}/ou-en-est-on/{token}/"
             for name, token in zip(("asked", "answered", "closed"), asked, strict=True)}  # fmt: skip
    return {"invitation": f"/connexion/invitation/{invitation}/"} | links


@pytest.fixture(scope="session")
def signed_in() -> dict[str, StorageState]:
    """The sessions opened so far, one a role."""
    return {}


@pytest.fixture
def visits(chromium: Browser, instance: Instance, signed_in: dict[str, StorageState]) -> Iterator[Visits]:
    """People come in; when they leave, no console may have complained."""
    visits = Visits(chromium, instance.url, signed_in)
    yield visits
    visits.close()
    assert visits.said() == []


@pytest.fixture
def letters(instance: Instance) -> Path:
    """Where the mail of the instance is kept."""
    return instance.letters


@pytest.fixture
def book(instance: Instance) -> dict[str, str]:
    """Addresses of the demonstration."""
    return instance.book
