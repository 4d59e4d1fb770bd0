"""« Jamais de réponse »."""

from django.http import HttpResponse
from django.views.decorators.http import require_safe

from comptoir.accounts.http import SpaceRequest, in_space
from comptoir.accounts.rules import is_member
from comptoir.commitments.unanswered import FORM, counted, listing_of
from comptoir.voices.rules import may_answer


@require_safe
@in_space(is_member)
def unanswered(request: SpaceRequest) -> HttpResponse:
    """The lines that wait for an answer; the team ticks some and answers them at once."""
    listing = listing_of(request.actor)
    if request.htmx or "format" in request.GET:
        return listing.respond(request, "commitments/unanswered.html")
    context = {"counted": counted(request.space), "may_answer": may_answer(request.actor), "form_id": FORM}
    return listing.respond(request, "commitments/unanswered.html", context)
