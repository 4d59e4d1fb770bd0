"""Forms of the contract."""

import re
from datetime import date
from typing import Any
from uuid import UUID

from django import forms
from django.db.models import Q, QuerySet
from django.forms.widgets import DateInput
from django.urls import reverse
from django.utils.html import format_html

from comptoir.accounts.enums import OrganisationKind
from comptoir.contracts.enums import Stance
from comptoir.contracts.models import (
    CityContract,
    Contact,
    GoverningBody,
    LocalConvention,
    Meeting,
    Signatory,
    SignatoryUnit,
)
from comptoir.contracts.themes import BY_CODE, THEMES
from comptoir.territories.models import LocalArea, PriorityNeighbourhood

FIRST_YEAR, LAST_YEAR = 1970, 2100
MOST_AREAS = 100  # to tick on one page
NEIGHBOURHOOD_CODE = re.compile(r"Q[NP][0-9A-Z]{6}")


class DayField(forms.DateField):
    """A day, in the browser's own calendar."""

    def __init__(self, **kwargs: Any):
        kwargs.setdefault("widget", DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))
        super().__init__(**kwargs)

    def clean(self, value: Any) -> date | None:
        day: date | None = super().clean(value)
        if day is not None and not FIRST_YEAR <= day.year <= LAST_YEAR:
            raise forms.ValidationError(f"L'année doit être entre {FIRST_YEAR} et {LAST_YEAR} : vérifiez la date.")
        return day


