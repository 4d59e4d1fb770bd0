"""What every request goes through."""

from collections.abc import Callable
from http import HTTPStatus
from typing import Any

from django.conf import settings
from django.contrib.auth.middleware import LoginRequiredMiddleware
from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.middleware.gzip import GZipMiddleware

from comptoir.kit.errors import ComptoirError, status_of
from comptoir.kit.views import closed_session, refusal

Respond = Callable[[HttpRequest], HttpResponse]
SAFE = frozenset({"GET", "HEAD", "OPTIONS"})
_WRITES = ("INSERT", "UPDATE", "DELETE", "REPLACE")


def content_policy(get_response: Respond) -> Respond:
    """The same strict content-security policy on every answer: nothing inline, nothing from elsewhere."""

    def respond(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        response.headers.setdefault("Content-Security-Policy", settings.CONTENT_SECURITY_POLICY)
        response.headers.setdefault("Permissions-Policy", "camera=(), microphone=(), geolocation=()")
        return response

    return respond


class CompressText(GZipMiddleware):
    """Pages and data are sent compressed; the documents that people take already are.

    The length of a compressed answer could betray what it holds (BREACH): Django pads each answer at random and masks
    its tokens anew each time.
    """

    def process_response(self, request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
        if response.headers.get("Content-Type", "").startswith(("text/", "application/json")):
            return super().process_response(request, response)
        return response


class FriendlyErrors:
    """Turns an error of the family into a page with its sentence; never a traceback, never a lost form."""

    def __init__(self, get_response: Respond):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if response.status_code == HTTPStatus.METHOD_NOT_ALLOWED and not response.content:
            allowed = response.headers["Allow"]
            response = refusal(request, "Cette adresse ne s'ouvre pas ainsi : repartez de la page d'avant.", 405)
            response.headers["Allow"] = allowed
        return response

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        if not isinstance(exception, ComptoirError):
            return None
        return refusal(request, str(exception), status_of(exception))


class SignInFirst(LoginRequiredMiddleware):
    """Closed by default. A page asked for leads to the sign-in page; a fragment is refused with its sentence."""

    def handle_no_permission(  # type: ignore[override]  # it may answer otherwise than by a redirection
        self, request: HttpRequest, view_func: Callable[..., Any]
    ) -> HttpResponse:
        script = request.headers.get("HX-Request") or request.headers.get("Accept") == "application/json"
        if not script:
            if request.method not in SAFE:
                return closed_session(request)
            return super().handle_no_permission(request, view_func)
        message = "Votre session est fermée. Copiez ce que vous avez tapé, rechargez la page et reconnectez-vous."
        return refusal(request, message, 401)


class GetWrote(AssertionError):
    """A page that only shows has tried to write: a fault of ours, refused before it reaches the database."""


def _refuse_writes(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
    if sql.lstrip().upper().startswith(_WRITES):
        raise GetWrote(f"GET must not write: {sql[:120]}")
    return execute(sql, params, many, context)


class ReadOnlyGet:
    """GET never writes: a scanner that follows a link, or a second click, changes nothing."""

    def __init__(self, get_response: Respond):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.method not in SAFE:
            return self.get_response(request)
        with connection.execute_wrapper(_refuse_writes):
            return self.get_response(request)
