"""Forms come out in our own field component: `{{ form }}` and `{{ form.name.as_field_group }}`."""

from typing import Any

from django.db.models.fields import BLANK_CHOICE_DASH
from django.forms import Select, Textarea
from django.forms.renderers import DjangoTemplates


class FormRenderer(DjangoTemplates):
    form_template_name = "kit/form.html"
    field_template_name = "kit/ui/field.html"

    def render(self, template_name: str, context: dict[str, Any], request: Any = None) -> str:
        """Django's own, but for two manners.

        A long text has no `maxlength`: browsers cut what is pasted without a word; the form says that it is too long.
        Where nothing is chosen a list says « Choisir… », or « — » where nothing needs to be: not a row of dashes.
        """
        if template_name == Textarea.template_name:
            context["widget"]["attrs"].pop("maxlength", None)
        if template_name == Select.template_name:
            _say_nothing_chosen(context["widget"])
        rendered: str = super().render(template_name, context, request)
        return rendered


def _say_nothing_chosen(widget: dict[str, Any]) -> None:
    for _, options, _ in widget["optgroups"]:
        for option in options:
            if option["label"] == BLANK_CHOICE_DASH[0][1]:
                option["label"] = "Choisir…" if widget["required"] else "—"