class ContractForm(forms.ModelForm[CityContract]):
    class Meta:
        model = CityContract
        fields = ("name", "generation", "starts_on", "ends_on", "published_code", "predecessor", "introduction")
        field_classes = {"starts_on": DayField, "ends_on": DayField}
        widgets = {"introduction": forms.Textarea(attrs={"rows": 3})}
        help_texts = {"published_code": "CN… dans la liste nationale, si vous le connaissez."}

    def __init__(self, *args: Any, others: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        field = self.fields["predecessor"]
        assert isinstance(field, forms.ModelChoiceField)
        field.queryset, field.empty_label = others, "Aucun dans cet espace"


def areas_to_choose(space_id: UUID, held: Any = ()) -> QuerySet[LocalArea]:
    """The local areas of a space, MOST_AREAS by name at most, and those already chosen; without their outlines."""
    ours = LocalArea.objects.filter(space=space_id, withdrawn_at=None).defer("geometry", "sketch")
    first = list(ours.order_by("search", "pk").values_list("pk", flat=True)[:MOST_AREAS])
    return ours.filter(Q(pk__in=first) | Q(pk__in=held)).order_by("search", "pk")


class PerimeterForm(forms.Form):
    codes = forms.CharField(
        label="Codes des quartiers prioritaires", required=False, max_length=5000,
        widget=forms.Textarea(attrs={"rows": 6, "spellcheck": "false"}),
    )  # fmt: skip
    local_areas = forms.ModelMultipleChoiceField(
        label="Autres secteurs de l'espace", queryset=LocalArea.objects.none(), required=False,
        widget=forms.CheckboxSelectMultiple,
    )  # fmt: skip

    def __init__(self, *args: Any, areas: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.fields["codes"].help_text = format_html(
            'Un par ligne, comme QN08106M : cherchez-les par nom ou par commune dans la <a href="{}">liste '
            "nationale</a>. Un code qui n'y est pas encore est gardé, pour être relié plus tard.",
            reverse("neighbourhoods"),
        )
        field = self.fields["local_areas"]
        assert isinstance(field, forms.ModelMultipleChoiceField)
        field.queryset = areas
        if not areas:
            del self.fields["local_areas"]

    def clean_codes(self) -> list[str]:
        codes = str(self.cleaned_data["codes"]).replace(",", " ").replace(";", " ").split()
        if wrong := [f"« {code} »" for code in codes if not NEIGHBOURHOOD_CODE.fullmatch(code.upper())]:
            raise forms.ValidationError(f"Ce n'est pas un code de quartier : {', '.join(wrong[:5])}.")
        return codes


class ConventionForm(forms.ModelForm[LocalConvention]):
    class Meta:
        model = LocalConvention
        fields = ("name", "starts_on", "ends_on", "introduction", "neighbourhoods", "local_areas", "signatories")
        field_classes = {"starts_on": DayField, "ends_on": DayField}
        widgets = {
            "introduction": forms.Textarea(attrs={"rows": 3}),
            "neighbourhoods": forms.CheckboxSelectMultiple,
            "local_areas": forms.CheckboxSelectMultiple,
            "signatories": forms.CheckboxSelectMultiple,
        }
        labels = {"neighbourhoods": "Quartiers", "local_areas": "Autres secteurs", "signatories": "Signataires"}

    def __init__(self, *args: Any, contract: CityContract, **kwargs: Any):
        super().__init__(*args, **kwargs)
        # A convention that is being written has no row yet, hence no area.
        written = not self.instance._state.adding
        held = self.instance.local_areas.order_by().values("pk") if written else ()
        choices = {
            "neighbourhoods": PriorityNeighbourhood.objects.filter(contracts=contract).order_by("name", "code"),
            "local_areas": areas_to_choose(contract.space_id, held),
            "signatories": contract.signatories.shown().by_name(),
        }
        for name, rows in choices.items():
            field = self.fields[name]
            assert isinstance(field, forms.ModelMultipleChoiceField)
            field.queryset, field.required = rows, False
            if not rows:
                del self.fields[name]


class SignatoryForm(forms.Form):
    kind = forms.ChoiceField(label="Nature", choices=OrganisationKind.choices)
    name = forms.CharField(label="Nom de l'organisme", max_length=120, help_text="En toutes lettres, comme au contrat.")
    signed_on = DayField(label="Signé le", required=False, help_text="Vide tant que la signature est attendue.")
    missions = forms.CharField(
        label="Missions", required=False, max_length=3000, widget=forms.Textarea(attrs={"rows": 4}),
        help_text="Ce qu'il fait pour les quartiers, en quelques mots simples.",
    )  # fmt: skip


class CardForm(forms.ModelForm[Signatory]):
    """The card; as what and when it signs are for the project lead."""

    class Meta:
        model = Signatory
        fields = ("missions", "reached_at", "kind", "signed_on")
        field_classes = {"signed_on": DayField}
        widgets = {"missions": forms.Textarea(attrs={"rows": 5})}
        help_texts = {"reached_at": "Le standard ou l'accueil que tout le monde peut appeler, pas une ligne directe."}

    def __init__(self, *args: Any, whole: bool, **kwargs: Any):
        super().__init__(*args, **kwargs)
        if not whole:
            del self.fields["kind"], self.fields["signed_on"]


class UnitForm(forms.Form):
    name = forms.CharField(label="Nom du service", max_length=120)
    missions = forms.CharField(label="Missions", required=False, max_length=1000)


class ContactForm(forms.ModelForm[Contact]):
    class Meta:
        model = Contact
        fields = ("name", "position", "unit", "email", "phone")
        help_texts = {
            "email": "L'adresse et la ligne directe ne sont lues que par l'équipe et les référents.",
        }

    def __init__(self, *args: Any, signatory: Signatory, **kwargs: Any):
        super().__init__(*args, **kwargs)
        offer_units(self, signatory)


def offer_units(form: forms.BaseForm, signatory: Signatory) -> None:
    field = form.fields["unit"]
    assert isinstance(field, forms.ModelChoiceField)
    field.queryset = signatory.units.filter(withdrawn_at=None).select_related("unit").order_by("unit__name")
    field.empty_label = "L'organisme dans son ensemble"
    if not field.queryset:
        del form.fields["unit"]


class PersonForm(forms.Form):
    """Somebody of the card, or somebody new: one of the two."""

    contact = forms.ModelChoiceField(
        label="Une personne de la fiche", queryset=Contact.objects.none(), required=False, empty_label="—"
    )
    name = forms.CharField(label="Ou une autre personne : son nom", required=False, max_length=120)
    position = forms.CharField(label="Sa fonction", required=False, max_length=160)
    email = forms.EmailField(label="Son adresse électronique", required=False)
    phone = forms.CharField(label="Sa ligne directe", required=False, max_length=40)

    def __init__(self, *args: Any, signatory: Signatory, but: Contact | None = None, **kwargs: Any):
        super().__init__(*args, **kwargs)
        field = self.fields["contact"]
        assert isinstance(field, forms.ModelChoiceField)
        rows = signatory.contacts.shown().order_by("search", "pk")
        field.queryset = rows.exclude(pk=but.pk) if but else rows
        for name in ("contact", "name"):
            vars(self.fields[name])["one_of"] = True
        if not field.queryset:
            del self.fields["contact"]
            self.fields["name"].label = "Son nom"
        if "unit" in self.fields:
            offer_units(self, signatory)

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        data.setdefault("contact", None)
        if not data["contact"] and not data.get("name", "").strip():
            self.add_error(
                "contact" if "contact" in self.fields else "name", "Choisissez une personne, ou donnez son nom."
            )
        return data


class ReferentForm(PersonForm):
    unit = forms.ModelChoiceField(label="Pour", queryset=SignatoryUnit.objects.none(), required=False)
    starts_on = DayField(label="À partir du")
    ends_on = DayField(label="Jusqu'au", required=False, help_text="Vide : jusqu'à nouvel ordre.")


class SubstituteForm(PersonForm):
    starts_on = DayField(label="À partir du")
    ends_on = DayField(label="Jusqu'au", required=False, help_text="Vide : jusqu'à nouvel ordre.")


class HandoverForm(PersonForm):
    starts_on = DayField(label="Son premier jour")
    note = forms.CharField(
        label="À savoir", required=False, max_length=3000, widget=forms.Textarea(attrs={"rows": 4}),
        help_text="Ce qui est en cours, ce qui coince, qui appeler.",
    )  # fmt: skip
    passed_on = forms.CharField(
        label="Ce qui est transmis", required=False, max_length=3000, widget=forms.Textarea(attrs={"rows": 4}),
        help_text="Dossiers, accès, dates à tenir : une chose par ligne.",
    )  # fmt: skip


class EndForm(forms.Form):
    ends_on = DayField(label="Dernier jour")


class ObjectiveForm(forms.Form):
    text = forms.CharField(label="L'objectif", max_length=2000, widget=forms.Textarea(attrs={"rows": 3}))
    theme = forms.ChoiceField(label="Thème", required=False)

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        field = self.fields["theme"]
        assert isinstance(field, forms.ChoiceField)
        groups = [
            (theme.label, [(sub.code, sub.label) for sub in THEMES if sub.is_sub and sub.parent == theme.code])
            for theme in THEMES
            if not theme.is_sub
        ]
        field.choices = [("", "—"), *groups]

    def clean_theme(self) -> str:
        theme = str(self.cleaned_data["theme"])
        return theme if theme in BY_CODE else ""


class WordingForm(forms.Form):
    text = forms.CharField(label="Nouvelle rédaction", max_length=2000, widget=forms.Textarea(attrs={"rows": 4}))
    reason = forms.CharField(label="Pourquoi ce changement", required=False, max_length=300)
    based_on = forms.IntegerField(widget=forms.HiddenInput, required=False)
    adopt = forms.BooleanField(label="La mettre en vigueur tout de suite", required=False)

    def __init__(self, *args: Any, may_adopt: bool, **kwargs: Any):
        super().__init__(*args, **kwargs)
        if not may_adopt:
            del self.fields["adopt"]


class CommentForm(forms.Form):
    text = forms.CharField(
        label="Votre remarque", max_length=2000, widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"required": "Écrivez votre remarque."},
    )  # fmt: skip


class OpinionForm(forms.Form):
    signatory = forms.ModelChoiceField(label="Signataire", queryset=Signatory.objects.none(), empty_label=None)
    stance = forms.ChoiceField(label="Avis", choices=Stance.choices)
    given_on = DayField(label="Donné le")

    def __init__(self, *args: Any, signatories: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        field = self.fields["signatory"]
        assert isinstance(field, forms.ModelChoiceField)
        field.queryset = signatories


class BodyForm(forms.ModelForm[GoverningBody]):
    class Meta:
        model = GoverningBody
        fields = ("kind", "name", "chaired_by", "rhythm", "validates")
        help_texts = {
            "rhythm": "Par exemple : deux fois par an.",
            "validates": "Ses réunions arrêtent le tableau des engagements et signent le cadrage d'une évaluation. "
            "Le comité de pilotage, d'ordinaire.",
        }


class MeetingForm(forms.ModelForm[Meeting]):
    class Meta:
        model = Meeting
        fields = ("held_on", "place", "subject", "validated_by", "validated_on")
        field_classes = {"held_on": DayField, "validated_on": DayField}

    def __init__(self, *args: Any, new: bool, **kwargs: Any):
        super().__init__(*args, **kwargs)
        if new:
            del self.fields["validated_by"], self.fields["validated_on"]


class MeetUpForm(forms.Form):
    signatories = forms.ModelMultipleChoiceField(
        label="Qui s'est rencontré", queryset=Signatory.objects.none(), widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Cochez au moins un signataire."},
    )  # fmt: skip
    held_on = DayField(label="Date")
    place = forms.CharField(label="Lieu", required=False, max_length=200)
    note = forms.CharField(
        label="Ce qu'on a appris", required=False, max_length=2000, widget=forms.Textarea(attrs={"rows": 3})
    )

    def __init__(self, *args: Any, signatories: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        field = self.fields["signatories"]
        assert isinstance(field, forms.ModelMultipleChoiceField)
        field.queryset = signatories
