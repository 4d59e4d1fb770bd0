"""The team's pages of check-ins: the rounds, opening one after having seen who gets what, following it, closing it."""

from collections import Counter
from collections.abc import Sequence
from datetime import date
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.db.models import Count, Q, QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.safestring import SafeString
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from comptoir.accounts.http import SpaceRequest, in_space
from comptoir.accounts.rules import is_team
from comptoir.commitments import actions
from comptoir.commitments.check_in_forms import RhythmForm, RoundForm
from comptoir.commitments.models import CheckInRequest, CheckInRound
from comptoir.commitments.rounds import (
    KINDS,
    Preview,
    Standing,
    latest_round,
    preview_of,
    proposed_on,
    rhythm_of,
    standing,
    standing_of,
)
from comptoir.commitments.rules import may_ask
from comptoir.commitments.views.shared import contract_in_force, or_404
from comptoir.contracts.models import CityContract, Contact
from comptoir.contracts.views.shared import attempt, form_page
from comptoir.kit.lists import Choice, Column, Listing, Search
from comptoir.kit.templatetags.ui import badge

FORM = ["GET", "HEAD", "POST"]


def contract_asked(request: SpaceRequest) -> CityContract:
    contract = contract_in_force(request)
    or_404(contract)
    assert contract is not None
    return contract


def round_for(request: SpaceRequest, code: str) -> CheckInRound:
    found = get_object_or_404(CheckInRound.objects.select_related("contract"), space=request.space, code=code)
    found.space = request.space
    return found


def person_for(found: CheckInRound, code: str) -> Contact:
    """Somebody who is asked something in this round."""
    rows = Contact.objects.filter(check_in_requests__round=found).select_related("signatory__organisation").distinct()
    return get_object_or_404(rows, code=code)


@require_safe
@in_space(is_team)
def check_ins(request: SpaceRequest) -> HttpResponse:
    """The rounds of a contract, the last first, and when the next is proposed."""
    contract = contract_in_force(request)
    if contract is None:
        context: dict[str, Any] = {"may_write": may_ask(request.actor)}
        return render(request, "commitments/no_contract.html", context)
    rounds = contract.check_in_rounds.annotate(
        asked=Count("requests", filter=Q(requests__forwarded_from=None)),
        answered=Count("requests", filter=Q(requests__answered_at__isnull=False)),
        people=Count("requests__contact", distinct=True),
    )
    found = list(rounds.order_by("-opened_on", "-pk"))
    context = {
        "contract": contract, "rounds": found, "may_ask": may_ask(request.actor),
        "open": bool(found) and found[0].closed_on is None, "rhythm": rhythm_of(contract),
        "proposed": proposed_on(contract, found[0] if found else None, on=timezone.localdate()),
    }  # fmt: skip
    return render(request, "commitments/check_ins.html", context)


@require_http_methods(FORM)
@in_space(may_ask)
def check_in_rhythm(request: SpaceRequest) -> HttpResponse:
    contract = contract_asked(request)
    form = RhythmForm(request.POST or None, instance=rhythm_of(contract))
    return form_page(
        request, form, act=lambda data: actions.set_rhythm(actor=request.actor, contract=contract, **data),
        done="Le rythme est enregistré.", back=_list_url(request, contract), back_label="Points d'étape",
        title="Rythme des points d'étape", lede=contract.name,
    )  # fmt: skip


def _list_url(request: SpaceRequest, contract: CityContract) -> str:
    return f"{reverse('check_ins', args=(request.space.slug,))}?contrat={contract.code}"


