"""The second factors of one's account: application, passkeys, recovery codes."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from comptoir.accounts import factors, passkeys, sign_in, totp
from comptoir.accounts.actions import own
from comptoir.accounts.forms import CodeForm
from comptoir.accounts.http import PersonRequest
from comptoir.accounts.models import Totp
from comptoir.accounts.views.own import View, fresh
from comptoir.accounts.views.sign_in import answer_of
from comptoir.kit.errors import ComptoirError, Invalid, status_of
from comptoir.kit.qr import qr

SCANNED = "totp"  # in the session, until its first code proves that it has been scanned


def _offered(view: View) -> View:
    """Where second factors are switched off, their pages do not exist."""

    def guarded(request: PersonRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not factors.offered():
            raise Http404
        return view(request, *args, **kwargs)

    guarded.__wrapped__ = view  # type: ignore[attr-defined]  # so that tests of the house see what is inside
    return guarded


@require_safe
@_offered
def overview(request: PersonRequest) -> HttpResponse:
    return _page(request)


def _page(request: PersonRequest, recovery_codes: list[str] | None = None) -> HttpResponse:
    person = request.user
    context = {
        "totp": Totp.objects.filter(person=person).first(),
        "passkeys": list(person.passkeys.all()),
        "codes_left": person.recovery_codes.count(),
        "recovery_codes": recovery_codes or [],
        "due": factors.due(person),
    }
    return render(request, "accounts/factors.html", context)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@_offered
@fresh
def application(request: PersonRequest) -> HttpResponse:
    """A first POST makes a secret; the page shows it; the code that proves it has been scanned ends the matter."""
    secret = request.session.get(SCANNED)
    if request.method == "POST" and "begin" in request.POST:
        request.session[SCANNED] = totp.new_secret()
        return redirect("factor_app")
    if not secret:
        return redirect("factors")
    form = CodeForm(request.POST or None)
    status = 200
    if request.method == "POST" and form.is_valid():
        try:
            own.add_totp(
                person=request.user, secret=secret, code=form.cleaned_data["code"],
                keep_session=request.session.session_key or "",
            )  # fmt: skip
        except Invalid as error:
            form.add_error("code", str(error))
        else:
            del request.session[SCANNED]
            return _added(request, "L'application est ajoutée.")
    if form.errors:
        status = 422
    drawn = qr(totp.uri(secret, request.user.email))
    spaced = " ".join(secret[i : i + 4] for i in range(0, len(secret), 4))
    return render(request, "accounts/factor_app.html", {"form": form, "qr": drawn, "secret": spaced}, status=status)


def _added(request: PersonRequest, words: str) -> HttpResponse:
    """A first factor comes with its recovery codes, shown once, now."""
    request.session[factors.SHOWN] = True
    messages.success(request, words)
    if request.user.recovery_codes.exists():
        return redirect("factors")
    return _page(request, own.new_recovery_codes(person=request.user))


@require_POST
@_offered
@fresh
def application_remove(request: PersonRequest) -> HttpResponse:
    own.remove_totp(person=request.user)
    messages.success(request, "L'application est retirée.")
    return redirect("factors")


@never_cache
@require_POST
@_offered
@fresh
def recovery(request: PersonRequest) -> HttpResponse:
    """New recovery codes: the answer to this POST is the only page that ever shows them."""
    if not factors.has_one(request.user):
        raise Invalid("Ajoutez d'abord une application ou une clé d'accès.")
    return _page(request, own.new_recovery_codes(person=request.user))


@require_POST
@_offered
def passkey_ask(request: PersonRequest) -> JsonResponse:
    if not sign_in.is_fresh(request):
        return JsonResponse({"to": f"{reverse('account_confirm')}?next={reverse('factors')}"})
    return JsonResponse(passkeys.ask_new(request, request.user))


@require_POST
@_offered
def passkey_add(request: PersonRequest) -> JsonResponse:
    """The passkey that the browser has just made."""
    try:
        answer = answer_of(request)
        if not sign_in.is_fresh(request):
            raise Invalid("La demande a expiré : recommencez.")
        own.add_passkey(
            person=request.user, data=passkeys.read_new(request, answer), name=str(answer.get("name", "")),
            keep_session=request.session.session_key or "",
        )  # fmt: skip
    except ComptoirError as error:
        return JsonResponse({"error": str(error)}, status=status_of(error))
    request.session[factors.SHOWN] = True
    messages.success(request, "La clé d'accès est ajoutée. Faites aussi des codes de secours, s'il vous en manque.")
    return JsonResponse({"to": reverse("factors")})


@require_POST
@_offered
@fresh
def passkey_remove(request: PersonRequest, identity: UUID) -> HttpResponse:
    own.remove_passkey(person=request.user, passkey=get_object_or_404(request.user.passkeys, pk=identity))
    messages.success(request, "La clé d'accès est retirée.")
    return redirect("factors")
