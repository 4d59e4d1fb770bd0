"""A list to choose from says what Django's own templates say, whatever it holds: only the way of writing differs."""

from typing import Any

import pytest
from django import forms
from django.forms.renderers import DjangoTemplates

from comptoir.kit.formrender import FormRenderer

HOSTILE = "</option>\"><script>'&"
FLAT = [("", "Tout"), ("1", "L'école & la cité"), (2, "Deux"), (HOSTILE, HOSTILE)]
GROUPED = [("", "Tout"), ("Ville d'<Aubagne>", [("a", "Un"), ("b", HOSTILE)]), ("Autre", [("c", "Trois")])]


def written(widget: forms.Widget, value: object, attrs: dict[str, Any], renderer: DjangoTemplates) -> str:
    html = widget.render("nom", value, attrs, renderer)
    return "\n".join(line.strip() for line in html.splitlines() if line.strip())


@pytest.mark.parametrize("choices", [FLAT, GROUPED, []])
@pytest.mark.parametrize("value", [None, "", "1", 2, "b", HOSTILE, "absent"])
@pytest.mark.parametrize("attrs", [{}, {"id": "x", "required": True, "disabled": False, "data-é": HOSTILE, "size": 3}])
@pytest.mark.parametrize("kind", [forms.Select, forms.NullBooleanSelect])
def test_a_select_is_that_of_django(kind: type[forms.Select], choices: Any, value: object, attrs: Any) -> None:
    widget = kind() if kind is forms.NullBooleanSelect else kind(choices=choices)
    assert written(widget, value, attrs, FormRenderer()) == written(widget, value, attrs, DjangoTemplates())


def test_several_choices_are_those_of_django() -> None:
    widget = forms.SelectMultiple(choices=FLAT)
    assert written(widget, ["1", 2], {}, FormRenderer()) == written(widget, ["1", 2], {}, DjangoTemplates())
    assert written(widget, ["1", 2], {}, FormRenderer()).count("selected") == 2


def test_other_controls_keep_their_templates() -> None:
    assert FormRenderer().render("django/forms/widgets/text.html", forms.TextInput().get_context("nom", "a", {}))