@require_http_methods(FORM)
@in_space(may_ask)
def check_in_new(request: SpaceRequest) -> HttpResponse:
    """Open a round: what each will get, and when, stands under the form; sent with « voir », it opens nothing."""
    contract = contract_asked(request)
    rhythm, today = rhythm_of(contract), timezone.localdate()
    initial = {
        "starts_on": today, "spread_days": rhythm.spread_days, "per_person": rhythm.per_person,
        "substitute_after": rhythm.substitute_after,
    }  # fmt: skip
    signatories = list(contract.signatories.shown().by_name())
    form = RoundForm(request.POST or None, signatories=signatories, initial=initial)
    wanted = initial if not form.is_bound else form.cleaned_data if form.is_valid() else None
    if form.is_bound and wanted is not None and "voir" not in request.POST:
        made = attempt(form, lambda: _open(request, contract, form.cleaned_data, today))
        if made:
            messages.success(request, "Le point d'étape est ouvert : les courriels partent aux jours dits.")
            return redirect("check_in_round", request.space.slug, made.code)
    preview = _preview(contract, wanted, today) if wanted is not None else None
    last = latest_round(contract)
    context = {
        "contract": contract, "form": form, "preview": preview, "back": _list_url(request, contract),
        "already": last if last and last.closed_on is None else None,
    }  # fmt: skip
    return render(request, "commitments/check_in_new.html", context, status=422 if form.errors else 200)


def _open(request: SpaceRequest, contract: CityContract, data: dict[str, Any], on: date) -> CheckInRound:
    return actions.open_round(
        actor=request.actor, contract=contract, on=on, starts_on=max(data["starts_on"], on),
        spread_days=data["spread_days"], per_person=data["per_person"], substitute_after=data["substitute_after"],
        signatories=[UUID(pk) for pk in data["signatories"]],
    )  # fmt: skip


def _preview(contract: CityContract, data: dict[str, Any], on: date) -> Preview:
    return preview_of(
        contract, on=on, starts_on=max(data["starts_on"], on), spread_days=data["spread_days"],
        per_person=data["per_person"], signatories=[UUID(pk) for pk in data.get("signatories", ())],
    )  # fmt: skip


@require_safe
@in_space(is_team)
def check_in_round(request: SpaceRequest, code: str) -> HttpResponse:
    """One round: where each question stands, by person and organisation."""
    found = round_for(request, code)
    listing = _listing(request, found)
    if request.htmx or "format" in request.GET:
        return listing.respond(request, "commitments/check_in_round.html")
    requests = list(
        found.requests.select_related("contact__signatory__organisation").order_by(
            "contact__signatory__organisation__search", "contact__signatory", "contact__search", "contact", "pk"
        )
    )
    counted = Counter(standing_of(one) for one in requests)
    context = {
        "round": found, "contract": found.contract, "may_ask": may_ask(request.actor),
        "totals": [(one, KINDS[one], counted[one]) for one in Standing if counted[one]],
        "organisations": _by_organisation(requests),
    }  # fmt: skip
    return listing.respond(request, "commitments/check_in_round.html", context)


def _by_organisation(requests: Sequence[CheckInRequest]) -> list[tuple[str, int, int, int, int]]:
    """Organisation, asked, answered, without an answer, not reached."""
    found: dict[str, Counter[Standing]] = {}
    for one in requests:
        found.setdefault(one.contact.signatory.organisation.name, Counter())[standing_of(one)] += 1
    return [
        (
            name,
            sum(n for one, n in counted.items() if one not in {Standing.FORWARDED, Standing.CANCELLED}),
            counted[Standing.ANSWERED],
            counted[Standing.WAITING],
            counted[Standing.UNREACHED] + counted[Standing.BY_HAND],
        )
        for name, counted in found.items()
    ]


