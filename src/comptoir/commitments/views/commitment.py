"""One commitment: its state on each axis, what it was read from, where it comes from; writing and correcting it."""

from decimal import Decimal

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from comptoir.accounts.history import history_of
from comptoir.accounts.http import SpaceRequest, in_space
from comptoir.accounts.rules import is_member
from comptoir.commitments import actions
from comptoir.commitments.advice import advice_on, advice_while_writing
from comptoir.commitments.around import around
from comptoir.commitments.enums import LABELS, MISSING, NEWS
from comptoir.commitments.forms import CommitmentForm, MeansForm, NewCommitmentForm, WordingForm
from comptoir.commitments.models import Commitment
from comptoir.commitments.reading import referents_of, states_of
from comptoir.commitments.rules import (
    may_confirm,
    may_decide,
    may_edit,
    may_link,
    may_see_news,
    may_tell,
    may_write_commitments,
)
from comptoir.commitments.slots import commitment_pieces
from comptoir.commitments.thread import back_of, on_of
from comptoir.commitments.views.shared import (
    BADGES,
    commitment_for,
    contract_in_force,
    editable,
    or_404,
    own_signatories,
)
from comptoir.commitments.views.watching import watch_context
from comptoir.contracts.models import Signatory
from comptoir.contracts.views.shared import form_page
from comptoir.voices.models import Statement

FORM = ["GET", "HEAD", "POST"]
SHOWN_REPLIES = 10


def _url(request: SpaceRequest, commitment: Commitment) -> str:
    return reverse("commitment", args=(request.space.slug, commitment.code))


@require_safe
@in_space(is_member)
def commitment(request: SpaceRequest, code: str) -> HttpResponse:
    found, today = commitment_for(request, code), timezone.localdate()
    referents = referents_of([found], on=today)
    state = states_of([found], on=today, referents=referents)[found.pk]
    lists, referent = around(found), referents.get(found.pk)
    evidence = list(found.evidence.filter(withdrawn_at=None).select_related("file"))
    context = {
        "commitment": found, "referent": referent, "state": state, "label": LABELS[state.label],
        "kind": BADGES[state.label], "missing": [MISSING[need] for need in state.missing],
        "years": [(year.year, LABELS[year.label], BADGES[year.label]) for year in state.years],
        "news": NEWS[state.news] if may_see_news(request.actor) else "", "around": lists,
        "evidence": [(one, may_confirm(request.actor, one)) for one in evidence],
        "replies": lists.replies[:SHOWN_REPLIES],
        "back": back_of(request.actor, found), "on": on_of(evidence),
        "here": {"label": "engagement", "text": found.text},
        "pieces": commitment_pieces.pieces(request.actor, [found])[found.pk],
        "may_edit": may_edit(request.actor, found), "may_tell": may_tell(request.actor, found),
        "may_decide": may_decide(request.actor), "may_link": may_link(request.actor),
        "advice": advice_on(found, referent) if may_edit(request.actor, found) else [],
        "history": history_of(request.space, found.pk), **watch_context(request.actor, lists),
    }  # fmt: skip
    return render(request, "commitments/commitment.html", context)


@require_http_methods(FORM)
@in_space(may_write_commitments)
def commitment_new(request: SpaceRequest) -> HttpResponse:
    """`?ligne=` links what is written to a line of a synthesis: a commitment is born from what was said."""
    contract = contract_in_force(request)
    or_404(contract)
    assert contract is not None
    allowed = own_signatories(request.actor, contract)
    signatories = contract.signatories.filter(pk__in=[s.pk for s in allowed]).by_name()
    initial = {"signatory": allowed[0]} if len(allowed) == 1 else {}
    form = NewCommitmentForm(request.POST or None, signatories=signatories, initial=initial)
    line = _line(request)
    checking = request.method == "POST" and request.POST.get("verb") == "check"
    advice = advice_while_writing(request.POST, who=True)
    lede = "Une phrase et un signataire suffisent : le reste peut attendre."
    lede = f"Né de « {line.wording} »." if line is not None else lede
    back = reverse("commitments", args=(request.space.slug,))
    context = {"advice": advice, "typed": bool(request.POST), "advice_url": _advice_url(request)}
    if checking:  # read again before it is saved: nothing is written, nothing typed is lost
        context |= {"form": NewCommitmentForm(signatories=signatories, initial=request.POST.dict()), "back": back}
        context |= {"title": "Écrire un engagement", "lede": lede, "submit": "Enregistrer", "back_label": "Engagements"}
        return render(request, "commitments/new.html", context)

    def act(data: dict[str, object]) -> Commitment:
        signatory = data.pop("signatory")
        assert isinstance(signatory, Signatory)
        made = actions.write(actor=request.actor, signatory=signatory, **data)  # type: ignore[arg-type]  # cleaned
        if line is not None:
            actions.link(actor=request.actor, commitment=made, statement=line)
        return made

    return form_page(
        request, form, act=act, done="Engagement écrit.", back=back, back_label="Engagements",
        title="Écrire un engagement", submit="Enregistrer", lede=lede, goes_to=lambda made: _url(request, made),
        template="commitments/new.html", **context,
    )  # fmt: skip


