"""« Mon compte »: name, password, sessions, closing."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib import messages
from django.contrib.auth import logout, update_session_auth_hash
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.crypto import salted_hmac
from django.utils.http import urlencode
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from comptoir.accounts import codes, factors, sign_in
from comptoir.accounts.actions import own
from comptoir.accounts.forms import CodeForm, ConfirmForm, NameForm, NewPasswordForm
from comptoir.accounts.http import PersonRequest
from comptoir.accounts.models import Session
from comptoir.accounts.rules import is_host, is_resource_centre
from comptoir.kit.errors import ComptoirError, Invalid, status_of
from comptoir.spaces import limits

View = Callable[..., HttpResponse]


def fresh(view: View) -> View:
    """Before the account is touched: who one is must have been proved in the last half hour."""

    @wraps(view)
    def guarded(request: PersonRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if sign_in.is_fresh(request):
            return view(request, *args, **kwargs)
        back = request.path if request.method in {"GET", "HEAD"} else reverse("account")
        return redirect(f"{reverse('account_confirm')}?{urlencode({'next': back})}")

    return guarded


@require_http_methods(["GET", "HEAD", "POST"])
def account(request: PersonRequest) -> HttpResponse:
    person = request.user
    form = NameForm(request.POST or None, initial={"name": person.name})
    if request.method == "POST" and form.is_valid():
        own.rename(person=person, name=form.cleaned_data["name"])
        messages.success(request, "Votre nom est enregistré.")
        return redirect("account")
    sessions = Session.objects.filter(person=person).order_by("-seen_at", "session_key")
    context = {
        "form": form,
        "memberships": list(person.memberships.current().select_related("space", "organisation", "unit")),
        "sessions": [
            {"row": row, "handle": handle(row), "here": row.session_key == request.session.session_key}
            for row in sessions
        ],
        "factors": factors.offered(),
        "has_factor": factors.has_one(person),
        "due": None if request.session.get(factors.SHOWN) else factors.due(person),
        "has_password": person.has_usable_password(),
        "is_host": is_host(person),
        "is_resource_centre": is_resource_centre(person),
    }
    return render(request, "accounts/account.html", context, status=422 if form.errors else 200)


def handle(session: Session) -> str:
    """What names a session in a page: its key would open it."""
    digest: str = salted_hmac("accounts.session", session.session_key, algorithm="sha256").hexdigest()
    return digest[:20]


@sensitive_post_parameters("password")
@require_http_methods(["GET", "HEAD", "POST"])
def confirm(request: PersonRequest) -> HttpResponse:
    """Prove again who one is: by password, or by a code sent to one's address."""
    person, wanted = request.user, request.POST.get("next", request.GET.get("next", ""))
    by_code = not person.has_usable_password() or codes.KEPT in request.session
    form: ConfirmForm | CodeForm = (CodeForm if by_code else ConfirmForm)(request.POST or None)
    status = 200
    if request.method == "POST" and "send" in request.POST:
        codes.send(request, person.email)
        return redirect(f"{reverse('account_confirm')}?{urlencode({'next': wanted})}")
    if request.method == "POST" and form.is_valid():
        try:
            limits.spend(sign_in.PASSWORD, person.email)
            _prove(request, form.cleaned_data)
        except ComptoirError as error:
            form.add_error("code" if by_code else "password", str(error))
            status = status_of(error)
        else:
            limits.forgive(sign_in.PASSWORD, person.email)
            sign_in.confirm(request)
            return redirect(sign_in.safe(request, wanted))
    status = 422 if form.errors and status == 200 else status
    context = {"form": form, "next": wanted, "by_code": by_code, "sent": codes.KEPT in request.session}
    return render(request, "accounts/confirm.html", context, status=status)


def _prove(request: PersonRequest, given: dict[str, Any]) -> None:
    if "code" in given:
        if codes.read(request, given["code"]) != request.user:
            raise Invalid("Ce code est celui d'un autre compte.")
    elif not request.user.check_password(given["password"]):
        raise Invalid("Ce mot de passe n'est pas le bon.")


@sensitive_post_parameters("password")
@require_http_methods(["GET", "HEAD", "POST"])
@fresh
def password(request: PersonRequest) -> HttpResponse:
    form = NewPasswordForm(request.user, request.POST or None)
    if request.method == "POST" and form.is_valid():
        own.set_password(person=request.user, password=form.cleaned_data["password"])
        update_session_auth_hash(request, request.user)
        own.close_sessions(person=request.user, keep=request.session.session_key or "")
        messages.success(request, "Votre mot de passe est changé. Vos autres sessions sont fermées.")
        return redirect("account")
    return render(request, "accounts/password.html", {"form": form}, status=422 if form.errors else 200)


@require_POST
def session_close(request: PersonRequest, handle_: str) -> HttpResponse:
    """Close one session, or all the others (« autres »)."""
    for row in Session.objects.filter(person=request.user).order_by("session_key"):
        here = row.session_key == request.session.session_key
        if not here and handle_ in {"autres", handle(row)}:
            row.delete()
    messages.success(request, "C'est fermé : il faudra s'y connecter de nouveau.")
    return redirect("account")


@require_http_methods(["GET", "HEAD", "POST"])
@fresh
def close(request: PersonRequest) -> HttpResponse:
    """Close the account, after a page that says what that means."""
    if request.method == "POST":
        own.close_account(person=request.user)
        logout(request)
        messages.success(request, "Votre compte est fermé.")
        return redirect("sign_in")
    return render(request, "accounts/close.html")
