"""Forms of promises, watch-keepers, flags, reviews, and of a line of the table."""

from typing import Any

from django import forms

from comptoir.accounts.enums import Role
from comptoir.accounts.models import Membership
from comptoir.commitments.enums import CheckInAnswer, PromiseFate
from comptoir.commitments.models import Commitment
from comptoir.contracts.forms import DayField
from comptoir.contracts.models import CityContract, Signatory
from comptoir.territories.models import PriorityNeighbourhood


def _area(label: str, most: int, rows: int = 3, **kwargs: Any) -> forms.CharField:
    return forms.CharField(label=label, max_length=most, widget=forms.Textarea(attrs={"rows": rows}), **kwargs)


class MemberField(forms.ModelChoiceField["Membership"]):
    def label_from_instance(self, obj: Any) -> str:
        return f"{obj.person.name}, {obj.get_role_display()}"


class PromiseForm(forms.Form):
    """One's own; the team may write somebody else's, with their consent."""

    text = _area("Ce qui a été promis", 1000)
    author = MemberField(label="Qui l'a dit", queryset=Membership.objects.none(), required=False, empty_label="—")
    author_name = forms.CharField(
        label="Ou, sans compte ici", max_length=160, required=False, help_text="Un nom, une fonction."
    )
    elected = forms.BooleanField(label="C'est une personne élue", required=False)
    consented = forms.BooleanField(label="Cette personne est d'accord pour que sa parole soit notée", required=False)
    made_on = DayField(label="Dit le")
    occasion = forms.CharField(label="Où", max_length=200, required=False)
    due_on = DayField(label="Pour quand", required=False)
    neighbourhood = forms.ModelChoiceField(
        label="Quartier", queryset=PriorityNeighbourhood.objects.none(), required=False, empty_label="Tous"
    )

    def __init__(self, *args: Any, contract: CityContract, members: Any, own: Membership, **kwargs: Any):
        super().__init__(*args, **kwargs)
        places = self.fields["neighbourhood"]
        assert isinstance(places, forms.ModelChoiceField)
        places.queryset = PriorityNeighbourhood.objects.filter(contracts=contract).order_by("search", "code")
        if members is None:
            for name in ("author", "author_name", "elected", "consented"):
                del self.fields[name]
            return
        author = self.fields["author"]
        assert isinstance(author, MemberField)
        promising = (Role.PROJECT_LEAD, Role.FACILITATOR, Role.REFERENT, Role.ELECTED_OFFICIAL)
        author.queryset = members.filter(role__in=promising).order_by("person__name", "pk")
        author.initial = own.pk


class FollowForm(forms.Form):
    fate = forms.ChoiceField(label="Aujourd'hui", choices=PromiseFate.choices, widget=forms.RadioSelect)
    explanation = _area(
        "Ce qu'il en est, et pourquoi", 1000, required=False, help_text="Obligatoire si elle est sans suite à ce jour."
    )


class CommitmentField(forms.ModelChoiceField["Commitment"]):
    def label_from_instance(self, obj: Any) -> str:
        return f"{obj.signatory.organisation.name} : {obj.text[:110]}"


class BecomeForm(forms.Form):
    commitment = CommitmentField(label="L'engagement", queryset=Commitment.objects.none(), empty_label="Choisir…")

    def __init__(self, *args: Any, commitments: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        field = self.fields["commitment"]
        assert isinstance(field, CommitmentField)
        field.queryset = commitments


class CapacityForm(forms.Form):
    """A number for the whole contract and one for each of its neighbourhoods. `places`: which field is for which."""

    def __init__(self, *args: Any, contract: CityContract, numbers: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        known = {row.neighbourhood_id: row.most for row in numbers}
        named = PriorityNeighbourhood.objects.filter(contracts=contract).order_by("search", "code")
        self.places: list[tuple[PriorityNeighbourhood | None, str]] = [(None, "all")]
        self.places += [(place, place.code) for place in named]
        for place, name in self.places:
            self.fields[name] = forms.IntegerField(
                label=place.name if place else "En tout", required=False, min_value=0, max_value=1000,
                initial=known.get(place.pk if place else None),
            )  # fmt: skip


class FlagForm(forms.Form):
    text = _area(
        "Votre question", 1000, help_text="Le référent du signataire ou l'équipe vous répond, ici, devant tous."
    )


class AnswerForm(forms.Form):
    answer = _area("Réponse", 1000)


class WatchKeeperForm(forms.Form):
    member = MemberField(label="Vigie", queryset=Membership.objects.none(), empty_label="Choisir…")

    def __init__(self, *args: Any, members: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        field = self.fields["member"]
        assert isinstance(field, MemberField)
        field.queryset = members


class ReviewForm(forms.Form):
    presenter = forms.ModelChoiceField(label="Présentée par", queryset=Signatory.objects.none(), empty_label=None)
    held_on = DayField(label="Tenue le")
    decided = _area("Ce qui en est sorti", 2000, required=False)

    def __init__(self, *args: Any, signatories: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        field = self.fields["presenter"]
        assert isinstance(field, forms.ModelChoiceField)
        field.queryset = signatories


class LineForm(forms.Form):
    """What the owner of a line keeps up to date in the table."""

    next_step = forms.CharField(label="D'ici trois mois", max_length=300, required=False)
    next_step_on = DayField(label="Pour le", required=False)
    due_on = DayField(label="Échéance", required=False)
    answer = forms.ChoiceField(
        label="Où en est-on ?", choices=[("", "Rien de neuf"), *CheckInAnswer.choices], required=False
    )
    line = forms.CharField(label="Une phrase", max_length=500, required=False)

    def __init__(self, *args: Any, commitment: Commitment, **kwargs: Any):
        kwargs["auto_id"] = f"ligne-{commitment.code}-%s"  # several lines of one table may be open at once
        super().__init__(*args, **kwargs)
        if commitment.yearly:
            del self.fields["due_on"]
