"""Forms of imports: what is sent, and which column is which."""

from typing import Any

from django import forms

from comptoir.imports.kinds import Kind
from comptoir.imports.reading import Table
from comptoir.kit.uploads import TABLES, UploadField

PASTED = "lignes collées.csv"


class ReceiveForm(forms.Form):
    """A file, or lines copied from a spreadsheet. One of the two."""

    file = UploadField(
        label="Votre fichier",
        required=False,
        accept=TABLES,
        help_text="CSV, Excel ou LibreOffice ; 20 Mo au plus. La première ligne nomme les colonnes.",
    )
    text = forms.CharField(
        label="Ou collez des lignes copiées d'un tableur",
        required=False,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text="Avec la ligne de titres.",
    )

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            vars(field)["one_of"] = True

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if not self.errors and not data.get("file") and not (data.get("text") or "").strip():
            raise forms.ValidationError("Choisissez un fichier, ou collez des lignes.")
        return data


class ColumnsForm(forms.Form):
    """One choice per field of the kind: a column of the file, or none."""

    def __init__(self, *args: Any, kind: Kind, table: Table, mapping: dict[str, int], **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.kind = kind
        if len(table.sheets) > 1:
            self.fields["sheet"] = forms.TypedChoiceField(
                label="Feuille", coerce=int, choices=list(enumerate(table.sheets)), initial=table.sheet
            )
        columns = [("", "Aucune")]
        for number, header in enumerate(table.headers):
            samples = ", ".join(one[:30] for one in table.samples(number))
            columns.append((str(number), f"{header} ({samples})" if samples else header))
        for one in kind.fields:
            self.fields[f"field_{one.name}"] = forms.TypedChoiceField(
                label=one.label, coerce=int, empty_value=None, required=False, choices=columns,
                initial=mapping.get(one.name),
                error_messages={"invalid_choice": "Cette colonne n'est pas dans le fichier."},
            )  # fmt: skip
            vars(self.fields[f"field_{one.name}"])["one_of"] = True

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        columns = list(self.mapping.values())
        if len(set(columns)) < len(columns):
            raise forms.ValidationError("Une même colonne est choisie deux fois : gardez-la pour une seule.")
        if not self.errors and not any(set(key) & set(self.mapping) for key in self.kind.keys):
            needed = " ou ".join(self.kind.field(key[0]).label for key in self.kind.keys)
            raise forms.ValidationError(f"Dites quelle colonne permet de reconnaître les lignes : {needed}.")
        return data

    @property
    def mapping(self) -> dict[str, int]:
        """Field name to column number, of the columns chosen."""
        found = {one.name: self.cleaned_data.get(f"field_{one.name}") for one in self.kind.fields}
        return {name: column for name, column in found.items() if column is not None}
