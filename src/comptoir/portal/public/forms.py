"""Forms of the public page."""

from django import forms

from comptoir.portal.public.actions import MAX_TEXT


class PublicPageForm(forms.Form):
    """The words of the public page; the buttons say whether it is open."""

    welcome = forms.CharField(
        label="Mot d'accueil",
        required=False,
        max_length=MAX_TEXT,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Deux phrases, comme à quelqu'un que vous croisez : qui vous êtes, ce que l'on trouve ici.",
    )
    where_to_speak = forms.CharField(
        label="Où dire quelque chose",
        required=False,
        max_length=MAX_TEXT,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Par exemple : « Tous les mardis à 14 h, maison de quartier ». Vide : rien n'est montré.",
    )
    announces = forms.BooleanField(label="Annoncer le prochain comptoir : son jour et son lieu", required=False)
