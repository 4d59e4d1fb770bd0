"""Forms of what answers a question: indicators of the observatory, reviews, perceived change."""

from typing import Any

from django import forms
from django.db.models import F

from comptoir.accounts.models import Actor
from comptoir.contracts.forms import DayField
from comptoir.evaluation.models import EvaluativeQuestion
from comptoir.observatory.models import Indicator


class IndicatorField(forms.ModelChoiceField[Indicator]):
    """Indicators by their name and who supplies them."""

    def label_from_instance(self, obj: Indicator) -> str:
        return f"{obj.name} ({obj.supplier.name})"


class FollowForm(forms.Form):
    indicator = IndicatorField(
        Indicator.objects.none(), label="Indicateur de l'observatoire", empty_label="Choisissez",
        to_field_name="code", help_text="D'abord ceux de votre espace, puis les plus regardés.",
    )  # fmt: skip
    due_on = DayField(label="Pour le")

    def __init__(self, *args: Any, actor: Actor, question: EvaluativeQuestion, **kwargs: Any):
        super().__init__(*args, **kwargs)
        followed = question.sources.filter(withdrawn_at=None).exclude(indicator_code="").values("indicator_code")
        field = self.fields["indicator"]
        assert isinstance(field, forms.ModelChoiceField)
        rows = Indicator.objects.visible_to(actor).exclude(code__in=followed).select_related("supplier")
        field.queryset = rows.order_by(F("space").asc(nulls_last=True), "-headline", "search", "pk")
