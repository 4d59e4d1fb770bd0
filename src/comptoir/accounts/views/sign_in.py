"""The door: password, e-mailed code, second factor, passkey, invitation."""

import json
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.views import LoginView, LogoutView
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from comptoir.accounts import actions, codes, demo_accounts, factors, links, passkeys, sign_in
from comptoir.accounts.actions import own
from comptoir.accounts.actions.people import INVITATION
from comptoir.accounts.enums import Role
from comptoir.accounts.forms import CodeForm, EmailForm, JoinForm, SignInForm
from comptoir.accounts.models import Invitation, Person
from comptoir.kit.errors import ComptoirError, Gone, Invalid, TooMany, status_of
from comptoir.spaces import limits


class SignIn(LoginView):
    """The first page. In a demonstration it offers its accounts; nowhere else."""

    template_name = "accounts/sign_in.html"
    authentication_form = SignInForm
    redirect_authenticated_user = True

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        account = request.POST.get("username", "").strip().lower()
        try:
            limits.spend(sign_in.KNOCKS, limits.address(request))
            limits.spend(sign_in.PASSWORD, account)
        except TooMany as error:
            form = SignInForm(request)
            context = self.get_context_data(form=form, refused=str(error))
            return self.render_to_response(context, status=status_of(error))
        return super().post(request, *args, **kwargs)

    def form_valid(self, form: Any) -> HttpResponse:
        person: Person = form.get_user()
        limits.forgive(sign_in.PASSWORD, person.email)
        return redirect(sign_in.begin(self.request, person, to=self.get_redirect_url()))

    def get_context_data(self, **kwargs: object) -> dict[str, object]:
        shown = demo_accounts.listed() if settings.DEMO else []
        context = {"demo_accounts": shown, "demo_password": demo_accounts.PASSWORD, "refused": "", **kwargs}
        context["passkeys"] = factors.offered()
        wanted = self.get_redirect_url()
        context["code_url"] = f"{reverse('sign_in_code')}?{urlencode({'next': wanted})}" if wanted else ""
        return super().get_context_data(**context)


class SignOut(LogoutView):
    http_method_names = ("post", "options")


@login_not_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def code(request: HttpRequest) -> HttpResponse:
    """Ask for a code by e-mail: signing in without a password, or having forgotten it."""
    wanted = request.POST.get("next", request.GET.get("next", ""))
    form = EmailForm(request.POST or None)
    status = 200
    if request.method == "POST" and form.is_valid():
        try:
            codes.send(request, form.cleaned_data["email"])
        except TooMany as error:
            form.add_error(None, str(error))
            status = status_of(error)
        else:
            request.session["code_to"] = wanted
            return redirect("sign_in_code_check")
    status = 422 if form.errors and status == 200 else status
    return render(request, "accounts/code.html", {"form": form, "next": wanted}, status=status)


@login_not_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def code_check(request: HttpRequest) -> HttpResponse:
    """Type the code. The page says the same whether the address has an account or not."""
    form = CodeForm(request.POST or None)
    status = 200
    if request.method == "POST" and form.is_valid():
        try:
            person = codes.read(request, form.cleaned_data["code"])
        except ComptoirError as error:
            form.add_error("code", str(error))
            status = status_of(error)
        else:
            return redirect(sign_in.begin(request, person, to=request.session.pop("code_to", "")))
    status = 422 if form.errors and status == 200 else status
    return render(request, "accounts/code_check.html", {"form": form}, status=status)


@login_not_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def second_factor(request: HttpRequest) -> HttpResponse:
    """The second factor of someone who has shown the first less than ten minutes ago."""
    found = sign_in.pending(request)
    if found is None:
        return redirect("sign_in")
    person, to = found
    form = CodeForm(request.POST or None)
    status = 200
    if request.method == "POST" and form.is_valid():
        try:
            limits.spend(sign_in.SECOND, str(person.pk))
            own.show_second_factor(person=person, code=form.cleaned_data["code"])
        except ComptoirError as error:
            form.add_error("code", str(error))
            status = status_of(error)
        else:
            limits.forgive(sign_in.SECOND, str(person.pk))
            return redirect(sign_in.complete(request, person, to=to, shown=True))
    status = 422 if form.errors and status == 200 else status
    context = {"form": form, "passkeys": person.passkeys.exists()}
    return render(request, "accounts/second_factor.html", context, status=status)


@login_not_required
@require_POST
def passkey_ask(request: HttpRequest) -> JsonResponse:
    """A challenge for whichever passkey the browser holds."""
    limits.spend(sign_in.KNOCKS, limits.address(request))
    return JsonResponse(passkeys.ask(request))


@login_not_required
@require_POST
def passkey_sign_in(request: HttpRequest) -> JsonResponse:
    """A passkey shown: two factors at once. Answers where to go, or with one sentence."""
    limits.spend(sign_in.KNOCKS, limits.address(request))
    waiting = sign_in.pending(request)
    try:
        passkey = passkeys.read(request, answer_of(request))
        if waiting and waiting[0] != passkey.person:
            raise Invalid("Cette clé d'accès est celle de quelqu'un d'autre.")
    except Invalid as error:
        return JsonResponse({"error": str(error)}, status=422)
    person = passkey.person
    type(passkey).objects.filter(pk=passkey.pk).update(used_at=timezone.now())
    to = waiting[1] if waiting else request.GET.get("next", "")
    return JsonResponse({"to": sign_in.begin(request, person, to=to, strong=True)})


def answer_of(request: HttpRequest) -> dict[str, Any]:
    """What a script has sent. Raises Invalid."""
    try:
        found = json.loads(request.body)
    except ValueError:
        found = None
    if not isinstance(found, dict):
        raise Invalid("Cette demande n'est pas lisible : rechargez la page.")
    return found


@login_not_required
@never_cache
@sensitive_post_parameters("password")
@require_http_methods(["GET", "HEAD", "POST"])
def invitation(request: HttpRequest, token: str) -> HttpResponse:
    """What the link of an invitation opens: reading it changes nothing, the button accepts."""
    if request.method == "POST":
        limits.spend(sign_in.KNOCKS, limits.address(request))
    link = links.read(token, INVITATION)
    found = Invitation.objects.select_related("space", "organisation").get(pk=link.subject_id)
    if found.space.closed_at:
        raise Gone("Cet espace est fermé.")
    known = Person.objects.filter(email=found.email).exists()
    form = None if known else JoinForm(found.email, request.POST or None)
    if request.method == "POST" and (form is None or form.is_valid()):
        given = form.cleaned_data if form else {}
        membership = actions.accept(token=token, name=given.get("name", ""), password=given.get("password") or None)
        messages.success(request, f"Vous avez rejoint « {found.space.name} ».")
        home = f"/{found.space.slug}/"
        to = reverse("welcome", args=(found.space.slug,)) if membership.role == Role.PROJECT_LEAD else home
        if form:  # a new account: the mailbox has just been proved by the link
            return redirect(sign_in.begin(request, membership.person, to=to))
        return redirect(to)
    status = 422 if form and form.errors else 200
    return render(request, "accounts/invitation.html", {"invitation": found, "form": form}, status=status)
