"""Forms of territories."""

from typing import Any

from django import forms
from django.conf import settings

from comptoir.territories.enums import LocalAreaKind

TABLES = ".csv,.xlsx,.ods,.geojson,.json"


class OfficialFileForm(forms.Form):
    """One official file."""

    file = forms.FileField(
        label="Un fichier officiel",
        help_text="CSV, Excel, LibreOffice ou GeoJSON (WGS84), tel que publié ; 20 Mo au plus.",
        widget=forms.FileInput(attrs={"accept": TABLES}),
        error_messages={"empty": "Ce fichier est vide : choisissez-en un autre.", "required": "Choisissez un fichier."},
    )

    def clean_file(self) -> Any:
        return measured(self.cleaned_data.get("file"))


def measured(file: Any) -> Any:
    if file and file.size > settings.MAX_UPLOAD:
        raise forms.ValidationError("Ce fichier dépasse 20 Mo : chargez-le par la commande « comptoir territories ».")
    return file


class LocalAreaForm(forms.Form):
    """A local area: its name, and one of three ways to say where it is."""

    name = forms.CharField(label="Nom", max_length=200)
    kind = forms.ChoiceField(label="Nature", choices=LocalAreaKind.choices)
    geometry = forms.CharField(
        label="Contour (GeoJSON)",
        required=False,
        help_text="Dessinez sur la carte, ou collez ici un contour en longitude et latitude.",
        widget=forms.Textarea(attrs={"rows": 4, "spellcheck": "false", "data-geometry": ""}),
    )
    members = forms.CharField(
        label="Ou des communes et des quartiers",
        required=False,
        help_text="Un par ligne : un code (81004, QN08106M) ou un nom.",
        widget=forms.Textarea(attrs={"rows": 4}),
    )

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        for name in ("geometry", "members"):
            vars(self.fields[name])["one_of"] = True

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if not data.get("geometry", "").strip() and not data.get("members", "").strip() and not self.errors:
            raise forms.ValidationError("Dites où est ce secteur : un contour, ou des communes et des quartiers.")
        return data


class LocalFileForm(forms.Form):
    """A file of local areas."""

    file = forms.FileField(
        label="Un fichier de secteurs",
        help_text="GeoJSON en WGS84 : un contour par secteur, son nom dans une propriété ; 20 Mo au plus.",
        widget=forms.FileInput(attrs={"accept": ".geojson,.json"}),
        error_messages={"empty": "Ce fichier est vide : choisissez-en un autre.", "required": "Choisissez un fichier."},
    )
    kind = forms.ChoiceField(label="Nature", choices=LocalAreaKind.choices)

    def clean_file(self) -> Any:
        return measured(self.cleaned_data.get("file"))
