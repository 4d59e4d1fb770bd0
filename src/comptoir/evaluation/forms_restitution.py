"""Forms of what is given back."""

from django import forms

from comptoir.evaluation.actions.restitution import MOST
from comptoir.evaluation.enums import Moment


class AnswerForm(forms.Form):
    text = forms.CharField(
        label="La réponse, en une phrase", max_length=MOST, required=False, widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Ce que l'on peut dire aujourd'hui, désaccords compris. Vide : pas encore de réponse.",
    )  # fmt: skip


class FreezeForm(forms.Form):
    moment = forms.ChoiceField(label="Moment", choices=Moment.choices, widget=forms.RadioSelect)
    name = forms.CharField(label="Nom de ce moment", max_length=160, required=False, help_text="Pour un autre moment.")
