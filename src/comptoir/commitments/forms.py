"""Forms of commitments, of their proofs and of what bodies decide."""

from typing import Any

from django import forms

from comptoir.commitments.enums import CommitmentLevel, DecidedOutcome, MeansKind, MeansUnit, ProofKind
from comptoir.commitments.models import Commitment
from comptoir.commitments.sheets import SignatorySheet
from comptoir.contracts.forms import DayField
from comptoir.contracts.models import CityContract, Contact, Meeting, Objective, Signatory, SignatoryUnit
from comptoir.kit.typed import NumberField
from comptoir.kit.uploads import UploadField
from comptoir.territories.models import PriorityNeighbourhood


class CommitmentForm(forms.ModelForm[Commitment]):
    """What is said of a commitment beside its wording. Only what belongs to its contract and signatory is offered."""

    class Meta:
        model = Commitment
        fields = (
            "objective", "level", "due_on", "first_year", "last_year", "measure", "expected_proof", "unit", "contact",
            "associates", "neighbourhoods", "next_step", "next_step_on", "dauphin_number",
        )  # fmt: skip
        field_classes = {"due_on": DayField, "next_step_on": DayField}
        labels = {
            "objective": "Objectif du contrat", "associates": "Associés", "neighbourhoods": "Quartiers",
        }  # fmt: skip
        help_texts = {
            "due_on": "Pour un engagement de chaque année, laissez vide et donnez la première année.",
            "measure": "Ce qui se compte ou se constate : « 12 permanences par an », « le local est ouvert ».",
            "expected_proof": "Ce qui le montrera : un bilan, une photo, une délibération.",
            "contact": "Si ce n'est pas le référent habituel du signataire.",
            "next_step": "Ce que les habitants verront changer bientôt.",
            "dauphin_number": "Gardé tel quel : Dauphin reste la référence.",
        }

    def __init__(self, *args: Any, contract: CityContract, signatory: Signatory | None = None, **kwargs: Any):
        super().__init__(*args, **kwargs)
        objectives = Objective.objects.shown().filter(contract=contract).with_words().order_by("position", "pk")
        units = SignatoryUnit.objects.filter(signatory=signatory, withdrawn_at=None).select_related("unit")
        people = Contact.objects.shown().filter(signatory=signatory).order_by("search", "pk")
        others = contract.signatories.shown().by_name()
        for name, rows in (
            ("objective", objectives), ("unit", units.order_by("unit__name", "pk")), ("contact", people),
            ("associates", others.exclude(pk=signatory.pk) if signatory else others),
            ("neighbourhoods", PriorityNeighbourhood.objects.filter(contracts=contract).order_by("search", "code")),
        ):  # fmt: skip
            field = self.fields[name]
            assert isinstance(field, forms.ModelChoiceField)
            field.queryset = rows
            if name in {"associates", "neighbourhoods"}:
                field.widget = forms.CheckboxSelectMultiple()
                field.widget.choices = field.choices
            if not rows.exists():
                del self.fields[name]


