"""Forms of check-ins: what is answered, who is asked, how often."""

from collections.abc import Sequence
from typing import Any, ClassVar

from django import forms

from comptoir.commitments.actions.replies import BY_TEAM, MAX_LINE, Given
from comptoir.commitments.enums import Channel, CheckInAnswer, ProofKind
from comptoir.commitments.models import CheckInRhythm
from comptoir.contracts.forms import DayField
from comptoir.contracts.models import Signatory
from comptoir.kit.errors import Invalid
from comptoir.kit.typed import NumberField
from comptoir.kit.uploads import PICTURES, UploadField
from comptoir.spaces import files
from comptoir.spaces.models import Space

PIECES = f"{PICTURES},application/pdf,.odt,.docx,.ods,.xlsx,.txt"


class AnswerForm(forms.Form):
    """The four buttons, a line, at most one piece."""

    answer = forms.ChoiceField(
        label="Où en est-on ?", choices=CheckInAnswer.choices, widget=forms.RadioSelect,
        error_messages={"required": "Choisissez un des quatre boutons."},
    )  # fmt: skip
    line = forms.CharField(
        label="Une phrase", required=False, max_length=MAX_LINE,
        widget=forms.Textarea(attrs={"rows": 2, "maxlength": MAX_LINE}),
        help_text="Ce qui est fait, ce qui bloque, la prochaine date.",
    )  # fmt: skip
    file = UploadField(label="Une photo ou un document", required=False, accept=PIECES)
    url = forms.CharField(
        label="Ou un lien", required=False, max_length=500,
        widget=forms.URLInput(attrs={"placeholder": "https://"}),
    )  # fmt: skip
    figure = NumberField(label="Ou un chiffre", required=False, max_digits=16, decimal_places=2)
    unit = forms.CharField(
        label="Unité du chiffre", required=False, max_length=60, help_text="Permanences, élèves, logements…"
    )

    def given(self, space: Space) -> Given | None:
        """The piece, kept. Raises Invalid when there are several, or when the file is none that we keep."""
        data = self.cleaned_data
        sent, url, figure = data.get("file"), data.get("url") or "", data.get("figure")
        if sum((bool(sent), bool(url), figure is not None)) > 1:
            raise Invalid("Joignez une seule pièce : un fichier, un lien ou un chiffre.", field="file")
        if sent:
            kept = files.keep_upload(space=space, content=sent.read(), name=sent.name)
            kind = ProofKind.PHOTO if kept.media_type.startswith("image/") else ProofKind.DOCUMENT
            return Given(kind, file=kept)
        if url:
            return Given(ProofKind.LINK, url=url)
        return Given(ProofKind.FIGURE, figure=figure, unit=data.get("unit") or "") if figure is not None else None


class TellForm(AnswerForm):
    """The same, from an account; the team says how it came."""

    channel = forms.ChoiceField(label="Comment", widget=forms.RadioSelect, initial=Channel.PHONE)

    def __init__(self, *args: Any, team: bool, **kwargs: Any):
        super().__init__(*args, **kwargs)
        field = self.fields["channel"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [(c.value, c.label) for c in Channel if c in BY_TEAM]
        if not team:
            del self.fields["channel"]


class HeardForm(forms.Form):
    """What somebody said of one commitment, on the telephone or on paper: a button and a line, both may be empty."""

    answer = forms.ChoiceField(label="Réponse", required=False, choices=CheckInAnswer.choices, widget=forms.RadioSelect)
    line = forms.CharField(label="Une phrase", required=False, max_length=MAX_LINE)

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("line") and not data.get("answer"):
            self.add_error("answer", "Choisissez aussi un des quatre boutons.")
        return data


class ChannelForm(forms.Form):
    channel = forms.ChoiceField(
        label="Comment la réponse est venue", widget=forms.RadioSelect, initial=Channel.PHONE,
        choices=[(c.value, c.label.partition(",")[0].capitalize()) for c in Channel if c in BY_TEAM],
    )  # fmt: skip


class ForwardForm(forms.Form):
    name = forms.CharField(
        label="Son nom", max_length=120, widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )  # fmt: skip
    email = forms.EmailField(
        label="Son adresse électronique", widget=forms.EmailInput(attrs={"autocomplete": "off"}),
        help_text="Elle ou il recevra la question, et un lien à son nom.",
    )  # fmt: skip


class RhythmForm(forms.ModelForm[CheckInRhythm]):
    class Meta:
        model = CheckInRhythm
        fields = ("every_months", "spread_days", "per_person", "substitute_after")
        labels: ClassVar[dict[str, str]] = {
            "every_months": "Un point d'étape tous les combien de mois",
            "spread_days": "Courriels étalés sur combien de jours ouvrés",
            "per_person": "Combien de questions par personne, au plus",
            "substitute_after": "Demander au suppléant après combien de jours sans réponse",
        }
        help_texts: ClassVar[dict[str, str]] = {
            "every_months": "Le prochain est proposé dans « Ma semaine » ; rien ne part sans vous.",
            "substitute_after": "0 : jamais.",
        }


class RoundForm(forms.Form):
    """What a round will be."""

    starts_on = DayField(label="Premiers courriels le")
    spread_days = forms.IntegerField(label="Étalés sur (jours ouvrés)", min_value=1, max_value=20)
    per_person = forms.IntegerField(label="Questions par personne, au plus", min_value=1, max_value=20)
    substitute_after = forms.IntegerField(
        label="Demander au suppléant après (jours sans réponse)", min_value=0, max_value=60, help_text="0 : jamais."
    )
    signatories = forms.MultipleChoiceField(
        label="Seulement ces signataires", required=False, widget=forms.CheckboxSelectMultiple,
        help_text="Rien de coché : tous.",
    )  # fmt: skip

    def __init__(self, *args: Any, signatories: Sequence[Signatory], **kwargs: Any):
        super().__init__(*args, **kwargs)
        field = self.fields["signatories"]
        assert isinstance(field, forms.MultipleChoiceField)
        field.choices = [(str(one.pk), one.organisation.name) for one in signatories]