def _advice_url(request: SpaceRequest) -> str:
    return reverse("commitment_advice", args=(request.space.slug,))


def _line(request: SpaceRequest) -> Statement | None:
    asked = request.GET.get("ligne", "")
    if not asked or not may_link(request.actor):
        return None
    return get_object_or_404(Statement.objects.live().with_words(), space=request.space, code=asked)


@require_http_methods(FORM)
@in_space(may_write_commitments)
def commitment_edit(request: SpaceRequest, code: str) -> HttpResponse:
    found = editable(request, code)
    form = CommitmentForm(
        request.POST or None, instance=editable(request, code), contract=found.contract, signatory=found.signatory
    )
    return form_page(
        request, form, act=lambda data: actions.change(actor=request.actor, commitment=found, **data) or found,
        done="Enregistré.", back=_url(request, found), back_label="L'engagement", title="Préciser",
        lede=found.text,
    )  # fmt: skip


@require_http_methods(FORM)
@in_space(may_write_commitments)
def commitment_reword(request: SpaceRequest, code: str) -> HttpResponse:
    found = editable(request, code)
    form = WordingForm(request.POST or None, initial={"wording": found.text})
    return form_page(
        request, form,
        act=lambda data: actions.reword(
            actor=request.actor, commitment=found, text=data["wording"], reason=data["reason"]
        ),
        done="Enregistré. Les rédactions d'avant sont gardées.", back=_url(request, found),
        back_label="L'engagement", title="Récrire",
        lede="La rédaction d'avant reste dans l'historique, et le changement se verra à la prochaine réunion.",
    )  # fmt: skip


@require_http_methods(FORM)
@in_space(may_write_commitments)
def means_new(request: SpaceRequest, code: str) -> HttpResponse:
    found = editable(request, code)
    form = MeansForm(request.POST or None)

    def act(data: dict[str, object]) -> object:
        amount = data["amount"]
        assert isinstance(amount, Decimal)
        there = [(m.kind, m.unit, m.amount, m.note) for m in found.means.all()]
        new = (str(data["kind"]), str(data["unit"]), amount, str(data["note"]))
        return actions.set_means(actor=request.actor, commitment=found, means=[*there, new])

    return form_page(
        request, form, act=act, done="Moyen ajouté.", back=_url(request, found), back_label="L'engagement",
        title="Ajouter un moyen", submit="Ajouter", lede=found.text,
    )  # fmt: skip


@require_POST
@in_space(may_write_commitments)
def means_remove(request: SpaceRequest, code: str, rank: int) -> HttpResponse:
    """Take the means of this rank off."""
    found = editable(request, code)
    there = [(m.kind, m.unit, m.amount, m.note) for m in found.means.all()]
    or_404(0 <= rank < len(there))
    actions.set_means(actor=request.actor, commitment=found, means=there[:rank] + there[rank + 1 :])
    messages.success(request, "Moyen retiré.")
    return redirect(_url(request, found))


@require_POST
@in_space(may_write_commitments)
def commitment_withdraw(request: SpaceRequest, code: str) -> HttpResponse:
    found = editable(request, code)
    if found.withdrawn_at is None:
        actions.withdraw(actor=request.actor, commitment=found)
        messages.success(request, "Engagement retiré du tableau. Il est gardé, avec ses pièces.")
    else:
        actions.put_back(actor=request.actor, commitment=found)
        messages.success(request, "Engagement remis au tableau.")
    if may_decide(request.actor):
        return redirect(_url(request, found))
    return redirect("commitments", request.space.slug)
