"""Forms of the observatory."""

from typing import Any

from django import forms
from django.utils import timezone

from comptoir.accounts.models import Actor, Membership
from comptoir.analysis.indicators import read_cell
from comptoir.contracts.forms import DayField
from comptoir.observatory.enums import IndicatorKind, Said
from comptoir.observatory.models import Indicator, Place, Supplier, Value

EARLIEST = 1990


class SupplierForm(forms.ModelForm[Supplier]):
    class Meta:
        model = Supplier
        fields = ("name", "purpose", "legal_basis", "retention", "contact", "licence", "threshold", "dominance")
        help_texts = {
            "purpose": "Ce que l'on veut savoir, et pour quoi faire : le registre des données le demande.",
            "threshold": "Nombre de personnes au-dessous duquel un chiffre est masqué. Vide : celui de l'espace.",
            "dominance": "Part d'un montant, en %, qu'un seul contributeur ne doit pas dépasser.",
            "retention": "Par exemple : six ans après la fin du contrat.",
        }


class IndicatorForm(forms.ModelForm[Indicator]):
    """A local indicator. A part says of which whole it is, and which part: this ties tables when they are protected."""

    whole = forms.ModelChoiceField(
        Indicator.objects.none(), label="C'est une partie de", required=False, empty_label="Non, il se suffit",
        help_text="Par exemple « Jeunes suivis : filles » est une partie de « Jeunes suivis ».",
    )  # fmt: skip
    dimension = forms.CharField(label="Ventilation", required=False, max_length=40, help_text="Sexe, âge, diplôme…")
    modality = forms.CharField(label="Cette partie", required=False, max_length=80, help_text="Femmes, 15 à 24 ans…")

    class Meta:
        model = Indicator
        fields = ("name", "definition", "supplier", "kind", "unit", "direction", "summable", "about_people")
        help_texts = {
            "definition": "Ce qui est compté, de qui, quand, et ce qui ne l'est pas.",
            "unit": "personnes, %, €… Une part se donne en %.",
            "summable": "Les nombres de plusieurs quartiers s'additionnent sans compter deux fois la même personne.",
            "about_people": "Si oui, les petits nombres sont masqués partout, et une part ou une médiane demande son "
            "effectif. Un délai, un nombre de réunions : décochez.",
        }
        labels = {"supplier": "D'où vient ce chiffre"}

    def __init__(self, *args: Any, actor: Actor, **kwargs: Any):
        super().__init__(*args, **kwargs)
        for name, rows in (
            ("supplier", Supplier.objects.local_to(actor).order_by("search", "pk")),
            ("whole", Indicator.objects.local_to(actor).filter(kind__in=(IndicatorKind.COUNT, IndicatorKind.AMOUNT))
             .exclude(pk=self.instance.pk).order_by("search", "pk")),
        ):  # fmt: skip
            field = self.fields[name]
            assert isinstance(field, forms.ModelChoiceField)
            field.queryset = rows
            if name == "supplier":
                field.empty_label = "Choisissez"
        kind = self.fields["kind"]
        assert isinstance(kind, forms.ChoiceField)
        kind.choices = [("", "Choisissez"), *IndicatorKind.choices]
        if self.instance.dimensions:
            (self.initial["dimension"], self.initial["modality"]) = next(iter(self.instance.dimensions.items()))
            self.initial["whole"] = Indicator.objects.local_to(actor).filter(code=self.instance.family).first()

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or {}
        given = [bool(data.get(name)) for name in ("whole", "dimension", "modality")]
        if any(given) and not all(given):
            self.add_error("modality", "Pour une partie, dites le tout, la ventilation et la partie.")
        return data

    @property
    def what(self) -> dict[str, Any]:
        """What the action takes."""
        data = {name: self.cleaned_data[name] for name in self.Meta.fields}
        whole = self.cleaned_data.get("whole")
        data["family"] = whole.code if whole else ""
        data["dimensions"] = {self.cleaned_data["dimension"]: self.cleaned_data["modality"]} if whole else {}
        return data


class TargetForm(forms.Form):
    baseline = forms.FloatField(label="Valeur de départ", required=False, localize=True)
    baseline_year = forms.IntegerField(label="Année de départ", required=False, min_value=EARLIEST, max_value=2100)
    target = forms.FloatField(label="Cible", localize=True)
    target_year = forms.IntegerField(label="Année de la cible", min_value=EARLIEST, max_value=2100)


