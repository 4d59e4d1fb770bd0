"""Pages that belong to no business: health, a lost form."""

from urllib.parse import urlencode, urlsplit

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.db import connection
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render, resolve_url
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_safe


@require_safe
@login_not_required
def health(request: HttpRequest) -> JsonResponse:
    """200 when the database answers."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    return JsonResponse({"database": "ok"})


def refusal(request: HttpRequest, message: str, status: int) -> HttpResponse:
    """One sentence: a page, or what htmx puts at the top of the page that stays as it is, with all that was typed.

    A page of refusal shows what the form held, to copy, and leads back where the person was.
    """
    if not request.headers.get("HX-Request"):
        context = {"message": message, "status": status, "typed": _typed(request), "back_url": _came_from(request)}
        return render(request, "kit/page_error.html", context, status=status)
    response = render(request, "kit/parts/error.html", {"message": message}, status=status)
    response.headers["HX-Retarget"] = "#alerts"
    response.headers["HX-Reswap"] = "innerHTML"
    return response


def _typed(request: HttpRequest) -> list[str]:
    """The sentences of the form that was sent, without its secrets: what a person would be sorry to lose."""
    texts = [str(text) for name, text in request.POST.items() if name not in {"csrfmiddlewaretoken", "password"}]
    return [text for text in texts if len(text.split()) > 1]  # one word is a choice, a number, an identity


def _came_from(request: HttpRequest) -> str:
    """The path of the page that the person was on, when it is one of ours."""
    referer = request.headers.get("Referer", "")
    if not url_has_allowed_host_and_scheme(referer, allowed_hosts={request.get_host()}):
        return ""
    parts = urlsplit(referer)
    return f"{parts.path}?{parts.query}" if parts.query else parts.path


def closed_session(request: HttpRequest) -> HttpResponse:
    """A form sent by someone who is no longer signed in: its words to copy, and the way back by the sign-in page."""
    came_from = _came_from(request)
    context = {
        "message": "Votre session est fermée : rien n'a été enregistré.",
        "status": 401,
        "typed": _typed(request),
        "back_url": f"{resolve_url(settings.LOGIN_URL)}?{urlencode({'next': came_from})}" if came_from else "",
        "back_label": "Se reconnecter",
    }
    return render(request, "kit/page_error.html", context, status=401)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    message = "Ce formulaire est resté ouvert trop longtemps. Rechargez la page et renvoyez-le."
    return refusal(request, message, 403)
