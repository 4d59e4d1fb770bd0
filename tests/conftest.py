"""What every test shares: a place for files, templates that denounce what they lack, a space and its people."""

import os
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any

import pytest
from django.conf import settings as django_settings
from hypothesis import HealthCheck
from hypothesis import settings as property_settings

if TYPE_CHECKING:
    from comptoir.accounts.models import Actor
    from comptoir.spaces.models import Space
    from page_lint import LintingClient

# A busy machine is no fault of the code. On CI, Hypothesis's own profile stays under it: the same cases at each run.
_patient = {"deadline": None, "suppress_health_check": [HealthCheck.too_slow]}
property_settings.register_profile("house", parent=property_settings(), **_patient)
property_settings.load_profile("house")
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "1")  # the browser's own loop runs in the tests' thread


@pytest.fixture(scope="session", autouse=True)
def _house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Files in a folder of this run; a marker where a template shows an undefined variable."""
    if not django_settings.configured:  # the analysis library is tested without Django too
        yield
        return
    from django.template import engines

    from page_lint import UNDEFINED

    engine: Any = engines["django"]
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(django_settings, "FILES", tmp_path_factory.mktemp("files"))
        patch.setattr(django_settings, "STATIC_ROOT", tmp_path_factory.mktemp("static"))
        patch.setattr(django_settings, "READ_AHEAD", False)  # a thread of its own would not see the test's rows
        patch.setattr(engine.engine, "string_if_invalid", UNDEFINED)
        yield


@pytest.fixture
def lead(db: None) -> "Actor":
    """The project lead of the space « val-clair »."""
    from comptoir.accounts.actions import open_space, organisation_named
    from comptoir.accounts.models import Person

    person = Person.objects.create_user(email="lead@exemple.fr", name="Ama Lestrade", password="un-mot-de-passe-long")
    organisation = organisation_named("Agglomération")
    return open_space(slug="val-clair", name="Val-Clair", lead=person, organisation=organisation)


@pytest.fixture
def space(lead: "Actor") -> "Space":
    return lead.space


@pytest.fixture
def member(lead: "Actor") -> Callable[..., "Actor"]:
    """`member(role)`: the member of the space who has this role, made at the first call."""
    from comptoir.accounts.actions import give_role, organisation_named
    from comptoir.accounts.enums import Role
    from comptoir.accounts.models import Actor, Person

    known = {Role.PROJECT_LEAD: lead}

    def cast(role: str) -> Actor:
        role = Role(role)
        if role not in known:
            person = Person.objects.create_user(email=f"{role}@exemple.fr", name=f"Camille {role}", password=None)
            organisation = organisation_named("Régie de quartier")
            known[role] = Actor.of(give_role(actor=lead, person=person, role=role, organisation=organisation))
        return known[role]

    return cast


@pytest.fixture
def facilitator(member: Callable[..., "Actor"]) -> "Actor":
    return member("facilitator")


@pytest.fixture
def evaluator(member: Callable[..., "Actor"]) -> "Actor":
    return member("evaluator")


@pytest.fixture
def reader(member: Callable[..., "Actor"]) -> "Actor":
    return member("reader")


@pytest.fixture
def stranger(db: None) -> "Actor":
    """The project lead of another space, « autre-rive »: all rights there, none here."""
    from comptoir.accounts.actions import open_space
    from comptoir.accounts.models import Person

    person = Person.objects.create_user(email="ailleurs@exemple.fr", name="Ilan Vasseur", password=None)
    return open_space(slug="autre-rive", name="Autre-Rive", lead=person)


@pytest.fixture
def client() -> "LintingClient":
    """Someone who has not signed in. The client reads every answer as a linter would (page_lint)."""
    from page_lint import LintingClient

    return LintingClient()


@pytest.fixture
def client_for(db: None) -> Callable[["Actor"], "LintingClient"]:
    """`client_for(actor)`: the browser of this person, signed in."""
    from comptoir.accounts.models import Person
    from page_lint import LintingClient

    def signed_in(actor: "Actor") -> LintingClient:
        browser = LintingClient()
        browser.force_login(Person.objects.get(pk=actor.person_id))
        return browser

    return signed_in


@pytest.fixture
def demo(db: None) -> "Space":
    """The demonstration, built by the function that people's demo uses: a few seconds."""
    from comptoir.demo.build import build

    return build()
