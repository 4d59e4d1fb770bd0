"""The words of the team: what they add, seen before it is kept; one file with `comptoir group --lexicon`."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from comptoir.accounts.http import SpaceRequest, in_space
from comptoir.kit.errors import ComptoirError
from comptoir.kit.french import plural
from comptoir.voices import actions as voices
from comptoir.voices.actions.lexicon import lexicon_file, lexicon_of, subjects_of, with_file
from comptoir.voices.models import TeamLexicon
from comptoir.voices.rules import may_hear_raw, may_note
from comptoir.workshops.effects import SHOWN, Effects, effects_of
from comptoir.workshops.forms import LexiconForm


@require_safe
@in_space(may_hear_raw)
def lexicon(request: SpaceRequest) -> HttpResponse:
    """What the team added, and what its decisions taught."""
    found = lexicon_of(request.space)
    return _page(request, found, LexiconForm(initial={"text": found.text, "known": found.text}))


@require_http_methods(["POST"])
@in_space(may_note)
def lexicon_save(request: SpaceRequest) -> HttpResponse:
    """Show what these words would change, or keep them. What cannot be read comes back with its line."""
    found = lexicon_of(request.space)
    form = LexiconForm(request.POST, request.FILES)
    effects = None
    if form.is_valid():
        text, file = form.cleaned_data["text"], form.cleaned_data["file"]
        try:
            if file:
                text = with_file(text, file.read().decode("utf-8-sig", errors="replace"))
            if "save" in request.POST and not file:
                kept = voices.save_lexicon(actor=request.actor, text=text, known=form.cleaned_data["known"])
                messages.success(request, f"Lexique enregistré : {plural(subjects_of(kept.text), 'sujet', 'sujets')}.")
                return redirect("lexicon", request.space.slug)
            effects = effects_of(request.space, text)
        except ComptoirError as error:
            form.add_error("file" if file else "text", str(error))
        else:
            form = LexiconForm(initial={"text": text, "known": form.cleaned_data["known"]})
    return _page(request, found, form, effects)


def _page(request: SpaceRequest, found: TeamLexicon, form: LexiconForm, effects: Effects | None = None) -> HttpResponse:
    context = {
        "form": form, "effects": effects, "may_note": may_note(request.actor), "lexicon": found, "shown": f":{SHOWN}",
        "subjects": subjects_of(found.text), "taught": len(found.taught.splitlines()),
    }  # fmt: skip
    return render(request, "workshops/lexicon.html", context, status=422 if form.errors else 200)


@require_safe
@in_space(may_hear_raw)
def lexicon_download(request: SpaceRequest) -> HttpResponse:
    """The file that the command line reads, and that this page reads back."""
    name = f"lexique-{request.space.slug}.txt"
    headers = {"Content-Disposition": f'attachment; filename="{name}"', "X-Content-Type-Options": "nosniff"}
    return HttpResponse(lexicon_file(lexicon_of(request.space)), "text/plain; charset=utf-8", headers=headers)
