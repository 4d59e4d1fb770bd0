"""Forms come out in our own field component: `{{ form }}` and `{{ form.name.as_field_group }}`."""

from typing import Any

from django.forms import Textarea
from django.forms.renderers import DjangoTemplates


class FormRenderer(DjangoTemplates):
    form_template_name = "kit/form.html"
    field_template_name = "kit/ui/field.html"

    def render(self, template_name: str, context: dict[str, Any], request: Any = None) -> str:
        """A long text has no `maxlength`: browsers cut what is pasted without a word. The form says it is too long."""
        if template_name == Textarea.template_name:
            context["widget"]["attrs"].pop("maxlength", None)
        rendered: str = super().render(template_name, context, request)
        return rendered
