"""One row as one line of JSON, and back, exactly: every field but those that are drawn from others."""

from base64 import b64encode
from collections.abc import Callable, Mapping
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db import models

from comptoir.keeping.belonging import Model, stays
from comptoir.kit.fields import FoldedField

# Never leaves an instance, whatever the model: it opens doors.
SECRET = frozenset({"password", "last_login"})


def fields_of(model: Model) -> list["models.Field[Any, Any]"]:
    """The fields that travel: not the folded copies, not the secrets, not the counters of link tables."""
    return [
        field
        for field in model._meta.concrete_fields
        if not isinstance(field, FoldedField | models.AutoField) and field.name not in SECRET
    ]


def record_of(row: models.Model) -> dict[str, Any]:
    """What cites a row that stays behind is left empty."""
    return {
        field.attname: None if field.is_relation and stays(field.related_model) else _plain(getattr(row, field.attname))
        for field in fields_of(type(row))
    }


def _plain(value: Any) -> Any:
    match value:
        case UUID() | Decimal():
            return str(value)
        case datetime() | date() | time():
            return value.isoformat()
        case timedelta():
            return value.total_seconds()
        case bytes() | memoryview():
            return b64encode(value).decode()  # as Django's BinaryField reads it
    return value


def row_of(model: Model, record: Mapping[str, Any], identity: Callable[[UUID], UUID]) -> models.Model:
    """The row of a record, its identities and those that it cites passed through `identity`."""
    row = model()
    for field in fields_of(model):
        if field.attname in record:
            setattr(row, field.attname, _value(field, record[field.attname], identity))
    for field in model._meta.concrete_fields:
        if isinstance(field, FoldedField):
            field.pre_save(row, add=True)
    if hasattr(row, "set_unusable_password"):
        row.set_unusable_password()
    return row


def _value(field: "models.Field[Any, Any]", value: Any, identity: Callable[[UUID], UUID]) -> Any:
    target: Any = field.target_field if isinstance(field, models.ForeignKey) else field
    if isinstance(target, models.JSONField):
        return _in_json(value, identity)
    if value is None:
        return None
    if isinstance(target, models.DurationField) and not isinstance(value, timedelta):
        return timedelta(seconds=value)
    found = target.to_python(value)
    return identity(found) if isinstance(found, UUID) else found


def _in_json(value: Any, identity: Callable[[UUID], UUID]) -> Any:
    """Identities are cited in journals and mappings too, as texts."""
    if isinstance(value, dict):
        return {key: _in_json(one, identity) for key, one in value.items()}
    if isinstance(value, list):
        return [_in_json(one, identity) for one in value]
    if isinstance(value, str) and len(value) == 36:
        try:
            return str(identity(UUID(value)))
        except ValueError:
            return value
    return value
