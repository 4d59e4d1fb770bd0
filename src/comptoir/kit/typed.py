"""Form fields that read what people type the way they type it."""

from typing import Any

from django import forms


class NumberField(forms.DecimalField):
    """A number as French writes it: « 3 000,50 », whatever the space between the thousands."""

    def __init__(self, **kwargs: Any):
        super().__init__(localize=True, **kwargs)

    def to_python(self, value: Any) -> Any:
        return super().to_python("".join(value.split()) if isinstance(value, str) else value)
