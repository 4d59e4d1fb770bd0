"""Forms come out in our own field component: `{{ form }}` and `{{ form.name.as_field_group }}`."""

from collections.abc import Mapping
from typing import Any

from django.db.models.fields import BLANK_CHOICE_DASH
from django.forms import Select, Textarea
from django.forms.renderers import DjangoTemplates
from django.http import HttpRequest
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString


class FormRenderer(DjangoTemplates):
    form_template_name = "kit/form.html"
    field_template_name = "kit/ui/field.html"

    def render(self, template_name: str, context: dict[str, Any], request: HttpRequest | None = None) -> SafeString:
        """Django's own, but for two controls.

        A long text has no `maxlength`: browsers cut what is pasted without a word; the form says that it is too long.
        Lists to choose from are written here: Django renders a template for each choice and another for its attributes,
        which is felt on a page that is filtered by sixty objectives.
        """
        if template_name == Select.template_name:
            return _select(context["widget"])
        if template_name == Textarea.template_name:
            context["widget"]["attrs"].pop("maxlength", None)
        return super().render(template_name, context, request)  # type: ignore[return-value]  # it is safe


def _select(widget: Mapping[str, Any]) -> SafeString:
    nothing = "Choisir…" if widget["required"] else "—"
    groups = ((_group(name, choices, nothing),) for name, choices, _ in widget["optgroups"])
    return format_html(
        '<select name="{}"{}>{}\n</select>', widget["name"], _attributes(widget["attrs"]),
        format_html_join("", "{}", groups),
    )  # fmt: skip


def _group(name: str | None, choices: list[Mapping[str, Any]], nothing: str) -> SafeString:
    options = format_html_join(
        "", '\n  <option value="{}"{}>{}</option>',
        ((one["value"], _attributes(one["attrs"]), _label(one["label"], nothing)) for one in choices),
    )  # fmt: skip
    return format_html('\n  <optgroup label="{}">{}\n  </optgroup>', name, options) if name else options


def _label(label: Any, nothing: str) -> Any:
    """Where nothing is chosen, a word; not a row of dashes."""
    return nothing if label == BLANK_CHOICE_DASH[0][1] else label


def _attributes(attrs: Mapping[str, Any]) -> SafeString:
    return format_html_join(
        "", " {}{}",
        ((name, "" if value is True else format_html('="{}"', value)) for name, value in attrs.items()
         if value is not False),
    )  # fmt: skip
