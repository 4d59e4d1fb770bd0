"""Forms of people and spaces."""

from typing import Any

from django import forms
from django.contrib.auth.forms import AuthenticationForm
from django.contrib.auth.password_validation import validate_password

from comptoir.accounts.enums import Role
from comptoir.accounts.models import Person
from comptoir.spaces.models import Space

MAX_LOGO = 5 * 1024 * 1024


class SignInForm(AuthenticationForm):
    """E-mail address and password."""

    error_messages = {
        "invalid_login": "Cette adresse et ce mot de passe ne vont pas ensemble. Vérifiez les deux.",
        "inactive": "Ce compte est fermé. Demandez à la personne qui conduit le projet.",
    }

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.fields["username"].label = "Adresse électronique"
        self.fields["username"].widget = forms.EmailInput(attrs={"autocomplete": "username", "autofocus": True})
        self.fields["password"].label = "Mot de passe"


class LookForm(forms.ModelForm[Space]):
    """Name, colour, logo and document footer of a space."""

    new_logo = forms.FileField(
        label="Logo",
        required=False,
        help_text="Une image PNG, JPEG ou WebP. Elle est en tête des pages et des documents.",
        widget=forms.FileInput(attrs={"accept": "image/png,image/jpeg,image/webp"}),
    )
    remove_logo = forms.BooleanField(label="Retirer le logo actuel", required=False)

    class Meta:
        model = Space
        fields = ("name", "colour", "footer")
        widgets = {"colour": forms.TextInput(attrs={"type": "color"})}

    def clean_new_logo(self) -> Any:
        logo = self.cleaned_data.get("new_logo")
        if logo and logo.size > MAX_LOGO:
            raise forms.ValidationError("Cette image dépasse 5 Mo : réduisez-la.")
        return logo


LONG_ENOUGH = "12 caractères au moins. Une phrase que vous retenez vaut mieux qu'un mot compliqué."


def _password(label: str, *, current: bool = False, required: bool = True) -> forms.CharField:
    complete = "current-password" if current else "new-password"
    return forms.CharField(
        label=label,
        required=required,
        strip=False,
        help_text="" if current else LONG_ENOUGH,
        widget=forms.PasswordInput(attrs={"autocomplete": complete}),
    )


class EmailForm(forms.Form):
    """To what address a code goes."""

    email = forms.EmailField(
        label="Adresse électronique", widget=forms.EmailInput(attrs={"autocomplete": "username", "autofocus": True})
    )


class CodeForm(forms.Form):
    """Six characters, from a mail or from an application; or a recovery code."""

    code = forms.CharField(
        label="Code",
        max_length=20,
        widget=forms.TextInput(
            attrs={"autocomplete": "one-time-code", "autofocus": True, "autocapitalize": "characters"}
        ),
    )


class NameForm(forms.Form):
    name = forms.CharField(label="Nom", max_length=120, widget=forms.TextInput(attrs={"autocomplete": "name"}))


class ConfirmForm(forms.Form):
    """The current password, to prove again who one is."""

    password = _password("Mot de passe", current=True)


class NewPasswordForm(forms.Form):
    password = _password("Nouveau mot de passe")

    def __init__(self, person: Person, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.person = person

    def clean_password(self) -> str:
        password: str = self.cleaned_data["password"]
        validate_password(password, self.person)
        return password


class JoinForm(forms.Form):
    """Somebody who has no account yet: their name, and a password if they want one."""

    name = forms.CharField(
        label="Votre nom",
        max_length=120,
        help_text="Comme les autres membres le verront.",
        widget=forms.TextInput(attrs={"autocomplete": "name", "autofocus": True}),
    )
    password = _password("Mot de passe", required=False)

    def __init__(self, email: str, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.email = email
        self.fields["password"].help_text = f"Sans mot de passe, un code vous est envoyé à chaque fois. {LONG_ENOUGH}"

    def clean(self) -> dict[str, Any]:
        found: dict[str, Any] = super().clean() or {}
        if found.get("password"):
            try:
                validate_password(found["password"], Person(email=self.email, name=found.get("name", "")))
            except forms.ValidationError as error:
                self.add_error("password", error)
        return found


class RoleForm(forms.Form):
    """A role, and the organisation that the person speaks for."""

    role = forms.ChoiceField(label="Rôle", choices=[("", "Choisir"), *Role.choices])
    organisation = forms.CharField(
        label="Organisme",
        required=False,
        max_length=120,
        widget=forms.TextInput(attrs={"list": "organisations"}),
        help_text="Celui au nom duquel la personne agit ici.",
    )
    unit = forms.CharField(label="Service", required=False, max_length=120)


class InviteForm(RoleForm):
    email = forms.EmailField(label="Adresse électronique", widget=forms.EmailInput(attrs={"autocomplete": "off"}))
    message = forms.CharField(
        label="Un mot de votre part", required=False, max_length=1000, widget=forms.Textarea(attrs={"rows": 3})
    )
    field_order = ("email", "role", "organisation", "unit", "message")


class MemberForm(RoleForm):
    until = forms.DateField(
        label="Dernier jour d'accès",
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        help_text="Vide : sans fin.",
    )


class FirstLeadForm(forms.Form):
    """Who will lead a space that has nobody yet."""

    email = forms.EmailField(label="Adresse électronique", widget=forms.EmailInput(attrs={"autocomplete": "off"}))
    organisation = forms.CharField(label="Son organisme", required=False, max_length=120)
    message = forms.CharField(
        label="Un mot de votre part", required=False, max_length=1000, widget=forms.Textarea(attrs={"rows": 3})
    )


class OpenSpaceForm(forms.Form):
    """What the host says of a new space."""

    name = forms.CharField(label="Nom de l'espace", max_length=120)
    slug = forms.CharField(
        label="Adresse", max_length=40, help_text="Des minuscules, des chiffres, des tirets : rives-d-autan."
    )
    time_zone = forms.CharField(
        label="Fuseau horaire", max_length=40, initial="Europe/Paris", help_text="Par exemple Indian/Reunion."
    )
    email = forms.EmailField(label="Adresse électronique de la conduite de projet")
    organisation = forms.CharField(label="Son organisme", required=False, max_length=120)