class NewCommitmentForm(forms.Form):
    """A wording and a signatory are enough; the rest can wait."""

    signatory = forms.ModelChoiceField(label="Qui s'engage", queryset=Signatory.objects.none(), empty_label="Choisir…")
    wording = forms.CharField(
        label="À quoi", max_length=3000, widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Un seul engagement, dans les mots du signataire.",
    )  # fmt: skip
    due_on = DayField(label="Pour quand", required=False)
    measure = forms.CharField(label="Mesuré comment", max_length=300, required=False)
    expected_proof = forms.CharField(label="Pièce attendue", max_length=300, required=False)

    def __init__(self, *args: Any, signatories: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        field = self.fields["signatory"]
        assert isinstance(field, forms.ModelChoiceField)
        field.queryset = signatories


class WordingForm(forms.Form):
    wording = forms.CharField(label="Engagement", max_length=3000, widget=forms.Textarea(attrs={"rows": 4}))
    reason = forms.CharField(label="Pourquoi ce changement", max_length=300, required=False)


class TextForm(forms.Form):
    """The text of the contract: a file, or what is pasted. One of the two."""

    file = UploadField(
        label="Le texte du contrat", required=False, accept=".docx,.odt,.pdf,.txt",
        help_text="Word (DOCX), LibreOffice (ODT) ou PDF qui contient du texte ; 20 Mo au plus. Un scan ne se lit pas.",
    )  # fmt: skip
    text = forms.CharField(
        label="Ou collez-en une partie", required=False, max_length=500_000, widget=forms.Textarea(attrs={"rows": 5})
    )

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            vars(field)["one_of"] = True

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if not self.errors and not data.get("file") and not data.get("text"):
            raise forms.ValidationError("Choisissez un fichier, ou collez le texte.")
        return data


class ProposalForm(forms.Form):
    """What a passage commits whom to, as the machine understood it: to be read and corrected."""

    signatory = forms.ModelChoiceField(label="Qui s'engage", queryset=Signatory.objects.none(), empty_label="Choisir…")
    wording = forms.CharField(label="À quoi", max_length=3000, widget=forms.Textarea(attrs={"rows": 3}))
    due_on = DayField(label="Pour quand", required=False)
    level = forms.ChoiceField(
        label="Niveau d'engagement", required=False, choices=[("", "À préciser"), *CommitmentLevel.choices]
    )
    euros = NumberField(label="Moyens, en euros", required=False, min_value=0, max_digits=14, decimal_places=2)
    fte = NumberField(label="Moyens, en ETP", required=False, min_value=0, max_digits=8, decimal_places=2)
    means_kind = forms.ChoiceField(label="Ces moyens sont", required=False, choices=MeansKind.choices)
    neighbourhoods = forms.ModelMultipleChoiceField(
        label="Quartiers", required=False, queryset=PriorityNeighbourhood.objects.none(),
        widget=forms.CheckboxSelectMultiple,
    )  # fmt: skip

    def __init__(self, *args: Any, contract: CityContract, **kwargs: Any):
        super().__init__(*args, **kwargs)
        places = PriorityNeighbourhood.objects.filter(contracts=contract).order_by("search", "code")
        for name, rows in (("signatory", contract.signatories.shown().by_name()), ("neighbourhoods", places)):
            field = self.fields[name]
            assert isinstance(field, forms.ModelChoiceField)
            field.queryset = rows
        if not places.exists():
            del self.fields["neighbourhoods"]


class CommitmentsField(forms.ModelMultipleChoiceField["Commitment"]):
    """Commitments of one signatory, told by their words."""

    def label_from_instance(self, obj: Any) -> str:
        return str(obj.text)


class AgreementForm(forms.Form):
    """Who agrees, on which day, with which of the signatory's commitments as they are written now."""

    commitments = CommitmentsField(
        label="D'accord avec", queryset=Commitment.objects.none(), widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Cochez au moins un engagement."},
    )  # fmt: skip
    agreed_by = forms.CharField(label="Qui donne l'accord", max_length=160, help_text="Une fonction, un nom.")
    agreed_on = DayField(label="Le")

    def __init__(self, *args: Any, sheet: SignatorySheet, **kwargs: Any):
        super().__init__(*args, **kwargs)
        field = self.fields["commitments"]
        assert isinstance(field, forms.ModelMultipleChoiceField)
        wanted = [row.commitment.pk for row in sheet.rows if not row.in_force]
        field.queryset = Commitment.objects.filter(pk__in=wanted).select_related("wording").in_table_order()


class MeansForm(forms.Form):
    """One more means."""

    kind = forms.ChoiceField(label="Nature", choices=MeansKind.choices)
    amount = NumberField(label="Quantité", max_digits=14, decimal_places=2)
    unit = forms.ChoiceField(label="Unité", choices=MeansUnit.choices)
    note = forms.CharField(label="Précision", max_length=200, required=False)


class EvidenceForm(forms.Form):
    """A proof. Which matter it needs depends on its kind: the action says so, beside the field."""

    kind = forms.ChoiceField(label="C'est", choices=ProofKind.choices, widget=forms.RadioSelect)
    label = forms.CharField(label="Ce que cela montre", max_length=200)
    file = forms.FileField(label="Fichier", required=False, help_text="Pour un document ou une photo.")
    url = forms.CharField(label="Adresse", max_length=500, required=False, help_text="Pour un lien.")
    figure = NumberField(label="Chiffre", max_digits=16, decimal_places=2, required=False)
    unit = forms.CharField(label="Unité du chiffre", max_length=60, required=False)
    year = forms.IntegerField(label="Pour l'année", required=False, min_value=2000, max_value=2100)
    partial = forms.BooleanField(label="Ne couvre qu'une partie de l'engagement", required=False)

    def __init__(self, *args: Any, yearly: bool, **kwargs: Any):
        super().__init__(*args, **kwargs)
        if not yearly:
            del self.fields["year"]


class MeetingField(forms.ModelChoiceField["Meeting"]):
    """A meeting, told by its body and its day."""

    def __init__(self) -> None:
        super().__init__(label="Réunion", queryset=Meeting.objects.none(), empty_label="Choisir…")

    def label_from_instance(self, obj: Any) -> str:
        return f"{obj.body.name}, {obj.held_on:%d/%m/%Y}"


class DecisionForm(forms.Form):
    meeting = MeetingField()
    outcome = forms.ChoiceField(label="Décision", choices=DecidedOutcome.choices, widget=forms.RadioSelect)
    reason = forms.CharField(label="Motif", max_length=3000, widget=forms.Textarea(attrs={"rows": 3}))
    year = forms.IntegerField(label="Pour l'année", required=False, min_value=2000, max_value=2100)

    def __init__(self, *args: Any, meetings: Any, yearly: bool, **kwargs: Any):
        super().__init__(*args, **kwargs)
        field = self.fields["meeting"]
        assert isinstance(field, MeetingField)
        field.queryset = meetings
        if not yearly:
            del self.fields["year"]


class ReplyForm(forms.Form):
    reply = forms.CharField(label="Réponse du signataire", max_length=3000, widget=forms.Textarea(attrs={"rows": 3}))


class SnapshotForm(forms.Form):
    meeting = MeetingField()
    validated_by = forms.CharField(
        label="Validé par", max_length=200, help_text="Une fonction ou un nom : « le comité de pilotage »."
    )

    def __init__(self, *args: Any, meetings: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        field = self.fields["meeting"]
        assert isinstance(field, MeetingField)
        field.queryset = meetings
