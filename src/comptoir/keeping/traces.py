"""Where a text is still found, whatever the room: what an erasure has not been taught to reach is told to a human."""

from django.apps import apps
from django.conf import settings
from django.contrib.sessions.base_session import AbstractBaseSession
from django.db import models
from django.db.models import Q
from django.utils.module_loading import import_string


def session_model() -> type[AbstractBaseSession]:
    """The sessions that the settings keep in the database."""
    found: type[AbstractBaseSession] = import_string(f"{settings.SESSION_ENGINE}.SessionStore").get_model_class()
    return found


def traces_of(text: str) -> list[tuple[str, int]]:
    """Name of the table and number of rows that hold this text, in any column of words; the accounts apart."""
    found = []
    for model in apps.get_models():
        if not model.__module__.startswith("comptoir.") or model._meta.label == settings.AUTH_USER_MODEL:
            continue
        about = Q(pk__in=())
        for field in model._meta.concrete_fields:
            if isinstance(field, models.CharField | models.TextField | models.JSONField) and not field.is_relation:
                about |= Q(**{f"{field.name}__icontains": text})
        if count := model._base_manager.filter(about).count():
            found.append((model._meta.label, count))
    return found


def told(text: str) -> list[str]:
    return [f"Se trouve aussi dans {label} : {count}." for label, count in traces_of(text)]
