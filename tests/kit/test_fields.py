"""The folded copy of a text follows it however the row is written."""

import re
from pathlib import Path

import pytest
from django.apps import apps

from comptoir.kit.fields import FoldedField
from comptoir.spaces.models import Space
from comptoir.voices.enums import Subject
from comptoir.voices.models import Heading, Occasion, Statement

SOURCE = Path(__file__).parents[2] / "src" / "comptoir"
pytestmark = pytest.mark.django_db


def statement(space: Space, wording: str) -> Statement:
    occasion = Occasion.objects.create(space=space, title="Habitants", subject=Subject.RESIDENTS)
    made = Statement(
        space=space,
        heading=Heading.objects.create(occasion=occasion, label="Intérêt"),
        reported_wording=wording,
        reported_occurrences=1,
    )
    made.root = made
    return made


def folded(made: Statement) -> str:
    return Statement.objects.values_list("search", flat=True).get(pk=made.pk)


def test_it_is_written_with_the_row(space: Space) -> None:
    made = statement(space, "L'École d'À CÔTÉ")
    made.save(force_insert=True)
    assert folded(made) == "l'ecole d'a cote"


def test_it_is_written_in_bulk_too(space: Space) -> None:
    made = [statement(space, "Réunion"), statement(space, "Œuvre")]
    Statement.objects.bulk_create(made)
    assert [folded(one) for one in made] == ["reunion", "oeuvre"]
    made[0].reported_wording = "Été"
    made[0].search = made[0]._meta.get_field("search").pre_save(made[0], add=False)
    Statement.objects.bulk_update(made[:1], ["reported_wording", "search"])
    assert folded(made[0]) == "ete"


def test_a_save_of_some_columns_keeps_it_true(space: Space) -> None:
    made = statement(space, "Un banc")
    made.save(force_insert=True)
    made.reported_wording = "Une allée"
    made.save(update_fields=["reported_wording", "search"])
    assert folded(made) == "une allee"


def test_nobody_sets_it_by_hand(space: Space) -> None:
    made = statement(space, "Un banc")
    made.search = "autre chose"
    made.save(force_insert=True)
    assert folded(made) == "un banc"


def test_its_migration_names_its_source_and_nothing_that_is_always_so() -> None:
    _, path, args, kwargs = Statement._meta.get_field("search").deconstruct()
    assert (path, args, kwargs) == ("comptoir.kit.fields.FoldedField", [], {"source": "reported_wording"})


def test_no_module_writes_a_source_without_its_folded_copy() -> None:
    """`update()` and `save(update_fields=…)` write what they are told to: the copy must be named beside its source."""
    copies = [
        (field.source, field.name)
        for model in apps.get_models()
        for field in model._meta.get_fields()
        if isinstance(field, FoldedField)
    ]
    assert {source for source, _ in copies} >= {"words", "reported_wording"}
    folding = {
        (model.__name__, field.source)
        for model in apps.get_models()
        for field in model._meta.get_fields()
        if isinstance(field, FoldedField)
    }
    models = {model.__name__ for model in apps.get_models()}
    wrong = []
    for path in SOURCE.rglob("*.py"):
        text = path.read_text("utf-8")
        for source, name in copies:
            owners = [model for model, folded_source in folding if folded_source == source]
            if not any(re.search(rf"\b{model}\b", text) for model in owners):
                continue  # a column of the same name, of a model that folds nothing
            listed = re.findall(rf"""(?:update_fields=|bulk_update\()[^)\]]*["']{source}["'][^)\]]*[)\]]""", text)
            told = re.findall(rf"(?:\b(\w+)\.objects\b[^\n]*)?(\.update\([^)]*\b{source}=[^)]*\))", text)
            of_others = {model for model, _ in told if model in models and (model, source) not in folding}
            calls = listed + [call for model, call in told if model not in of_others]
            wrong += [(path.name, call) for call in calls if name not in call]
    assert wrong == []
