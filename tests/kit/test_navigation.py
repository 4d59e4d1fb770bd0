"""The main menu: each room's entry, in order, for those whom its rule allows."""

import pytest

from comptoir.accounts.enums import Role
from comptoir.accounts.models import Actor
from comptoir.kit import navigation
from comptoir.kit.navigation import Entry
from comptoir.spaces.models import Space

EVERYBODY = [
    "Accueil",
    "Engagements",
    "Le fil",
    "Comptoirs",
    "Réponses",
    "Quartiers",
    "Contrat",
    "Observatoire",
    "Évaluation",
]
TEAM = ["Accueil", "Ma semaine", *EVERYBODY[1:]]


@pytest.fixture
def menu(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(navigation, "_entries", [])


def test_entries_come_in_their_order_whoever_loads_first(menu: None) -> None:
    late = Entry("Journal", "journal", 90, lambda actor: True)
    early = Entry("Accueil", "space", 0, lambda actor: True)
    for entry in (late, early, late):
        navigation.add(entry)
    assert navigation.entries("Ama") == [early, late]


def test_an_entry_is_shown_to_those_whom_its_rule_allows(menu: None) -> None:
    entry = Entry("Journal", "journal", 90, lambda actor: actor == "Ama")
    navigation.add(entry)
    assert navigation.entries("Ama") == [entry]
    assert navigation.entries("Ilan") == []


@pytest.mark.parametrize(
    ("role", "labels"),
    [
        (Role.PROJECT_LEAD, [*TEAM, "Personnes", "Journal"]),
        (Role.FACILITATOR, TEAM),
        (Role.EVALUATOR, [*EVERYBODY, "Journal"]),
        (Role.READER, EVERYBODY),
    ],
)
def test_the_menu_of_a_role(role: Role, labels: list[str]) -> None:
    shown = navigation.entries(Actor(None, "Ama", Space(slug="ici"), role))
    assert [entry.label for entry in shown] == labels
