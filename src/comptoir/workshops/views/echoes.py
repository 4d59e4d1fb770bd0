"""Two comptoirs side by side; what comes back, what falls silent."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from comptoir.accounts.http import SpaceRequest, in_space
from comptoir.voices.enums import HeadingKind, Subject
from comptoir.voices.rules import may_hear_raw
from comptoir.workshops.actions import set_silence
from comptoir.workshops.echoes import COMPARED, compared, echoes
from comptoir.workshops.forms import SilenceForm
from comptoir.workshops.models import SilenceRule, Workshop, silence_of
from comptoir.workshops.rules import may_set_silence

CHOICES = 200


def _kind(request: SpaceRequest) -> HeadingKind:
    wanted = request.GET.get("colonne", "")
    return HeadingKind(wanted) if wanted in COMPARED else HeadingKind.PITFALL


@require_safe
@in_space(may_hear_raw)
def compare(request: SpaceRequest) -> HttpResponse:
    """`ici`, `autre`: codes; by default the two latest."""
    known = Workshop.objects.visible_to(request.actor)
    choices = list(known.recent_first()[:CHOICES])
    chosen = []
    for n, name in enumerate(("ici", "autre")):
        code = request.GET.get(name, "")
        found = get_object_or_404(known, code=code) if code else (choices[n] if n < len(choices) else None)
        chosen.append(found)
    here, there = chosen
    kind, subject = _kind(request), request.GET.get("sujet", "")
    subject = subject if subject in Subject.values else ""
    ready = here is not None and there is not None and here.pk != there.pk
    result = compared(here, there, kind, subject) if ready and here and there else None
    context = {
        "choices": choices, "here": here, "there": there, "kind": kind, "kinds": COMPARED, "subject": subject,
        "subjects": Subject.choices, "result": result,
    }  # fmt: skip
    return render(request, "workshops/compare.html", context)


@require_safe
@in_space(may_hear_raw)
def themes(request: SpaceRequest) -> HttpResponse:
    """`mois`: after how many months without a new voice a theme is silent; by default, the number of the space."""
    wanted, usual = request.GET.get("mois", ""), silence_of(request.space)
    asked = int(wanted[:6]) if wanted.isascii() and wanted.isdecimal() else 0
    months = asked if 1 <= asked <= SilenceRule.MOST else usual
    kind = _kind(request)
    found = echoes(request.actor, kind, today=timezone.localdate(), months=months)
    context = {
        "found": found, "kind": kind, "kinds": COMPARED, "months": months, "usual": usual,
        "most": SilenceRule.MOST, "may_set": may_set_silence(request.actor),
    }  # fmt: skip
    return render(request, "workshops/themes.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@in_space(may_set_silence)
def silence_setting(request: SpaceRequest) -> HttpResponse:
    """How many months, for the whole space."""
    form = SilenceForm(request.POST or None, initial={"months": silence_of(request.space)})
    if request.method == "POST" and form.is_valid():
        set_silence(actor=request.actor, months=form.cleaned_data["months"])
        messages.success(request, "C'est enregistré pour tout l'espace.")
        return redirect("themes", request.space.slug)
    return render(request, "workshops/silence.html", {"form": form}, status=422 if form.errors else 200)
