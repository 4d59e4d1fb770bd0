"""Forms of surveys: what the team writes. What residents send is read in `sent`."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django import forms

from comptoir.contracts.forms import DayField
from comptoir.contracts.perimeter import neighbourhoods_of
from comptoir.participation.enums import QuestionKind
from comptoir.participation.models import Survey, SurveyQuestion
from comptoir.spaces.models import Space

ELSEWHERE = "Un autre quartier"
MOST_PLACES = 11  # « Un autre quartier » comes on top
LISTED = {QuestionKind.ONE, QuestionKind.SEVERAL, QuestionKind.PLACE}
USUAL = {
    QuestionKind.CHANGE: "Depuis un an, dans votre quartier, c'est…",
    QuestionKind.PLACE: "Où habitez-vous ?",
    QuestionKind.WORDS: "Que voulez-vous ajouter ?",
}


class SurveyForm(forms.ModelForm[Survey]):
    class Meta:
        model = Survey
        fields = ("title", "introduction")
        widgets = {"introduction": forms.Textarea(attrs={"rows": 4})}
        help_texts = {
            "title": "Court, comme à quelqu'un que vous croisez : « Votre quartier, un an après ».",
            "introduction": "Deux phrases : pourquoi vous demandez, ce que vous en ferez. Le reste (qui ne sait pas "
            "qui répond, combien de questions) est dit par la page.",
        }


class QuestionForm(forms.Form):
    """One question. What its kind does not need is not asked."""

    text = forms.CharField(label="La question", max_length=200, help_text="Une seule idée, des mots de tous les jours.")
    options = forms.CharField(
        label="Les réponses", required=False, widget=forms.Textarea(attrs={"rows": 6}),
        help_text="Une par ligne, douze au plus.",
    )  # fmt: skip
    only_if = forms.ChoiceField(
        label="À qui la poser", required=False, help_text="Une question qui ne regarde pas tout le monde se saute."
    )

    def __init__(self, *args: Any, kind: str, space: Space, earlier: Sequence[SurveyQuestion], **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.earlier = earlier
        if kind not in LISTED:
            del self.fields["options"]
        else:
            self.fields["options"].one_of = True  # type: ignore[attr-defined]  # the action says what lacks
        choices = [
            (f"{one.code}:{rank}", f"Ceux qui répondent « {label} » à « {one.text} »"[:120])
            for one in earlier
            if one.kind not in {QuestionKind.SEVERAL, QuestionKind.WORDS}
            for rank, label in enumerate(one.options)
        ]
        if kind == QuestionKind.PLACE or not choices:
            del self.fields["only_if"]
        else:
            field = self.fields["only_if"]
            assert isinstance(field, forms.ChoiceField)
            field.choices = [("", "Tout le monde"), *choices]
            field.one_of = True  # type: ignore[attr-defined]  # « Tout le monde » is one of the answers
        if kind == QuestionKind.PLACE and not self.is_bound and not self.initial.get("options"):
            names = neighbourhoods_of(space).order_by("name").values_list("name", flat=True).distinct()
            self.initial["options"] = "\n".join([*names[:MOST_PLACES], ELSEWHERE])
        self.initial.setdefault("text", USUAL.get(QuestionKind(kind), ""))

    def given(self) -> dict[str, Any]:
        """What the action takes."""
        data = self.cleaned_data
        code, _, rank = data.get("only_if", "").partition(":")
        parent = next((one for one in self.earlier if one.code == code), None)
        return {
            "text": data["text"],
            "options": data.get("options", "").splitlines(),
            "only_if": (parent, int(rank)) if parent else None,
        }


class OpenForm(forms.Form):
    until = DayField(label="Jusqu'à quel jour", help_text="Ce jour compris. Deux à quatre semaines suffisent souvent.")


def initial_of(question: SurveyQuestion, earlier: Sequence[SurveyQuestion]) -> dict[str, str]:
    """What the form of a question shows first."""
    parent = next((one for one in earlier if one.pk == question.only_if_id), None)
    return {
        "text": question.text,
        "options": "\n".join(question.options),
        "only_if": f"{parent.code}:{question.only_if_option}" if parent else "",
    }


def until_of(survey: Survey) -> dict[str, date | None]:
    return {"until": survey.closes_on}