class OwnerField(forms.ModelChoiceField[Membership]):
    """People by their name."""

    def label_from_instance(self, obj: Membership) -> str:
        return obj.person.name


class CollectionForm(forms.Form):
    indicator = forms.ModelChoiceField(Indicator.objects.none(), label="Indicateur", empty_label="Choisissez")
    owner = OwnerField(Membership.objects.none(), label="Qui le renseigne", empty_label="Choisissez")
    year = forms.IntegerField(label="Année des chiffres", min_value=EARLIEST, max_value=2100)
    due_on = DayField(label="À saisir avant le")

    def __init__(self, *args: Any, actor: Actor, **kwargs: Any):
        super().__init__(*args, **kwargs)
        people = Membership.objects.current().filter(space=actor.space).select_related("person")
        for name, rows in (
            ("indicator", Indicator.objects.local_to(actor).order_by("search", "pk")),
            ("owner", people.order_by("person__name", "pk")),
        ):
            field = self.fields[name]
            assert isinstance(field, forms.ModelChoiceField)
            field.queryset = rows


class ValuesForm(forms.Form):
    """One line per territory: a number or a mark, and the people it is taken on where it is a share or an amount."""

    def __init__(
        self, *args: Any, indicator: Indicator, places: list[Place], names: dict[Any, str],
        known: dict[Any, Value], **kwargs: Any,
    ):  # fmt: skip
        super().__init__(*args, **kwargs)
        self.places, self.names, self.indicator = places, names, indicator
        self.wants_units = indicator.kind != IndicatorKind.COUNT and indicator.about_people
        self.wants_top = indicator.kind == IndicatorKind.AMOUNT and indicator.about_people
        for at, place in enumerate(places):
            there = known.get(place.pk)
            self.fields[f"value_{at}"] = forms.CharField(
                label=f"{names[place.pk]} : {indicator.unit or 'valeur'}", required=False, max_length=30,
                initial=_as_typed(there),
            )  # fmt: skip
            if self.wants_units:
                who = "contributeurs" if self.wants_top else "effectif"
                self.fields[f"units_{at}"] = forms.IntegerField(
                    label=f"{names[place.pk]} : {who}", required=False, min_value=0, initial=there and there.units,
                    help_text="Sur combien ce chiffre est calculé. Sans lui, la valeur reste masquée.",
                )  # fmt: skip
            if self.wants_top:
                self.fields[f"top_{at}"] = forms.FloatField(
                    label=f"{names[place.pk]} : plus grosse contribution", required=False, min_value=0,
                    initial=there and there.top,
                )  # fmt: skip

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or {}
        for at in range(len(self.places)):
            typed = data.get(f"value_{at}") or ""
            try:
                data[f"read_{at}"] = read_cell(typed)
            except ValueError as error:
                self.add_error(f"value_{at}", str(error))
        return data

    @property
    def given(self) -> list[dict[str, Any]]:
        """What is given for each territory of which something was typed."""
        found = []
        for at, place in enumerate(self.places):
            read = self.cleaned_data[f"read_{at}"]
            if read.value is None and read.mark.value == Said.UNSAID:
                continue
            found.append({
                "place": place, "value": read.value, "mark": read.mark.value,
                "units": self.cleaned_data.get(f"units_{at}"), "top": self.cleaned_data.get(f"top_{at}"),
            })  # fmt: skip
        return found

    @property
    def rows(self) -> list[tuple[str, list[Any]]]:
        """The fields by territory, to lay them out."""
        return [
            (self.names[place.pk], [self[f"{name}_{at}"] for name in ("value", "units", "top")
                                    if f"{name}_{at}" in self.fields])
            for at, place in enumerate(self.places)
        ]  # fmt: skip


def _as_typed(there: Value | None) -> str:
    if there is None:
        return ""
    if there.value is None:
        return {Said.SECRET: "s", Said.NOT_AVAILABLE: "nd", Said.NOT_SIGNIFICANT: "ns"}.get(Said(there.mark), "")
    return f"{there.value:.10g}".replace(".", ",")


def this_year() -> int:
    return timezone.localdate().year