def _listing(request: SpaceRequest, found: CheckInRound) -> Listing[CheckInRequest]:
    slug = request.space.slug
    rows = found.requests.select_related(
        "contact__signatory__organisation", "commitment__wording", "reply", "forwarded_from"
    )
    return Listing(
        name="point-d-etape", title="Point d'étape", queryset=rows, order="organisme",
        unit=("question", "questions"), per_page=100,
        columns=(
            Column("organisme", "Organisme", lambda r: r.contact.signatory.organisation.name,
                   sort=("contact__signatory__organisation__search", "contact__search")),
            Column("personne", "Personne", lambda r: r.contact.name, sort="contact__search",
                   link=lambda r: reverse("check_in_person", args=(slug, found.code, r.contact.code))),
            Column("engagement", "Engagement", lambda r: r.commitment.text, sort="commitment__position",
                   link=lambda r: reverse("commitment", args=(slug, r.commitment.code))),
            Column("demande", "Demandé le", lambda r: r.send_on, sort="send_on"),
            Column("ou", "Demande", _standing, export=lambda r: standing_of(r).value),
            Column("reponse", "Réponse", _reply),
            Column("recue", "Reçue le", lambda r: r.reply.answered_on if hasattr(r, "reply") else None,
                   sort="reply__answered_on"),
            Column("comment", "Comment", lambda r: r.reply.get_channel_display() if hasattr(r, "reply") else "",
                   only_export=True),
            Column("echec", "Pourquoi non joint", lambda r: r.failure, only_export=True),
        ),
        filters=(
            Search(("contact__search", "commitment__wording__search", "contact__signatory__organisation__search")),
            Choice("demande", "Demande", [(one.name, one.value.capitalize()) for one in Standing],
                   narrowed=lambda found, asked: found.filter(standing(Standing[asked]))),
            Choice("organisme", "Organisme", _organisations, lookup="contact__signatory__code"),
        ),
    )  # fmt: skip


def _standing(request: CheckInRequest) -> SafeString:
    found = standing_of(request)
    label = f"{found.value}, suppléant·e" if request.step == 2 and found == Standing.WAITING else found.value
    return badge(label, kind=KINDS[found])


def _reply(request: CheckInRequest) -> str:
    if not hasattr(request, "reply"):
        return ""
    return f"{request.reply.get_answer_display()}{f' : {request.reply.line}' if request.reply.line else ''}"


def _organisations(base: "QuerySet[Any]") -> list[tuple[str, str]]:
    found = base.order_by("contact__signatory__organisation__search", "contact__signatory__code")
    return list(found.values_list("contact__signatory__code", "contact__signatory__organisation__name").distinct())


@require_POST
@in_space(may_ask)
def check_in_close(request: SpaceRequest, code: str) -> HttpResponse:
    found = round_for(request, code)
    actions.close_round(actor=request.actor, found=found, on=timezone.localdate())
    messages.success(request, "Ce point d'étape est clos : ses liens ne reçoivent plus de réponse.")
    return redirect("check_in_round", request.space.slug, code)


@require_POST
@in_space(may_ask)
def check_in_reopen(request: SpaceRequest, code: str) -> HttpResponse:
    actions.reopen_round(actor=request.actor, found=round_for(request, code))
    messages.success(request, "Ce point d'étape est rouvert : ses liens reçoivent de nouveau des réponses.")
    return redirect("check_in_round", request.space.slug, code)


@require_POST
@in_space(is_team)
def check_in_unreached(request: SpaceRequest, code: str, person: str) -> HttpResponse:
    found = round_for(request, code)
    contact = person_for(found, person)
    if actions.mark_unreached(actor=request.actor, found=found, contact=contact):
        messages.success(request, f"{contact.name} est « non joint » : cela ne dit rien de son organisme.")
    return redirect("check_in_person", request.space.slug, code, person)


@require_POST
@in_space(may_ask)
def check_in_again(request: SpaceRequest, code: str, person: str) -> HttpResponse:
    found = round_for(request, code)
    contact = person_for(found, person)
    early = "early" in request.POST
    sent = actions.send_again(actor=request.actor, found=found, contact=contact, on=timezone.localdate(), early=early)
    if early:
        messages.success(request, f"La question part à {contact.name}.")
    elif sent:
        messages.success(request, f"La question repart à {contact.name}. L'ancien lien ne sert plus.")
    return redirect("check_in_person", request.space.slug, code, person)
