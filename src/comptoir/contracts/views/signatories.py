"""The signatories, the card of each, its services, its contacts, its meet-ups."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from comptoir.accounts.actions import organisation_named
from comptoir.accounts.enums import OrganisationKind
from comptoir.accounts.http import SpaceRequest, in_space
from comptoir.accounts.rules import is_member
from comptoir.contracts.actions import (
    add_contact,
    add_signatory,
    add_unit,
    change_card,
    change_contact,
    change_signature,
    log_meet_up,
    withdraw_contact,
    withdraw_meet_up,
    withdraw_signatory,
    withdraw_unit,
)
from comptoir.contracts.forms import CardForm, ContactForm, MeetUpForm, SignatoryForm, UnitForm
from comptoir.contracts.kinds import BY_KIND
from comptoir.contracts.models import CityContract, MeetUp, Referent, Signatory, Substitute
from comptoir.contracts.overview import completeness, missing_kinds, standings
from comptoir.contracts.rules import (
    may_edit_card,
    may_edit_cards,
    may_edit_contract,
    may_log_meet_up,
    may_see_details,
)
from comptoir.contracts.slots import signatory_commitments
from comptoir.contracts.views.shared import (
    card_for,
    contact_for,
    contract_for,
    editable_signatory,
    form_page,
    page,
    signatory_for,
    today,
    url,
)
from comptoir.kit.errors import Invalid

FORM = ["GET", "HEAD", "POST"]
CONTACTS = 50  # on the card of a signatory; the address book has all of them


@require_safe
@in_space(is_member)
def signatories(request: SpaceRequest, code: str) -> HttpResponse:
    found = contract_for(request, code)
    standing = standings(found, today())
    return page(
        request, "contracts/signatories.html", found, "signatories",
        standings=standing, gauge=completeness(standing), missing=missing_kinds(standing),
        may_edit=may_edit_contract(request.actor), sees_details=may_see_details(request.actor),
    )  # fmt: skip


@require_http_methods(FORM)
@in_space(may_edit_contract)
def signatory_new(request: SpaceRequest, code: str) -> HttpResponse:
    """`?kind=` proposes what is usual for a kind of the list « Qui ? »."""
    found = contract_for(request, code)
    sheet = BY_KIND.get(request.GET.get("kind", ""))
    initial = {"kind": sheet.kind, "missions": sheet.competences} if sheet else {"kind": OrganisationKind.TOWN}
    form = SignatoryForm(request.POST or None, initial=initial)

    def act(data: dict[str, str]) -> Signatory:
        organisation = organisation_named(data["name"], OrganisationKind(data["kind"]))
        if organisation is None:
            raise Invalid("Donnez le nom de l'organisme.", field="name")
        return add_signatory(
            actor=request.actor, contract=found, organisation=organisation, kind=data["kind"],
            signed_on=data["signed_on"], missions=data["missions"],  # type: ignore[arg-type]  # a day of the form
        )  # fmt: skip

    return form_page(
        request, form, act=act, done="Le signataire est ajouté. Il reste à trouver son référent.",
        back=url(request, "signatories", code), back_label="Signataires", title="Ajouter un signataire",
        submit="Ajouter", lede="Les missions proposées sont celles d'un tel organisme d'ordinaire : à vérifier."
        if sheet
        else "",
        goes_to=lambda made: url(request, "signatory", code, made.code),
    )  # fmt: skip


@require_safe
@in_space(is_member)
def signatory(request: SpaceRequest, code: str, item: str) -> HttpResponse:
    found, shown = card_for(request, code, item)
    day = today()
    terms = list(
        Referent.objects.with_people()
        .filter(signatory=shown)
        .select_related("contact", "unit__unit", "handover__successor__contact")
        .order_by("-starts_on", "-pk")
    )
    substitutes = [
        one
        for one in Substitute.objects.select_related("contact").filter(referent__signatory=shown).order_by("starts_on")
        if one.ends_on is None or one.ends_on >= day
    ]
    known = shown.contacts.shown().select_related("unit__unit").order_by("search", "pk")
    contacts = list(known[: CONTACTS + 1])
    for term in terms:
        term.__dict__["standing_in"] = [one for one in substitutes if one.referent_id == term.pk]
    return page(
        request, "contracts/signatory.html", found, "signatories",
        signatory=shown, sheet=BY_KIND.get(shown.kind),
        terms=[term for term in terms if term.ends_on is None or term.ends_on >= day],
        former=[term for term in terms if term.ends_on is not None and term.ends_on < day],
        units=list(shown.units.filter(withdrawn_at=None).select_related("unit").order_by("unit__name")),
        contacts=contacts[:CONTACTS], more_contacts=len(contacts) > CONTACTS,
        meet_ups=list(shown.meet_ups.filter(withdrawn_at=None).order_by("-held_on", "-pk")[:10]),
        pieces=signatory_commitments.pieces(request.actor, [shown])[shown.pk],
        may_edit_card=may_edit_card(request.actor, shown), may_edit=may_edit_contract(request.actor),
        sees_details=may_see_details(request.actor), may_log=may_log_meet_up(request.actor), day=day,
    )  # fmt: skip


def _card(request: SpaceRequest, code: str, item: str) -> tuple[CityContract, Signatory, str]:
    """The contract, the signatory that the actor may edit, the address of its card."""
    found = contract_for(request, code)
    return found, editable_signatory(request, found, item), url(request, "signatory", code, item)


@require_http_methods(FORM)
@in_space(may_edit_cards)
def signatory_edit(request: SpaceRequest, code: str, item: str) -> HttpResponse:
    found, shown, back = _card(request, code, item)
    whole = may_edit_contract(request.actor)
    form = CardForm(request.POST or None, instance=signatory_for(request, found, item), whole=whole)

    def act(data: dict[str, str]) -> Signatory:
        if whole:
            change_signature(actor=request.actor, signatory=shown, kind=data["kind"], signed_on=data["signed_on"])  # type: ignore[arg-type]  # a day of the form
        return change_card(
            actor=request.actor, signatory=shown, missions=data["missions"], reached_at=data["reached_at"]
        )

    return form_page(
        request, form, act=act, done="La fiche est à jour.", back=back, back_label=str(shown), title="Modifier la fiche"
    )


@require_POST
@in_space(may_edit_contract)
def signatory_withdraw(request: SpaceRequest, code: str, item: str) -> HttpResponse:
    _, shown, _ = _card(request, code, item)
    withdraw_signatory(actor=request.actor, signatory=shown, day=today())
    messages.success(request, "Ce signataire n'est plus dans le contrat. Son histoire reste au journal.")
    return redirect("signatories", request.space.slug, code)


@require_http_methods(FORM)
@in_space(may_edit_cards)
def unit_new(request: SpaceRequest, code: str, item: str) -> HttpResponse:
    _, shown, back = _card(request, code, item)
    return form_page(
        request, UnitForm(request.POST or None),
        act=lambda data: add_unit(actor=request.actor, signatory=shown, **data), done="Le service est sur la fiche.",
        back=back, back_label=str(shown), title="Ajouter un service", submit="Ajouter",
        lede="Un service a son propre référent : il porte sa part des engagements.",
    )  # fmt: skip


@require_POST
@in_space(may_edit_cards)
def unit_withdraw(request: SpaceRequest, code: str, item: str, unit: str) -> HttpResponse:
    _, shown, back = _card(request, code, item)
    found = get_object_or_404(shown.units.filter(withdrawn_at=None), code=unit)
    found.signatory = shown
    withdraw_unit(actor=request.actor, unit=found, day=today())
    messages.success(request, "Le service n'est plus sur la fiche.")
    return redirect(back)


@require_http_methods(FORM)
@in_space(may_edit_cards)
def contact_new(request: SpaceRequest, code: str, item: str) -> HttpResponse:
    _, shown, back = _card(request, code, item)
    return form_page(
        request, ContactForm(request.POST or None, signatory=shown),
        act=lambda data: add_contact(actor=request.actor, signatory=shown, **data), done="Le contact est sur la fiche.",
        back=back, back_label=str(shown), title="Ajouter un contact", submit="Ajouter",
    )  # fmt: skip


@require_http_methods(FORM)
@in_space(may_edit_cards)
def contact_edit(request: SpaceRequest, code: str, item: str, contact: str) -> HttpResponse:
    _, shown, back = _card(request, code, item)
    known = contact_for(shown, contact)
    form = ContactForm(request.POST or None, instance=contact_for(shown, contact), signatory=shown)
    return form_page(
        request, form,
        act=lambda data: change_contact(actor=request.actor, contact=known, **{"unit": None, **data}),
        done="Le contact est à jour.", back=back, back_label=str(shown), title="Modifier un contact",
    )  # fmt: skip


@require_POST
@in_space(may_edit_cards)
def contact_withdraw(request: SpaceRequest, code: str, item: str, contact: str) -> HttpResponse:
    _, shown, back = _card(request, code, item)
    withdraw_contact(actor=request.actor, contact=contact_for(shown, contact), day=today())
    messages.success(request, "Ce contact n'est plus sur la fiche.")
    return redirect(back)


@require_http_methods(FORM)
@in_space(may_log_meet_up)
def meet_up_new(request: SpaceRequest, code: str) -> HttpResponse:
    """`?with=` ticks the signatory whose card one comes from."""
    found = contract_for(request, code)
    rows = found.signatories.shown().by_name()
    met = [one.pk for one in rows if one.code == request.GET.get("with")]
    form = MeetUpForm(request.POST or None, signatories=rows, initial={"held_on": today(), "signatories": met})
    return form_page(
        request, form, act=lambda data: log_meet_up(actor=request.actor, contract=found, **data),
        done="La rencontre est notée sur la fiche de chacun.", back=url(request, "signatories", code),
        back_label="Signataires", title="Noter une rencontre", submit="Noter",
        lede="Se connaître avant d'en avoir besoin : qui s'est vu, quand, et ce qu'on a appris les uns des autres.",
    )  # fmt: skip


@require_POST
@in_space(may_edit_contract)
def meet_up_withdraw(request: SpaceRequest, code: str, met: str) -> HttpResponse:
    found = contract_for(request, code)
    row = get_object_or_404(
        MeetUp.objects.select_related("contract").filter(contract=found, withdrawn_at=None), code=met
    )
    withdraw_meet_up(actor=request.actor, met=row)
    messages.success(request, "La rencontre est retirée.")
    return redirect("signatories", request.space.slug, code)
