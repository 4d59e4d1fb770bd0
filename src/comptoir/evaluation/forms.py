"""Forms of an evaluation."""

from collections.abc import Sequence
from typing import Any

from django import forms

from comptoir.commitments.forms import MeetingField
from comptoir.commitments.models import Commitment
from comptoir.contracts.forms import DayField
from comptoir.contracts.models import CityContract, Signatory
from comptoir.evaluation.enums import (
    Confidence,
    Criterion,
    FindingKind,
    Kit,
    Leverage,
    Nature,
    Scope,
    UseFate,
    Verdict,
)
from comptoir.evaluation.methods import methods
from comptoir.evaluation.models import Evaluation, EvaluativeQuestion, PlannedSource
from comptoir.kit.typed import NumberField
from comptoir.participation.models import SurveyQuestion
from comptoir.workshops.models import SynthesisLine

NOTHING = ("", "Pas encore dit")
CHOOSE = ("", "Choisir…")


def _rows(form: forms.Form, name: str, rows: Any) -> None:
    """What a field of rows offers; the field goes where there is nothing to choose."""
    field = form.fields[name]
    assert isinstance(field, forms.ModelChoiceField)
    field.queryset = rows
    if not rows.exists():
        del form.fields[name]


class OfCollege(forms.Form):
    """A form in the name of a college: asked of those who may speak for several."""

    def __init__(self, *args: Any, colleges: Sequence[tuple[str, str]], **kwargs: Any):
        super().__init__(*args, **kwargs)
        self._only = colleges[0][0] if len(colleges) == 1 else ""
        field = self.fields["college"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [CHOOSE, *colleges]  # nobody speaks for residents because they came first in a list
        if self._only:
            del self.fields["college"]

    def clean(self) -> dict[str, Any]:
        super().clean()
        return {"college": self._only, **self.cleaned_data} if self._only else self.cleaned_data


class OpenForm(forms.Form):
    contract = forms.ModelChoiceField(label="Contrat", queryset=CityContract.objects.none(), empty_label=None)
    name = forms.CharField(label="Nom", max_length=160, initial="Évaluation à mi-parcours")
    ends_on = DayField(label="Rapport attendu le", help_text="Le calendrier est lu à rebours depuis ce jour.")
    kit = forms.ChoiceField(
        label="Kit", choices=Kit.choices, initial=Kit.LIGHT, widget=forms.RadioSelect,
        help_text="Léger : une page de cadrage, trois questions, douze chiffres au plus. On peut en changer.",
    )  # fmt: skip

    def __init__(self, *args: Any, contracts: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        field = self.fields["contract"]
        assert isinstance(field, forms.ModelChoiceField)
        field.queryset = contracts


class SettingsForm(forms.Form):
    kit = forms.ChoiceField(label="Kit", choices=Kit.choices, widget=forms.RadioSelect)
    ends_on = DayField(label="Rapport attendu le")
    scope = forms.MultipleChoiceField(
        label="Ce que l'on regarde", choices=Scope.choices, widget=forms.CheckboxSelectMultiple, required=False
    )
    budget = NumberField(
        label="Budget de l'évaluation, en euros", max_digits=12, decimal_places=2, min_value=0, required=False,
    )  # fmt: skip
    contract_money = NumberField(
        label="Argent du contrat sur la même période, en euros", max_digits=14, decimal_places=2, min_value=0,
        required=False, help_text="Pour dire la part que prend l'évaluation.",
    )  # fmt: skip
    days = forms.IntegerField(label="Jours de travail", min_value=0, max_value=9999, required=False)


class NoteForm(forms.Form):
    text = forms.CharField(label="Réponse", max_length=4000, required=False, widget=forms.Textarea(attrs={"rows": 6}))
    over = forms.CharField(required=False, max_length=40, widget=forms.HiddenInput)


class UseForm(forms.Form):
    user = forms.CharField(label="Qui s'en servira", max_length=160)
    use = forms.CharField(label="Pour quoi", max_length=300)
    due_on = DayField(label="Pour le")


class UseFateForm(forms.Form):
    fate = forms.ChoiceField(
        label="Cela a-t-il servi ?", widget=forms.RadioSelect,
        choices=[(value, label) for value, label in UseFate.choices if value != UseFate.OPEN],
    )  # fmt: skip
    note = forms.CharField(label="Précision", max_length=300, required=False)


class SignForm(forms.Form):
    meeting = MeetingField()
    signed_by = forms.CharField(label="Signé par", max_length=200, help_text="« Le comité de pilotage », par exemple.")

    def __init__(self, *args: Any, meetings: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        field = self.fields["meeting"]
        assert isinstance(field, MeetingField)
        field.queryset = meetings


class QuestionForm(OfCollege):
    text = forms.CharField(
        label="Question", max_length=400, widget=forms.Textarea(attrs={"rows": 2}),
        help_text="Une vraie question, à laquelle on peut répondre non.",
    )  # fmt: skip
    proposed_by = forms.CharField(label="Proposée par", max_length=160, help_text="Un groupe ou un organisme.")
    college = forms.ChoiceField(label="Collège")


class SpecifyForm(forms.Form):
    criterion = forms.ChoiceField(label="Critère", choices=[NOTHING, *Criterion.choices], required=False)
    scope = forms.ChoiceField(label="Porte sur", choices=[NOTHING, *Scope.choices], required=False)
    leverage = forms.TypedChoiceField(
        label="Prise", coerce=int, empty_value=None, choices=[NOTHING, *Leverage.choices], required=False
    )
    leverage_note = forms.CharField(label="Qui peut agir, d'ici quand", max_length=300, required=False)


class SettleForm(forms.Form):
    reason = forms.CharField(label="Pourquoi", max_length=300, help_text="Tout le monde lira cette raison.")


class MethodForm(forms.Form):
    method = forms.ChoiceField(label="Méthode")
    hours = forms.IntegerField(
        label="Heures de travail de l'équipe", min_value=0, max_value=2_000, required=False,
        help_text="Vide : les heures de la fiche.",
    )  # fmt: skip
    euros = forms.IntegerField(
        label="Argent, en euros", min_value=0, max_value=1_000_000, required=False,
        help_text="Vide : la somme de la fiche.",
    )  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        field = self.fields["method"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [(key, f"{one.title} ({one.hours} h, {one.euros} €)") for key, one in methods().items()]


class SourceForm(forms.Form):
    nature = forms.ChoiceField(label="C'est", choices=Nature.choices, widget=forms.RadioSelect)
    label = forms.CharField(
        label="Ce que l'on cherche", max_length=200,
        help_text="Un chiffre : « délai moyen d'une réparation ». Une parole : « entretiens avec des locataires ».",
    )  # fmt: skip
    whence = forms.CharField(label="D'où cela vient", max_length=200, required=False)
    owner = forms.CharField(label="Qui le fournit", max_length=160)
    due_on = DayField(label="Pour le")
    days = NumberField(label="Jours de travail", max_digits=5, decimal_places=1, min_value=0, initial=1)


class SurveyQuestionField(forms.ModelChoiceField[SurveyQuestion]):
    """Questions by their survey."""

    def label_from_instance(self, obj: SurveyQuestion) -> str:
        return f"{obj.survey.title} : {obj.text}"


MATTER = {
    FindingKind.SURVEY: "survey_question", FindingKind.VOICE: "line", FindingKind.COMMITMENT: "commitment",
}  # fmt: skip
"""The field that holds what a kind of evidence is made of; a kind with nothing to choose is not offered."""
NOT_YET = {
    FindingKind.SURVEY: "les réponses à une enquête, une fois ses comptes arrêtés",
    FindingKind.VOICE: "une ligne d'une synthèse publiée",
    FindingKind.COMMITMENT: "un engagement du tableau",
}


class FindingForm(forms.Form):
    """A piece of evidence. Which matter it needs depends on its kind: the action says so, beside the field."""

    kind = forms.ChoiceField(label="C'est", choices=FindingKind.choices, widget=forms.RadioSelect)
    source = forms.ModelChoiceField(
        label="Répond à", queryset=PlannedSource.objects.none(), required=False, empty_label="Rien de prévu"
    )
    text = forms.CharField(label="Ce que cela montre", max_length=400, required=False)
    figure = NumberField(label="Chiffre", max_digits=16, decimal_places=2, required=False)
    unit = forms.CharField(label="Unité", max_length=60, required=False)
    period = forms.CharField(label="Période", max_length=60, required=False)
    whence = forms.CharField(label="Source", max_length=200, required=False)
    line = forms.ModelChoiceField(
        label="Ligne d'une synthèse publiée", queryset=SynthesisLine.objects.none(), required=False,
        empty_label="Aucune",
    )  # fmt: skip
    commitment = forms.ModelChoiceField(
        label="Engagement", queryset=Commitment.objects.none(), required=False, empty_label="Aucun"
    )
    survey_question = SurveyQuestionField(
        SurveyQuestion.objects.none(), label="Question d'une enquête", required=False, empty_label="Aucune",
        help_text="Ses réponses publiées seront montrées, petits nombres tus.",
    )  # fmt: skip
    file = forms.FileField(label="Fichier", required=False)
    url = forms.CharField(label="Adresse", max_length=500, required=False)

    def __init__(self, *args: Any, sources: Any, lines: Any, commitments: Any, asked: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        _rows(self, "source", sources)
        _rows(self, "line", lines)
        _rows(self, "commitment", commitments)
        _rows(self, "survey_question", asked)
        empty = [kind for kind, name in MATTER.items() if name not in self.fields]
        field = self.fields["kind"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [(value, label) for value, label in FindingKind.choices if value not in empty]
        if empty:
            field.help_text = f"Se versera aussi, dès qu'il y en aura : {', '.join(NOT_YET[kind] for kind in empty)}."


class JudgementForm(OfCollege):
    college = forms.ChoiceField(label="Collège")
    verdict = forms.ChoiceField(label="Réponse à la question", choices=Verdict.choices, widget=forms.RadioSelect)
    reasons = forms.CharField(label="Pourquoi", max_length=3000, widget=forms.Textarea(attrs={"rows": 4}))
    confidence = forms.ChoiceField(label="Confiance dans ce jugement", choices=[CHOOSE, *Confidence.choices])
    given_by = forms.CharField(label="Rendu par", max_length=200, help_text="Un groupe, une instance, un organisme.")


class RecommendationForm(forms.Form):
    text = forms.CharField(label="Recommandation", max_length=600, widget=forms.Textarea(attrs={"rows": 3}))
    question = forms.ModelChoiceField(
        label="Tirée de la question", queryset=EvaluativeQuestion.objects.none(), required=False,
        empty_label="De l'ensemble",
    )  # fmt: skip
    signatory = forms.ModelChoiceField(
        label="À qui", queryset=Signatory.objects.none(), required=False, empty_label="Pas encore dit"
    )
    due_on = DayField(label="Pour le", required=False)

    def __init__(self, *args: Any, evaluation: Evaluation, **kwargs: Any):
        super().__init__(*args, **kwargs)
        _rows(self, "question", evaluation.questions.kept().order_by("pk"))
        _rows(self, "signatory", evaluation.contract.signatories.shown().by_name())
