"""Forms of comptoirs."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.conf import settings
from django.utils import formats, timezone

from comptoir.analysis.synthesis.model import Notes, Reading
from comptoir.voices.actions.answers import MAX_DECIDED_BY, MAX_REASONS
from comptoir.voices.enums import AnswerKind, SpeakerKind, Subject
from comptoir.workshops.days import FIRST, check_day, last_day
from comptoir.workshops.models import Cycle, Import, SilenceRule, Workshop
from comptoir.workshops.templates_offered import Offered

ACCEPTED = ".csv,.tsv,.txt,.md,.xlsx,.xls,.ods,.docx,.odt"
ROLES = {
    "text": "La parole",
    "column": "La colonne",
    "subject": "De qui on parle",
    "table": "La table",
    "tally": "Combien de fois",
}


class ReceiveForm(forms.Form):
    """Paste, or choose a file. One of the two."""

    text = forms.CharField(
        label="Collez vos notes",
        required=False,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 12, "spellcheck": "true"}),
        help_text="Une note par ligne, un tableau copié d'un tableur, ou une synthèse avec ses astérisques.",
    )
    file = forms.FileField(
        label="Ou choisissez un fichier",
        required=False,
        help_text="CSV, Excel, LibreOffice, Word ou texte ; 20 Mo au plus.",
        widget=forms.FileInput(attrs={"accept": ACCEPTED}),
        error_messages={
            "empty": "Ce fichier est vide : choisissez-en un autre ou collez du texte.",
            "required": "Choisissez un fichier ou collez du texte.",
            "missing": "Le fichier n'est pas arrivé : choisissez-le de nouveau.",
            "invalid": "Le fichier n'est pas arrivé entier : choisissez-le de nouveau.",
        },
    )

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            vars(field)["one_of"] = True  # one of the two is wanted: neither is called optional

    def clean_file(self) -> Any:
        file = self.cleaned_data.get("file")
        if file and file.size > settings.MAX_UPLOAD:
            raise forms.ValidationError("Ce fichier dépasse 20 Mo : coupez-le en plusieurs.")
        return file

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if not data.get("text", "").strip() and not data.get("file") and not self.errors:
            raise forms.ValidationError("Collez du texte ou choisissez un fichier.")
        return data


class DateInput(forms.DateInput):
    input_type = "date"

    def __init__(self) -> None:
        super().__init__(format="%Y-%m-%d")


class DayField(forms.DateField):
    """A day when a comptoir may have been held, or is to be."""

    widget = DateInput
    default_validators = [check_day]

    def widget_attrs(self, widget: forms.Widget) -> dict[str, str]:
        return {"min": FIRST.isoformat(), "max": last_day().isoformat()}


class WorkshopField(forms.ModelChoiceField[Workshop]):
    """Two comptoirs may have the same title and the same day: when each was opened tells them apart."""

    def label_from_instance(self, workshop: Workshop) -> str:
        held = formats.date_format(workshop.held_on, "j F Y") if workshop.held_on else "sans date"
        opened = formats.date_format(timezone.localtime(workshop.created_at), "j F Y à H:i")
        return f"{workshop.title}, {held} (ouvert le {opened})"


class ChoicesForm(forms.ModelForm[Import]):
    """What the person may correct in the preview. The mapping fields are there for tables of notes only."""

    class Meta:
        model = Import
        fields = ("title", "held_on", "speaker_kind", "subject", "workshop")
        field_classes = {"held_on": DayField, "workshop": WorkshopField}
        labels = {"workshop": "Où ranger ces notes"}

    def __init__(self, *args: Any, workshops: Any, reading: Reading, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.reading = reading
        field = self.fields["workshop"]
        assert isinstance(field, forms.ModelChoiceField)
        field.queryset = workshops
        field.empty_label, field.required = "Dans un nouveau comptoir", False
        self.fields["title"].required = False
        if not isinstance(reading, Notes) or all(note.subject for note in reading.notes):
            del self.fields["subject"]
        if isinstance(reading, Notes) and reading.headers:
            headers = [("", "—"), *((header, header) for header in reading.headers if header)]
            for role, label in ROLES.items():
                self.fields[f"map_{role}"] = forms.ChoiceField(
                    label=label, choices=headers, required=False, initial=reading.mapping.get(role, "")
                )
            vars(self.fields["map_text"])["one_of"] = True  # notes without their words are none

    def clean_map_text(self) -> str:
        """A table that is read has a column of words: it may be another, it may not be none."""
        header: str = self.cleaned_data["map_text"]
        assert isinstance(self.reading, Notes)
        if not header and "map_text" in self.data and self.reading.mapping.get("text"):
            raise forms.ValidationError("Choisissez la colonne où sont les paroles.")
        return header

    @property
    def mapping(self) -> dict[str, str]:
        """Role -> header; an empty header says that no column plays this role, none at all that nothing was chosen."""
        chosen = {role: self.cleaned_data[f"map_{role}"] for role in ROLES if f"map_{role}" in self.fields}
        return chosen if any(chosen.values()) else {}

    def mapping_fields(self) -> Sequence[forms.BoundField]:
        return [self[f"map_{role}"] for role in ROLES if f"map_{role}" in self.fields]


class WorkshopForm(forms.ModelForm[Workshop]):
    speaker_kind = forms.ChoiceField(label="Qui parle", choices=SpeakerKind.choices, initial=SpeakerKind.UNKNOWN)

    class Meta:
        model = Workshop
        fields = ("title", "held_on", "place", "introduction")
        field_classes = {"held_on": DayField}
        widgets = {"introduction": forms.Textarea(attrs={"rows": 3})}


class NewWorkshopForm(WorkshopForm):
    subjects = forms.MultipleChoiceField(
        label="De qui parlera-t-on ?",
        choices=Subject.choices,
        widget=forms.CheckboxSelectMultiple,
        help_text="Un tableau de quatre colonnes sera prêt pour chaque sujet coché.",
        error_messages={"required": "Cochez au moins un sujet : chaque sujet a son tableau."},
    )
    template = forms.ChoiceField(
        label="Modèle",
        required=False,
        help_text="Ses questions ouvrent l'introduction, et chaque sujet a ses colonnes.",
    )

    def __init__(self, *args: Any, templates: Sequence[Offered], **kwargs: Any):
        super().__init__(*args, **kwargs)
        field = self.fields["template"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [("", "Sans modèle"), *((one.key, one.title) for one in templates)]


class TemplateForm(forms.Form):
    """A template of the space: its questions and the columns of each subject, one a line."""

    title = forms.CharField(label="Nom du modèle", max_length=200)
    questions = forms.CharField(
        label="Questions", required=False, max_length=5000, widget=forms.Textarea(attrs={"rows": 4}),
        help_text="Une par ligne.",
    )  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        for value, label in Subject.choices:
            self.fields[f"columns_{value}"] = forms.CharField(
                label=f"Colonnes, quand on parle de : {label}", required=False, max_length=2000,
                widget=forms.Textarea(attrs={"rows": 4}),
                help_text="Une par ligne ; vide, les quatre colonnes habituelles.",
            )  # fmt: skip

    @property
    def columns(self) -> dict[str, list[str]]:
        return {value: self.cleaned_data[f"columns_{value}"].splitlines() for value in Subject.values}


class NoteForm(forms.Form):
    words = forms.CharField(
        label="Ajouter une note", max_length=5000, widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"required": "La note est vide : écrivez ce qui a été dit."},
    )  # fmt: skip


class RewordForm(forms.Form):
    text = forms.CharField(
        label="Reformulation", required=False, max_length=5000, widget=forms.Textarea(attrs={"rows": 2}),
        help_text="Elle est montrée à côté des mots, qui restent. Videz le champ pour revenir aux mots.",
    )  # fmt: skip


class LexiconForm(forms.Form):
    """The words of the team, or a lexicon file to add to them. `known`: the words when the page was opened."""

    text = forms.CharField(
        label="Vos mots, un sujet par ligne",
        required=False,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 12, "spellcheck": "false"}),
        help_text="« un même sujet : expression, expression ». Par exemple « épicerie : Ti Boutik, vival ».",
    )
    known = forms.CharField(required=False, strip=False, widget=forms.HiddenInput)
    file = forms.FileField(
        label="Ajouter un fichier de lexique",
        required=False,
        help_text="Un lexique téléchargé ici, dans un autre espace, ou écrit pour la commande « comptoir group ».",
        widget=forms.FileInput(attrs={"accept": ".txt,text/plain"}),
        error_messages={"empty": "Ce fichier est vide.", "invalid": "Le fichier n'est pas arrivé entier."},
    )

    def clean_known(self) -> str:
        return str(self.cleaned_data["known"]).replace("\r\n", "\n")


class CycleForm(forms.ModelForm[Cycle]):
    class Meta:
        model = Cycle
        fields = ("name", "starts_on", "ends_on")
        field_classes = {"starts_on": DayField, "ends_on": DayField}


class SilenceForm(forms.ModelForm[SilenceRule]):
    """After how many months a theme is silent."""

    class Meta:
        model = SilenceRule
        fields = ("months",)


class AnswerForm(forms.Form):
    """One decision, for one line or several."""

    kind = forms.ChoiceField(label="Réponse", choices=AnswerKind.choices, widget=forms.RadioSelect)
    reasons = forms.CharField(
        label="Pourquoi",
        max_length=MAX_REASONS,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text="Ce que vous diriez à la personne en face de vous : des mots simples, ce qui va se passer, quand.",
    )
    decided_by = forms.CharField(
        label="Décidé par",
        max_length=MAX_DECIDED_BY,
        help_text="Une instance ou un organisme, pas une personne : « le comité de pilotage », « la Ville ».",
    )
    decided_on = DayField(label="Le")
