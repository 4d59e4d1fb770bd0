"""Forms of the bets on results."""

import re
from collections.abc import Sequence
from typing import Any

from django import forms

from comptoir.accounts.models import Actor
from comptoir.evaluation.enums import College
from comptoir.evaluation.evidence_forms import IndicatorField, choosable
from comptoir.observatory.models import Indicator


class BoundsField(forms.CharField):
    """Numbers apart by semicolons; decimals after a comma, as one writes them."""

    def clean(self, value: Any) -> Any:
        said = [part for part in re.split(r"[;\n]", super().clean(value)) if part.strip()]
        try:
            return [float(re.sub(r"\s", "", part).replace(",", ".")) for part in said]
        except ValueError as error:
            raise forms.ValidationError(
                "Écrivez des nombres séparés par des points-virgules : 20 ; 30 ; 40."
            ) from error


class BetForm(forms.Form):
    indicator = IndicatorField(
        Indicator.objects.none(), label="Indicateur de l'observatoire", empty_label="Choisissez", to_field_name="code",
        help_text="Son chiffre reste caché sur la page du pari tant que le pari n'est pas clos.",
    )  # fmt: skip
    place_code = forms.ChoiceField(label="Où", required=False)
    bounds = BoundsField(
        label="Limites entre les réponses", max_length=120,
        help_text="De une à cinq, séparées par des points-virgules. « 20 ; 30 » donne : moins de 20, de 20 à moins de"
        " 30, 30 ou plus.",
    )  # fmt: skip

    def __init__(self, *args: Any, actor: Actor, places: Sequence[tuple[str, str]], **kwargs: Any):
        super().__init__(*args, **kwargs)
        field = self.fields["indicator"]
        assert isinstance(field, forms.ModelChoiceField)
        field.queryset = choosable(actor)
        where = self.fields["place_code"]
        assert isinstance(where, forms.ChoiceField)
        where.choices = [*((code, name or code) for code, name in places), ("", "L'ensemble du territoire")]


class HandsForm(forms.Form):
    """Hands raised by a college, for each answer."""

    college = forms.ChoiceField(label="Collège", choices=College.choices)

    def __init__(self, *args: Any, answers: Sequence[str], **kwargs: Any):
        super().__init__(*args, **kwargs)
        for at, label in enumerate(answers):
            self.fields[f"hands_{at}"] = forms.IntegerField(
                label=f"Mains pour : {label}", min_value=0, max_value=100_000, initial=0
            )

    @property
    def hands(self) -> dict[int, int]:
        return {int(name.removeprefix("hands_")): n for name, n in self.cleaned_data.items() if name != "college"}
