"""Forms of what answers a question: indicators of the observatory, reviews, perceived change."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from typing import Any

from django import forms
from django.db.models import F, QuerySet
from django.forms.models import ModelChoiceIterator

from comptoir.accounts.models import Actor
from comptoir.analysis.indicators.published import UNNAMED
from comptoir.contracts.forms import DayField
from comptoir.evaluation.enums import SHORT, Item, Step
from comptoir.evaluation.models import EvaluativeQuestion, SelfAnswer
from comptoir.observatory.enums import IndicatorKind
from comptoir.observatory.models import Indicator


class ByNearness(ModelChoiceIterator[Indicator]):
    """Under three titles: a list of a hundred and seventy names is not read otherwise."""

    def __iter__(self) -> Iterator[Any]:
        if self.field.empty_label is not None:
            yield "", self.field.empty_label
        for title, rows in groupby(self.queryset, _nearness):
            yield title, [self.choice(one) for one in rows]


def _nearness(one: Indicator) -> str:
    if one.space_id is not None:
        return "De votre espace"
    return "Les plus regardés" if one.headline else "Les autres"


def choosable(actor: Actor) -> "QuerySet[Indicator]":
    """Those of the space, then the most looked at, then the others. Columns that nobody named are left out."""
    rows = Indicator.objects.visible_to(actor).exclude(name__startswith=UNNAMED).select_related("supplier")
    return rows.order_by(F("space").asc(nulls_last=True), "-headline", "search", "pk")


class IndicatorField(forms.ModelChoiceField[Indicator]):
    """Indicators by their name and who supplies them."""

    iterator = ByNearness

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
        field.queryset = choosable(actor).exclude(code__in=followed)


class QuestionField(forms.ModelChoiceField[EvaluativeQuestion]):
    """Questions by their text."""

    def label_from_instance(self, obj: EvaluativeQuestion) -> str:
        return obj.text


class QuoteForm(forms.Form):
    question = QuestionField(
        EvaluativeQuestion.objects.none(), label="À quelle question ?", empty_label=None, to_field_name="code"
    )

    def __init__(self, *args: Any, questions: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        field = self.fields["question"]
        assert isinstance(field, forms.ModelChoiceField)
        field.queryset = questions


class FedForm(forms.Form):
    """`indicateur` stands in the address: what would change is shown before it is written."""

    indicateur = forms.ModelChoiceField(
        Indicator.objects.none(), label="Indicateur de votre espace", empty_label="Choisissez", to_field_name="code",
        help_text="Un nombre. Toutes ses valeurs deviennent la somme des bilans.",
    )  # fmt: skip

    def __init__(self, *args: Any, actor: Actor, **kwargs: Any):
        super().__init__(*args, **kwargs)
        field = self.fields["indicateur"]
        assert isinstance(field, forms.ModelChoiceField)
        rows = Indicator.objects.local_to(actor).filter(kind=IndicatorKind.COUNT, family="")
        field.queryset = rows.order_by("search", "pk")


class SelfForm(forms.Form):
    """The sentences that a signatory answers, each with a line. `known`: what it has answered this year."""

    def __init__(self, *args: Any, known: Iterable[SelfAnswer], **kwargs: Any):
        super().__init__(*args, **kwargs)
        there = {one.item: one for one in known}
        for item in Item:
            said = there.get(item)
            self.fields[item.value] = forms.TypedChoiceField(
                label=item.label, coerce=int, empty_value=None, required=False, widget=forms.RadioSelect,
                choices=[*Step.choices, ("", "pas de réponse")], initial=said.step if said else "",
            )  # fmt: skip
            self.fields[f"{item.value}_line"] = forms.CharField(
                label=f"En une ligne : {SHORT[item].lower()}", max_length=200, required=False,
                initial=said.line if said else "",
            )  # fmt: skip

    @property
    def answers(self) -> dict[str, tuple[int, str]]:
        """What was answered, by item."""
        data = self.cleaned_data
        return {
            str(item.value): (data[item.value], data[f"{item.value}_line"])
            for item in Item
            if data[item.value] is not None
        }


class PerceivedForm(forms.Form):
    """How many residents answered what, since when, where, and where it comes from."""

    better = forms.IntegerField(label="Combien disent « c'est mieux »", min_value=0, max_value=100_000)
    same = forms.IntegerField(label="Combien disent « c'est pareil »", min_value=0, max_value=100_000)
    worse = forms.IntegerField(label="Combien disent « c'est pire »", min_value=0, max_value=100_000)
    since = forms.IntegerField(label="Par rapport à quelle année", min_value=1990, max_value=2100)
    place_code = forms.ChoiceField(label="Quartier", required=False)
    whence = forms.CharField(label="D'où cela vient", max_length=200, help_text="Un comptoir, une enquête, et sa date.")
    gathered_on = DayField(label="Recueilli le")

    def __init__(self, *args: Any, places: Sequence[tuple[str, str]], **kwargs: Any):
        super().__init__(*args, **kwargs)
        field = self.fields["place_code"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [("", "Tous les quartiers du contrat"), *((code, name or code) for code, name in places)]
        if not places:
            del self.fields["place_code"]
