"""The field of a form that takes a file: its size and its absence are told in one French sentence."""

from typing import Any

from django import forms
from django.conf import settings

TABLES = ".csv,.tsv,.txt,.xlsx,.xls,.ods"
PICTURES = "image/png,image/jpeg,image/webp"
_ABSENT = "Le fichier n'est pas arrivé : choisissez-le de nouveau."


class UploadField(forms.FileField):
    """`accept`: what the browser offers to choose. `most`: bytes; MAX_UPLOAD where nothing is said."""

    def __init__(self, *, accept: str = "", most: int = 0, **kwargs: Any):
        kwargs.setdefault("widget", forms.FileInput(attrs={"accept": accept} if accept else {}))
        messages = {
            "required": "Choisissez un fichier.", "empty": "Ce fichier est vide : choisissez-en un autre.",
            "missing": _ABSENT, "invalid": _ABSENT,
            "max_length": "Le nom de ce fichier est trop long : raccourcissez-le.",
        }  # fmt: skip
        kwargs["error_messages"] = {**messages, **kwargs.get("error_messages", {})}
        super().__init__(**kwargs)
        self.most = most

    def clean(self, data: Any, initial: Any = None) -> Any:
        file = super().clean(data, initial)
        most = self.most or settings.MAX_UPLOAD
        if file and file.size > most:
            raise forms.ValidationError(f"Ce fichier dépasse {most // 1024 // 1024} Mo : réduisez-le ou coupez-le.")
        return file
