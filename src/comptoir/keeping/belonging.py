"""Which rows belong to a space, found in the models themselves: a new room is taken along without a line here.

A model belongs to spaces when it has a foreign key to `Space`, or to a model that does. Rows of the instance that a
space cites (people, organisations, neighbourhoods) go along too, known again by what is unique about them. A model
that says `leaves_with_space = False` stays.
"""

from collections.abc import Iterator
from functools import cache
from typing import Any

from django.apps import apps
from django.db import models

from comptoir.spaces.models import Space

Model = type[models.Model]
# Besides the models that say so themselves: letters and invitations hold links that open doors of this instance.
STAYS = frozenset({"spaces.mail", "accounts.invitation", "accounts.signedlink"})


def _ours() -> list[Model]:
    found = apps.get_models(include_auto_created=True)
    return [m for m in found if m.__module__.startswith("comptoir.") and m._meta.managed and not m._meta.proxy]


def stays(model: Any) -> bool:
    """Whether the rows of a model belong to the machine (jobs, mail that waits), or cannot be without one that does."""
    return model in staying()


@cache
def staying() -> frozenset[Model]:
    found = {m for m in _ours() if not getattr(m, "leaves_with_space", True) or label_of(m) in STAYS}
    while more := {m for m in _ours() if any(f.related_model in found for f in links(m) if not f.null)} - found:
        found |= more
    return frozenset(found)


def links(model: Model) -> Iterator["models.ForeignKey[Any, Any]"]:
    """Its foreign keys, those that must be filled first."""
    found = [field for field in model._meta.concrete_fields if isinstance(field, models.ForeignKey)]
    yield from sorted(found, key=lambda field: field.null)


@cache
def owned() -> dict[Model, str]:
    """Model to the lookup that leads from it to its space, in an order in which what is cited mostly comes first."""
    found: dict[Model, str] = {Space: "pk"}
    while True:
        waiting = [m for m in _ours() if m not in found and not stays(m)]
        new = {model: path for model in waiting if (path := _path(model, found))}
        if not new:
            return found
        found |= new


def _path(model: Model, found: dict[Model, str]) -> str:
    for field in links(model):
        target: Any = field.related_model
        if target is Space:
            return field.name
    for field in links(model):
        target = field.related_model
        if target in found and target is not Space and not field.null:
            return f"{field.name}__{found[target]}"
    return ""


def rows_of(model: Model, space: Space) -> "models.QuerySet[Any]":
    """The rows of a model that belong to this space, the oldest first."""
    return model._base_manager.filter(**{owned()[model]: space.pk}).order_by("pk")


def cited_by(model: Model) -> list["models.ForeignKey[Any, Any]"]:
    """The foreign keys of a model that lead to rows of the instance, of those that travel."""
    return [field for field in links(model) if field.related_model not in owned() and not stays(field.related_model)]


def known_by(model: Model) -> list[tuple[str, ...]]:
    """Sets of fields by which a row of the instance is known again elsewhere, the surest first.

    What is unique; and, where nothing unique is filled, everything that it is called.
    """
    concrete = [field for field in model._meta.concrete_fields if not field.primary_key]
    constraints = [one for one in model._meta.constraints if isinstance(one, models.UniqueConstraint) and one.fields]
    unique: list[tuple[str, ...]] = [(field.name,) for field in concrete if field.unique]
    unique += [tuple(one.fields) for one in constraints if one.condition is None]
    if unique:
        return unique
    called = tuple(field.name for field in concrete if isinstance(field, models.CharField) and not field.null)
    return [*(tuple(one.fields) for one in constraints), *([called] if called else [])]


def label_of(model: Model) -> str:
    return model._meta.label_lower


def model_of(label: str) -> Model | None:
    """The model of a label, when it is one that may travel."""
    return next((model for model in _ours() if label_of(model) == label), None)
