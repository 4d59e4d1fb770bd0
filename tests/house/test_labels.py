"""What a form asks for is said in French: a field without a label of its own shows its name in the code."""

import importlib
import inspect
from collections.abc import Iterator
from pathlib import Path

import pytest
from django import forms
from django.forms.forms import BaseForm
from django.forms.utils import pretty_name

SOURCE = Path(__file__).parents[2] / "src"
SAME_IN_FRENCH = {"code", "contact", "introduction", "kit", "licence", "missions", "moment", "questions"}


def every_form() -> Iterator[type[BaseForm]]:
    for path in sorted((SOURCE / "comptoir").rglob("*form*.py")):
        name = ".".join(path.relative_to(SOURCE).with_suffix("").parts)
        for _, found in inspect.getmembers(importlib.import_module(name), inspect.isclass):
            if issubclass(found, BaseForm) and found.__module__ == name:
                yield found


def unsaid(form: type[BaseForm]) -> list[str]:
    """The fields that show their English name. Django names those of its own forms when it makes them."""
    shown = {name: field for name, field in form.base_fields.items() if not field.widget.is_hidden}
    return [
        name for name, field in shown.items()
        if name not in SAME_IN_FRENCH and str(field.label).lower() == pretty_name(name).lower()
    ]  # fmt: skip


def test_no_field_shows_its_name_in_the_code() -> None:
    every = list(every_form())
    assert len(every) > 60
    assert {form.__name__: unsaid(form) for form in every if unsaid(form)} == {}


class _Chosen(forms.Form):
    needed = forms.ChoiceField(choices=[("", "---------"), ("a", "A")])
    free = forms.ChoiceField(choices=[("", "---------"), ("a", "A")], required=False)


@pytest.mark.parametrize(("name", "said"), [("needed", "Choisir…"), ("free", "—")])
def test_a_list_where_nothing_is_chosen_says_so_in_words(name: str, said: str) -> None:
    shown = str(_Chosen()[name])
    assert f'<option value="" selected>{said}</option>' in shown
    assert "---" not in shown
