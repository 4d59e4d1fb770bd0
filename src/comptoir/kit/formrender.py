"""Forms come out in our own field component: `{{ form }}` and `{{ form.name.as_field_group }}`."""

from django.forms.renderers import DjangoTemplates


class FormRenderer(DjangoTemplates):
    form_template_name = "kit/form.html"
    field_template_name = "kit/ui/field.html"
