"""The address book of a contract: for those who may read how people are reached."""

from django.db.models import QuerySet
from django.http import HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_safe

from comptoir.accounts.http import SpaceRequest, in_space
from comptoir.contracts.models import CityContract, Contact, Referent
from comptoir.contracts.rules import may_edit_contract, may_see_details
from comptoir.contracts.views.shared import contract_for, tabs, today
from comptoir.kit.lists import Choice, Column, Listing, Search


def address_book(contract: CityContract) -> Listing[Contact]:
    """Everyone who can be reached at the signatories, with what they are referent of today."""
    slug = contract.space.slug
    day = today()

    def with_terms(contacts: list[Contact]) -> list[Contact]:
        held = Referent.objects.on(day).filter(contact__in=contacts).select_related("unit__unit").order_by("pk")
        terms: dict[object, list[str]] = {}
        for term in held:
            terms.setdefault(term.contact_id, []).append(f"référent ({term.unit})" if term.unit else "référent")
        for contact in contacts:
            contact.__dict__["terms_said"] = ", ".join(terms.get(contact.pk, ()))
        return contacts

    return Listing(
        name="contacts",
        title="Annuaire des signataires",
        queryset=Contact.objects.shown()
        .filter(signatory__contract=contract, signatory__withdrawn_at=None)
        .select_related("signatory__organisation", "unit__unit"),
        rows=with_terms,
        columns=(
            Column("nom", "Nom", lambda one: one.name, sort="search"),
            Column(
                "organisme", "Organisme", lambda one: one.signatory.organisation.name,
                sort="signatory__organisation__search",
                link=lambda one: reverse("signatory", args=(slug, contract.code, one.signatory.code)),
            ),
            Column("service", "Service", lambda one: str(one.unit) if one.unit else ""),
            Column("fonction", "Fonction", lambda one: one.position),
            Column("mandat", "Mandat", lambda one: one.__dict__["terms_said"]),
            Column("adresse", "Adresse électronique", lambda one: one.email),
            Column("ligne", "Ligne directe", lambda one: one.phone),
        ),
        filters=(
            Search(("search", "signatory__organisation__search")),
            Choice("organisme", "Organisme", _organisations, lookup="signatory__code"),
        ),
        order="nom",
        unit=("contact", "contacts"),
    )  # fmt: skip


def _organisations(contacts: QuerySet[Contact]) -> list[tuple[str, str]]:
    names = contacts.order_by("signatory__organisation__search").values_list(
        "signatory__code", "signatory__organisation__name"
    )
    return list(dict(names.distinct()).items())


@require_safe
@in_space(may_see_details)
def contacts(request: SpaceRequest, code: str) -> HttpResponse:
    found = contract_for(request, code)
    context = {
        "contract": found,
        "tabs": tabs(request, found, "signatories"),
        "may_import": may_edit_contract(request.actor),
    }
    return address_book(found).respond(request, "contracts/contacts.html", context)
