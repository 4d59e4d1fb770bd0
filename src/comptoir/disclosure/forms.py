"""The form of the threshold."""

from django import forms

from comptoir.analysis.public_copy.origins import LEAST_THRESHOLD
from comptoir.disclosure.actions import MOST


class ThresholdForm(forms.Form):
    threshold = forms.IntegerField(
        label="Seuil",
        min_value=LEAST_THRESHOLD,
        max_value=MOST,
        help_text="Nombre de notes d'un même groupe au-dessous duquel on n'affiche ni qui parle, ni la table.",
        error_messages={
            "required": "Donnez un nombre.",
            "invalid": "Donnez un nombre entier.",
            "min_value": f"Le seuil est d'au moins {LEAST_THRESHOLD}.",
            "max_value": f"Le seuil est d'au plus {MOST}.",
        },
    )
