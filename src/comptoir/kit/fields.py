"""Model fields of the house."""

from typing import Any

from django.db import models

from comptoir.analysis.text import fold


class FoldedField(models.TextField[str, str]):
    """The folded copy of another text field (no accent, no case): the same search on SQLite and PostgreSQL.

    It is written whenever the row is written, in bulk too; nobody sets it by hand.
    """

    def __init__(self, *args: Any, source: str, **kwargs: Any):
        self.source = source
        kwargs.update(editable=False, default="", blank=True)
        super().__init__(*args, **kwargs)

    def pre_save(self, model_instance: models.Model, add: bool) -> str:
        value = fold(getattr(model_instance, self.source))
        setattr(model_instance, self.attname, value)
        return value

    def deconstruct(self) -> tuple[str, str, Any, Any]:
        name, path, args, kwargs = super().deconstruct()
        for key in ("editable", "default", "blank"):
            kwargs.pop(key, None)
        return name, path, args, {**kwargs, "source": self.source}
