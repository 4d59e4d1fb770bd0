"""Forms of what is given back."""

from django import forms

from comptoir.contracts.forms import DayField
from comptoir.evaluation.actions.outside import MOST as NOTE
from comptoir.evaluation.actions.plain import MOST as PLAIN
from comptoir.evaluation.actions.restitution import MOST
from comptoir.evaluation.enums import LearningStep, LessonKind, Moment


class AnswerForm(forms.Form):
    text = forms.CharField(
        label="La réponse, en une phrase", max_length=MOST, required=False, widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Ce que l'on peut dire aujourd'hui, désaccords compris. Vide : pas encore de réponse.",
    )  # fmt: skip


class FreezeForm(forms.Form):
    moment = forms.ChoiceField(label="Moment", choices=Moment.choices, widget=forms.RadioSelect)
    name = forms.CharField(label="Nom de ce moment", max_length=160, required=False, help_text="Pour un autre moment.")


class PlainForm(forms.Form):
    question = forms.CharField(label="La question, en clair", max_length=200, required=False)
    answer = forms.CharField(
        label="La réponse, en clair", max_length=PLAIN, required=False, widget=forms.Textarea(attrs={"rows": 8}),
        help_text="Une phrase par ligne, une idée par phrase. Des mots de tous les jours, les nombres en chiffres.",
    )  # fmt: skip
    left_out = forms.BooleanField(label="Ne pas montrer cette question", required=False)


class RereadForm(forms.Form):
    whom = forms.CharField(
        label="Avec qui", max_length=200, help_text="Un groupe, un nombre : « 6 personnes de l'atelier de français »."
    )
    on = DayField(label="Le")


class OutsideNoteForm(forms.Form):
    text = forms.CharField(
        label="Votre note", max_length=NOTE, widget=forms.Textarea(attrs={"rows": 10}),
        help_text="Ce que vous en pensez, ce qui manque, ce que les chiffres et les paroles ne permettent pas de dire.",
    )  # fmt: skip


class LessonForm(forms.Form):
    kind = forms.ChoiceField(label="C'est", choices=LessonKind.choices, widget=forms.RadioSelect)
    text = forms.CharField(label="Leçon", max_length=400, widget=forms.Textarea(attrs={"rows": 3}))


class SkillForm(forms.Form):
    step = forms.ChoiceField(label="Étape", choices=LearningStep.choices)
    who = forms.CharField(label="Qui", max_length=160, help_text="Un groupe, un organisme ; pas le nom d'une personne.")
    text = forms.CharField(label="Ce que l'on sait faire maintenant", max_length=300)


class ThanksForm(forms.Form):
    group = forms.CharField(
        label="Quel groupe", max_length=120, help_text="« Habitants du quartier », « école », « association »."
    )
    number = forms.IntegerField(
        label="Combien de personnes", min_value=1, max_value=100_000, initial=1,
        help_text="Sous le seuil de confidentialité, le mur dit « quelques personnes ».",
    )  # fmt: skip
    text = forms.CharField(label="Merci pour…", max_length=200, help_text="« avoir mené douze entretiens ».")
    changed = forms.CharField(
        label="Ce que cela a changé", max_length=300, required=False, widget=forms.Textarea(attrs={"rows": 2}),
        help_text="Une décision, un horaire, une question retenue. Rien encore ? Laissez vide.",
    )  # fmt: skip
    name = forms.CharField(
        label="Nom d'une personne", max_length=120, required=False, help_text="Seulement si elle a dit oui."
    )
    agreed_on = DayField(label="Elle a dit oui le", required=False)
